//! The health check: what an export is and can show, found before anything is read.
//!
//! The command line's `import --dry-run` answers it in the shape of an import with more fields. Whatever is counted here
//! is an estimate and says so; ranges are exact only where both ends of a file were seen.

use super::{Coverage, FileLine, Sentence, Totals};
use serde::Serialize;
use std::collections::BTreeMap;
use ts_rs::TS;

/// `thinline import --dry-run`: one check per archive.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ImportChecks {
    /// In the order given.
    pub imports: Vec<ImportCheck>,
}

/// What an archive is, before it is read. The first fields are those of an import.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ImportCheck {
    /// Always 0: nothing was stored.
    pub id: u32,
    /// Service id; empty if none, or if the person must say which (`candidates`).
    pub service: String,
    /// Account name that it would go to.
    pub account: String,
    /// Base name of the archive.
    pub archive: String,
    /// `checked`, or `known` if this very archive was imported already and nothing would change.
    pub state: String,
    /// Estimated; for a known archive those of its import.
    #[serde(flatten)]
    pub totals: Totals,
    /// Every file of the archive.
    pub files: Vec<CheckedFile>,
    /// Per category, with `exact`; ranges from file names are estimates.
    pub coverage: Vec<CheckedRange>,
    /// Warning ids, the worst first; `remarks` has the same with their values.
    pub warnings: Vec<String>,
    /// Always true.
    pub estimated: bool,
    /// Services that fit equally well, if the person must say which.
    pub candidates: Vec<String>,
    /// Which packages of the service's guide it holds; several if somebody put them together.
    pub packages: Vec<CheckedPackage>,
    /// BCP 47: the language of titles and labels, where file names or the first rows tell one; null if they tell none, or
    /// several. Exports of many services tell none.
    pub language: Option<String>,
    /// All languages that are told.
    pub languages: Vec<String>,
    /// RFC 3339: when the export was made, as well as can be told.
    pub made: Option<String>,
    /// Warnings and their values, in the order in which they are to be said.
    pub remarks: Vec<Sentence>,
    /// Household profiles in the first rows. Text of the export.
    pub persons: Vec<String>,
    /// Accounts of this service that exist already.
    pub accounts: Vec<String>,
    /// `known` (one of `accounts`), `new` (another id than theirs: the person is to name it), `unknown` (it holds no id).
    pub account_found: String,
    /// What it can show, per category of the service, most interesting first.
    pub shows: Vec<Shown>,
    /// What exports of this service never hold, message ids.
    pub never_shows: Vec<String>,
    /// How many files are in which state (`read`, `unused`, `unknown`, `empty`, `failed`).
    pub counts: BTreeMap<String, u32>,
    /// Packed bytes.
    pub bytes: f64,
    /// Unpacked bytes of the files that would be read.
    pub bytes_to_read: f64,
    /// Estimated seconds that reading takes.
    pub seconds: f64,
    /// What the disk has to offer.
    pub space: Space,
    /// The import that holds this archive already.
    pub imported: Option<KnownArchive>,
    /// A column of dates that can be read in two ways: ask which.
    pub date_order: Option<DateOrderAsk>,
}

/// A package of a service's export guide, found in an archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CheckedPackage {
    /// `extended`, `account`, `technical-log`, `full`, `small-list`: stable.
    pub id: String,
    /// As the service prints it.
    pub label: String,
    /// About when exports looked like this one (`2023`, `2025`), where it can be told.
    pub generation: Option<String>,
    /// Parts that should be there and are not.
    pub missing: Vec<MissingPart>,
}

/// A hole in a numbered series of files or archives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MissingPart {
    /// The name without its number; never a whole name from inside an archive.
    pub series: String,
    /// `number` (one of a series), `archive-part` (the archive itself is one of several).
    pub why: String,
    /// The numbers that are missing.
    pub numbers: Vec<u32>,
    /// How many there should be, where the name says.
    pub of: Option<u32>,
}

/// A file as the check sees it.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CheckedFile {
    /// As in an import; its numbers are estimates.
    #[serde(flatten)]
    pub line: FileLine,
    /// Unpacked bytes.
    pub bytes: f64,
    /// RFC 3339, or null if it has no dates that can be seen.
    pub first: Option<String>,
    /// RFC 3339.
    pub last: Option<String>,
    /// Whether `first` and `last` were seen in the file: all of it, or its beginning and its end, where these show that it
    /// is sorted by time. Else they are estimates.
    pub exact: bool,
    /// Whether all of it was seen: its counts are exact.
    pub whole: bool,
    /// Category ids of what it holds.
    pub categories: Vec<String>,
}

/// From when to when an archive seems to cover a category.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CheckedRange {
    /// As in an import.
    #[serde(flatten)]
    pub coverage: Coverage,
    /// Whether the first and the last record of every file of the category were seen.
    pub exact: bool,
    /// Estimated records.
    pub records: u32,
}

/// What an archive can show of a category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Shown {
    /// Category id.
    pub category: String,
    /// `yes`, `empty` (the service says it holds nothing), `other-package` (ask for it: `package`), `not-read`, `no`.
    pub shows: String,
    /// Which package to ask for.
    pub package: Option<String>,
}

/// Room for what would be stored.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, TS)]
pub struct Space {
    /// Estimated bytes that the data grows by.
    pub needed: f64,
    /// Free bytes where the data lies.
    pub free: f64,
    /// Whether it fits.
    pub enough: bool,
}

/// The import that holds an archive already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct KnownArchive {
    /// Import id.
    pub import: u32,
    /// RFC 3339.
    pub at: String,
    /// Whether recipes changed since: reading it again would find more.
    pub stale: bool,
}

/// A date that can be read in two ways.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DateOrderAsk {
    /// As it stands in the file.
    pub example: String,
    /// `YYYY-MM-DD`, if the day comes first.
    pub day_first: String,
    /// `YYYY-MM-DD`, if the month comes first.
    pub month_first: String,
}
