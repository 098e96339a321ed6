//! The vault file and the keys in it: one random data key and one signing seed, wrapped once for each way to
//! unlock.
//!
//! This module knows files, the keyring and ciphers; it knows neither the database nor the log. Everything here
//! blocks (a passphrase for about a second, a keyring for up to five), so never call it on the window's thread.
//! What would surprise: the keys are never derived from a passphrase, so changing one rewraps 80 bytes and touches
//! no data; and a wrong passphrase cannot be told from a changed slot. The file is described in `docs/vault.md`.

mod adopt;
mod anchor;
mod copy;
mod error;
mod file;
mod key_file;
pub mod keyring;
mod keys;
mod next;
mod recovery;
mod slots;

#[cfg(test)]
mod stops;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use thinline_ledger::DeviceId;

pub use anchor::{Anchor, AnchorPlace};
pub use copy::{COPY, is_whole, mend};
pub use error::{Result, VaultError};
pub(crate) use file::write_private;
pub use file::{hold_dir, make_private_dir, sweep};
pub use keyring::KeyringError;
pub use keys::{Keys, derive};
pub use next::Rotation;
pub use recovery::{CodeLook, RecoveryCode};
pub use slots::{Cost, SlotId, SlotKind};

use file::{VaultFile, VaultId};
use keys::Secret;
use slots::Slot;

/// A way to unlock that is being set up.
#[derive(Clone, Copy)]
pub enum NewKey<'a> {
    /// A new random key in the keyring of the system.
    Keyring,
    /// A passphrase, and how much work guessing it shall be.
    Passphrase(&'a [u8], Cost),
    /// A file of 32 random bytes; written if it does not exist.
    KeyFile(&'a Path),
}

/// A way to unlock that was set up before.
#[derive(Clone, Copy)]
pub enum Unlock<'a> {
    /// The key in the keyring of the system.
    Keyring,
    /// A passphrase.
    Passphrase(&'a [u8]),
    /// A file of 32 bytes.
    KeyFile(&'a Path),
    /// The words on paper.
    Recovery(&'a RecoveryCode),
}

/// A new recovery code's slot that is not in the file yet: it counts once it is put there.
pub struct NewRecovery(Slot);

impl Unlock<'_> {
    fn kind(&self) -> SlotKind {
        match self {
            Unlock::Keyring => SlotKind::Keyring,
            Unlock::Passphrase(_) => SlotKind::Passphrase,
            Unlock::KeyFile(_) => SlotKind::KeyFile,
            Unlock::Recovery(_) => SlotKind::Recovery,
        }
    }
}

/// A vault as its file describes it. Holds no key.
#[derive(Debug)]
pub struct Vault {
    dir: PathBuf,
    file: VaultFile,
}

impl Vault {
    /// Whether there is a vault in this directory, readable or not.
    pub fn exists(dir: &Path) -> bool {
        file::path(dir).symlink_metadata().is_ok()
    }

    /// Makes a vault with new keys and one way to unlock it. Makes the directory if it is missing.
    pub fn create(dir: &Path, key: &NewKey<'_>) -> Result<(Self, Keys)> {
        if Self::exists(dir) {
            return Err(VaultError::Exists);
        }
        make_private_dir(dir)?;
        // Of two programs that find no vault one makes it: a second file would lock the first one's data away.
        let _held = hold_dir(dir)?;
        if Self::exists(dir) {
            return Err(VaultError::Exists);
        }
        let file = VaultFile::new()?;
        let keys = Keys::random(file.device_id())?;
        let mut vault = Self { dir: dir.to_owned(), file };
        vault.add(&keys, key)?;
        Ok((vault, keys))
    }

    /// Reads the vault's file. Needs no key and touches no keyring.
    pub fn open(dir: &Path) -> Result<Self> {
        Ok(Self { dir: dir.to_owned(), file: VaultFile::read(dir)? })
    }

    /// The keys, if this way to unlock fits.
    pub fn unlock(&self, unlock: &Unlock<'_>) -> Result<Keys> {
        self.open_slot(unlock).map(|(keys, ..)| keys)
    }

    /// The keys, the slot that this way opens, and the key of that slot.
    fn open_slot(&self, unlock: &Unlock<'_>) -> Result<(Keys, &Slot, Secret)> {
        let mut slots = self.file.slots().iter().filter(|slot| slot.kind() == unlock.kind()).peekable();
        if slots.peek().is_none() {
            return Err(VaultError::NoSlot(unlock.kind()));
        }
        for slot in slots {
            let kek = self.kek(slot, unlock)?;
            if let Some(keys) = slot.unwrap_keys(&kek, self.vault_id()) {
                return if keys.is_of(self.device_id()) {
                    Ok((keys, slot, kek))
                } else {
                    Err(VaultError::Damaged("device_id"))
                };
            }
        }
        Err(VaultError::WrongKey)
    }

    /// Sets up another way to unlock. The first way proves that whoever asks may.
    ///
    /// With the first keyring slot the anchor's place changes: write it anew.
    pub fn add_slot(&mut self, unlock: &Unlock<'_>, key: &NewKey<'_>) -> Result<SlotId> {
        let keys = self.unlock(unlock)?;
        self.add(&keys, key)
    }

    /// Sets the passphrase, in place of any before: either the old one opens the vault or the new one, whenever the program stops.
    /// Having the keys proves that whoever asks may.
    pub fn set_passphrase(&mut self, keys: &Keys, passphrase: &[u8], cost: Cost) -> Result<()> {
        let slot = Slot::passphrase(passphrase, cost, keys, self.vault_id())?;
        let file = self.file.without_kind(SlotKind::Passphrase).with(slot)?;
        file.write(&self.dir)?;
        self.file = file;
        Ok(())
    }

    /// Takes a way to unlock away; the last one stays. With the keyring slot goes its key in the keyring, and the
    /// anchor's place changes: write it anew.
    pub fn remove_slot(&mut self, id: &SlotId) -> Result<()> {
        let removed = self.file.without(id)?;
        removed.file.write(&self.dir)?;
        self.file = removed.file;
        if removed.slot.kind() == SlotKind::Keyring {
            // The wrapped keys are gone already; an unused key left in the keyring opens nothing.
            let _ = keyring::delete(&self.kek_user());
        }
        Ok(())
    }

    /// Makes a recovery code and its slot. Nothing is written: the person must have written the code down first.
    ///
    /// The way to unlock proves that whoever asks may.
    pub fn prepare_recovery(&self, unlock: &Unlock<'_>) -> Result<(RecoveryCode, NewRecovery)> {
        let keys = self.unlock(unlock)?;
        let code = RecoveryCode::random()?;
        let slot = Slot::wrap(SlotKind::Recovery, &code.kek(self.vault_id()), &keys, self.vault_id())?;
        Ok((code, NewRecovery(slot)))
    }

    /// Lets a new recovery code count, in place of any before: there is one sheet of paper that opens the vault, not several.
    pub fn put_recovery(&mut self, new: &NewRecovery) -> Result<()> {
        let file = self.file.without_kind(SlotKind::Recovery).with(new.0.clone())?;
        file.write(&self.dir)?;
        self.file = file;
        Ok(())
    }

    /// Takes the recovery code away; `false` if there is none. The last way to unlock stays.
    pub fn remove_recovery(&mut self) -> Result<bool> {
        let file = self.file.without_kind(SlotKind::Recovery);
        if file.slots().is_empty() {
            return Err(VaultError::LastSlot);
        }
        if file.slots().len() == self.file.slots().len() {
            return Ok(false);
        }
        file.write(&self.dir)?;
        self.file = file;
        Ok(true)
    }

    /// Writes the file anew as this value holds it: takes back what another value of it changed.
    pub fn restore(&self) -> Result<()> {
        self.file.write(&self.dir)
    }

    /// The ways to unlock, in the order in which they were set up.
    pub fn slots(&self) -> Vec<(SlotId, SlotKind)> {
        self.file.slots().iter().map(|slot| (slot.id(), slot.kind())).collect()
    }

    /// The device whose log this vault holds.
    pub fn device_id(&self) -> DeviceId {
        self.file.device_id()
    }

    /// Where this vault's anchor lies: in the keyring if that unlocks it, else in a file in `config_dir`.
    pub fn anchor_place(&self, config_dir: &Path) -> AnchorPlace {
        self.anchor_place_with(config_dir, self.has(SlotKind::Keyring))
    }

    /// Where it would lie if the keyring unlocked this vault, or did not.
    pub fn anchor_place_with(&self, config_dir: &Path, keyring: bool) -> AnchorPlace {
        if keyring {
            AnchorPlace::Keyring { user: format!("anchor-{}", self.vault_id().short()) }
        } else {
            AnchorPlace::File(config_dir.join(format!("anchor-{}.json", self.vault_id())))
        }
    }

    /// Whether the file that both were read from says the same.
    pub fn is_same(&self, other: &Self) -> bool {
        self.file == other.file
    }

    fn vault_id(&self) -> &VaultId {
        self.file.vault_id()
    }

    /// Whether it can be unlocked in this way.
    pub fn has(&self, kind: SlotKind) -> bool {
        self.file.slots().iter().any(|slot| slot.kind() == kind)
    }

    fn kek_user(&self) -> String {
        format!("kek-{}", self.vault_id().short())
    }

    /// The key that unwraps this slot, if `unlock` is right.
    fn kek(&self, slot: &Slot, unlock: &Unlock<'_>) -> Result<Secret> {
        match unlock {
            Unlock::Keyring => keyring::get_key(&self.kek_user()),
            Unlock::Passphrase(passphrase) => slot.stretch(passphrase),
            Unlock::KeyFile(path) => Ok(key_file::kek(&key_file::read(path)?, self.vault_id())),
            Unlock::Recovery(code) => Ok(code.kek(self.vault_id())),
        }
    }

    /// Sets up another way to unlock; having the keys proves that whoever asks may.
    pub fn add(&mut self, keys: &Keys, key: &NewKey<'_>) -> Result<SlotId> {
        let slot = match key {
            NewKey::Keyring => self.new_keyring_slot(keys)?,
            NewKey::Passphrase(passphrase, cost) => {
                Slot::passphrase(passphrase, *cost, keys, self.vault_id())?
            }
            NewKey::KeyFile(path) => {
                let kek = key_file::kek(&key_file::read_or_write(path)?, self.vault_id());
                Slot::wrap(SlotKind::KeyFile, &kek, keys, self.vault_id())?
            }
        };
        let (id, kind) = (slot.id(), slot.kind());
        let written = self.file.with(slot).and_then(|file| file.write(&self.dir).map(|()| file));
        match written {
            Ok(file) => {
                self.file = file;
                Ok(id)
            }
            Err(error) => {
                if kind == SlotKind::Keyring {
                    let _ = keyring::delete(&self.kek_user());
                }
                Err(error)
            }
        }
    }

    /// One keyring slot a vault: its key has one name there, and a second would overwrite the first.
    fn new_keyring_slot(&self, keys: &Keys) -> Result<Slot> {
        if self.has(SlotKind::Keyring) {
            return Err(VaultError::SlotExists);
        }
        let kek = keys::random_secret()?;
        keyring::set_key(&self.kek_user(), &kek)?;
        Slot::wrap(SlotKind::Keyring, &kek, keys, self.vault_id())
    }
}
