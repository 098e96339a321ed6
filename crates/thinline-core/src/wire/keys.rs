//! The ways to unlock, and a new key.

use super::SlotKind;
use serde::Serialize;
use ts_rs::TS;

/// A way to unlock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Way {
    /// Names it.
    pub id: String,
    /// What it is.
    pub kind: SlotKind,
}

/// How the data can be unlocked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct KeyState {
    /// In the order in which they were set up.
    pub ways: Vec<Way>,
}

/// The database has a new key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Rotated {
    /// Ways that open it.
    pub kept: Vec<SlotKind>,
    /// Ways that opened it before and open nothing any more.
    pub dropped: Vec<SlotKind>,
}
