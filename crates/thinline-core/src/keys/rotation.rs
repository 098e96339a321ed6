//! A new data key. Four steps, each of which can be the last: the vault's file gets the new keys beside the old ones; the
//! database is written anew in one transaction; the log gets its entry; the file forgets the old keys. Whoever opens a vault
//! whose change was cut short tries which key the database has, and ends the change or takes it back.
//!
//! What would surprise: every way that opened the vault before opens it until the last step, also one that is being dropped.

use super::hold;
use crate::session::Session;
use crate::vault::{Keys, Rotation, SlotKind, Unlock, Vault};
use crate::wire::{ApiError, Code, Rotated};
use crate::{Core, Dirs, Key, Result, Topic, facade::unlock_key};
use serde_json::json;
use std::fs::File;
use std::sync::Arc;
use std::time::{Duration, Instant};
use thinline_ledger::EntryKind;
use thinline_store::{Appended, Store};

/// Which change of the key the log has told of last.
const TOLD: &str = "key-rotated";
/// How long questions that are being answered may take to end.
const PATIENCE: Duration = Duration::from_secs(5);
/// Beside what the database needs while it is written anew.
const SPARE: u64 = 16 << 20;

impl Core {
    /// Gives the database a new key. `with` are the ways that shall open it afterwards; the first proves that whoever asks may.
    /// The keyring need not be named. Ways that are left out open nothing any more; unless `drop_others`, there must be none.
    ///
    /// # Errors
    /// `WrongKey` if one of the ways does not fit, `Busy` while an import runs or another program has the data open,
    /// `DiskFull`, `NoSuch` in sample data. Nothing was changed then.
    pub fn key_rotate(&self, with: &[Key], drop_others: bool) -> Result<Rotated> {
        let session = super::own(self)?;
        let dirs = session.dirs.clone();
        let vault = Vault::open(&dirs.data)?;
        let keys = self.prove(&vault, with.first().ok_or(Code::WrongKey)?)?;
        let mut ways: Vec<Unlock<'_>> = with.iter().map(unlock_key).collect();
        let by_keyring = ways.iter().any(|way| matches!(way, Unlock::Keyring));
        if vault.has(SlotKind::Keyring) && !by_keyring && vault.unlock(&Unlock::Keyring).is_ok() {
            ways.push(Unlock::Keyring);
        }
        room(&dirs)?;
        let writer = session.writer_lock()?;
        session.keep_account_key()?;
        drop(session);
        let rotated = self.exchange(|| {
            let turned =
                hold::alone(&dirs).and_then(|held| turn(&dirs, vault, (&ways, drop_others), held, writer));
            match turned {
                Ok((rotated, session)) => (Ok(rotated), Some(session)),
                // Whichever key the database has now, it is open again; if it cannot be, it is locked, and the next start tells.
                Err(error) => (Err(error), super::reopen(&dirs, keys).ok()),
            }
        })?;
        self.tell(&[Topic::State, Topic::Preferences, Topic::Log]);
        rotated
    }

    /// Closes the open vault for as long as `work` takes, and goes on with what it answers. Questions that come meanwhile wait.
    fn exchange<T>(&self, work: impl FnOnce() -> (T, Option<Session>)) -> Result<T> {
        let mut slot = self.session_slot();
        let mut held = slot.take().ok_or(Code::Locked)?;
        let until = Instant::now() + PATIENCE;
        // Questions that are being answered hold it to their end.
        let closed = loop {
            match Arc::try_unwrap(held) {
                Ok(session) => break session,
                Err(still) if Instant::now() >= until => {
                    *slot = Some(still);
                    return Err(Code::Busy.into());
                }
                Err(still) => held = still,
            }
            std::thread::sleep(Duration::from_millis(5));
        };
        drop(closed);
        let (answer, session) = work();
        *slot = session.map(Arc::new);
        Ok(answer)
    }
}

/// The change itself, while nobody else has the database open.
fn turn(
    dirs: &Dirs,
    mut vault: Vault,
    (ways, drop_others): (&[Unlock<'_>], bool),
    held: File,
    writer: File,
) -> Result<(Rotated, Session)> {
    let rotation = vault.begin_rotation(ways, drop_others)?;
    // Who opens the database takes this lock, too.
    drop(writer);
    Store::rekey(&dirs.database(), &rotation.old.data_key, &rotation.new.data_key)?;
    let session = finish(dirs, vault, &rotation, held)?;
    let (kept, dropped) = (super::kinds(&rotation.kept), super::kinds(&rotation.dropped));
    Ok((Rotated { kept, dropped }, session))
}

/// Opens a vault with the keys that its slots gave, and first ends or takes back a change of the key that was cut short.
pub(crate) fn open(dirs: &Dirs, vault: Vault, keys: Keys, held: File) -> Result<Session> {
    if !vault.is_rotating() {
        return Session::open_held(dirs, &vault, &keys, false, held);
    }
    drop(held);
    let held = hold::alone(dirs)?;
    // Another program may have done it while this one waited.
    let mut vault = Vault::open(&dirs.data)?;
    let rotation = match vault.rotation(keys)? {
        Ok(rotation) => rotation,
        Err(_) => return Err(Code::Busy.into()),
    };
    if Store::opens(&dirs.database(), &rotation.new.data_key)? {
        return finish(dirs, vault, &rotation, held);
    }
    if !Store::opens(&dirs.database(), &rotation.old.data_key)? {
        // Which of the two it had cannot be told of a database that is damaged: both are kept.
        return Err(Code::DatabaseDamaged.into());
    }
    vault.drop_rotation()?;
    settled(dirs, &vault, &rotation.old, held)
}

/// The database has the new key: says so in the log, and forgets the old keys.
fn finish(dirs: &Dirs, mut vault: Vault, rotation: &Rotation, held: File) -> Result<Session> {
    let failed = |error: std::io::Error| crate::fault::io(&error, Code::ReadOnly);
    let session = Session::open_held(dirs, &vault, &rotation.new, false, held.try_clone().map_err(failed)?)?;
    if let Some(log) = told(&session, rotation)? {
        session.note_anchor(log);
    }
    super::leave_anchor(&session, &vault, rotation.kept.contains(&SlotKind::Keyring));
    vault.end_rotation()?;
    forget_copies(dirs);
    drop(session);
    settled(dirs, &vault, &rotation.new, held)
}

/// Opens it beside others again.
fn settled(dirs: &Dirs, vault: &Vault, keys: &Keys, held: File) -> Result<Session> {
    hold::share(&held)?;
    let still = Vault::open(&dirs.data)?;
    if !still.is_same(vault) {
        return Err(Code::Busy.into());
    }
    Session::open_held(dirs, vault, keys, false, held)
}

/// Once for each change, however often it was cut short after.
fn told(session: &Session, rotation: &Rotation) -> Result<Option<Appended>> {
    let names = |kinds: &[SlotKind]| kinds.iter().map(|kind| kind.id()).collect::<Vec<_>>();
    let payload = json!({ "kept": names(&rotation.kept), "dropped": names(&rotation.dropped) });
    session.store.write::<_, ApiError>(|write| {
        if write.reader().meta(TOLD)?.as_deref() == Some(rotation.id.as_bytes()) {
            return Ok(None);
        }
        write.set_meta(TOLD, rotation.id.as_bytes())?;
        session.append(write, EntryKind::KeyRotated, &payload).map(Some)
    })
}

/// Copies from before a change of the schema have the old key, which nothing knows any more.
fn forget_copies(dirs: &Dirs) {
    let Ok(found) = std::fs::read_dir(&dirs.data) else { return };
    for entry in found.flatten() {
        let name = entry.file_name();
        if name.to_str().is_some_and(|name| name.starts_with("thinline.schema-") && name.ends_with(".db")) {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// The database is written once more before the old one is gone.
fn room(dirs: &Dirs) -> Result<()> {
    let size = std::fs::metadata(dirs.database()).map_or(0, |about| about.len());
    let Ok(free) = fs4::available_space(&dirs.data) else { return Ok(()) };
    if free >= size + size / 8 + SPARE {
        return Ok(());
    }
    Err(ApiError {
        message: "There is too little free space to write the database anew.".to_owned(),
        next: "Nothing was changed. Free some space where Thinline keeps its data and try again.".to_owned(),
        ..ApiError::new(Code::DiskFull)
    })
}
