//! What core answers, as it is written to `--json` and sent to the window: one shape for both.
//!
//! The command line's contract: fields may be added, never renamed. Numbers that can pass 2^53 do not occur;
//! record ids are opaque strings. Texts from exports stand here as they are: whoever shows them shows text.
//! The TypeScript types in `ui/src/ipc/bindings` are generated from this file.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// How far the program is: nothing made yet, locked, open, or unable to start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// No vault yet.
    FirstRun,
    /// A vault, no key.
    Locked,
    /// Unlocked.
    Open,
    /// Cannot start; `fault` says why.
    Fault,
}

/// What the window needs to know before it draws anything.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AppState {
    /// How far the program is.
    pub phase: Phase,
    /// Whether the open vault is the invented sample.
    pub sample: bool,
    /// Ways the vault can be unlocked.
    pub slots: Vec<SlotKind>,
    /// Whether the system offers a keyring that works.
    pub keyring: bool,
    /// Why the program cannot start.
    pub fault: Option<ApiError>,
    /// What was chosen in Settings.
    pub preferences: Preferences,
    /// Program version.
    pub version: String,
}

/// A way to unlock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum SlotKind {
    /// The keyring of the system.
    Keyring,
    /// A passphrase.
    Passphrase,
    /// The recovery code.
    Recovery,
    /// A key file.
    KeyFile,
}

/// Looks and habits; nothing secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Preferences {
    /// `system`, `light` or `dark`.
    pub appearance: String,
    /// Text size in percent: 100 to 200.
    pub text_size: u16,
    /// IANA name of the time zone that defines days.
    pub home_zone: String,
    /// ISO 3166 code, or empty.
    pub country: String,
    /// Whether original rows are kept.
    pub keep_originals: bool,
}

/// First run: which key, which services, which country.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SetUp {
    /// The first slot.
    pub key: SlotKind,
    /// For a passphrase slot.
    pub passphrase: Option<String>,
    /// Token of a file picked with `pick_key_file`, for a key-file slot.
    pub key_file: Option<String>,
    /// Services to list.
    pub services: Vec<String>,
    /// ISO 3166 code, or empty.
    pub country: String,
}

/// Unlocking.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Unlock {
    /// Which slot.
    pub key: SlotKind,
    /// For a passphrase slot.
    pub passphrase: Option<String>,
    /// Token of a picked key file.
    pub key_file: Option<String>,
}

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
    /// `YYYY-MM-DD`.
    pub checked_on: String,
    /// Whether that is more than 180 days ago.
    pub stale: bool,
}

/// One package that a service offers.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ExportPackage {
    /// Label at the service.
    pub label: String,
    /// Days the service says it takes.
    pub days: Option<u32>,
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

/// `thinline status`.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Status {
    /// Whether there is a vault.
    pub vault: bool,
    /// Whether it is locked (for this process).
    pub locked: bool,
    /// Records.
    pub records: u32,
    /// Services with records.
    pub services: u32,
    /// Imports that stand.
    pub imports: u32,
    /// Log entries.
    pub log_size: u32,
    /// Paired browsers: none yet.
    pub browsers: Vec<String>,
    /// Where the data lies.
    pub data_dir: String,
    /// Bytes on disk.
    #[ts(type = "number")]
    pub bytes: u64,
}

/// Facts for the Settings page.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SettingsInfo {
    /// Status.
    pub status: Status,
    /// Ways to unlock.
    pub slots: Vec<SlotKind>,
    /// The log's public key (C2SP vkey).
    pub log_key: String,
    /// Hash of the catalogue.
    pub catalogue: String,
    /// Version of SQLite and SQLCipher.
    pub database: String,
    /// Preferences.
    pub preferences: Preferences,
}

/// What went wrong, in a form that a table turns into words. Never carries a person's data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ApiError {
    /// Closed list.
    pub code: Code,
    /// One English sentence for the terminal and for reports.
    pub message: String,
    /// The next step, one sentence.
    pub next: String,
}

/// Every kind of failure that a person can act on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    /// No vault here yet.
    NoVault,
    /// There is one already.
    VaultExists,
    /// The vault is locked.
    Locked,
    /// Wrong passphrase or key file.
    WrongKey,
    /// No keyring is reachable.
    NoKeyring,
    /// The keyring is locked or refuses.
    KeyringLocked,
    /// The keyring did not answer in time.
    KeyringTimeout,
    /// The keyring does not hold the key of this vault.
    KeyringEmpty,
    /// The key file is missing or not 32 bytes.
    KeyFile,
    /// `vault.json` is damaged or from a newer version.
    VaultFile,
    /// The database is of a newer version.
    DatabaseTooNew,
    /// The database is damaged.
    DatabaseDamaged,
    /// Another program holds the data directory.
    Busy,
    /// The data directory cannot be written.
    ReadOnly,
    /// The disk is full.
    DiskFull,
    /// The file is not there or not readable.
    NotFound,
    /// The file is no archive that we know.
    NotAnArchive,
    /// The archive is cut off.
    Truncated,
    /// The archive is encrypted.
    Encrypted,
    /// The archive breaks a limit.
    TooLarge,
    /// No service recognized.
    UnknownService,
    /// Two services fit: the person must say which.
    Ambiguous,
    /// It belongs to another service than was said.
    WrongService,
    /// Nothing could be read.
    NothingRead,
    /// The token of a picked file is gone.
    PickGone,
    /// An import is running.
    ImportRunning,
    /// Sample data is open: own data does not go into it.
    SampleOpen,
    /// Cancelled by the person.
    Cancelled,
    /// No such record, import or service.
    NoSuch,
    /// Nothing to undo.
    NothingToUndo,
    /// A value is not one of those that fit.
    BadValue,
    /// Another window has this data open.
    WindowOpen,
    /// The target of an export exists or cannot be written.
    CannotWrite,
    /// Something that should not happen.
    Internal,
}
