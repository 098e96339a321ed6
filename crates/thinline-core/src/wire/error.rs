//! What went wrong, as a closed list of codes with words.

use serde::Serialize;
use ts_rs::TS;

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
