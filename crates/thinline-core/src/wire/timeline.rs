//! Filters, pages, records, facets and counts.

use super::{ImportRow, LeftOut};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// What to show of the timeline. Empty lists mean: all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct Filter {
    /// Service ids.
    pub services: Vec<String>,
    /// Account names.
    pub accounts: Vec<String>,
    /// Person names.
    pub persons: Vec<String>,
    /// Kind ids.
    pub kinds: Vec<String>,
    /// Category ids.
    pub categories: Vec<String>,
    /// Purpose id: only what can be used for it.
    pub usable_for: Option<String>,
    /// `YYYY-MM-DD`, first day shown, in the home time zone.
    pub from: Option<String>,
    /// `YYYY-MM-DD`, last day shown.
    pub to: Option<String>,
    /// Words to find in title, by and counterparty.
    pub search: String,
    /// At most this sensitivity (1 to 3).
    pub max_sensitivity: Option<u8>,
    /// Also what the person hid.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub hidden: Option<bool>,
    /// In counts: also household profiles that are not mine or undecided. Lists show them anyway.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub everyone: Option<bool>,
}

/// A page of the timeline.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Page {
    /// Newest first; undated ones after all dated ones.
    pub records: Vec<TimelineRecord>,
    /// Cursor of the next (older) page.
    pub next: Option<String>,
    /// Cursor for the page before (newer), if there is one.
    pub previous: Option<String>,
}

/// Where a page starts and which way it goes.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct PageAt {
    /// Cursor of an earlier page; none starts at the newest (or oldest, if `newer`).
    pub cursor: Option<String>,
    /// Start at the end of this day (`YYYY-MM-DD`) instead; with `newer` at its first moment.
    pub day: Option<String>,
    /// Start with the undated lane.
    pub undated: bool,
    /// Go towards newer records; the page is still newest first.
    pub newer: bool,
    /// 1 to 500.
    pub limit: u16,
}

/// One record as shown.
#[derive(Debug, Clone, Serialize, TS)]
pub struct TimelineRecord {
    /// Opaque.
    pub id: String,
    /// Service id.
    pub service: String,
    /// Account name.
    pub account: String,
    /// Person name.
    pub person: Option<String>,
    /// Kind id.
    pub kind: String,
    /// Origin id.
    pub origin: String,
    /// Category id.
    pub category: String,
    /// RFC 3339, or none when undated.
    pub at: Option<String>,
    /// Day in the home time zone (`YYYY-MM-DD`); none when undated.
    pub day: Option<String>,
    /// Local time of day (`HH:MM`), only where the precision allows.
    pub time: Option<String>,
    /// RFC 3339: the export that says so.
    pub as_of: Option<String>,
    /// Precision id.
    pub precision: String,
    /// Certainty id.
    pub certainty: String,
    /// What it is about.
    pub title: String,
    /// Who made it.
    pub by: String,
    /// The other company or person.
    pub counterparty: String,
    /// Party id.
    pub party: String,
    /// 1 to 3.
    pub sensitivity: u8,
    /// Purposes it can be used for.
    pub can_be_used_for: Vec<String>,
    /// Where it was read; none for Thinline's own records.
    pub source: Option<Source>,
    /// Detail fields by name. Private ones are masked.
    pub detail: BTreeMap<String, String>,
    /// Names in `detail` that are masked.
    pub masked: Vec<String>,
    /// Whether the person hid it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(as = "Option<bool>", optional)]
    pub hidden: bool,
}

/// Where a record was read.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Source {
    /// Base name of the archive.
    pub archive: String,
    /// Path inside it.
    pub path: String,
    /// Row number.
    pub row: u32,
}

/// A record with everything known of it.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RecordDetail {
    /// The record.
    pub record: TimelineRecord,
    /// `url` as the service wrote it.
    pub url: String,
    /// Recipe that read it (`service/name`).
    pub recipe: String,
    /// The original row as text, and the header of its file where it has one.
    pub original: Option<Original>,
    /// Imports that hold it.
    pub seen_in: Vec<ImportRow>,
    /// `record` if it was hidden by itself, `category` if a rule hides it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub hidden_by: Option<String>,
}

/// A row as the service wrote it.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Original {
    /// The header line of a table.
    pub header: Option<String>,
    /// The row.
    pub text: String,
    /// Whether private fields were masked in it.
    pub masked: bool,
}

/// A facet: the values that a group of records shares. Density and filters are computed over these.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Facet {
    /// Number used in the density columns.
    pub id: u32,
    /// Service id.
    pub service: String,
    /// Account name.
    pub account: String,
    /// Person name.
    pub person: Option<String>,
    /// Kind id.
    pub kind: String,
    /// Category id.
    pub category: String,
    /// Sensitivity.
    pub sensitivity: u8,
    /// Purposes it can be used for.
    pub usable_for: Vec<String>,
    /// Records.
    pub count: u32,
    /// Whether the person hid them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(as = "Option<bool>", optional)]
    pub hidden: bool,
}

/// Density under a text search, from at most 50,000 hits.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SearchDensity {
    /// Days since 1970-01-01 in the home zone (-2147483648: undated), facet, count: three numbers per bar.
    pub bars: Vec<i32>,
    /// Hits counted.
    pub hits: u32,
    /// Whether there were more.
    pub cut: bool,
}

/// `thinline stats`.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Stats {
    /// One per group.
    pub rows: Vec<StatRow>,
    /// Sum.
    pub total: u32,
    /// What fits and is not in the sum.
    pub left_out: LeftOut,
}

/// One group of a count.
#[derive(Debug, Clone, Serialize, TS)]
pub struct StatRow {
    /// The group's values joined by `,` in the order asked for.
    pub key: String,
    /// Where the group names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub service: Option<String>,
    /// Where the group names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub kind: Option<String>,
    /// Where the group names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub category: Option<String>,
    /// Records.
    pub count: u32,
}
