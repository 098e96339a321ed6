//! The same export in every form in which it can come: the form changes nothing of what is read.

use crate::archives;
use crate::home::{Home, facts};
use std::fs;
use thinline_core::wire::Filter;
use thinline_sample::SpotifyGeneration;

#[test]
fn a_packed_tar_is_read_as_the_zip_is_and_adds_nothing_to_it() {
    let (zipped, packed) = (Home::new(), Home::new());
    let zip = archives::spotify(zipped.path(), 3_000, SpotifyGeneration::Current).path;
    let tgz = archives::as_tgz(&zip);
    let first = zipped.import(&zip);
    let other = packed.import(&tgz);
    assert_eq!(first.totals, other.totals);
    assert_eq!(facts(zipped.walk(&Filter::default())), facts(packed.walk(&Filter::default())));
    let again = zipped.import(&tgz);
    assert_eq!((again.totals.read, again.totals.known), (0, first.totals.read));
    assert_eq!(zipped.import(&tgz).state, "known", "the very same file is recognized");
    zipped.log_holds();
}

#[test]
fn packages_that_were_put_into_one_zip_are_one_import() {
    let home = Home::new();
    let history = archives::spotify(home.path(), 900, SpotifyGeneration::Current);
    let account = archives::spotify_account(home.path(), 300);
    let both = archives::together(&home.path().join("both.zip"), &[&history.path, &account.path]);
    let report = home.import(&both);
    let rows = history.written.rows + account.written.rows;
    assert_eq!((report.service.as_str(), u64::from(report.totals.rows)), ("spotify", rows));
    let under = |name: &str| report.files.iter().any(|file| file.path.starts_with(&format!("{name}/")));
    assert!(under("my_spotify_data (1).zip"));
    // Undone as a whole, like any other.
    home.core.undo_import(report.id).unwrap();
    assert_eq!(home.total(&Filter::default()), 0);
}

#[test]
fn numbered_pieces_are_the_archive_that_they_were_cut_from() {
    let (whole, pieces) = (Home::new(), Home::new());
    let zip = archives::spotify(whole.path(), 900, SpotifyGeneration::Current).path;
    let bytes = fs::read(&zip).unwrap();
    for (piece, number) in bytes.chunks(bytes.len() / 4 + 1).zip(1..) {
        fs::write(pieces.path().join(format!("my_spotify_data.zip.{number:03}")), piece).unwrap();
    }
    let one = whole.import(&zip);
    let other = pieces.import(&pieces.path().join("my_spotify_data.zip.003"));
    assert_eq!(one.totals, other.totals);
    // Its hash is that of the whole: joined by hand, it is recognized.
    assert_eq!(pieces.import(&zip).state, "known");
}
