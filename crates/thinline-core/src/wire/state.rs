//! What the window needs before it draws anything, preferences, and `thinline status`.

use super::ApiError;
use serde::{Deserialize, Serialize};
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
    /// What is wrong with the data although it opens.
    pub trouble: Option<ApiError>,
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
    /// For a passphrase slot; for the recovery slot its words.
    pub passphrase: Option<String>,
    /// Token of a picked key file.
    pub key_file: Option<String>,
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
