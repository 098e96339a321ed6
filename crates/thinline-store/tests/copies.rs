//! Copies and checks of a whole database: equal, whole, and never made of a damaged one.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panic, as the tests do")]

use std::path::Path;
use thinline_store::{Store, StoreError, Zone};

const KEY: [u8; 32] = [7; 32];

fn open(path: &Path) -> Store {
    Store::open(path, &KEY, Zone::new(0, Vec::new())).unwrap()
}

fn filled(dir: &Path) -> std::path::PathBuf {
    let path = dir.join("thinline.db");
    let store = open(&path);
    for n in 0..40 {
        let value = vec![n; 40_000];
        store.write::<_, StoreError>(|write| write.set_meta(&format!("invented-{n}"), &value)).unwrap();
    }
    drop(store);
    path
}

#[test]
fn a_copy_holds_what_was_there_when_it_began_and_nothing_later() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&filled(dir.path()));
    let before = store.dump().unwrap();
    let snapshot = store.snapshot().unwrap();
    store.write::<_, StoreError>(|write| write.set_meta("later", b"x")).unwrap();
    let copy = dir.path().join("copy.db");
    assert!(snapshot.write_to(&copy, &|| true).unwrap());
    assert!(!std::fs::read(&copy).unwrap().starts_with(b"SQLite format 3"));
    let copied = open(&copy);
    assert_eq!(copied.dump().unwrap(), before);
    assert_eq!(copied.check().unwrap().faults, Vec::<&str>::new());
    assert_ne!(store.dump().unwrap(), before);
}

#[test]
fn a_copy_stops_when_it_is_told_to() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&filled(dir.path()));
    assert!(!store.snapshot().unwrap().write_to(&dir.path().join("copy.db"), &|| false).unwrap());
}

#[test]
fn a_database_with_one_damaged_page_is_neither_whole_nor_copied() {
    let dir = tempfile::tempdir().unwrap();
    let path = filled(dir.path());
    let whole = std::fs::read(&path).unwrap();
    let pages = whole.len() / 16_384;
    assert!(pages > 40);
    for page in 1..pages {
        let mut bytes = whole.clone();
        bytes[page * 16_384 + 5000] ^= 1;
        std::fs::write(&path, &bytes).unwrap();
        let Ok(store) = Store::open(&path, &KEY, Zone::new(0, Vec::new())) else { continue };
        let copied = store.snapshot().and_then(|still| still.write_to(&dir.path().join("copy.db"), &|| true));
        let _ = std::fs::remove_file(dir.path().join("copy.db"));
        assert!(
            matches!(copied, Err(StoreError::Damaged | StoreError::NotADatabase)),
            "page {page}: {copied:?}"
        );
        assert!(store.check().unwrap().faults.contains(&"pages"), "page {page}");
    }
}
