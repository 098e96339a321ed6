//! Choices: set, changed, taken back, run out; each with its entry in the log and its record on the timeline.

use crate::home::{Home, change};
use std::time::Duration;
use thinline_core::StatKey;
use thinline_core::wire::{Choose, Code, Filter};

/// (service, purpose, from, to) of a payload's changes.
fn told(payload: &serde_json::Value) -> Vec<[String; 4]> {
    let text = |change: &serde_json::Value, key: &str| change[key].as_str().unwrap().to_owned();
    let changes = payload["changes"].as_array().unwrap();
    changes.iter().map(|c| ["service", "purpose", "from", "to"].map(|key| text(c, key))).collect()
}

fn stands(home: &Home, service: &str, purpose: &str) -> String {
    let service = home.core.service(service).unwrap();
    service.purposes.into_iter().find(|one| one.id == purpose).unwrap().choice
}

fn own_records(home: &Home) -> Vec<[String; 4]> {
    let filter = Filter { kinds: vec!["choice".to_owned()], ..Filter::default() };
    let mut records: Vec<[String; 4]> = home
        .walk(&filter)
        .into_iter()
        .map(|r| [r.service, r.title, r.detail["from"].clone(), r.detail["to"].clone()])
        .collect();
    records.reverse();
    records
}

fn strings(one: [&str; 4]) -> [String; 4] {
    one.map(str::to_owned)
}

#[test]
fn choices_are_told_by_log_and_timeline_in_the_order_they_were_made() {
    let home = Home::new();
    let made = [
        ("spotify", "ads-here", "off", "undecided"),
        ("netflix", "messages", "on", "undecided"),
        ("spotify", "ads-here", "on", "off"),
        ("spotify", "history", "12", "undecided"),
        ("netflix", "history", "pause", "undecided"),
        ("all-sites", "signal", "on", "undecided"),
        ("all-sites", "banners", "refuse", "undecided"),
        ("netflix", "messages", "undecided", "on"),
    ];
    for (service, what, value, _) in made {
        assert_eq!(home.choose(service, what, value), Ok(1), "{service} {what} {value}");
        // What stands so already is no change and no entry.
        let size = home.core.status().unwrap().log_size;
        assert_eq!(home.choose(service, what, value), Ok(0));
        assert_eq!(home.core.status().unwrap().log_size, size);
    }
    let expected: Vec<[String; 4]> = made.map(|(s, w, v, before)| strings([s, w, before, v])).to_vec();
    let entries: Vec<_> = home.log().into_iter().filter(|entry| entry.kind == "choice.set").collect();
    let logged: Vec<[String; 4]> =
        entries.iter().flat_map(|entry| told(entry.payload.as_ref().unwrap())).collect();
    assert_eq!(logged, expected);
    assert_eq!(own_records(&home).len(), expected.len());
    let (mut records, mut wanted) = (own_records(&home), expected);
    records.sort_unstable();
    wanted.sort_unstable();
    assert_eq!(records, wanted);
    assert_eq!(stands(&home, "spotify", "ads-here"), "on");
    assert_eq!(stands(&home, "netflix", "messages"), "undecided");
    assert_eq!(home.core.service("netflix").unwrap().history.choice, "pause");
    home.log_holds();
}

#[test]
fn undo_goes_back_step_by_step_and_then_has_nothing_left() {
    let home = Home::new();
    let services = home.core.services().unwrap().len();
    home.choose("spotify", "ads-here", "off").unwrap();
    home.choose("spotify", "ads-here", "on").unwrap();
    // All but the one that stands so already.
    assert_eq!(home.choose("all", "ads-here", "on"), Ok(services - 1));
    let undone = home.core.undo_choice().unwrap();
    assert_eq!(undone.changes.len(), services - 1);
    assert!(undone.changes.iter().all(|change| change.from == "on" && change.to == "undecided"));
    assert_eq!(stands(&home, "spotify", "ads-here"), "on");
    home.core.undo_choice().unwrap();
    assert_eq!(stands(&home, "spotify", "ads-here"), "off");
    home.core.undo_choice().unwrap();
    assert_eq!(stands(&home, "spotify", "ads-here"), "undecided");
    let size = home.core.status().unwrap().log_size;
    assert_eq!(home.core.undo_choice().unwrap_err().code, Code::NothingToUndo);
    assert_eq!(home.core.status().unwrap().log_size, size);
    // Six entries, each with as many records as changes: nothing of it was rubbed out.
    let changes = 1 + 1 + 2 * (services - 1) + 1 + 1;
    assert_eq!(own_records(&home).len(), changes);
    let seqs: Vec<u32> = home.log().iter().map(|entry| entry.seq).collect();
    assert_eq!(seqs, (0..size).collect::<Vec<u32>>());
    home.log_holds();
}

#[test]
fn a_choice_runs_out_and_what_stood_before_stands_again() {
    let home = Home::new();
    home.choose("spotify", "ads-here", "on").unwrap();
    let soon = |seconds: i64| {
        let at = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(seconds);
        Some(jiff::Timestamp::from_second(at.as_second()).unwrap().to_string())
    };
    let until = soon(2);
    let off = Choose { until: until.clone(), ..change("spotify", "ads-here", "off") };
    assert_eq!(home.core.choose(&off).unwrap().changes[0].until, until);
    let other = Choose { until: until.clone(), ..change("netflix", "history", "pause") };
    home.core.choose(&other).unwrap();
    let purpose =
        home.core.service("spotify").unwrap().purposes.into_iter().find(|one| one.id == "ads-here").unwrap();
    assert_eq!((purpose.choice.as_str(), purpose.until), ("off", until.clone()));
    std::thread::sleep(Duration::from_millis(3_100));
    // Noticed when it is next asked for, here by another program.
    let other = home.reopened();
    let services = other.services().unwrap();
    let spotify = services.iter().find(|service| service.id == "spotify").unwrap();
    let ads = spotify.purposes.iter().find(|one| one.id == "ads-here").unwrap();
    assert_eq!((ads.choice.as_str(), &ads.until), ("on", &None));
    assert_eq!(other.service("netflix").unwrap().history.choice, "undecided");
    let entries: Vec<_> = home.log().into_iter().filter(|entry| entry.kind == "choice.expired").collect();
    assert_eq!(entries.len(), 1, "one entry for what ran out together");
    let payload = entries[0].payload.as_ref().unwrap();
    assert_eq!(payload["planned"][0].as_str(), until.as_deref());
    assert!(
        entries[0].at.as_str() >= until.as_deref().unwrap(),
        "the time when it was noticed stands beside"
    );
    assert_eq!(
        told(payload),
        [
            strings(["netflix", "history", "pause", "undecided"]),
            strings(["spotify", "ads-here", "off", "on"])
        ]
    );
    assert_eq!(own_records(&home).len(), 5);
    // What ran out is not there to be taken back: undo is about what was decided before.
    let undone = other.undo_choice().unwrap();
    let changes: Vec<_> =
        undone.changes.iter().map(|c| (c.service.as_str(), c.from.as_str(), c.to.as_str())).collect();
    assert_eq!(changes, [("spotify", "on", "undecided")]);
    assert_eq!(other.undo_choice().unwrap_err().code, Code::NothingToUndo);
    home.log_holds();
}

#[test]
fn a_date_means_its_beginning_where_one_lives() {
    let home = Home::new();
    home.live_in("Asia/Tokyo");
    let until = Choose { until: Some("2100-05-01".to_owned()), ..change("spotify", "sharing", "off") };
    let changes = home.core.choose(&until).unwrap();
    assert_eq!(changes.changes[0].until.as_deref(), Some("2100-04-30T15:00:00Z"));
}

#[test]
fn values_that_do_not_fit_are_refused_and_leave_nothing() {
    let home = Home::new();
    let before = home.state();
    let bad = [
        ("spotify", "ads-here", "maybe"),
        ("spotify", "ads-here", "OFF"),
        ("spotify", "ads-here", ""),
        ("spotify", "ads-here", "pause"),
        ("spotify", "ads", "off"),
        ("spotify", "", "off"),
        ("spotify", "history", "0"),
        ("spotify", "history", "241"),
        ("spotify", "history", "007"),
        ("spotify", "history", "+5"),
        ("spotify", "history", "-3"),
        ("spotify", "history", "on"),
        ("spotify", "signal", "on"),
        ("all", "signal", "on"),
        ("all", "banners", "refuse"),
        ("all-sites", "ads-here", "off"),
        ("all-sites", "history", "pause"),
        ("all-sites", "banners", "off"),
        ("all-sites", "signal", "keep"),
    ];
    for (service, what, value) in bad {
        assert_eq!(
            home.choose(service, what, value).unwrap_err().code,
            Code::BadValue,
            "{service} {what} {value}"
        );
    }
    for service in ["myspace", "Spotify", "", "netflix "] {
        assert_eq!(home.choose(service, "ads-here", "off").unwrap_err().code, Code::NoSuch, "{service}");
    }
    for until in ["2020-01-01", "soon", "2020-01-01T00:00:00Z", "", "2027-13-01", "9999-12-31"] {
        let change = Choose { until: Some(until.to_owned()), ..change("spotify", "ads-here", "off") };
        assert_eq!(home.core.choose(&change).unwrap_err().code, Code::BadValue, "{until}");
    }
    let never = Choose { until: Some("2100-01-01".to_owned()), ..change("spotify", "ads-here", "undecided") };
    assert_eq!(home.core.choose(&never).unwrap_err().code, Code::BadValue);
    for except in [
        "",
        "https://example.org",
        "Example.org",
        "exa mple.org",
        "-",
        ".",
        "a..example",
        "a.example.",
        "-a.example",
    ] {
        let change = Choose { except: vec![except.to_owned()], ..change("all-sites", "signal", "on") };
        assert_eq!(home.core.choose(&change).unwrap_err().code, Code::BadValue, "{except}");
    }
    let elsewhere = Choose { except: vec!["example.org".to_owned()], ..change("spotify", "ads-here", "off") };
    assert_eq!(home.core.choose(&elsewhere).unwrap_err().code, Code::BadValue);
    assert_eq!(home.state(), before);
}

#[test]
fn excepted_sites_are_kept_and_changing_them_is_a_change() {
    let home = Home::new();
    let with = |sites: &[&str]| Choose {
        except: sites.iter().map(|site| (*site).to_owned()).collect(),
        ..change("all-sites", "signal", "on")
    };
    assert_eq!(
        home.core.choose(&with(&["example.org", "a.example", "example.org"])).unwrap().changes.len(),
        1
    );
    assert!(home.core.choose(&with(&["a.example", "example.org"])).unwrap().changes.is_empty());
    assert_eq!(home.core.choose(&with(&["a.example"])).unwrap().changes.len(), 1);
    let entry = home.log().pop().unwrap();
    assert_eq!(entry.payload.unwrap()["except"], serde_json::json!(["a.example"]));
}

#[test]
fn a_choice_is_a_record_that_no_undo_of_an_import_takes_away() {
    let home = Home::new();
    let cuts = crate::archives::cuts(home.path(), 200, &[0..100, 50..150]);
    home.choose("spotify", "ads-here", "off").unwrap();
    let import = home.import(&cuts[0]);
    home.choose("spotify", "ads-here", "on").unwrap();
    home.core.undo_import(import.id).unwrap();
    assert_eq!(home.counts(StatKey::Kind, &Filter::default()), [("choice".to_owned(), 2)]);
}

#[test]
fn a_choice_that_was_extended_falls_back_to_what_lasted_before_it() {
    let home = Home::new();
    let soon = |seconds: i64| {
        let at = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(seconds);
        Some(jiff::Timestamp::from_second(at.as_second()).unwrap().to_string())
    };
    home.choose("spotify", "ads-here", "off").unwrap();
    home.core.choose(&Choose { until: soon(600), ..change("spotify", "ads-here", "on") }).unwrap();
    home.core.choose(&Choose { until: soon(2), ..change("spotify", "ads-here", "on") }).unwrap();
    home.choose("netflix", "ads-here", "off").unwrap();
    home.core.choose(&Choose { until: soon(2), ..change("netflix", "ads-here", "on") }).unwrap();
    home.choose("netflix", "ads-here", "undecided").unwrap();
    home.core.undo_choice().unwrap();
    std::thread::sleep(Duration::from_millis(3_100));
    // Shortened on the way: the longer end of before does not come back. Taken back in between: it does not count.
    assert_eq!(stands(&home, "spotify", "ads-here"), "off");
    assert_eq!(stands(&home, "netflix", "ads-here"), "off");
    home.log_holds();
}
