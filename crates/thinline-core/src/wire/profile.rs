//! Profile exports: what is asked for, what would be written, what was.

use super::{Filter, TimelineRecord};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// What goes into a profile export.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct ProfileRequest {
    /// Which records.
    pub filter: Filter,
    /// `exact`, `day`, `month` or `counts`; empty means exact.
    pub precision: String,
    /// Whether private fields (addresses of devices) are written unmasked.
    pub unmask: bool,
}

/// What a profile export would hold.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ProfilePreview {
    /// Records in it.
    pub records: u32,
    /// By service.
    pub services: BTreeMap<String, u32>,
    /// By category.
    pub categories: BTreeMap<String, u32>,
    /// By kind.
    pub kinds: BTreeMap<String, u32>,
    /// Records left out because it is not decided whose they are; naming a person includes them.
    pub undecided_persons: u32,
    /// Names of those persons, as (service, name).
    pub undecided_names: Vec<(String, String)>,
    /// Choices in it.
    pub choices: u32,
    /// The first rows, as they would be written.
    pub rows: Vec<TimelineRecord>,
}

/// A written profile export.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ProfileWritten {
    /// Where it lies.
    pub path: String,
    /// Records in it.
    pub records: u32,
    /// Size.
    #[ts(type = "number")]
    pub bytes: u64,
    /// Of the file.
    pub sha256: String,
}
