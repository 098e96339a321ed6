//! What is known of an export here: the account, an import of the very same archive, room for it.

use super::super::{ImportOptions, Opened, again, space};
use crate::session::Session;
use crate::wire::{Code, DateOrderAsk, ImportCheck, KnownArchive, Space};
use crate::{Result, clock, journal, people, services};
use thinline_catalogue::{Catalogue, FileName, Package, Service};
use thinline_import::{DateColumn, FileState, Glance, date_column, detect};

/// The service, or those between which the person must choose.
pub(super) fn candidates(opened: &mut Opened, options: &ImportOptions) -> Result<Vec<&'static Service>> {
    match super::super::recognize(opened, options) {
        Ok(service) => Ok(vec![service]),
        Err(error) if error.code == Code::Ambiguous => {
            let found = detect(&mut opened.archive, Catalogue::builtin())?;
            found.best().into_iter().map(|id| services::known(id.as_str())).collect()
        }
        Err(error) => Err(error),
    }
}

pub(super) fn account(
    session: &Session,
    opened: &mut Opened,
    service: &Service,
    options: &ImportOptions,
    check: &mut ImportCheck,
) -> Result<()> {
    let id = thinline_import::account_id(&mut opened.archive, service)?;
    let (found, name, all) = session.store.read::<_, crate::wire::ApiError>(|read| {
        let (found, name) = people::seems(session, read, service.id.as_str(), id.as_ref())?;
        let all = read.account_rows()?.into_iter().filter(|row| row.service == service.id.as_str());
        Ok((found, name, all.map(|row| row.name).collect::<Vec<_>>()))
    })?;
    check.account = options.account.clone().or(name).unwrap_or_default();
    check.account_found = found.to_owned();
    check.accounts = all;
    Ok(())
}

pub(super) fn is_of(package: &Package, path: &str) -> bool {
    let name = FileName::new(path);
    package.files.iter().any(|file| file.matches(&name))
}

pub(super) fn date_order(
    opened: &mut Opened,
    service: &Service,
    glances: &[Glance],
    options: &ImportOptions,
) -> Option<DateOrderAsk> {
    if options.date_order.is_some() {
        return None;
    }
    // A column that was not seen to its end may still decide; reading it asks, if it does not.
    let read = glances.iter().filter(|one| one.file.state == FileState::Read && one.broken.is_none());
    for glance in read.filter(|one| one.whole) {
        if let Ok(Some(DateColumn::Ambiguous { example, day_first, month_first })) =
            date_column(&mut opened.archive, &glance.file, service)
        {
            return Some(DateOrderAsk { example: example.expose().clone(), day_first, month_first });
        }
    }
    None
}

/// The import of this very archive. Its bytes are compared only where an import has the same files.
pub(super) fn known(session: &Session, opened: &Opened, service: &str) -> Result<Option<KnownArchive>> {
    let imports = session.store.read(|read| read.imports())?;
    let stands = |import: &&thinline_store::ImportRow| import.state == "done" && import.service == service;
    let same: Vec<_> =
        imports.iter().filter(stands).filter(|import| has_files(&import.report, opened)).collect();
    if same.is_empty() {
        return Ok(None);
    }
    let hash = opened.hash()?;
    for import in same {
        if session.store.read(|read| read.archive_hash(import.id))? == hash {
            let stale = again::stale(session, import)?.is_some();
            let (id, at) = (journal::small(import.id.unsigned_abs()), clock::rfc3339(import.at));
            return Ok(Some(KnownArchive { import: id, at, stale }));
        }
    }
    Ok(None)
}

/// Whether an archive was imported, and the import stands.
pub(in super::super) fn is_known(session: &Session, opened: &Opened, service: &str) -> Result<bool> {
    Ok(known(session, opened, service)?.is_some())
}

fn has_files(report: &str, opened: &Opened) -> bool {
    let Ok(report) = serde_json::from_str::<crate::wire::ImportReport>(report) else { return false };
    let members = opened.archive.members();
    report.files.len() == members.len()
        && report.files.iter().zip(members).all(|(file, one)| file.path == one.path)
}

pub(super) fn room(session: &Session, glances: &[Glance]) -> Space {
    let plan: Vec<_> = glances.iter().map(|glance| glance.file.clone()).collect();
    let (needed, free) = (space::needed(&plan), space::free(&session.dirs.data));
    Space {
        needed: needed as f64,
        free: free.unwrap_or(0) as f64,
        enough: space::check(&session.dirs.data, &plan).is_ok(),
    }
}
