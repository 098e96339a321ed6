//! Picked files, progress and reports of imports.

use super::ApiError;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// A file or folder that the person picked; only Rust knows the path.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Picked {
    /// Opaque.
    pub token: String,
    /// Base name, for showing.
    pub name: String,
    /// Bytes; 0 for a folder.
    pub bytes: f64,
}

/// Progress of an import.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Progress {
    /// Which import run.
    pub job: u32,
    /// `opening`, `reading`, `indexing`, `finishing`.
    pub phase: String,
    /// Bytes read of `total`.
    pub done: f64,
    /// Bytes to read.
    pub total: f64,
    /// Rows so far.
    pub rows: u32,
    /// Records so far.
    pub records: u32,
    /// Seconds since the start.
    pub seconds: f64,
    /// Estimated seconds left.
    pub left: Option<f64>,
    /// Imports that wait for this one to end.
    pub waiting: u32,
}

/// What to import, and as what.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ImportAsk {
    /// Service id, where the person said so.
    pub service: Option<String>,
    /// Account name, where the person said so.
    pub account: Option<String>,
    /// `day-first` or `month-first`, where the person said so.
    pub date_order: Option<String>,
}

/// How an import run ended.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ImportEnd {
    /// Which run.
    pub job: u32,
    /// The report, if it came to one.
    pub report: Option<ImportReport>,
    /// Why not.
    pub error: Option<ApiError>,
}

/// `thinline import`: one report per archive.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ImportReports {
    /// In the order given.
    pub imports: Vec<ImportReport>,
}

/// What one import did. Rows = read + known + skipped + failed, per part, per file and in all.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ImportReport {
    /// Import id; 0 if nothing was stored.
    pub id: u32,
    /// Service id.
    pub service: String,
    /// Account name.
    pub account: String,
    /// Base name of the archive.
    pub archive: String,
    /// `done`, `partial`, `cancelled` or `known`.
    pub state: String,
    /// The totals.
    #[serde(flatten)]
    pub totals: Totals,
    /// Every file of the archive.
    pub files: Vec<FileLine>,
    /// First and last date per category, from this import.
    pub coverage: Vec<Coverage>,
    /// Warning codes.
    pub warnings: Vec<String>,
    /// At most three sentences, the most important first, as message ids with values.
    #[serde(default)]
    pub told: Vec<Sentence>,
    /// The file that was read still lies there unencrypted: ask what is to become of it. Only in the window, never stored.
    #[serde(default)]
    pub download: Option<Download>,
    /// If this import took the place of an older reading of the same export.
    #[serde(default)]
    pub again: Option<ReadAgain>,
}

/// A sentence as data: which one, and what stands in it. Words are the window's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Sentence {
    /// Message id.
    pub id: String,
    /// By name of the placeholder.
    pub values: BTreeMap<String, Told>,
}

/// A value in a sentence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "is", content = "value", rename_all = "kebab-case")]
pub enum Told {
    /// A number.
    Count(u32),
    /// Bytes.
    Bytes(f64),
    /// RFC 3339.
    Date(String),
    /// A year.
    Year(u32),
    /// A service id.
    Service(String),
    /// A category id.
    Category(String),
    /// Category ids.
    Categories(Vec<String>),
    /// An id that the window has a word for.
    Word(String),
    /// As a service prints it, or as it stands in an export: to be shown as foreign text.
    Text(String),
}

/// The archive that was read, lying on the disk as it came.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Download {
    /// For `download_to_bin` and `download_keep`.
    pub token: String,
    /// Base name.
    pub name: String,
    /// Bytes.
    pub bytes: f64,
}

/// What reading an export anew changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReadAgain {
    /// The import whose place was taken.
    pub instead_of: u32,
    /// Records per category, before and after; only those that differ.
    pub changes: Vec<CategoryChange>,
    /// Files that were not read before and are now.
    pub files_now_read: u32,
}

/// Records of a category before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CategoryChange {
    /// Category id.
    pub category: String,
    /// Before.
    pub before: u32,
    /// After.
    pub after: u32,
}

/// Counts that add up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Totals {
    /// Rows iterated.
    pub rows: u32,
    /// Records that rows gave (new or known).
    pub records: u32,
    /// Rows that gave a new record.
    pub read: u32,
    /// Rows whose records were all there already.
    pub known: u32,
    /// Rows left out, with reasons.
    pub skipped: u32,
    /// Rows that could not be read.
    pub failed: u32,
}

/// One file of an archive.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FileLine {
    /// Path inside the archive.
    pub path: String,
    /// `read`, `unused`, `unknown`, `empty` or `failed`.
    pub state: String,
    /// Totals of the file.
    #[serde(flatten)]
    pub totals: Totals,
    /// Skipped rows by reason; for an unused file the reason why.
    pub reasons: BTreeMap<String, u32>,
    /// Why the file is not used, a message id.
    pub why: Option<String>,
    /// Lists inside the file.
    pub parts: Vec<PartLine>,
}

/// One list inside a file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PartLine {
    /// Where in the file.
    pub at: String,
    /// Recipe that read it.
    pub recipe: Option<String>,
    /// As for files.
    pub state: String,
    /// Totals of the part.
    #[serde(flatten)]
    pub totals: Totals,
    /// Skipped rows by reason.
    pub reasons: BTreeMap<String, u32>,
    /// The first rows that could not be read (row numbers).
    pub failed_at: Vec<u32>,
    /// What else is to be said about rows that were read (`no-time`, `unreadable-time`, `time-out-of-range`, ...).
    pub notes: BTreeMap<String, u32>,
}

/// From when to when an import covers a category.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Coverage {
    /// Category id.
    pub category: String,
    /// RFC 3339.
    pub first: String,
    /// RFC 3339.
    pub last: String,
    /// Stretches without a record that are too long to be chance, oldest first.
    pub gaps: Vec<Gap>,
}

/// A stretch of time that an export says nothing about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Gap {
    /// The last day with a record before it, `YYYY-MM-DD`.
    pub from: String,
    /// The first day with a record after it, `YYYY-MM-DD`.
    pub to: String,
    /// Days between.
    pub days: u32,
    /// `nothing-there`, or `part-missing` if a numbered file of that time is missing.
    pub why: String,
}

/// `thinline imports`.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ImportRows {
    /// Newest first.
    pub imports: Vec<ImportRow>,
}

/// One import in the list.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ImportRow {
    /// Id for undo.
    pub id: u32,
    /// Service id.
    pub service: String,
    /// Account name.
    pub account: String,
    /// Base name of the archive.
    pub archive: String,
    /// RFC 3339.
    pub at: String,
    /// Records it holds (read or known).
    pub records: u32,
    /// `open`, `done` or `undone`.
    pub state: String,
    /// Present if recipes that concern it changed since it was read: reading it again finds more, or other things.
    pub stale: Option<Stale>,
}

/// Why an import could be read again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Stale {
    /// Names of recipes that read one of its files otherwise than before.
    pub changed: Vec<String>,
    /// Names of recipes that are new and fit one of its files.
    pub new: Vec<String>,
    /// Files that were not read then and would be now.
    pub files: u32,
    /// Rows that were not used then, in files and lists that would be read now; 0 if they were not counted.
    pub rows: u32,
}
