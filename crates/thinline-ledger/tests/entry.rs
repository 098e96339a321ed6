//! Entries have one written form, and everything else is refused.

#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]

use proptest::prelude::*;
use proptest::sample::Index;
use thinline_ledger::{DeviceId, Entry, EntryError, EntryKind, EntryTime, commitment};

const TEXT: &str = r#"{"commit":"0909090909090909090909090909090909090909090909090909090909090909","dev":"3f0c6f1e000000000000000000000000","kind":"choice.set","seq":4,"ts":"2026-02-28T23:59:59Z","v":1}"#;

fn entry() -> Entry {
    Entry {
        seq: 4,
        ts: EntryTime::parse("2026-02-28T23:59:59Z").unwrap(),
        kind: EntryKind::ChoiceSet,
        dev: DeviceId::parse("3f0c6f1e000000000000000000000000").unwrap(),
        commit: [9; 32],
    }
}

#[test]
fn an_entry_is_written_and_read_in_one_form() {
    assert_eq!(entry().encode().unwrap(), TEXT);
    assert_eq!(Entry::decode(TEXT, 4), Ok(entry()));
}

#[test]
fn another_form_of_the_same_entry_is_refused() {
    let spaced = TEXT.replacen(':', ": ", 1);
    let escaped = TEXT.replace("choice.set", r"choice\u002eset");
    let turned = TEXT.replace(r#","v":1}"#, "}").replacen('{', r#"{"v":1,"#, 1);
    let newline = format!("{TEXT}\n");
    for text in [spaced, escaped, turned, newline] {
        assert_eq!(Entry::decode(&text, 4), Err(EntryError::NotCanonical), "{text}");
    }
}

#[test]
fn anything_that_is_not_the_entry_expected_is_refused() {
    let unknown = TEXT.replacen('{', r#"{"a":1,"#, 1);
    let doubled = TEXT.replacen('{', r#"{"v":1,"#, 1);
    let missing = TEXT.replace(r#","v":1"#, "");
    let fraction = TEXT.replace(r#""seq":4"#, r#""seq":4.0"#);
    for text in [unknown, doubled, missing, fraction, String::new(), "[]".to_owned()] {
        assert_eq!(Entry::decode(&text, 4), Err(EntryError::Fields), "{text}");
    }
    assert_eq!(Entry::decode(TEXT, 3), Err(EntryError::Sequence { expected: 3, found: 4 }));
    assert_eq!(Entry::decode(&TEXT.replace(r#""v":1"#, r#""v":2"#), 4), Err(EntryError::Version(2)));
    assert_eq!(Entry::decode(&TEXT.replace("choice.set", "choice.get"), 4), Err(EntryError::Kind));
    assert_eq!(Entry::decode(&TEXT.replace("3f0c6f1e", "3F0C6F1E"), 4), Err(EntryError::Device));
    assert_eq!(Entry::decode(&TEXT.replace("\"0909", "\"09"), 4), Err(EntryError::Commitment));
}

#[test]
fn only_whole_utc_seconds_that_exist_are_times() {
    for good in ["2024-02-29T00:00:00Z", "2000-02-29T23:59:59Z", "2026-12-31T12:00:00Z"] {
        assert_eq!(EntryTime::parse(good).unwrap().as_str(), good);
    }
    for bad in [
        "2026-02-29T00:00:00Z",
        "1900-02-29T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-00-01T00:00:00Z",
        "2026-04-31T00:00:00Z",
        "2026-01-00T00:00:00Z",
        "2026-01-01T24:00:00Z",
        "2026-01-01T00:00:60Z",
        "2026-01-01t00:00:00z",
        "2026-01-01 00:00:00Z",
        "2026-01-01T00:00:00.5Z",
        "2026-01-01T00:00:00+00:00",
        "",
    ] {
        assert_eq!(EntryTime::parse(bad), Err(EntryError::Time), "{bad}");
    }
}

#[test]
fn the_table_of_kinds_is_as_published() {
    let ids: Vec<&str> = EntryKind::ALL.iter().map(|kind| kind.id()).collect();
    assert_eq!(
        ids.join(" "),
        "vault.made choice.set preset.applied choice.expired import.done import.undone profile.exported \
         profile.taken-up payload.erased key.rotated checkpoint.kept vault.unlocked settings.changed \
         request.asked request.ready request.closed request.reopened vault.restored"
    );
    ids.iter().for_each(|id| assert_eq!(EntryKind::from_id(id).unwrap().id(), *id));
}

#[test]
fn a_commitment_is_the_hash_that_the_format_names() {
    // printf 'thinline/payload/v1\n<32 zero bytes>{}' | sha256sum
    let expected = "008880b096c359b6b6ae1ae2664ea2b1eb6f6d21c9c98c6217f4c4cabcd5a508";
    assert_eq!(hex::encode(commitment(&[0; 32], b"{}")), expected);
    assert_ne!(commitment(&[1; 32], b"{}"), commitment(&[0; 32], b"{}"));
}

proptest! {
    /// No single changed byte of an entry's text gives the same entry.
    #[test]
    fn a_changed_byte_is_another_entry_or_none(at: Index, to in 0x20..0x7f_u8) {
        let mut bytes = TEXT.as_bytes().to_vec();
        let at = at.index(bytes.len());
        prop_assume!(bytes[at] != to);
        bytes[at] = to;
        let text = String::from_utf8(bytes).unwrap();
        prop_assert_ne!(Entry::decode(&text, 4), Ok(entry()));
    }
}
