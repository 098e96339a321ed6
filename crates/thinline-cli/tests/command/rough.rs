//! Rough handling: two programs at once, a program that is killed, odd arguments.

use crate::home::{Home, Ran};
use crate::shape::list;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

fn start(home: &Home, words: &[&str]) -> Child {
    home.command(words).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

fn end(child: Child) -> Ran {
    let output = child.wait_with_output().unwrap();
    Ran {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Every file that lies there, those of a running import too.
fn for_the_owner_alone(dir: &std::path::Path) {
    #[cfg(unix)]
    for entry in std::fs::read_dir(dir).unwrap() {
        use std::os::unix::fs::PermissionsExt;
        let entry = entry.unwrap();
        let mode = entry.metadata().unwrap().permissions().mode();
        let name = entry.file_name();
        assert_eq!(mode & 0o77, 0, "{name:?}");
    }
}

/// Waits until the import that runs has stored something.
fn wait_for_records(home: &Home, child: &mut Child) -> u64 {
    let started = Instant::now();
    loop {
        let records = home.json("status")["records"].as_u64().unwrap();
        if records > 0 {
            return records;
        }
        assert!(child.try_wait().unwrap().is_none(), "it was done too soon");
        assert!(started.elapsed() < Duration::from_secs(100));
    }
}

#[test]
fn a_second_import_is_told_that_the_first_one_is_writing() {
    let home = Home::new();
    home.spotify(240_000);
    home.netflix(50);
    let mut first = start(&home, &["import", "my_spotify_data.zip", "--json"]);
    wait_for_records(&home, &mut first);
    assert_eq!(home.ask("import netflix-report.zip").fault(), "busy");
    assert_eq!(home.ask("imports --undo 1").fault(), "busy");
    // Reading goes on beside it, and the running import is shown as what it is.
    home.json("timeline --limit 5");
    assert_eq!(list(&home.json("imports"), "imports")[0]["state"], "open");
    for_the_owner_alone(&home.data());
    assert!(first.try_wait().unwrap().is_none(), "it was done too soon");
    let chosen = home.ask("choose spotify ads-here off");
    assert_eq!(chosen.code, 0, "a choice waits its turn: {chosen:?}");
    let first = end(first);
    assert_eq!(first.json()["imports"][0]["rows"], 240_000);
    home.import(&home.path().join("netflix-report.zip")).json();
    assert_eq!(home.json("log verify")["ok"], true);
    let sum = home.json("stats --everyone")["total"].as_u64().unwrap();
    assert_eq!(home.json("status")["records"], sum);
}

#[test]
fn a_killed_import_is_gone_when_the_data_is_opened_again() {
    let home = Home::new();
    home.import(&home.netflix(80)).json();
    home.json("choose spotify ads-here off");
    let before = home.state();
    home.spotify(60_000);
    for words in ["status", "import my_spotify_data.zip"] {
        let mut child = start(&home, &["import", "my_spotify_data.zip", "--json"]);
        let seen = wait_for_more(&home, &mut child, &before);
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(seen);
        let ran = home.ask(words);
        assert_eq!(ran.code, 0, "{ran:?}");
        if words == "status" {
            assert_eq!(home.state(), before);
        }
        assert_eq!(home.json("log verify")["ok"], true);
    }
    let report = &home.json("imports")["imports"][0];
    assert_eq!((report["state"].as_str(), report["service"].as_str()), (Some("done"), Some("spotify")));
    assert_eq!(list(&home.json("imports"), "imports").len(), 2, "none is left open");
    let undo = format!("imports --undo {}", report["id"]);
    home.json(&undo);
    assert_eq!(home.json("stats")["total"], before_total(&before));
}

fn before_total(state: &str) -> u64 {
    let stats: serde_json::Value = serde_json::from_str(state.lines().nth(2).unwrap()).unwrap();
    stats["total"].as_u64().unwrap()
}

fn wait_for_more(home: &Home, child: &mut Child, before: &str) -> bool {
    let had = before_total(before);
    let started = Instant::now();
    while started.elapsed() < Duration::from_secs(100) {
        if home.json("status")["records"].as_u64().unwrap() > had {
            return child.try_wait().unwrap().is_none();
        }
    }
    false
}

#[test]
fn many_programs_that_choose_at_once_lose_nothing() {
    let home = Home::new();
    let purposes = ["ads-here", "ads-elsewhere", "sharing", "messages", "improvement", "ai-training"];
    let children: Vec<Child> = purposes
        .iter()
        .map(|purpose| start(&home, &["choose", "spotify", purpose, "off", "--json"]))
        .collect();
    for child in children {
        let ran = end(child);
        assert_eq!(ran.code, 0, "{ran:?}");
    }
    let spotify = home.json("services spotify");
    let off = list(&spotify, "purposes").iter().filter(|purpose| purpose["choice"] == "off").count();
    assert_eq!(off, purposes.len());
    let verified = home.json("log verify");
    assert_eq!((verified["ok"].as_bool(), verified["size"].as_u64()), (Some(true), Some(7)), "{verified}");
    assert_eq!(verified["anchor"], "match");
}

#[test]
fn two_programs_that_find_no_data_make_it_once() {
    let home = Home::empty();
    let children: Vec<Child> = (0..4).map(|_| start(&home, &["services", "--json"])).collect();
    let ran: Vec<Ran> = children.into_iter().map(end).collect();
    assert!(ran.iter().all(|ran| ran.code == 0), "{ran:?}");
    let made = ran.iter().filter(|ran| ran.err.contains("made new data")).count();
    assert_eq!(made, 1, "{ran:?}");
    assert_eq!(home.json("log verify")["ok"], true);
    assert_eq!(home.json("status")["log_size"], 1);
}

#[test]
fn odd_words_are_words() {
    let home = Home::new();
    home.import(&home.netflix(40)).json();
    let long = "w".repeat(100_000);
    for (words, code) in [
        (vec!["timeline", "--search", "\" OR 1=1 --"], 0),
        (vec!["timeline", "--search", "'; DROP TABLE record; --"], 0),
        (vec!["timeline", "--search", ""], 0),
        (vec!["timeline", "--search", "\u{202e}\u{0301}"], 0),
        (vec!["timeline", "--search", &long], 1),
        (vec!["timeline", "--person", &long], 0),
        (vec!["timeline", "--person", "Robin' --"], 0),
        (vec!["timeline", "--account", ""], 0),
        (vec!["timeline", "--from", "9999-12-31"], 0),
        (vec!["timeline", "--to", "9999-12-31"], 0),
        (vec!["timeline", "--from", "2025-01-01", "--to", "2024-01-01"], 0),
        (vec!["stats", "--by", "day,day,day"], 0),
        (vec!["stats", "--by", ""], 1),
        (vec!["stats", "--by", "day,"], 1),
        (vec!["import", "netflix-report.zip", "--account", &long], 1),
        (vec!["import", "netflix-report.zip", "--account", "   "], 1),
        (vec!["import", "netflix-report.zip", "--account", "\u{1f6b2} '; --"], 0),
        (vec!["choose", "spotify", "ads-here", &long], 1),
        (vec!["imports", "--undo", "0"], 1),
        (vec!["imports", "--undo", "4294967295"], 1),
        (vec!["services", "../../etc"], 1),
        (vec!["profile", "export", "vault.json", "--data-dir", "."], 1),
    ] {
        let shown: Vec<String> = words.iter().map(|word| word.chars().take(30).collect()).collect();
        let ran = home.run(words.iter().copied().chain(["--json"]));
        assert_eq!(
            ran.code,
            code,
            "{shown:?}: {} {}",
            ran.err,
            ran.out.chars().take(300).collect::<String>()
        );
        assert!(!ran.err.contains("panicked"), "{shown:?}");
    }
    assert_eq!(home.json("log verify")["ok"], true);
}

#[test]
fn an_answer_that_nobody_reads_to_its_end_is_no_accident() {
    let home = Home::new();
    home.import(&home.netflix(400)).json();
    let mut child = start(&home, &["timeline", "--limit", "500"]);
    drop(child.stdout.take());
    let ran = end(child);
    assert!(!ran.err.contains("panicked"), "{ran:?}");
}
