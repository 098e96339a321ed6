//! The ways to unlock and a new key, on the command line; and what a kill in the middle of it leaves.

use crate::home::{Home, Ran};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

/// Files with the secrets of one home. All ways of a test are made here.
struct Secrets {
    old: PathBuf,
    new: PathBuf,
    sheet: PathBuf,
}

fn secrets(home: &Home) -> Secrets {
    let sheet = home.path().join("sheet.txt");
    Secrets { old: home.file("old", b"salt water\n"), new: home.file("new", b"spring tide\n"), sheet }
}

fn with(home: &Home, flag: &str, file: &Path, words: &str) -> Ran {
    let mut command = home.bare(words.split_whitespace().chain(["--json", flag]));
    Ran::of(command.arg(file))
}

fn opens(home: &Home, flag: &str, file: &Path) -> bool {
    let ran = with(home, flag, file, "imports");
    assert!(ran.code == 0 || ran.fault() == "wrong-key", "{ran:?}");
    ran.code == 0
}

fn kinds(state: &Value) -> Vec<&str> {
    state["ways"].as_array().unwrap().iter().map(|way| way["kind"].as_str().unwrap()).collect()
}

fn set(home: &Home, flag: &str, proof: &Path, new: &Path) -> Ran {
    let words = ["passphrase", "set", "--json", "--new-passphrase-file"];
    Ran::of(home.bare(words).arg(new).arg(flag).arg(proof))
}

#[test]
fn who_has_only_the_sheet_sets_a_passphrase_and_makes_a_new_code_with_it() {
    let home = Home::new();
    let at = secrets(&home);
    let sheet = at.sheet.to_str().unwrap().to_owned();
    home.json(&format!("recovery make --write {sheet}"));
    std::fs::remove_file(home.key()).unwrap();
    let state = set(&home, "--recovery-file", &at.sheet, &at.new).json();
    assert_eq!(kinds(&state), ["key-file", "recovery", "passphrase"]);
    let second = home.path().join("second.txt");
    with(&home, "--passphrase-file", &at.new, &format!("recovery make --write {}", second.display())).json();
    let lost = state["ways"][0]["id"].as_str().unwrap();
    with(&home, "--passphrase-file", &at.new, &format!("key remove {lost}")).json();
    assert!(!opens(&home, "--recovery-file", &at.sheet), "the old sheet opens nothing any more");
    assert!(opens(&home, "--recovery-file", &second) && opens(&home, "--passphrase-file", &at.new));
    let shown = Ran::of(home.bare(["key"]).arg("--recovery-file").arg(&second));
    assert!(shown.out.contains("passphrase") && !shown.out.contains("key file"), "{shown:?}");
}

#[test]
fn a_passphrase_is_changed_and_taken_away_but_never_the_last_way() {
    let home = Home::empty();
    let at = secrets(&home);
    Ran::of(home.bare(["init"]).arg("--passphrase-file").arg(&at.old));
    let last = with(&home, "--passphrase-file", &at.old, "passphrase remove");
    assert_eq!(last.fault(), "bad-value");
    assert_eq!(set(&home, "--passphrase-file", &at.new, &at.new).fault(), "wrong-key");
    assert_eq!(kinds(&set(&home, "--passphrase-file", &at.old, &at.new).json()), ["passphrase"]);
    assert!(opens(&home, "--passphrase-file", &at.new) && !opens(&home, "--passphrase-file", &at.old));
    let empty = home.file("empty", b"\n");
    assert_eq!(set(&home, "--passphrase-file", &at.new, &empty).fault(), "bad-value");
    let add = format!("key add-file {}", home.key().display());
    assert_eq!(kinds(&with(&home, "--passphrase-file", &at.new, &add).json()), ["passphrase", "key-file"]);
    assert_eq!(kinds(&with(&home, "--passphrase-file", &at.new, "passphrase remove").json()), ["key-file"]);
    assert!(opens(&home, "--key-file", &home.key()) && !opens(&home, "--passphrase-file", &at.new));
    assert_eq!(home.ask("passphrase set").fault(), "bad-value");
    assert_eq!(home.ask("key remove 00").fault(), "no-such");
}

#[test]
fn a_new_key_drops_a_way_only_when_that_is_said() {
    let home = Home::new();
    let at = secrets(&home);
    home.import(&home.spotify(40)).json();
    home.json(&format!("recovery make --write {}", at.sheet.display()));
    set(&home, "--key-file", &home.key(), &at.old).json();
    let before = home.ask("timeline --limit 500").out;
    assert_eq!(home.ask("key rotate").fault(), "bad-value");

    let (old, sheet) = (at.old.display(), at.sheet.display());
    let all = home.json(&format!("key rotate --with-passphrase-file {old} --with-recovery-file {sheet}"));
    assert_eq!(all["dropped"], serde_json::json!([]));
    for (flag, file) in [
        ("--key-file", home.key()),
        ("--passphrase-file", at.old.clone()),
        ("--recovery-file", at.sheet.clone()),
    ] {
        assert!(opens(&home, flag, &file), "{flag}");
    }
    let some = home.json("key rotate --drop-others");
    assert_eq!(some, serde_json::json!({ "kept": ["key-file"], "dropped": ["passphrase", "recovery"] }));
    assert!(!opens(&home, "--passphrase-file", &at.old) && !opens(&home, "--recovery-file", &at.sheet));
    assert_eq!(home.ask("timeline --limit 500").out, before);
    assert_eq!(home.json("log verify")["ok"], true);
}

/// Starts a command, and kills it after a while unless it has ended. Answers whether it had, and well.
fn killed(home: &Home, words: &[&str], after: Duration) -> bool {
    let mut child = home.command(words).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let started = Instant::now();
    while started.elapsed() < after {
        if let Some(ended) = child.try_wait().unwrap() {
            return ended.success();
        }
        std::thread::sleep(Duration::from_micros(300));
    }
    // SIGKILL: nothing of the program runs after it.
    child.kill().unwrap();
    child.wait().unwrap().success()
}

#[test]
fn fifty_kills_in_the_middle_of_a_new_key_lose_nothing_and_lock_nobody_out() {
    let home = Home::new();
    home.import(&home.spotify(1500)).json();
    let records = home.json("status")["records"].clone();
    let timeline = home.ask("timeline --limit 500").out;
    let rotate = ["key", "rotate", "--json"];
    let started = Instant::now();
    assert!(killed(&home, &rotate, Duration::from_secs(60)));
    let whole = started.elapsed();
    let (mut acknowledged, mut killed_in) = (1, 0);
    for n in 0..50_u32 {
        // Spread over the whole of it, a little beyond its end.
        let after = whole.mul_f64(f64::from(n * 37 % 50) / 48.0);
        let before = home.json("status")["log_size"].as_u64().unwrap();
        let done = killed(&home, &rotate, after);
        acknowledged += u32::from(done);
        killed_in += u32::from(!done);
        let status = home.json("status");
        assert_eq!(status["records"], records, "after {after:?} of {whole:?}");
        let more = status["log_size"].as_u64().unwrap() - before;
        assert!(more <= 1 && (more == 1 || !done), "told once, and always when it was acknowledged: {more}");
        let verified = home.json("log verify");
        assert!(verified["ok"] == true && verified["anchor"] == "match", "{verified}");
    }
    assert!(killed_in >= 25 && acknowledged >= 2, "{killed_in} killed, {acknowledged} acknowledged");
    assert_eq!(home.ask("timeline --limit 500").out, timeline);
    let left: Vec<_> =
        std::fs::read_dir(home.data()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().ends_with(".tmp")), "{left:?}");
}

#[test]
fn kills_in_the_middle_of_a_new_passphrase_leave_the_old_or_the_new_one() {
    let home = Home::new();
    let at = secrets(&home);
    set(&home, "--key-file", &home.key(), &at.old).json();
    let (mut now, mut next) = (at.old.clone(), at.new.clone());
    let started = Instant::now();
    set(&home, "--passphrase-file", &now, &now).json();
    let whole = started.elapsed();
    for n in 0..6_u32 {
        let mut command = home.bare(["passphrase", "set", "--json", "--new-passphrase-file"]);
        command.arg(&next).arg("--passphrase-file").arg(&now).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        // Most of it is the work that makes guessing slow; the writing is at its end.
        std::thread::sleep(whole.mul_f64(0.7 + f64::from(n) / 15.0));
        let _ = child.kill();
        let done = child.wait().unwrap().success();
        let (old, new) = (opens(&home, "--passphrase-file", &now), opens(&home, "--passphrase-file", &next));
        assert!(old != new && (new || !done), "old {old}, new {new}, acknowledged {done}");
        if new {
            std::mem::swap(&mut now, &mut next);
        }
    }
    assert_eq!(home.json("log verify")["ok"], true);
}

#[test]
fn a_window_that_has_the_data_open_keeps_the_key_from_being_changed_and_hears_nothing_of_it() {
    use thinline_core::{Core, Key};
    let home = Home::new();
    let core = Core::new(Some(&home.data())).unwrap();
    core.unlock(Key::KeyFile(home.key())).unwrap();
    let refused = home.ask("key rotate");
    assert_eq!(refused.fault(), "busy");
    assert!(refused.err.contains("has this data open"), "{refused:?}");
    core.log_verify().unwrap();
    home.json("passphrase");
    core.lock();
    home.json("key rotate");
    core.unlock(Key::KeyFile(home.key())).unwrap();
}
