//! Changes of the vault's file that are cut off at every step of writing it: the person always gets in.
//!
//! A stop is a panic in the place of a kill: nothing behind it runs, and what is on the disk stays as it is.

use std::cell::Cell;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;

use super::*;

thread_local! {
    static LEFT: Cell<Option<u32>> = const { Cell::new(None) };
}

struct Stopped;

/// Called between the steps of writing a file.
pub(super) fn step() {
    match LEFT.get() {
        None => {}
        Some(0) => {
            LEFT.set(None);
            resume_unwind(Box::new(Stopped));
        }
        Some(left) => LEFT.set(Some(left - 1)),
    }
}

const OLD: &[u8] = b"old words";
const NEW: &[u8] = b"new words";

fn vault_in(dir: &Path) -> (Vault, Keys) {
    let (mut vault, keys) = Vault::create(dir, &NewKey::Passphrase(OLD, Cost::FLOOR)).unwrap();
    vault.add(&keys, &NewKey::KeyFile(&dir.with_extension("key"))).unwrap();
    (vault, keys)
}

/// Runs a change that is stopped at its first step, at its second, and so on until it comes through. `check` sees each state
/// as the next start finds it, and whether the change came through.
fn at_every_stop(change: impl Fn(&mut Vault, &Keys), check: impl Fn(&Vault, &Keys, bool)) -> u32 {
    for stop in 0.. {
        let temporary = tempfile::tempdir().unwrap();
        let dir = temporary.path().join("vault");
        let (mut vault, keys) = vault_in(&dir);
        LEFT.set(Some(stop));
        let ended = catch_unwind(AssertUnwindSafe(|| change(&mut vault, &keys)));
        LEFT.set(None);
        if let Err(panic) = &ended {
            assert!(panic.is::<Stopped>(), "the change failed by itself");
        }
        sweep(&dir);
        let names =
            fs::read_dir(&dir).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        assert!(names.into_iter().all(|name| !name.contains(".tmp")), "nothing half written stays");
        check(&Vault::open(&dir).unwrap(), &keys, ended.is_ok());
        if ended.is_ok() {
            return stop;
        }
    }
    0
}

fn opens(vault: &Vault, passphrase: &[u8], keys: &Keys) -> bool {
    vault.unlock(&Unlock::Passphrase(passphrase)).is_ok_and(|found| found.data_key == keys.data_key)
}

#[test]
fn a_passphrase_that_is_being_changed_opens_as_it_was_or_as_it_will_be() {
    let change = |vault: &mut Vault, keys: &Keys| vault.set_passphrase(keys, NEW, Cost::FLOOR).unwrap();
    let stops = at_every_stop(change, |vault, keys, done| {
        let (old, new) = (opens(vault, OLD, keys), opens(vault, NEW, keys));
        assert!(old != new, "one of them, and never both");
        assert!(new || !done, "what was acknowledged holds");
    });
    assert!(stops >= 4, "a file is written in four steps");
}

#[test]
fn ways_that_come_and_go_leave_the_others_alone_at_every_step() {
    let others_open = |vault: &Vault, keys: &Keys, _: bool| assert!(opens(vault, OLD, keys));
    at_every_stop(
        |vault, keys| _ = vault.add(keys, &NewKey::Passphrase(NEW, Cost::FLOOR)).unwrap(),
        others_open,
    );
    let last = |vault: &Vault| vault.slots()[1].0;
    at_every_stop(|vault, _| vault.remove_slot(&last(vault)).unwrap(), others_open);
    let recover = |vault: &mut Vault, _: &Keys| {
        let (_, new) = vault.prepare_recovery(&Unlock::Passphrase(OLD)).unwrap();
        vault.put_recovery(&new).unwrap();
    };
    at_every_stop(recover, others_open);
}

#[test]
fn while_the_data_key_changes_every_way_leads_to_both_keys() {
    let change =
        |vault: &mut Vault, _: &Keys| drop(vault.begin_rotation(&[Unlock::Passphrase(OLD)], true).unwrap());
    let stops = at_every_stop(change, |vault, keys, done| {
        assert!(vault.is_rotating() || !done);
        let file = vault.dir.with_extension("key");
        for way in [Unlock::Passphrase(OLD), Unlock::KeyFile(&file)] {
            let found = vault.unlock(&way).unwrap();
            assert_eq!(found.data_key, keys.data_key);
            match vault.rotation(found).unwrap() {
                Err(_) => assert!(!vault.is_rotating()),
                Ok(rotation) => {
                    assert_eq!(
                        (rotation.kept, rotation.dropped),
                        (vec![SlotKind::Passphrase], vec![SlotKind::KeyFile])
                    );
                    assert!(rotation.new.data_key != keys.data_key && rotation.old.data_key == keys.data_key);
                    assert!(rotation.new.signing_seed == keys.signing_seed, "the log goes on under its key");
                }
            }
        }
    });
    assert!(stops >= 4, "a file is written in four steps");
}

#[test]
fn after_the_data_key_changed_only_the_ways_that_were_given_open_and_they_open_the_new_one() {
    let change = |vault: &mut Vault, _: &Keys| {
        vault.begin_rotation(&[Unlock::Passphrase(OLD)], true).unwrap();
        vault.end_rotation().unwrap();
    };
    at_every_stop(change, |vault, keys, done| {
        let found = vault.unlock(&Unlock::Passphrase(OLD)).unwrap();
        let turned = found.data_key != keys.data_key;
        let file = vault.dir.with_extension("key");
        assert_eq!(vault.unlock(&Unlock::KeyFile(&file)).is_ok(), !turned);
        assert!(turned && !vault.is_rotating() || !done);
    });
}

#[test]
fn a_change_of_the_data_key_that_is_dropped_leaves_the_file_as_it_was() {
    let temporary = tempfile::tempdir().unwrap();
    let dir = temporary.path().join("vault");
    let (mut vault, _) = vault_in(&dir);
    let before = fs::read(dir.join("vault.json")).unwrap();
    vault.begin_rotation(&[Unlock::Passphrase(OLD)], true).unwrap();
    assert_ne!(fs::read(dir.join("vault.json")).unwrap(), before);
    vault.drop_rotation().unwrap();
    assert_eq!(fs::read(dir.join("vault.json")).unwrap(), before);
}

#[test]
fn ways_are_dropped_only_when_that_is_said_and_wrong_ones_begin_nothing() {
    let temporary = tempfile::tempdir().unwrap();
    let dir = temporary.path().join("vault");
    let (mut vault, _) = vault_in(&dir);
    let before = fs::read(dir.join("vault.json")).unwrap();
    let file = dir.with_extension("key");
    let one = vault.begin_rotation(&[Unlock::Passphrase(OLD)], false);
    assert!(matches!(one, Err(VaultError::SlotsLeft)));
    // The same way twice is one way.
    let twice = vault.begin_rotation(&[Unlock::Passphrase(OLD), Unlock::Passphrase(OLD)], false);
    assert!(matches!(twice, Err(VaultError::SlotsLeft)));
    let wrong = vault.begin_rotation(&[Unlock::KeyFile(&file), Unlock::Passphrase(NEW)], true);
    assert!(matches!(wrong, Err(VaultError::WrongKey)));
    assert!(vault.begin_rotation(&[], true).is_err());
    assert_eq!(fs::read(dir.join("vault.json")).unwrap(), before);
    let both = vault.begin_rotation(&[Unlock::KeyFile(&file), Unlock::Passphrase(OLD)], false).unwrap();
    assert_eq!((both.kept.len(), both.dropped.len()), (2, 0));
}

#[test]
fn a_changed_bridge_to_the_new_keys_is_noticed() {
    let temporary = tempfile::tempdir().unwrap();
    let dir = temporary.path().join("vault");
    let (mut vault, _) = vault_in(&dir);
    vault.begin_rotation(&[Unlock::Passphrase(OLD)], true).unwrap();
    let text = fs::read_to_string(dir.join("vault.json")).unwrap();
    for field in ["id", "nonce", "ct"] {
        let mut file: serde_json::Value = serde_json::from_str(&text).unwrap();
        let value = file["next"][field].as_str().unwrap().to_owned();
        let other = if value.starts_with('0') { "1" } else { "0" };
        file["next"][field] = format!("{other}{}", &value[1..]).into();
        fs::write(dir.join("vault.json"), file.to_string()).unwrap();
        let vault = Vault::open(&dir).unwrap();
        let keys = vault.unlock(&Unlock::Passphrase(OLD)).unwrap();
        assert!(matches!(vault.rotation(keys), Err(VaultError::Damaged("next"))), "{field}");
    }
}
