//! The program: whether there is a vault, whether it is open, who listens, and preferences. What the window and the command ask
//! beyond that stands as `impl Core` in the module of its subject.

use crate::lock::{Closing, Patience, scrub_stack};
use crate::session::{Session, lock_file};
use crate::vault::{self, Cost, NewKey, RecoveryCode, Unlock, Vault};
use crate::wire::{ApiError, AppState, Code, Phase, Preferences, SettingsInfo, SlotKind, Status};
use crate::{Dirs, Result, clock, journal, keep, keys, sample, services};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use thinline_ledger::EntryKind;
use zeroize::Zeroizing;

/// How a vault is made or unlocked.
pub enum Key {
    /// The keyring of the system.
    Keyring,
    /// A passphrase.
    Passphrase(Zeroizing<String>),
    /// A file of 32 bytes; made if missing when a vault is made.
    KeyFile(PathBuf),
    /// The recovery code; no vault is made with it.
    Recovery(RecoveryCode),
}

/// Parts of the state that a write can change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// Phase, sample, slots.
    State,
    /// Records on the timeline.
    Records,
    /// Choices and listed services.
    Choices,
    /// Imports.
    Imports,
    /// The log.
    Log,
    /// Preferences.
    Preferences,
    /// What was asked of services, and what is to be done.
    Requests,
    /// Backups.
    Backups,
}

impl Topic {
    /// The id used by the window.
    pub fn id(self) -> &'static str {
        match self {
            Self::State => "state",
            Self::Records => "records",
            Self::Choices => "choices",
            Self::Imports => "imports",
            Self::Log => "log",
            Self::Preferences => "preferences",
            Self::Requests => "requests",
            Self::Backups => "backups",
        }
    }
}

/// Told what a commit changed.
pub type Listener = Box<dyn Fn(&[Topic]) + Send + Sync>;

/// The program. Cheap to clone; safe to use from several threads.
#[derive(Clone)]
pub struct Core(Arc<Inner>);

struct Inner {
    dirs: Dirs,
    session: Mutex<Option<Arc<Session>>>,
    window: Mutex<Option<File>>,
    listener: Mutex<Option<Listener>>,
    patience: Patience,
    trouble: Mutex<Option<ApiError>>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Core {
    /// `data_dir` overrides `THINLINE_DATA_DIR`, which overrides the system's place. Touches no file yet.
    ///
    /// # Errors
    /// `NotFound` if the system names no home.
    pub fn new(data_dir: Option<&Path>) -> Result<Self> {
        Ok(Self(Arc::new(Inner {
            dirs: Dirs::new(data_dir)?,
            session: Mutex::new(None),
            window: Mutex::new(None),
            listener: Mutex::new(None),
            patience: Patience::default(),
            trouble: Mutex::new(None),
        })))
    }

    pub(crate) fn dirs(&self) -> &Dirs {
        &self.0.dirs
    }

    /// Whether this process is the window of its data folder.
    pub(crate) fn is_window(&self) -> bool {
        lock(&self.0.window).is_some()
    }

    /// What is wrong with the data although it opens.
    pub(crate) fn trouble(&self) -> MutexGuard<'_, Option<ApiError>> {
        lock(&self.0.trouble)
    }

    /// Called after each commit with what changed; replaces the one set before.
    pub fn on_topics(&self, listener: Listener) {
        *lock(&self.0.listener) = Some(listener);
    }

    pub(crate) fn tell(&self, topics: &[Topic]) {
        if let Some(listener) = &*lock(&self.0.listener) {
            listener(topics);
        }
    }

    /// Makes this process the one window of its data folder, until it ends. Takes up sample data left from last time.
    ///
    /// # Errors
    /// `WindowOpen` if there is another one, `ReadOnly` if the folder cannot be written.
    pub fn claim_window(&self) -> Result<()> {
        vault::make_private_dir(&self.0.dirs.data)
            .map_err(|error| crate::fault::io(&error, Code::ReadOnly))?;
        let mut window = lock(&self.0.window);
        if window.is_none() {
            *window = Some(lock_file(self.0.dirs.data.join("window.lock"), Code::WindowOpen)?);
        }
        drop(window);
        keep::tidy(self)?;
        if Vault::exists(&self.0.dirs.data) {
            // Left from before there was data of one's own. It is invented: that it cannot be deleted is no fault.
            let _ = sample::delete(&self.0.dirs);
        } else if lock(&self.0.session).is_none() {
            // A sample that does not open any more is no loss: it is invented, and can be made again.
            *lock(&self.0.session) = sample::reopen(&self.0.dirs).map(Arc::new);
        }
        Ok(())
    }

    pub(crate) fn session(&self) -> Result<Arc<Session>> {
        if let Some(session) = &*lock(&self.0.session) {
            return Ok(Arc::clone(session));
        }
        let none = !Vault::exists(&self.0.dirs.data);
        Err(if none { Code::NoVault } else { Code::Locked }.into())
    }

    /// The place of the open vault, for who exchanges it.
    pub(crate) fn session_slot(&self) -> MutexGuard<'_, Option<Arc<Session>>> {
        lock(&self.0.session)
    }

    pub(crate) fn patience(&self) -> &Patience {
        &self.0.patience
    }

    fn enter(&self, session: Session) -> AppState {
        *lock(&self.0.session) = Some(Arc::new(session));
        self.tell(&[
            Topic::State,
            Topic::Records,
            Topic::Choices,
            Topic::Imports,
            Topic::Log,
            Topic::Preferences,
            Topic::Requests,
        ]);
        self.app_state()
    }

    /// How far the program is.
    pub fn app_state(&self) -> AppState {
        let dirs = &self.0.dirs;
        let session = lock(&self.0.session).clone();
        let (slots, fault) = match Vault::exists(&dirs.data).then(|| Vault::open(&dirs.data)) {
            None => (Vec::new(), None),
            Some(Ok(vault)) => (slots(&vault), None),
            Some(Err(error)) => (Vec::new(), Some(ApiError::from(error))),
        };
        let phase = match (&session, &fault) {
            (Some(_), _) => Phase::Open,
            (None, Some(_)) => Phase::Fault,
            (None, None) if Vault::exists(&dirs.data) => Phase::Locked,
            (None, None) => Phase::FirstRun,
        };
        AppState {
            phase,
            sample: session.as_ref().is_some_and(|session| session.sample),
            slots,
            // Asked only where the answer is shown: a locked keyring may put up a prompt.
            keyring: phase == Phase::FirstRun && vault::keyring::probe().is_ok(),
            fault,
            trouble: self.trouble().clone(),
            preferences: self.preferences(session.as_deref()),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }

    fn preferences(&self, session: Option<&Session>) -> Preferences {
        let mut preferences = session
            .and_then(|session| session.store.read(|read| session.preferences(read)).ok().flatten())
            .unwrap_or_else(journal::default_preferences);
        journal::read_looks(&self.0.dirs, &mut preferences);
        preferences
    }

    /// Makes a vault with its first key and opens it.
    ///
    /// # Errors
    /// `VaultExists`, key and keyring failures, `BadValue` for an empty passphrase or an unknown service.
    pub fn set_up(&self, key: Key, services: &[String], country: &str) -> Result<AppState> {
        let made = self.make_vault(key, services, country);
        scrub_stack();
        made
    }

    #[inline(never)]
    fn make_vault(&self, key: Key, services: &[String], country: &str) -> Result<AppState> {
        for id in services {
            services::known(id)?;
        }
        let country = journal::country(country)?;
        keep::tidy(self)?;
        let dirs = &self.0.dirs;
        let (vault, keys) = Vault::create(&dirs.data, &new_key(&key)?)?;
        let session = Session::open(dirs, &vault, &keys, false)?;
        journal::begin(&session, services, &country)?;
        // Whoever has data of their own is done with the sample.
        sample::delete(dirs)?;
        Ok(self.enter(session))
    }

    /// Opens the vault and notes it in the log.
    ///
    /// # Errors
    /// `NoVault`, `WrongKey`, keyring and database failures.
    pub fn unlock(&self, key: Key) -> Result<AppState> {
        let opened = self.open_and_note(&key);
        scrub_stack();
        opened
    }

    #[inline(never)]
    fn open_and_note(&self, key: &Key) -> Result<AppState> {
        let session = self.opened(key)?;
        session.note_unlocked(matches!(key, Key::Recovery(_)))?;
        Ok(self.enter(session))
    }

    /// Opens the vault without an entry in the log: for the command line, which unlocks for every command.
    ///
    /// # Errors
    /// As [`Core::unlock`].
    pub fn unlock_quietly(&self, key: &Key) -> Result<()> {
        let session = self.opened(key)?;
        *lock(&self.0.session) = Some(Arc::new(session));
        Ok(())
    }

    /// Whether there is a vault in the data folder.
    pub fn has_vault(&self) -> bool {
        let _ = keep::tidy(self);
        // What could not be finished is told when it is opened.
        Vault::exists(&self.0.dirs.data) || keep::is_pending(&self.0.dirs)
    }

    fn opened(&self, key: &Key) -> Result<Session> {
        let dirs = &self.0.dirs;
        if !self.has_vault() {
            return Err(Code::NoVault.into());
        }
        keep::tidy(self)?;
        let held = keys::hold(dirs)?;
        let vault = Vault::open(&dirs.data)?;
        let found = self.0.patience.around(key, || Ok(vault.unlock(&unlock_key(key))?))?;
        let session = keys::open(dirs, vault, found, held)?;
        // A vault whose making was cut short. With an anchor it is another matter: then an older database was put here.
        if session.store.read(|read| read.log_size())? == 0 && session.anchor()?.is_none() {
            journal::begin(&session, &[], "")?;
        }
        if keep::older(&session).unwrap_or_default() {
            *self.trouble() = Some(Code::DataOlder.into());
        }
        Ok(session)
    }

    /// Forgets the keys. Nothing is answered from then on; what is being answered or imported just now holds the keys to its
    /// end, which is waited for. A sample has nothing to lock.
    pub fn lock(&self) -> AppState {
        self.close().wait();
        self.app_state()
    }

    /// The first step of a lock: nothing is answered from here on.
    pub fn close(&self) -> Closing {
        let mut session = lock(&self.0.session);
        if session.as_ref().is_none_or(|session| session.sample) {
            return Closing(None);
        }
        let held = session.take().map(|session| Arc::downgrade(&session.closed));
        drop(session);
        self.tell(&[Topic::State]);
        Closing(held)
    }

    /// Makes the sample vault and opens it.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn sample_start(&self) -> Result<AppState> {
        let session = sample::make(&self.0.dirs)?;
        Ok(self.enter(session))
    }

    /// Deletes the sample vault; what follows is the first run, or the own vault, locked.
    ///
    /// # Errors
    /// `NoSuch` if no sample is open, or if it cannot be deleted.
    pub fn sample_leave(&self) -> Result<AppState> {
        if !self.session()?.sample {
            return Err(Code::NoSuch.into());
        }
        *lock(&self.0.session) = None;
        sample::delete(&self.0.dirs)?;
        self.tell(&[Topic::State]);
        Ok(self.app_state())
    }

    /// Counts and places. Works without a vault and without a key.
    ///
    /// # Errors
    /// A failure of the store.
    pub fn status(&self) -> Result<Status> {
        let session = lock(&self.0.session).clone();
        journal::status(&self.0.dirs, self.has_vault(), session.as_deref())
    }

    /// Facts for the Settings page.
    ///
    /// # Errors
    /// As all questions.
    pub fn settings_info(&self) -> Result<SettingsInfo> {
        let session = self.session()?;
        let slots = if session.sample { Vec::new() } else { slots(&Vault::open(&session.dirs.data)?) };
        Ok(SettingsInfo {
            status: journal::status(&session.dirs, true, Some(&session))?,
            slots,
            log_key: session.log_key().to_string(),
            catalogue: thinline_catalogue::Catalogue::builtin().version.clone(),
            database: session.store.versions()?,
            preferences: self.preferences(Some(&session)),
        })
    }

    /// Changes preferences; those that bear on data are logged.
    ///
    /// # Errors
    /// `BadValue` for a zone, size or country that does not exist.
    pub fn set_preferences(&self, preferences: &Preferences) -> Result<AppState> {
        journal::check_preferences(preferences)?;
        journal::write_looks(&self.0.dirs, preferences)?;
        let session = lock(&self.0.session).clone();
        if let Some(session) = session {
            self.store_preferences(&session, preferences)?;
        }
        self.tell(&[Topic::Preferences, Topic::Records, Topic::Log]);
        Ok(self.app_state())
    }

    fn store_preferences(&self, session: &Session, preferences: &Preferences) -> Result<()> {
        let before = self.preferences(Some(session));
        let changed = journal::changed(&before, preferences);
        if changed.is_empty() {
            return Ok(());
        }
        let zone = clock::zone(&preferences.home_zone)?;
        // An import counts its days as it goes: the zone does not change under it, whichever program runs it.
        let _lock =
            if before.home_zone == preferences.home_zone { None } else { Some(session.writer_lock()?) };
        let log = session.store.set_zone::<_, ApiError>(zone, |write| {
            session.set_preferences(write, preferences)?;
            session.append(write, EntryKind::SettingsChanged, &serde_json::Value::Object(changed))
        })?;
        session.note_anchor(log);
        Ok(())
    }
}

impl Session {
    fn note_unlocked(&self, by_code: bool) -> Result<()> {
        let payload = if by_code { serde_json::json!({ "with": "recovery" }) } else { serde_json::json!({}) };
        let log = self.store.write(|write| self.append(write, EntryKind::VaultUnlocked, &payload))?;
        self.note_anchor(log);
        Ok(())
    }
}

fn slots(vault: &Vault) -> Vec<SlotKind> {
    let kinds = vault.slots().into_iter().map(|(_, kind)| match kind {
        vault::SlotKind::Keyring => SlotKind::Keyring,
        vault::SlotKind::Passphrase => SlotKind::Passphrase,
        vault::SlotKind::Recovery => SlotKind::Recovery,
        vault::SlotKind::KeyFile => SlotKind::KeyFile,
    });
    kinds.collect()
}

fn new_key(key: &Key) -> Result<NewKey<'_>> {
    Ok(match key {
        Key::Keyring => NewKey::Keyring,
        Key::Passphrase(text) => NewKey::Passphrase(text.as_bytes(), Cost::DEFAULT),
        Key::KeyFile(path) => NewKey::KeyFile(path),
        // It is for when every other way is lost, so there is another way first.
        Key::Recovery(_) => return Err(Code::BadValue.into()),
    })
}

pub(crate) fn unlock_key(key: &Key) -> Unlock<'_> {
    match key {
        Key::Keyring => Unlock::Keyring,
        Key::Passphrase(text) => Unlock::Passphrase(text.as_bytes()),
        Key::KeyFile(path) => Unlock::KeyFile(path),
        Key::Recovery(code) => Unlock::Recovery(code),
    }
}
