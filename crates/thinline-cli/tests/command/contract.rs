//! Every command once as the contract says: fields, exit codes, errors, help.

use crate::home::{Home, Ran, says_nothing_private};
use crate::shape::{self, list};
use std::fs;

#[test]
fn a_whole_journey_answers_in_the_shapes_of_the_contract() {
    let home = Home::empty();
    shape::status(&home.json("init"));
    assert_eq!(fs::read(home.key()).unwrap().len(), 32);
    assert_eq!(home.ask("init").fault(), "vault-exists");

    let spotify = home.spotify(600);
    let imported = home.import(&spotify).json();
    let report = &list(&imported, "imports")[0];
    shape::import(report);
    assert_eq!((report["state"].as_str(), report["rows"].as_u64()), (Some("done"), Some(600)));
    assert_eq!((report["service"].as_str(), report["account"].as_str()), (Some("spotify"), Some("default")));
    assert_eq!(report["warnings"].as_array().unwrap().len(), 0);
    let several =
        home.run(["import", "my_spotify_data (1).zip", "netflix-report.zip", "--json"].map(String::from));
    assert_eq!(several.code, 1, "neither is there yet");
    home.account(300);
    home.netflix(300);
    let several = home.run(["import", "my_spotify_data (1).zip", "netflix-report.zip", "--json"]).json();
    assert_eq!(list(&several, "imports").len(), 2);
    list(&several, "imports").iter().for_each(shape::import);

    let imports = home.json("imports");
    assert_eq!(list(&imports, "imports").len(), 3);
    list(&imports, "imports").iter().for_each(shape::import_row);

    let services = home.json("services");
    list(&services, "services").iter().for_each(shape::service);
    let one = home.json("services netflix");
    shape::service(&one);
    assert_eq!((one["id"].as_str(), one["listed"].as_bool()), (Some("netflix"), Some(true)));

    let chosen = home.json("choose spotify ads-here off --until 2100-01-01");
    shape::changes(&chosen);
    assert_eq!(list(&chosen, "changes")[0]["until"], "2100-01-01T00:00:00Z");
    let nothing = home.json("choose spotify ads-here off --until 2100-01-01");
    assert!(list(&nothing, "changes").is_empty());
    shape::changes(&home.json("choose all ai-training off"));
    shape::changes(&home.json("choose all-sites signal on --except example.org --except a.example"));
    let undone = home.json("undo");
    shape::changes(&undone);
    assert_eq!(list(&undone, "changes")[0]["from"], "on");

    let timeline = home.json("timeline --limit 500");
    list(&timeline, "records").iter().for_each(shape::record);
    assert_eq!(list(&timeline, "records").len(), 500);
    let stats = home.json("stats --by day,service,kind,category --everyone");
    shape::has(&stats, &[("rows", shape::Is::List), ("total", shape::Is::Number)]);
    for row in list(&stats, "rows") {
        use shape::Is::{Number, Text};
        shape::has(
            row,
            &[("key", Text), ("service", Text), ("kind", Text), ("category", Text), ("count", Number)],
        );
    }
    let sum: u64 = list(&stats, "rows").iter().map(|row| row["count"].as_u64().unwrap()).sum();
    let status = home.json("status");
    shape::status(&status);
    assert_eq!((stats["total"].as_u64(), status["records"].as_u64()), (Some(sum), Some(sum)));
    assert_eq!((status["imports"].as_u64(), status["services"].as_u64()), (Some(3), Some(2)));

    for name in ["profile.json", "profile.csv", "profile.ndjson"] {
        shape::written(&home.json(&format!("profile export {name}")));
    }
    let page = home.json("log");
    shape::has(&page, &[("entries", shape::Is::List), ("size", shape::Is::Number)]);
    assert_eq!(page, home.json("log show"));
    assert_eq!(list(&home.json("log show --limit 2"), "entries").len(), 2);
    let verified = home.json("log verify");
    shape::verified(&verified);
    assert_eq!((verified["ok"].as_bool(), verified["anchor"].as_str()), (Some(true), Some("match")));
    let note = home.json("log checkpoint");
    assert!(note["checkpoint"].as_str().unwrap().contains("thinline.local/log/"));
    shape::written(&home.json("log export log.ndjson --payloads"));

    let undone = home.json("imports --undo 1");
    assert_eq!(list(&undone, "imports")[2]["state"], "undone");
    assert_eq!(home.json("log verify")["ok"], true);
}

#[test]
fn a_known_archive_is_told_with_its_files_and_changes_nothing() {
    let home = Home::new();
    let spotify = home.spotify(300);
    let first = home.import(&spotify).json();
    let before = home.state();
    let again = home.import(&spotify).json();
    let (first, again) = (&list(&first, "imports")[0], &list(&again, "imports")[0]);
    shape::import(again);
    assert_eq!((again["state"].as_str(), again["read"].as_u64()), (Some("known"), Some(0)));
    assert_eq!(again["known"], first["read"]);
    for (then, now) in list(first, "files").iter().zip(list(again, "files")) {
        assert_eq!(
            (&now["path"], &now["rows"], &now["known"]),
            (&then["path"], &then["rows"], &then["read"])
        );
    }
    assert_eq!(home.state(), before);
}

#[test]
fn pages_go_on_where_the_last_one_ended() {
    let home = Home::new();
    home.import(&home.netflix(120)).json();
    let total = home.json("stats --everyone")["total"].as_u64().unwrap() as usize;
    let mut ids: Vec<String> = Vec::new();
    let mut words = "timeline --limit 50".to_owned();
    loop {
        let page = home.json(&words);
        ids.extend(list(&page, "records").iter().map(|record| record["id"].as_str().unwrap().to_owned()));
        let Some(next) = page["next"].as_str() else { break };
        words = format!("timeline --limit 50 --after {next}");
    }
    assert_eq!(ids.len(), total);
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), total);
}

#[test]
fn filters_of_the_command_line_reach_the_records() {
    let home = Home::new();
    home.import(&home.spotify(200)).json();
    home.import(&home.account(200)).json();
    home.import(&home.netflix(200)).json();
    for (words, key, value) in [
        ("--service netflix", "service", "netflix"),
        ("--kind inferred", "kind", "inferred"),
        ("--category searches", "category", "searches"),
        ("--person Robin", "person", "Robin"),
        ("--account default --kind received", "kind", "received"),
    ] {
        let page = home.json(&format!("timeline --limit 500 {words}"));
        let records = list(&page, "records");
        assert!(!records.is_empty() && records.iter().all(|record| record[key] == value), "{words}");
    }
    let day = home.json("timeline --limit 1")["records"][0]["day"].as_str().unwrap().to_owned();
    let one = home.json(&format!("timeline --from {day} --to {day} --limit 500"));
    assert!(list(&one, "records").iter().all(|record| record["day"] == day.as_str()));
    assert_eq!(
        home.json(&format!("stats --from {day} --to {day} --everyone"))["total"],
        list(&one, "records").len()
    );
    let page = home.json("timeline --for ads-here --limit 500");
    let usable =
        |record: &serde_json::Value| list(record, "can_be_used_for").iter().any(|one| one == "ads-here");
    assert!(!list(&page, "records").is_empty() && list(&page, "records").iter().all(usable));
    let title =
        home.json("timeline --service netflix --kind collected --limit 1")["records"][0]["title"].clone();
    let found = home.run(["timeline", "--search", title.as_str().unwrap(), "--json"]).json();
    assert!(list(&found, "records").iter().any(|record| record["title"] == title));
}

#[test]
fn what_a_command_cannot_do_is_a_fault_with_its_code() {
    let home = Home::new();
    home.import(&home.spotify(50)).json();
    let before = home.state();
    for (words, code) in [
        ("services myspace", "no-such"),
        ("choose myspace ads-here off", "no-such"),
        ("choose spotify ads-here maybe", "bad-value"),
        ("choose spotify fun off", "bad-value"),
        ("choose spotify ads-here off --until 2001-01-01", "bad-value"),
        ("imports --undo 99", "no-such"),
        ("undo", "nothing-to-undo"),
        ("timeline --from yesterday", "bad-value"),
        ("timeline --kind seen", "bad-value"),
        ("timeline --service myspace", "no-such"),
        ("timeline --after nowhere", "bad-value"),
        ("stats --by hour", "bad-value"),
        ("profile export profile.pdf", "bad-value"),
        ("profile export profile", "bad-value"),
        ("profile export x.json --precision hour", "bad-value"),
        ("profile export no/such/folder/x.json", "cannot-write"),
        ("import no-such.zip", "not-found"),
        ("import my_spotify_data.zip --as myspace", "no-such"),
        ("import my_spotify_data.zip --as netflix", "wrong-service"),
    ] {
        let ran = home.ask(words);
        assert_eq!(ran.fault(), code, "{words}");
        assert_eq!(ran.out, "", "{words}");
        // The same for people: one line with what happened and what to do.
        let plain = home.run(words.split(' '));
        assert_eq!((plain.code, plain.out.as_str()), (1, ""), "{words}");
        assert!(plain.err.starts_with("thinline: ") && plain.err.lines().count() == 1, "{plain:?}");
    }
    assert_eq!(home.state(), before);
}

#[test]
fn wrong_usage_ends_with_2() {
    let home = Home::empty();
    for words in [
        "",
        "dance",
        "import",
        "choose spotify",
        "choose a b c d",
        "timeline --limit 0",
        "timeline --limit 501",
        "timeline --limit many",
        "imports --undo -1",
        "imports --undo x",
        "profile",
        "profile export",
        "log export",
        "log show --limit 99999999999",
        "profile export x.json --max-sensitivity 4",
        "timeline --no-such",
        "status extra",
    ] {
        let ran = home.run(words.split_whitespace());
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{words}");
        assert!(!ran.err.is_empty());
        let json = home.ask(words);
        assert_eq!((json.code, json.out.as_str()), (2, ""), "{words}");
        let error: serde_json::Value =
            serde_json::from_str(&json.err).unwrap_or_else(|_| panic!("{words}: {json:?}"));
        assert_eq!(error["error"]["code"], "bad-value", "{words}");
    }
    assert!(!home.data().exists(), "nothing was made");
}

#[test]
fn help_has_examples_for_every_command() {
    let home = Home::empty();
    for command in [
        "",
        "init",
        "import",
        "imports",
        "services",
        "choose",
        "undo",
        "timeline",
        "stats",
        "requests",
        "todo",
        "recovery",
        "recovery show",
        "recovery make",
        "recovery remove",
        "profile",
        "profile export",
        "log",
        "log show",
        "log verify",
        "log checkpoint",
        "log export",
        "status",
    ] {
        let ran = home.run(command.split_whitespace().chain(["--help"]));
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{command}");
        let example = format!("  thinline {command}");
        assert!(
            ran.out.contains("Example") && ran.out.contains(example.trim_end()),
            "{command} has no example"
        );
    }
    assert!(home.run(["--version"]).out.starts_with("thinline "));
    assert!(!home.data().exists());
}

#[test]
fn status_answers_without_data_and_without_a_key() {
    let home = Home::empty();
    let nothing = Ran::of(&mut home.bare(["status", "--json"])).json();
    shape::status(&nothing);
    assert_eq!((nothing["vault"].as_bool(), nothing["locked"].as_bool()), (Some(false), Some(false)));
    assert!(!home.data().exists());
    home.json("init");
    let locked = Ran::of(&mut home.bare(["status", "--json"])).json();
    assert_eq!((locked["vault"].as_bool(), locked["locked"].as_bool()), (Some(true), Some(true)));
    let open = home.json("status");
    assert_eq!((open["locked"].as_bool(), open["log_size"].as_u64()), (Some(false), Some(1)));
}

#[test]
fn one_bad_archive_among_several_does_not_stop_the_others() {
    let home = Home::new();
    home.spotify(50);
    home.netflix(50);
    home.file("letter.zip", b"a letter");
    let ran = home.run(["import", "my_spotify_data.zip", "letter.zip", "netflix-report.zip", "--json"]);
    assert_eq!(
        (ran.code, ran.err.lines().count()),
        (3, 1),
        "what was read is in, and something is to be looked at"
    );
    assert!(ran.err.contains("letter.zip") && ran.err.contains("not-an-archive"), "it says which and why");
    assert_eq!(list(&ran.value(), "imports").len(), 2);
    let plain = home.run(["import", "letter.zip", "my_spotify_data.zip"]);
    assert_eq!(plain.code, 3);
    assert!(plain.err.contains("letter.zip: ") && plain.out.contains("was read before"));
    home.file("other.zip", b"a letter");
    assert_eq!(home.run(["import", "letter.zip", "other.zip"]).code, 1, "nothing came of any");
    assert_eq!(home.json("status")["imports"], 2);
}

#[test]
fn a_dry_run_has_the_shape_of_an_import_and_stores_nothing() {
    let home = Home::new();
    home.spotify(60);
    home.netflix(60);
    let ran = home.run(["import", "my_spotify_data.zip", "netflix-report.zip", "--dry-run", "--json"]);
    let value = ran.json();
    for (check, service) in list(&value, "imports").iter().zip(["spotify", "netflix"]) {
        shape::import_fields(check);
        assert_eq!((check["estimated"].as_bool(), check["id"].as_u64()), (Some(true), Some(0)));
        assert_eq!((check["service"].as_str(), check["state"].as_str()), (Some(service), Some("checked")));
        assert!(check["rows"].as_u64() >= Some(60), "{check}");
        assert!(list(check, "packages").len() == 1 && !list(check, "shows").is_empty());
    }
    assert_eq!(home.json("status")["imports"], 0);
    let page = home.run(["import", "my_spotify_data.zip", "--dry-run"]);
    assert_eq!((page.code, page.err.as_str()), (0, ""));
    for words in ["Extended streaming history", "listening: ", "Nothing was stored."] {
        assert!(page.out.contains(words), "{words}: {}", page.out);
    }
    home.file("letter.zip", b"a letter");
    assert_eq!(home.run(["import", "letter.zip", "--dry-run", "--json"]).fault(), "not-an-archive");
}

#[test]
fn words_for_people_say_what_happened() {
    let home = Home::new();
    let plain = |words: &str| {
        let ran = home.run(words.split(' '));
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{words}");
        ran.out
    };
    assert!(plain("imports").contains("No imports yet"));
    assert!(plain("timeline").contains("No records"));
    home.spotify(60);
    let out = plain("import my_spotify_data.zip");
    assert!(out.contains("60 rows = ") && out.contains("imports --undo 1"));
    assert!(plain("timeline --limit 3").contains("More: --after "));
    assert!(plain("choose spotify ads-here off").contains("spotify ads-here: undecided -> off"));
    assert!(plain("choose spotify ads-here off").contains("Nothing changed"));
    assert!(plain("services spotify").contains("you want: off"));
    assert!(plain("log verify").contains("fits together"));
    assert!(plain("log").contains("choice.set"));
    assert!(plain("stats").contains("in all"));
    assert!(plain("profile export p.csv").contains("sha256 "));
    assert!(plain("status").contains("1 imports"));
}

#[test]
fn text_from_exports_cannot_steer_a_terminal() {
    let home = Home::new();
    let row =
        "Robin,2025-03-02 20:14:07,00:41:53,,\"\u{1b}]0;owned\u{7}\u{202e}Tide\u{9b}2J\",,Smart TV,,,NL";
    let table = format!(
        "Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,Device Type,Bookmark,Latest Bookmark,Country\n{row}\n"
    );
    let folder = home.path().join("report\u{1b}[31m/CONTENT_INTERACTION");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("ViewingActivity.csv"), table).unwrap();
    let import = home.run([std::ffi::OsStr::new("import"), folder.parent().unwrap().as_os_str()]);
    assert_eq!(import.code, 0, "{import:?}");
    for words in ["timeline", "imports", "stats --by person", "log"] {
        let ran = home.run(words.split(' '));
        for out in [&ran.out, &import.out] {
            assert!(!out.chars().any(|c| c.is_control() && c != '\n' || c == '\u{202e}'), "{words}: {out:?}");
        }
    }
    assert!(home.run(["timeline"]).out.contains("Tide"));
}

#[test]
fn the_log_tells_nothing_of_what_was_read() {
    let home = Home::new();
    home.import(&home.netflix(60)).json();
    home.json("profile export p.json");
    let log = home.ask("log").out + &home.run(["log"]).out;
    says_nothing_private(&log);
    assert!(!log.contains("p.json"));
}
