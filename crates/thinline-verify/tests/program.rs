//! The program over a good log, changed ones, and wrong calls.

#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use thinline_ledger::export::{checkpoint_line, entry_line};
use thinline_ledger::{
    Checkpoint, DeviceId, Entry, EntryKind, EntryTime, ExportHeader, Frontier, Opening, SigningKey,
    commitment, origin,
};

const PAYLOAD: &str = r#"{"artist":"The Example Tides"}"#;
const SALT: [u8; 32] = [5; 32];

fn good_log() -> String {
    let dev = DeviceId::new([0x3f; 16]);
    let key = SigningKey::from_seed(&origin(&dev), &[7; 32]).unwrap();
    let mut text = ExportHeader::new(&key.verifying_key(), 3).line().unwrap();
    let mut tree = Frontier::new();
    for (kind, seq) in
        [EntryKind::VaultMade, EntryKind::ImportDone, EntryKind::ChoiceSet].into_iter().zip(0..)
    {
        let ts = EntryTime::parse(&format!("2026-01-01T00:00:0{seq}Z")).unwrap();
        let entry = Entry { seq, ts, kind, dev, commit: commitment(&SALT, PAYLOAD.as_bytes()) };
        tree.push(entry.leaf().unwrap());
        let opening = Opening { salt: &SALT, payload: PAYLOAD };
        text += &entry_line(&entry.encode().unwrap(), Some(opening)).unwrap();
    }
    let checkpoint = Checkpoint { origin: origin(&dev), size: 3, root: tree.root() };
    text + &checkpoint_line(&checkpoint.sign(&key).unwrap()).unwrap()
}

fn written(dir: &tempfile::TempDir, content: impl AsRef<[u8]>) -> PathBuf {
    let file = dir.path().join("log.ndjson");
    std::fs::write(&file, content).unwrap();
    file
}

fn run(file: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_thinline-verify")).arg(file).args(args).output().unwrap()
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

#[test]
fn a_good_log_exits_with_0() {
    let dir = tempfile::tempdir().unwrap();
    let output = run(&written(&dir, good_log()), &[]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(stdout(&output).contains("ok      entries    3 in order"), "{}", stdout(&output));
    assert!(stdout(&output).contains("thinline.local/log/3f3f3f3f+"), "the key is named");
    assert!(!stdout(&output).contains("FAILED"));
}

#[test]
fn a_changed_log_exits_with_1_and_says_what_fails() {
    let dir = tempfile::tempdir().unwrap();
    let output = run(&written(&dir, good_log().replace("choice.set", "key.rotated")), &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).contains("FAILED  root"), "{}", stdout(&output));
    assert!(stdout(&output).contains("ok      signature"), "{}", stdout(&output));
}

#[test]
fn a_changed_payload_exits_with_1_and_is_not_shown() {
    let dir = tempfile::tempdir().unwrap();
    let output = run(&written(&dir, good_log().replacen("Tides", "Waves", 1)), &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).contains("FAILED  payloads   entry 0"), "{}", stdout(&output));
    assert!(!stdout(&output).contains("Example"));
}

#[test]
fn json_has_every_check_and_the_verdict() {
    let dir = tempfile::tempdir().unwrap();
    for (log, ok) in [(good_log(), true), (good_log().replace("import.done", "choice.set"), false)] {
        let output = run(&written(&dir, log), &["--json"]);
        let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(answer["ok"], ok);
        assert_eq!(answer["checks"].as_array().unwrap().len(), 5);
        assert_eq!(answer["checks"][4]["name"], "root");
        assert_eq!(answer["checks"][4]["ok"], ok);
        assert_eq!(output.status.code(), Some(if ok { 0 } else { 1 }));
    }
}

#[test]
fn what_is_no_text_is_no_log() {
    let dir = tempfile::tempdir().unwrap();
    let output = run(&written(&dir, [0xff, 0xfe, b'\n']), &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).contains("FAILED  format     line 1"), "{}", stdout(&output));
}

#[test]
fn an_endless_line_is_not_read_to_its_end() {
    let checks = thinline_verify::verify_log(std::io::BufReader::new(std::io::repeat(b'x'))).unwrap();
    assert_eq!(checks[0].detail, "line 1: not text in UTF-8, or too long");
}

#[test]
fn wrong_calls_exit_with_2_and_a_missing_file_with_1() {
    let dir = tempfile::tempdir().unwrap();
    let file = written(&dir, good_log());
    assert_eq!(run(&file, &["--what"]).status.code(), Some(2));
    assert_eq!(run(&file, &["second"]).status.code(), Some(2));
    let nothing = Command::new(env!("CARGO_BIN_EXE_thinline-verify")).output().unwrap();
    assert_eq!(nothing.status.code(), Some(2));
    assert_eq!(run(&dir.path().join("missing"), &[]).status.code(), Some(1));
    assert_eq!(run(&file, &["--help"]).status.code(), Some(0));
}
