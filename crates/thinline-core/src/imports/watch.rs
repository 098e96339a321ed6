//! The watched folder: which exports arrived in it since it is watched. It only offers; nothing is imported without asking.
//!
//! The folder is looked at every few seconds while the vault is open: that misses nothing, costs a listing, and needs no
//! service of the system. Only files that are complete count (their size and time stood still between two looks and for
//! ten seconds), and only those in which a service is recognized by content. Links and folders inside are not followed.

use super::Opened;
use crate::session::Session;
use crate::wire::{ApiError, Code};
use crate::{Core, Result, clock, fault};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;
use thinline_catalogue::Catalogue;
use thinline_import::{Match, detect};
use thinline_ledger::EntryKind;
use thinline_store::{Read, Write};

/// Where it is kept in the vault.
const WATCH: &str = "watch";
/// How long a file must have been left alone.
const STILL: i64 = 10;
/// Files that are remembered as dismissed; the oldest are forgotten first.
const DISMISSED: usize = 500;
/// Files that are looked at; a folder with more is no folder for downloads.
const MOST: usize = 20_000;

/// What the vault remembers of watching.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Watched {
    folder: PathBuf,
    since: i64,
    dismissed: Vec<Stamp>,
}

/// A file at a moment: if one of these changes, it is another download.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
struct Stamp {
    name: String,
    size: u64,
    modified: i64,
}

/// An export that arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// Where it lies.
    pub path: PathBuf,
    /// Service id.
    pub service: String,
    /// RFC 3339: when it was last written.
    pub at: String,
}

/// What was seen at earlier looks; kept by whoever looks, since the last start.
#[derive(Debug, Default)]
pub struct Looks {
    folder: PathBuf,
    seen: HashMap<Stamp, Seen>,
}

#[derive(Debug, Clone)]
enum Seen {
    /// Once; it may still be growing.
    Once,
    /// It is no export, or was imported already.
    Nothing,
    /// An export of this service.
    Export(String),
}

impl Core {
    /// The folder that is watched.
    ///
    /// # Errors
    /// `Locked`, or a failure of the store.
    pub fn watched_folder(&self) -> Result<Option<PathBuf>> {
        Ok(load(&*self.session()?)?.map(|watched| watched.folder))
    }

    /// Watches a folder from now on, or none. Noted in the log without its name.
    ///
    /// # Errors
    /// `SampleOpen`, `NotFound` if it is no folder, or a failure of the store.
    pub fn watch_folder(&self, folder: Option<&Path>) -> Result<()> {
        let session = self.session()?;
        if session.sample {
            return Err(Code::SampleOpen.into());
        }
        let watched = match folder {
            None => None,
            Some(folder) if folder.is_dir() => {
                let folder = folder.canonicalize().map_err(|error| fault::io(&error, Code::NotFound))?;
                Some(Watched { folder, since: clock::now(), dismissed: Vec::new() })
            }
            Some(_) => return Err(Code::NotFound.into()),
        };
        let log = session.store.write::<_, ApiError>(|write| {
            let bytes = serde_json::to_vec(&watched).map_err(|_| Code::Internal)?;
            write.set_meta(WATCH, &bytes)?;
            session.append(write, EntryKind::SettingsChanged, &json!({ "watch_folder": watched.is_some() }))
        })?;
        session.note_anchor(log);
        self.tell(&[crate::Topic::Log]);
        Ok(())
    }

    /// Looks at the folder: the exports that arrived, were not dismissed and are not imported. None if nothing is watched.
    ///
    /// # Errors
    /// `NotFound` if the folder cannot be listed just now, `Locked`, or a failure of the store.
    pub fn arrivals(&self, looks: &mut Looks) -> Result<Vec<Arrival>> {
        let session = self.session()?;
        let Some(watched) = load(&session)? else { return Ok(Vec::new()) };
        if looks.folder != watched.folder {
            *looks = Looks { folder: watched.folder.clone(), seen: HashMap::new() };
        }
        let found = list(&watched.folder).map_err(|error| fault::io(&error, Code::NotFound))?;
        let now = clock::now();
        let mut arrived = Vec::new();
        looks.seen.retain(|stamp, _| found.contains(stamp));
        for stamp in found {
            let fresh = stamp.modified >= watched.since && !watched.dismissed.contains(&stamp);
            if !fresh || stamp.size == 0 {
                continue;
            }
            let path = watched.folder.join(&stamp.name);
            let seen = match looks.seen.get(&stamp) {
                None => Seen::Once,
                Some(Seen::Once) if now - stamp.modified >= STILL => what(&session, &path),
                Some(seen) => seen.clone(),
            };
            if let Seen::Export(service) = &seen {
                let at = clock::rfc3339(stamp.modified);
                arrived.push(Arrival { path, service: service.clone(), at });
            }
            looks.seen.insert(stamp, seen);
        }
        arrived.sort_by(|a, b| a.at.cmp(&b.at));
        Ok(arrived)
    }

    /// Does not offer a file again, as it is now.
    ///
    /// # Errors
    /// `Locked`, or a failure of the store.
    pub fn dismiss_arrival(&self, path: &Path) -> Result<()> {
        let session = self.session()?;
        let Some(mut watched) = load(&session)? else { return Ok(()) };
        if path.parent().and_then(|parent| parent.canonicalize().ok()).as_ref() != Some(&watched.folder) {
            return Ok(());
        }
        let Some(stamp) = path.file_name().and_then(|name| stamp(&watched.folder, name.to_str()?)) else {
            return Ok(());
        };
        if watched.dismissed.contains(&stamp) {
            return Ok(());
        }
        let over = (watched.dismissed.len() + 1).saturating_sub(DISMISSED);
        watched.dismissed.drain(..over);
        watched.dismissed.push(stamp);
        let bytes = serde_json::to_vec(&Some(watched)).map_err(|_| Code::Internal)?;
        session.store.write::<_, ApiError>(|write| Ok(write.set_meta(WATCH, &bytes)?))
    }
}

/// Forgets the names of files that were dismissed. What is in the folder now is not offered again for that.
pub(crate) fn forget_dismissed(session: &Session, write: &Write<'_>) -> Result<()> {
    if let Some(watched) = load(session)? {
        let watched = Watched { since: clock::now(), dismissed: Vec::new(), ..watched };
        write.set_meta(WATCH, &serde_json::to_vec(&Some(watched)).map_err(|_| Code::Internal)?)?;
    }
    Ok(())
}

/// Whether a folder is watched.
pub(crate) fn is_watching(read: &Read<'_>) -> Result<bool> {
    let bytes = read.meta(WATCH)?;
    Ok(bytes.and_then(|bytes| serde_json::from_slice::<Option<Watched>>(&bytes).ok()).flatten().is_some())
}

/// Watches nothing any more: the folder is on another computer.
pub(crate) fn forget_watch(write: &Write<'_>) -> Result<()> {
    Ok(write.set_meta(WATCH, b"null")?)
}

fn load(session: &Session) -> Result<Option<Watched>> {
    let bytes = session.store.read(|read| read.meta(WATCH))?;
    Ok(bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()).flatten())
}

fn list(folder: &Path) -> std::io::Result<Vec<Stamp>> {
    let entries = fs::read_dir(folder)?.filter_map(std::result::Result::ok).take(MOST);
    Ok(entries.filter_map(|entry| stamp(folder, entry.file_name().to_str()?)).collect())
}

fn stamp(folder: &Path, name: &str) -> Option<Stamp> {
    let about = fs::symlink_metadata(folder.join(name)).ok().filter(fs::Metadata::is_file)?;
    let modified = about.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    let modified = i64::try_from(modified.as_secs()).ok()?;
    Some(Stamp { name: name.to_owned(), size: about.len(), modified })
}

/// What a complete file is: an export by its content, not only by the names in it.
fn what(session: &Session, path: &Path) -> Seen {
    let Ok(mut opened) = Opened::path(path) else { return Seen::Nothing };
    let Ok(found) = detect(&mut opened.archive, Catalogue::builtin()) else { return Seen::Nothing };
    let mut sure = found.services.iter().filter(|(_, how)| *how == Match::Yes);
    let (Some((service, _)), None) = (sure.next(), sure.next()) else { return Seen::Nothing };
    let known = super::check::is_known(session, &opened, service.as_str());
    if known.unwrap_or(false) { Seen::Nothing } else { Seen::Export(service.as_str().to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ImportOptions, Key};
    use std::fs::File;
    use std::time::{Duration, SystemTime};
    use thinline_sample::Plan;

    struct Home {
        core: Core,
        folder: PathBuf,
        looks: Looks,
        _dir: tempfile::TempDir,
    }

    impl Home {
        /// Watches a folder since an hour ago: files can be dated back, so that no test waits.
        fn new() -> Self {
            let dir = tempfile::tempdir().unwrap();
            let core = Core::new(Some(&dir.path().join("data"))).unwrap();
            core.set_up(Key::KeyFile(dir.path().join("key")), &[], "").unwrap();
            let folder = dir.path().join("Downloads");
            fs::create_dir(&folder).unwrap();
            core.watch_folder(Some(&folder)).unwrap();
            let session = core.session().unwrap();
            let mut watched = load(&session).unwrap().unwrap();
            watched.since -= 3600;
            let bytes = serde_json::to_vec(&Some(watched)).unwrap();
            session.store.write::<_, ApiError>(|write| Ok(write.set_meta(WATCH, &bytes)?)).unwrap();
            Self { core, folder, looks: Looks::default(), _dir: dir }
        }

        fn export(&self, name: &str, seconds_ago: u64) -> PathBuf {
            let path = self.folder.join(name);
            let plan = Plan { seed: 1, rows: 60, until: 1_741_028_399, years: 1 };
            thinline_sample::spotify_zip(File::create(&path).unwrap(), &plan).unwrap();
            touch(&path, seconds_ago);
            path
        }

        fn look(&mut self) -> Vec<String> {
            let arrived = self.core.arrivals(&mut self.looks).unwrap();
            arrived.iter().map(|one| one.path.file_name().unwrap().to_string_lossy().into_owned()).collect()
        }

        /// A file is offered at the second look.
        fn offered(&mut self) -> Vec<String> {
            self.look();
            self.look()
        }
    }

    fn touch(path: &Path, seconds_ago: u64) {
        let at = SystemTime::now() - Duration::from_secs(seconds_ago);
        File::options().append(true).open(path).unwrap().set_modified(at).unwrap();
    }

    #[test]
    fn when_everything_is_erased_names_of_dismissed_files_go_too() {
        let mut home = Home::new();
        let path = home.export("of Kim.zip", 60);
        assert_eq!(home.offered(), ["of Kim.zip"]);
        home.core.dismiss_arrival(&path).unwrap();
        let all = crate::wire::Target { what: "all".into(), of: String::new(), service: None };
        home.core.erase(&all).unwrap();
        let session = home.core.session().unwrap();
        let kept = session.store.read(|read| read.meta(WATCH)).unwrap().unwrap();
        assert!(!String::from_utf8(kept).unwrap().contains("Kim"));
        assert_eq!(home.core.watched_folder().unwrap(), Some(home.folder.canonicalize().unwrap()));
        assert_eq!(home.offered(), [""; 0], "it is not offered again for that");
    }

    #[test]
    fn nothing_is_watched_unless_asked_for() {
        let dir = tempfile::tempdir().unwrap();
        let core = Core::new(Some(&dir.path().join("data"))).unwrap();
        core.set_up(Key::KeyFile(dir.path().join("key")), &[], "").unwrap();
        assert_eq!(core.watched_folder().unwrap(), None);
        assert_eq!(core.arrivals(&mut Looks::default()).unwrap(), []);
        assert_eq!(core.watch_folder(Some(&dir.path().join("key"))).unwrap_err().code, Code::NotFound);
    }

    #[test]
    fn an_export_that_arrived_is_offered_and_not_imported() {
        let mut home = Home::new();
        home.export("my_spotify_data.zip", 60);
        assert_eq!(home.look(), [""; 0], "it may still be growing");
        assert_eq!(home.look(), ["my_spotify_data.zip"]);
        assert_eq!(home.core.imports().unwrap().imports.len(), 0);
    }

    #[test]
    fn a_file_that_was_just_written_has_to_stand_still_first() {
        let mut home = Home::new();
        let path = home.export("my_spotify_data.zip", 2);
        assert_eq!(home.offered(), [""; 0]);
        // It went on growing: another size, another file.
        touch(&path, 40);
        assert_eq!(home.look(), [""; 0]);
        assert_eq!(home.look(), ["my_spotify_data.zip"]);
    }

    #[test]
    fn what_is_no_export_cut_off_or_older_than_the_watch_is_not_offered() {
        let mut home = Home::new();
        home.export("old.zip", 7200);
        let cut = home.export("cut.zip", 60);
        let bytes = fs::read(&cut).unwrap();
        fs::write(&cut, &bytes[..bytes.len() / 2]).unwrap();
        touch(&cut, 60);
        for (name, text) in [("letter.txt", "Dear Robin"), ("photo.zip", "PK no"), ("empty.zip", "")] {
            fs::write(home.folder.join(name), text).unwrap();
            touch(&home.folder.join(name), 60);
        }
        fs::create_dir(home.folder.join("folder.zip")).unwrap();
        assert_eq!(home.offered(), [""; 0]);
    }

    #[test]
    fn what_was_dismissed_or_imported_is_not_offered_again_after_a_restart_either() {
        let mut home = Home::new();
        let dismissed = home.export("a.zip", 60);
        home.export("b.zip", 50);
        assert_eq!(home.offered(), ["a.zip", "b.zip"]);
        home.core.dismiss_arrival(&dismissed).unwrap();
        assert_eq!(home.look(), ["b.zip"]);
        struct Calm;
        impl crate::ImportWatch for Calm {
            fn progress(&self, _: crate::wire::Progress) {}
            fn cancelled(&self) -> bool {
                false
            }
        }
        home.core.import(1, &home.folder.join("b.zip"), &ImportOptions::default(), &Calm).unwrap();
        home.looks = Looks::default();
        assert_eq!(home.offered(), [""; 0]);
    }

    #[test]
    fn a_folder_that_is_gone_is_said_so() {
        let mut home = Home::new();
        fs::remove_dir(&home.folder).unwrap();
        assert_eq!(home.core.arrivals(&mut home.looks).unwrap_err().code, Code::NotFound);
    }
}
