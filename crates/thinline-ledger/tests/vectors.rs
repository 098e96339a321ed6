//! The published vectors, byte for byte. They test the tree and the note alone: their entries are shorter than
//! the log's own and are never decoded.

#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]

use thinline_ledger::{Checkpoint, Frontier, SigningKey, VerifyingKey, canonical, tree};

const ROOTS: [&str; 6] = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "eeb75bc53a9decacc25ae08b6841d33d4fbf1c57cd63f735929274ecb044d82b",
    "d97c274ceb4dd556d8b6903672615d19276b262ac581ec7fe085ef24a0ab1371",
    "bb544a394776c71e36d340666ee6255b1762b221648f3e8dada663c3454c772f",
    "0c5f8e4f65678ffd19a4fddbebd40b4cf90ef1dd3024e562b77f43a4a0d5de7e",
    "d825efe793577d8e3b97c017b96f5d6b2bdc51b40c1d6a87cd8c480ba876f2a4",
];
const EMPTY_LEAF: &str = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d";
const ORIGIN: &str = "thinline.local/log/3f0c6f1e";
const VKEY: &str = "thinline.local/log/3f0c6f1e+39683cc4+AepKbGPinFIKvvVQexMuxfmVR3auvr57kkIe6mkURtIs";
const NOTE: &str = "thinline.local/log/3f0c6f1e\n5\n2CXv55NXfY47l8AXuW9dayvcUbQMHWqHzYxIC6h28qQ=\n\n\u{2014} thinline.local/log/3f0c6f1e OWg8xPm2JbBV+qldXvbXPBhloH6AQspdWsYeBB+1TGEDUSQC0ag2uDVq4LNf6t7gwmTF8e8Evppx4TMKWQnrQS10bwg=\n";

fn entries() -> Vec<String> {
    (0..5)
        .map(|i| {
            let ts = format!("2026-01-01T00:00:0{i}Z");
            canonical(&serde_json::json!({"v": 1, "ts": ts, "seq": i, "kind": "consent.set"})).unwrap()
        })
        .collect()
}

fn leaves() -> Vec<tree::Hash> {
    entries().iter().map(|entry| tree::leaf_hash(entry.as_bytes())).collect()
}

#[test]
fn entries_are_written_in_canonical_form() {
    assert_eq!(entries()[0], r#"{"kind":"consent.set","seq":0,"ts":"2026-01-01T00:00:00Z","v":1}"#);
}

#[test]
fn roots_are_the_published_ones() {
    let leaves = leaves();
    let mut frontier = Frontier::new();
    for (size, expected) in ROOTS.iter().enumerate() {
        assert_eq!(hex::encode(tree::root(&leaves[..size])), *expected, "list of {size}");
        assert_eq!(hex::encode(frontier.root()), *expected, "frontier of {size}");
        leaves.get(size).into_iter().for_each(|leaf| frontier.push(*leaf));
    }
    assert_eq!(hex::encode(tree::leaf_hash(b"")), EMPTY_LEAF);
}

#[test]
fn the_key_and_the_signed_checkpoint_are_the_published_ones() {
    let key = SigningKey::from_seed(ORIGIN, &[7; 32]).unwrap();
    assert_eq!(key.verifying_key().to_string(), VKEY);
    assert_eq!(VerifyingKey::parse(VKEY).unwrap(), key.verifying_key());

    let checkpoint = Checkpoint { origin: ORIGIN.to_owned(), size: 5, root: tree::root(&leaves()) };
    assert_eq!(checkpoint.sign(&key).unwrap(), NOTE);
    assert_eq!(Checkpoint::open(NOTE, &key.verifying_key()).unwrap(), checkpoint);
}
