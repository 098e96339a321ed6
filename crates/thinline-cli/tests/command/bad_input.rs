//! What arrives broken: the exit code, what is said, and that nothing changed where nothing was read.

use crate::home::{Home, Ran, says_nothing_private};
use crate::shape::{self, list};
use rusqlite::Connection;
use serde_json::Value;
use std::fs;
use thinline_core::vault::{Unlock, Vault};
use thinline_sample::Damage;

/// Refused as a whole: exit 1, this code, and everything as it was.
fn refused(damage: Damage, code: &str) {
    let home = Home::new();
    home.import(&home.spotify(40)).json();
    let before = home.state();
    let path = home.damaged(damage);
    let ran = home.import(&path);
    assert_eq!(ran.fault(), code);
    assert_eq!(ran.out, "");
    says_nothing_private(&ran.err);
    let plain = home.run([std::ffi::OsStr::new("import"), path.as_os_str()]);
    assert_eq!((plain.code, plain.out.as_str(), plain.err.lines().count()), (1, "", 1));
    says_nothing_private(&plain.err);
    assert_eq!(home.state(), before);
    assert_eq!(home.json("log verify")["ok"], true);
}

/// Read as far as it goes: the report of the one archive.
fn read(damage: Damage, exit: i32) -> (Home, Value) {
    let home = Home::new();
    let ran = home.import(&home.damaged(damage));
    assert_eq!((ran.code, ran.err.as_str()), (exit, ""), "{ran:?}");
    let report = list(&ran.value(), "imports")[0].clone();
    shape::import(&report);
    assert_eq!(home.json("log verify")["ok"], true);
    (home, report)
}

fn numbers<const N: usize>(value: &Value, names: [&str; N]) -> [u64; N] {
    names.map(|name| value[name].as_u64().unwrap())
}

#[test]
fn a_letter_is_no_archive() {
    refused(Damage::NotAnArchive, "not-an-archive");
}

#[test]
fn an_empty_file_is_no_archive() {
    refused(Damage::EmptyFile, "not-an-archive");
}

#[test]
fn a_cut_off_archive_is_said_to_be_cut_off() {
    refused(Damage::TruncatedZip, "truncated");
}

#[test]
fn an_encrypted_archive_is_said_to_be_encrypted() {
    refused(Damage::EncryptedZip, "encrypted");
}

#[test]
fn an_archive_without_members_is_of_no_service() {
    refused(Damage::EmptyZip, "unknown-service");
}

#[test]
fn an_archive_of_an_unknown_service_is_refused() {
    refused(Damage::UnknownService, "unknown-service");
}

#[test]
fn names_that_point_outside_are_refused_and_nothing_is_written_there() {
    refused(Damage::PathTricks, "too-large");
}

#[test]
fn a_bomb_is_refused_at_once() {
    let started = std::time::Instant::now();
    refused(Damage::Bomb, "too-large");
    assert!(started.elapsed().as_secs() < 60);
}

#[test]
fn an_archive_without_a_readable_row_is_a_warning_and_changes_nothing() {
    let home = Home::new();
    home.import(&home.spotify(40)).json();
    let before = home.state();
    let ran = home.import(&home.damaged(Damage::NoReadableRows));
    assert_eq!((ran.code, ran.err.as_str()), (3, ""));
    let report = list(&ran.value(), "imports")[0].clone();
    shape::import(&report);
    assert_eq!(numbers(&report, ["id", "rows", "records"]), [0, 0, 0]);
    assert_eq!(report["warnings"], serde_json::json!(["nothing-read"]));
    assert!(list(&report, "files").iter().all(|file| file["state"] == "empty"), "each is told all the same");
    assert_eq!(home.state(), before);
    let plain = home.run(["import", "damaged.zip"]);
    assert!(plain.out.contains("nothing could be read"));
}

#[test]
fn byte_order_marks_quotes_and_line_breaks_in_cells_are_read() {
    let (home, report) = read(Damage::BomAndQuotedNewlines, 0);
    assert_eq!(numbers(&report, ["rows", "read", "records", "failed"]), [3, 3, 3, 0]);
    let titles = home.ask("timeline").out;
    assert!(titles.contains("The \\\"Glass\\\" Ferryman, Part Two") && titles.contains("Low\\r\\nTide"));
    assert!(home.json("timeline")["records"][0]["person"] == "Robin");
}

#[test]
fn unreadable_dates_leave_records_undated_and_are_told() {
    let (home, report) = read(Damage::UnreadableDates, 3);
    assert_eq!(numbers(&report, ["rows", "read", "records", "failed"]), [4, 4, 4, 0]);
    assert_eq!(report["warnings"], serde_json::json!(["see-notes"]));
    let view = list(&report, "files").iter().find(|file| !list(file, "parts").is_empty()).unwrap();
    let notes = &list(view, "parts")[0]["notes"];
    assert_eq!(notes, &serde_json::json!({ "time-out-of-range": 1, "unreadable-time": 2 }));
    let page = home.json("timeline");
    let dated: Vec<bool> = list(&page, "records").iter().map(|record| record["at"].is_string()).collect();
    assert_eq!(dated, [true, false, false, false], "undated ones come last");
    assert!(list(&page, "records")[1]["as_of"].is_string());
}

#[test]
fn ragged_rows_are_accounted_for_one_by_one() {
    let (_home, report) = read(Damage::RaggedRows, 3);
    assert_eq!(numbers(&report, ["rows", "read", "known", "skipped", "failed"]), [4, 3, 0, 0, 1]);
    let view = list(&report, "files").iter().find(|file| !list(file, "parts").is_empty()).unwrap();
    assert_eq!(list(view, "parts")[0]["failed_at"], serde_json::json!([3]));
}

#[test]
fn a_wrong_checksum_makes_the_import_partial() {
    let (home, report) = read(Damage::WrongChecksum, 3);
    assert_eq!(report["state"], "partial");
    assert_eq!(report["warnings"], serde_json::json!(["file-damaged"]));
    assert_eq!(list(&report, "files")[0]["why"], "damaged");
    assert_eq!(list(&report, "files")[1]["state"], "read");
    let plain = home.run(["imports"]);
    assert!(plain.out.contains("done"));
}

#[test]
fn an_unknown_way_of_packing_fails_that_file_alone() {
    let (_home, report) = read(Damage::UnknownMethod, 3);
    assert_eq!(report["state"], "partial");
    assert_eq!(
        (&list(&report, "files")[0]["state"], &list(&report, "files")[0]["why"]),
        (&"failed".into(), &"method".into())
    );
    assert_eq!(numbers(&list(&report, "files")[1], ["rows", "read"]), [1, 1]);
}

#[test]
fn json_that_breaks_off_is_read_up_to_there() {
    let (home, report) = read(Damage::BrokenJson, 3);
    assert_eq!(report["state"], "partial");
    assert_eq!(numbers(&report, ["rows", "read", "failed"]), [4, 3, 1]);
    assert_eq!(home.json("stats")["total"], 3);
    // And it is taken back like any other.
    home.json("imports --undo 1");
    assert_eq!(home.json("stats")["total"], 0);
}

#[test]
fn a_path_that_leads_nowhere_is_not_found() {
    let home = Home::new();
    for path in ["nothing.zip", "no/such/folder", "\u{1f6b2}", "my\nfile.zip"] {
        let ran = home.run(["import", path, "--json"]);
        assert_eq!(ran.fault(), "not-found", "{path:?}");
    }
}

#[test]
fn folders_that_are_no_export_are_refused_without_being_read_whole() {
    let home = Home::new();
    fs::create_dir(home.path().join("empty")).unwrap();
    assert_eq!(home.ask("import empty").fault(), "unknown-service");
    let deep = home.path().join("letters/a/b/c");
    fs::create_dir_all(&deep).unwrap();
    fs::write(deep.join("letter.txt"), "dear all").unwrap();
    assert_eq!(home.ask("import letters").fault(), "unknown-service");
    // Its own data folder, too, is no export.
    assert_eq!(home.ask("import data").fault(), "unknown-service");
    let sparse = home.path().join("letters/large.bin");
    fs::File::create(&sparse).unwrap().set_len(40 << 30).unwrap();
    let started = std::time::Instant::now();
    assert_eq!(home.ask("import letters").fault(), "unknown-service");
    assert!(started.elapsed().as_secs() < 20, "40 GB were read to say that it is no export");
}

#[test]
fn a_folder_with_two_exports_asks_which_one_is_meant() {
    let home = Home::new();
    let folder = home.path().join("downloads");
    fs::create_dir_all(folder.join("MyData")).unwrap();
    fs::create_dir_all(folder.join("CONTENT_INTERACTION")).unwrap();
    let play = r#"[{"ts":"2024-12-31T23:30:00Z","ms_played":1000,"master_metadata_track_name":"Ebb"}]"#;
    fs::write(folder.join("MyData/endsong_0.json"), play).unwrap();
    let view = "Profile Name,Start Time,Title\nRobin,2025-03-02 20:14:07,Saltmarsh\n";
    fs::write(folder.join("CONTENT_INTERACTION/ViewingActivity.csv"), view).unwrap();
    let before = home.state();
    assert_eq!(home.ask("import downloads").fault(), "ambiguous");
    assert_eq!(home.state(), before);
    for service in ["spotify", "netflix"] {
        let ran = home.ask(&format!("import downloads --as {service}"));
        let report = list(&ran.value(), "imports")[0].clone();
        shape::import(&report);
        assert_eq!(
            (report["service"].as_str(), numbers(&report, ["read"])),
            (Some(service), [1]),
            "{report}"
        );
    }
    assert_eq!(home.json("status")["services"], 2);
}

#[cfg(unix)]
#[test]
fn pipes_devices_and_links_are_no_archives() {
    let home = Home::new();
    let pipe = home.path().join("pipe.zip");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    assert_eq!(home.import(&pipe).fault(), "not-an-archive");
    assert_eq!(home.ask("import /dev/zero").fault(), "not-an-archive");
    assert_eq!(home.ask("import /dev/null").fault(), "not-an-archive");
    let folder = home.path().join("links");
    fs::create_dir(&folder).unwrap();
    let secret = home.file(
        "secret.json",
        br#"[{"ts":"2024-12-31T23:30:00Z","ms_played":1000,"master_metadata_track_name":"Ebb"}]"#,
    );
    std::os::unix::fs::symlink(secret, folder.join("endsong_0.json")).unwrap();
    std::os::unix::fs::symlink(&folder, folder.join("round")).unwrap();
    assert_eq!(home.ask("import links").fault(), "unknown-service", "what a folder links to is not in it");
}

/// The database behind the command's back, opened with the key in hand.
fn behind(home: &Home) -> Connection {
    let vault = Vault::open(&home.data()).unwrap();
    let keys = vault.unlock(&Unlock::KeyFile(&home.key())).unwrap();
    let conn = Connection::open(home.data().join("thinline.db")).unwrap();
    let hex: String = keys.data_key.iter().map(|byte| format!("{byte:02x}")).collect();
    conn.pragma_update(None, "key", format!("x'{hex}'")).unwrap();
    conn.execute_batch("PRAGMA cipher_page_size = 16384; PRAGMA cipher_hmac_algorithm = HMAC_SHA256;")
        .unwrap();
    conn
}

#[test]
fn a_database_of_a_newer_version_is_refused_and_left_alone() {
    let home = Home::new();
    home.import(&home.spotify(30)).json();
    let known: u32 = behind(&home).query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
    behind(&home).pragma_update(None, "user_version", 99).unwrap();
    for words in
        ["timeline", "status", "log verify", "import my_spotify_data.zip", "choose spotify sharing off"]
    {
        assert_eq!(home.ask(words).fault(), "database-too-new", "{words}");
    }
    let version: u32 = behind(&home).query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
    assert_eq!(version, 99);
    behind(&home).pragma_update(None, "user_version", known).unwrap();
    assert!(home.json("status")["records"].as_u64().unwrap() > 20, "and everything is still there");
}

#[test]
fn one_changed_entry_of_the_log_is_named() {
    for (change, fault, seq) in [
        (
            "UPDATE log_payload SET payload = replace(payload, '\"off\"', '\"on\"') WHERE seq = 1",
            "payload",
            1,
        ),
        (
            "UPDATE log_entry SET entry = replace(entry, 'choice.set', 'import.done') WHERE seq = 1",
            "entry",
            1,
        ),
        ("UPDATE checkpoint SET note = replace(note, 'a', 'b')", "", -1),
        ("DELETE FROM log_entry WHERE seq = 2", "", -1),
    ] {
        let home = Home::new();
        home.json("choose spotify ads-here off");
        home.json("choose spotify sharing off");
        let conn = behind(&home);
        conn.execute_batch("DROP TRIGGER log_entry_is_append_only; DROP TRIGGER log_entry_is_kept").unwrap();
        assert!(conn.execute(change, []).unwrap() > 0, "{change}");
        drop(conn);
        let ran = home.ask("log verify");
        assert_eq!((ran.code, ran.err.as_str()), (1, ""), "{change}");
        let verified = ran.value();
        shape::verified(&verified);
        assert_eq!(verified["ok"], false, "{change}");
        if seq >= 0 {
            assert_eq!(
                (&verified["fault"], &verified["bad_entry"]),
                (&fault.into(), &seq.into()),
                "{change}"
            );
        }
        let plain = home.run(["log", "verify"]);
        assert!(plain.code == 1 && plain.out.contains("was changed"), "{plain:?}");
    }
}

#[test]
fn a_damaged_vault_file_is_told_and_left_alone() {
    let home = Home::new();
    let path = home.data().join("vault.json");
    let good = fs::read_to_string(&path).unwrap();
    for bad in
        ["", "{", "[]", "{\"v\":2}", "null", &good.replace("\"slots\"", "\"slot\""), &"x".repeat(100_000)]
    {
        // With its second copy damaged as well there is nothing to put in its place.
        fs::write(&path, bad).unwrap();
        fs::write(home.data().join("vault-copy.json"), bad).unwrap();
        for words in ["timeline", "status", "import nothing.zip"] {
            assert_eq!(home.ask(words).fault(), "vault-file", "{words}: {}", bad.len());
        }
        assert_eq!(home.ask("init").fault(), "vault-exists");
        assert_eq!(fs::read_to_string(&path).unwrap(), bad);
    }
    fs::write(&path, &good).unwrap();
    home.json("timeline");
}

#[test]
fn a_damaged_database_is_told_and_left_alone() {
    let home = Home::new();
    home.import(&home.spotify(30)).json();
    let path = home.data().join("thinline.db");
    let good = fs::read(&path).unwrap();
    let mut middle = good.clone();
    middle[20_000..40_000].fill(7);
    for bad in
        [vec![7; 50_000], b"SQLite format 3\0 and more".to_vec(), middle, good[..good.len() / 2].to_vec()]
    {
        fs::write(&path, &bad).unwrap();
        let faults: Vec<String> = ["timeline", "stats", "services"]
            .iter()
            .map(|words| home.ask(words))
            .map(|ran| if ran.code == 0 { "fine".to_owned() } else { ran.fault() })
            .collect();
        assert!(faults.contains(&"database-damaged".to_owned()), "{faults:?}");
        assert!(faults.iter().all(|fault| fault == "database-damaged" || fault == "fine"), "{faults:?}");
    }
    fs::write(&path, &good).unwrap();
    home.json("timeline");
}

#[test]
fn a_data_folder_that_cannot_be_written_is_told() {
    let home = Home::empty();
    home.file("data", b"not a folder");
    for words in ["init", "timeline", "import nothing.zip"] {
        assert_eq!(home.ask(words).fault(), "read-only", "{words}");
    }
    assert_eq!(fs::read(home.data()).unwrap(), b"not a folder");
    let under = Ran::of(home.command(["init", "--json", "--data-dir"]).arg(home.data().join("below")));
    assert_eq!(under.fault(), "read-only");
    let nowhere = Ran::of(&mut home.command(["init", "--json", "--data-dir", "/proc/thinline"]));
    assert_eq!(nowhere.fault(), "read-only");
}
