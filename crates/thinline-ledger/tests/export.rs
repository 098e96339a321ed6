//! An exported log checks out, and no tampering with it does.

#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]

use thinline_ledger::export::{checkpoint_line, entry_line};
use thinline_ledger::{
    Check, Checkpoint, DeviceId, Entry, EntryKind, EntryTime, ExportHeader, Frontier, Opening, SigningKey,
    commitment, origin, tree, verify_export,
};

const DEVICE: [u8; 16] = [0x3f, 0x0c, 0x6f, 0x1e, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];

fn payload(seq: u64) -> String {
    format!(r#"{{"artist":"The Example Tides","n":{seq}}}"#)
}

fn entry(seq: u64, kind: EntryKind) -> Entry {
    Entry {
        seq,
        ts: EntryTime::parse(&format!("2026-01-01T00:00:0{seq}Z")).unwrap(),
        kind,
        dev: DeviceId::new(DEVICE),
        commit: commitment(&[seq as u8; 32], payload(seq).as_bytes()),
    }
}

fn entries() -> Vec<Entry> {
    [EntryKind::VaultMade, EntryKind::ImportDone, EntryKind::ChoiceSet, EntryKind::PayloadErased]
        .into_iter()
        .zip(0..)
        .map(|(kind, seq)| entry(seq, kind))
        .collect()
}

/// The log of these entries, with the payload of every second one, signed with this seed.
fn export(entries: &[Entry], seed: u8) -> String {
    let key = SigningKey::from_seed(&origin(&DeviceId::new(DEVICE)), &[seed; 32]).unwrap();
    let mut text = ExportHeader::new(&key.verifying_key(), entries.len() as u64).line().unwrap();
    let mut frontier = Frontier::new();
    for entry in entries {
        let canonical = entry.encode().unwrap();
        frontier.push(tree::leaf_hash(canonical.as_bytes()));
        let (salt, payload) = ([entry.seq as u8; 32], payload(entry.seq));
        let opening = Opening { salt: &salt, payload: &payload };
        text += &entry_line(&canonical, (entry.seq % 2 == 1).then_some(opening)).unwrap();
    }
    let checkpoint =
        Checkpoint { origin: key.name().to_owned(), size: entries.len() as u64, root: frontier.root() };
    text + &checkpoint_line(&checkpoint.sign(&key).unwrap()).unwrap()
}

fn failed(checks: &[Check]) -> Vec<&'static str> {
    checks.iter().filter(|check| !check.ok).map(|check| check.name).collect()
}

/// The text with line `n` (from 0) changed, or left out when `change` gives nothing.
fn with_line(text: &str, n: usize, change: impl Fn(&str) -> String) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    lines[n] = change(&lines[n]);
    lines.retain(|line| !line.is_empty());
    lines.join("\n") + "\n"
}

#[test]
fn a_good_log_passes_every_check() {
    let checks = verify_export(&export(&entries(), 7));
    let names: Vec<_> = checks.iter().map(|check| check.name).collect();
    assert_eq!(names, ["format", "entries", "payloads", "signature", "root"]);
    assert!(failed(&checks).is_empty(), "{checks:?}");
    assert_eq!(checks[1].detail, "4 in order");
    assert_eq!(checks[2].detail, "2 of 4 given, all as committed");
    assert!(checks[3].detail.starts_with("thinline.local/log/3f0c6f1e+"));
}

#[test]
fn an_empty_log_passes_too() {
    assert!(failed(&verify_export(&export(&[], 7))).is_empty());
}

#[test]
fn each_kind_of_tampering_is_named() {
    let text = export(&entries(), 7);
    let cases: [(&str, String, &[&str]); 9] = [
        ("a payload changed", with_line(&text, 2, |l| l.replace("Tides", "Waves")), &["payloads"]),
        ("a salt changed", with_line(&text, 2, |l| l.replace("01010101", "01010102")), &["payloads"]),
        ("an entry's time changed", with_line(&text, 1, |l| l.replace("00:00:00Z", "00:00:09Z")), &["root"]),
        ("an entry left out", with_line(&text, 2, |_| String::new()), &["format", "entries", "root"]),
        ("entries cut off", with_line(&text, 4, |_| String::new()), &["format", "root"]),
        ("the checkpoint left out", with_line(&text, 5, |_| String::new()), &["format", "signature", "root"]),
        (
            "the checkpoint's size changed",
            with_line(&text, 5, |l| l.replace(r"\n4\n", r"\n3\n")),
            &["signature", "root"],
        ),
        (
            "an unknown field",
            with_line(&text, 1, |l| l.replacen('{', r#"{"a":1,"#, 1)),
            &["format", "entries", "root"],
        ),
        (
            "a salt left out",
            with_line(&text, 2, |l| l.split_once(r#","salt""#).unwrap().0.to_owned() + "}"),
            &["format"],
        ),
    ];
    for (what, tampered, expected) in cases {
        assert_ne!(tampered, text, "{what}");
        let checks = verify_export(&tampered);
        assert_eq!(failed(&checks), expected, "{what}: {checks:?}");
    }
}

#[test]
fn a_log_signed_anew_with_another_key_shows_that_key() {
    let detail = |seed| verify_export(&export(&entries(), seed))[3].detail.clone();
    assert_ne!(detail(7), detail(8));
}

#[test]
fn entries_of_another_device_or_a_second_beginning_are_refused() {
    let mut other_device = entries();
    other_device[2].dev = DeviceId::new([9; 16]);
    assert_eq!(failed(&verify_export(&export(&other_device, 7))), ["entries"]);
    let mut all_other = entries();
    all_other.iter_mut().for_each(|entry| entry.dev = DeviceId::new([9; 16]));
    assert_eq!(failed(&verify_export(&export(&all_other, 7))), ["entries"]);
    let mut second_beginning = entries();
    second_beginning[2].kind = EntryKind::VaultMade;
    assert_eq!(failed(&verify_export(&export(&second_beginning, 7))), ["entries"]);
}

#[test]
fn a_failing_check_names_the_place_and_never_the_content() {
    let tampered = with_line(&export(&entries(), 7), 2, |line| line.replace("Tides", "Waves"));
    let checks = verify_export(&tampered);
    assert_eq!(checks[2].detail, "entry 1: the payload is not the one that was committed to");
    assert!(checks.iter().all(|check| !check.detail.contains("Example")));
}

#[test]
fn something_else_is_no_log() {
    for text in ["", "\n", "hello\n", "{}\n{}\n"] {
        assert_eq!(failed(&verify_export(text))[0], "format", "{text:?}");
    }
}
