//! The log in plain words and what verifying it found.

use serde::Serialize;
use ts_rs::TS;

/// A page of the log, newest first.
#[derive(Debug, Clone, Serialize, TS)]
pub struct LogPage {
    /// Entries.
    pub entries: Vec<LogEntry>,
    /// Pass as `before` for older ones.
    pub next: Option<u32>,
    /// Entries in all.
    pub size: u32,
}

/// One log entry with what it says.
#[derive(Debug, Clone, Serialize, TS)]
pub struct LogEntry {
    /// Sequence number.
    pub seq: u32,
    /// RFC 3339, a claim of this computer's clock.
    pub at: String,
    /// Kind id, for example `choice.set`.
    pub kind: String,
    /// The payload; none once it was erased.
    #[ts(type = "Record<string, unknown> | null")]
    pub payload: Option<serde_json::Value>,
}

/// `thinline log verify`.
#[derive(Debug, Clone, Serialize, TS)]
pub struct LogVerified {
    /// Whether everything fits.
    pub ok: bool,
    /// Entries.
    pub size: u32,
    /// Root, hex.
    pub root: String,
    /// RFC 3339.
    pub checked_at: String,
    /// `match`, `newer` (the anchor knows more than this log) or `none`.
    pub anchor: String,
    /// First entry that does not fit.
    pub bad_entry: Option<u32>,
    /// What does not fit: `entry`, `payload`, `checkpoint`, `signature`, `anchor`.
    pub fault: Option<String>,
}
