//! Reading an export again in place of an older reading.

use crate::archives;
use crate::home::{Calm, Home};
use thinline_core::ImportWatch;
use thinline_core::wire::{Code, Filter, Progress};
use thinline_sample::SpotifyGeneration;

/// Wants to stop at once.
struct Impatient;

impl ImportWatch for Impatient {
    fn progress(&self, _: Progress) {}
    fn cancelled(&self) -> bool {
        true
    }
}

#[test]
fn a_new_reading_takes_the_place_of_the_old_one() {
    let home = Home::new();
    let made = archives::spotify(home.path(), 400, SpotifyGeneration::Current);
    let old = home.import(&made.path);
    let total = home.total(&Filter::default());
    let new = home.core.import_again(2, old.id, &made.path, None, &Calm).unwrap();
    assert_ne!(new.id, old.id);
    let again = new.again.unwrap();
    assert_eq!((again.instead_of, again.files_now_read), (old.id, 0));
    assert_eq!(again.changes, []);
    assert_eq!(home.total(&Filter::default()), total);
    let imports = home.core.imports().unwrap().imports;
    let states: Vec<(u32, &str)> = imports.iter().map(|row| (row.id, row.state.as_str())).collect();
    assert_eq!(states, [(new.id, "done"), (old.id, "undone")]);
    // Made anew, not only known.
    assert_eq!((new.totals.known, new.totals.read), (0, old.totals.read));
    home.log_holds();
    assert_eq!(home.log().iter().filter(|entry| entry.kind == "import.done").count(), 2);
}

#[test]
fn the_old_reading_stays_if_the_new_one_is_given_up() {
    let home = Home::new();
    let made = archives::spotify(home.path(), 400, SpotifyGeneration::Current);
    let old = home.import(&made.path);
    let before = home.state();
    let ended = home.core.import_again(2, old.id, &made.path, None, &Impatient);
    assert!(ended.is_err() || ended.is_ok_and(|report| report.id == 0));
    assert_eq!(home.state(), before);
}

#[test]
fn another_archive_takes_no_place() {
    let home = Home::new();
    let made = archives::spotify(home.path(), 400, SpotifyGeneration::Current);
    let other = archives::spotify(home.path(), 300, SpotifyGeneration::Current);
    let old = home.import(&made.path);
    let refused = home.core.import_again(2, old.id, &other.path, None, &Calm).unwrap_err();
    assert_eq!(refused.code, Code::OtherArchive);
    let refused = home.core.import_again(2, old.id + 7, &made.path, None, &Calm).unwrap_err();
    assert_eq!(refused.code, Code::NoSuch);
}

#[test]
fn an_import_of_today_is_not_stale() {
    let home = Home::new();
    home.import(&archives::spotify(home.path(), 200, SpotifyGeneration::Current).path);
    assert!(home.core.imports().unwrap().imports[0].stale.is_none());
}
