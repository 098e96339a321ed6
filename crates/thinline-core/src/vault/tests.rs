//! Vaults with passphrases and key files, and files that somebody changed. The keyring has its own tests, which
//! need a real one: `tests/keyring.rs`.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::*;

const RIGHT: &[u8] = b"correct horse";

fn passphrase(text: &[u8]) -> NewKey<'_> {
    NewKey::Passphrase(text, Cost::FLOOR)
}

struct Place {
    _temporary: tempfile::TempDir,
    dir: PathBuf,
    key_file: PathBuf,
}

fn place() -> Place {
    let temporary = tempfile::tempdir().unwrap();
    let dir = temporary.path().join("above").join("vault");
    let key_file = temporary.path().join("key");
    Place { _temporary: temporary, dir, key_file }
}

fn json_of(dir: &Path) -> Value {
    serde_json::from_slice(&fs::read(dir.join("vault.json")).unwrap()).unwrap()
}

fn put_json(dir: &Path, value: &Value) {
    fs::write(dir.join("vault.json"), serde_json::to_vec(value).unwrap()).unwrap();
}

fn same(a: &Keys, b: &Keys) -> bool {
    a.data_key == b.data_key && a.signing_seed == b.signing_seed
}

#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn a_passphrase_opens_what_it_made_and_no_other_does() {
    let at = place();
    assert!(!Vault::exists(&at.dir));
    assert!(matches!(Vault::open(&at.dir), Err(VaultError::NoVault)));
    let (made, keys) = Vault::create(&at.dir, &passphrase(RIGHT)).unwrap();
    assert!(Vault::exists(&at.dir));

    let vault = Vault::open(&at.dir).unwrap();
    assert_eq!(vault.device_id(), made.device_id());
    assert!(same(&vault.unlock(&Unlock::Passphrase(RIGHT)).unwrap(), &keys));
    assert!(matches!(vault.unlock(&Unlock::Passphrase(b"correct hors")), Err(VaultError::WrongKey)));
    assert!(matches!(vault.unlock(&Unlock::Passphrase(b"")), Err(VaultError::EmptyPassphrase)));
    let no_key_file = vault.unlock(&Unlock::KeyFile(&at.key_file));
    assert!(matches!(no_key_file, Err(VaultError::NoSlot(SlotKind::KeyFile))));
    assert!(matches!(vault.unlock(&Unlock::Keyring), Err(VaultError::NoSlot(SlotKind::Keyring))));
}

#[test]
fn keys_ids_salts_and_nonces_are_new_for_every_vault() {
    let mut seen = HashSet::new();
    for _ in 0..3 {
        let at = place();
        let (_, keys) = Vault::create(&at.dir, &passphrase(RIGHT)).unwrap();
        let file = json_of(&at.dir);
        let slot = &file["slots"][0];
        let texts =
            [&file["vault_id"], &file["device_id"], &slot["id"], &slot["nonce"], &slot["kdf"]["salt"]];
        texts.into_iter().for_each(|text| assert!(seen.insert(text.as_str().unwrap().to_owned())));
        assert!(seen.insert(hex::encode(*keys.data_key)));
        assert!(seen.insert(hex::encode(*keys.signing_seed)));
    }
}

#[test]
fn a_vault_is_never_made_over_another() {
    let at = place();
    Vault::create(&at.dir, &passphrase(RIGHT)).unwrap();
    let before = json_of(&at.dir);
    assert!(matches!(Vault::create(&at.dir, &passphrase(b"other")), Err(VaultError::Exists)));
    put_json(&at.dir, &json!("damaged"));
    assert!(matches!(Vault::create(&at.dir, &passphrase(b"other")), Err(VaultError::Exists)));
    assert_ne!(json_of(&at.dir), before, "the damaged one was left as it was");
}

#[test]
fn a_passphrase_of_people_costs_what_the_format_promises() {
    let at = place();
    assert_eq!(Cost::DEFAULT, Cost { m: 131_072, t: 3, p: 4 });
    Vault::create(&at.dir, &NewKey::Passphrase(RIGHT, Cost::DEFAULT)).unwrap();
    let kdf = &json_of(&at.dir)["slots"][0]["kdf"];
    assert_eq!((&kdf["m"], &kdf["t"], &kdf["p"]), (&json!(131_072), &json!(3), &json!(4)));
}

#[test]
fn two_slots_open_the_same_keys_and_one_can_go() {
    let at = place();
    let (mut vault, keys) = Vault::create(&at.dir, &passphrase(RIGHT)).unwrap();
    let (right, key_file) = (Unlock::Passphrase(RIGHT), Unlock::KeyFile(&at.key_file));
    let wrong = vault.add_slot(&Unlock::Passphrase(b"wrong"), &NewKey::KeyFile(&at.key_file));
    assert!(matches!(wrong, Err(VaultError::WrongKey)));
    assert!(!at.key_file.exists(), "nothing is made for somebody without the key");

    vault.add_slot(&right, &NewKey::KeyFile(&at.key_file)).unwrap();
    vault.add_slot(&right, &passphrase(b"second")).unwrap();
    let mut vault = Vault::open(&at.dir).unwrap();
    for unlock in [right, key_file, Unlock::Passphrase(b"second")] {
        assert!(same(&vault.unlock(&unlock).unwrap(), &keys));
    }
    let kinds: Vec<_> = vault.slots().into_iter().map(|(_, kind)| kind).collect();
    assert_eq!(kinds, [SlotKind::Passphrase, SlotKind::KeyFile, SlotKind::Passphrase]);

    let ids: Vec<_> = vault.slots().into_iter().map(|(id, _)| id).collect();
    vault.remove_slot(&ids[0]).unwrap();
    vault.remove_slot(&ids[2]).unwrap();
    assert!(matches!(vault.remove_slot(&ids[1]), Err(VaultError::LastSlot)));
    let vault = Vault::open(&at.dir).unwrap();
    assert!(matches!(vault.unlock(&right), Err(VaultError::NoSlot(SlotKind::Passphrase))));
    assert!(same(&vault.unlock(&key_file).unwrap(), &keys));
}

#[test]
fn a_key_file_is_written_once_and_used_afterwards() {
    let at = place();
    let (vault, keys) = Vault::create(&at.dir, &NewKey::KeyFile(&at.key_file)).unwrap();
    let written = fs::read(&at.key_file).unwrap();
    assert_eq!(written.len(), 32);
    assert!(same(&vault.unlock(&Unlock::KeyFile(&at.key_file)).unwrap(), &keys));

    let other = place();
    let (vault, other_keys) = Vault::create(&other.dir, &NewKey::KeyFile(&at.key_file)).unwrap();
    assert_eq!(fs::read(&at.key_file).unwrap(), written, "an existing key file is never overwritten");
    assert!(!same(&other_keys, &keys));
    assert!(same(&vault.unlock(&Unlock::KeyFile(&at.key_file)).unwrap(), &other_keys));

    fs::write(&other.key_file, [9; 32]).unwrap();
    assert!(matches!(vault.unlock(&Unlock::KeyFile(&other.key_file)), Err(VaultError::WrongKey)));
    fs::remove_file(&at.key_file).unwrap();
    assert!(matches!(vault.unlock(&Unlock::KeyFile(&at.key_file)), Err(VaultError::KeyFileUnreadable)));
}

#[test]
fn a_key_file_of_another_length_is_refused_and_left_alone() {
    for length in [0, 31, 33, 4096] {
        let at = place();
        fs::write(&at.key_file, vec![7; length]).unwrap();
        let error = Vault::create(&at.dir, &NewKey::KeyFile(&at.key_file)).unwrap_err();
        assert_eq!(error.to_string(), format!("a key file has exactly 32 bytes, this one has {length}"));
        assert_eq!(fs::read(&at.key_file).unwrap().len(), length);
        assert!(!Vault::exists(&at.dir));
    }
}

#[test]
#[cfg(unix)]
fn files_and_directories_are_for_their_owner_alone() {
    let at = place();
    let (mut vault, _) = Vault::create(&at.dir, &NewKey::KeyFile(&at.key_file)).unwrap();
    vault.add_slot(&Unlock::KeyFile(&at.key_file), &passphrase(RIGHT)).unwrap();
    let config = at.dir.parent().unwrap().join("config");
    let anchor = vault.anchor_place(&config);
    Anchor { size: 1, root: [1; 32] }.write(&anchor).unwrap();
    let AnchorPlace::File(anchor) = anchor else { panic!("no keyring here") };

    assert_eq!(mode(&at.dir), 0o700);
    assert_eq!(mode(at.dir.parent().unwrap()), 0o700);
    assert_eq!(mode(&config), 0o700);
    for file in
        [&at.dir.join("vault.json"), &at.dir.join(COPY), &at.dir.join("writer.lock"), &at.key_file, &anchor]
    {
        assert_eq!(mode(file), 0o600, "{}", file.display());
    }
    for (dir, files) in [(&at.dir, 3), (&config, 1)] {
        assert_eq!(fs::read_dir(dir).unwrap().count(), files, "no temporary file stays behind");
    }
}

/// Every text and number of the file, as a path of keys and the value that stands there.
fn leaves(value: &Value, path: String, found: &mut Vec<(String, Value)>) {
    match value {
        Value::Object(map) => {
            map.iter().for_each(|(key, value)| leaves(value, format!("{path}/{key}"), found))
        }
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(n, value)| leaves(value, format!("{path}/{n}"), found));
        }
        leaf => found.push((path, leaf.clone())),
    }
}

/// The same kind of value, yet another one that is still well-formed.
fn changed(path: &str, value: &Value) -> Value {
    match value {
        Value::Number(n) => json!(n.as_u64().unwrap() + 1),
        Value::String(kind) if path.ends_with("kind") => {
            json!(if kind == "passphrase" { "key-file" } else { "keyring" })
        }
        Value::String(hex) => json!(format!("{}{}", if hex.starts_with('0') { "1" } else { "0" }, &hex[1..])),
        other => panic!("a vault file holds texts and numbers only, not {other}"),
    }
}

#[test]
fn a_change_to_any_field_is_noticed() {
    let at = place();
    let (_, keys) = Vault::create(&at.dir, &passphrase(RIGHT)).unwrap();
    let good = json_of(&at.dir);
    let mut fields = Vec::new();
    leaves(&good, String::new(), &mut fields);
    let names: Vec<&str> = fields.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(
        names,
        [
            "/device_id",
            "/slots/0/ct",
            "/slots/0/id",
            "/slots/0/kdf/m",
            "/slots/0/kdf/p",
            "/slots/0/kdf/salt",
            "/slots/0/kdf/t",
            "/slots/0/kind",
            "/slots/0/nonce",
            "/v",
            "/vault_id"
        ]
    );
    for (path, value) in &fields {
        let mut file = good.clone();
        *file.pointer_mut(path).unwrap() = changed(path, value);
        put_json(&at.dir, &file);
        let error =
            Vault::open(&at.dir).and_then(|vault| vault.unlock(&Unlock::Passphrase(RIGHT))).unwrap_err();
        let expected = match path.as_str() {
            "/v" => "vault.json has version 2, this program reads version 1",
            "/device_id" => "vault.json is damaged (device_id)",
            "/slots/0/kind" => "vault.json is damaged (kdf)",
            _ => "the key does not open this vault",
        };
        assert_eq!(error.to_string(), expected, "{path}");
    }
    put_json(&at.dir, &good);
    let vault = Vault::open(&at.dir).unwrap();
    assert!(
        same(&vault.unlock(&Unlock::Passphrase(RIGHT)).unwrap(), &keys),
        "the unchanged file still opens"
    );
}

#[test]
fn a_slot_does_not_open_another_vault_or_under_another_name() {
    let (one, two) = (place(), place());
    Vault::create(&one.dir, &passphrase(RIGHT)).unwrap();
    Vault::create(&two.dir, &passphrase(RIGHT)).unwrap();
    let mut file = json_of(&two.dir);
    file["slots"] = json_of(&one.dir)["slots"].clone();
    put_json(&two.dir, &file);
    let opened = Vault::open(&two.dir).unwrap().unlock(&Unlock::Passphrase(RIGHT));
    assert!(matches!(opened, Err(VaultError::WrongKey)));
}

#[test]
fn work_factors_that_are_too_weak_or_too_costly_are_refused_before_any_work() {
    let at = place();
    Vault::create(&at.dir, &passphrase(RIGHT)).unwrap();
    let good = json_of(&at.dir);
    for (field, value) in
        [("m", 19_455), ("m", 1_048_577), ("t", 1), ("t", 65), ("p", 0), ("p", 65), ("m", u32::MAX)]
    {
        let mut file = good.clone();
        file["slots"][0]["kdf"][field] = json!(value);
        put_json(&at.dir, &file);
        assert!(matches!(Vault::open(&at.dir), Err(VaultError::Cost)), "{field} = {value}");
    }
    let weak = Cost { m: 8, ..Cost::FLOOR };
    let other = place();
    let made = Vault::create(&other.dir, &NewKey::Passphrase(RIGHT, weak));
    assert!(matches!(made, Err(VaultError::Cost)));
    assert!(!Vault::exists(&other.dir));
}

#[test]
fn a_file_of_another_form_is_refused() {
    let at = place();
    Vault::create(&at.dir, &passphrase(RIGHT)).unwrap();
    let good = json_of(&at.dir);
    let edit = |change: &dyn Fn(&mut Value)| {
        let mut file = good.clone();
        change(&mut file);
        file
    };
    let doubled = edit(&|f| f["slots"] = json!([f["slots"][0], f["slots"][0]]));
    let cases = [
        ("form", edit(&|f| f["extra"] = json!(1))),
        ("form", edit(&|f| f["slots"][0]["extra"] = json!(1))),
        ("form", edit(&|f| f["slots"][0]["kdf"]["extra"] = json!(1))),
        ("form", edit(&|f| f["vault_id"] = json!("00"))),
        ("form", edit(&|f| f["device_id"] = json!(f["device_id"].as_str().unwrap().to_uppercase() + "A"))),
        ("form", edit(&|f| f["slots"][0]["kind"] = json!("fingerprint"))),
        ("form", edit(&|f| f["slots"][0]["ct"] = json!("00"))),
        ("form", json!({})),
        ("v", edit(&|f| f["v"] = json!(0))),
        ("slots", edit(&|f| f["slots"] = json!([]))),
        ("slots", doubled),
        ("slots", edit(&|f| f["slots"] = Value::Array(vec![f["slots"][0].clone(); 17]))),
        ("kdf", edit(&|f| drop(f["slots"][0].as_object_mut().unwrap().remove("kdf")))),
        ("length", json!("x".repeat(70_000))),
    ];
    for (field, file) in cases {
        put_json(&at.dir, &file);
        match Vault::open(&at.dir) {
            Err(VaultError::Damaged(found)) => assert_eq!(found, field, "{file}"),
            other => panic!("{field}: {other:?}"),
        }
    }
}

#[test]
fn a_newer_file_is_refused_by_its_version_whatever_else_is_in_it() {
    let at = place();
    fs::create_dir_all(&at.dir).unwrap();
    put_json(&at.dir, &json!({"v": 2, "future": true}));
    assert!(matches!(Vault::open(&at.dir), Err(VaultError::TooNew(2))));
}

#[test]
fn a_recovery_slot_is_kept_when_another_slot_is_added() {
    let at = place();
    Vault::create(&at.dir, &NewKey::KeyFile(&at.key_file)).unwrap();
    let mut file = json_of(&at.dir);
    let mut recovery = file["slots"][0].clone();
    recovery["id"] = json!("00000000000000ff");
    recovery["kind"] = json!("recovery");
    file["slots"].as_array_mut().unwrap().push(recovery.clone());
    put_json(&at.dir, &file);
    Vault::open(&at.dir).unwrap().add_slot(&Unlock::KeyFile(&at.key_file), &passphrase(RIGHT)).unwrap();
    assert_eq!(json_of(&at.dir)["slots"][1], recovery);
    assert_eq!(json_of(&at.dir)["slots"].as_array().unwrap().len(), 3);
}

#[test]
fn a_vault_has_at_most_sixteen_slots() {
    let at = place();
    let (mut vault, _) = Vault::create(&at.dir, &NewKey::KeyFile(&at.key_file)).unwrap();
    let (unlock, key) = (Unlock::KeyFile(&at.key_file), NewKey::KeyFile(&at.key_file));
    for _ in 1..16 {
        vault.add_slot(&unlock, &key).unwrap();
    }
    assert!(matches!(vault.add_slot(&unlock, &key), Err(VaultError::TooManySlots)));
    assert_eq!(Vault::open(&at.dir).unwrap().slots().len(), 16);
}

#[test]
fn an_anchor_is_read_as_it_was_written_and_damage_is_noticed() {
    let at = place();
    let (vault, _) = Vault::create(&at.dir, &NewKey::KeyFile(&at.key_file)).unwrap();
    let place = vault.anchor_place(&at.dir.join("config"));
    assert_eq!(Anchor::read(&place).unwrap(), None);
    for size in [0, 5, u64::MAX] {
        let anchor = Anchor { size, root: [size as u8; 32] };
        anchor.write(&place).unwrap();
        assert_eq!(Anchor::read(&place).unwrap(), Some(anchor));
    }
    let AnchorPlace::File(path) = &place else { panic!("no keyring here") };
    for text in ["", "{}", r#"{"v":2,"size":1,"root":"00"}"#] {
        fs::write(path, text).unwrap();
        assert!(matches!(Anchor::read(&place), Err(VaultError::AnchorDamaged)), "{text}");
    }
}

#[test]
fn nothing_secret_is_printed_or_stored_in_the_clear() {
    let at = place();
    let (vault, keys) = Vault::create(&at.dir, &passphrase(RIGHT)).unwrap();
    assert_eq!(format!("{keys:?}"), "Keys(..)");
    let file = fs::read_to_string(at.dir.join("vault.json")).unwrap() + &format!("{vault:?}");
    for secret in [&keys.data_key, &keys.signing_seed] {
        assert!(!file.contains(&hex::encode(**secret)));
    }
}

#[test]
fn derived_keys_differ_by_name_and_by_data_key() {
    let spool = derive(&[1; 32], "spool");
    assert_eq!(*spool, *derive(&[1; 32], "spool"));
    assert_ne!(*spool, *derive(&[1; 32], "sync"));
    assert_ne!(*spool, *derive(&[2; 32], "spool"));
    assert_eq!(hex::encode(*spool), "bffa2332bfd634e5b4ffd665fa88f4e8a1d4c689559667d229355da8c6d45554");
}
