//! Backups, putting one back, and whether the data is whole.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// When backups are made, and those that are there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Backups {
    /// `daily`, `weekly` or `off`.
    pub every: String,
    /// Where they go.
    pub folder: String,
    /// Whether that is the folder inside the data folder: then both are lost together.
    pub beside_data: bool,
    /// Whether the folder can be listed just now; one that was never needed counts as there.
    pub reachable: bool,
    /// The newest that are kept.
    pub newest: u32,
    /// Months of which the newest is kept, too.
    pub months: u32,
    /// The newest first.
    pub backups: Vec<BackupLine>,
}

/// One backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct BackupLine {
    /// Its file's name; names it for `backup_check` and `backup_restore`.
    pub name: String,
    /// Where it lies.
    pub path: String,
    /// RFC 3339.
    pub made_at: String,
    /// Bytes on disk.
    #[ts(type = "number")]
    pub bytes: u64,
    /// Log entries in it.
    pub log_size: u32,
    /// Whether it is of the data that is here.
    pub own: bool,
}

/// What to change about backups; what is left out stays.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SetBackups {
    /// `daily`, `weekly` or `off`.
    pub every: Option<String>,
    /// The newest that are kept: 1 to 1000.
    pub newest: Option<u32>,
    /// Months of which the newest is kept: 0 to 120.
    pub months: Option<u32>,
}

/// What trying a backup found. It was unpacked, opened, brought up to date and read in whole, and then deleted again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct BackupChecked {
    /// Whether it could be put back as it is.
    pub ok: bool,
    /// RFC 3339.
    pub made_at: String,
    /// Version of the program that made it.
    pub program: String,
    /// `backup` or `move`.
    pub purpose: String,
    /// What does not fit: `pages`, `structure`, `references`, `counts`, `log`, `seal`.
    pub faults: Vec<String>,
    /// Records in it.
    pub records: u32,
    /// Imports that stand.
    pub imports: u32,
    /// Log entries.
    pub log_size: u32,
}

/// What was put back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Restored {
    /// RFC 3339: when the backup was made.
    pub made_at: String,
    /// Records in it.
    pub records: u32,
    /// Where the data went that was here before.
    pub set_aside: Option<String>,
    /// Whether it came from another computer and is a vault of its own from here on.
    pub moved: bool,
}

/// Whether the data that is here is whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DataChecked {
    /// Whether nothing was found.
    pub ok: bool,
    /// What does not fit: `pages`, `structure`, `references`, `counts`, `log`, `older`.
    pub faults: Vec<String>,
    /// Records.
    pub records: u32,
    /// RFC 3339.
    pub checked_at: String,
}

/// What was set aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SetAside {
    /// Where it lies now.
    pub folder: String,
    /// Exports that had been imported, as far as that could still be read: to be imported again.
    pub archives: Vec<KnownImport>,
    /// Whether that list could be read.
    pub readable: bool,
}

/// An export that had been imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct KnownImport {
    /// Service id.
    pub service: String,
    /// Name of the archive.
    pub archive: String,
    /// RFC 3339.
    pub at: String,
}
