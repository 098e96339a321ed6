//! An unlocked vault: its store, its log key, its places. Dropping the last reference closes the database and wipes keys.

use crate::recovery::Pending;
use crate::vault::{self, Anchor, AnchorPlace, Keys, Vault};
use crate::wire::{ApiError, Code, Preferences};
use crate::{Dirs, Result, clock};
use std::fs::File;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use thinline_ledger::{DeviceId, EntryKind, EntryTime, SigningKey, origin};
use thinline_store::{Appended, Read, Signer, Store, Write};
use zeroize::Zeroizing;

/// How long a write waits for an import or another long write to end.
const PATIENCE: Duration = Duration::from_secs(2);

/// What is stored of preferences inside the vault.
const PREFERENCES: &str = "preferences";

/// The key by which accounts are recognized, of a vault whose data key was changed.
const ACCOUNT_KEY: &str = "account-key";

/// An open vault.
pub(crate) struct Session {
    pub store: Store,
    pub sample: bool,
    pub dirs: Dirs,
    /// A new recovery code between being shown and being checked.
    pub recovery: Mutex<Option<Pending>>,
    /// For recognizing accounts by the ids in their exports.
    pub account_key: Zeroizing<[u8; 32]>,
    device: DeviceId,
    key: SigningKey,
    anchor: AnchorPlace,
    /// Says that the database is in use, until it is closed.
    _held: File,
    /// Gone when everything above is: the last field is the last to be dropped.
    pub closed: Arc<()>,
}

impl Session {
    /// Opens the database of a vault with its keys, and removes imports that never ended.
    pub fn open(dirs: &Dirs, vault: &Vault, keys: &Keys, sample: bool) -> Result<Self> {
        let held = crate::keys::hold(dirs)?;
        Self::open_held(dirs, vault, keys, sample, held)
    }

    /// The same, for who has said already that the database is in use.
    pub fn open_held(dirs: &Dirs, vault: &Vault, keys: &Keys, sample: bool, held: File) -> Result<Self> {
        let device = vault.device_id();
        let key = SigningKey::from_seed(&origin(&device), &keys.signing_seed).map_err(|_| Code::Internal)?;
        let zone = clock::zone(&clock::system_zone())?;
        let making = making_lock(dirs)?;
        let store = Store::open(&dirs.database(), &keys.data_key, zone)?;
        drop(making);
        restrict(&dirs.database());
        let session = Self {
            account_key: account_key(&store, keys)?,
            store,
            sample,
            dirs: dirs.clone(),
            recovery: Mutex::default(),
            device,
            key,
            anchor: vault.anchor_place(&dirs.config),
            _held: held,
            closed: Arc::default(),
        };
        session.use_home_zone()?;
        session.discard_open_imports()?;
        Ok(session)
    }

    /// Appends an entry inside a transaction. The payload is any JSON; it is written canonically.
    pub fn append(
        &self,
        write: &Write<'_>,
        kind: EntryKind,
        payload: &serde_json::Value,
    ) -> Result<Appended> {
        let mut salt = [0; 32];
        getrandom::fill(&mut salt).map_err(|_| Code::Internal)?;
        let time = EntryTime::parse(&clock::rfc3339(clock::now())).map_err(|_| Code::Internal)?;
        let text = thinline_ledger::canonical(payload).map_err(|_| Code::Internal)?;
        let signer = Signer { device: &self.device, key: &self.key };
        Ok(write.append_log(&signer, kind, &time, salt, &text)?)
    }

    /// Notes the log's state outside the database, after a commit. A failure is told by the next check, not now: what
    /// the person asked for is saved.
    pub fn note_anchor(&self, log: Appended) {
        let _ = Anchor { size: log.size, root: log.root }.write(&self.anchor_place());
    }

    pub fn anchor(&self) -> Result<Option<Anchor>> {
        Ok(Anchor::read(&self.anchor_place())?)
    }

    /// As the vault's file says now: the keyring may have come or gone since it was opened.
    fn anchor_place(&self) -> AnchorPlace {
        let vault = Vault::open(&self.dirs.data);
        vault.map_or_else(|_| self.anchor.clone(), |vault| vault.anchor_place(&self.dirs.config))
    }

    /// Keeps the key by which accounts are recognized: once the data key is another, it cannot be derived any more.
    pub fn keep_account_key(&self) -> Result<()> {
        self.store.write::<_, ApiError>(|write| Ok(write.set_meta(ACCOUNT_KEY, &*self.account_key)?))
    }

    pub fn log_key(&self) -> thinline_ledger::VerifyingKey {
        self.key.verifying_key()
    }

    /// The lock that an import or its undo holds, so that two programs never load at once. Whoever gets it finds no import
    /// half done: one that is still open was stopped, and goes first. Waits a moment for whoever has it: what takes less is
    /// no reason to refuse. A child process that is just being started counts too: it has every lock until its program runs.
    pub fn writer_lock(&self) -> Result<File> {
        let until = Instant::now() + PATIENCE;
        loop {
            match self.writer_lock_now() {
                Err(error) if error.code == Code::Busy && Instant::now() < until => {
                    std::thread::sleep(Duration::from_millis(10));
                }
                done => return done,
            }
        }
    }

    fn writer_lock_now(&self) -> Result<File> {
        let lock = lock_file(self.dirs.data.join("writer.lock"), Code::Busy)?;
        vault::sweep(&self.dirs.data);
        for id in self.open_imports()? {
            self.store.write::<_, ApiError>(|write| Ok(write.discard_import(id)?))?;
        }
        Ok(lock)
    }

    fn open_imports(&self) -> Result<Vec<i64>> {
        let rows = self.store.read(|read| read.imports())?;
        Ok(rows.iter().filter(|import| import.state == "open").map(|import| import.id).collect())
    }

    /// Preferences of this vault; none were set on a new one.
    pub fn preferences(&self, read: &Read<'_>) -> Result<Option<Preferences>> {
        match read.meta(PREFERENCES)? {
            None => Ok(None),
            Some(bytes) => Ok(serde_json::from_slice(&bytes).ok()),
        }
    }

    pub fn set_preferences(&self, write: &Write<'_>, preferences: &Preferences) -> Result<()> {
        let bytes = serde_json::to_vec(preferences).map_err(|_| Code::Internal)?;
        Ok(write.set_meta(PREFERENCES, &bytes)?)
    }

    /// Counts days by the zone that is stored: another program may have changed it since. Held still by the writer's lock.
    pub fn use_home_zone(&self) -> Result<()> {
        let home = self.store.read(|read| self.preferences(read))?;
        let Some(home) = home else { return Ok(()) };
        // A zone that this system no longer knows leaves the system's own.
        if let Ok(zone) = clock::zone(&home.home_zone) {
            self.store.adopt_zone(zone);
        }
        Ok(())
    }

    /// Only while no other program is importing: its import is open, too.
    fn discard_open_imports(&self) -> Result<()> {
        if self.open_imports()?.is_empty() {
            return Ok(());
        }
        match self.writer_lock_now() {
            Err(error) if error.code != Code::Busy => Err(error),
            _ => Ok(()),
        }
    }
}

/// Derived from the first data key, for good.
fn account_key(store: &Store, keys: &Keys) -> Result<Zeroizing<[u8; 32]>> {
    let kept = store.read::<_, ApiError>(|read| Ok(read.meta(ACCOUNT_KEY)?))?.map(Zeroizing::new);
    match kept {
        None => Ok(vault::derive(&keys.data_key, "account")),
        Some(bytes) => {
            let key: [u8; 32] = bytes.as_slice().try_into().map_err(|_| Code::DatabaseDamaged)?;
            Ok(Zeroizing::new(key))
        }
    }
}

/// While there is no database yet, one program makes it and the others wait: two that make the same encrypted file at once
/// do not understand each other's first page.
fn making_lock(dirs: &Dirs) -> Result<Option<File>> {
    if std::fs::metadata(dirs.database()).is_ok_and(|about| about.len() > 0) {
        return Ok(None);
    }
    let failed = |error: std::io::Error| crate::fault::io(&error, Code::ReadOnly);
    let held = vault::hold_dir(&dirs.data).map_err(failed)?;
    // Empty, and for its owner alone before anything is written: SQLite gives its side files the mode that it finds.
    File::options().create(true).append(true).open(dirs.database()).map_err(failed)?;
    restrict(&dirs.database());
    Ok(Some(held))
}

/// Takes an exclusive lock on a file, or says that somebody has it.
pub(crate) fn lock_file(path: PathBuf, taken: Code) -> Result<File> {
    let file = File::options().create(true).truncate(false).write(true).open(path);
    let file = file.map_err(|error| crate::fault::io(&error, Code::ReadOnly))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(_) => Err(taken.into()),
    }
}

/// The database is readable for its owner alone.
fn restrict(path: &std::path::Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let _ = std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600));
    }
    #[cfg(not(unix))]
    let _ = path;
}
