//! A change of the data key that is under way: the new keys, beside the old ones, until the database has one of them for good.
//!
//! While it stands, the file's slots are the old ones, so every way that opened the vault still does. From the old keys leads a
//! bridge to the new ones: the new keys wrapped under a key that is derived from the old data key. What would surprise: this
//! file does not know which of both keys the database has. Whoever opens it tries, and then ends the change or drops it.

use serde::{Deserialize, Serialize};

use super::error::{Result, VaultError};
use super::file::{VaultFile, VaultId, hex_bytes};
use super::keys::{Keys, derive, random};
use super::slots::{SEALED, Slot, SlotKind, seal, unseal};
use super::{Unlock, Vault};

const DOMAIN: &[u8] = b"thinline/next/v1";

/// The part of the file that stands while the data key changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Next {
    #[serde(with = "hex_bytes")]
    id: [u8; 8],
    #[serde(with = "hex_bytes")]
    nonce: [u8; 24],
    #[serde(with = "hex_bytes")]
    ct: [u8; SEALED],
    pub(super) slots: Vec<Slot>,
}

/// Both keys of a change that is under way.
pub struct Rotation {
    /// Its name: an entry of the log is written once for it, however often it is taken up again.
    pub id: String,
    /// Before.
    pub old: Keys,
    /// After.
    pub new: Keys,
    /// Ways that open the vault after it.
    pub kept: Vec<SlotKind>,
    /// Ways whose secret was not at hand: they open nothing after it.
    pub dropped: Vec<SlotKind>,
}

impl Vault {
    /// Whether a change of the data key is under way. Needs no key.
    pub fn is_rotating(&self) -> bool {
        self.file.next().is_some()
    }

    /// Makes a new data key and writes it beside the old one, wrapped for the ways that are given; all of them must fit. The
    /// seed of the log stays. Nothing is different until the database has the new key and [`Vault::end_rotation`] was called.
    ///
    /// Ways that are left out open nothing after it; unless `drop_others`, there must be none.
    pub fn begin_rotation(&mut self, with: &[Unlock<'_>], drop_others: bool) -> Result<Rotation> {
        let mut opened = None;
        let mut found = Vec::new();
        for unlock in with {
            let (keys, slot, kek) = self.open_slot(unlock)?;
            if found.iter().all(|(other, _): &(Slot, _)| other.id() != slot.id()) {
                found.push((slot.clone(), kek));
            }
            opened = Some(keys);
        }
        let old = opened.ok_or(VaultError::WrongKey)?;
        if !drop_others && found.len() < self.file.slots().len() {
            return Err(VaultError::SlotsLeft);
        }
        let new = old.renewed()?;
        let vault = *self.vault_id();
        let slots = found.iter().map(|(slot, kek)| slot.rewrap(kek, &new, &vault));
        let slots = slots.collect::<Result<Vec<_>>>()?;
        let id = random()?;
        let (nonce, ct) = seal(&derive(&old.data_key, "next"), &new, &aad(&id, &vault))?;
        let file = self.file.with_next(Some(Next { id, nonce, ct, slots }));
        file.write(&self.dir)?;
        self.file = file;
        self.named(&id, old, new)
    }

    /// The change that is under way, opened with the keys that the file's slots gave.
    pub fn rotation(&self, old: Keys) -> Result<std::result::Result<Rotation, Keys>> {
        let Some(next) = self.file.next() else { return Ok(Err(old)) };
        let bridge = derive(&old.data_key, "next");
        let new = unseal(&bridge, &next.nonce, &next.ct, &aad(&next.id, self.vault_id()));
        let new = new.ok_or(VaultError::Damaged("next"))?;
        let id = next.id;
        self.named(&id, old, new).map(Ok)
    }

    /// The database has the new key: only the new slots stand from here on.
    pub fn end_rotation(&mut self) -> Result<()> {
        self.replace(|file| file.next().map(|next| file.with_slots(next.slots.clone()).with_next(None)))
    }

    /// The database kept its old key: the new one is forgotten.
    pub fn drop_rotation(&mut self) -> Result<()> {
        self.replace(|file| file.next().map(|_| file.with_next(None)))
    }

    fn replace(&mut self, change: impl FnOnce(&VaultFile) -> Option<VaultFile>) -> Result<()> {
        if let Some(file) = change(&self.file) {
            file.write(&self.dir)?;
            self.file = file;
        }
        Ok(())
    }

    fn named(&self, id: &[u8; 8], old: Keys, new: Keys) -> Result<Rotation> {
        let next = self.file.next().ok_or(VaultError::Damaged("next"))?;
        let kept: Vec<SlotKind> = next.slots.iter().map(Slot::kind).collect();
        let mut left = kept.clone();
        let mut dropped = Vec::new();
        for slot in self.file.slots() {
            match left.iter().position(|kind| *kind == slot.kind()) {
                Some(at) => drop(left.swap_remove(at)),
                None => dropped.push(slot.kind()),
            }
        }
        Ok(Rotation { id: hex::encode(id), old, new, kept, dropped })
    }
}

fn aad(id: &[u8; 8], vault: &VaultId) -> Vec<u8> {
    [DOMAIN, hex::encode(id).as_bytes(), vault.to_string().as_bytes()].concat()
}
