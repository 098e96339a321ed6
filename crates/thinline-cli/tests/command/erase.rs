//! `people`, `erase`, `hide` and `rules` as scripts meet them.

use crate::home::Home;
use crate::shape::{self, Is, list};

fn records(home: &Home, words: &str) -> u64 {
    list(&home.json(&format!("timeline --limit 500 {words}")), "records").len() as u64
}

#[test]
fn people_are_shown_and_decided_about() {
    let home = Home::new();
    home.import(&home.netflix(200));
    let people = home.json("people netflix");
    let lines = list(&people, "people");
    assert!(lines.len() > 1);
    for line in lines {
        use Is::{Bool, Number, Text};
        shape::has(
            line,
            &[
                ("id", Number),
                ("service", Text),
                ("account", Text),
                ("name", Text),
                ("whose", Text),
                ("decided", Bool),
                ("records", Number),
            ],
        );
        assert_eq!(line["whose"], "undecided");
    }
    let names: Vec<&str> = lines.iter().map(|line| line["name"].as_str().unwrap()).collect();
    let decided =
        home.run(["people", "netflix", "--mine", names[0], "--not-mine", names[1], "--json"]).json();
    let whose = |at: usize| list(&decided, "people")[at]["whose"].as_str().unwrap().to_owned();
    assert_eq!((whose(0).as_str(), whose(1).as_str()), ("mine", "not-mine"));
    let stats = home.json("stats");
    assert_eq!(stats["left_out"]["not_mine"], lines[1]["records"]);
    let everyone = home.json("stats --everyone");
    assert_eq!(everyone["left_out"]["not_mine"], 0);
    assert!(everyone["total"].as_u64() > stats["total"].as_u64());
    assert_eq!(home.run(["people", "netflix", "--mine", "Nobody of that name", "--json"]).fault(), "no-such");
    assert_eq!(home.ask("people nowhere").fault(), "no-such");
    let renamed = home.run(["people", "netflix", "--rename", "household", "--json"]).json();
    assert_eq!(list(&renamed, "accounts")[0]["name"], "household");
    assert_eq!(home.json("log verify")["ok"], true);
}

#[test]
fn erasing_is_confirmed_and_final() {
    let home = Home::new();
    home.import(&home.spotify(200));
    let id = list(&home.json("timeline --limit 1"), "records")[0]["id"].as_str().unwrap().to_owned();
    let before = home.state();
    assert_eq!(home.run(["erase", "record", &id, "--json"]).fault(), "bad-value");
    assert_eq!(home.state(), before, "without --yes nothing happens");
    let all = records(&home, "");
    let erased = home.run(["erase", "record", &id, "--yes", "--json"]).json();
    use Is::{Number, Text};
    shape::has(
        &erased,
        &[
            ("what", Text),
            ("records", Number),
            ("rows", Number),
            ("log_entries", Number),
            ("copies", Number),
            ("log", Number),
        ],
    );
    assert_eq!((erased["records"].as_u64(), records(&home, "")), (Some(1), all - 1));
    assert_eq!(home.run(["erase", "record", &id, "--yes", "--json"]).fault(), "no-such");
    for words in
        ["erase day", "erase all x --yes", "erase planet x --yes", "erase day 2026-01-01 --never --yes"]
    {
        assert_ne!(home.ask(words).code, 0, "{words}");
    }
    home.json("erase category listening --never --yes");
    assert_eq!(records(&home, "--category listening"), 0);
    let rules = home.json("rules");
    assert_eq!(
        (&list(&rules, "rules")[0]["rule"], &list(&rules, "rules")[0]["category"]),
        (&"never".into(), &"listening".into())
    );
    home.json("erase service spotify --yes");
    assert_eq!(list(&home.json("imports"), "imports").len(), 0);
    let again = home.import(&home.path().join("my_spotify_data.zip")).value();
    assert!(list(&again, "imports")[0]["skipped"].as_u64().unwrap() > 0);
    assert_eq!(records(&home, "--category listening"), 0);
    home.json("erase all --yes");
    assert_eq!(home.json("status")["records"], 0);
    assert_eq!(home.json("log verify")["ok"], true);
    let plain = home.run(["log"]);
    assert!(plain.out.contains("(erased)") && plain.out.contains("payload.erased"));
}

#[test]
fn what_is_hidden_is_out_of_sight_and_comes_back() {
    let home = Home::new();
    home.import(&home.spotify(200));
    let first = list(&home.json("timeline --limit 1"), "records")[0].clone();
    let (id, day) = (first["id"].as_str().unwrap(), first["day"].as_str().unwrap());
    let all = records(&home, "");
    assert_eq!(home.json(&format!("hide record {id}"))["records"], 1);
    assert_eq!((records(&home, ""), records(&home, "--hidden")), (all - 1, all));
    let of_day = home.json(&format!("hide day {day}"))["records"].as_u64().unwrap();
    assert_eq!(records(&home, ""), all - 1 - of_day);
    assert_eq!(home.json("stats")["left_out"]["hidden"], of_day + 1);
    home.json(&format!("hide day {day} --show"));
    assert_eq!(records(&home, ""), all);
    home.json("hide category listening");
    assert_eq!(records(&home, "--category listening"), 0);
    assert_eq!(list(&home.json("hide category listening --show"), "rules").len(), 0);
    assert_eq!(records(&home, ""), all);
}
