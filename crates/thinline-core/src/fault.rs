//! From inner failures to the closed codes, each with one sentence and a next step. No content of anybody's data.

use crate::vault::{KeyringError, VaultError};
use crate::wire::{ApiError, Code};
use thinline_import::ImportError;
use thinline_store::StoreError;

impl ApiError {
    /// The failure with its standard sentence and next step.
    pub fn new(code: Code) -> Self {
        let (message, next) = words(code);
        Self { code, message: message.to_owned(), next: next.to_owned() }
    }
}

impl std::fmt::Display for ApiError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.message, self.next)
    }
}

impl std::error::Error for ApiError {}

impl From<Code> for ApiError {
    fn from(code: Code) -> Self {
        Self::new(code)
    }
}

#[expect(clippy::too_many_lines, reason = "one table: a row for each code")]
fn words(code: Code) -> (&'static str, &'static str) {
    match code {
        Code::NoVault => {
            ("There is no Thinline data here yet.", "Make it with `thinline init`, or open the app.")
        }
        Code::VaultExists => ("There is Thinline data here already.", "Unlock it; nothing was changed."),
        Code::Locked => ("Thinline is locked.", "Unlock it and try again."),
        Code::WrongKey => ("The key does not fit.", "Check the passphrase or the key file and try again."),
        Code::RecoveryCode => {
            ("This is no recovery code.", "Compare it word by word with what you wrote down and try again.")
        }
        Code::RecoveryCheck => (
            "At least one word is not the one at that place.",
            "Look at the code again. Until the words fit, it does not count.",
        ),
        Code::NoKeyring => (
            "No system keyring can be reached.",
            "Start it and try again, or use a passphrase or a key file.",
        ),
        Code::KeyringLocked => {
            ("The system keyring is locked or refuses.", "Unlock the keyring and try again.")
        }
        Code::KeyringTimeout => (
            "The system keyring did not answer within five seconds.",
            "Answer its question if it asks one, and try again.",
        ),
        Code::KeyringEmpty => (
            "The system keyring does not hold the key of this data.",
            "Unlock another way, or use the keyring of the account that made it.",
        ),
        Code::KeyFile => (
            "The key file cannot be read or written, or does not have exactly 32 bytes.",
            "Name the file that was made with `thinline init --key-file`.",
        ),
        Code::VaultFile => (
            "vault.json is damaged or was written by a newer version.",
            "Nothing was changed. Update Thinline, or put a copy of vault.json back.",
        ),
        Code::DatabaseTooNew => (
            "The data was written by a newer version of Thinline.",
            "Nothing was changed. Update Thinline and open it again.",
        ),
        Code::DatabaseDamaged => (
            "The database cannot be read with this key: it is damaged, or another file.",
            "Nothing was changed. Put a backup back with `thinline restore`, or start over and import your archives again.",
        ),
        Code::DataOlder => (
            "The data is older than it was: an older copy took its place, or its end was lost.",
            "Put a backup back with `thinline restore`, or go on with what is here; `thinline log verify` says more.",
        ),
        Code::VaultFileMended => (
            "vault.json was damaged or missing; its second copy took its place.",
            "Nothing was lost. What was damaged lies beside it, as vault-damaged-….json.",
        ),
        Code::BackupFile => (
            "This is no backup of Thinline, or it is not as it was written.",
            "Nothing was changed. Choose another backup.",
        ),
        Code::Busy => ("Another Thinline program is writing.", "Wait until it is done and try again."),
        Code::ReadOnly => ("The data folder cannot be written.", "Check its permissions and try again."),
        Code::DiskFull => {
            ("The disk is full.", "Free some space and try again; what was saved before is safe.")
        }
        Code::NoSpace => (
            "There is too little free space for this import.",
            "Free some space where Thinline keeps its data and try again; nothing was read.",
        ),
        Code::NotFound => ("There is no such file, or it cannot be read.", "Check the path and try again."),
        Code::NotAnArchive => (
            "This is no archive that Thinline can read.",
            "Choose the file as it was downloaded (.zip, .tgz), or the folder it was unpacked to.",
        ),
        Code::NotSupported => (
            "Archives of this form (7z, rar and others) are not read.",
            "Unpack it and import the folder, or choose the .zip as the service sent it.",
        ),
        Code::SplitArchive => (
            "This is one piece of a zip that was split by a zip program.",
            "Join the pieces first, for example with `zip -s 0 PIECE.zip --out whole.zip`, and import the whole.",
        ),
        Code::PartMissing => (
            "A numbered piece of the archive is missing.",
            "Put all pieces (.001, .002 and so on) into one folder and try again.",
        ),
        Code::Truncated => {
            ("The archive is cut off or damaged.", "Download it again; the download was not complete.")
        }
        Code::CutAtSize => (
            "The archive is cut off at exactly 2 or 4 GiB.",
            "Download it again to a disk that holds larger files (FAT32 does not), or ask for smaller parts.",
        ),
        Code::Encrypted => {
            ("The archive is encrypted.", "Unpack it with its password and import the folder.")
        }
        Code::TooLarge => (
            "The archive breaks a safety limit, or holds links or names that point outside of it.",
            "Nothing was read. Check where the file comes from.",
        ),
        Code::UnknownService => (
            "No known service export was recognized in it.",
            "Check that it is a service's own archive, or say which with --as.",
        ),
        Code::Ambiguous => ("It could be from more than one service.", "Say which one with --as."),
        Code::OtherArchive => (
            "This is another archive than the one that was read then.",
            "Choose that one; or import this one as a new export.",
        ),
        Code::WrongService => {
            ("It looks like another service's export.", "Leave the service out, or name the right one.")
        }
        Code::WhichAccount => (
            "It may be the export of another account than before.",
            "Say which with --account: a name that is there, or a new one.",
        ),
        Code::TwoAccounts => {
            ("It holds the exports of two accounts.", "Import each export on its own; nothing was read.")
        }
        Code::DateOrder => (
            "Its dates, such as 3/4/25, can be read in two ways.",
            "Say which with --dates day-first or --dates month-first; nothing was read.",
        ),
        Code::OwnRecord => (
            "Thinline wrote this record itself; it belongs to what the log tells.",
            "It stays, and goes only when everything is erased.",
        ),
        Code::NothingRead => {
            ("Nothing could be read.", "Check that it is the right export; nothing was stored.")
        }
        Code::PickGone => ("The chosen file is not known any more.", "Choose it again."),
        Code::ImportRunning => ("An import is running.", "Wait until it ends, or cancel it."),
        Code::SampleOpen => (
            "Sample data is open, and your own data does not go into it.",
            "Leave the sample first, then import into data of your own.",
        ),
        Code::Cancelled => ("Cancelled.", "Nothing was stored."),
        Code::NoSuch => ("There is no such item.", "Check the name or number."),
        Code::NothingToUndo => ("There is nothing to undo.", "Nothing was changed."),
        Code::BadValue => ("A value does not fit.", "Check the spelling against `--help`."),
        Code::WindowOpen => ("Thinline is open in another window.", "Use that window, or close it first."),
        Code::WindowHung => (
            "Thinline runs already, but does not answer.",
            "End it, for example in your system's list of programs, and try again; what was saved is safe.",
        ),
        Code::CannotWrite => (
            "The file exists already or cannot be written.",
            "Choose another name, or check the folder's permissions.",
        ),
        Code::Internal => {
            ("Something went wrong inside Thinline.", "What was saved before is safe. Please report it.")
        }
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        let code = match error {
            StoreError::NotADatabase | StoreError::Damaged | StoreError::Unreadable => Code::DatabaseDamaged,
            StoreError::TooNew { .. } => Code::DatabaseTooNew,
            StoreError::Busy => Code::Busy,
            StoreError::DiskFull => Code::DiskFull,
            StoreError::ReadOnly => Code::ReadOnly,
            StoreError::Missing => Code::NoSuch,
            StoreError::NotEncrypted | StoreError::Log | StoreError::Sqlite(_) => Code::Internal,
        };
        let mut fault = Self::new(code);
        if code == Code::Internal {
            fault.message = format!("Something went wrong inside Thinline: {error}.");
        }
        fault
    }
}

impl From<VaultError> for ApiError {
    fn from(error: VaultError) -> Self {
        let code = match &error {
            VaultError::NoVault => Code::NoVault,
            VaultError::Exists => Code::VaultExists,
            VaultError::WrongKey | VaultError::NoSlot(_) => Code::WrongKey,
            VaultError::EmptyPassphrase | VaultError::SlotsLeft => Code::BadValue,
            VaultError::RecoveryCount(_) | VaultError::RecoveryWord(_) | VaultError::RecoveryChecksum => {
                Code::RecoveryCode
            }
            VaultError::Damaged(_) | VaultError::TooNew(_) | VaultError::Cost | VaultError::AnchorDamaged => {
                Code::VaultFile
            }
            VaultError::KeyFileUnreadable | VaultError::KeyFileLength(_) => Code::KeyFile,
            VaultError::Keyring(KeyringError::NoKeyring) => Code::NoKeyring,
            VaultError::Keyring(KeyringError::Timeout) => Code::KeyringTimeout,
            VaultError::Keyring(KeyringError::NoEntry) => Code::KeyringEmpty,
            VaultError::Keyring(_) => Code::KeyringLocked,
            VaultError::Io(error) => return io(error, Code::ReadOnly),
            VaultError::SlotExists | VaultError::LastSlot | VaultError::TooManySlots | VaultError::Random => {
                Code::Internal
            }
        };
        let mut fault = Self::new(code);
        if code == Code::RecoveryCode {
            fault.message = format!("This is no recovery code: {error}.");
        }
        if let VaultError::SlotsLeft = error {
            fault.message = "Another way to unlock would open nothing any more.".to_owned();
            fault.next = "Nothing was changed. Give its secret, too, or say that it shall go.".to_owned();
        }
        if let VaultError::NoSlot(_) = error {
            fault.message = "This data is not unlocked that way.".to_owned();
            fault.next = "Unlock it the way it was set up.".to_owned();
        }
        fault
    }
}

impl From<ImportError> for ApiError {
    fn from(error: ImportError) -> Self {
        Self::new(match &error {
            ImportError::NotAnArchive => Code::NotAnArchive,
            ImportError::Truncated => Code::Truncated,
            ImportError::NotSupported => Code::NotSupported,
            ImportError::Split => Code::SplitArchive,
            ImportError::Encrypted => Code::Encrypted,
            ImportError::Limit(_) | ImportError::UnsafePath => Code::TooLarge,
            ImportError::TwoAccounts => Code::TwoAccounts,
            ImportError::RecipesClash(..) => Code::Internal,
            ImportError::Io(error) => return io(error, Code::NotFound),
        })
    }
}

/// A failure of the file system; `otherwise` where nothing better fits.
pub(crate) fn io(error: &std::io::Error, otherwise: Code) -> ApiError {
    use std::io::ErrorKind;
    ApiError::new(match error.kind() {
        ErrorKind::StorageFull => Code::DiskFull,
        ErrorKind::ReadOnlyFilesystem => Code::ReadOnly,
        _ => otherwise,
    })
}
