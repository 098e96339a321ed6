//! Signed notes and checkpoints: what is accepted and what is not.

#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]

use proptest::prelude::*;
use proptest::sample::Index;
use thinline_ledger::{
    Checkpoint, CheckpointError, DeviceId, NoteError, SigningKey, VerifyingKey, note, origin,
};

const NAME: &str = "thinline.local/log/3f0c6f1e";

fn key(name: &str, seed: u8) -> SigningKey {
    SigningKey::from_seed(name, &[seed; 32]).unwrap()
}

fn signed() -> String {
    Checkpoint { origin: NAME.to_owned(), size: 7, root: [3; 32] }.sign(&key(NAME, 7)).unwrap()
}

#[test]
fn unknown_signatures_are_ignored_and_known_ones_must_fit() {
    let (ours, theirs) = (key(NAME, 7), key("example.org/witness", 8));
    let text = "first\n\nsecond\n";
    let both = note::sign(text, &[&theirs, &ours]).unwrap();
    assert_eq!(note::open(&both, &[ours.verifying_key()]), Ok(text));
    assert_eq!(note::open(&both, &[ours.verifying_key(), theirs.verifying_key()]), Ok(text));
    assert_eq!(note::open(&both, &[key("example.org/other", 9).verifying_key()]), Err(NoteError::Unsigned));

    let other_text = both.replace("second", "sekond");
    assert_eq!(note::open(&other_text, &[ours.verifying_key()]), Err(NoteError::Invalid));

    // Ours fits the text, theirs was made for another one: knowing both, the note is worthless.
    let elsewhere = note::sign("other\n", &[&theirs]).unwrap();
    let stray = elsewhere.split_once("\n\n").unwrap().1;
    let mixed = note::sign(text, &[&ours]).unwrap() + stray;
    assert_eq!(note::open(&mixed, &[ours.verifying_key()]), Ok(text));
    let knowing_both = [ours.verifying_key(), theirs.verifying_key()];
    assert_eq!(note::open(&mixed, &knowing_both), Err(NoteError::Invalid));
}

#[test]
fn sixteen_signatures_are_accepted_and_a_flood_is_not() {
    let keys: Vec<SigningKey> = (0..65).map(|n| key(&format!("example.org/{n}"), n)).collect();
    let all: Vec<&SigningKey> = keys.iter().collect();
    let ours = [keys[0].verifying_key()];
    assert_eq!(note::open(&note::sign("a\n", &all[..16]).unwrap(), &ours), Ok("a\n"));
    assert_eq!(note::open(&note::sign("a\n", &all).unwrap(), &ours), Err(NoteError::TooMany));
}

#[test]
fn malformed_notes_are_refused() {
    let (note, keys) = (signed(), [key(NAME, 7).verifying_key()]);
    let cases = [
        (note.trim_end().to_owned(), NoteError::Malformed),
        (note.replace("\n\n", "\n"), NoteError::Malformed),
        (note.replace('\u{2014}', "-"), NoteError::Malformed),
        (note.replace("\u{2014} ", "\u{2014}"), NoteError::Malformed),
        (format!("{note}\n"), NoteError::Malformed),
        (format!("{note}trailing\n"), NoteError::Malformed),
        (note.replacen('\n', "\r\n", 1), NoteError::Text),
        (String::new(), NoteError::Malformed),
    ];
    for (text, expected) in cases {
        assert_eq!(note::open(&text, &keys), Err(expected), "{text:?}");
    }
    assert_eq!(note::sign("no newline", &[&key(NAME, 7)]), Err(NoteError::Text));
    assert_eq!(note::sign("a tab\there\n", &[&key(NAME, 7)]), Err(NoteError::Text));
    assert_eq!(note::sign("nobody\n", &[]), Err(NoteError::Unsigned));
}

#[test]
fn a_verification_key_must_carry_its_own_id() {
    let vkey = key(NAME, 7).verifying_key().to_string();
    assert_eq!(VerifyingKey::parse(&vkey.replace("39683cc4", "39683cc5")), Err(NoteError::Key));
    assert_eq!(VerifyingKey::parse(&vkey.replace("39683cc4", "39683CC4")), Err(NoteError::Key));
    assert_eq!(VerifyingKey::parse(&vkey.replace("3f0c6f1e", "3f0c6f1f")), Err(NoteError::Key));
    assert_eq!(VerifyingKey::parse(&vkey.replace("+Aep", "+Bep")), Err(NoteError::Key));
    assert_eq!(VerifyingKey::parse("name only"), Err(NoteError::Key));
    for name in ["", "two words", "a+b", "a\u{a0}b"] {
        assert_eq!(SigningKey::from_seed(name, &[7; 32]).err(), Some(NoteError::Name), "{name:?}");
    }
}

#[test]
fn a_signing_key_does_not_print_its_seed() {
    let printed = format!("{:?}", key(NAME, 0xab));
    assert_eq!(printed, r#"SigningKey { name: "thinline.local/log/3f0c6f1e", .. }"#);
}

#[test]
fn the_origin_is_the_beginning_of_the_device_id() {
    assert_eq!(origin(&DeviceId::parse("3f0c6f1e0123456789abcdef01234567").unwrap()), NAME);
}

#[test]
fn a_checkpoint_is_only_taken_from_the_key_of_its_own_log() {
    let (ours, other) = (key(NAME, 7), key("thinline.local/log/00000000", 8));
    let checkpoint = Checkpoint { origin: NAME.to_owned(), size: 7, root: [3; 32] };
    assert_eq!(checkpoint.sign(&other), Err(CheckpointError::Origin));
    let foreign = note::sign(&checkpoint.text(), &[&other]).unwrap();
    assert_eq!(Checkpoint::open(&foreign, &other.verifying_key()), Err(CheckpointError::Origin));
    assert_eq!(Checkpoint::open(&signed(), &ours.verifying_key()), Ok(checkpoint));
}

#[test]
fn a_checkpoint_has_three_lines_in_one_form() {
    let ours = key(NAME, 7);
    let text = Checkpoint { origin: NAME.to_owned(), size: 7, root: [3; 32] }.text();
    let forms = [
        text.replace("\n7\n", "\n07\n"),
        text.replace("\n7\n", "\n+7\n"),
        text.replace("\n7\n", "\n-7\n"),
        text.replace("\n7\n", "\n18446744073709551616\n"),
        text.replace("AwM=", "AwM"),
        format!("{text}extension\n"),
        text.replace("\n7", ""),
    ];
    for form in forms {
        let note = note::sign(&form, &[&ours]).unwrap();
        let opened = Checkpoint::open(&note, &ours.verifying_key());
        assert_eq!(opened, Err(CheckpointError::Malformed), "{form:?}");
    }
}

proptest! {
    /// Any changed byte of a signed checkpoint makes it worthless.
    #[test]
    fn a_changed_checkpoint_is_worthless(at: Index, to in 0x20..0x7f_u8) {
        let mut bytes = signed().into_bytes();
        let at = at.index(bytes.len());
        prop_assume!(bytes[at] != to);
        bytes[at] = to;
        if let Ok(text) = String::from_utf8(bytes) {
            prop_assert!(Checkpoint::open(&text, &key(NAME, 7).verifying_key()).is_err());
        }
    }
}
