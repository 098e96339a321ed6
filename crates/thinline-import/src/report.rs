//! What is told about a file that was read: every row is accounted for, by part and by reason.

use crate::ReadError;
use std::collections::BTreeMap;

/// A file, as it was read. `broken` says that reading ended early; the rows before that were handed over and count.
#[derive(Debug, Default)]
pub struct FileReport {
    /// The header line of a CSV file as it stands there, for showing original rows.
    pub header: Option<String>,
    /// The lists inside, in file order; a list that no recipe reads is a part too.
    pub parts: Vec<PartReport>,
    /// Unpacked bytes read.
    pub bytes: u64,
    /// Whether the sink stopped it.
    pub stopped: bool,
    /// Why it ended before its end.
    pub broken: Option<ReadError>,
}

/// A list inside a file. `rows` = rows with records + the sum of `skipped` + `failed`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartReport {
    /// `[]`, `inferences[]`, or `lines` for CSV. Of a list that no recipe reads, the keys as the file has them (cut).
    pub at: String,
    /// Full id of the recipe that reads it.
    pub recipe: Option<String>,
    /// How it went.
    pub state: PartState,
    /// Rows found.
    pub rows: u64,
    /// Records made.
    pub records: u64,
    /// Skipped rows by [`SkipReason::id`].
    pub skipped: BTreeMap<&'static str, u64>,
    /// Rows that could not be read.
    pub failed: u64,
    /// The numbers of the first 20 of them.
    pub failed_at: Vec<u64>,
    /// What else is to be said about rows or records that were read, by [`Note::id`].
    pub notes: BTreeMap<&'static str, u64>,
}

impl PartReport {
    pub(crate) fn new(at: impl Into<String>, recipe: Option<&str>) -> Self {
        Self {
            at: at.into(),
            recipe: recipe.map(str::to_owned),
            state: if recipe.is_some() { PartState::Empty } else { PartState::Unknown },
            rows: 0,
            records: 0,
            skipped: BTreeMap::new(),
            failed: 0,
            failed_at: Vec::new(),
            notes: BTreeMap::new(),
        }
    }

    pub(crate) fn note(&mut self, note: Note) {
        self.noted(note, 1);
    }

    pub(crate) fn noted(&mut self, note: Note, times: u64) {
        if times > 0 {
            *self.notes.entry(note.id()).or_default() += times;
        }
    }
}

/// How a part went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PartState {
    /// Rows were read.
    Read,
    /// No recipe reads it; its rows are only counted.
    Unknown,
    /// A recipe reads it, and it holds no rows.
    Empty,
    /// It holds rows, and none could be read.
    Failed,
    /// A recipe says that its rows are only counted: nothing of them is kept.
    Counted,
}

impl PartState {
    /// The stable id.
    pub fn id(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Unknown => "unknown",
            Self::Empty => "empty",
            Self::Failed => "failed",
            Self::Counted => "counted",
        }
    }
}

/// Why a readable row gave no record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SkipReason {
    /// It holds none of the fields that the recipe asks for.
    Empty,
    /// The recipe's `where` leaves it out.
    Filtered,
    /// The recipe only counts its rows.
    Counted,
}

impl SkipReason {
    /// The stable id.
    pub fn id(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Filtered => "filtered",
            Self::Counted => "counted",
        }
    }
}

/// Why a row could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FailReason {
    /// It is no valid JSON.
    Malformed,
    /// It is not UTF-8.
    NotUtf8,
    /// It is longer than the limit.
    TooLong,
    /// The file ends inside it.
    CutOff,
}

impl FailReason {
    /// The stable id.
    pub fn id(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::NotUtf8 => "not-utf8",
            Self::TooLong => "too-long",
            Self::CutOff => "cut-off",
        }
    }
}

/// What is said about a row or record that was read all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Note {
    /// The recipe has a time field and the row has none: kept undated.
    NoTime,
    /// The time is no date on the timeline (zero, 1601, 9999): kept undated.
    TimeOutOfRange,
    /// The time is written in a way that the recipe does not know: kept undated.
    UnreadableTime,
    /// The line has more cells than the header; those are only in the original row.
    ExtraCells,
    /// The line has fewer cells than the header; the last ones count as missing.
    MissingCells,
    /// A password, a token or the like stood there and is kept nowhere. Counted one by one.
    Dropped,
}

impl Note {
    /// The stable id.
    pub fn id(self) -> &'static str {
        match self {
            Self::NoTime => "no-time",
            Self::TimeOutOfRange => "time-out-of-range",
            Self::UnreadableTime => "unreadable-time",
            Self::ExtraCells => "extra-cells",
            Self::MissingCells => "missing-cells",
            Self::Dropped => "dropped",
        }
    }
}
