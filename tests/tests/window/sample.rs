//! The first journey: looking around with invented data, deciding, taking the profile along, coming back, leaving.

use serde_json::json;
use thinline_tests::harness::{Computer, Start, Window};

use crate::steps::{
    ROOMS, column, go, number, open_sample, open_service, plain, read_json, search, summary, titles,
};

#[test]
fn the_sample_can_be_looked_at_decided_on_taken_along_and_left() {
    let computer = Computer::new();
    let export = computer.desk().join("profile.json");
    let start = Start { save: Some(export.clone()), ..Start::default() };

    let window = computer.open(start.clone());
    open_sample(&window);
    for room in ROOMS {
        go(&window, room);
        assert!(window.test_id("sample-banner").text().contains("invented"), "the banner in {room}");
    }
    find_a_guess(&window);
    want_recommendations_off(&window);
    the_log_knows(&window, 1);
    take_the_profile_along(&window, &export);
    window.close();

    let window = computer.open(start);
    window.test_id("sample-banner");
    open_service(&window, "spotify");
    let off = window.present("[data-testid=purpose-recommendations] input[value=off]");
    assert!(off.is_selected(), "the choice is kept");
    the_log_knows(&window, 1);
    assert!(computer.data().join("sample").is_dir());
    window.by_role("button", "Leave and delete it").click();
    window.test_id("door-sample");
    assert!(!computer.data().join("sample").exists(), "the sample's folder is deleted");
    window.close();
}

/// Filters and searches the timeline down to a guess, and opens it.
fn find_a_guess(window: &Window<'_>) {
    go(window, "timeline");
    let all = number(summary(window, "records").split('·').next().unwrap_or_default());
    tick(window, "filter-services", "Spotify");
    tick(window, "filter-kinds", "guessed");
    let counted = summary(window, " of ");
    let (shown, of) = counted.split_once(" of ").expect("shown of all");
    assert!(number(shown) > 0 && number(shown) < all, "{counted}");
    assert_eq!(number(of.split('·').next().unwrap_or_default()), all, "{counted}");
    let services = column(window, "[role=gridcell][title]", "title");
    assert!(services.iter().all(|name| name == "Spotify"), "{services:?}");
    let kinds = column(window, ".mark [role=img]", "ariaLabel");
    assert!(kinds.iter().all(|name| name == "guessed"), "{kinds:?}");

    let title = titles(window).into_iter().find(|title| title.len() > 5).expect("a guess with a title");
    search(window, &title);
    window.wait("the search to be done", || {
        let found = titles(window);
        (found.len() < 12 && found.iter().all(|one| one == &title)).then_some(())
    });
    window.find(".rec .title").click();
    let sheet = window.test_id("record-sheet");
    assert_eq!(sheet.all("h2")[0].text(), title);
    window.wait("the original row", || sheet.text().contains("Original row").then_some(()));
    let told = sheet.text();
    for part in ["Spotify Account Data/", "my_spotify_data", "guessed", &title] {
        assert!(told.contains(part), "the sheet tells of “{part}”: {told}");
    }
    window.by_role("button", "Close the record").click();
    window.wait_gone("[data-testid=record-sheet]");
}

fn tick(window: &Window<'_>, filter: &str, word: &str) {
    window.test_id(filter).click();
    let option = format!("//div[@role='dialog']//label[.//span[normalize-space(.)='{word}']]");
    window.by_xpath(&option).click();
    window.press(&["Escape"]);
    window.wait_gone(".popover [role=dialog]");
}

/// The three lines of a purpose: you want, done so far, their data.
fn lines(window: &Window<'_>, purpose: &str) -> [String; 3] {
    let row = window.test_id(&format!("purpose-{purpose}"));
    let lines: Vec<String> = row.all("dl > div > dd").iter().map(|line| line.text()).collect();
    lines.try_into().expect("three lines, always")
}

fn want_recommendations_off(window: &Window<'_>) {
    open_service(window, "spotify");
    let before = lines(window, "recommendations");
    window.find("[data-testid=purpose-recommendations] label:has(input[value=off])").click();
    window.wait("the choice to stand", || {
        window.text_now("#want-recommendations").filter(|text| plain(text).starts_with("Off since"))
    });
    let after = lines(window, "recommendations");
    assert!(window.present("[data-testid=purpose-recommendations] input[value=off]").is_selected());
    assert!(plain(&after[0]).contains("· you"), "{after:?}");
    assert_ne!(before[0], after[0], "you want");
    assert_ne!(before[1], after[1], "done so far: something can be done now, and is not");
    assert!(after[1].contains("Not done yet") || after[1].contains("No way that we know"), "{after:?}");
    assert!(after[2].contains("record"), "their data is counted, with a way to its rows: {after:?}");
}

/// The log tells the choice, and is whole.
fn the_log_knows(window: &Window<'_>, times: usize) {
    go(window, "log");
    window.test_id("log-entries");
    let told = plain(&window.text());
    assert_eq!(told.matches("You want “Recommendations” off at Spotify.").count(), times, "{told}");
    window.test_id("log-verify").click();
    let verdict = window.test_id("log-verified");
    assert_eq!(verdict.attribute("data-ok").as_deref(), Some("true"), "{}", verdict.text());
}

/// The file holds what the preview counts.
fn take_the_profile_along(window: &Window<'_>, export: &std::path::Path) {
    go(window, "profile");
    let counted = window.test_id("profile-count").text();
    let (records, choices) = counted.split_once(", ").expect("records, choices");
    assert_eq!(choices, "one choice");
    window.test_id("profile-save").click();
    let written = window.test_id("profile-written").text();
    let profile = read_json(export);
    let held = profile["records"].as_array().expect("records").len() as u64;
    assert_eq!(held, number(records), "{counted}");
    assert!(held > 1_000, "{held}");
    assert_eq!(profile["choices"].as_array().map(Vec::len), Some(1));
    assert_eq!(profile["choices"][0]["what"], json!("recommendations"));
    let sum = thinline_tests::harness::sha256(export);
    assert!(written.contains(&sum), "the checksum {sum} is told: {written}");
}

#[test]
fn after_the_sample_data_of_ones_own_can_begin() {
    let computer = Computer::new();
    let window = computer.open(Start::default());
    window.resize(900, 600);
    open_sample(&window);
    go(&window, "timeline");
    window.find(".rec:not(.wait) .title").click();
    window.test_id("record-sheet");
    window.by_role("button", "Leave and delete it").click();
    window.test_id("door-services").click();
    window.test_id("nav-services");
    window.close();
}
