//! Importing: what the report says against what was written, forms of an archive, overlaps, undo, cancelling.

use crate::archives::{self, Made};
use crate::home::{Calm, Home, adds_up, facts, walk};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use thinline_core::wire::{Code, Filter, ImportReport, Progress};
use thinline_core::{ImportOptions, ImportWatch, StatKey, Topic};
use thinline_sample::{NetflixGeneration, SpotifyGeneration};

/// Every counted file has its rows, records and copies; nothing of the rest is left out of the list.
fn says_what_was_written(report: &ImportReport, made: &Made) {
    adds_up(report);
    let w = &made.written;
    assert_eq!(report.state, "done");
    assert_eq!((u64::from(report.totals.rows), u64::from(report.totals.records)), (w.rows, w.records));
    assert_eq!((report.totals.known, report.totals.failed), (0, 0));
    assert_eq!(u64::from(report.totals.skipped), w.repeated);
    assert_eq!(u64::from(report.totals.read), w.rows - w.repeated);
    let lines: BTreeMap<&str, _> = report.files.iter().map(|file| (file.path.as_str(), file)).collect();
    for ((path, rows), (_, records)) in w.per_file.iter().zip(&w.records_per_file) {
        let line = lines[path.as_str()];
        assert_eq!(line.state, "read", "{path}");
        let copies = line.reasons.get("repeated").copied().unwrap_or_default();
        assert_eq!(
            (u64::from(line.totals.rows), u64::from(line.totals.records)),
            (*rows, *records),
            "{path}"
        );
        assert_eq!(copies, line.totals.skipped, "{path}");
    }
    for (path, _) in &w.other_files {
        assert!(["unused", "empty"].contains(&lines[path.as_str()].state.as_str()), "{path}");
    }
    assert_eq!(report.files.len(), w.per_file.len() + w.other_files.len());
}

/// What is on the timeline is what was written: by year, by person, from first to last.
fn holds_what_was_written(home: &Home, made: &Made) {
    let w = &made.written;
    let all = Filter::default();
    assert_eq!(u64::from(home.total(&all)), w.records);
    let years: BTreeMap<String, u32> = home.counts(StatKey::Year, &all).into_iter().collect();
    for (year, count) in &w.per_year {
        assert_eq!(years[&year.to_string()], *count as u32, "{year}");
    }
    let persons: BTreeMap<String, u32> = home.counts(StatKey::Person, &all).into_iter().collect();
    for (person, count) in &w.per_person {
        assert_eq!(persons[person], *count as u32, "{person}");
    }
    let records = home.walk(&all);
    assert_eq!(records.len() as u64, w.records);
    let dated: Vec<&str> = records.iter().filter_map(|record| record.at.as_deref()).collect();
    let rfc =
        |second: Option<i64>| second.map(|second| jiff::Timestamp::from_second(second).unwrap().to_string());
    assert_eq!(dated.first().map(|at| (*at).to_owned()), rfc(w.last));
    assert_eq!(dated.last().map(|at| (*at).to_owned()), rfc(w.first));
}

fn read_and_compare(make: impl FnOnce(&Home) -> Made) {
    let home = Home::new();
    let made = make(&home);
    let report = home.import(&made.path);
    says_what_was_written(&report, &made);
    holds_what_was_written(&home, &made);
    home.log_holds();
}

#[test]
fn a_spotify_history_is_read_as_it_was_written() {
    read_and_compare(|home| archives::spotify(home.path(), 4_000, SpotifyGeneration::Current));
}

#[test]
fn an_old_spotify_history_is_read_as_it_was_written() {
    read_and_compare(|home| archives::spotify(home.path(), 4_000, SpotifyGeneration::Endsong));
}

#[test]
fn spotify_account_data_is_read_as_it_was_written() {
    read_and_compare(|home| archives::spotify_account(home.path(), 2_000));
}

#[test]
fn netflix_archives_of_all_generations_are_read_as_they_were_written() {
    for generation in [NetflixGeneration::Of2021, NetflixGeneration::Of2023, NetflixGeneration::Of2025] {
        read_and_compare(|home| archives::netflix(home.path(), 1_500, generation));
    }
}

#[test]
fn a_folder_gives_the_records_of_its_zip_in_either_order() {
    for (nth, folder_first) in [false, true].into_iter().enumerate() {
        let makes: [fn(&Home) -> Made; 3] = [
            |home| archives::spotify(home.path(), 1_200, SpotifyGeneration::Current),
            |home| archives::spotify_account(home.path(), 1_200),
            |home| archives::netflix(home.path(), 800, NetflixGeneration::Of2023),
        ];
        for make in makes {
            let home = Home::new();
            let made = make(&home);
            let folder = archives::unpacked(&made.path);
            let forms = if folder_first { [&folder, &made.path] } else { [&made.path, &folder] };
            let first = home.import(forms[0]);
            says_what_was_written(&first, &made);
            let before = facts(home.walk(&Filter::default()));
            let second = home.import(forms[1]);
            assert_eq!((second.totals.read, second.totals.known), (0, first.totals.read), "order {nth}");
            assert_eq!(second.state, "done");
            assert_eq!(facts(home.walk(&Filter::default())), before);
            // Either form alone holds them all.
            home.core.undo_import(first.id).unwrap();
            assert_eq!(facts(home.walk(&Filter::default())), before);
            home.core.undo_import(second.id).unwrap();
            assert_eq!(home.total(&Filter::default()), 0);
        }
    }
}

#[test]
fn the_same_archive_again_changes_nothing() {
    let home = Home::new();
    let made = archives::netflix(home.path(), 900, NetflixGeneration::Of2025);
    let first = home.import(&made.path);
    let before = home.state();
    let renamed = home.path().join("again.zip");
    std::fs::copy(&made.path, &renamed).unwrap();
    for path in [&made.path, &renamed] {
        let again = home.import(path);
        assert_eq!((again.state.as_str(), again.totals.read), ("known", 0));
        assert_eq!(again.totals.known, first.totals.read);
        assert_eq!((again.totals.rows, again.totals.records), (first.totals.rows, first.totals.records));
        assert_eq!(again.id, first.id);
        assert_eq!(home.state(), before);
    }
}

#[test]
fn two_accounts_do_not_share_records() {
    let home = Home::new();
    let made = archives::spotify(home.path(), 600, SpotifyGeneration::Current);
    let own = home.import(&made.path);
    let options =
        ImportOptions { service: None, account: Some("family".to_owned()), ..ImportOptions::default() };
    let other = home.core.import(2, &made.path, &options, &Calm).unwrap();
    assert_eq!((other.state.as_str(), other.totals.read), ("done", own.totals.read));
    for account in ["default", "family"] {
        let filter = Filter { accounts: vec![account.to_owned()], ..Filter::default() };
        assert_eq!(home.total(&filter), own.totals.records, "{account}");
    }
    home.core.undo_import(own.id).unwrap();
    assert_eq!(
        home.counts(StatKey::Account, &Filter::default()),
        [("family".to_owned(), own.totals.records)]
    );
}

#[test]
fn overlapping_archives_give_the_same_timeline_in_both_orders() {
    let mut timelines = Vec::new();
    for order in [[0, 1], [1, 0]] {
        let home = Home::new();
        let cuts = archives::cuts(home.path(), 1_500, &[0..900, 600..1_400]);
        let reports = order.map(|at| home.import(&cuts[at]));
        assert!(reports[1].totals.known >= 290, "{:?}", reports[1].totals);
        assert_eq!(reports[0].totals.known, 0);
        timelines.push(facts(home.walk(&Filter::default())));
    }
    assert_eq!(timelines[0], timelines[1]);
}

#[test]
fn undoing_either_of_two_overlapping_imports_leaves_the_other_whole() {
    for undone in [0, 1] {
        let home = Home::new();
        let cuts = archives::cuts(home.path(), 1_500, &[0..900, 600..1_400]);
        let ids = [home.import(&cuts[0]).id, home.import(&cuts[1]).id];
        home.core.undo_import(ids[undone]).unwrap();

        let alone = Home::new();
        alone.import(&cuts[1 - undone]);
        let left = home.walk(&Filter::default());
        // Nothing points to the archive that went.
        let name = format!("cut-{}.zip", 1 - undone);
        assert!(left.iter().all(|record| record.source.as_ref().unwrap().archive == name));
        for record in left.iter().step_by(97) {
            let detail = home.core.record(&record.id, false).unwrap();
            let original = detail.original.expect("the original row is kept").text;
            assert!(original.contains(&serde_json::to_string(&record.title).unwrap()), "another row");
            assert_eq!(detail.seen_in.len(), 1);
        }
        assert_eq!(facts(left), facts(alone.walk(&Filter::default())));
        let again = home.import(&cuts[undone]);
        assert!(again.totals.read > 0 && again.totals.known >= 290);
        let both = Home::new();
        both.import(&cuts[0]);
        both.import(&cuts[1]);
        assert_eq!(facts(home.walk(&Filter::default())), facts(both.walk(&Filter::default())));
        home.log_holds();
    }
}

#[test]
fn an_import_that_was_taken_back_can_be_read_again_and_not_taken_back_twice() {
    let home = Home::new();
    let made = archives::spotify(home.path(), 500, SpotifyGeneration::Current);
    let first = home.import(&made.path);
    let before = facts(home.walk(&Filter::default()));
    home.core.undo_import(first.id).unwrap();
    assert_eq!(home.total(&Filter::default()), 0);
    let service = home.core.service("spotify").unwrap();
    assert_eq!((service.records, service.accounts.len(), service.first), (0, 0, None));
    for id in [first.id, 0, 4_000_000_000] {
        assert_eq!(home.core.undo_import(id).unwrap_err().code, Code::NoSuch, "{id}");
    }
    let second = home.import(&made.path);
    assert_eq!((second.state.as_str(), second.totals), ("done", first.totals));
    assert!(second.id > first.id);
    assert_eq!(facts(home.walk(&Filter::default())), before);
    let states: Vec<String> =
        home.core.imports().unwrap().imports.into_iter().map(|import| import.state).collect();
    assert_eq!(states, ["done", "undone"]);
    home.log_holds();
}

/// Cancels as soon as something was stored.
struct AfterTheFirstBatch(Arc<AtomicBool>);

impl ImportWatch for AfterTheFirstBatch {
    fn progress(&self, _: Progress) {}
    fn cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

#[test]
fn cancelling_in_the_middle_leaves_everything_as_it_was() {
    let home = Home::new();
    home.import(&archives::spotify_account(home.path(), 300).path);
    home.choose("spotify", "ads-here", "off").unwrap();
    let (before, had) = (home.state(), home.total(&Filter::default()));
    // More rows than one file holds, so that some are stored before others are read.
    let made = archives::spotify(home.path(), 32_000, SpotifyGeneration::Current);
    let stored = Arc::new(AtomicBool::new(false));
    let seen = Arc::new(AtomicU32::new(0));
    let (flag, count, reader) = (Arc::clone(&stored), Arc::clone(&seen), home.core.clone());
    home.core.on_topics(Box::new(move |topics| {
        if topics.contains(&Topic::Records) && !flag.swap(true, Ordering::Relaxed) {
            count.store(reader.stats(&[], &Filter::default()).unwrap().total, Ordering::Relaxed);
        }
    }));
    let watch = AfterTheFirstBatch(stored);
    let report = home.core.import(1, &made.path, &ImportOptions::default(), &watch).unwrap();
    home.core.on_topics(Box::new(|_| {}));
    assert_eq!((report.state.as_str(), report.id), ("cancelled", 0));
    let shown = seen.load(Ordering::Relaxed);
    assert!(shown > had, "rows of a running import show");
    assert!(report.totals.rows < 32_000, "it stopped before the end");
    assert_eq!(home.state(), before);
    home.log_holds();
    // And then it can be read after all.
    assert_eq!(u64::from(home.import(&made.path).totals.records), made.written.records);
}

#[test]
fn days_are_not_counted_anew_while_an_import_runs() {
    let home = Home::new();
    let made = archives::spotify(home.path(), 500, SpotifyGeneration::Current);
    let (send, receive) = std::sync::mpsc::channel();
    let core = home.core.clone();
    home.core.on_topics(Box::new(move |topics| {
        if !topics.contains(&Topic::Records) {
            return;
        }
        let (core, done) = (core.clone(), send.clone());
        let (answer, answered) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            let preferences = core.settings_info().unwrap().preferences;
            let tokyo =
                thinline_core::wire::Preferences { home_zone: "Asia/Tokyo".to_owned(), ..preferences };
            let _ = answer.send(core.set_preferences(&tokyo).map(|_| ()).map_err(|error| error.code));
        });
        let _ = done.send(answered.recv_timeout(std::time::Duration::from_secs(20)));
    }));
    home.import(&made.path);
    home.core.on_topics(Box::new(|_| {}));
    assert_eq!(receive.recv().unwrap(), Ok(Err(Code::Busy)));
    home.live_in("Asia/Tokyo");
    let days: u32 = home.counts(StatKey::Day, &Filter::default()).iter().map(|day| day.1).sum();
    assert_eq!(days as usize, home.walk(&Filter::default()).len());
}

#[test]
fn an_archive_with_nothing_in_it_is_a_warning_and_leaves_everything_as_it_was() {
    let home = Home::new();
    let before = home.state();
    let empty = archives::zip_of(&home.path().join("empty.zip"), &[("MyData/endsong_0.json", "[]")]);
    let report = home.import(&empty);
    assert_eq!(report.id, 0);
    assert!(report.warnings.contains(&"nothing-read".to_owned()));
    assert_eq!(home.state(), before);
}

#[test]
fn reopened_data_is_the_same() {
    let home = Home::new();
    home.import(&archives::netflix(home.path(), 300, NetflixGeneration::Of2023).path);
    home.live_in("Asia/Kolkata");
    let before = walk(&home.core, &Filter::default(), 200);
    let again = home.reopened();
    let after = walk(&again, &Filter::default(), 200);
    let text = |records| serde_json::to_string(records).unwrap();
    assert_eq!(text(&before), text(&after));
}
