//! Trying a backup, and putting one back.
//!
//! Both unpack it into a folder beside the data, open it with the key of its time, bring it up to the present schema and read
//! it in whole. Trying deletes that folder again; putting back moves it into the place of what was here. What would surprise:
//! the log goes on from where the backup stood, so its anchor is ahead of it. An entry says so, and what the anchor was, so
//! that the check of the log knows this from a database that somebody exchanged.

use super::file::{self, LogState, Manifest, Purpose};
use super::{Staging, hold, moving, swap};
use crate::facade::unlock_key;
use crate::keys::alone;
use crate::session::{Session, lock_file};
use crate::vault::{Anchor, Vault};
use crate::wire::{ApiError, BackupChecked, Code, Restored};
use crate::{Core, Dirs, Key, Result, Topic, journal};
use serde_json::{Value, json};
use std::path::Path;
use thinline_ledger::{Entry, EntryKind};

/// The entry that says that a backup was put back.
pub(crate) const KIND: EntryKind = EntryKind::VaultRestored;

/// A backup, unpacked and opened.
struct Opened {
    /// Before the folder: the database is closed before it is deleted.
    session: Session,
    vault: Vault,
    manifest: Manifest,
    faults: Vec<String>,
    records: u64,
    imports: u64,
    staging: Staging,
}

impl Core {
    /// Tries a backup with the key of its time: could it be put back? Changes nothing.
    ///
    /// # Errors
    /// `BackupFile` if it is no backup or not as it was written, `WrongKey` and its kin, `DatabaseTooNew`, `DiskFull`, `Busy`.
    pub fn backup_check(&self, path: &Path, key: &Key) -> Result<BackupChecked> {
        let _held = hold(self.dirs())?;
        let opened = open(self.dirs(), path, key)?;
        let size = opened.manifest.log.size;
        Ok(BackupChecked {
            ok: opened.faults.is_empty(),
            made_at: opened.manifest.made_at,
            program: opened.manifest.program,
            purpose: if opened.manifest.purpose == Purpose::Move { "move" } else { "backup" }.to_owned(),
            faults: opened.faults,
            records: journal::small(opened.records),
            imports: journal::small(opened.imports),
            log_size: journal::small(size),
        })
    }

    /// Puts a backup in the place of the data that is here, which is moved aside. Afterwards everything is locked.
    ///
    /// # Errors
    /// As [`Core::backup_check`]; `WindowOpen` if another window has the data open, `BackupFile` if the backup is not whole.
    /// Nothing was changed then.
    pub fn restore(&self, path: &Path, key: &Key) -> Result<Restored> {
        if self.session().is_ok_and(|session| session.sample) {
            return Err(Code::SampleOpen.into());
        }
        let dirs = self.dirs().clone();
        let held = hold(&dirs)?;
        let opened = open(&dirs, path, key)?;
        if !opened.faults.is_empty() {
            return Err(Code::BackupFile.into());
        }
        let _window = if self.is_window() {
            None
        } else {
            Some(lock_file(dirs.data.join("window.lock"), Code::WindowOpen)?)
        };
        let moved = opened.manifest.purpose == Purpose::Move;
        let before = anchor_here(&dirs, &opened.vault);
        let Opened { session, vault, manifest, records, staging, .. } = opened;
        let log = if moved {
            drop(session);
            moving::arrive(&dirs, &staging, &vault, key, &manifest)?
        } else {
            let payload =
                json!({ "made_at": manifest.made_at, "replaced": before.map(|anchor| of_anchor(&anchor)) });
            let log = session.store.write(|write| session.append(write, KIND, &payload))?;
            session.store.settle()?;
            drop(session);
            log
        };
        self.close().wait();
        let _alone = alone(&dirs)?;
        let anchor = Anchor { size: log.size, root: log.root };
        let aside = swap::run(&dirs, "replaced", Some(staging), Some(anchor))?;
        drop(held);
        *self.trouble() = None;
        self.tell(&[
            Topic::State,
            Topic::Records,
            Topic::Choices,
            Topic::Imports,
            Topic::Log,
            Topic::Backups,
        ]);
        Ok(Restored {
            made_at: manifest.made_at,
            records: journal::small(records),
            set_aside: aside.map(|path| path.display().to_string()),
            moved,
        })
    }
}

/// Unpacks, unlocks, opens and checks.
fn open(dirs: &Dirs, path: &Path, key: &Key) -> Result<Opened> {
    let staging = Staging::new(dirs)?;
    let manifest = file::unpack(path, staging.path())?;
    let vault = Vault::open(staging.path())?;
    let keys = vault.unlock(&unlock_key(key))?;
    let mut faults = Vec::new();
    if !manifest.is_sealed_with(&keys.data_key)? || manifest.vault_id != vault.id() {
        faults.push("seal".to_owned());
    }
    let there = Dirs { data: staging.path().to_owned(), config: staging.path().join("config") };
    let session = Session::open(&there, &vault, &keys, false)?;
    let checked = session.store.check()?;
    faults.extend(checked.faults.into_iter().map(str::to_owned));
    let log = session.store.verify_log(&session.log_key())?;
    let then = LogState { size: log.size, root: hex::encode(log.root) };
    if log.fault.is_some() || then != manifest.log {
        faults.push("log".to_owned());
    }
    Ok(Opened {
        session,
        vault,
        manifest,
        faults,
        records: checked.records,
        imports: checked.imports,
        staging,
    })
}

/// The anchor of the data that is here: what is put back has the same, unless ways to unlock came or went.
fn anchor_here(dirs: &Dirs, put_back: &Vault) -> Option<Anchor> {
    let here = Vault::open(&dirs.data).ok().filter(|here| here.id() == put_back.id());
    let places = [here.as_ref(), Some(put_back)].into_iter().flatten();
    places.map(|vault| vault.anchor_place(&dirs.config)).find_map(|place| Anchor::read(&place).ok().flatten())
}

fn of_anchor(anchor: &Anchor) -> Value {
    json!({ "size": anchor.size, "root": hex::encode(anchor.root) })
}

/// Whether the log itself says that it once stood where this anchor does, and that a backup was put back then.
pub(crate) fn explained(session: &Session, anchor: &Anchor) -> Result<bool> {
    let expected = of_anchor(anchor);
    session.store.read::<_, ApiError>(|read| {
        let mut from = 0;
        loop {
            let rows = read.log_rows_from(from, 1000)?;
            let Some(last) = rows.last() else { return Ok(false) };
            from = last.seq + 1;
            let told = rows.iter().any(|row| {
                let is = Entry::decode(&row.entry, row.seq).is_ok_and(|entry| entry.kind == KIND);
                let said = || serde_json::from_str::<Value>(&row.payload.as_ref()?.1).ok();
                is && said().is_some_and(|said| said["replaced"] == expected)
            });
            if told {
                return Ok(true);
            }
        }
    })
}
