//! Moving to another computer: a file that opens with a passphrase or a recovery code, and what becomes of it there.
//!
//! What would surprise: nothing is taken away here. Both computers go on with logs of their own, each signed with its own key;
//! an entry says where they part.

use super::backup::{line, manifest_of, own, pack, still};
use super::file::{DATABASE, Manifest, Purpose};
use super::{Staging, hold};
use crate::facade::unlock_key;
use crate::imports::forget_watch;
use crate::session::Session;
use crate::vault::{Cost, Vault, VaultError};
use crate::wire::{ApiError, BackupLine, Code};
use crate::{Core, Dirs, Key, Result, clock};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::path::Path;
use std::sync::Arc;
use thinline_ledger::EntryKind;
use thinline_store::Appended;

/// What was left behind, in the vault that arrived.
const MOVED: &str = "moved";

#[derive(Serialize, Deserialize)]
struct Moved {
    at: i64,
    /// Whether a folder was watched there.
    watch: bool,
}

impl Core {
    /// Writes everything into one file for another computer. It opens with the passphrase and the recovery code that the data
    /// has; or with a passphrase of its own, for which `proof` is a key of the data.
    ///
    /// # Errors
    /// `WrongKey`, `BadValue` if there is neither passphrase nor recovery code and none is given, `CannotWrite`, `DiskFull`.
    pub fn move_out(
        &self,
        path: &Path,
        overwrite: bool,
        own_passphrase: Option<(&Key, &[u8])>,
    ) -> Result<BackupLine> {
        let session = own(self)?;
        let _held = hold(&session.dirs)?;
        let (snapshot, _) = still(&session)?;
        let vault = Vault::open(&session.dirs.data)?;
        let proof = own_passphrase.map(|(key, passphrase)| (unlock_key(key), passphrase));
        let text =
            vault.for_moving(proof.as_ref().map(|(unlock, passphrase)| (unlock, *passphrase, Cost::DEFAULT)));
        let text = text.map_err(|error| match error {
            VaultError::LastSlot => ApiError {
                message: "On another computer this data could not be unlocked: it has no passphrase and no recovery code.".to_owned(),
                next: "Give the file a passphrase of its own.".to_owned(),
                ..ApiError::new(Code::BadValue)
            },
            error => error.into(),
        })?;
        let manifest = manifest_of(&snapshot, Purpose::Move, clock::rfc3339(clock::now()), vault.id())?;
        let goes_on = || self.session().is_ok_and(|now| Arc::ptr_eq(&now, &session));
        let staging = Staging::new(&session.dirs)?;
        let found = pack(&snapshot, &staging, manifest, &text, path, overwrite, &goes_on)?;
        Ok(line(found, Some(&vault.id())))
    }
}

/// Makes what came a vault of this computer, and answers with its log.
pub(super) fn arrive(
    dirs: &Dirs,
    staging: &Staging,
    came: &Vault,
    key: &Key,
    manifest: &Manifest,
) -> Result<Appended> {
    let there = Dirs { data: staging.path().to_owned(), config: staging.path().join("config") };
    debug_assert!(there.database().ends_with(DATABASE) && there.data.starts_with(&dirs.data));
    let before = Session::open(&there, came, &came.unlock(&unlock_key(key))?, false)?.log_key().to_string();
    let (vault, keys) = came.adopt(staging.path(), &unlock_key(key))?;
    let session = Session::open(&there, &vault, &keys, false)?;
    let watch = session.store.read(crate::imports::is_watching)?;
    let moved = serde_json::to_vec(&Moved { at: clock::now(), watch }).map_err(|_| Code::Internal)?;
    let log = session.store.write::<_, ApiError>(|write| {
        let checkpoint = write.reader().checkpoint()?;
        write.set_meta(MOVED, &moved)?;
        forget_watch(write)?;
        let payload = json!({
            "why": "moved", "made_at": manifest.made_at, "before": before, "checkpoint": checkpoint,
            "key": session.log_key().to_string(),
        });
        session.append(write, EntryKind::KeyRotated, &payload)
    })?;
    session.store.settle()?;
    Ok(log)
}

/// What was set up on the computer that the data came from and is not set up here: `watch`.
pub(crate) fn left_behind(session: &Session) -> Result<Vec<&'static str>> {
    session.store.read::<_, ApiError>(|read| {
        let moved = read.meta(MOVED)?.and_then(|bytes| serde_json::from_slice::<Moved>(&bytes).ok());
        let watches = crate::imports::is_watching(read)?;
        Ok(moved.filter(|moved| moved.watch && !watches).map(|_| "watch").into_iter().collect())
    })
}
