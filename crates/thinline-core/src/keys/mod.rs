//! The ways to unlock, and the key that they unlock: who may change them, and how a change counts wholly or not at all.
//!
//! What would surprise: the way that proves who is asking need not be the one that is changed. Whoever holds any of them holds
//! the data already; what is refused is to take away the last.

mod hold;
mod rotation;
mod ways;

pub(crate) use hold::alone;
pub(crate) use hold::shared as hold;
pub(crate) use rotation::open;

use crate::facade::unlock_key;
use crate::session::Session;
use crate::vault::{self, Anchor, Keys, Vault};
use crate::wire::{Code, SlotKind};
use crate::{Core, Dirs, Key, Result};
use std::sync::Arc;

impl Core {
    /// The keys, if this way opens the vault; slower after slips.
    fn prove(&self, vault: &Vault, key: &Key) -> Result<Keys> {
        self.patience().around(key, || Ok(vault.unlock(&unlock_key(key))?))
    }
}

/// The open vault of the person's own: the sample has one key, and it is in the open.
fn own(core: &Core) -> Result<Arc<Session>> {
    let session = core.session()?;
    if session.sample { Err(Code::NoSuch.into()) } else { Ok(session) }
}

/// Opens it again after a change that did not come about, or only in part.
fn reopen(dirs: &Dirs, keys: Keys) -> Result<Session> {
    let held = hold(dirs)?;
    open(dirs, Vault::open(&dirs.data)?, keys, held)
}

/// Before the keyring comes or goes, the anchor stands where it will be looked for then. Never ahead of the log: whatever
/// happens next, an anchor that is behind says nothing wrong.
fn leave_anchor(session: &Session, vault: &Vault, keyring: bool) {
    let (now, then) =
        (vault.anchor_place(&session.dirs.config), vault.anchor_place_with(&session.dirs.config, keyring));
    if now != then
        && let Ok(Some(anchor)) = Anchor::read(&now)
    {
        // Told by the next check, as everywhere: without an anchor it says that there is none.
        let _ = anchor.write(&then);
    }
}

fn kinds(kinds: &[vault::SlotKind]) -> Vec<SlotKind> {
    kinds.iter().map(|kind| kind_of(*kind)).collect()
}

fn kind_of(kind: vault::SlotKind) -> SlotKind {
    match kind {
        vault::SlotKind::Keyring => SlotKind::Keyring,
        vault::SlotKind::Passphrase => SlotKind::Passphrase,
        vault::SlotKind::Recovery => SlotKind::Recovery,
        vault::SlotKind::KeyFile => SlotKind::KeyFile,
    }
}
