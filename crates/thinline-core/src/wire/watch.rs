//! The watched folder: where exports arrive, and those that did. Nothing in it is ever imported without asking.

use super::Picked;
use serde::Serialize;
use ts_rs::TS;

/// What is watched, and what came.
#[derive(Debug, Clone, Default, Serialize, TS)]
pub struct WatchState {
    /// The folder, for showing; null while nothing is watched.
    pub folder: Option<String>,
    /// Whether the folder can be listed just now.
    pub reachable: bool,
    /// Exports that arrived and were neither imported nor dismissed.
    pub offers: Vec<WatchOffer>,
}

/// An export that arrived in the watched folder.
#[derive(Debug, Clone, Serialize, TS)]
pub struct WatchOffer {
    /// As if it had been picked: its token checks and imports it.
    pub picked: Picked,
    /// Service id, by its content.
    pub service: String,
    /// RFC 3339: when the file was last written.
    pub at: String,
}
