//! The account of an import: rows = read + known + skipped + failed, per part, per file and in all.

use super::told::{Heard, is_broken};
use super::{check, coverage};
use crate::rules::LEFT_OUT;
use crate::wire::{Code, Coverage, FileLine, ImportReport, ImportRow, PartLine, Totals};
use crate::{Result, clock, journal};
use std::collections::BTreeMap;
use std::time::Duration;
use thinline_import::{FileReport, FileState, Note, PartReport, PartState, PlannedFile, ReadError};
use thinline_store::{Batch, Ingest, RowFate};

/// Reason of a row that its own file says already.
const REPEATED: &str = "repeated";

/// Reason of a row whose second holds thousands of others already.
const CROWDED: &str = "crowded-second";
/// Reason of rows in a list that no recipe reads.
const UNKNOWN_LIST: &str = "unknown-list";

/// What is counted while an import runs.
pub(super) struct Tally {
    pub rows: u64,
    pub records: u64,
    pub cancelled: bool,
    pub elapsed: Duration,
    pub bytes: u64,
    files: Vec<Option<FileTally>>,
    heard: Heard,
}

#[derive(Default)]
struct FileTally {
    /// Per part: rows read, known, repeated; records; rows in crowded seconds; rows left out by a rule.
    parts: Vec<[u64; 6]>,
    report: Option<std::result::Result<FileReport, ReadError>>,
}

impl Tally {
    pub fn new(files: usize) -> Self {
        let files = std::iter::repeat_with(|| None).take(files).collect();
        Self {
            rows: 0,
            records: 0,
            cancelled: false,
            elapsed: Duration::ZERO,
            bytes: 0,
            files,
            heard: Heard::default(),
        }
    }

    pub fn count(&mut self, file: usize, batch: &Batch, fates: &[RowFate]) {
        let tally = self.files[file].get_or_insert_default();
        let mut records = batch.records.as_slice();
        for (row, fate) in batch.rows.iter().zip(fates) {
            let (own, rest) = records.split_at(row.records as usize);
            records = rest;
            let part = row.part as usize;
            if tally.parts.len() <= part {
                tally.parts.resize(part + 1, [0; 6]);
            }
            let which = match fate {
                RowFate::Read => 0,
                RowFate::Known => 1,
                RowFate::Repeated => 2,
                RowFate::Crowded => 4,
            };
            // A rule took every record that it gave.
            let which = if row.records == 0 { 5 } else { which };
            tally.parts[part][which] += 1;
            if row.records > 0 && matches!(fate, RowFate::Read | RowFate::Known) {
                tally.parts[part][3] += u64::from(row.records);
                self.records += u64::from(row.records);
                own.iter().for_each(|record| self.heard.hear(record));
            }
        }
        self.rows += batch.rows.len() as u64;
    }

    pub fn end(&mut self, file: usize, report: std::result::Result<FileReport, ReadError>) {
        self.files[file].get_or_insert_default().report = Some(report);
    }

    pub fn report(
        &self,
        service: &str,
        account: &str,
        archive: &str,
        plan: &[PlannedFile],
        ingest: &Ingest,
    ) -> ImportReport {
        let files: Vec<FileLine> =
            plan.iter().zip(&self.files).map(|(file, tally)| file_line(file, tally.as_ref())).collect();
        let broken = files.iter().any(|file| is_broken(&file.state, file.why.as_ref()));
        let mut warnings = Vec::new();
        if broken {
            warnings.push("file-damaged".to_owned());
        }
        if files.iter().any(|file| file.totals.failed > 0) {
            warnings.push("rows-failed".to_owned());
        }
        // That no password is kept is as it should be.
        let notes = files.iter().flat_map(|file| &file.parts).flat_map(|part| part.notes.keys());
        if notes.into_iter().any(|note| note != Note::Dropped.id()) {
            warnings.push("see-notes".to_owned());
        }
        let missing = check::missing(service, plan);
        if !missing.is_empty() {
            warnings.push("parts-missing".to_owned());
        }
        let coverage = ingest.coverage().iter().map(|(category, span)| {
            let days: Vec<i32> = span.days.iter().copied().collect();
            Coverage {
                category: category.id().to_owned(),
                first: clock::rfc3339(span.first),
                last: clock::rfc3339(span.last),
                gaps: coverage::gaps(&days, &missing.of(*category)),
            }
        });
        let mut report = ImportReport {
            id: 0,
            service: service.to_owned(),
            account: account.to_owned(),
            archive: archive.to_owned(),
            state: if broken { "partial" } else { "done" }.to_owned(),
            totals: sum(files.iter().map(|file| file.totals)),
            coverage: coverage.collect(),
            files,
            warnings,
            told: Vec::new(),
            download: None,
            again: None,
        };
        report.told = self.heard.sentences(&report, missing.len());
        report
    }
}

pub(super) fn sum(all: impl Iterator<Item = Totals>) -> Totals {
    all.fold(Totals::default(), |a, b| Totals {
        rows: a.rows + b.rows,
        records: a.records + b.records,
        read: a.read + b.read,
        known: a.known + b.known,
        skipped: a.skipped + b.skipped,
        failed: a.failed + b.failed,
    })
}

fn file_line(file: &PlannedFile, tally: Option<&FileTally>) -> FileLine {
    let mut line = FileLine {
        path: file.path.clone(),
        state: file.state.id().to_owned(),
        totals: Totals::default(),
        reasons: BTreeMap::new(),
        why: None,
        parts: Vec::new(),
    };
    if let FileState::Unused { why } = &file.state {
        line.why = Some(why.clone());
    }
    let report = tally.and_then(|tally| tally.report.as_ref().map(|report| (tally, report)));
    match report {
        None => {}
        Some((_, Err(error))) => {
            line.state = "failed".to_owned();
            line.why = Some(broken(error).to_owned());
        }
        Some((tally, Ok(report))) => {
            let none = [0; 6];
            let counts = |at: usize| tally.parts.get(at).unwrap_or(&none);
            line.parts =
                report.parts.iter().enumerate().map(|(at, part)| part_line(part, counts(at))).collect();
            line.totals = sum(line.parts.iter().map(|part| part.totals));
            for (reason, n) in line.parts.iter().flat_map(|part| &part.reasons) {
                *line.reasons.entry(reason.clone()).or_default() += n;
            }
            line.why = report.broken.as_ref().map(|error| broken(error).to_owned());
            line.state = state(report, &line).to_owned();
        }
    }
    line.why = line.why.take().or_else(|| left(&line).map(str::to_owned));
    line
}

/// Why a file gives nothing of which nobody said why: each that is not read says so.
pub(super) fn left(line: &FileLine) -> Option<&'static str> {
    match line.state.as_str() {
        "unknown" if line.totals.rows > 0 => Some(UNKNOWN_LIST),
        "unknown" => Some("unknown-name"),
        "empty" => Some("no-rows"),
        _ => None,
    }
}

fn state(report: &FileReport, line: &FileLine) -> &'static str {
    let has = |state: PartState| report.parts.iter().any(|part| part.state == state);
    if line.totals.read + line.totals.known > 0 || has(PartState::Read) {
        "read"
    } else if report.broken.is_some() || has(PartState::Failed) {
        "failed"
    } else if report.parts.iter().any(|part| part.recipe.is_none() && part.rows > 0) {
        // Its known lists are empty, and it holds others: it is not empty.
        "unknown"
    } else {
        "empty"
    }
}

fn part_line(part: &PartReport, [read, known, repeated, records, crowded, left_out]: &[u64; 6]) -> PartLine {
    let mut reasons: BTreeMap<String, u32> =
        part.skipped.iter().map(|(reason, n)| ((*reason).to_owned(), journal::small(*n))).collect();
    if *repeated > 0 {
        reasons.insert(REPEATED.to_owned(), journal::small(*repeated));
    }
    if *crowded > 0 {
        reasons.insert(CROWDED.to_owned(), journal::small(*crowded));
    }
    if *left_out > 0 {
        reasons.insert(LEFT_OUT.to_owned(), journal::small(*left_out));
    }
    if part.recipe.is_none() && part.rows > 0 {
        reasons.insert(UNKNOWN_LIST.to_owned(), journal::small(part.rows));
    }
    PartLine {
        at: part.at.clone(),
        recipe: part.recipe.clone(),
        state: part.state.id().to_owned(),
        totals: Totals {
            rows: journal::small(part.rows),
            records: journal::small(*records),
            read: journal::small(*read),
            known: journal::small(*known),
            skipped: reasons.values().sum(),
            failed: journal::small(part.failed),
        },
        reasons,
        failed_at: part.failed_at.iter().map(|row| journal::small(*row)).collect(),
        notes: part.notes.iter().map(|(note, n)| ((*note).to_owned(), journal::small(*n))).collect(),
    }
}

/// A message id for why a file could not be read, or not to its end.
pub(super) fn broken(error: &ReadError) -> &'static str {
    match error {
        ReadError::Damaged | ReadError::Io(_) => "damaged",
        ReadError::CutOff => "cut-off",
        ReadError::Method => "method",
        ReadError::Encrypted => "encrypted",
        ReadError::Format => "wrong-format",
        ReadError::DateOrder => "date-order",
        ReadError::Limit(_) => "limit",
    }
}

/// The answer for an archive that was read before: its own report, with all that was read now known.
pub(super) fn known(import: &thinline_store::ImportRow, archive: &str) -> Result<ImportReport> {
    let mut report: ImportReport = serde_json::from_str(&import.report).map_err(|_| Code::Internal)?;
    report.state = "known".to_owned();
    report.archive = archive.to_owned();
    already(&mut report.totals);
    for file in &mut report.files {
        already(&mut file.totals);
        for part in &mut file.parts {
            already(&mut part.totals);
        }
    }
    Ok(report)
}

pub(super) fn already(totals: &mut Totals) {
    totals.known += totals.read;
    totals.read = 0;
}

/// An import as the list shows it.
pub(crate) fn wire_row(import: thinline_store::ImportRow) -> ImportRow {
    ImportRow {
        id: journal::small(import.id.unsigned_abs()),
        service: import.service,
        account: import.account_name,
        archive: import.archive,
        at: clock::rfc3339(import.at),
        records: journal::small(import.records),
        state: import.state,
        stale: None,
    }
}
