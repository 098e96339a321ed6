//! What an import is told by: at most three sentences, as ids with values. Words are the window's and the terminal's.
//!
//! The rules are fixed, so that two equal imports are told alike. What went wrong comes first, the worst of it: rows that
//! could not be read, then files, then missing parts, then the longest gap. Then what was found, and what was guessed or
//! came from others. Where nothing went wrong, that is said last.

use crate::journal;
use crate::wire::{Coverage, Gap, ImportReport, Sentence, Told, Totals};
use std::collections::{BTreeMap, HashSet};
use thinline_model::{Category, Kind, Record, Sensitivity, Text};

/// Categories that are named in a sentence.
const NAMED: usize = 3;

/// What records say of themselves while they are stored.
#[derive(Default)]
pub(super) struct Heard {
    guessed: u64,
    received: u64,
    sensitive: u64,
    companies: HashSet<Text>,
    categories: BTreeMap<Category, u64>,
}

impl Heard {
    /// Takes in a record that an import read or knew already.
    pub fn hear(&mut self, record: &Record) {
        self.guessed += u64::from(record.kind == Kind::Inferred);
        self.received += u64::from(matches!(record.kind, Kind::Received | Kind::GivenOut));
        self.sensitive += u64::from(record.sensitivity == Sensitivity::Special);
        *self.categories.entry(record.category).or_default() += 1;
        if !record.counterparty.is_empty() && !self.companies.contains(&record.counterparty) {
            self.companies.insert(record.counterparty.clone());
        }
    }

    /// The sentences for a report that is otherwise complete. `missing`: how many numbered files are missing.
    pub fn sentences(&self, report: &ImportReport, missing: usize) -> Vec<Sentence> {
        if report.totals.read + report.totals.known == 0 {
            return vec![sentence("nothing-read", [("files", count(report.files.len() as u64))])];
        }
        let wrong = failures(report).or_else(|| absences(report, missing));
        let found = self.found(report);
        let guessed = self.guessed();
        let all = match wrong {
            Some(wrong) if wrong.id == "gap" => [Some(found), guessed, Some(wrong)],
            Some(wrong) => [Some(wrong), Some(found), guessed],
            None => [Some(found), guessed, Some(adds_up(&report.totals))],
        };
        all.into_iter().flatten().collect()
    }

    fn found(&self, report: &ImportReport) -> Sentence {
        let records = count(u64::from(report.totals.records));
        if report.totals.read == 0 {
            return sentence("known-only", [("records", records)]);
        }
        let mut most: Vec<(&Category, &u64)> = self.categories.iter().collect();
        most.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
        let categories = most.iter().take(NAMED).map(|(category, _)| category.id().to_owned()).collect();
        let mut values = vec![
            ("records", records),
            ("service", Told::Service(report.service.clone())),
            ("categories", Told::Categories(categories)),
        ];
        let first = report.coverage.iter().filter_map(|one| year(&one.first)).min();
        let last = report.coverage.iter().filter_map(|one| year(&one.last)).max();
        let (Some(first), Some(last)) = (first, last) else { return sentence("found-undated", values) };
        values.extend([("from", Told::Year(first)), ("to", Told::Year(last))]);
        sentence("found", values)
    }

    fn guessed(&self) -> Option<Sentence> {
        let (companies, sensitive) = (count(self.companies.len() as u64), count(self.sensitive));
        if self.guessed + self.received > 0 {
            let values = [
                ("guessed", count(self.guessed)),
                ("received", count(self.received)),
                ("companies", companies),
                ("sensitive", sensitive),
            ];
            return Some(sentence("guessed", values));
        }
        (self.sensitive > 0).then(|| sentence("sensitive", [("sensitive", sensitive)]))
    }
}

/// Rows and files that could not be read.
fn failures(report: &ImportReport) -> Option<Sentence> {
    let with_failed = report.files.iter().filter(|file| file.totals.failed > 0).count() as u64;
    if report.totals.failed > 0 {
        let failed = count(u64::from(report.totals.failed));
        return Some(sentence("rows-failed", [("count", failed), ("files", count(with_failed))]));
    }
    let broken = report.files.iter().filter(|file| is_broken(&file.state, file.why.as_ref())).count() as u64;
    (broken > 0).then(|| sentence("files-failed", [("count", count(broken))]))
}

pub(super) fn is_broken(state: &str, why: Option<&String>) -> bool {
    state == "failed" || why.is_some() && state == "read"
}

/// Numbered files that are missing, or else the longest gap.
fn absences(report: &ImportReport, missing: usize) -> Option<Sentence> {
    if missing > 0 {
        return Some(sentence("part-missing", [("count", count(missing as u64))]));
    }
    let all: Vec<(&Coverage, &Gap)> =
        report.coverage.iter().flat_map(|one| one.gaps.iter().map(move |gap| (one, gap))).collect();
    let (coverage, gap) = all.iter().max_by_key(|(_, gap)| gap.days)?;
    let values = [
        ("category", Told::Category(coverage.category.clone())),
        ("from", Told::Date(gap.from.clone())),
        ("to", Told::Date(gap.to.clone())),
        ("days", Told::Count(gap.days)),
        ("more", count(all.len() as u64 - 1)),
    ];
    Some(sentence("gap", values))
}

fn adds_up(totals: &Totals) -> Sentence {
    sentence("adds-up", [("rows", Told::Count(totals.rows))])
}

fn sentence<'a>(id: &str, values: impl IntoIterator<Item = (&'a str, Told)>) -> Sentence {
    let values = values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    Sentence { id: id.to_owned(), values }
}

fn count(n: u64) -> Told {
    Told::Count(journal::small(n))
}

fn year(at: &str) -> Option<u32> {
    at.get(..4)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::FileLine;

    fn report(totals: Totals) -> ImportReport {
        let coverage = Coverage {
            category: "listening".into(),
            first: "2016-01-04T16:55:30Z".into(),
            last: "2025-12-31T11:03:30Z".into(),
            gaps: Vec::new(),
        };
        ImportReport {
            id: 1,
            service: "spotify".into(),
            account: "default".into(),
            archive: "export.zip".into(),
            state: "done".into(),
            totals,
            files: vec![FileLine {
                path: "a.json".into(),
                state: "read".into(),
                totals,
                reasons: BTreeMap::new(),
                why: None,
                parts: Vec::new(),
            }],
            coverage: vec![coverage],
            warnings: Vec::new(),
            told: Vec::new(),
            download: None,
            again: None,
        }
    }

    fn read(read: u32, known: u32, failed: u32) -> Totals {
        Totals { rows: read + known + failed, records: read + known, read, known, skipped: 0, failed }
    }

    fn ids(heard: &Heard, report: &ImportReport, missing: usize) -> Vec<String> {
        heard.sentences(report, missing).into_iter().map(|one| one.id).collect()
    }

    fn gap(from: &str, days: u32) -> Gap {
        Gap { from: from.into(), to: "2024-01-01".into(), days, why: "nothing-there".into() }
    }

    fn with_guesses() -> Heard {
        Heard { guessed: 40, received: 2, sensitive: 3, ..Heard::default() }
    }

    #[test]
    fn an_import_without_fault_ends_with_that_it_adds_up() {
        let report = report(read(10, 2, 0));
        assert_eq!(ids(&Heard::default(), &report, 0), ["found", "adds-up"]);
        assert_eq!(ids(&with_guesses(), &report, 0), ["found", "guessed", "adds-up"]);
    }

    #[test]
    fn failed_rows_come_first_whatever_else_there_is() {
        let mut report = report(read(10, 0, 1));
        report.coverage[0].gaps.push(gap("2023-01-01", 300));
        assert_eq!(ids(&with_guesses(), &report, 2), ["rows-failed", "found", "guessed"]);
    }

    #[test]
    fn a_failed_file_counts_before_a_missing_one() {
        let mut report = report(read(10, 0, 0));
        report.files[0].why = Some("cut-off".into());
        assert_eq!(ids(&Heard::default(), &report, 1), ["files-failed", "found"]);
        report.files[0].why = None;
        assert_eq!(ids(&Heard::default(), &report, 1), ["part-missing", "found"]);
    }

    #[test]
    fn of_several_gaps_the_longest_is_named_and_the_others_counted() {
        let mut report = report(read(10, 0, 0));
        report.coverage[0].gaps = vec![gap("2020-01-01", 40), gap("2021-01-01", 400), gap("2022-01-01", 50)];
        let told = Heard::default().sentences(&report, 0);
        let last = told.last().unwrap();
        assert_eq!(last.id, "gap");
        assert_eq!(last.values["from"], Told::Date("2021-01-01".into()));
        assert_eq!((&last.values["days"], &last.values["more"]), (&Told::Count(400), &Told::Count(2)));
    }

    #[test]
    fn what_was_found_names_its_years_and_largest_categories() {
        let categories = BTreeMap::from([
            (Category::Listening, 90),
            (Category::Viewing, 5),
            (Category::Searches, 7),
            (Category::Settings, 5),
        ]);
        let heard = Heard { categories, ..Heard::default() };
        let found = &heard.sentences(&report(read(10, 0, 0)), 0)[0];
        assert_eq!((&found.values["from"], &found.values["to"]), (&Told::Year(2016), &Told::Year(2025)));
        let named = ["listening", "searches", "viewing"].map(str::to_owned).to_vec();
        assert_eq!(found.values["categories"], Told::Categories(named));
    }

    #[test]
    fn nothing_read_is_the_only_thing_to_say() {
        assert_eq!(ids(&with_guesses(), &report(read(0, 0, 3)), 1), ["nothing-read"]);
    }

    #[test]
    fn what_was_all_known_is_not_called_found() {
        assert_eq!(ids(&Heard::default(), &report(read(0, 9, 0)), 0), ["known-only", "adds-up"]);
    }

    #[test]
    fn facts_without_dates_are_found_without_years() {
        let mut report = report(read(10, 0, 0));
        report.coverage.clear();
        assert_eq!(ids(&Heard::default(), &report, 0)[0], "found-undated");
    }
}
