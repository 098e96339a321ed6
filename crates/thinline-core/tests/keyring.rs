//! Vaults and a real Secret Service: gnome-keyring on a private bus in an empty home.
//!
//! Each test starts this binary again inside such a session and there runs its own body. Nothing touches the keyring
//! of whoever runs the tests. gnome-keyring and dbus must be installed: without them the tests fail, because a
//! keyring that is never tested is one that does not work.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use thinline_core::vault::{
    Anchor, AnchorPlace, Cost, KeyringError, NewKey, Unlock, Vault, VaultError, keyring,
};

const INSIDE: &str = "THINLINE_KEYRING_TEST_INSIDE";
const UNLOCK: &str = "printf testpass | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1";

/// A bus without service files: nobody is started on demand.
const BARE_BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

enum Session {
    Unlocked,
    BareBus,
    NoBus,
}

/// Runs `body` inside the session: in the first process by starting the second, in the second by running it.
fn within(session: &Session, test: &str, body: impl FnOnce(&Path)) {
    if std::env::var(INSIDE).as_deref() == Ok(test) {
        return body(Path::new(&std::env::var("HOME").unwrap()));
    }
    for (program, package) in [
        ("gnome-keyring-daemon", "gnome-keyring"),
        ("dbus-run-session", "dbus-daemon"),
        ("dbus-send", "dbus-bin"),
    ] {
        let found = Command::new(program).arg("--version").output();
        assert!(found.is_ok(), "{program} is not installed; install the package {package}");
    }
    let home = tempfile::tempdir().unwrap();
    let mut command = command(session, home.path());
    command.arg(std::env::current_exe().unwrap()).args(["--exact", test, "--nocapture"]);
    command.env(INSIDE, test).env("HOME", home.path()).env("XDG_DATA_HOME", home.path().join("data"));
    command.env("XDG_RUNTIME_DIR", home.path()).env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
    let output = command.output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    assert!(output.status.success() && said.contains("1 passed"), "inside the session:\n{said}");
}

fn command(session: &Session, home: &Path) -> Command {
    let bash = ["bash", "-c"];
    match session {
        Session::NoBus => {
            let mut command = Command::new("env");
            command.args(["-u", "DBUS_SESSION_BUS_ADDRESS"]);
            command
        }
        Session::Unlocked => {
            let mut command = Command::new("dbus-run-session");
            command.arg("--").args(bash).arg(format!(r#"{UNLOCK}; exec "$0" "$@""#));
            command
        }
        Session::BareBus => {
            let config = home.join("bare-bus.conf");
            std::fs::write(&config, BARE_BUS).unwrap();
            let mut command = Command::new("dbus-run-session");
            command.arg(format!("--config-file={}", config.display())).arg("--");
            command
        }
    }
}

fn is(error: &VaultError, expected: KeyringError) -> bool {
    matches!(error, VaultError::Keyring(found) if *found == expected)
}

/// Locks the keyring as the screen lock of a desktop may.
fn lock_keyring() {
    let status = Command::new("dbus-send")
        .args(["--session", "--print-reply", "--dest=org.freedesktop.secrets", "/org/freedesktop/secrets"])
        .args([
            "org.freedesktop.Secret.Service.Lock",
            "array:objpath:/org/freedesktop/secrets/collection/login",
        ])
        .output()
        .unwrap();
    assert!(status.status.success(), "{status:?}");
}

#[test]
fn an_unlocked_keyring_opens_the_vault_and_keeps_the_anchor() {
    within(&Session::Unlocked, "an_unlocked_keyring_opens_the_vault_and_keeps_the_anchor", |home| {
        keyring::probe().unwrap();
        let dir = home.join("vault");
        let (_, keys) = Vault::create(&dir, &NewKey::Keyring).unwrap();
        let mut vault = Vault::open(&dir).unwrap();
        assert_eq!(vault.unlock(&Unlock::Keyring).unwrap().data_key, keys.data_key);

        let place = vault.anchor_place(&home.join("config"));
        assert!(matches!(place, AnchorPlace::Keyring { .. }));
        assert_eq!(Anchor::read(&place).unwrap(), None);
        for size in [1, 2] {
            let anchor = Anchor { size, root: [7; 32] };
            anchor.write(&place).unwrap();
            assert_eq!(Anchor::read(&place).unwrap(), Some(anchor));
        }
        assert!(!home.join("config").exists());

        let again = vault.add_slot(&Unlock::Keyring, &NewKey::Keyring);
        assert!(matches!(again, Err(VaultError::SlotExists)));
        vault.add_slot(&Unlock::Keyring, &NewKey::Passphrase(b"words", Cost::FLOOR)).unwrap();
        let keyring_slot = vault.slots()[0].0;
        vault.remove_slot(&keyring_slot).unwrap();
        assert_eq!(vault.unlock(&Unlock::Passphrase(b"words")).unwrap().data_key, keys.data_key);
        assert!(matches!(vault.unlock(&Unlock::Keyring), Err(VaultError::NoSlot(_))));
    });
}

#[test]
fn a_vault_from_another_computer_finds_no_key_in_this_keyring() {
    within(&Session::Unlocked, "a_vault_from_another_computer_finds_no_key_in_this_keyring", |home| {
        let dir = home.join("vault");
        Vault::create(&dir, &NewKey::Keyring).unwrap();
        let text = std::fs::read_to_string(dir.join("vault.json")).unwrap();
        let mut file: serde_json::Value = serde_json::from_str(&text).unwrap();
        file["vault_id"] = "00000000000000000000000000000000".into();
        std::fs::write(dir.join("vault.json"), file.to_string()).unwrap();
        let error = Vault::open(&dir).unwrap().unlock(&Unlock::Keyring).unwrap_err();
        assert!(is(&error, KeyringError::NoEntry), "{error:?}");
    });
}

#[test]
fn a_locked_keyring_is_told_from_a_missing_one() {
    within(&Session::Unlocked, "a_locked_keyring_is_told_from_a_missing_one", |home| {
        let dir = home.join("vault");
        let (vault, _) = Vault::create(&dir, &NewKey::Keyring).unwrap();
        lock_keyring();
        let error = vault.unlock(&Unlock::Keyring).unwrap_err();
        assert!(is(&error, KeyringError::Locked), "{error:?}");
        let other = home.join("other");
        let error = Vault::create(&other, &NewKey::Keyring).unwrap_err();
        assert!(is(&error, KeyringError::Locked), "{error:?}");
        assert!(!Vault::exists(&other), "no vault is made that nothing can open");
    });
}

#[test]
fn without_a_bus_there_is_no_keyring_and_the_answer_comes_at_once() {
    within(&Session::NoBus, "without_a_bus_there_is_no_keyring_and_the_answer_comes_at_once", |home| {
        let started = Instant::now();
        let error = Vault::create(&home.join("vault"), &NewKey::Keyring).unwrap_err();
        assert!(is(&error, KeyringError::NoKeyring), "{error:?}");
        assert!(is(&keyring::probe().unwrap_err(), KeyringError::NoKeyring));
        assert!(started.elapsed() < Duration::from_secs(3));
        assert!(!Vault::exists(&home.join("vault")));
    });
}

#[test]
fn a_keyring_that_starts_later_is_found_by_the_same_process() {
    within(&Session::BareBus, "a_keyring_that_starts_later_is_found_by_the_same_process", |home| {
        let dir = home.join("vault");
        let error = Vault::create(&dir, &NewKey::Keyring).unwrap_err();
        assert!(is(&error, KeyringError::NoKeyring), "{error:?}");
        assert!(Command::new("bash").args(["-c", UNLOCK]).status().unwrap().success());
        // Its command returns before it has its name on the bus.
        let started = Instant::now();
        let (vault, keys) = loop {
            match Vault::create(&dir, &NewKey::Keyring) {
                Ok(made) => break made,
                Err(error) => assert!(started.elapsed() < Duration::from_secs(5), "{error:?}"),
            }
            std::thread::sleep(Duration::from_millis(50));
        };
        assert_eq!(vault.unlock(&Unlock::Keyring).unwrap().signing_seed, keys.signing_seed);
    });
}

#[test]
fn a_keyring_that_was_restarted_is_found_again() {
    within(&Session::Unlocked, "a_keyring_that_was_restarted_is_found_again", |home| {
        let dir = home.join("vault");
        let (vault, keys) = Vault::create(&dir, &NewKey::Keyring).unwrap();
        let restart = UNLOCK.replace("--unlock", "--replace --unlock");
        assert!(Command::new("bash").args(["-c", &restart]).status().unwrap().success());
        // The connection that was kept belongs to the keyring that is gone: it may fail once, and no more.
        let found = vault.unlock(&Unlock::Keyring).or_else(|_| vault.unlock(&Unlock::Keyring)).unwrap();
        assert_eq!(found.data_key, keys.data_key);
    });
}

#[test]
fn the_keyring_comes_goes_and_opens_after_a_new_key_and_the_anchor_follows_it() {
    use thinline_core::wire::SlotKind;
    use thinline_core::{Core, Key};
    within(
        &Session::Unlocked,
        "the_keyring_comes_goes_and_opens_after_a_new_key_and_the_anchor_follows_it",
        |home| {
            let data = home.join("data");
            let core = Core::new(Some(&data)).unwrap();
            let file = || Key::KeyFile(home.join("key"));
            core.set_up(file(), &[], "").unwrap();
            let holds = |core: &Core| {
                let verified = core.log_verify().unwrap();
                assert!(verified.ok && verified.anchor == "match", "{verified:?}");
            };
            core.keyring_add(&file()).unwrap();
            holds(&core);
            // The keyring is not named: it goes on by itself.
            let rotated = core.key_rotate(&[file()], false).unwrap();
            assert_eq!(rotated.kept, [SlotKind::KeyFile, SlotKind::Keyring]);
            holds(&core);
            core.lock();
            core.unlock(Key::Keyring).unwrap();
            holds(&core);
            // The key file is left behind, then the other way round.
            assert_eq!(core.key_rotate(&[Key::Keyring], true).unwrap().dropped, [SlotKind::KeyFile]);
            holds(&core);
            core.key_file_add(&Key::Keyring, &home.join("second")).unwrap();
            let ways = core.keys().unwrap().ways;
            let keyring = ways.iter().find(|way| way.kind == SlotKind::Keyring).unwrap();
            core.way_remove(&Key::Keyring, &keyring.id).unwrap();
            holds(&core);
            core.lock();
            assert!(core.unlock(Key::Keyring).is_err());
            core.unlock(Key::KeyFile(home.join("second"))).unwrap();
            holds(&core);
        },
    );
}
