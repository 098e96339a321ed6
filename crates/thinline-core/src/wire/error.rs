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
    /// A typed recovery code has another number of words, unknown words, or words that do not belong together.
    RecoveryCode,
    /// The words asked for do not stand at these places of the new recovery code.
    RecoveryCheck,
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
    /// The data is older than it was: an older copy took its place, or its end was lost.
    DataOlder,
    /// `vault.json` was damaged; its second copy took its place.
    VaultFileMended,
    /// The file is no backup, or not as it was written.
    BackupFile,
    /// Another program holds the data directory.
    Busy,
    /// The data directory cannot be written.
    ReadOnly,
    /// The disk is full.
    DiskFull,
    /// There is too little free space for what an import would need.
    NoSpace,
    /// The file is not there or not readable.
    NotFound,
    /// The file is no archive that we know.
    NotAnArchive,
    /// It is an archive of a form that is not read: 7z, rar and others.
    NotSupported,
    /// It is one piece of a zip that a zip program split.
    SplitArchive,
    /// A numbered piece of an archive is not beside the others.
    PartMissing,
    /// The archive is cut off or damaged.
    Truncated,
    /// The archive is cut off at a size that disks and programs cannot go past.
    CutAtSize,
    /// The archive is encrypted.
    Encrypted,
    /// The archive breaks a limit.
    TooLarge,
    /// No service recognized.
    UnknownService,
    /// Two services fit: the person must say which.
    Ambiguous,
    /// It is another archive than the one that the import read.
    OtherArchive,
    /// It belongs to another service than was said.
    WrongService,
    /// It may be of another account than before: the person must say which.
    WhichAccount,
    /// Its files name two accounts: each export must be imported on its own.
    TwoAccounts,
    /// Its dates can be read in two ways: the person must say which.
    DateOrder,
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
    /// The record is Thinline's own and part of the log's story.
    OwnRecord,
    /// Nothing to undo.
    NothingToUndo,
    /// A value is not one of those that fit.
    BadValue,
    /// Another window has this data open.
    WindowOpen,
    /// Another window has this data open and does not answer.
    WindowHung,
    /// The target of an export exists or cannot be written.
    CannotWrite,
    /// Something that should not happen.
    Internal,
}
