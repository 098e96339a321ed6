//! The functions that the window and the command line call. Each is a few lines: the work lies in the modules beside.

use crate::Result;
use crate::wire::{
    AppState, Changes, Choose, Facet, Filter, ImportReport, ImportRows, LogPage, LogVerified, Page, PageAt, Preferences,
    ProfilePreview, ProfileRequest, ProfileWritten, Progress, RecordDetail, SearchDensity, Service, SettingsInfo, Stats,
    Status,
};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use zeroize::Zeroizing;

/// Where data and configuration lie.
#[derive(Debug, Clone)]
pub struct Dirs {
    /// The vault and its database.
    pub data: PathBuf,
    /// Preferences, and the anchor of a vault without keyring.
    pub config: PathBuf,
}

/// How a vault is made or unlocked.
pub enum Key {
    /// The keyring of the system.
    Keyring,
    /// A passphrase.
    Passphrase(Zeroizing<String>),
    /// A file of 32 bytes; made if missing when a vault is made.
    KeyFile(PathBuf),
}

/// What to read an archive as.
#[derive(Debug, Clone, Default)]
pub struct ImportOptions {
    /// Service id, where the person said so.
    pub service: Option<String>,
    /// Account name; `default` if none.
    pub account: Option<String>,
}

/// Who watches an import.
pub trait ImportWatch: Sync {
    /// Called a few times a second, from the importing thread.
    fn progress(&self, progress: Progress);
    /// Asked between rows; `true` ends the import and takes back what it stored.
    fn cancelled(&self) -> bool;
}

/// Forms of a profile export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportForm {
    /// One JSON object.
    Json,
    /// A table of the records.
    Csv,
    /// One JSON object a line.
    Ndjson,
}

/// What `stats` groups by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatKey {
    /// Day in the home zone.
    Day,
    /// Month.
    Month,
    /// Year.
    Year,
    /// Service.
    Service,
    /// Account.
    Account,
    /// Person.
    Person,
    /// Kind.
    Kind,
    /// Category.
    Category,
}

/// Parts of the state that a write can change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// Phase, sample, slots.
    State,
    /// Records on the timeline.
    Records,
    /// Choices and listed services.
    Choices,
    /// Imports.
    Imports,
    /// The log.
    Log,
    /// Preferences.
    Preferences,
}

impl Topic {
    /// The id used by the window.
    pub fn id(self) -> &'static str {
        match self {
            Self::State => "state",
            Self::Records => "records",
            Self::Choices => "choices",
            Self::Imports => "imports",
            Self::Log => "log",
            Self::Preferences => "preferences",
        }
    }
}

/// The program. Cheap to clone; safe to use from several threads.
#[derive(Clone)]
pub struct Core(#[expect(dead_code, reason = "being built")] Arc<Dirs>);

#[expect(unused_variables, missing_docs, reason = "being built")]
impl Core {
    /// `data_dir` overrides `THINLINE_DATA_DIR`, which overrides the system's place.
    pub fn new(data_dir: Option<&Path>) -> Result<Self> { todo!() }
    /// Called after each commit with what changed; replaces the one set before.
    pub fn on_topics(&self, listener: Box<dyn Fn(&[Topic]) + Send + Sync>) { todo!() }

    pub fn app_state(&self) -> AppState { todo!() }
    pub fn set_up(&self, key: Key, services: &[String], country: &str) -> Result<AppState> { todo!() }
    pub fn unlock(&self, key: Key) -> Result<AppState> { todo!() }
    pub fn lock(&self) -> AppState { todo!() }
    pub fn sample_start(&self) -> Result<AppState> { todo!() }
    pub fn sample_leave(&self) -> Result<AppState> { todo!() }

    pub fn services(&self) -> Result<Vec<Service>> { todo!() }
    pub fn service(&self, id: &str) -> Result<Service> { todo!() }
    pub fn list_service(&self, id: &str, listed: bool) -> Result<()> { todo!() }
    pub fn choose(&self, change: &Choose) -> Result<Changes> { todo!() }
    pub fn undo_choice(&self) -> Result<Changes> { todo!() }
    /// An https address of the catalogue: `what` is `export` or `setting`; `index` counts the service's settings in the order of `Service::purposes[].settings[]`.
    pub fn address(&self, service: &str, what: &str, index: u32) -> Result<String> { todo!() }

    pub fn import(&self, job: u32, path: &Path, options: &ImportOptions, watch: &dyn ImportWatch) -> Result<ImportReport> { todo!() }
    pub fn imports(&self) -> Result<ImportRows> { todo!() }
    pub fn undo_import(&self, id: u32) -> Result<ImportRows> { todo!() }

    pub fn facets(&self) -> Result<Vec<Facet>> { todo!() }
    /// Little-endian: u32 n, n i32 days, n u32 facets, n u32 counts.
    pub fn density(&self) -> Result<Vec<u8>> { todo!() }
    pub fn search_density(&self, filter: &Filter) -> Result<SearchDensity> { todo!() }
    pub fn timeline_page(&self, filter: &Filter, at: &PageAt) -> Result<Page> { todo!() }
    pub fn record(&self, id: &str, unmask: bool) -> Result<RecordDetail> { todo!() }
    pub fn stats(&self, by: &[StatKey], filter: &Filter) -> Result<Stats> { todo!() }

    pub fn profile_preview(&self, request: &ProfileRequest) -> Result<ProfilePreview> { todo!() }
    pub fn profile_export(&self, path: &Path, form: ExportForm, request: &ProfileRequest, overwrite: bool) -> Result<ProfileWritten> { todo!() }

    pub fn log_page(&self, before: Option<u32>, limit: u16) -> Result<LogPage> { todo!() }
    pub fn log_verify(&self) -> Result<LogVerified> { todo!() }
    pub fn log_checkpoint(&self) -> Result<String> { todo!() }
    pub fn log_export(&self, path: &Path, payloads: bool) -> Result<ProfileWritten> { todo!() }

    pub fn status(&self) -> Result<Status> { todo!() }
    pub fn settings_info(&self) -> Result<SettingsInfo> { todo!() }
    pub fn set_preferences(&self, preferences: &Preferences) -> Result<AppState> { todo!() }
}
