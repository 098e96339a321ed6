//! `thinline catalogue list`, and dates that the person must explain (`--dates`).

use crate::home::{Home, Ran};
use crate::shape::{self, Is, list};
use serde_json::Value;
use std::fs::File;
use std::process::Command;
use thinline_sample::{ListDates, Plan, netflix_list};

#[test]
fn the_catalogue_is_listed_without_a_vault_and_without_a_key() {
    let home = Home::empty();
    let ran = Ran::of(&mut home.bare(["catalogue", "list", "--json"]));
    let all = ran.json();
    assert!(!home.data().join("vault.json").exists());
    shape::has(
        &all,
        &[("version", Is::Text), ("day", Is::Text), ("stale_after_days", Is::Number), ("services", Is::List)],
    );
    assert_eq!(all["stale_after_days"], 180);
    let ids: Vec<_> = list(&all, "services").iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert!(ids.contains(&"netflix") && ids.contains(&"spotify") && ids.is_sorted());
    for service in list(&all, "services") {
        let dated = [("checked_on", Is::Text), ("stale", Is::Bool)];
        for recipe in list(service, "recipes") {
            shape::has(recipe, &dated);
            shape::has(
                recipe,
                &[("id", Is::Text), ("files", Is::List), ("reader", Is::Text), ("also", Is::TextOrNull)],
            );
            let grade = recipe["grade"].as_str().unwrap();
            assert!(["seen", "parser", "fixture", "documented", "unverified"].contains(&grade), "{recipe}");
        }
        for setting in list(service, "settings") {
            shape::has(setting, &dated);
            shape::has(setting, &[("id", Is::Text), ("label", Is::Text), ("affects", Is::List)]);
            assert!(setting["address"].as_str().unwrap().starts_with("https://"));
        }
        for fact in list(service, "facts") {
            shape::has(fact, &dated);
            shape::has(fact, &[("what", Is::Text), ("about", Is::Text), ("source", Is::Text)]);
        }
    }
}

#[test]
fn what_is_stale_is_a_part_of_the_list_and_says_since_when() {
    let home = Home::empty();
    let stale = list(&home.json("catalogue list --stale"), "services").len();
    assert!(stale <= list(&home.json("catalogue list"), "services").len());
    // What was read of late is stale in ten years: a clock that stands there is the only way to see it now.
    let later = |words: &[&str]| {
        let mut command = Command::new("faketime");
        command.args(["2036-01-01", env!("CARGO_BIN_EXE_thinline")]).args(words);
        command.env("THINLINE_DATA_DIR", home.data()).env("TZ", "UTC");
        Ran::of(&mut command)
    };
    let (all, stale) = (
        later(&["catalogue", "list", "--json"]).json(),
        later(&["catalogue", "list", "--stale", "--json"]).json(),
    );
    for id in ["spotify", "netflix"] {
        let of =
            |list_of: &Value| list(list_of, "services").iter().find(|one| one["id"] == id).unwrap().clone();
        let (whole, stale) = (of(&all), of(&stale));
        for key in ["recipes", "settings", "facts"] {
            assert!(!list(&stale, key).is_empty(), "{id} {key}");
            assert!(list(&stale, key).iter().all(|one| one["stale"] == true), "{id} {key}");
            assert_eq!(list(&stale, key), list(&whole, key), "{id} {key}");
        }
    }
    let plain = later(&["catalogue", "list", "--stale"]);
    assert_eq!((plain.code, plain.err.as_str()), (0, ""));
    assert!(plain.out.contains("may have changed since"));
    assert!(home.run(["catalogue", "list"]).out.contains("ViewingActivity.csv"));
    assert_eq!(home.run(["catalogue"]).code, 2);
}

fn list_of(home: &Home, dates: ListDates) -> (std::path::PathBuf, u64) {
    let path = home.path().join("NetflixViewingHistory.csv");
    let plan = Plan { seed: 3, rows: 2_000, until: 1_741_028_399, years: 3 };
    let written = netflix_list(File::create(&path).unwrap(), &plan, dates).unwrap();
    (path, written.records)
}

#[test]
fn dates_without_an_order_are_asked_about_and_nothing_is_stored_before_the_answer() {
    let home = Home::new();
    let before = home.state();
    let (path, records) = list_of(&home, ListDates::Ambiguous);
    assert_eq!(home.import(&path).fault(), "date-order");
    assert_eq!(home.state(), before);
    let path = path.to_str().unwrap();
    assert_eq!(home.run(["import", path, "--dates", "sideways"]).code, 2);
    let report = home.run(["import", path, "--dates", "month-first", "--json"]).json();
    let report = &list(&report, "imports")[0];
    shape::import(report);
    assert_eq!((report["state"].as_str(), report["records"].as_u64()), (Some("done"), Some(records)));
    let newest = &list(&home.json("timeline --limit 1"), "records")[0].clone();
    assert_eq!((&newest["precision"], &newest["service"]), (&"day".into(), &"netflix".into()), "{newest}");
    assert_eq!(newest["day"], "2025-03-02", "the third month, not the third day: {newest}");
}

#[test]
fn lists_of_every_way_of_writing_dates_give_the_same_records() {
    let counts = |dates| {
        let home = Home::new();
        let (path, records) = list_of(&home, dates);
        let report = home.import(&path).json();
        assert_eq!(list(&report, "imports")[0]["records"].as_u64(), Some(records), "{dates:?}");
        home.json("stats --by day")["rows"].to_string()
    };
    let days = counts(ListDates::DayFirst);
    assert_eq!(counts(ListDates::MonthFirst), days);
    assert_eq!(counts(ListDates::YearFirst), days);
}
