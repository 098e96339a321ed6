//! The log as people read it, preferences, and status. What the log's bytes are is `thinline-ledger`'s.

use crate::session::Session;
use crate::wire::{ApiError, Code, LogEntry, LogPage, LogVerified, Preferences, ProfileWritten, Status};
use crate::{Core, Dirs, Result, Topic, clock, keep, profile, vault};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::io::Write as _;
use std::path::Path;
use thinline_ledger::{Entry, EntryKind, ExportHeader, Opening, export};

/// The first entry of a new vault, with what was set up. Nothing if there is an entry already: a vault whose making was
/// cut short gets it when it is next opened.
pub(crate) fn begin(session: &Session, services: &[String], country: &str) -> Result<()> {
    let preferences = Preferences { country: country.to_owned(), ..default_preferences() };
    let log = session.store.write::<_, ApiError>(|write| {
        if write.next_seq()? > 0 {
            return Ok(None);
        }
        session.set_preferences(write, &preferences)?;
        for id in services {
            write.set_listed(id, true, clock::now())?;
        }
        let payload = json!({ "services": services, "version": env!("CARGO_PKG_VERSION") });
        session.append(write, EntryKind::VaultMade, &payload).map(Some)
    })?;
    let Some(log) = log else { return Ok(()) };
    session.store.adopt_zone(clock::zone(&preferences.home_zone)?);
    session.note_anchor(log);
    Ok(())
}

pub(crate) fn page(session: &Session, before: Option<u32>, limit: u16) -> Result<LogPage> {
    let limit = u32::from(limit.clamp(1, 500));
    session.store.read(|read| {
        let size = read.log_size()?;
        let before = before.map_or(size, u64::from);
        let rows = read.log_rows(before, limit)?;
        let next = rows.last().filter(|row| row.seq > 0).map(|row| small(row.seq));
        let entries = rows.into_iter().map(|row| entry(row.seq, &row.entry, row.payload.map(|p| p.1)));
        Ok(LogPage { entries: entries.collect(), next, size: small(size) })
    })
}

fn entry(seq: u64, text: &str, payload: Option<String>) -> LogEntry {
    let decoded = Entry::decode(text, seq).ok();
    LogEntry {
        seq: small(seq),
        at: decoded.as_ref().map_or_else(String::new, |entry| entry.ts.as_str().to_owned()),
        // An entry that does not read is shown as such; the check names it.
        kind: decoded.as_ref().map_or("unreadable", |entry| entry.kind.id()).to_owned(),
        payload: payload.and_then(|text| serde_json::from_str(&text).ok()),
    }
}

pub(crate) fn verify(session: &Session) -> Result<LogVerified> {
    // The anchor first: the log may grow meanwhile, but never behind its anchor.
    let anchor = session.anchor();
    let found = session.store.verify_log(&session.log_key())?;
    let mut fault = found.fault.map(str::to_owned);
    let anchor = match anchor {
        Ok(None) => "none",
        Ok(Some(anchor)) if anchor.size > found.size && keep::explained(session, &anchor)? => "match",
        Ok(Some(anchor)) if anchor.size > found.size => "newer",
        // The log may be ahead of its anchor (the program stopped in between), but must lead through it.
        Ok(Some(anchor)) => {
            let then = found.leaves.get(..anchor.size as usize).unwrap_or_default();
            let same = thinline_ledger::tree::root(then) == anchor.root;
            if same || keep::explained(session, &anchor)? { "match" } else { "newer" }
        }
        Err(_) => "none",
    };
    if fault.is_none() && anchor == "newer" {
        fault = Some("anchor".to_owned());
    }
    Ok(LogVerified {
        ok: fault.is_none(),
        size: small(found.size),
        root: hex::encode(found.root),
        checked_at: clock::rfc3339(clock::now()),
        anchor: anchor.to_owned(),
        bad_entry: found.bad_entry.map(small),
        fault,
    })
}

pub(crate) fn checkpoint(core: &Core) -> Result<String> {
    let session = core.session()?;
    let (note, size) =
        session.store.read::<_, ApiError>(|read| Ok((read.checkpoint()?, read.log_size()?)))?;
    let log = session
        .store
        .write(|write| session.append(write, EntryKind::CheckpointKept, &json!({ "size": size })))?;
    session.note_anchor(log);
    core.tell(&[Topic::Log]);
    Ok(note)
}

/// How many entries are held in memory while the log is written out.
const AT_ONCE: u32 = 1000;

pub(crate) fn export(session: &Session, path: &Path, payloads: bool) -> Result<ProfileWritten> {
    let bad = |_| ApiError::new(Code::Internal);
    let (size, written) = profile::write_file(path, false, |out| {
        // One snapshot, so that entries and checkpoint belong together.
        session.store.read::<_, ApiError>(|read| {
            let size = read.log_size()?;
            let note = read.checkpoint()?;
            profile::put(out, &ExportHeader::new(&session.log_key(), size).line().map_err(bad)?)?;
            let mut from = 0;
            while from < size {
                let rows = read.log_rows_from(from, AT_ONCE)?;
                // Entries that are missing are for whoever checks the file to find.
                if rows.is_empty() {
                    break;
                }
                for row in rows {
                    from = row.seq + 1;
                    let opening = row.payload.as_ref().filter(|_| payloads);
                    let opening = opening.map(|(salt, payload)| Opening { salt, payload });
                    profile::put(out, &export::entry_line(&row.entry, opening).map_err(bad)?)?;
                }
            }
            profile::put(out, &export::checkpoint_line(&note).map_err(bad)?)?;
            Ok(size)
        })
    })?;
    written.put_in_place(path)?;
    Ok(written.into_wire(path, small(size)))
}

pub(crate) fn status(dirs: &Dirs, vault: bool, session: Option<&Session>) -> Result<Status> {
    let mut status = Status {
        vault,
        locked: vault && session.is_none(),
        records: 0,
        services: 0,
        imports: 0,
        log_size: 0,
        browsers: Vec::new(),
        data_dir: dirs.data.display().to_string(),
        bytes: folder_bytes(&dirs.data),
    };
    let Some(session) = session else { return Ok(status) };
    session.store.read::<_, ApiError>(|read| {
        let facets = read.facets()?;
        let mut services: Vec<&str> =
            facets.iter().filter(|f| !f.kind.is_own()).map(|f| f.service.as_str()).collect();
        services.sort_unstable();
        services.dedup();
        status.services = services.len() as u32;
        status.records = small(facets.iter().map(|f| f.count).sum());
        status.imports = read.imports()?.iter().filter(|import| import.state == "done").count() as u32;
        status.log_size = small(read.log_size()?);
        Ok(())
    })?;
    Ok(status)
}

fn folder_bytes(dir: &Path) -> u64 {
    let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
    let sizes =
        entries.filter_map(|entry| entry.metadata().ok()).filter(std::fs::Metadata::is_file).map(|m| m.len());
    sizes.sum()
}

pub(crate) fn small(n: u64) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// What a vault starts with.
pub(crate) fn default_preferences() -> Preferences {
    Preferences {
        appearance: "system".to_owned(),
        text_size: 100,
        home_zone: clock::system_zone(),
        country: String::new(),
        keep_originals: true,
    }
}

/// Looks are needed before anything is unlocked, so they lie outside the vault.
#[derive(Serialize, Deserialize)]
struct Looks {
    appearance: String,
    text_size: u16,
}

pub(crate) fn read_looks(dirs: &Dirs, preferences: &mut Preferences) {
    let text = std::fs::read_to_string(dirs.config.join("looks.json")).unwrap_or_default();
    if let Ok(looks) = serde_json::from_str::<Looks>(&text) {
        let changed =
            Preferences { appearance: looks.appearance, text_size: looks.text_size, ..preferences.clone() };
        if check_preferences(&changed).is_ok() {
            *preferences = changed;
        }
    }
}

pub(crate) fn write_looks(dirs: &Dirs, preferences: &Preferences) -> Result<()> {
    let read_only = |error: std::io::Error| crate::fault::io(&error, Code::ReadOnly);
    let looks = Looks { appearance: preferences.appearance.clone(), text_size: preferences.text_size };
    let text = serde_json::to_vec(&looks).map_err(|_| Code::Internal)?;
    vault::make_private_dir(&dirs.config).map_err(read_only)?;
    let mut file = std::fs::File::create(dirs.config.join("looks.json")).map_err(read_only)?;
    file.write_all(&text).map_err(read_only)
}

pub(crate) fn check_preferences(preferences: &Preferences) -> Result<()> {
    let fits = ["system", "light", "dark"].contains(&preferences.appearance.as_str())
        && (100..=200).contains(&preferences.text_size);
    clock::zone(&preferences.home_zone)?;
    country(&preferences.country)?;
    if fits { Ok(()) } else { Err(Code::BadValue.into()) }
}

/// An ISO 3166 code (two letters, for US states with one), or empty.
pub(crate) fn country(code: &str) -> Result<String> {
    let letters = |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_uppercase());
    let fits = code.is_empty() || code.split('-').count() <= 2 && code.split('-').all(letters);
    if fits { Ok(code.to_owned()) } else { Err(Code::BadValue.into()) }
}

/// Preferences that live in the vault and differ. The country itself is not written into the log.
pub(crate) fn changed(before: &Preferences, after: &Preferences) -> Map<String, Value> {
    let mut changed = Map::new();
    if before.home_zone != after.home_zone {
        changed.insert("home_zone".to_owned(), json!(after.home_zone));
    }
    if before.keep_originals != after.keep_originals {
        changed.insert("keep_originals".to_owned(), json!(after.keep_originals));
    }
    if before.country != after.country {
        changed.insert("country".to_owned(), json!("changed"));
    }
    changed
}

impl Core {
    /// A page of the log, newest first.
    ///
    /// # Errors
    /// As all questions.
    pub fn log_page(&self, before: Option<u32>, limit: u16) -> Result<LogPage> {
        page(&*self.session()?, before, limit)
    }

    /// Checks every entry, payload and signature, and the anchor outside the database.
    ///
    /// # Errors
    /// Only if the log cannot be read at all; what does not fit is an answer.
    pub fn log_verify(&self) -> Result<LogVerified> {
        verify(&*self.session()?)
    }

    /// The signed state of the log, to be kept elsewhere. Handing it out is an entry, so it covers what was before that.
    ///
    /// # Errors
    /// As all questions.
    pub fn log_checkpoint(&self) -> Result<String> {
        checkpoint(self)
    }

    /// Writes the log as a file that `thinline-verify` checks; with `payloads` also what the entries say.
    ///
    /// # Errors
    /// `CannotWrite` if the file exists or cannot be written.
    pub fn log_export(&self, path: &Path, payloads: bool) -> Result<ProfileWritten> {
        export(&*self.session()?, path, payloads)
    }
}
