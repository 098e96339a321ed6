//! Damage: noticed, named, moved aside. Nothing is repaired by guessing, and nothing is deleted.
//!
//! SQLCipher checks every page that it reads, so wrong content is never answered; what is damaged and not asked for is found by
//! the daily backup, which reads all of it. A database that ends too early is whole in itself: the log's anchor shows it. What
//! would surprise: a damaged `vault.json` is replaced by its second copy at once, because without it nothing can be unlocked.

use super::{hold, swap};
use crate::facade::unlock_key;
use crate::keys::alone;
use crate::session::{Session, lock_file};
use crate::vault::Vault;
use crate::wire::{ApiError, Code, KnownImport, SetAside};
use crate::{Core, Dirs, Key, Result, Topic, clock, vault};
use thinline_store::Store;

impl Core {
    /// What is wrong with the data although it opens: it is older than it was, or a file had to be taken from its copy.
    pub fn data_trouble(&self) -> Option<ApiError> {
        self.trouble().clone()
    }

    /// Moves the data that is here aside, damaged or not, so that new data can be made in its place. With a key, the exports
    /// that had been imported are named, as far as that can still be read.
    ///
    /// # Errors
    /// `NoVault`, `WindowOpen`, `Busy`, or if the folder cannot be written. Nothing was changed then.
    pub fn set_aside(&self, key: Option<&Key>) -> Result<SetAside> {
        let dirs = self.dirs().clone();
        if !self.has_vault() {
            return Err(Code::NoVault.into());
        }
        let held = hold(&dirs)?;
        let _window = if self.is_window() {
            None
        } else {
            Some(lock_file(dirs.data.join("window.lock"), Code::WindowOpen)?)
        };
        self.close().wait();
        let _alone = alone(&dirs)?;
        let known = key.and_then(|key| known_imports(&dirs, key));
        let aside = swap::run(&dirs, "damaged", None, None)?;
        drop(held);
        *self.trouble() = None;
        self.tell(&[Topic::State]);
        let folder = aside.ok_or(Code::NoVault)?;
        Ok(SetAside {
            folder: folder.display().to_string(),
            readable: known.is_some(),
            archives: known.unwrap_or_default(),
        })
    }
}

/// What a damaged database still says of its imports.
fn known_imports(dirs: &Dirs, key: &Key) -> Option<Vec<KnownImport>> {
    let vault = Vault::open(&dirs.data).ok()?;
    let keys = vault.unlock(&unlock_key(key)).ok()?;
    let zone = clock::zone("UTC").ok()?;
    let store = Store::open(&dirs.database(), &keys.data_key, zone).ok()?;
    let rows = store.read(|read| read.imports()).ok()?;
    let done = rows.into_iter().filter(|row| row.state == "done");
    let known = |row: thinline_store::ImportRow| KnownImport {
        service: row.service,
        archive: row.archive,
        at: clock::rfc3339(row.at),
    };
    Some(done.map(known).collect())
}

/// Whether the log is shorter than it once was, or another, and does not itself say why.
pub(crate) fn older(session: &Session) -> Result<bool> {
    // The anchor first: the log may grow meanwhile, but never behind its anchor.
    let Some(anchor) = session.anchor()? else { return Ok(false) };
    let size = session.store.read(|read| read.log_size())?;
    Ok(anchor.size > size && !super::explained(session, &anchor)?)
}

/// Before anything is opened: finishes what a crash interrupted, and puts the second copy of `vault.json` in the place of a
/// damaged one.
///
/// # Errors
/// What stands in the way of the first; the second tries again next time.
pub(crate) fn tidy(core: &Core) -> Result<()> {
    let dirs = core.dirs();
    swap::finish(dirs)?;
    let none = !dirs.data.join(vault::COPY).exists() && !Vault::exists(&dirs.data);
    if none || vault::is_whole(&dirs.data) {
        return Ok(());
    }
    // Whoever writes the file holds this; then it is whole.
    let Ok(_lock) = lock_file(dirs.data.join("writer.lock"), Code::Busy) else { return Ok(()) };
    if let Ok(Some(_)) = vault::mend(&dirs.data) {
        *core.trouble() = Some(Code::VaultFileMended.into());
    }
    Ok(())
}
