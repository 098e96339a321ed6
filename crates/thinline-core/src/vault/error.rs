//! What can go wrong with a vault. No variant carries a key, a passphrase or a path.

use super::keyring::KeyringError;
use super::slots::SlotKind;

/// What this module's functions answer.
pub type Result<T> = std::result::Result<T, VaultError>;

/// Why a vault cannot be made, read or unlocked.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// No `vault.json` in the directory.
    #[error("there is no vault here")]
    NoVault,
    /// A `vault.json` is there already; it is never overwritten.
    #[error("there is a vault here already")]
    Exists,
    /// Wrong passphrase, wrong key file, another keyring's key, or a slot that was changed.
    #[error("the key does not open this vault")]
    WrongKey,
    /// The vault cannot be unlocked in this way.
    #[error("the vault has no {0} to unlock it with")]
    NoSlot(SlotKind),
    /// The keyring unlocks this vault already.
    #[error("the keyring unlocks this vault already")]
    SlotExists,
    /// Without its last slot nobody could open the vault.
    #[error("the last way to unlock cannot be taken away")]
    LastSlot,
    /// Ways to unlock would be lost whose secret was not given.
    #[error("a way to unlock would open nothing any more")]
    SlotsLeft,
    /// As many slots as a vault may have.
    #[error("the vault has as many ways to unlock as it may have")]
    TooManySlots,
    /// The file is not what this program wrote; names the field, or the form as a whole.
    #[error("vault.json is damaged ({0})")]
    Damaged(&'static str),
    /// Written by a newer program.
    #[error("vault.json has version {0}, this program reads version 1")]
    TooNew(u64),
    /// Parameters of Argon2 that are too weak to accept or too costly to run.
    #[error("the passphrase's work factors are outside what is accepted")]
    Cost,
    /// An empty passphrase protects nothing.
    #[error("the passphrase is empty")]
    EmptyPassphrase,
    /// No file is there, or no permission to read it.
    #[error("the key file cannot be read")]
    KeyFileUnreadable,
    /// Not a key file, or cut off.
    #[error("a key file has exactly 32 bytes, this one has {0}")]
    KeyFileLength(u64),
    /// Not as many words as a recovery code has.
    #[error("a recovery code has 15 words, this has {0}")]
    RecoveryCount(usize),
    /// A word that is in no recovery code; its place, from 1.
    #[error("word {0} is none of the words of recovery codes")]
    RecoveryWord(usize),
    /// All words are known, but do not belong together.
    #[error("the words do not belong together: one is another, or two are swapped")]
    RecoveryChecksum,
    /// The anchor is not what this program wrote.
    #[error("the anchor is damaged")]
    AnchorDamaged,
    /// The keyring did not do what was asked.
    #[error(transparent)]
    Keyring(#[from] KeyringError),
    /// The system gives no random numbers.
    #[error("the system gives no random numbers")]
    Random,
    /// Reading or writing a file failed.
    #[error("reading or writing the vault failed: {0}")]
    Io(#[from] std::io::Error),
}

impl From<getrandom::Error> for VaultError {
    fn from(_: getrandom::Error) -> Self {
        VaultError::Random
    }
}
