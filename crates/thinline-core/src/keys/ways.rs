//! The ways to unlock: listed, the passphrase set, key files and the keyring added, ways taken away.
//!
//! The vault's file and the log are two files. The entry is written first and counts only if the file could be written; should
//! the program stop between the two, the change stands and the log does not tell of it, never the other way round.

use super::{kind_of, leave_anchor, own};
use crate::session::Session;
use crate::vault::{Cost, NewKey, SlotId, SlotKind, Unlock, Vault, VaultError};
use crate::wire::{ApiError, Code, KeyState, Way};
use crate::{Core, Key, Result, Topic};
use serde_json::json;
use std::path::Path;
use thinline_ledger::EntryKind;
use thinline_store::Appended;
use zeroize::Zeroizing;

impl Core {
    /// The ways to unlock, in the order in which they were set up. None for the sample.
    ///
    /// # Errors
    /// `Locked`, or a damaged vault file.
    pub fn keys(&self) -> Result<KeyState> {
        let session = self.session()?;
        if session.sample { Ok(KeyState { ways: Vec::new() }) } else { state(&session) }
    }

    /// Sets the passphrase, in place of any before. `proof` is any way that opens the data now.
    ///
    /// # Errors
    /// `WrongKey` if the proof does not fit, `BadValue` for an empty passphrase, `Busy` while an import runs.
    pub fn passphrase_set(&self, proof: &Key, passphrase: &Zeroizing<String>) -> Result<KeyState> {
        let session = own(self)?;
        if passphrase.is_empty() {
            return Err(VaultError::EmptyPassphrase.into());
        }
        let keys = self.prove(&Vault::open(&session.dirs.data)?, proof)?;
        let set = |vault: &mut Vault| vault.set_passphrase(&keys, passphrase.as_bytes(), Cost::DEFAULT);
        self.changed(&session, SlotKind::Passphrase, |had| if had { "replaced" } else { "made" }, set)
    }

    /// Lets a key file unlock, too; it is made if it is missing.
    ///
    /// # Errors
    /// `WrongKey`, `KeyFile` for a file that is no key file, `VaultExists` if it unlocks already, `Busy`.
    pub fn key_file_add(&self, proof: &Key, path: &Path) -> Result<KeyState> {
        let session = own(self)?;
        let vault = Vault::open(&session.dirs.data)?;
        let keys = self.prove(&vault, proof)?;
        if vault.unlock(&Unlock::KeyFile(path)).is_ok() {
            return Err(there_already());
        }
        let add = |vault: &mut Vault| vault.add(&keys, &NewKey::KeyFile(path)).map(drop);
        self.changed(&session, SlotKind::KeyFile, |_| "made", add)
    }

    /// Lets the keyring of the system unlock, too.
    ///
    /// # Errors
    /// `WrongKey`, `VaultExists` if it unlocks already, what the keyring answers, `Busy`.
    pub fn keyring_add(&self, proof: &Key) -> Result<KeyState> {
        let session = own(self)?;
        let vault = Vault::open(&session.dirs.data)?;
        let keys = self.prove(&vault, proof)?;
        if vault.has(SlotKind::Keyring) {
            return Err(there_already());
        }
        leave_anchor(&session, &vault, true);
        let add = |vault: &mut Vault| vault.add(&keys, &NewKey::Keyring).map(drop);
        self.changed(&session, SlotKind::Keyring, |_| "made", add)
    }

    /// Takes a way to unlock away, named by its id. The last one stays.
    ///
    /// # Errors
    /// `WrongKey`, `NoSuch` for an id that is none, `BadValue` if nothing else would unlock the data, `Busy`.
    pub fn way_remove(&self, proof: &Key, id: &str) -> Result<KeyState> {
        let session = own(self)?;
        let vault = Vault::open(&session.dirs.data)?;
        self.prove(&vault, proof)?;
        let found = vault.slots().into_iter().find(|(slot, _)| slot.to_string() == id);
        let (slot, kind): (SlotId, SlotKind) = found.ok_or(Code::NoSuch)?;
        if vault.slots().len() == 1 {
            return Err(last());
        }
        if kind == SlotKind::Keyring {
            leave_anchor(&session, &vault, false);
        }
        self.changed(&session, kind, |_| "removed", |vault| vault.remove_slot(&slot))
    }

    /// Changes the vault's file together with an entry of the log.
    fn changed(
        &self,
        session: &Session,
        kind: SlotKind,
        done: impl FnOnce(bool) -> &'static str,
        work: impl FnOnce(&mut Vault) -> crate::vault::Result<()>,
    ) -> Result<KeyState> {
        // Two programs that write the file at once would lose the change of one.
        let lock = session.writer_lock()?;
        let before = Vault::open(&session.dirs.data)?;
        let mut vault = Vault::open(&session.dirs.data)?;
        let payload = json!({ "way": kind.id(), "done": done(before.has(kind)) });
        let mut touched = false;
        let written = session.store.write::<Appended, ApiError>(|write| {
            let log = session.append(write, EntryKind::SettingsChanged, &payload)?;
            touched = true;
            work(&mut vault)?;
            Ok(log)
        });
        match written {
            Ok(log) => session.note_anchor(log),
            Err(error) => {
                if touched && !before.is_same(&Vault::open(&session.dirs.data)?) {
                    before.restore()?;
                }
                return Err(error);
            }
        }
        drop(lock);
        self.tell(&[Topic::State, Topic::Preferences, Topic::Requests, Topic::Log]);
        state(session)
    }
}

fn state(session: &Session) -> Result<KeyState> {
    let slots = Vault::open(&session.dirs.data)?.slots();
    let ways = slots.into_iter().map(|(id, kind)| Way { id: id.to_string(), kind: kind_of(kind) });
    Ok(KeyState { ways: ways.collect() })
}

fn last() -> ApiError {
    ApiError {
        message: "Nothing else unlocks this data.".to_owned(),
        next: "Nothing was changed. Set up another way first.".to_owned(),
        ..ApiError::new(Code::BadValue)
    }
}

fn there_already() -> ApiError {
    ApiError {
        message: "It unlocks this data already.".to_owned(),
        next: "Nothing was changed.".to_owned(),
        ..ApiError::new(Code::VaultExists)
    }
}
