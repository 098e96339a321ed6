//! Backups: made, tried, put back; what is kept; damage; and moving to another computer.

use crate::archives;
use crate::home::Home;
use std::fs;
use std::path::{Path, PathBuf};
use thinline_core::wire::{Code, Filter, SetBackups};
use thinline_core::{Core, Key};
use thinline_sample::SpotifyGeneration;
use zeroize::Zeroizing;

fn key(home: &Home) -> Key {
    Key::KeyFile(home.path().join("key"))
}

fn passphrase(text: &str) -> Key {
    Key::Passphrase(Zeroizing::new(text.to_owned()))
}

fn filled() -> Home {
    let home = Home::new();
    home.import(&archives::spotify(home.path(), 60, SpotifyGeneration::Current).path);
    home.choose("spotify", "ads-here", "off").unwrap();
    home
}

fn data(home: &Home) -> PathBuf {
    home.path().join("data")
}

/// Folders in the data folder whose name begins so.
fn folders(home: &Home, prefix: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(data(home)).unwrap().map(|entry| entry.unwrap().path());
    entries.filter(|path| path.file_name().unwrap().to_str().unwrap().starts_with(prefix)).collect()
}

#[test]
fn a_backup_put_back_is_the_data_of_its_time_and_the_log_says_so() {
    let home = filled();
    let before = home.state();
    let made = home.core.backup_now().unwrap();
    assert!(made.own && made.bytes > 0);
    let records = home.total(&Filter::default());
    home.choose("spotify", "ai-training", "off").unwrap();
    let later = home.core.status().unwrap().log_size;

    let checked = home.core.backup_check(Path::new(&made.path), &key(&home)).unwrap();
    assert!(checked.ok, "{checked:?}");
    assert_eq!((checked.records, checked.log_size), (records, made.log_size));
    assert_eq!(home.core.status().unwrap().log_size, later, "trying changes nothing");
    assert!(folders(&home, ".staging").is_empty());

    let restored = home.core.restore(Path::new(&made.path), &key(&home)).unwrap();
    assert_eq!(restored.made_at, made.made_at);
    assert!(!restored.moved);
    assert_eq!(home.core.log_page(None, 1).unwrap_err().code, Code::Locked);
    home.core.unlock_quietly(&key(&home)).unwrap();
    let said = home.log().pop().unwrap();
    assert_eq!(&*said.kind, "vault.restored");
    assert_eq!(said.payload.unwrap()["made_at"], made.made_at);
    home.log_holds();
    assert_eq!(home.core.data_trouble(), None);
    let size = home.core.status().unwrap().log_size;
    assert_eq!(home.state(), before.replace(&format!("\nlog {}", size - 1), &format!("\nlog {size}")));
    // What was here before is still there, whole.
    let aside = restored.set_aside.unwrap();
    assert!(Path::new(&aside).join("thinline.db").exists() && Path::new(&aside).join("vault.json").exists());
    assert!(folders(&home, ".staging").is_empty());
}

#[test]
fn a_log_that_a_backup_replaced_is_explained_even_if_its_anchor_stays() {
    let home = filled();
    let made = home.core.backup_now().unwrap();
    home.choose("spotify", "ai-training", "off").unwrap();
    let anchor = fs::read_dir(data(&home).join("config")).unwrap().map(|entry| entry.unwrap().path());
    let anchor = anchor.into_iter().find(|path| path.to_str().unwrap().contains("anchor-")).unwrap();
    home.choose("spotify", "recommendations", "off").unwrap();
    let then = fs::read(&anchor).unwrap();
    home.core.restore(Path::new(&made.path), &key(&home)).unwrap();
    // As if the keyring had not answered just then.
    fs::write(&anchor, &then).unwrap();
    home.core.unlock_quietly(&key(&home)).unwrap();
    assert_eq!(home.core.log_verify().unwrap().anchor, "match");
    assert_eq!(home.core.data_trouble(), None);
}

#[test]
fn an_older_database_that_was_put_here_by_hand_is_noticed_at_once() {
    let home = filled();
    let made = home.core.backup_now().unwrap();
    home.choose("spotify", "ai-training", "off").unwrap();
    home.core.lock();
    let mut tar = tar::Archive::new(fs::File::open(&made.path).unwrap());
    let member = tar.entries().unwrap().map(Result::unwrap);
    let mut database = member.into_iter().find(|member| member.path_bytes().ends_with(b".db")).unwrap();
    fs::remove_file(data(&home).join("thinline.db")).unwrap();
    database.unpack(data(&home).join("thinline.db")).unwrap();
    home.core.unlock_quietly(&key(&home)).unwrap();
    assert_eq!(home.core.data_trouble().unwrap().code, Code::DataOlder);
    assert_eq!(home.core.data_check().unwrap().faults, ["older"]);
    assert_eq!(home.core.log_verify().unwrap().anchor, "newer");
}

#[test]
fn a_changed_backup_is_refused_wherever_it_was_changed() {
    let home = filled();
    let made = home.core.backup_now().unwrap();
    let bytes = fs::read(&made.path).unwrap();
    let bad = home.path().join("bad.tlbackup");
    let before = home.state();
    // Each member's head and body, and its end.
    for at in [0, 100, 600, 1700, 2600, bytes.len() / 2, bytes.len() - 16_384 - 2000] {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        fs::write(&bad, &changed).unwrap();
        let tried = home.core.backup_check(&bad, &key(&home));
        let refused =
            tried.as_ref().map_or_else(|error| error.code == Code::BackupFile, |checked| !checked.ok);
        // Some bytes of a tar's head mean nothing; then nothing was changed.
        let means_nothing = at == 100 && tried.as_ref().is_ok_and(|checked| checked.ok);
        assert!(refused || means_nothing, "{at}: {tried:?}");
    }
    for cut in [0, 511, 4000, bytes.len() - 20_000] {
        fs::write(&bad, &bytes[..cut]).unwrap();
        assert_eq!(home.core.restore(&bad, &key(&home)).unwrap_err().code, Code::BackupFile, "{cut}");
    }
    assert_eq!(home.state(), before);
    assert!(folders(&home, ".staging").is_empty() && folders(&home, "replaced").is_empty());
}

#[test]
fn another_key_does_not_open_a_backup_and_says_so() {
    let home = filled();
    let made = home.core.backup_now().unwrap();
    let other = home.path().join("other");
    fs::write(&other, [7; 32]).unwrap();
    let tried = home.core.backup_check(Path::new(&made.path), &Key::KeyFile(other));
    assert_eq!(tried.unwrap_err().code, Code::WrongKey);
    let tried = home.core.restore(Path::new(&made.path), &passphrase("invented"));
    assert_eq!(tried.unwrap_err().code, Code::WrongKey);
}

#[test]
fn a_backup_holds_nothing_of_what_it_backs_up_in_the_clear() {
    let home = filled();
    let made = home.core.backup_now().unwrap();
    let bytes = fs::read(&made.path).unwrap();
    let title = home.walk(&Filter::default())[0].title.clone();
    assert!(title.len() > 5);
    for text in [title.as_bytes(), b"SQLite format", b"spotify"] {
        assert!(!bytes.windows(text.len()).any(|part| part == text), "{}", String::from_utf8_lossy(text));
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&made.path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[test]
fn backups_come_by_themselves_once_a_day_and_only_after_something_was_done() {
    let home = filled();
    assert!(home.core.backup_if_due().unwrap().is_some());
    assert!(home.core.backup_if_due().unwrap().is_none(), "one a day");
    let backups = home.core.backups().unwrap();
    assert_eq!((backups.every.as_str(), backups.backups.len(), backups.beside_data), ("daily", 1, true));
    // As if it had been made long ago.
    let old = data(&home).join("backups/thinline-2020-01-01T000000Z.tlbackup");
    let made = home.core.backup_path(&backups.backups[0].name).unwrap();
    age(&made, &old);
    assert!(home.core.backup_if_due().unwrap().is_none(), "nothing was done");
    home.core.unlock(key(&home)).unwrap();
    assert!(home.core.backup_if_due().unwrap().is_none(), "opening is nothing to keep");
    home.choose("spotify", "ai-training", "off").unwrap();
    assert!(home.core.backup_if_due().unwrap().is_some());
    home.core.set_backups(&SetBackups { every: Some("off".to_owned()), ..SetBackups::default() }).unwrap();
    fs::remove_dir_all(data(&home).join("backups")).unwrap();
    assert!(home.core.backup_if_due().unwrap().is_none(), "off");
    assert_eq!(home.log().pop().unwrap().payload.unwrap()["backups"], "off");
}

/// Gives a backup another date: in its name and in what it says. Its seal does not fit afterwards.
fn age(made: &Path, old: &Path) {
    let mut bytes = fs::read(made).unwrap();
    let at = bytes.windows(11).position(|part| part == b"\"made_at\": ").unwrap() + 12;
    bytes[at..at + 10].copy_from_slice(b"2020-01-01");
    fs::write(old, bytes).unwrap();
    fs::remove_file(made).unwrap();
}

#[test]
fn old_backups_go_and_files_that_are_no_backups_of_this_data_stay() {
    let home = filled();
    let other = filled();
    let folder = home.path().join("disk");
    fs::create_dir(&folder).unwrap();
    home.core.set_backup_folder(Some(&folder)).unwrap();
    let stranger = folder.join("thinline-2019-01-01T000000Z.tlbackup");
    other.core.backup_to(&stranger, false).unwrap();
    fs::write(folder.join("thinline-2019-01-02T000000Z.tlbackup"), "no backup").unwrap();
    fs::write(folder.join("holiday.jpg"), "a picture").unwrap();
    for day in ["2018-01-01", "2018-01-02"] {
        let first = folder.join("first.tlbackup");
        home.core.backup_to(&first, false).unwrap();
        age(&first, &folder.join(format!("thinline-{day}T000000Z.tlbackup")));
    }
    let set = SetBackups { newest: Some(1), months: Some(0), ..SetBackups::default() };
    assert_eq!(home.core.set_backups(&set).unwrap().backups.len(), 3, "two own ones and the other's");
    let made = home.core.backup_now().unwrap();
    let mut left: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    left.sort();
    let mut kept = [
        "holiday.jpg".to_owned(),
        "thinline-2019-01-01T000000Z.tlbackup".to_owned(),
        "thinline-2019-01-02T000000Z.tlbackup".to_owned(),
        made.name,
    ];
    kept.sort();
    assert_eq!(left, kept.iter().map(std::ffi::OsString::from).collect::<Vec<_>>());
}

#[test]
fn a_folder_that_is_away_is_said_and_nothing_is_made_elsewhere() {
    let home = filled();
    let folder = home.path().join("disk");
    fs::create_dir(&folder).unwrap();
    home.core.set_backup_folder(Some(&folder)).unwrap();
    fs::remove_dir(&folder).unwrap();
    assert_eq!(home.core.backup_now().unwrap_err().code, Code::NotFound);
    assert!(!home.core.backups().unwrap().reachable);
    assert!(!folder.exists() && !data(&home).join("backups").exists());
}

#[test]
fn a_damaged_page_ends_a_backup_and_is_found_by_the_check() {
    let home = filled();
    home.core.lock();
    let database = data(&home).join("thinline.db");
    let mut bytes = fs::read(&database).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&database, &bytes).unwrap();
    home.core.unlock_quietly(&key(&home)).unwrap();
    assert_eq!(home.core.backup_now().unwrap_err().code, Code::DatabaseDamaged);
    assert!(home.core.backups().unwrap().backups.is_empty() && folders(&home, ".staging").is_empty());
    let checked = home.core.data_check().unwrap();
    assert!(!checked.ok && checked.faults.contains(&"pages".to_owned()), "{checked:?}");
}

#[test]
fn a_damaged_database_is_moved_aside_whole_and_its_imports_are_named() {
    let home = filled();
    let aside = home.core.set_aside(Some(&key(&home))).unwrap();
    assert!(aside.readable);
    assert_eq!((aside.archives.len(), &*aside.archives[0].service), (1, "spotify"));
    assert!(!home.core.has_vault());
    assert!(Path::new(&aside.folder).join("thinline.db").exists());
    home.core.set_up(key(&home), &[], "").unwrap();
    home.log_holds();
    // Beyond reading: said, and moved aside all the same.
    home.core.lock();
    fs::write(data(&home).join("thinline.db"), vec![9; 100_000]).unwrap();
    assert_eq!(home.core.unlock_quietly(&key(&home)).unwrap_err().code, Code::DatabaseDamaged);
    let aside = home.core.set_aside(Some(&key(&home))).unwrap();
    assert!(!aside.readable && !home.core.has_vault());
    assert_eq!(fs::read(Path::new(&aside.folder).join("thinline.db")).unwrap(), vec![9; 100_000]);
}

#[test]
fn a_backup_comes_back_where_nothing_is_left() {
    let home = filled();
    let made = home.core.backup_to(&home.path().join("kept.tlbackup"), false).unwrap();
    let before = home.total(&Filter::default());
    let other = Core::new(Some(&home.path().join("new computer"))).unwrap();
    assert_eq!(other.restore(Path::new(&made.path), &key(&home)).unwrap().set_aside, None);
    other.unlock_quietly(&key(&home)).unwrap();
    assert_eq!(other.status().unwrap().records, home.core.status().unwrap().records);
    assert!(other.log_verify().unwrap().ok && before > 0);
}

#[test]
fn an_interrupted_restore_is_finished_by_whoever_comes_next() {
    let home = filled();
    let made = home.core.backup_now().unwrap();
    home.choose("spotify", "ai-training", "off").unwrap();
    home.core.lock();
    // The state right after the note was written: everything that comes lies in the staging folder.
    let staging = data(&home).join(".staging-0011223344556677");
    fs::create_dir(&staging).unwrap();
    let mut tar = tar::Archive::new(fs::File::open(&made.path).unwrap());
    for member in tar.entries().unwrap() {
        let mut member = member.unwrap();
        let name = String::from_utf8(member.path_bytes().to_vec()).unwrap();
        if name != "manifest.json" {
            member.unpack(staging.join(name)).unwrap();
        }
    }
    let note = r#"{"staging":".staging-0011223344556677","aside":"replaced-then","anchor":null}"#;
    // And after each step that a crash can follow.
    for step in 0..4 {
        let copy = home.path().join(format!("copy-{step}"));
        copy_dir(&data(&home), &copy);
        fs::write(copy.join("restore.json"), note).unwrap();
        let moves = [("thinline.db", "replaced-then"), ("thinline.db", ""), ("vault.json", "replaced-then")];
        for (name, to) in &moves[..step] {
            if to.is_empty() {
                fs::rename(copy.join(".staging-0011223344556677").join(name), copy.join(name)).unwrap();
            } else {
                fs::create_dir_all(copy.join(to)).unwrap();
                fs::rename(copy.join(name), copy.join(to).join(name)).unwrap();
            }
        }
        let core = Core::new(Some(&copy)).unwrap();
        assert!(core.has_vault(), "step {step}");
        core.unlock_quietly(&key(&home)).unwrap();
        assert_eq!(core.status().unwrap().log_size, made.log_size, "step {step}");
        assert!(copy.join("replaced-then/thinline.db").exists() && !copy.join("restore.json").exists());
        assert!(!copy.join(".staging-0011223344556677").exists());
    }
}

fn copy_dir(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let there = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_dir(&entry.path(), &there)
        } else {
            fs::copy(entry.path(), there).unwrap();
        }
    }
}

#[test]
fn a_damaged_vault_file_is_replaced_by_its_copy_and_that_is_said() {
    for damage in [&b"{"[..], b"", b"{\"v\":1}"] {
        let home = filled();
        home.core.lock();
        let file = data(&home).join("vault.json");
        let whole = fs::read(&file).unwrap();
        fs::write(&file, damage).unwrap();
        let core = Core::new(Some(&data(&home))).unwrap();
        core.unlock_quietly(&key(&home)).unwrap();
        assert_eq!(core.data_trouble().unwrap().code, Code::VaultFileMended);
        assert_eq!(fs::read(&file).unwrap(), whole);
        assert_eq!(fs::read(data(&home).join("vault-damaged-1.json")).unwrap(), damage);
        let again = Core::new(Some(&data(&home))).unwrap();
        again.unlock_quietly(&key(&home)).unwrap();
        assert_eq!(again.data_trouble(), None, "said once");
    }
}

#[test]
fn a_way_to_unlock_that_was_taken_away_is_not_left_in_the_copy_of_the_vault_file() {
    let home = Home::new();
    let (file, copy) = (data(&home).join("vault.json"), data(&home).join("vault-copy.json"));
    assert_eq!(fs::read(&file).unwrap(), fs::read(&copy).unwrap());
    // A copy that is older, as a crash in between would not leave it, but a person might.
    let old = fs::read(&copy).unwrap();
    let new = home.core.recovery_begin(&key(&home)).unwrap();
    let words: Vec<String> = new.ask.iter().map(|n| new.words[usize::from(*n) - 1].clone()).collect();
    home.core.recovery_confirm(&words).unwrap();
    assert_eq!(fs::read(&file).unwrap(), fs::read(&copy).unwrap());
    assert_ne!(fs::read(&copy).unwrap(), old);
    fs::write(&copy, &old).unwrap();
    home.reopened();
    assert_eq!(fs::read(&file).unwrap(), fs::read(&copy).unwrap());
}

#[test]
fn moved_data_opens_elsewhere_without_key_file_and_is_a_vault_of_its_own() {
    let home = filled();
    let file = home.path().join("move.tlbackup");
    assert_eq!(
        home.core.move_out(&file, false, None).unwrap_err().code,
        Code::BadValue,
        "nothing would open it"
    );
    let watched = home.path().join("downloads");
    fs::create_dir(&watched).unwrap();
    home.core.watch_folder(Some(&watched)).unwrap();
    home.core.move_out(&file, false, Some((&key(&home), b"for the road"))).unwrap();

    let other = Core::new(Some(&home.path().join("laptop-new"))).unwrap();
    assert_eq!(other.restore(&file, &key(&home)).unwrap_err().code, Code::WrongKey);
    let arrived = other.restore(&file, &passphrase("for the road")).unwrap();
    assert!(arrived.moved && arrived.set_aside.is_none());
    other.unlock_quietly(&passphrase("for the road")).unwrap();
    let there = Home { dir: tempfile::tempdir().unwrap(), core: other };
    let said = there.log().pop().unwrap();
    assert_eq!((&*said.kind, &said.payload.unwrap()["why"]), ("key.rotated", &"moved".into()));
    there.log_holds();
    assert_ne!(there.core.settings_info().unwrap().log_key, home.core.settings_info().unwrap().log_key);
    assert_eq!(there.walk(&Filter::default()).len(), home.walk(&Filter::default()).len());
    assert_eq!(there.core.watched_folder().unwrap(), None);
    assert!(there.core.todo().unwrap().now.iter().any(|item| item.what == "moved-watch"));
    // Here everything goes on as before.
    home.core.lock();
    home.core.unlock_quietly(&key(&home)).unwrap();
    home.log_holds();
}
