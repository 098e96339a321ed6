//! The recovery code: shown, checked, used, replaced, taken away; and what is refused on the way.

use crate::archives;
use crate::home::Home;
use thinline_core::vault::RecoveryCode;
use thinline_core::wire::{ApiError, Code, RecoveryNew, SlotKind};
use thinline_core::{Core, Key};
use thinline_sample::SpotifyGeneration;

fn key(home: &Home) -> Key {
    Key::KeyFile(home.path().join("key"))
}

fn code(words: &[String]) -> Key {
    Key::Recovery(RecoveryCode::parse(&words.join(" ")).unwrap())
}

fn answers(new: &RecoveryNew) -> Vec<String> {
    new.ask.iter().map(|place| new.words[usize::from(*place) - 1].clone()).collect()
}

fn made(home: &Home) -> Vec<String> {
    let new = home.core.recovery_begin(&key(home)).unwrap();
    home.core.recovery_confirm(&answers(&new)).unwrap();
    new.words
}

fn opens(home: &Home, key: &Key) -> Result<Core, ApiError> {
    let core = Core::new(Some(&home.path().join("data"))).unwrap();
    core.unlock_quietly(key).map(|()| core)
}

#[test]
fn a_code_opens_the_same_data_when_the_key_is_gone() {
    let home = Home::new();
    home.import(&archives::spotify(home.path(), 30, SpotifyGeneration::Current).path);
    let words = made(&home);
    let before = home.core.status().unwrap();
    std::fs::remove_file(home.path().join("key")).unwrap();
    home.core.lock();
    let other = opens(&home, &code(&words)).unwrap();
    assert_eq!(other.status().unwrap().records, before.records);
    drop(other);
    home.core.unlock(code(&words)).unwrap();
    let last = home.log().pop().unwrap();
    assert_eq!((&*last.kind, &last.payload.unwrap()["with"]), ("vault.unlocked", &"recovery".into()));
    home.log_holds();
}

#[test]
fn a_code_does_not_count_before_its_three_words_are_right() {
    let home = Home::new();
    let new = home.core.recovery_begin(&key(&home)).unwrap();
    let before = std::fs::read(home.path().join("data/vault.json")).unwrap();
    assert_eq!((new.words.len(), new.ask.len()), (15, 3));
    let right = answers(&new);
    let mut swapped = right.clone();
    swapped.swap(0, 1);
    let cut = right[..2].to_vec();
    for wrong in [swapped, cut, vec![String::new(); 3], new.words.clone()] {
        assert_eq!(home.core.recovery_confirm(&wrong).unwrap_err().code, Code::RecoveryCheck);
    }
    assert_eq!(std::fs::read(home.path().join("data/vault.json")).unwrap(), before);
    assert!(!home.core.recovery().unwrap().set);
    assert_eq!(opens(&home, &code(&new.words)).err().unwrap().code, Code::WrongKey);

    let state = home.core.recovery_confirm(&right).unwrap();
    assert!(state.set && state.since.is_some());
    assert!(opens(&home, &code(&new.words)).is_ok());
    assert_eq!(home.core.recovery_confirm(&right).unwrap_err().code, Code::NoSuch, "once");
}

#[test]
fn a_code_that_was_shown_is_forgotten_by_locking_and_by_leaving() {
    let home = Home::new();
    let new = home.core.recovery_begin(&key(&home)).unwrap();
    home.core.recovery_cancel().unwrap();
    assert_eq!(home.core.recovery_confirm(&answers(&new)).unwrap_err().code, Code::NoSuch);
    let new = home.core.recovery_begin(&key(&home)).unwrap();
    home.core.lock();
    home.core.unlock(key(&home)).unwrap();
    assert_eq!(home.core.recovery_confirm(&answers(&new)).unwrap_err().code, Code::NoSuch);
}

#[test]
fn making_a_code_takes_the_key() {
    let home = Home::new();
    let other = home.path().join("other");
    std::fs::write(&other, [7; 32]).unwrap();
    assert_eq!(home.core.recovery_begin(&Key::KeyFile(other)).err().unwrap().code, Code::WrongKey);
}

#[test]
fn a_new_code_is_the_end_of_the_old_one_and_none_is_left_after_taking_it_away() {
    let home = Home::new();
    assert_eq!(home.core.recovery_remove().unwrap_err().code, Code::NoSuch);
    let first = made(&home);
    let second = made(&home);
    assert_eq!(opens(&home, &code(&first)).err().unwrap().code, Code::WrongKey);
    assert!(opens(&home, &code(&second)).is_ok());
    assert_eq!(home.core.app_state().slots, [SlotKind::KeyFile, SlotKind::Recovery]);
    assert!(!home.core.recovery_remove().unwrap().set);
    assert_eq!(opens(&home, &code(&second)).err().unwrap().code, Code::WrongKey);
    let said: Vec<_> =
        home.log().into_iter().filter_map(|entry| entry.payload?.get("recovery").cloned()).collect();
    assert_eq!(said, ["made", "replaced", "removed"]);
    home.log_holds();
}

#[test]
fn a_code_that_cannot_be_written_down_in_the_vault_leaves_no_entry() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::new();
    let new = home.core.recovery_begin(&key(&home)).unwrap();
    let entries = home.log().len();
    // A directory in the place of the file: it cannot be replaced by one.
    let file = home.path().join("data/vault.json");
    let kept = std::fs::read(&file).unwrap();
    let data = home.path().join("data");
    std::fs::set_permissions(&data, PermissionsExt::from_mode(0o500)).unwrap();
    let root = std::fs::write(data.join("probe"), "").is_ok();
    let refused = if root { None } else { Some(home.core.recovery_confirm(&answers(&new))) };
    std::fs::set_permissions(&data, PermissionsExt::from_mode(0o700)).unwrap();
    // Whoever runs this as root can write everywhere; then the damage is done to the file itself.
    let refused = refused.unwrap_or_else(|| {
        std::fs::write(&file, "damaged").unwrap();
        let refused = home.core.recovery_confirm(&answers(&new));
        std::fs::write(&file, &kept).unwrap();
        refused
    });
    assert!(refused.is_err());
    assert_eq!(home.log().len(), entries);
    assert_eq!(std::fs::read(&file).unwrap(), kept);
    assert!(home.core.recovery_confirm(&answers(&new)).unwrap().set, "it can be tried again");
}

#[test]
fn the_sheet_is_for_its_owner_alone_and_opens_the_data() {
    let home = Home::new();
    let path = home.path().join("sheet.txt");
    assert_eq!(home.core.recovery_save(&path, false).unwrap_err().code, Code::NoSuch, "none is being shown");
    let new = home.core.recovery_begin(&key(&home)).unwrap();
    home.core.recovery_save(&path, false).unwrap();
    let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&path).unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600);
    let sheet = std::fs::read_to_string(&path).unwrap();
    assert!(new.words.iter().enumerate().all(|(n, word)| sheet.contains(&format!("{:>3}. {word}\n", n + 1))));
    assert_eq!(home.core.recovery_save(&path, false).unwrap_err().code, Code::CannotWrite);
}

#[test]
fn a_slip_is_told_by_its_place_and_never_by_the_word() {
    let home = Home::new();
    let words = made(&home);
    let mut typed = words.clone();
    typed[4] = "zzzz".into();
    let error: ApiError = RecoveryCode::parse(&typed.join(" ")).err().unwrap().into();
    assert_eq!(error.code, Code::RecoveryCode);
    assert!(error.message.contains("word 5") && !error.message.contains("zzzz"), "{}", error.message);
    assert_eq!(Core::recovery_look(&typed.join(" ")).unknown, [5]);
    assert!(Core::recovery_look(&words.join(" ")).whole);
}

#[test]
fn no_vault_is_made_with_a_code() {
    let dir = tempfile::tempdir().unwrap();
    let core = Core::new(Some(&dir.path().join("data"))).unwrap();
    let key = Key::Recovery(RecoveryCode::random().unwrap());
    assert_eq!(core.set_up(key, &[], "").unwrap_err().code, Code::BadValue);
    assert!(!core.has_vault());
}
