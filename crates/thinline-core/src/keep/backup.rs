//! Making backups, listing them, and letting old ones go.
//!
//! A backup is taken from one moment: no import is half in it, since the writer's lock is held while that moment is fixed and
//! let go before the copying, so nothing waits for it. What would surprise: a lock ends a backup that is being made, because
//! the copying holds the key; and only files that were made for this vault, under names that are given here, are ever deleted.

use super::file::{self, DATABASE, LogState, Manifest, Purpose};
use super::plan::{self, Every, Plan};
use super::{Staging, hold};
use crate::session::Session;
use crate::vault::Vault;
use crate::wire::{ApiError, BackupLine, Backups, Code, SetBackups};
use crate::{Core, Result, Topic, clock, fault, journal, vault};
use serde_json::json;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use thinline_ledger::{Entry, EntryKind};
use thinline_store::Snapshot;

/// A backup file and what it says of itself.
pub(super) struct Found {
    path: PathBuf,
    bytes: u64,
    manifest: Manifest,
}

impl Core {
    /// When backups are made, and those that are there. Works while everything is locked.
    ///
    /// # Errors
    /// `VaultFile` if the vault's file does not read.
    pub fn backups(&self) -> Result<Backups> {
        let dirs = self.dirs();
        let plan = Plan::load(dirs);
        let folder = plan.folder(dirs);
        let own = own_id(&dirs.data);
        let found = list(&folder);
        let reachable = found.is_ok();
        let mut lines: Vec<BackupLine> =
            found.unwrap_or_default().into_iter().map(|found| line(found, own.as_deref())).collect();
        lines.truncate(MOST_SHOWN);
        Ok(Backups {
            every: plan.every.id().to_owned(),
            folder: folder.display().to_string(),
            beside_data: folder.starts_with(&dirs.data),
            reachable,
            newest: plan.newest,
            months: plan.months,
            backups: lines,
        })
    }

    /// Changes when backups are made and how many are kept.
    ///
    /// # Errors
    /// `BadValue`, `SampleOpen`, or if it cannot be saved.
    pub fn set_backups(&self, set: &SetBackups) -> Result<Backups> {
        let before = Plan::load(self.dirs());
        let every = set.every.as_deref().map_or(Ok(before.every), Every::parse)?;
        let (newest, months) = (set.newest.unwrap_or(before.newest), set.months.unwrap_or(before.months));
        self.change_plan(&before, Plan { every, newest, months, ..before.clone() })
    }

    /// Where backups go from now on; none means the folder in the data folder. Those that are there stay where they are.
    ///
    /// # Errors
    /// `NotFound` if it is no folder, `SampleOpen`, or if it cannot be saved.
    pub fn set_backup_folder(&self, folder: Option<&Path>) -> Result<Backups> {
        let before = Plan::load(self.dirs());
        let folder = match folder {
            Some(folder) if folder.is_dir() => {
                Some(folder.canonicalize().map_err(|error| fault::io(&error, Code::NotFound))?)
            }
            Some(_) => return Err(Code::NotFound.into()),
            None => None,
        };
        self.change_plan(&before, Plan { folder, ..before.clone() })
    }

    fn change_plan(&self, before: &Plan, after: Plan) -> Result<Backups> {
        let session = own(self)?;
        if *before != after {
            let mut changed = json!({ "backups": after.every.id() });
            if before.folder != after.folder {
                // Which one is not written into the log.
                changed["backup_folder"] = "changed".into();
            }
            let log = session.store.write::<_, ApiError>(|write| {
                let log = session.append(write, EntryKind::SettingsChanged, &changed)?;
                after.save(&session.dirs)?;
                Ok(log)
            })?;
            session.note_anchor(log);
            self.tell(&[Topic::Backups, Topic::Log]);
        }
        self.backups()
    }

    /// Makes a backup in the folder for them, and lets go of those that are not kept any more.
    ///
    /// # Errors
    /// `DatabaseDamaged` if a page of the data does not fit its code, `NotFound` if the folder is not there, `CannotWrite`,
    /// `DiskFull`, `Busy`, `Cancelled` by a lock.
    pub fn backup_now(&self) -> Result<BackupLine> {
        let session = own(self)?;
        let plan = Plan::load(&session.dirs);
        let folder = plan.folder(&session.dirs);
        if plan.folder.is_none() {
            vault::make_private_dir(&folder).map_err(|error| fault::io(&error, Code::CannotWrite))?;
        } else if !folder.is_dir() {
            return Err(away());
        }
        let made_at = clock::rfc3339(clock::now());
        let path = folder.join(plan::name(&made_at));
        let made = self.backup_as(&session, &path, false, made_at)?;
        prune(&plan, &folder, &made);
        self.tell(&[Topic::Backups]);
        Ok(made)
    }

    /// Makes a backup as a file that the person names.
    ///
    /// # Errors
    /// `CannotWrite` if the file exists or cannot be written; else as [`Core::backup_now`].
    pub fn backup_to(&self, path: &Path, overwrite: bool) -> Result<BackupLine> {
        let session = own(self)?;
        self.backup_as(&session, path, overwrite, clock::rfc3339(clock::now()))
    }

    /// Makes a backup if it is time and something was done since the last one; called now and then while the app is open.
    ///
    /// # Errors
    /// As [`Core::backup_now`].
    pub fn backup_if_due(&self) -> Result<Option<BackupLine>> {
        let Ok(session) = own(self) else { return Ok(None) };
        let plan = Plan::load(&session.dirs);
        let own = own_id(&session.dirs.data);
        let found = list(&plan.folder(&session.dirs)).unwrap_or_default();
        let last = found.iter().find(|found| Some(&found.manifest.vault_id) == own.as_ref());
        let at =
            last.and_then(|last| clock::parse_moment(&last.manifest.made_at, &session.store.zone()).ok());
        let log = last.map(|last| &last.manifest.log);
        if !plan.every.is_due(at, clock::now()) || !something_done(&session, log)? {
            return Ok(None);
        }
        self.backup_now().map(Some)
    }

    /// Called now and then while the app is open: makes a backup if it is time. A failure is no answer to anybody's question, so
    /// it becomes what is wrong with the data until one succeeds.
    pub fn look_after(&self) {
        match self.backup_if_due() {
            Ok(None) => {}
            Ok(Some(_)) => {
                if self.trouble().take_if(|trouble| trouble.code != Code::DataOlder).is_some() {
                    self.tell(&[Topic::State]);
                }
            }
            // Next time; a lock ends it, too.
            Err(error) if [Code::Busy, Code::Cancelled, Code::Locked].contains(&error.code) => {}
            Err(error) => {
                *self.trouble() = Some(error);
                self.tell(&[Topic::State]);
            }
        }
    }

    /// Where a backup of the list lies.
    ///
    /// # Errors
    /// `NoSuch` if the list holds none of that name.
    pub fn backup_path(&self, name: &str) -> Result<PathBuf> {
        let found = self.backups()?.backups.into_iter().find(|line| line.name == name);
        found.map(|line| PathBuf::from(line.path)).ok_or_else(|| Code::NoSuch.into())
    }

    fn backup_as(
        &self,
        session: &Arc<Session>,
        path: &Path,
        overwrite: bool,
        made_at: String,
    ) -> Result<BackupLine> {
        let _held = hold(&session.dirs)?;
        let (snapshot, vault_file) = still(session)?;
        let vault = Vault::open(&session.dirs.data)?;
        let goes_on = || self.session().is_ok_and(|now| Arc::ptr_eq(&now, session));
        let manifest = manifest_of(&snapshot, Purpose::Backup, made_at, vault.id())?;
        let staging = Staging::new(&session.dirs)?;
        let found = pack(&snapshot, &staging, manifest, &vault_file, path, overwrite, &goes_on)?;
        Ok(line(found, Some(&vault.id())))
    }
}

/// Lines that are shown; far more than are kept unless the person asks for it.
const MOST_SHOWN: usize = 500;

pub(super) fn own(core: &Core) -> Result<Arc<Session>> {
    let session = core.session()?;
    if session.sample { Err(Code::SampleOpen.into()) } else { Ok(session) }
}

fn away() -> ApiError {
    ApiError {
        message: "The folder for backups is not there.".to_owned(),
        next: "Connect the disk that it is on, or choose another folder.".to_owned(),
        ..ApiError::new(Code::NotFound)
    }
}

/// One moment of database and vault's file in which no import is half done.
pub(super) fn still(session: &Session) -> Result<(Snapshot, Vec<u8>)> {
    let _lock = session.writer_lock()?;
    let snapshot = session.store.snapshot()?;
    let path = session.dirs.data.join(file::VAULT);
    let vault = fs::read(path).map_err(|error| fault::io(&error, Code::VaultFile))?;
    Ok((snapshot, vault))
}

pub(super) fn manifest_of(
    snapshot: &Snapshot,
    purpose: Purpose,
    made_at: String,
    vault_id: String,
) -> Result<Manifest> {
    let schema = snapshot.schema()?;
    let (size, root) = snapshot.read::<_, ApiError>(|read| Ok((read.log_size()?, read.log_root()?)))?;
    let log = LogState { size, root: hex::encode(root) };
    Ok(Manifest::new(purpose, made_at, schema, vault_id, log))
}

/// Copies the snapshot and packs it with a vault's file.
pub(super) fn pack(
    snapshot: &Snapshot,
    staging: &Staging,
    mut manifest: Manifest,
    vault: &[u8],
    path: &Path,
    overwrite: bool,
    goes_on: &dyn Fn() -> bool,
) -> Result<Found> {
    let copy = staging.path().join(DATABASE);
    if !snapshot.write_to(&copy, goes_on)? {
        return Err(Code::Cancelled.into());
    }
    let bytes = file::write(path, overwrite, &mut manifest, vault, &copy, snapshot.key())?;
    Ok(Found { path: path.to_owned(), bytes, manifest })
}

pub(super) fn line(found: Found, own: Option<&str>) -> BackupLine {
    let name = found.path.file_name().map(|name| name.to_string_lossy().into_owned());
    BackupLine {
        name: name.unwrap_or_default(),
        own: Some(found.manifest.vault_id.as_str()) == own,
        path: found.path.display().to_string(),
        bytes: found.bytes,
        log_size: journal::small(found.manifest.log.size),
        made_at: found.manifest.made_at,
    }
}

/// The vault that is here, if its file reads.
pub(super) fn own_id(data: &Path) -> Option<String> {
    Vault::open(data).ok().map(|vault| vault.id())
}

/// Backups in a folder, the newest first. Files that are none, or whose beginning is damaged, are passed over; trying one
/// finds damage further in.
fn list(folder: &Path) -> io::Result<Vec<Found>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        // Made with the first backup.
        Err(error) if error.kind() == io::ErrorKind::NotFound && folder.ends_with("backups") => {
            return Ok(Vec::new());
        }
        Err(error) => return Err(error),
    };
    let mut found: Vec<Found> = entries
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let bytes = fs::metadata(&path).ok().filter(fs::Metadata::is_file)?.len();
            let manifest = plan::is_name(&path).then(|| file::manifest(&path).ok())??;
            Some(Found { path, bytes, manifest })
        })
        .collect();
    found.sort_by(|a, b| (&b.manifest.made_at, &b.path).cmp(&(&a.manifest.made_at, &a.path)));
    Ok(found)
}

/// Deletes what is not kept. That one cannot be deleted is no failure: the next backup tries again.
fn prune(plan: &Plan, folder: &Path, made: &BackupLine) {
    let vault = file::manifest(Path::new(&made.path)).map(|manifest| manifest.vault_id).ok();
    let own: Vec<(String, Found)> = list(folder)
        .unwrap_or_default()
        .into_iter()
        .filter(|found| found.manifest.purpose == Purpose::Backup)
        .filter(|found| Some(&found.manifest.vault_id) == vault.as_ref())
        .map(|found| (found.manifest.made_at.chars().take(7).collect(), found))
        .collect();
    for surplus in plan.surplus(&own) {
        // Whatever the clock says: the one that was just made stays.
        if surplus.path.display().to_string() != made.path {
            let _ = fs::remove_file(&surplus.path);
        }
    }
}

/// Whether the log says more than it did then; that the app was opened is nothing to keep.
fn something_done(session: &Session, then: Option<&LogState>) -> Result<bool> {
    let Some(then) = then else { return Ok(true) };
    session.store.read::<_, ApiError>(|read| {
        if read.log_size()? < then.size {
            return Ok(true);
        }
        let rows = read.log_rows_from(then.size, 1000)?;
        let kinds = rows.iter().map(|row| Entry::decode(&row.entry, row.seq).map(|entry| entry.kind));
        let idle = [Ok(EntryKind::VaultUnlocked), Ok(EntryKind::CheckpointKept)];
        Ok(rows.len() == 1000 || kinds.into_iter().any(|kind| !idle.contains(&kind)))
    })
}
