//! The log after a busy day: it verifies, it exports, and the export is checked by the program that others have.

use crate::archives;
use crate::home::Home;
use std::path::PathBuf;
use thinline_core::ExportForm;
use thinline_core::wire::{Filter, ProfileRequest};
use thinline_verify::{all_hold, verify_log_file};

fn busy_day() -> Home {
    let home = Home::new();
    let cuts = archives::cuts(home.path(), 350, &[0..200, 100..300]);
    let first = home.import(&cuts[0]);
    home.import(&cuts[1]);
    home.choose("spotify", "ads-here", "off").unwrap();
    home.choose("all", "sharing", "off").unwrap();
    home.core.undo_choice().unwrap();
    home.core.undo_import(first.id).unwrap();
    home.live_in("Europe/Berlin");
    let path = home.path().join("p.json");
    home.core.profile_export(&path, ExportForm::Json, &ProfileRequest::default(), false).unwrap();
    home.core.log_checkpoint().unwrap();
    home
}

fn exported(home: &Home, payloads: bool) -> PathBuf {
    let path = home.path().join(format!("log-{payloads}.ndjson"));
    let size = home.core.status().unwrap().log_size;
    let written = home.core.log_export(&path, payloads).unwrap();
    assert_eq!((written.records, written.bytes), (size, path.metadata().unwrap().len()));
    path
}

#[test]
fn a_busy_day_is_told_in_order_and_holds_together() {
    let home = busy_day();
    let kinds: Vec<String> = home.log().into_iter().map(|entry| entry.kind).collect();
    assert_eq!(
        kinds,
        [
            "vault.made",
            "settings.changed",
            "import.done",
            "import.done",
            "choice.set",
            "choice.set",
            "choice.set",
            "import.undone",
            "settings.changed",
            "profile.exported",
            "checkpoint.kept"
        ]
    );
    home.log_holds();
    let again = home.reopened().log_verify().unwrap();
    assert!(again.ok && again.anchor == "match");
}

#[test]
fn the_log_says_nothing_of_what_was_read() {
    let home = busy_day();
    let text = serde_json::to_string(&home.log()).unwrap();
    for record in home.walk(&Filter::default()).iter().filter(|record| record.kind != "choice") {
        for word in [&record.title, &record.by] {
            assert!(word.chars().count() < 6 || !text.contains(word.as_str()), "a title is in the log");
        }
    }
    assert!(!text.contains("cut-0"), "nor the name of an archive");
}

#[test]
fn an_exported_log_is_checked_by_another_program_with_and_without_payloads() {
    let home = busy_day();
    for payloads in [true, false] {
        let path = exported(&home, payloads);
        let checks = verify_log_file(&path).unwrap();
        assert!(checks.len() > 2 && all_hold(&checks), "{checks:?}");
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(text.contains("\"payload\""), payloads);
        assert_eq!(text.lines().count() as u32, home.core.status().unwrap().log_size + 2, "no line is empty");
        let key = home.core.settings_info().unwrap().log_key;
        assert!(text.lines().next().unwrap().contains(&key));
    }
}

#[test]
fn any_change_of_an_exported_log_shows() {
    let home = busy_day();
    let path = exported(&home, true);
    let text = std::fs::read_to_string(&path).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let changes: [Vec<&str>; 3] = [
        [&lines[..3], &lines[4..]].concat(),
        [&lines[..3], &[lines[4], lines[3]], &lines[5..]].concat(),
        lines[..lines.len() - 1].to_vec(),
    ];
    let joined = changes.iter().map(|lines| lines.join("\n") + "\n");
    let mended = text.replacen("\\\"to\\\":\\\"off\\\"", "\\\"to\\\":\\\"on\\\"", 1);
    assert_ne!(mended, text);
    for (nth, changed) in joined.chain([mended]).enumerate() {
        let other = home.path().join(format!("changed-{nth}"));
        std::fs::write(&other, changed).unwrap();
        assert!(!all_hold(&verify_log_file(&other).unwrap()), "change {nth} does not show");
    }
}

#[test]
fn an_older_copy_of_the_database_is_noticed() {
    let home = Home::new();
    home.choose("spotify", "ads-here", "off").unwrap();
    home.core.lock();
    let database = home.path().join("data/thinline.db");
    let older = std::fs::read(&database).unwrap();
    let core = home.reopened();
    core.choose(&crate::home::change("spotify", "sharing", "off")).unwrap();
    drop(core);
    for side in ["thinline.db-wal", "thinline.db-shm"] {
        let _ = std::fs::remove_file(home.path().join("data").join(side));
    }
    std::fs::write(&database, older).unwrap();
    let verified = home.reopened().log_verify().unwrap();
    assert!(!verified.ok);
    assert_eq!((verified.anchor.as_str(), verified.fault.as_deref()), ("newer", Some("anchor")));
}
