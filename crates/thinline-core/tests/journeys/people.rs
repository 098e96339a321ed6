//! Whose household profiles are, and which account an export belongs to.

use crate::archives;
use crate::home::{Calm, Home, facts};
use std::path::{Path, PathBuf};
use thinline_core::ImportOptions;
use thinline_core::wire::{Code, Filter, ImportReport, ProfileRequest, Whose};
use thinline_sample::NetflixGeneration;

fn whose(id: u32, whose: &str) -> Whose {
    Whose { id, whose: whose.into() }
}

#[test]
fn undecided_and_others_profiles_stay_on_the_timeline_and_out_of_counts_and_exports() {
    let home = Home::new();
    let made = archives::netflix(home.path(), 600, NetflixGeneration::Of2025);
    let import = home.import(&made.path);
    let people = home.core.people(Some("netflix")).unwrap().people;
    assert!(people.len() > 1 && people.iter().all(|one| one.whose == "undecided" && !one.decided));
    let of_people: u32 = people.iter().map(|one| one.records).sum();
    let all = home.walk(&Filter::default()).len() as u32;
    let stats = home.core.stats(&[], &Filter::default()).unwrap();
    assert_eq!((stats.total, stats.left_out.undecided), (all - of_people, of_people));

    let entries = home.log().len();
    let decided = [whose(people[0].id, "mine"), whose(people[1].id, "not-mine")];
    home.core.set_whose(&decided).unwrap();
    home.core.set_whose(&decided).unwrap();
    assert_eq!(home.log().len(), entries + 1, "one entry, and none for what stands");
    let counted = |home: &Home| {
        let service = home.core.service("netflix").unwrap();
        let stats = home.core.stats(&[], &Filter::default()).unwrap();
        assert_eq!((stats.total, stats.left_out), (service.records, service.left_out));
        (stats.total, stats.left_out.not_mine, stats.left_out.undecided)
    };
    let expected = (
        all - of_people + people[0].records,
        people[1].records,
        of_people - people[0].records - people[1].records,
    );
    assert_eq!(counted(&home), expected);
    assert_eq!(home.walk(&Filter::default()).len() as u32, all);
    let request = ProfileRequest { filter: Filter::default(), precision: "exact".into(), unmask: false };
    assert_eq!(home.core.profile_preview(&request).unwrap().records, expected.0);
    let named = Filter { persons: vec![people[1].name.clone()], ..Filter::default() };
    assert_eq!(
        home.core.stats(&[], &named).unwrap().total,
        people[1].records,
        "who asks by name gets an answer"
    );
    let everyone = Filter { everyone: Some(true), ..Filter::default() };
    assert_eq!(home.core.stats(&[], &everyone).unwrap().total, all);

    // Nobody is asked again.
    home.core.undo_import(import.id).unwrap();
    assert!(home.core.people(None).unwrap().people.is_empty());
    home.import(&made.path);
    assert_eq!(counted(&home), expected);
    let reopened = home.reopened().people(Some("netflix")).unwrap().people;
    assert_eq!(reopened.iter().filter(|one| one.decided).count(), 2);
    home.core.set_whose(&[whose(people[1].id, "undecided")]).unwrap();
    assert_eq!(counted(&home).1, 0);
    assert_eq!(home.core.set_whose(&[whose(9_999, "mine")]).unwrap_err().code, Code::NoSuch);
    assert_eq!(home.core.set_whose(&[whose(people[0].id, "x")]).unwrap_err().code, Code::BadValue);
    home.log_holds();
}

/// Account data of somebody: an id and a few searches.
fn of_account(dir: &Path, name: &str, id: Option<&str>, searches: std::ops::Range<u32>) -> PathBuf {
    let queries: Vec<_> = searches
        .map(|n| {
            serde_json::json!({
                "platform": "ANDROID", "searchTime": format!("2025-03-{:02}T10:00:00.000Z[UTC]", n + 1),
                "searchQuery": format!("harbor {n}"), "searchInteractionURIs": [],
            })
        })
        .collect();
    let queries = serde_json::to_string(&queries).unwrap();
    let user =
        serde_json::json!({ "username": id, "country": "NL", "createdFromFacebook": false }).to_string();
    let mut members = vec![("Spotify Account Data/SearchQueries.json", queries.as_str())];
    if id.is_some() {
        members.push(("Spotify Account Data/Userdata.json", user.as_str()));
    }
    archives::zip_of(&dir.join(name), &members)
}

fn import_as(home: &Home, path: &Path, account: Option<&str>) -> Result<ImportReport, Code> {
    let options = ImportOptions { account: account.map(str::to_owned), ..ImportOptions::default() };
    home.core.import(1, path, &options, &Calm).map_err(|error| error.code)
}

#[test]
fn two_exports_in_one_archive_are_refused_and_each_is_read_on_its_own() {
    let home = Home::new();
    let search = |text: &str| {
        format!(
            r#"[{{"platform":"ANDROID","searchTime":"2025-03-01T10:00:00.000Z[UTC]","searchQuery":"{text}","searchInteractionURIs":[]}}]"#
        )
    };
    let user = |id: &str| format!(r#"{{"username":"{id}","country":"NL","createdFromFacebook":false}}"#);
    let (robin, kim, one, other) = (user("robin"), user("kim"), search("harbor"), search("tides"));
    let mine = [("Robin/Userdata.json", robin.as_str()), ("Robin/SearchQueries.json", one.as_str())];
    let theirs = [("Kim/Userdata.json", kim.as_str()), ("Kim/SearchQueries.json", other.as_str())];
    let both = archives::zip_of(&home.path().join("both.zip"), &[mine, theirs].concat());
    for account in [None, Some("Robin")] {
        assert_eq!(import_as(&home, &both, account).unwrap_err(), Code::TwoAccounts);
    }
    assert_eq!(home.core.check(&both, &ImportOptions::default()).unwrap_err().code, Code::TwoAccounts);
    assert!(home.core.imports().unwrap().imports.is_empty() && home.walk(&Filter::default()).is_empty());
    let mine = archives::zip_of(&home.path().join("mine.zip"), &mine);
    let theirs = archives::zip_of(&home.path().join("theirs.zip"), &theirs);
    import_as(&home, &mine, Some("Robin")).unwrap();
    import_as(&home, &theirs, Some("Kim")).unwrap();
    let accounts: Vec<_> = home.core.people(None).unwrap().accounts.into_iter().map(|one| one.name).collect();
    assert_eq!(accounts, ["Robin", "Kim"]);
}

#[test]
fn another_account_is_asked_for_once_and_recognized_from_then_on() {
    let home = Home::new();
    let path = |name: &str, id, searches| of_account(home.path(), name, id, searches);
    let first = import_as(&home, &path("a.zip", Some("robin-example"), 0..4), None).unwrap();
    assert_eq!(first.account, "default");
    // The same id in another spelling is the same account.
    let again = import_as(&home, &path("b.zip", Some(" Robin-Example"), 2..6), None).unwrap();
    assert_eq!((again.account.as_str(), again.totals.known > 0), ("default", true));
    let other = path("c.zip", Some("kim-example"), 0..4);
    assert_eq!(import_as(&home, &other, None).unwrap_err(), Code::WhichAccount);
    assert_eq!(home.core.imports().unwrap().imports.len(), 2, "nothing was stored");
    let theirs = import_as(&home, &other, Some("Kim")).unwrap();
    assert_eq!(
        (theirs.account.as_str(), theirs.totals.known),
        ("Kim", 0),
        "one search in two accounts is two records"
    );
    let next = import_as(&home, &path("d.zip", Some("kim-example"), 3..7), None).unwrap();
    assert_eq!((next.account.as_str(), next.totals.known > 0), ("Kim", true));
    // Without an id nobody can tell which of two it is.
    assert_eq!(import_as(&home, &path("e.zip", None, 8..9), None).unwrap_err(), Code::WhichAccount);
    // "It is the same one": a second id of an account is remembered too.
    let renamed = path("f.zip", Some("kim-since-married"), 0..2);
    assert_eq!(import_as(&home, &renamed, None).unwrap_err(), Code::WhichAccount);
    assert_eq!(import_as(&home, &renamed, Some("Kim")).unwrap().account, "Kim");
    assert_eq!(
        import_as(&home, &path("g.zip", Some("kim-since-married"), 0..1), None).unwrap().account,
        "Kim"
    );
    let people = home.core.people(Some("spotify")).unwrap();
    assert!(people.accounts.len() == 2 && people.accounts.iter().all(|account| account.recognized));
    let log =
        serde_json::to_string(&home.log().iter().map(|entry| &entry.payload).collect::<Vec<_>>()).unwrap();
    for id in ["robin-example", "kim-example", "kim-since"] {
        assert!(!log.to_lowercase().contains(id), "{id}");
    }
}

#[test]
fn a_renamed_account_still_knows_its_records() {
    let home = Home::new();
    let first = of_account(home.path(), "a.zip", Some("robin-example"), 0..5);
    import_as(&home, &first, None).unwrap();
    let before = facts(home.walk(&Filter::default())).len();
    let account = home.core.people(None).unwrap().accounts.remove(0);
    let entries = home.log().len();
    let people = home.core.rename_account(account.id, " Robin's ").unwrap();
    assert_eq!(people.accounts[0].name, "Robin's");
    assert_eq!(home.log().len(), entries + 1);
    // The same rows in another archive are known, also without naming the account.
    let folder = archives::unpacked(&first);
    let again = import_as(&home, &folder, None).unwrap();
    assert_eq!((again.account.as_str(), again.totals.read), ("Robin's", 0));
    assert_eq!(facts(home.walk(&Filter::default())).len(), before);
    // Whoever takes the old name is somebody else.
    let other = of_account(home.path(), "b.zip", Some("kim-example"), 0..5);
    let theirs = import_as(&home, &other, Some("default")).unwrap();
    assert_eq!((theirs.totals.known, theirs.account.as_str()), (0, "default"));
    for bad in ["", "  ", "default", &"x".repeat(101)] {
        assert_eq!(home.core.rename_account(account.id, bad).unwrap_err().code, Code::BadValue, "{bad}");
    }
    assert_eq!(home.core.rename_account(999, "x").unwrap_err().code, Code::NoSuch);
    home.log_holds();
}

/// Calls something when cancelling is asked for, and once more when reading is over.
struct Meanwhile<C: Fn(u32) -> bool + Sync, P: Fn(&str) + Sync>(C, P, std::sync::atomic::AtomicU32);

impl<C: Fn(u32) -> bool + Sync, P: Fn(&str) + Sync> Meanwhile<C, P> {
    fn new(cancelled: C, progress: P) -> Self {
        Self(cancelled, progress, std::sync::atomic::AtomicU32::new(0))
    }
}

impl<C: Fn(u32) -> bool + Sync, P: Fn(&str) + Sync> thinline_core::ImportWatch for Meanwhile<C, P> {
    fn progress(&self, progress: thinline_core::wire::Progress) {
        (self.1)(&progress.phase);
    }

    fn cancelled(&self) -> bool {
        (self.0)(self.2.fetch_add(1, std::sync::atomic::Ordering::Relaxed))
    }
}

#[test]
fn the_account_of_an_import_that_was_given_up_is_not_taken_for_the_next_one() {
    let home = Home::new();
    let theirs = of_account(home.path(), "a.zip", None, 0..4);
    let options = ImportOptions { account: Some("Kim".into()), ..ImportOptions::default() };
    let later = Meanwhile::new(|asked| asked > 0, |_| {});
    let report = home.core.import(1, &theirs, &options, &later).unwrap();
    assert_eq!((report.state.as_str(), report.id), ("cancelled", 0));
    let mine = of_account(home.path(), "b.zip", Some("robin-example"), 2..6);
    assert_eq!(import_as(&home, &mine, None).unwrap().account, "default");
}

#[test]
fn an_account_that_is_renamed_while_it_is_imported_stays_one() {
    let home = Home::new();
    import_as(&home, &of_account(home.path(), "a.zip", None, 0..3), None).unwrap();
    let account = home.core.people(None).unwrap().accounts.remove(0);
    let rename = |phase: &str| {
        if phase == "indexing" {
            home.core.rename_account(account.id, "Robin's").unwrap();
        }
    };
    let path = of_account(home.path(), "b.zip", Some("robin-example"), 2..6);
    let during = Meanwhile::new(|_| false, rename);
    home.core.import(1, &path, &ImportOptions::default(), &during).unwrap();
    let next = of_account(home.path(), "c.zip", Some("robin-example"), 2..8);
    let next = import_as(&home, &next, None).unwrap();
    assert_eq!((next.account.as_str(), next.totals.known > 0), ("Robin's", true));
    assert_eq!(home.core.people(None).unwrap().accounts.len(), 1);
    home.log_holds();
}

#[test]
fn a_rule_cannot_come_too_late_for_an_import_that_was_begun() {
    let home = Home::new();
    let path = of_account(home.path(), "a.zip", None, 0..4);
    let rule = thinline_core::wire::SetRule {
        service: "*".into(),
        category: "searches".into(),
        rule: "never".into(),
    };
    let answer = std::sync::Mutex::new(None);
    let first = |asked: u32| {
        if asked == 0 {
            *answer.lock().unwrap() = home.core.set_rule(&rule).err().map(|error| error.code);
        }
        false
    };
    home.core.import(1, &path, &ImportOptions::default(), &Meanwhile::new(first, |_| {})).unwrap();
    let told = *answer.lock().unwrap();
    assert_eq!(told, Some(Code::Busy), "or it would say that it holds, and it does not");
}

#[test]
fn an_import_that_died_is_gone_for_whoever_writes_next() {
    let home = Home::new();
    let path = of_account(home.path(), "a.zip", Some("robin-example"), 0..4);
    let dies = Meanwhile::new(|_| false, |phase| assert_ne!(phase, "indexing", "dies on purpose"));
    let ended = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        home.core.import(1, &path, &ImportOptions::default(), &dies)
    }));
    assert!(ended.is_err());
    let target = |what: &str, of: &str| thinline_core::wire::Target {
        what: what.into(),
        of: of.into(),
        service: None,
    };
    // Its rows are in the store, and their words are not in the index.
    home.core.erase(&target("service", "spotify")).unwrap();
    assert_eq!(home.total(&Filter::default()), 0);
    assert_eq!(home.core.imports().unwrap().imports.len(), 0);
    let report = import_as(&home, &path, None).unwrap();
    assert_eq!((report.account.as_str(), report.totals.known), ("default", 0));
    let search = Filter { search: "harbor".into(), ..Filter::default() };
    assert_eq!(home.total(&search), 4);
    home.core.undo_import(report.id).unwrap();
    assert_eq!(home.total(&search), 0);
    home.log_holds();
}
