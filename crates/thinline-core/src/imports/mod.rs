//! Importing: archive → detect → plan → read → store → log. The list of imports, and taking one back.
//!
//! Reading and storing run on two threads with a short queue between them, so memory does not grow with the archive.
//! An import that reads nothing, is cancelled or fails leaves the store as it was.

mod again;
mod check;
mod coverage;
mod dates;
mod open;
mod parts;
mod pipeline;
mod report;
mod retell;
pub(crate) mod space;
mod told;
mod watch;

pub(crate) use open::Opened;
pub(crate) use report::wire_row;
pub(crate) use retell::retell;
pub use watch::{Arrival, Looks};
pub(crate) use watch::{forget_dismissed, forget_watch, is_watching};

use crate::people::Account;
use crate::rules::Rules;
use crate::session::Session;
use crate::wire::{ApiError, Code, ImportReport, ImportRows, Progress};
use crate::{Core, Result, Topic, clock, journal, services};
use report::Tally;
use serde_json::json;
use std::path::Path;
use thinline_catalogue::{Catalogue, Service};
use thinline_import::{DateOrder, Match, PlannedFile};
use thinline_ledger::EntryKind;
use thinline_store::{Appended, Ingest, NewImport};

/// What to read an archive as.
#[derive(Debug, Clone, Default)]
pub struct ImportOptions {
    /// Service id, where the person said so.
    pub service: Option<String>,
    /// Account name, where the person said so.
    pub account: Option<String>,
    /// How dates are to be read that show no order themselves, where the person said so.
    pub date_order: Option<DateOrder>,
    /// The import whose place it takes; [`Core::import_again`] sets it.
    pub instead_of: Option<u32>,
}

/// Who watches an import.
pub trait ImportWatch: Sync {
    /// Called a few times a second, from the importing thread.
    fn progress(&self, progress: Progress);
    /// Asked between rows; `true` ends the import and takes back what it stored.
    fn cancelled(&self) -> bool;
}

struct Unwatched;

impl ImportWatch for Unwatched {
    fn progress(&self, _: Progress) {}
    fn cancelled(&self) -> bool {
        false
    }
}

pub(crate) fn from_path(
    core: &Core,
    job: u32,
    path: &Path,
    options: &ImportOptions,
    watch: &dyn ImportWatch,
) -> Result<ImportReport> {
    let session = core.session()?;
    if session.sample {
        return Err(Code::SampleOpen.into());
    }
    let opened = Opened::path(path)?;
    let report = run(&session, Some(core), job, opened, options, watch)?;
    if report.id != 0 {
        core.tell(&[Topic::Records, Topic::Imports, Topic::Choices, Topic::Log]);
    }
    Ok(report)
}

/// For sample data: no progress, no topics.
pub(crate) fn quietly(session: &Session, opened: Opened, service: &str) -> Result<ImportReport> {
    let options = ImportOptions { service: Some(service.to_owned()), ..ImportOptions::default() };
    run(session, None, 0, opened, &options, &Unwatched)
}

fn run(
    session: &Session,
    core: Option<&Core>,
    job: u32,
    mut opened: Opened,
    options: &ImportOptions,
    watch: &dyn ImportWatch,
) -> Result<ImportReport> {
    let service = recognize(&mut opened, options)?;
    let id = thinline_import::account_id(&mut opened.archive, service)?;
    // From here on, so that neither a rule nor the name of an account changes under the import.
    let _lock = session.writer_lock()?;
    session.use_home_zone()?;
    let (account, rules) = session.store.read::<_, ApiError>(|read| {
        let id_of = service.id.as_str();
        let account = Account::of(session, read, id_of, id.as_ref(), options.account.as_deref())?;
        Ok((account, Rules::load(read, id_of)?))
    })?;
    let catalogue = &Catalogue::builtin().version;
    let hash = opened.hash()?;
    let known = session
        .store
        .read(|read| read.known_archive(&hash, catalogue, service.id.as_str(), &account.name))?;
    if let (Some(import), None) = (known, options.instead_of) {
        return report::known(&import, &opened.name);
    }
    let mut plan = thinline_import::plan(&mut opened.archive, service)?;
    dates::settle(&mut opened, &mut plan, service, options.date_order)?;
    if watch.cancelled() {
        return Err(Code::Cancelled.into());
    }
    space::check(&session.dirs.data, &plan)?;
    let new = NewImport {
        service: service.id.as_str(),
        account: &account.name,
        archive: &opened.name,
        archive_hash: &hash,
        catalogue,
        at: clock::now(),
        as_of: opened.made_at(),
    };
    let keep_originals =
        session.store.read(|read| session.preferences(read))?.is_none_or(|p| p.keep_originals);
    let mut load_all = |logged: &mut Option<Appended>| {
        let mut ingest = Ingest::begin(&session.store, &new, keep_originals)?;
        session.store.set_bulk(true)?;
        let load = pipeline::Load { session, core, job, service, account: &account, rules: &rules, watch };
        let about = About { name: &opened.name, hash: &hash, instead_of: options.instead_of };
        let read = load.read(&mut ingest, &mut opened.archive, &plan);
        session.store.set_bulk(false)?;
        let done = read.and_then(|tally| conclude(session, &load, &ingest, &about, &plan, tally, logged));
        if done.as_ref().map_or(true, |report| report.id == 0) {
            session.store.write::<_, ApiError>(|write| Ok(write.discard_import(ingest.id())?))?;
        }
        done
    };
    let mut logged = None;
    let done = match options.instead_of {
        None => load_all(&mut logged),
        Some(old) => again::instead_of(session, old, || load_all(&mut logged)),
    };
    match (&done, logged) {
        (Ok(report), Some(log)) if report.id != 0 => {
            session.note_anchor(log);
            // The write-ahead log has grown large; if another program reads just now, it shrinks another time.
            let _ = session.store.settle();
        }
        _ => {
            if let Some(core) = core {
                core.tell(&[Topic::Records, Topic::Imports]);
            }
        }
    }
    done
}

/// What is told of an archive once it was read.
struct About<'a> {
    name: &'a str,
    hash: &'a [u8; 32],
    instead_of: Option<u32>,
}

/// Ends an import that was read to its end: with a log entry, or with nothing if nothing was read.
fn conclude(
    session: &Session,
    load: &pipeline::Load<'_>,
    ingest: &Ingest,
    about: &About<'_>,
    plan: &[PlannedFile],
    tally: Tally,
    logged: &mut Option<Appended>,
) -> Result<ImportReport> {
    let mut report = tally.report(load.service.id.as_str(), &load.account.name, about.name, plan, ingest);
    if tally.cancelled {
        report.state = "cancelled".to_owned();
        return Ok(report);
    }
    if report.totals.read + report.totals.known == 0 {
        report.warnings.push("nothing-read".to_owned());
        return Ok(report);
    }
    load.phase("indexing", &tally);
    report.id = journal::small(ingest.id().unsigned_abs());
    let log = session.store.write::<_, ApiError>(|write| {
        let text = serde_json::to_string(&report).map_err(|_| Code::Internal)?;
        ingest.finish(write, &text)?;
        write.set_listed(load.service.id.as_str(), true, clock::now())?;
        let account = write.reader().import(ingest.id())?.account;
        load.account.know(write, load.service.id.as_str(), account)?;
        write.set_reading(ingest.id(), &Catalogue::builtin().marks(load.service))?;
        session.append(write, EntryKind::ImportDone, &entry(&report, about))
    })?;
    *logged = Some(log);
    Ok(report)
}

fn entry(report: &ImportReport, about: &About<'_>) -> serde_json::Value {
    let mut entry = json!({
        "import": report.id, "service": report.service, "archive_sha256": hex::encode(about.hash),
        "catalogue": Catalogue::builtin().version,
        "rows": report.totals.rows, "read": report.totals.read, "known": report.totals.known,
        "skipped": report.totals.skipped, "failed": report.totals.failed, "records": report.totals.records,
    });
    if let Some(old) = about.instead_of {
        entry["instead_of"] = old.into();
    }
    entry
}

/// Whose export it is: what the person says, if the archive does not speak against it; else what the archive shows.
fn recognize(opened: &mut Opened, options: &ImportOptions) -> Result<&'static Service> {
    let detection = thinline_import::detect(&mut opened.archive, Catalogue::builtin())?;
    if let Some(said) = &options.service {
        let service = services::known(said)?;
        let own = detection
            .services
            .iter()
            .find(|(id, _)| *id == service.id)
            .map_or(Match::No, |(_, found)| *found);
        let other = detection.services.iter().any(|(id, found)| *id != service.id && *found == Match::Yes);
        return match own {
            Match::No if other => Err(Code::WrongService.into()),
            Match::No => Err(Code::UnknownService.into()),
            _ => Ok(service),
        };
    }
    match detection.best().as_slice() {
        [] => Err(Code::UnknownService.into()),
        [one] => services::known(one.as_str()),
        _ => Err(Code::Ambiguous.into()),
    }
}

pub(crate) fn list(session: &Session, service: Option<&str>) -> Result<ImportRows> {
    let rows = session.store.read(|read| read.imports())?;
    let rows = rows.into_iter().filter(|import| service.is_none_or(|id| import.service == id));
    let row = |import: thinline_store::ImportRow| {
        let stale = again::stale(session, &import)?;
        Ok(crate::wire::ImportRow { stale, ..wire_row(import) })
    };
    Ok(ImportRows { imports: rows.map(row).collect::<Result<_>>()? })
}

pub(crate) fn undo(core: &Core, id: u32) -> Result<ImportRows> {
    let session = core.session()?;
    let _lock = session.writer_lock()?;
    session.use_home_zone()?;
    let log: Appended = session.store.write::<_, ApiError>(|write| {
        let removed = write.undo_import(i64::from(id))?;
        retell::retell(write, &removed.bereft)?;
        session.append(write, EntryKind::ImportUndone, &json!({ "import": id, "removed": removed.records }))
    })?;
    session.note_anchor(log);
    core.tell(&[Topic::Records, Topic::Imports, Topic::Choices, Topic::Log]);
    list(&session, None)
}

impl Core {
    /// Reads an archive (a file or a folder) as it was downloaded.
    ///
    /// # Errors
    /// What is wrong with the archive; the store is as before then.
    pub fn import(
        &self,
        job: u32,
        path: &Path,
        options: &ImportOptions,
        watch: &dyn ImportWatch,
    ) -> Result<ImportReport> {
        from_path(self, job, path, options, watch)
    }

    /// Every import, newest first.
    ///
    /// # Errors
    /// As all questions.
    pub fn imports(&self) -> Result<ImportRows> {
        list(&*self.session()?, None)
    }

    /// Takes an import back as a whole.
    ///
    /// # Errors
    /// `NoSuch`, `Busy`.
    pub fn undo_import(&self, id: u32) -> Result<ImportRows> {
        undo(self, id)
    }
}
