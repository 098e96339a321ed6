//! Erasing, hiding and rules: what goes, what stays, what comes back, and what the log says of it.

use crate::archives;
use crate::home::{Home, adds_up, facts};
use std::collections::BTreeSet;
use thinline_core::wire::{AskedFor, Code, Filter, ProfileRequest, SetRule, Target};
use thinline_sample::{NetflixGeneration, SpotifyGeneration};

fn target(what: &str, of: &str) -> Target {
    Target { what: what.into(), of: of.into(), service: None }
}

fn rule(category: &str, rule: &str) -> SetRule {
    SetRule { service: "*".into(), category: category.into(), rule: rule.into() }
}

fn only(service: &str) -> Filter {
    Filter { services: vec![service.into()], ..Filter::default() }
}

fn of_category(category: &str) -> Filter {
    Filter { categories: vec![category.into()], ..Filter::default() }
}

/// What the log says, as one text.
fn told(home: &Home) -> String {
    home.log().iter().map(|entry| format!("{} {:?}\n", entry.kind, entry.payload)).collect()
}

#[test]
fn an_erased_record_is_gone_and_comes_back_only_with_another_export() {
    let home = Home::new();
    let cuts = archives::cuts(home.path(), 220, &[0..100, 40..140]);
    home.import(&cuts[0]);
    let before = facts(home.walk(&Filter::default()));
    let record = home.walk(&Filter::default()).remove(20);
    let erased = home.core.erase(&target("record", &record.id)).unwrap();
    assert_eq!((erased.records, erased.rows, erased.log_entries), (1, 1, 0));
    assert_eq!(home.core.record(&record.id, false).unwrap_err().code, Code::NoSuch);
    assert_eq!(home.core.erase(&target("record", &record.id)).unwrap_err().code, Code::NoSuch);
    let left = facts(home.walk(&Filter::default()));
    assert_eq!(left.len(), before.len() - 1);
    let entry = home.log().pop().unwrap();
    assert_eq!(entry.kind, "payload.erased");
    assert_eq!(
        entry.payload.unwrap(),
        serde_json::json!({ "scope": "record", "records": 1, "rows": 1, "payloads": [] })
    );
    home.log_holds();
    // The very same archive is recognized.
    assert_eq!(home.import(&cuts[0]).state, "known");
    assert_eq!(facts(home.walk(&Filter::default())), left);
    // Another export that holds it brings it back, and an undo of that takes it away again.
    let other = home.import(&archives::unpacked(&cuts[0]));
    assert_eq!(facts(home.walk(&Filter::default())), before);
    home.core.undo_import(other.id).unwrap();
    assert_eq!(facts(home.walk(&Filter::default())), left);
}

#[test]
fn a_day_and_a_category_are_erased_whole_and_nothing_else() {
    let home = Home::new();
    home.import(&archives::netflix(home.path(), 600, NetflixGeneration::Of2023).path);
    home.choose("netflix", "messages", "off").unwrap();
    let day = home
        .walk(&Filter::default())
        .into_iter()
        .filter(|r| r.source.is_some())
        .nth(30)
        .unwrap()
        .day
        .unwrap();
    let of_day = Filter { from: Some(day.clone()), to: Some(day.clone()), ..Filter::default() };
    let (on_day, all) = (home.total(&of_day), home.total(&Filter::default()));
    assert!(on_day > 0);
    assert_eq!(home.core.erase_plan(&target("day", &day)).unwrap().records, on_day);
    assert_eq!(home.core.erase(&target("day", &day)).unwrap().records, on_day);
    assert_eq!((home.total(&of_day), home.total(&Filter::default())), (0, all - on_day));
    let searches = home.total(&of_category("searches"));
    assert!(searches > 0);
    assert_eq!(home.core.erase(&target("category", "searches")).unwrap().records, searches);
    assert_eq!(home.total(&Filter::default()), all - on_day - searches);
    // Settings are a category of services; the choice is Thinline's own.
    home.core.erase(&target("category", "settings")).unwrap();
    let own = home.walk(&Filter { kinds: vec!["choice".into()], ..Filter::default() });
    assert_eq!(own.len(), 1);
    assert_eq!(home.core.erase(&target("record", &own[0].id)).unwrap_err().code, Code::OwnRecord);
    assert_eq!(home.core.hide(&target("record", &own[0].id), true).unwrap_err().code, Code::OwnRecord);
    home.log_holds();
    for (what, of) in [("day", "2026-02-30"), ("category", "x"), ("service", "x"), ("all", "x"), ("x", "")] {
        assert!(home.core.erase(&target(what, of)).is_err(), "{what} {of}");
    }
}

#[test]
fn an_erased_service_is_asked_for_nothing_any_more() {
    let home = Home::new();
    for (service, package) in [("spotify", "extended"), ("netflix", "full")] {
        let asked = AskedFor { service: service.into(), packages: vec![package.into()], asked_on: None };
        home.core.request_asked(&asked).unwrap();
    }
    home.core.erase(&target("service", "netflix")).unwrap();
    let left: Vec<String> =
        home.core.requests().unwrap().requests.into_iter().map(|request| request.service).collect();
    assert_eq!(left, ["spotify"]);
    home.log_holds();
}

#[test]
fn an_erased_service_leaves_no_trace_but_counts_and_choices() {
    let home = Home::new();
    home.import(&archives::netflix(home.path(), 400, NetflixGeneration::Of2025).path);
    let spotify = home.import(&archives::spotify(home.path(), 300, SpotifyGeneration::Current).path);
    let people = home.core.people(Some("netflix")).unwrap().people;
    let name = people[0].name.clone();
    home.core.set_whose(&[thinline_core::wire::Whose { id: people[0].id, whose: "mine".into() }]).unwrap();
    home.choose("netflix", "messages", "off").unwrap();
    assert!(told(&home).contains(&name) && told(&home).contains("archive_sha256"));
    let all = home.total(&only("netflix"));
    let plan = home.core.erase_plan(&target("service", "netflix")).unwrap();
    assert_eq!(plan.log_entries, 2);
    let erased = home.core.erase(&target("service", "netflix")).unwrap();
    assert_eq!((erased.log_entries, erased.records), (2, plan.records));
    assert_eq!(erased.records + 1, all, "its choice stays");
    assert_eq!(home.total(&only("netflix")), 1);
    assert!(!told(&home).contains(&name), "{}", told(&home));
    assert_eq!(home.core.people(Some("netflix")).unwrap().accounts.len(), 0);
    let imports = home.core.imports().unwrap().imports;
    assert_eq!((imports.len(), imports[0].id), (1, spotify.id));
    assert_eq!(home.total(&only("spotify")), spotify.totals.records);
    home.log_holds();
    assert_eq!(home.log().iter().filter(|entry| entry.payload.is_none()).count(), 2);
    let path = home.path().join("log.ndjson");
    home.core.log_export(&path, true).unwrap();
    let checks = thinline_verify::verify_log_file(&path).unwrap();
    assert!(thinline_verify::all_hold(&checks), "{checks:?}");
}

#[test]
fn an_erased_import_leaves_what_another_holds() {
    let home = Home::new();
    let cuts = archives::cuts(home.path(), 220, &[0..120, 60..170]);
    let first = home.import(&cuts[0]);
    let (second, alone) = {
        let other = Home::new();
        other.import(&cuts[1]);
        (home.import(&cuts[1]), facts(other.walk(&Filter::default())))
    };
    let of = first.id.to_string();
    let plan = home.core.erase_plan(&target("import", &of)).unwrap();
    assert!(plan.records > 0 && plan.kept > 0 && plan.log_entries == 1);
    let erased = home.core.erase(&target("import", &of)).unwrap();
    assert_eq!(erased.records, plan.records);
    assert_eq!(facts(home.walk(&Filter::default())), alone);
    let imports = home.core.imports().unwrap().imports;
    assert_eq!((imports.len(), imports[0].id), (1, second.id));
    assert_eq!(home.core.erase(&target("import", &of)).unwrap_err().code, Code::NoSuch);
    home.log_holds();
}

#[test]
fn when_everything_is_erased_the_log_still_holds_and_data_can_come_again() {
    let home = Home::new();
    let made = archives::spotify(home.path(), 300, SpotifyGeneration::Current);
    home.import(&made.path);
    home.choose("spotify", "ads-here", "off").unwrap();
    home.core.set_rule(&rule("location", "never")).unwrap();
    let entries = home.core.status().unwrap().log_size;
    let size = || std::fs::metadata(home.path().join("data/thinline.db")).unwrap().len();
    let before = size();
    home.core.erase(&target("all", "")).unwrap();
    assert!(size() < before, "the file is written anew, without unused parts of pages");
    assert_eq!(home.walk(&Filter::default()).len(), 0);
    assert!(home.core.imports().unwrap().imports.is_empty());
    assert_eq!(home.core.status().unwrap().log_size, entries + 1);
    assert_eq!(home.log().iter().filter(|entry| entry.payload.is_some()).count(), 1);
    home.log_holds();
    assert_eq!(home.core.rules().unwrap().rules.len(), 1, "rules are settings");
    home.core.erase(&target("all", "")).unwrap();
    home.log_holds();
    assert_eq!(home.import(&made.path).state, "done");
    home.log_holds();
}

#[test]
fn a_payload_that_is_taken_away_without_an_entry_is_noticed() {
    let home = Home::new();
    home.choose("spotify", "ads-here", "off").unwrap();
    home.choose("spotify", "messages", "off").unwrap();
    home.core.erase(&target("all", "")).unwrap();
    home.log_holds();
    // Afterwards nothing is covered by that erasure any more.
    home.choose("spotify", "ads-here", "off").unwrap();
    home.core.erase(&target("service", "spotify")).unwrap();
    home.log_holds();
    assert!(home.log().iter().rev().take(2).all(|entry| entry.payload.is_some()));
}

#[test]
fn hidden_records_are_out_of_lists_counts_and_exports_and_can_be_shown_again() {
    let home = Home::new();
    let made = archives::spotify(home.path(), 300, SpotifyGeneration::Current);
    let import = home.import(&made.path);
    let before = facts(home.walk(&Filter::default()));
    let record = home.walk(&Filter::default()).remove(7);
    let day = home.walk(&Filter::default()).remove(90).day.unwrap();
    let hidden = home.core.hide(&target("record", &record.id), true).unwrap();
    assert_eq!((hidden.records, hidden.hidden), (1, true));
    assert_eq!(home.core.hide(&target("record", &record.id), true).unwrap().log, None);
    let of_day = home.core.hide(&target("day", &day), true).unwrap().records;
    let gone = of_day + 1;
    let total = before.len() as u32;
    let stats = home.core.stats(&[], &Filter::default()).unwrap();
    assert_eq!((stats.total, stats.left_out.hidden), (total - gone, gone));
    assert_eq!(home.walk(&Filter::default()).len() as u32, total - gone);
    let shown = Filter { hidden: Some(true), ..Filter::default() };
    let all = home.walk(&shown);
    assert_eq!(all.iter().filter(|record| record.hidden).count() as u32, gone);
    assert_eq!(home.core.stats(&[], &shown).unwrap().total, total);
    assert_eq!(home.core.record(&record.id, false).unwrap().hidden_by.as_deref(), Some("record"));
    let service = home.core.service("spotify").unwrap();
    assert_eq!((service.records, service.left_out.hidden), (total - gone, gone));
    let request = ProfileRequest { filter: shown.clone(), precision: "exact".into(), unmask: false };
    assert_eq!(home.core.profile_preview(&request).unwrap().records, total - gone);
    let search = Filter { search: record.title.clone(), ..Filter::default() };
    assert!(home.walk(&search).iter().all(|one| one.id != record.id));
    // The marks outlive an undo and an import of the same again.
    home.core.undo_import(import.id).unwrap();
    home.import(&made.path);
    assert_eq!(home.walk(&Filter::default()).len() as u32, total - gone);
    home.core.hide(&target("day", &day), false).unwrap();
    home.core.hide(&target("record", &record.id), false).unwrap();
    assert_eq!(facts(home.walk(&Filter::default())), before);
    assert!(!told(&home).contains(&record.title));
    home.log_holds();
}

#[test]
fn an_erased_category_leaves_no_mark_of_records_that_were_undone_before() {
    let home = Home::new();
    let cuts = archives::cuts(home.path(), 220, &[0..60, 100..140]);
    let first = home.import(&cuts[0]);
    let record = home.walk(&Filter::default()).remove(3);
    home.core.hide(&target("record", &record.id), true).unwrap();
    home.core.undo_import(first.id).unwrap();
    home.import(&cuts[1]);
    home.core.erase(&target("category", &record.category)).unwrap();
    home.import(&cuts[0]);
    let back = home.walk(&Filter::default()).into_iter().find(|one| one.id == record.id).unwrap();
    assert_eq!((back.title, back.hidden), (record.title, false));
}

#[test]
fn erasing_a_day_or_a_category_without_records_leaves_no_mark_there_either() {
    let home = Home::new();
    let cut = archives::cuts(home.path(), 220, &[0..60, 60..70]).remove(0);
    let first = home.import(&cut);
    let record = home.walk(&Filter::default()).remove(3);
    let day = record.day.clone().unwrap();
    let mut import = first.id;
    for what in [target("day", &day), target("category", &record.category)] {
        home.core.hide(&target("record", &record.id), true).unwrap();
        home.core.undo_import(import).unwrap();
        assert_eq!(home.core.erase_plan(&what).unwrap().records, 0);
        let entries = home.log().len();
        let erased = home.core.erase(&what).unwrap();
        assert_eq!((erased.records, erased.log.is_some()), (0, true), "the mark is something");
        assert_eq!(home.core.erase(&what).unwrap().log, None, "and now there is nothing");
        assert_eq!(home.log().len(), entries + 1);
        import = home.import(&cut).id;
        assert!(!home.walk(&Filter::default()).iter().find(|one| one.id == record.id).unwrap().hidden);
    }
    // Showing a day again reaches marks of what is not there, and is logged.
    home.core.hide(&target("day", &day), true).unwrap();
    home.core.undo_import(import).unwrap();
    assert_eq!(home.core.hide(&target("day", &day), true).unwrap().log, None, "there is nothing to hide");
    assert!(home.core.hide(&target("day", &day), false).unwrap().log.is_some());
    assert_eq!(home.core.hide(&target("day", &day), false).unwrap().log, None);
    home.import(&cut);
    assert!(home.walk(&Filter::default()).iter().any(|one| one.id == record.id));
    home.log_holds();
}

#[test]
fn a_hidden_play_stays_hidden_whichever_package_tells_it() {
    let home = Home::new();
    let (extended, account) = crate::twofold::both(home.path());
    for (one, two) in [(&extended, &account), (&account, &extended)] {
        let first = home.import(one);
        let plays = of_category("listening");
        let record = home.walk(&plays).remove(0);
        home.core.hide(&target("record", &record.id), true).unwrap();
        let left = home.total(&plays);
        let second = home.import(two);
        let titles: Vec<String> = home.walk(&plays).into_iter().map(|one| one.title).collect();
        assert!(!titles.contains(&record.title), "{titles:?}");
        home.core.undo_import(first.id).unwrap();
        let titles: Vec<String> = home.walk(&plays).into_iter().map(|one| one.title).collect();
        assert!(!titles.contains(&record.title), "{titles:?} {left}");
        home.core.undo_import(second.id).unwrap();
        home.core.erase(&target("all", "")).unwrap();
    }
}

#[test]
fn a_hidden_category_hides_what_is_there_and_what_comes() {
    let home = Home::new();
    home.import(&archives::netflix(home.path(), 400, NetflixGeneration::Of2023).path);
    let all = home.total(&Filter::default());
    let searches = home.total(&of_category("searches"));
    let rules = home.core.set_rule(&rule("searches", "hide")).unwrap();
    assert_eq!((rules.rules.len(), rules.rules[0].records), (1, searches));
    assert_eq!(home.total(&Filter::default()), all - searches);
    home.import(&archives::spotify_account(home.path(), 300).path);
    assert_eq!(home.walk(&of_category("searches")).len(), 0);
    let hidden = home.walk(&Filter { hidden: Some(true), ..of_category("searches") });
    assert!(hidden.len() as u32 >= searches && hidden.iter().all(|record| record.hidden));
    assert_eq!(home.core.record(&hidden[0].id, false).unwrap().hidden_by.as_deref(), Some("category"));
    let entries = home.log().len();
    home.core.set_rule(&rule("searches", "hide")).unwrap();
    assert_eq!(home.log().len(), entries, "nothing changed, nothing is logged");
    assert!(home.core.set_rule(&rule("searches", "none")).unwrap().rules.is_empty());
    assert_eq!(home.walk(&of_category("searches")).len(), hidden.len());
    for bad in [
        rule("x", "hide"),
        rule("searches", "x"),
        SetRule { service: "x".into(), ..rule("searches", "hide") },
    ] {
        assert!(home.core.set_rule(&bad).is_err());
    }
}

#[test]
fn what_is_never_imported_is_counted_as_left_out_and_kept_nowhere() {
    let home = Home::new();
    let made = archives::netflix(home.path(), 400, NetflixGeneration::Of2023);
    home.core.set_rule(&rule("searches", "never")).unwrap();
    let report = home.import(&made.path);
    adds_up(&report);
    let left_out: u32 = report.files.iter().filter_map(|file| file.reasons.get("left-out-by-you")).sum();
    assert!(left_out > 0);
    assert!(report.coverage.iter().all(|coverage| coverage.category != "searches"));
    assert_eq!(home.total(&Filter { hidden: Some(true), ..of_category("searches") }), 0);
    let categories: BTreeSet<String> =
        home.walk(&Filter::default()).into_iter().map(|record| record.category).collect();
    assert!(categories.contains("viewing") && !categories.contains("searches"));
    // Without the rule they come, all of them.
    let other = Home::new();
    other.import(&made.path);
    assert_eq!(other.total(&of_category("searches")), left_out);
    other.core.set_rule(&rule("searches", "never")).unwrap();
    assert_eq!(other.total(&of_category("searches")), left_out, "what is there stays until it is erased");
    other.core.erase(&target("category", "searches")).unwrap();
    assert_eq!(facts(other.walk(&Filter::default())), facts(home.walk(&Filter::default())));
}

#[test]
fn a_write_waits_a_moment_for_another_one_and_is_refused_if_it_takes_long() {
    let home = Home::new();
    let lock = || {
        let file = std::fs::File::options().write(true).open(home.path().join("data/writer.lock")).unwrap();
        file.lock().unwrap();
        file
    };
    home.core.set_rule(&rule("location", "never")).unwrap();
    let held = lock();
    std::thread::scope(|scope| {
        let write = scope.spawn(|| home.core.set_rule(&rule("location", "hide")));
        std::thread::sleep(std::time::Duration::from_millis(300));
        assert!(!write.is_finished());
        drop(held);
        write.join().unwrap().unwrap();
    });
    let _held = lock();
    assert_eq!(home.core.set_rule(&rule("location", "none")).unwrap_err().code, Code::Busy);
}
