//! `requests`, `todo`, `recovery` and the calendar file, as scripts meet them.

use crate::home::{Home, Ran};
use std::fs;
use std::path::Path;

fn with_code(home: &Home, file: &Path, words: &str) -> Ran {
    let mut command = home.bare(words.split_whitespace().chain(["--json"]));
    Ran::of(command.arg("--recovery-file").arg(file))
}

#[test]
fn a_request_goes_from_asked_to_imported() {
    let home = Home::new();
    assert_eq!(home.json("requests")["requests"], serde_json::json!([]));
    let asked = home.json("requests --asked spotify --package extended --package account --on 2025-03-01");
    let find = |answer: &serde_json::Value, package: &str| {
        let all = answer["requests"].as_array().unwrap().clone();
        all.into_iter().find(|one| one["package"] == package).unwrap()
    };
    let extended = find(&asked, "extended");
    assert_eq!((&extended["state"], &extended["expected_by"]), (&"asked".into(), &"2025-03-31".into()));
    let id = extended["id"].to_string();
    let ready = home.json(&format!("requests --ready {id} --on 2025-03-03 --until 2025-03-20"));
    assert_eq!(find(&ready, "extended")["link_expires"], "2025-03-20");
    assert_eq!(home.import(&home.spotify(40)).code, 0);
    let now = home.json("requests");
    assert_eq!([&find(&now, "extended")["state"], &find(&now, "account")["state"]], ["imported", "asked"]);
    let todo = home.json("todo");
    assert_eq!(todo["done"].as_array().unwrap().len(), 1);
    assert!(todo["now"].as_array().unwrap().iter().any(|item| item["what"] == "recovery"));
    for words in ["requests", "todo"] {
        let plain = home.run([words]);
        assert!(
            plain.code == 0 && plain.out.contains("Extended streaming history") || words == "todo",
            "{plain:?}"
        );
    }
}

#[test]
fn a_link_that_ends_stands_first_and_one_that_ended_says_so() {
    let home = Home::new();
    home.json("requests --asked spotify --package account --on 2025-03-01");
    home.json("requests --asked netflix --on 2025-03-01");
    let first = |todo: &serde_json::Value| todo["now"][0].clone();
    home.json("requests --ready 1 --on 2025-03-03 --until 2025-03-20");
    let over = first(&home.json("todo"));
    assert_eq!(
        (&over["day"], &over["request"]["package"]),
        (&"2025-03-20".into(), &"account".into()),
        "{over}"
    );
    assert!(home.run(["todo"]).out.contains("the link ended on 2025-03-20"));
    home.json("requests --asked spotify --package account");
    let today = home.json("requests")["today"].as_str().unwrap().to_owned();
    home.json(&format!("requests --ready 3 --until {today}"));
    assert!(home.run(["todo"]).out.contains(&format!("the link ends on {today}")));
}

#[test]
fn one_package_needs_no_name_and_several_do() {
    let home = Home::new();
    home.json("requests --asked netflix");
    assert_eq!(home.ask("requests --asked spotify").fault(), "bad-value");
    assert!(home.run(["requests", "--asked", "spotify"]).err.contains("extended, account, technical-log"));
    assert_eq!(home.ask("requests --asked nowhere").fault(), "no-such");
    assert_eq!(home.ask("requests --asked netflix --on 2999-01-01").fault(), "bad-value");
    assert_eq!(home.ask("requests --ready 99").fault(), "no-such");
    assert_eq!(home.ask("requests --give-up 1 --reopen 1").code, 2);
    assert_eq!(home.ask("requests --package full").code, 2);
}

#[test]
fn a_path_that_ends_in_ics_gets_a_calendar() {
    let home = Home::new();
    assert_eq!(home.ask("profile export x.ics").fault(), "no-such");
    home.json("requests --asked netflix --on 2026-01-10");
    let written = home.json("profile export x.ics");
    assert_eq!(written["records"], 1);
    let text = fs::read_to_string(home.path().join("x.ics")).unwrap();
    assert!(
        text.starts_with("BEGIN:VCALENDAR\r\n") && text.contains("DTSTART;VALUE=DATE:20260209\r\n"),
        "{text}"
    );
    assert_eq!(home.ask("profile export x.ics").fault(), "cannot-write");
    assert_eq!(home.ask("profile export y.ics --service spotify").fault(), "no-such");
}

#[test]
fn a_recovery_code_in_a_file_opens_the_data_and_dies_when_another_is_made() {
    let home = Home::new();
    assert_eq!(home.json("recovery")["set"], false);
    let first = home.path().join("first.txt");
    let made = home.json("recovery make --write first.txt");
    assert!(made["set"] == true && made["since"].is_string());
    let sheet = fs::read_to_string(&first).unwrap();
    assert_eq!(sheet.lines().filter(|line| line.contains(". ") && line.starts_with([' '])).count(), 15);
    with_code(&home, &first, "imports").json();
    // Only the words, without numbers: as somebody typed them from paper.
    let words: Vec<&str> = sheet
        .lines()
        .filter_map(|line| line.trim().split_once(". "))
        .filter(|(n, _)| n.parse::<u8>().is_ok())
        .map(|(_, word)| word)
        .collect();
    let bare = home.file("typed.txt", words.join(" ").to_uppercase().as_bytes());
    with_code(&home, &bare, "imports").json();

    home.json("recovery make --write second.txt");
    assert_eq!(with_code(&home, &first, "imports").fault(), "wrong-key");
    with_code(&home, &home.path().join("second.txt"), "recovery show").json();
    assert_eq!(home.json("recovery remove")["set"], false);
    assert_eq!(with_code(&home, &home.path().join("second.txt"), "imports").fault(), "wrong-key");
    assert_eq!(home.ask("recovery remove").fault(), "no-such");
}

#[test]
fn a_slip_in_the_file_is_told_by_its_place_and_a_code_is_never_shown_to_a_pipe() {
    let home = Home::new();
    home.json("recovery make --write code.txt");
    let sheet = fs::read_to_string(home.path().join("code.txt")).unwrap();
    let line = sheet.lines().find(|line| line.starts_with("  7. ")).unwrap();
    let wrong = home.file("wrong.txt", sheet.replace(line, "  7. saltmarsh").as_bytes());
    let ran = with_code(&home, &wrong, "imports");
    assert_eq!(ran.fault(), "recovery-code");
    assert!(ran.err.contains("word 7") && !ran.err.contains("saltmarsh"), "{ran:?}");
    assert_eq!(with_code(&home, Path::new("/nonexistent"), "imports").fault(), "not-found");

    let before = fs::read(home.data().join("vault.json")).unwrap();
    assert_eq!(home.ask("recovery make").fault(), "bad-value");
    assert_eq!(home.ask("recovery make --write code.txt").fault(), "cannot-write");
    assert_eq!(fs::read(home.data().join("vault.json")).unwrap(), before);
    assert_eq!(fs::read_to_string(home.path().join("code.txt")).unwrap(), sheet, "what is there stays");
}

#[test]
fn there_is_no_recovery_code_without_data() {
    let home = Home::empty();
    assert_eq!(home.ask("recovery").fault(), "no-vault");
    assert!(!home.data().join("vault.json").exists());
}
