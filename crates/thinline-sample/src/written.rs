//! What was written, for tests to hold against what an import reports.

use std::collections::BTreeMap;

/// Totals of an archive, counted while it was made.
///
/// `rows`, `records`, `repeated` and `per_file` cover the files that hold dated history, guesses and consents (see
/// each writer); `other_files` lists the rest of the archive.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// Rows of the files in `per_file`.
    pub rows: u64,
    /// Distinct facts in them: exact copies count once, a row of consents counts each of its columns.
    pub records: u64,
    /// Rows that are exact copies of the row before them.
    pub repeated: u64,
    /// Distinct facts that another archive of the same plan tells too, and better: in an account data package, the plays
    /// that stand in the extended history to the second.
    pub told_twice: u64,
    /// Rows that name nothing (removed tracks): distinct, dated, but without title, maker and address.
    pub untitled: u64,
    /// Each file with its rows, by path inside the archive, in the order of writing.
    pub per_file: Vec<(String, u64)>,
    /// The distinct facts of each file in `per_file`.
    pub records_per_file: Vec<(String, u64)>,
    /// Files of the archive outside these totals, with their rows (0 for read-me files and placeholders).
    pub other_files: Vec<(String, u64)>,
    /// Distinct dated facts by the year (UTC) in which they start.
    pub per_year: BTreeMap<i16, u64>,
    /// Distinct facts by household person, where files name one.
    pub per_person: BTreeMap<String, u64>,
    /// Start of the oldest dated fact, unix seconds.
    pub first: Option<i64>,
    /// Start of the newest dated fact, unix seconds.
    pub last: Option<i64>,
    /// Milliseconds played (Spotify) or watched (Netflix), copies counted once.
    pub played_ms: u64,
}

impl Written {
    /// Rows of the files with this base name, in either list.
    pub fn rows_in(&self, base_name: &str) -> u64 {
        sum(self.per_file.iter().chain(&self.other_files), base_name)
    }

    /// Distinct facts of the counted files with this base name.
    pub fn records_in(&self, base_name: &str) -> u64 {
        sum(self.records_per_file.iter(), base_name)
    }

    /// Adds a counted file.
    pub(crate) fn file(&mut self, path: &str, rows: u64, records: u64) {
        self.rows += rows;
        self.records += records;
        self.per_file.push((path.to_owned(), rows));
        self.records_per_file.push((path.to_owned(), records));
    }

    /// Adds a file whose rows were counted as they were written.
    pub(crate) fn counted(&mut self, path: &str, counted: Written) {
        self.file(path, counted.rows, counted.records);
        self.add_dated(counted);
    }

    /// Adds a file outside the totals.
    pub(crate) fn other(&mut self, path: &str, rows: u64) {
        self.other_files.push((path.to_owned(), rows));
    }

    /// Notes one distinct dated fact (beside `file`, which counts it).
    pub(crate) fn dated(&mut self, start: i64, played_ms: u64) {
        let year = crate::clock::civil(start).year();
        *self.per_year.entry(year).or_default() += 1;
        self.first = Some(self.first.map_or(start, |first| first.min(start)));
        self.last = Some(self.last.map_or(start, |last| last.max(start)));
        self.played_ms += played_ms;
    }

    /// Notes one distinct fact of which only the day is known; it lies between the first and the last dated one.
    pub(crate) fn in_year(&mut self, day: i64) {
        *self.per_year.entry(crate::clock::civil(day).year()).or_default() += 1;
    }

    /// Adds what was noted about dated facts while their rows were being written.
    pub(crate) fn add_dated(&mut self, noted: Written) {
        self.repeated += noted.repeated;
        self.played_ms += noted.played_ms;
        self.first = [self.first, noted.first].into_iter().flatten().min();
        self.last = self.last.max(noted.last);
        for (year, n) in noted.per_year {
            *self.per_year.entry(year).or_default() += n;
        }
        for (person, n) in noted.per_person {
            *self.per_person.entry(person).or_default() += n;
        }
    }

    /// Notes one distinct fact about a person.
    pub(crate) fn of_person(&mut self, person: &str) {
        match self.per_person.get_mut(person) {
            Some(n) => *n += 1,
            None => {
                self.per_person.insert(person.to_owned(), 1);
            }
        }
    }
}

fn sum<'a>(files: impl Iterator<Item = &'a (String, u64)>, base_name: &str) -> u64 {
    files.filter(|(path, _)| path.rsplit('/').next() == Some(base_name)).map(|(_, rows)| rows).sum()
}
