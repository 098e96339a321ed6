//! `thinline import --again`: an archive is read anew, in place of an import that stands.

use crate::home::Home;
use crate::shape::{self, list};
use std::fs::File;
use std::path::PathBuf;
use thinline_sample::{ListDates, Plan, netflix_list};

/// Netflix's short list, of which nobody can tell whether the day or the month comes first.
fn unclear_list(home: &Home) -> PathBuf {
    let path = home.path().join("NetflixViewingHistory.csv");
    let plan = Plan { seed: 3, rows: 300, until: 1_741_028_399, years: 3 };
    netflix_list(File::create(&path).unwrap(), &plan, ListDates::Ambiguous).unwrap();
    path
}

#[test]
fn an_import_is_read_anew_and_its_place_is_taken() {
    let home = Home::new();
    let path = home.spotify(80);
    let path = path.to_str().unwrap();
    let old = list(&home.json(&format!("import {path}")), "imports")[0].clone();
    let answer = home.run(["import", path, "--again", &old["id"].to_string(), "--json"]).json();
    let new = &list(&answer, "imports")[0];
    shape::import(new);
    assert_eq!(new["again"]["instead_of"], old["id"], "{new}");
    assert_eq!((&new["read"], &new["known"]), (&old["read"], &0.into()), "made anew, not only known");
    let states = |answer: &serde_json::Value| {
        list(answer, "imports")
            .iter()
            .map(|row| row["state"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(states(&home.json("imports")), ["done", "undone"]);
    let plain = home.run(["import", path, "--again", &new["id"].to_string()]);
    assert!(plain.code == 0 && plain.out.contains("in place of import"), "{plain:?}");
}

#[test]
fn the_order_of_dates_is_asked_for_again_and_nothing_changes_before_the_answer() {
    let home = Home::new();
    let path = unclear_list(&home);
    let path = path.to_str().unwrap();
    let old = home.run(["import", path, "--dates", "day-first", "--json"]).json();
    let id = list(&old, "imports")[0]["id"].to_string();
    let newest = || list(&home.json("timeline --limit 1"), "records")[0]["day"].clone();
    let by_day = newest();
    let before = home.state();
    assert_eq!(home.run(["import", path, "--again", &id, "--json"]).fault(), "date-order");
    assert_eq!(home.state(), before);
    home.run(["import", path, "--again", &id, "--dates", "month-first", "--json"]).json();
    assert_ne!(newest(), by_day, "the months are days now");
}

#[test]
fn another_archive_two_archives_and_other_questions_are_refused() {
    let home = Home::new();
    let path = home.spotify(40);
    let id = list(&home.import(&path).json(), "imports")[0]["id"].to_string();
    let before = home.state();
    let (path, other) = (path.to_str().unwrap(), home.netflix(40));
    let other = other.to_str().unwrap();
    assert_eq!(home.run(["import", other, "--again", &id, "--json"]).fault(), "other-archive");
    assert_eq!(home.run(["import", path, "--again", "99", "--json"]).fault(), "no-such");
    assert_eq!(home.run(["import", path, other, "--again", &id, "--json"]).fault(), "bad-value");
    for more in [&["--as", "spotify"][..], &["--account", "family"], &["--dry-run"]] {
        assert_eq!(home.run([&["import", path, "--again", &id], more].concat()).code, 2, "{more:?}");
    }
    assert_eq!(home.state(), before);
}
