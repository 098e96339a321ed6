//! A vault of its own for each test, with a key file: no keyring is asked.

use std::path::Path;
use thinline_core::wire::{
    ApiError, Choose, Filter, ImportReport, LogEntry, Page, PageAt, Progress, TimelineRecord, Totals,
};
use thinline_core::{Core, ImportOptions, ImportWatch, Key, StatKey};

/// A data folder, and room beside it for archives and exports.
pub struct Home {
    pub dir: tempfile::TempDir,
    pub core: Core,
}

/// Watches nothing.
pub struct Calm;

impl ImportWatch for Calm {
    fn progress(&self, _: Progress) {}
    fn cancelled(&self) -> bool {
        false
    }
}

impl Home {
    /// Days are counted in UTC.
    pub fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let core = Core::new(Some(&dir.path().join("data"))).unwrap();
        core.set_up(Key::KeyFile(dir.path().join("key")), &[], "").unwrap();
        let home = Self { dir, core };
        home.live_in("UTC");
        home
    }

    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    /// The same data, opened again.
    pub fn reopened(&self) -> Core {
        let core = Core::new(Some(&self.dir.path().join("data"))).unwrap();
        core.unlock_quietly(&Key::KeyFile(self.dir.path().join("key"))).unwrap();
        core
    }

    pub fn live_in(&self, zone: &str) {
        let preferences = self.core.settings_info().unwrap().preferences;
        let preferences = thinline_core::wire::Preferences { home_zone: zone.to_owned(), ..preferences };
        self.core.set_preferences(&preferences).unwrap();
    }

    pub fn try_import(&self, path: &Path) -> Result<ImportReport, ApiError> {
        self.core.import(1, path, &ImportOptions::default(), &Calm)
    }

    pub fn import(&self, path: &Path) -> ImportReport {
        let report = self.try_import(path).unwrap();
        adds_up(&report);
        report
    }

    pub fn walk(&self, filter: &Filter) -> Vec<TimelineRecord> {
        walk(&self.core, filter, 500)
    }

    pub fn page(&self, filter: &Filter, at: &PageAt) -> Page {
        self.core.timeline_page(filter, at).unwrap()
    }

    /// Everybody's records.
    pub fn total(&self, filter: &Filter) -> u32 {
        self.core.stats(&[], &everyone(filter)).unwrap().total
    }

    /// Everybody's records, counted by one key.
    pub fn counts(&self, by: StatKey, filter: &Filter) -> Vec<(String, u32)> {
        let rows = self.core.stats(&[by], &everyone(filter)).unwrap().rows;
        rows.into_iter().map(|row| (row.key, row.count)).collect()
    }

    pub fn choose(&self, service: &str, what: &str, value: &str) -> Result<usize, ApiError> {
        let changes = self.core.choose(&change(service, what, value))?;
        Ok(changes.changes.len())
    }

    /// The whole log, oldest first.
    pub fn log(&self) -> Vec<LogEntry> {
        let mut entries = Vec::new();
        let mut before = None;
        loop {
            let page = self.core.log_page(before, 7).unwrap();
            entries.extend(page.entries);
            before = page.next;
            if before.is_none() {
                break;
            }
        }
        entries.reverse();
        entries
    }

    /// What a person can tell two states apart by: records, counts, imports and the length of the log.
    pub fn state(&self) -> String {
        let every: [StatKey; 6] = [
            StatKey::Day,
            StatKey::Service,
            StatKey::Account,
            StatKey::Person,
            StatKey::Kind,
            StatKey::Category,
        ];
        let facets: Vec<_> =
            self.core.facets().unwrap().into_iter().filter(|facet| facet.count > 0).collect();
        let parts = [
            serde_json::to_string_pretty(&self.walk(&Filter::default())),
            serde_json::to_string_pretty(&self.core.stats(&every, &Filter::default()).unwrap()),
            serde_json::to_string_pretty(&facets),
            serde_json::to_string_pretty(&self.core.imports().unwrap()),
        ];
        let size = self.core.status().unwrap().log_size;
        parts.into_iter().map(Result::unwrap).collect::<Vec<_>>().join("\n") + &format!("\nlog {size}")
    }

    /// The log is whole, and its anchor knows it.
    pub fn log_holds(&self) {
        let verified = self.core.log_verify().unwrap();
        assert!(verified.ok, "{verified:?}");
        assert_eq!(verified.anchor, "match");
        assert_eq!(verified.size, self.core.status().unwrap().log_size);
    }
}

fn everyone(filter: &Filter) -> Filter {
    Filter { everyone: Some(true), ..filter.clone() }
}

pub fn change(service: &str, what: &str, value: &str) -> Choose {
    Choose {
        service: service.into(),
        what: what.into(),
        value: value.into(),
        until: None,
        except: Vec::new(),
    }
}

/// Every record of a filter, from the newest on, page by page.
pub fn walk(core: &Core, filter: &Filter, limit: u16) -> Vec<TimelineRecord> {
    let mut records = Vec::new();
    let mut at = PageAt { limit, ..PageAt::default() };
    loop {
        let page = core.timeline_page(filter, &at).unwrap();
        records.extend(page.records);
        match page.next {
            Some(next) => at.cursor = Some(next),
            None => return records,
        }
    }
}

/// Records without what depends on the order of imports: ids and where they were read.
pub fn facts(records: Vec<TimelineRecord>) -> Vec<String> {
    let bare = |record| {
        let record = TimelineRecord { id: String::new(), source: None, as_of: None, ..record };
        serde_json::to_string(&record).unwrap()
    };
    let mut facts: Vec<String> = records.into_iter().map(bare).collect();
    facts.sort_unstable();
    facts
}

fn whole(t: &Totals) -> bool {
    t.rows == t.read + t.known + t.skipped + t.failed
}

/// Rows = read + known + skipped + failed, in all, per file and per part; and parts make files, and files make all.
pub fn adds_up(report: &ImportReport) {
    assert!(whole(&report.totals), "{:?}", report.totals);
    let mut all = Totals::default();
    for file in &report.files {
        assert!(whole(&file.totals), "{} {:?}", file.path, file.totals);
        assert_eq!(file.totals.skipped, file.reasons.values().sum::<u32>(), "{}", file.path);
        let mut parts = Totals::default();
        for part in &file.parts {
            assert!(whole(&part.totals), "{} {:?}", part.at, part.totals);
            assert_eq!(part.totals.skipped, part.reasons.values().sum::<u32>(), "{}", part.at);
            add(&mut parts, &part.totals);
        }
        assert_eq!(parts, file.totals, "{}", file.path);
        add(&mut all, &file.totals);
    }
    assert_eq!(all, report.totals);
}

fn add(sum: &mut Totals, one: &Totals) {
    sum.rows += one.rows;
    sum.records += one.records;
    sum.read += one.read;
    sum.known += one.known;
    sum.skipped += one.skipped;
    sum.failed += one.failed;
}
