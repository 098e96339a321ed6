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
    /// Not computed yet: always empty.
    pub gaps: Vec<String>,
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
}
