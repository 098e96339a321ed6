//! Services with their purposes, what can be done, choices and guides.

use super::{ImportRow, LeftOut};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// A service with what can be decided about it.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Service {
    /// Stable id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Other names people know it by.
    pub aliases: Vec<String>,
    /// Badge color, `#rrggbb`.
    pub color: String,
    /// Whether the person listed it.
    pub listed: bool,
    /// Records held.
    pub records: u32,
    /// Days (`YYYY-MM-DD`) of the first and the last dated record.
    pub first: Option<String>,
    /// See `first`.
    pub last: Option<String>,
    /// Records by kind id.
    pub kinds: BTreeMap<String, u32>,
    /// Records by category id.
    pub categories: BTreeMap<String, u32>,
    /// Sensitive records (level 3).
    pub sensitive: u32,
    /// Accounts found.
    pub accounts: Vec<String>,
    /// What is there and not in the counts above.
    pub left_out: LeftOut,
    /// All eight purposes, in order.
    pub purposes: Vec<PurposeState>,
    /// The lever on data: keep a history.
    pub history: ChoiceState,
    /// How the person asks for their data.
    pub export: ExportGuide,
    /// Imports of this service, newest first.
    pub imports: Vec<ImportRow>,
}

/// One purpose at one service: you want, done so far, their data.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PurposeState {
    /// Purpose id.
    pub id: String,
    /// Group id: `yours`, `advertising` or `contact`.
    pub group: String,
    /// `on`, `off` or `undecided`.
    pub choice: String,
    /// RFC 3339; when the choice falls back.
    pub until: Option<String>,
    /// Who decided: `you`, or the id of a preset.
    pub by: Option<String>,
    /// RFC 3339.
    pub since: Option<String>,
    /// What can be done at all: availability ids.
    pub availability: Vec<String>,
    /// How far it got, and where.
    pub effects: Vec<Effect>,
    /// Settings at the service that bear on it.
    pub settings: Vec<SettingGuide>,
    /// What the last export shows.
    pub their_data: TheirData,
}

/// Counts from the last export that bear on a purpose. A result is a later capability.
#[derive(Debug, Clone, Serialize, TS)]
pub struct TheirData {
    /// Whether any file of the service's export bears on it.
    pub shown_by_any_file: bool,
    /// Records that can be used for, or are evidence of, the purpose.
    pub records: u32,
    /// State that the newest setting record reports: `on`, `off`, or none.
    pub setting: Option<String>,
    /// RFC 3339, date of the export that says so.
    pub as_of: Option<String>,
}

/// A choice on something that is no purpose (the history lever).
#[derive(Debug, Clone, Serialize, TS)]
pub struct ChoiceState {
    /// The value, or `undecided`.
    pub choice: String,
    /// See [`PurposeState`].
    pub until: Option<String>,
    /// See [`PurposeState`].
    pub by: Option<String>,
    /// See [`PurposeState`].
    pub since: Option<String>,
}

/// How far an action got, at one place.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Effect {
    /// `signal`, `banner`, `setting` or `letter`.
    pub action: String,
    /// `account`, `this-browser`, `this-computer`, `phone`, `tv` or `signed-out`.
    #[serde(rename = "where")]
    pub place: String,
    /// Effect state id.
    pub state: String,
    /// RFC 3339.
    pub since: Option<String>,
}

/// A setting at the service, as the service labels it.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SettingGuide {
    /// Exact label.
    pub label: String,
    /// https address on the service's own site.
    pub address: String,
    /// What to do there, in order.
    pub steps: Vec<GuideStep>,
    /// Where it takes effect.
    pub scope: String,
    /// Days until it takes effect, where stated.
    pub delay_days: Option<u32>,
    /// `YYYY-MM-DD`.
    pub checked_on: String,
    /// Whether that is more than 180 days ago.
    pub stale: bool,
}

/// One step on a service's pages.
#[derive(Debug, Clone, Serialize, TS)]
pub struct GuideStep {
    /// `open`, `tick`, `turn-off`, `choose` or `confirm`.
    pub act: String,
    /// The words printed there; for `choose` and `confirm` a message id (`profile`, `topics`, `email`).
    pub label: String,
}

/// How to get the data from a service.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ExportGuide {
    /// https address.
    pub address: String,
    /// What to tick.
    pub packages: Vec<ExportPackage>,
    /// What to do there, in order.
    pub steps: Vec<GuideStep>,
    /// Days after which the link to the download ends, where known.
    pub link_expires_days: Option<u32>,
    /// `YYYY-MM-DD`.
    pub checked_on: String,
    /// Whether that is more than 180 days ago.
    pub stale: bool,
}

/// One package that a service offers.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ExportPackage {
    /// Stable id inside the service.
    pub id: String,
    /// Label at the service.
    pub label: String,
    /// Days the service says it takes.
    pub days: Option<u32>,
    /// Categories that it holds.
    pub what: Vec<String>,
    /// Whether Thinline reads it; else its files are only recognized.
    pub read: bool,
}

/// A change of a choice.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Choose {
    /// Service id, `all`, or `all-sites`.
    pub service: String,
    /// Purpose id, `history`, `signal` or `banners`.
    pub what: String,
    /// `on`, `off`, `undecided`; for history `keep`, `pause` or months; for banners `leave`, `refuse`.
    pub value: String,
    /// `YYYY-MM-DD` or RFC 3339.
    pub until: Option<String>,
    /// Sites that are excepted (all-sites signal only).
    #[serde(default)]
    pub except: Vec<String>,
}

/// What a change did.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Changes {
    /// One per service and purpose that really changed.
    pub changes: Vec<Change>,
    /// Log sequence of the entry, if anything changed.
    pub log: Option<u32>,
}

/// One changed choice.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Change {
    /// Service id or `all-sites`.
    pub service: String,
    /// Purpose id or lever.
    pub purpose: String,
    /// Before.
    pub from: String,
    /// After.
    pub to: String,
    /// RFC 3339.
    pub until: Option<String>,
}
