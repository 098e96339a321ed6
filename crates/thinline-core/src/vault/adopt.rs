//! A vault that goes to another computer: what of its file goes along, and how it becomes a vault of its own there.
//!
//! The data key goes along; it is in the database. The device, the seed that signs its log and the vault's name do not: two
//! computers that sign as one could not be told apart. What would surprise: on arrival only the way that was used stays, since
//! the others cannot be wrapped anew without their secret.

use std::path::Path;

use zeroize::Zeroizing;

use super::error::{Result, VaultError};
use super::file::VaultFile;
use super::keys::{Keys, random_secret};
use super::slots::{Cost, Slot, SlotKind};
use super::{Unlock, Vault};

impl Vault {
    /// The name of this vault: 32 hexadecimal digits.
    pub fn id(&self) -> String {
        self.vault_id().to_string()
    }

    /// The file with the ways that work anywhere: passphrase and recovery code. With a passphrase of its own, that takes the
    /// place of the vault's; `unlock` proves then that whoever asks may.
    pub fn for_moving(&self, own: Option<(&Unlock<'_>, &[u8], Cost)>) -> Result<Vec<u8>> {
        let mut file =
            self.file.without_kind(SlotKind::Keyring).without_kind(SlotKind::KeyFile).with_next(None);
        if let Some((unlock, passphrase, cost)) = own {
            let keys = self.unlock(unlock)?;
            let slot = Slot::passphrase(passphrase, cost, &keys, self.vault_id())?;
            file = file.without_kind(SlotKind::Passphrase).with(slot)?;
        }
        if file.slots().is_empty() { Err(VaultError::LastSlot) } else { file.text() }
    }

    /// Makes the vault in `dir` one of its own, with a new name, device and seed, and the way that `unlock` used.
    pub fn adopt(&self, dir: &Path, unlock: &Unlock<'_>) -> Result<(Self, Keys)> {
        let old = self.unlock(unlock)?;
        let file = VaultFile::new()?;
        let keys = Keys::on_device(file.device_id(), Zeroizing::new(*old.data_key), random_secret()?);
        let slot = match unlock {
            Unlock::Passphrase(passphrase) => {
                Slot::passphrase(passphrase, Cost::DEFAULT, &keys, file.vault_id())?
            }
            Unlock::Recovery(code) => {
                Slot::wrap(SlotKind::Recovery, &code.kek(file.vault_id()), &keys, file.vault_id())?
            }
            Unlock::Keyring | Unlock::KeyFile(_) => return Err(VaultError::NoSlot(unlock.kind())),
        };
        let file = file.with(slot)?;
        file.write(dir)?;
        Ok((Self { dir: dir.to_owned(), file }, keys))
    }
}
