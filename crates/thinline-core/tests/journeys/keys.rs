//! The ways to unlock and the key behind them: changed, dropped, cut short at every step; nothing is lost and nobody locked out.

use crate::archives;
use crate::home::{Calm, Home};
use std::path::{Path, PathBuf};
use thinline_core::vault::{self, RecoveryCode, Unlock, Vault};
use thinline_core::wire::{ApiError, Code, SlotKind};
use thinline_core::{Core, ImportOptions, Key};
use thinline_sample::SpotifyGeneration;
use thinline_store::Store;
use zeroize::Zeroizing;

fn file_key(home: &Home) -> Key {
    Key::KeyFile(home.path().join("key"))
}

fn words(text: &str) -> Key {
    Key::Passphrase(Zeroizing::new(text.to_owned()))
}

fn code(words: &[String]) -> Key {
    Key::Recovery(RecoveryCode::parse(&words.join(" ")).unwrap())
}

fn made_code(core: &Core, proof: &Key) -> Vec<String> {
    let new = core.recovery_begin(proof).unwrap();
    let answers: Vec<_> = new.ask.iter().map(|place| new.words[usize::from(*place) - 1].clone()).collect();
    core.recovery_confirm(&answers).unwrap();
    new.words
}

fn opens(home: &Home, key: &Key) -> Result<Core, ApiError> {
    let core = Core::new(Some(&home.path().join("data"))).unwrap();
    core.unlock_quietly(key).map(|()| core)
}

fn refuses(home: &Home, key: &Key) -> bool {
    opens(home, key).err().is_some_and(|error| error.code == Code::WrongKey)
}

fn set(core: &Core, proof: &Key, text: &str) -> Result<Vec<SlotKind>, Code> {
    let state = core.passphrase_set(proof, &Zeroizing::new(text.to_owned()));
    state.map(|state| state.ways.iter().map(|way| way.kind).collect()).map_err(|error| error.code)
}

fn filled() -> Home {
    let home = Home::new();
    home.import(&archives::spotify(home.path(), 60, SpotifyGeneration::Current).path);
    home.choose("spotify", "ads-here", "off").unwrap();
    home
}

fn id_of(core: &Core, kind: SlotKind) -> String {
    core.keys().unwrap().ways.into_iter().find(|way| way.kind == kind).unwrap().id
}

#[test]
fn who_has_only_the_recovery_code_sets_a_new_passphrase_and_makes_a_new_code() {
    let home = filled();
    let sheet = made_code(&home.core, &file_key(&home));
    let before = home.core.status().unwrap().records;
    home.core.lock();
    std::fs::remove_file(home.path().join("key")).unwrap();
    home.core.unlock(code(&sheet)).unwrap();
    let ways = set(&home.core, &code(&sheet), "salt water").unwrap();
    assert_eq!(ways, [SlotKind::KeyFile, SlotKind::Recovery, SlotKind::Passphrase]);
    let next = made_code(&home.core, &words("salt water"));
    let lost = id_of(&home.core, SlotKind::KeyFile);
    home.core.way_remove(&words("salt water"), &lost).unwrap();
    assert!(refuses(&home, &code(&sheet)), "the old sheet opens nothing any more");
    for key in [words("salt water"), code(&next)] {
        assert_eq!(opens(&home, &key).unwrap().status().unwrap().records, before);
    }
    home.log_holds();
}

#[test]
fn a_changed_passphrase_opens_and_the_one_before_does_not() {
    let home = filled();
    assert_eq!(set(&home.core, &words("one"), "two"), Err(Code::WrongKey), "there is none to prove with");
    set(&home.core, &file_key(&home), "one").unwrap();
    let ways = set(&home.core, &words("one"), "two").unwrap();
    assert_eq!(ways, [SlotKind::KeyFile, SlotKind::Passphrase], "one in place of the other");
    assert!(opens(&home, &words("two")).is_ok() && refuses(&home, &words("one")));
    assert_eq!(set(&home.core, &words("one"), "three"), Err(Code::WrongKey));
    assert_eq!(set(&home.core, &words("two"), ""), Err(Code::BadValue));
    assert!(opens(&home, &words("two")).is_ok() && opens(&home, &file_key(&home)).is_ok());
    let said: Vec<_> =
        home.log().into_iter().filter_map(|entry| Some(entry.payload?.get("done")?.clone())).collect();
    assert_eq!(said, ["made", "replaced"]);
    home.log_holds();
}

#[test]
fn ways_come_and_go_but_the_last_one_stays() {
    let home = filled();
    let only = id_of(&home.core, SlotKind::KeyFile);
    let last = home.core.way_remove(&file_key(&home), &only).unwrap_err();
    assert_eq!(last.code, Code::BadValue);
    assert!(opens(&home, &file_key(&home)).is_ok());
    let second = home.path().join("second.key");
    home.core.key_file_add(&file_key(&home), &second).unwrap();
    assert_eq!(home.core.key_file_add(&file_key(&home), &second).unwrap_err().code, Code::VaultExists);
    home.core.way_remove(&Key::KeyFile(second.clone()), &only).unwrap();
    assert!(refuses(&home, &file_key(&home)) && opens(&home, &Key::KeyFile(second.clone())).is_ok());
    assert_eq!(home.core.way_remove(&Key::KeyFile(second), "00").unwrap_err().code, Code::NoSuch);
    assert!(home.core.keyring_add(&file_key(&home)).is_err(), "proved with a way that is gone");
    home.log_holds();
}

#[test]
fn a_change_that_cannot_be_written_leaves_way_and_log_as_they_were() {
    let home = filled();
    set(&home.core, &file_key(&home), "one").unwrap();
    let (entries, file) = (home.log().len(), home.path().join("data/vault.json"));
    let kept = std::fs::read(&file).unwrap();
    // Sixteen ways are as many as there may be: the entry was begun, the file refuses.
    for n in 2..16 {
        home.core.key_file_add(&file_key(&home), &home.path().join(format!("{n}.key"))).unwrap();
    }
    let full = std::fs::read(&file).unwrap();
    assert!(home.core.key_file_add(&file_key(&home), &home.path().join("one more.key")).is_err());
    assert_eq!(std::fs::read(&file).unwrap(), full);
    assert_ne!(full, kept);
    assert_eq!(home.log().len(), entries + 14);
    home.log_holds();
}

#[test]
fn a_new_key_changes_no_record_and_only_the_ways_that_were_given_open_it() {
    let home = filled();
    let sheet = made_code(&home.core, &file_key(&home));
    set(&home.core, &file_key(&home), "salt water").unwrap();
    let (before, old) = (home.state(), std::fs::read(home.path().join("data/thinline.db")).unwrap());
    let refused = home.core.key_rotate(&[file_key(&home)], false).unwrap_err();
    assert_eq!(refused.code, Code::BadValue);
    assert_eq!(home.state(), before, "what would be lost is said first, and nothing was done");

    let rotated = home.core.key_rotate(&[file_key(&home), words("salt water")], true).unwrap();
    assert_eq!(rotated.kept, [SlotKind::KeyFile, SlotKind::Passphrase]);
    assert_eq!(rotated.dropped, [SlotKind::Recovery]);
    // One entry more.
    let size = home.core.status().unwrap().log_size;
    assert_eq!(
        home.state().replace(&format!("log {size}"), ""),
        before.replace(&format!("log {}", size - 1), "")
    );
    assert_eq!(home.log().pop().unwrap().kind, "key.rotated");
    home.log_holds();
    assert!(opens(&home, &file_key(&home)).is_ok() && opens(&home, &words("salt water")).is_ok());
    assert!(refuses(&home, &code(&sheet)));
    assert!(!home.path().join("data/vault.json.next").exists());

    // The database of before, put back: no key that there is opens it.
    home.core.lock();
    std::fs::write(home.path().join("data/thinline.db"), old).unwrap();
    assert_eq!(opens(&home, &file_key(&home)).err().unwrap().code, Code::DatabaseDamaged);
}

#[test]
fn accounts_are_recognized_after_two_new_keys_as_before() {
    let home = Home::new();
    let export = |name: &str, id: &str| {
        let user =
            serde_json::json!({ "username": id, "country": "NL", "createdFromFacebook": false }).to_string();
        let search = r#"[{"platform":"ANDROID","searchTime":"2025-03-01T10:00:00.000Z[UTC]","searchQuery":"harbor","searchInteractionURIs":[]}]"#;
        archives::zip_of(
            &home.path().join(name),
            &[("A/Userdata.json", &user), ("A/SearchQueries.json", search)],
        )
    };
    let import = |path: &Path| home.core.import(1, path, &ImportOptions::default(), &Calm);
    import(&export("a.zip", "robin-example")).unwrap();
    for _ in 0..2 {
        home.core.key_rotate(&[file_key(&home)], false).unwrap();
    }
    assert_eq!(import(&export("b.zip", "robin-example")).unwrap().account, "default");
    assert_eq!(import(&export("c.zip", "kim-example")).unwrap_err().code, Code::WhichAccount);
}

/// Steps of a change of the key after which the program can have ended.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Ended {
    BeforeTheDatabase,
    AfterTheDatabase,
    AfterTheFile,
}

fn cut_short(home: &Home, ended: Ended) {
    let data = home.path().join("data");
    let key = home.path().join("key");
    let mut vault = Vault::open(&data).unwrap();
    let rotation = vault.begin_rotation(&[Unlock::KeyFile(&key)], true).unwrap();
    if ended != Ended::BeforeTheDatabase {
        Store::rekey(&data.join("thinline.db"), &rotation.old.data_key, &rotation.new.data_key).unwrap();
    }
    if ended == Ended::AfterTheFile {
        vault.end_rotation().unwrap();
    }
}

#[test]
fn a_change_of_the_key_that_was_cut_short_is_ended_or_taken_back_by_whoever_opens_it() {
    for ended in [Ended::BeforeTheDatabase, Ended::AfterTheDatabase, Ended::AfterTheFile] {
        for by_code in [false, true] {
            let home = filled();
            let sheet = made_code(&home.core, &file_key(&home));
            let (before, size) = (home.core.status().unwrap(), home.log().len());
            home.core.lock();
            cut_short(&home, ended);
            let with = if by_code { code(&sheet) } else { file_key(&home) };
            let opened = opens(&home, &with);
            if ended == Ended::AfterTheFile && by_code {
                assert_eq!(
                    opened.err().unwrap().code,
                    Code::WrongKey,
                    "it was dropped, and that was acknowledged"
                );
                continue;
            }
            let core = opened.unwrap_or_else(|error| panic!("{ended:?} {by_code}: {error}"));
            assert_eq!(core.status().unwrap().records, before.records);
            let told = usize::from(ended == Ended::AfterTheDatabase);
            assert_eq!(core.status().unwrap().log_size as usize, size + told, "{ended:?}: told once");
            let verified = core.log_verify().unwrap();
            assert!(verified.ok && verified.anchor == "match", "{ended:?}: {verified:?}");
            let vault = Vault::open(&home.path().join("data")).unwrap();
            assert!(!vault.is_rotating());
            assert_eq!(vault.has(vault::SlotKind::Recovery), ended == Ended::BeforeTheDatabase);
            drop(core);
            let again = opens(&home, &file_key(&home)).unwrap();
            assert_eq!(again.status().unwrap().log_size as usize, size + told);
        }
    }
}

#[test]
fn a_damaged_database_does_not_end_a_change_of_the_key() {
    let home = filled();
    home.core.lock();
    cut_short(&home, Ended::AfterTheDatabase);
    let path = home.path().join("data/thinline.db");
    let whole = std::fs::read(&path).unwrap();
    let mut damaged = whole.clone();
    damaged[100..200].fill(7);
    std::fs::write(&path, &damaged).unwrap();
    assert_eq!(opens(&home, &file_key(&home)).err().unwrap().code, Code::DatabaseDamaged);
    assert!(Vault::open(&home.path().join("data")).unwrap().is_rotating(), "both keys are kept");
    std::fs::write(&path, &whole).unwrap();
    assert!(opens(&home, &file_key(&home)).is_ok());
}

#[test]
fn copies_from_before_a_change_of_the_schema_go_with_their_key() {
    let home = filled();
    let copy: PathBuf = home.path().join("data/thinline.schema-3.db");
    std::fs::copy(home.path().join("data/thinline.db"), &copy).unwrap();
    home.core.key_rotate(&[file_key(&home)], false).unwrap();
    assert!(!copy.exists());
}

#[test]
fn while_another_program_has_the_data_open_the_key_stays() {
    let home = filled();
    let other = opens(&home, &file_key(&home)).unwrap();
    let before = std::fs::read(home.path().join("data/vault.json")).unwrap();
    let refused = home.core.key_rotate(&[file_key(&home)], false).unwrap_err();
    assert_eq!(refused.code, Code::Busy);
    assert_eq!(std::fs::read(home.path().join("data/vault.json")).unwrap(), before);
    home.choose("spotify", "ads-here", "on").unwrap();
    other.choose(&crate::home::change("spotify", "ads-here", "off")).unwrap();
    drop(other);
    home.core.key_rotate(&[file_key(&home)], false).unwrap();
    home.log_holds();
}

#[test]
fn questions_that_are_asked_meanwhile_are_answered_afterwards() {
    let home = filled();
    let (core, stop) = (home.core.clone(), std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false)));
    let until = std::sync::Arc::clone(&stop);
    let asking = std::thread::spawn(move || {
        let mut asked = 0;
        while !until.load(std::sync::atomic::Ordering::Relaxed) {
            core.status().unwrap();
            core.facets().unwrap();
            asked += 1;
        }
        asked
    });
    for _ in 0..3 {
        home.core.key_rotate(&[file_key(&home)], false).unwrap();
    }
    stop.store(true, std::sync::atomic::Ordering::Relaxed);
    assert!(asking.join().unwrap() > 0);
    home.log_holds();
}

#[test]
fn sample_data_has_no_key_to_change() {
    let dir = tempfile::tempdir().unwrap();
    let core = Core::new(Some(&dir.path().join("data"))).unwrap();
    core.sample_start().unwrap();
    assert!(core.keys().unwrap().ways.is_empty());
    let key = Key::KeyFile(dir.path().join("data/sample/sample.key"));
    assert_eq!(core.key_rotate(&[key], true).unwrap_err().code, Code::NoSuch);
}
