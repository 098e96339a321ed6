//! The recovery code: made, checked, taken away.

use serde::Serialize;
use ts_rs::TS;

/// Whether there is a recovery code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RecoveryState {
    /// Whether one unlocks this data.
    pub set: bool,
    /// RFC 3339: when it was made, where that is known.
    pub since: Option<String>,
}

/// A new code, shown once. It does not count before three of its words were repeated.
#[derive(Serialize, TS)]
pub struct RecoveryNew {
    /// Fifteen words.
    pub words: Vec<String>,
    /// Places, from 1, of the three words that will be asked for.
    pub ask: Vec<u8>,
}

/// What can be said of a code while it is typed. No word of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RecoveryLook {
    /// Words typed so far.
    pub words: u32,
    /// Places, from 1, of words that are in no code.
    pub unknown: Vec<u32>,
    /// Whether it is a whole code; another vault's may be, too.
    pub whole: bool,
}
