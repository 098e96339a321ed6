//! Asking services for data: the steps, restarts, imports that answer, days in other zones, the list, the calendar file.

use crate::archives;
use crate::home::Home;
use thinline_core::wire::{AskedFor, Code, Filter, ReadyNow, Request, TodoItem};
use thinline_sample::{NetflixGeneration, SpotifyGeneration};

fn ask(home: &Home, service: &str, packages: &[&str], on: Option<&str>) -> Result<Vec<Request>, Code> {
    let asked = AskedFor {
        service: service.into(),
        packages: packages.iter().map(|&id| id.into()).collect(),
        asked_on: on.map(Into::into),
    };
    home.core.request_asked(&asked).map(|all| all.requests).map_err(|error| error.code)
}

fn ready(home: &Home, id: u32, on: Option<&str>, until: Option<&str>) -> Result<Vec<Request>, Code> {
    let ready = ReadyNow { id, ready_on: on.map(Into::into), link_expires: until.map(Into::into) };
    home.core.request_ready(&ready).map(|all| all.requests).map_err(|error| error.code)
}

fn states(home: &Home) -> Vec<(String, String)> {
    let all = home.core.requests().unwrap().requests;
    all.into_iter().map(|request| (request.package, request.state)).collect()
}

fn kinds_of_log(home: &Home, prefix: &str) -> Vec<String> {
    let kinds = home.log().into_iter().map(|entry| entry.kind);
    kinds.filter(|kind| kind.starts_with(prefix)).collect()
}

fn ids(items: &[TodoItem]) -> Vec<&str> {
    items.iter().map(|item| item.id.as_str()).collect()
}

#[test]
fn packages_of_a_service_wait_separately_and_survive_a_restart() {
    let home = Home::new();
    ask(&home, "spotify", &["extended", "account"], Some("2026-01-10")).unwrap();
    let before = home.core.requests().unwrap().requests;
    let (account, extended) = (&before[1], &before[0]);
    assert_eq!([&*account.package, &*extended.package], ["account", "extended"]);
    assert_eq!((&*account.expected_by, &*extended.expected_by), ("2026-01-15", "2026-02-09"));
    ready(&home, account.id, Some("2026-01-12"), Some("2026-01-26")).unwrap();

    let after = home.reopened().requests().unwrap().requests;
    assert_eq!(after.iter().map(|one| &*one.state).collect::<Vec<_>>(), ["asked", "ready"]);
    assert_eq!(after[1].link_expires.as_deref(), Some("2026-01-26"));
    assert_eq!(after[0], before[0]);
    assert!(home.core.service("spotify").unwrap().listed, "a service that is asked is one of theirs");
    home.log_holds();
}

#[test]
fn each_step_is_one_entry_of_the_log_and_one_record_of_the_timeline() {
    let home = Home::new();
    let id = ask(&home, "netflix", &["full"], Some("2026-01-10")).unwrap()[0].id;
    ready(&home, id, None, None).unwrap();
    home.core.request_give_up(id).unwrap();
    home.core.request_reopen(id).unwrap();
    let steps = ["request.asked", "request.ready", "request.closed", "request.reopened"];
    assert_eq!(kinds_of_log(&home, "request."), steps);
    let filter = Filter { kinds: vec!["request".into()], ..Filter::default() };
    let records = home.walk(&filter);
    assert_eq!(records.len(), 4);
    assert!(
        records
            .iter()
            .all(|one| one.service == "netflix" && one.title == "Download your personal information")
    );
    assert_eq!(states(&home), [("full".into(), "ready".into())], "it goes on where it was");
    home.log_holds();
}

#[test]
fn what_does_not_fit_is_refused_and_leaves_everything_as_it_was() {
    let home = Home::new();
    let id = ask(&home, "netflix", &["full"], Some("2026-01-10")).unwrap()[0].id;
    let before = home.state();
    assert_eq!(ask(&home, "netflix", &[], None), Err(Code::BadValue));
    assert_eq!(ask(&home, "netflix", &["extended"], None), Err(Code::NoSuch));
    assert_eq!(ask(&home, "netflix", &["small-list"], None), Err(Code::NoSuch), "nobody has to ask for it");
    assert_eq!(ask(&home, "nowhere", &["full"], None), Err(Code::NoSuch));
    for day in ["2999-01-01", "2005-12-31", "2026-02-30", "yesterday"] {
        assert_eq!(ask(&home, "netflix", &["full"], Some(day)), Err(Code::BadValue), "{day}");
    }
    assert_eq!(ready(&home, id, Some("2026-01-09"), None), Err(Code::BadValue), "before it was asked for");
    assert_eq!(ready(&home, id, Some("2026-01-12"), Some("2026-01-11")), Err(Code::BadValue));
    assert_eq!(ready(&home, id, Some("2026-01-12"), Some("2036-01-12")), Err(Code::BadValue));
    assert_eq!(ready(&home, id + 1, None, None), Err(Code::NoSuch));
    assert_eq!(home.core.request_reopen(id).unwrap_err().code, Code::BadValue, "it has not ended");
    assert_eq!(home.state(), before);
}

#[test]
fn asking_again_gives_the_one_before_up() {
    let home = Home::new();
    ask(&home, "spotify", &["account"], Some("2026-01-10")).unwrap();
    ask(&home, "spotify", &["account"], Some("2026-02-10")).unwrap();
    assert_eq!(states(&home), [("account".into(), "asked".into()), ("account".into(), "gave-up".into())]);
    assert_eq!(kinds_of_log(&home, "request."), ["request.asked", "request.closed", "request.asked"]);
}

#[test]
fn an_import_of_the_package_ends_its_request_and_no_other() {
    let home = Home::new();
    ask(&home, "spotify", &["extended", "account"], Some("2025-03-01")).unwrap();
    ask(&home, "netflix", &["full"], Some("2025-03-01")).unwrap();
    let report = home.import(&archives::spotify(home.path(), 40, SpotifyGeneration::Current).path);
    let all = home.core.requests().unwrap().requests;
    let state = |package: &str| all.iter().find(|one| one.package == package).unwrap();
    assert_eq!((&*state("extended").state, state("extended").import), ("imported", Some(report.id)));
    assert_eq!([&*state("account").state, &*state("full").state], ["asked", "asked"]);

    home.import(&archives::spotify_account(home.path(), 60).path);
    home.import(&archives::netflix(home.path(), 60, NetflixGeneration::Of2025).path);
    assert!(states(&home).iter().all(|(_, state)| state == "imported"), "{:?}", states(&home));
    assert_eq!(kinds_of_log(&home, "request.closed").len(), 3);
    home.log_holds();
}

#[test]
fn a_list_that_people_have_without_asking_answers_no_request() {
    let home = Home::new();
    ask(&home, "netflix", &["full"], Some("2026-01-10")).unwrap();
    let list = "Title,Date\nThe Example Tides,2/25/26\nLow Water,2/26/26\n";
    let list = archives::zip_of(&home.path().join("list.zip"), &[("NetflixViewingHistory.csv", list)]);
    assert_eq!(home.import(&list).totals.read, 2);
    assert_eq!(states(&home), [("full".into(), "asked".into())]);
}

#[test]
fn an_older_export_and_an_earlier_import_answer_no_request() {
    let home = Home::new();
    let archive = archives::spotify(home.path(), 40, SpotifyGeneration::Current).path;
    // Asked for long after this export was made.
    ask(&home, "spotify", &["extended"], Some("2026-01-10")).unwrap();
    let report = home.import(&archive);
    assert_eq!(states(&home)[0].1, "asked");
    home.core.undo_import(report.id).unwrap();
    // Noted only after the import: it is about another one.
    home.import(&archive);
    ask(&home, "spotify", &["extended"], Some("2025-03-01")).unwrap();
    let all = home.core.requests().unwrap().requests;
    let earlier = all.iter().find(|one| one.asked_on == "2025-03-01").unwrap();
    assert_eq!((&*earlier.state, earlier.import), ("asked", None));
}

#[test]
fn undoing_the_import_lets_the_request_go_on() {
    let home = Home::new();
    let id = ask(&home, "spotify", &["extended"], Some("2025-03-01")).unwrap()[0].id;
    ready(&home, id, Some("2025-03-03"), None).unwrap();
    let archive = archives::spotify(home.path(), 40, SpotifyGeneration::Current).path;
    let report = home.import(&archive);
    assert_eq!(states(&home)[0].1, "imported");
    home.core.undo_import(report.id).unwrap();
    assert_eq!(states(&home)[0].1, "ready");
    home.import(&archive);
    assert_eq!(states(&home)[0].1, "imported", "the next import ends it again");
}

#[test]
fn a_request_stays_ended_when_its_export_is_read_again() {
    let home = Home::new();
    ask(&home, "spotify", &["extended"], Some("2025-03-01")).unwrap();
    let archive = archives::spotify(home.path(), 40, SpotifyGeneration::Current).path;
    let old = home.import(&archive);
    assert_eq!(states(&home)[0].1, "imported");
    let new = home.core.import_again(2, old.id, &archive, None, &crate::home::Calm).unwrap();
    let now = home.core.requests().unwrap().requests.remove(0);
    assert_eq!((now.state.as_str(), now.import), ("imported", Some(new.id)));
    assert_eq!(kinds_of_log(&home, "request.reopened").len(), 0);
}

#[test]
fn a_request_that_an_import_ended_by_mistake_stays_open_once_it_was_opened_again() {
    let home = Home::new();
    let id = ask(&home, "spotify", &["extended"], Some("2025-03-01")).unwrap()[0].id;
    home.import(&archives::spotify(home.path(), 40, SpotifyGeneration::Current).path);
    home.core.requests().unwrap();
    home.core.request_reopen(id).unwrap();
    assert_eq!(states(&home)[0].1, "asked");
    assert_eq!(home.reopened().requests().unwrap().requests[0].state, "asked");
}

/// The Line Islands are a day ahead of the far west of the Pacific.
#[test]
fn days_stay_what_they_are_in_every_zone_and_nothing_is_late_too_early() {
    let home = Home::new();
    home.live_in("Pacific/Kiritimati");
    let today = home.core.requests().unwrap().today;
    let asked = ask(&home, "spotify", &["account"], Some(&today)).unwrap().remove(0);
    assert_eq!((asked.days_left, asked.overdue), (Some(5), false));
    home.live_in("Etc/GMT+12");
    let west = home.core.requests().unwrap();
    assert!(west.today < today, "{} {today}", west.today);
    // Asked on what is tomorrow here: shown as it was said, and waited for a day longer.
    let there = &west.requests[0];
    assert_eq!((&there.asked_on, &there.expected_by), (&asked.asked_on, &asked.expected_by));
    assert!(!there.overdue && there.days_left > Some(5));
    assert_eq!(
        ask(&home, "netflix", &["full"], Some(&today)),
        Err(Code::BadValue),
        "that day has not come here"
    );
}

#[test]
fn what_is_late_moves_to_the_top_and_says_what_the_law_of_the_country_says() {
    let home = Home::new();
    ask(&home, "spotify", &["account"], Some("2026-01-10")).unwrap();
    let late = home.core.requests().unwrap().requests.remove(0);
    assert!(late.overdue && late.days_left < Some(0) && late.duty.is_none(), "no country is known");
    let mut preferences = home.core.settings_info().unwrap().preferences;
    preferences.country = "DE".into();
    home.core.set_preferences(&preferences).unwrap();
    let duty = home.core.requests().unwrap().requests.remove(0).duty.unwrap();
    // The tenth of February 2026 is a Tuesday.
    assert_eq!((&*duty.rule, &*duty.due, duty.over), ("gdpr", "2026-02-10", true));
    let todo = home.core.todo().unwrap();
    assert!(todo.now[0].request.as_ref().unwrap().overdue);
    assert!(todo.waiting.is_empty());
}

#[test]
fn the_list_goes_by_date_and_what_is_done_folds_away() {
    let home = Home::new();
    assert!(home.core.todo().unwrap().now.is_empty());
    home.core.list_service("netflix", true).unwrap();
    let today = home.core.requests().unwrap().today;
    ask(&home, "spotify", &["extended", "account", "technical-log"], Some(&today)).unwrap();
    let all = home.core.requests().unwrap().requests;
    let id = |package: &str| all.iter().find(|one| one.package == package).unwrap().id;
    let name = |package: &str| format!("request-{}", id(package));
    ready(&home, id("technical-log"), None, Some("2026-12-31")).ok();
    home.core.request_give_up(id("technical-log")).unwrap();
    let todo = home.core.todo().unwrap();
    assert_eq!(ids(&todo.now), ["ask-netflix"]);
    assert_eq!(ids(&todo.waiting), [&*name("account"), &*name("extended")], "five days before thirty");
    assert_eq!(ids(&todo.done), [&*name("technical-log")]);
}

#[test]
fn an_item_that_can_wait_comes_back_and_a_link_that_ends_does_not_wait() {
    let home = Home::new();
    home.core.list_service("netflix", true).unwrap();
    assert_eq!(ids(&home.core.todo_later("ask-netflix").unwrap().now), [""; 0]);
    assert!(home.reopened().todo().unwrap().now.is_empty(), "for a week, in every program");
    let id = ask(&home, "netflix", &["full"], None).unwrap()[0].id;
    ready(&home, id, None, None).unwrap();
    let item = format!("request-{id}");
    assert_eq!(home.core.todo_later(&item).unwrap_err().code, Code::NoSuch);
    assert_eq!(home.core.todo_later("nonsense").unwrap_err().code, Code::NoSuch);
}

#[test]
fn a_recovery_code_is_asked_for_after_the_first_import_and_can_be_put_off() {
    let home = Home::new();
    home.choose("spotify", "ads-here", "off").unwrap();
    assert!(!ids(&home.core.todo().unwrap().now).contains(&"recovery"));
    home.import(&archives::spotify(home.path(), 20, SpotifyGeneration::Current).path);
    assert!(ids(&home.core.todo().unwrap().now).contains(&"recovery"));
    assert!(!ids(&home.core.todo_later("recovery").unwrap().now).contains(&"recovery"));
}

#[test]
fn sample_data_asks_for_no_recovery_code() {
    let dir = tempfile::tempdir().unwrap();
    let core = thinline_core::Core::new(Some(&dir.path().join("data"))).unwrap();
    core.sample_start().unwrap();
    assert!(!ids(&core.todo().unwrap().now).contains(&"recovery"));
    assert!(!core.recovery().unwrap().set);
}

/// Lines as RFC 5545 has them: ended by CRLF, at most 75 octets, folded by a space.
fn unfolded(text: &str) -> Vec<String> {
    assert!(
        text.ends_with("\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']),
        "every line ends with CRLF"
    );
    let mut lines: Vec<String> = Vec::new();
    for line in text.trim_end_matches("\r\n").split("\r\n") {
        assert!(line.len() <= 75, "{} octets", line.len());
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(more), Some(last)) => last.push_str(more),
            _ => lines.push(line.to_owned()),
        }
    }
    lines
}

/// Name without parameters, and value, of every line; with the nesting checked on the way.
fn properties(text: &str) -> Vec<(String, String)> {
    let mut open = Vec::new();
    let mut found = Vec::new();
    for line in unfolded(text) {
        let (name, value) = line.split_once(':').unwrap();
        match name {
            "BEGIN" => open.push(value.to_owned()),
            "END" => assert_eq!(open.pop().as_deref(), Some(value)),
            _ => assert!(open[0] == "VCALENDAR"),
        }
        let inside = open.last().map_or("", String::as_str);
        found.push((format!("{inside}/{name}"), value.to_owned()));
    }
    assert!(open.is_empty());
    found
}

#[test]
fn a_calendar_file_holds_a_whole_day_for_each_request_and_nothing_of_the_person() {
    let home = Home::new();
    ask(&home, "spotify", &["extended", "account"], Some("2026-01-10")).unwrap();
    let id = ask(&home, "netflix", &["full"], Some("2026-01-10")).unwrap()[0].id;
    ready(&home, id, Some("2026-01-20"), Some("2026-02-19")).unwrap();
    let path = home.path().join("x.ics");
    let written = home.core.calendar_write(&path, None, &[], false).unwrap();
    assert_eq!(written.records, 3);
    let text = std::fs::read_to_string(&path).unwrap();
    let found = properties(&text);
    let all = |name: &str| -> Vec<&str> {
        found.iter().filter(|(n, _)| n == name).map(|(_, value)| value.as_str()).collect()
    };
    assert_eq!(all("VCALENDAR/VERSION"), ["2.0"]);
    assert_eq!(all("VCALENDAR/PRODID").len(), 1);
    let mut starts = all("VEVENT/DTSTART;VALUE=DATE");
    starts.sort_unstable();
    assert_eq!(starts, ["20260115", "20260209", "20260219"]);
    let mut ends = all("VEVENT/DTEND;VALUE=DATE");
    ends.sort_unstable();
    assert_eq!(ends, ["20260116", "20260210", "20260220"], "the day after, which is not in it any more");
    let uids: std::collections::BTreeSet<_> = all("VEVENT/UID").into_iter().collect();
    assert_eq!(uids.len(), 3);
    assert_eq!(all("VEVENT/DTSTAMP").len(), 3);
    assert_eq!(
        all("VALARM/TRIGGER").len() + all("VALARM/TRIGGER;RELATED=START").len(),
        1,
        "only for a link that ends"
    );
    for private in [home.path().to_str().unwrap(), "default", "mailto"] {
        assert!(!text.contains(private), "{private}");
    }
    let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&path).unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn a_request_keeps_its_name_in_calendars_and_counts_its_changes() {
    let home = Home::new();
    let id = ask(&home, "netflix", &["full"], Some("2026-01-10")).unwrap()[0].id;
    let write = |name: &str| {
        let path = home.path().join(name);
        home.core.calendar_write(&path, Some(id), &[], false).unwrap();
        properties(&std::fs::read_to_string(&path).unwrap())
    };
    let value = |of: &[(String, String)], name: &str| of.iter().find(|(n, _)| n == name).unwrap().1.clone();
    let first = write("1.ics");
    ready(&home, id, Some("2026-01-12"), Some("2026-01-26")).unwrap();
    let second = home.reopened();
    drop(second);
    let second = write("2.ics");
    assert_eq!(value(&first, "VEVENT/UID"), value(&second, "VEVENT/UID"));
    assert_eq!((&*value(&first, "VEVENT/SEQUENCE"), &*value(&second, "VEVENT/SEQUENCE")), ("0", "1"));
}

#[test]
fn an_empty_calendar_is_not_written_and_no_file_is_replaced_unasked() {
    let home = Home::new();
    let path = home.path().join("x.ics");
    assert_eq!(home.core.calendar_write(&path, None, &[], false).unwrap_err().code, Code::NoSuch);
    assert!(!path.exists());
    ask(&home, "netflix", &["full"], None).unwrap();
    assert_eq!(
        home.core.calendar_write(&path, None, &["spotify".into()], false).unwrap_err().code,
        Code::NoSuch
    );
    std::fs::write(&path, "mine").unwrap();
    let log = home.log().len();
    assert_eq!(home.core.calendar_write(&path, None, &[], false).unwrap_err().code, Code::CannotWrite);
    assert_eq!((std::fs::read_to_string(&path).unwrap().as_str(), home.log().len()), ("mine", log));
    home.core.calendar_write(&path, None, &[], true).unwrap();
    assert_eq!(home.log().last().unwrap().kind, "profile.exported");
}
