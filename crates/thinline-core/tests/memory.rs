//! What a program holds in memory while a vault is open, and what it holds no more once it is locked.
//!
//! The test starts itself again: the second process opens and locks, the first one looks into its memory. That the same search
//! finds the key before the lock is what makes its absence mean something.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]

#[path = "../../../tests/src/harness/memory.rs"]
mod memory;

use memory::{forms_of, found_in_memory};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use thinline_core::vault::{Cost, NewKey, RecoveryCode, Unlock, Vault, derive};
use thinline_core::wire::{Filter, PageAt};
use thinline_core::{Core, Key};
use zeroize::Zeroizing;

const INSIDE: &str = "THINLINE_MEMORY_TEST";

/// Not a constant: those stand in the memory of every process of this program.
fn some_passphrase() -> String {
    let mut bytes = [0; 12];
    getrandom::fill(&mut bytes).unwrap();
    format!("Ebbe {}", hex::encode(bytes))
}

/// Says a word and waits to be told to go on.
fn say(word: &str) {
    let mut out = std::io::stdout();
    out.write_all(format!("\n{word}\n").as_bytes()).unwrap();
    out.flush().unwrap();
    std::io::stdin().read_line(&mut String::new()).unwrap();
}

fn key(dir: &Path, kind: &str) -> Key {
    // From a file, so that it stands in no argument and in no environment.
    let text = Zeroizing::new(std::fs::read_to_string(dir.join(kind)).unwrap_or_default());
    match kind {
        "passphrase" => Key::Passphrase(text),
        "recovery" => Key::Recovery(RecoveryCode::parse(&text).unwrap()),
        _ => Key::KeyFile(dir.join("key-file")),
    }
}

/// Uses the vault on several threads: each opens the database for itself.
fn work(core: &Core) {
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| core.timeline_page(&Filter::default(), &PageAt::default()).unwrap());
        }
    });
    core.services().unwrap();
    core.log_verify().unwrap();
}

fn inside(dir: &Path) {
    let core = Core::new(Some(&dir.join("data"))).unwrap();
    say("before");
    // Once with nothing done after it, which would write over what unlocking left behind.
    for (kind, works) in [("passphrase", false), ("passphrase", true), ("key-file", true), ("recovery", true)]
    {
        core.unlock(key(dir, kind)).unwrap();
        if works {
            work(&core);
        }
        say("open");
        core.lock();
        say("locked");
    }
    let wrong = Key::Passphrase(Zeroizing::new("another passphrase".into()));
    core.unlock(wrong).unwrap_err();
    say("locked");
}

/// A vault that a passphrase, a key file and a code open, and what must not stay in memory.
fn made(dir: &Path) -> Vec<(String, Vec<u8>)> {
    let passphrase = some_passphrase();
    std::fs::write(dir.join("passphrase"), &passphrase).unwrap();
    let core = Core::new(Some(&dir.join("data"))).unwrap();
    core.set_up(Key::KeyFile(dir.join("key-file")), &["spotify".into()], "DE").unwrap();
    let file = dir.join("key-file");
    let code = core.recovery_begin(&Key::KeyFile(file.clone())).unwrap();
    let asked: Vec<String> = code.ask.iter().map(|n| code.words[usize::from(*n) - 1].clone()).collect();
    core.recovery_confirm(&asked).unwrap();
    std::fs::write(dir.join("recovery"), code.words.join(" ")).unwrap();
    let mut vault = Vault::open(&dir.join("data")).unwrap();
    let new = NewKey::Passphrase(passphrase.as_bytes(), Cost::FLOOR);
    vault.add_slot(&Unlock::KeyFile(&file), &new).unwrap();
    let keys = vault.unlock(&Unlock::KeyFile(&file)).unwrap();
    let mut wanted = forms_of("the data key", &*keys.data_key);
    wanted.extend(forms_of("the signing seed", &*keys.signing_seed));
    wanted.extend(forms_of("the account key", &*derive(&keys.data_key, "account")));
    wanted.extend(forms_of("the key file", &std::fs::read(&file).unwrap()));
    wanted.push(("the passphrase".into(), passphrase.into()));
    wanted.push(("the code".into(), code.words.join(" ").into_bytes()));
    wanted
}

#[test]
fn a_locked_program_holds_no_key_and_an_open_one_does() {
    if let Some(dir) = std::env::var_os(INSIDE) {
        return inside(Path::new(&dir));
    }
    let dir = tempfile::tempdir().unwrap();
    let wanted = made(dir.path());
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "a_locked_program_holds_no_key_and_an_open_one_does", "--nocapture"])
        .env(INSIDE, dir.path())
        .env("XDG_CONFIG_HOME", dir.path().join("config"))
        .env_remove("DBUS_SESSION_BUS_ADDRESS")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut told = child.stdin.take().unwrap();
    let (mut open, mut locked, mut faults) = (0, 0, Vec::new());
    for line in BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok) {
        let found = || found_in_memory(child.id(), &wanted).unwrap();
        match line.trim() {
            "open" => {
                open += 1;
                let found = found();
                assert!(found.iter().any(|what| what.contains("data key as bytes")), "{found:?}");
                // The database is told the key as digits, in the text of a statement.
                assert!(found.iter().all(|what| !what.contains("digits")), "{found:?}");
            }
            "locked" => {
                locked += 1;
                faults.extend(found().into_iter().map(|what| format!("lock {locked}: {what}")));
            }
            "before" => assert_eq!(found(), [""; 0]),
            _ => continue,
        }
        writeln!(told).unwrap();
    }
    assert!(child.wait().unwrap().success());
    assert_eq!((open, locked), (4, 5));
    assert_eq!(faults, [""; 0]);
}
