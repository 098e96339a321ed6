//! The health check: what an export is, what it can show and what is wrong with it, before anything is stored.
//!
//! It looks at names, beginnings and ends only ([`thinline_import::glance`]); its numbers are estimates and say so. It never
//! fails for what is wrong *inside* an export: that is a remark. Nothing is written, and no lock is held.

mod files;
mod found;
mod parts;
mod ranges;
mod remarks;
mod shows;

use super::{ImportOptions, Opened};
use crate::session::Session;
use crate::wire::{ImportCheck, MissingPart, Space, Totals};
use crate::{Core, Result, clock, journal};
use found::{account, candidates, date_order, known, room};
use parts::ArchivePart;
use remarks::remark;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use thinline_catalogue::{FileName, Package, Service};
use thinline_import::{Context, FileState, Glance, Hole, glance, languages};

pub(super) use found::is_known;
pub(super) use parts::missing;

/// Unpacked bytes that are read and stored in a second, measured on a small computer.
const BYTES_A_SECOND: f64 = 30_000_000.0;

impl Core {
    /// Looks at an archive without storing anything.
    ///
    /// # Errors
    /// What opening an archive can say, `UnknownService`, `WrongService`, `TwoAccounts`, `Locked`.
    pub fn check(&self, path: &Path, options: &ImportOptions) -> Result<ImportCheck> {
        let session = self.session()?;
        let bytes =
            std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file).map_or(0, |file| file.len());
        let mut opened = Opened::path(path)?;
        let mut check = of(&session, &mut opened, path, options)?;
        if bytes > 0 {
            check.bytes = bytes as f64;
        }
        Ok(check)
    }
}

fn of(session: &Session, opened: &mut Opened, path: &Path, options: &ImportOptions) -> Result<ImportCheck> {
    let candidates = candidates(opened, options)?;
    if let [service] = candidates.as_slice() {
        let mut check = Check::look(session, opened, service, options)?;
        check.other_parts(session, path)?;
        return Ok(check.told());
    }
    let mut check = blank(opened, candidates.iter().map(|service| service.id.to_string()).collect());
    let members = opened.archive.members().iter();
    check.files = members.map(|one| files::line(&one.path, "unknown", one.size)).collect();
    check.counts = BTreeMap::from([("unknown".to_owned(), journal::small(check.files.len() as u64))]);
    remark(&mut check, "two-services", []);
    Ok(check)
}

/// A check under way: the answer so far, and what it is made from.
struct Check<'a> {
    service: &'static Service,
    glances: Vec<Glance>,
    holes: Vec<Hole>,
    made: i64,
    /// Packages whose files are in it.
    found: Vec<&'a Package>,
    /// The number of the archive among several and how many those are, if the rest lies beside it.
    beside: Option<(u32, u32)>,
    /// Other parts of the archive that are not there.
    away: Option<MissingPart>,
    check: ImportCheck,
}

impl Check<'_> {
    fn look(
        session: &Session,
        opened: &mut Opened,
        service: &'static Service,
        options: &ImportOptions,
    ) -> Result<Self> {
        let mut check = blank(opened, Vec::new());
        check.service = service.id.to_string();
        account(session, opened, service, options, &mut check)?;
        let context = Context { service, account: &check.account };
        let glances = glance(&mut opened.archive, &context)?;
        check.languages = languages(&mut opened.archive, service).into_iter().collect();
        if let [only] = check.languages.as_slice() {
            check.language = Some(only.clone());
        }
        let made = opened.made_at();
        let export = &service.export;
        let names: Vec<FileName> = glances.iter().map(|glance| FileName::new(&glance.file.path)).collect();
        let in_it =
            |package: &&Package| names.iter().any(|name| package.files.iter().any(|file| file.matches(name)));
        let found: Vec<&Package> = export.packages.iter().chain(&export.other).filter(in_it).collect();
        let holes = parts::holes(service, &glances.iter().map(|glance| &glance.file).collect::<Vec<_>>());
        check.date_order = date_order(opened, service, &glances, options);
        check.imported = known(session, opened, service.id.as_str())?;
        check.space = room(session, &glances);
        Ok(Self { service, glances, holes, made, found, beside: None, away: None, check })
    }

    /// Looks for the other parts of an archive that is one of several: what was imported is there, too.
    fn other_parts(&mut self, session: &Session, path: &Path) -> Result<()> {
        let Some(part) = ArchivePart::named(&self.check.archive) else { return Ok(()) };
        let imports = session.store.read(|read| read.imports())?;
        let stands = imports.iter().filter(|one| one.state == "done" && one.service == self.check.service);
        let read: Vec<&str> = stands.map(|one| one.archive.as_str()).collect();
        let beside = parts::beside(path);
        let away = part.not_among(read.iter().copied().chain(beside.iter().map(String::as_str)));
        if !away.is_empty() {
            self.away = Some(part.missing(away));
        } else if !part.not_among(read.into_iter()).is_empty() {
            self.beside = Some((part.number, part.of));
        }
        Ok(())
    }

    /// Fills in the answer and says what is to be said, the worst first.
    fn told(mut self) -> ImportCheck {
        self.check.made = Some(clock::rfc3339(self.made));
        self.check.files = self.glances.iter().map(|glance| files::checked_file(glance, self.made)).collect();
        for file in &self.check.files {
            *self.check.counts.entry(file.line.state.clone()).or_default() += 1;
        }
        self.check.totals = super::report::sum(self.check.files.iter().map(|file| file.line.totals));
        if self.check.imported.as_ref().is_some_and(|known| !known.stale) {
            self.check.state = "known".to_owned();
            super::report::already(&mut self.check.totals);
            self.check.files.iter_mut().for_each(|file| super::report::already(&mut file.line.totals));
        }
        self.check.coverage = self.coverage();
        self.check.packages = self.packages();
        if let Some(package) = self.check.packages.first_mut() {
            package.missing.extend(self.away.take());
        }
        self.check.shows = self.shows();
        let never = self
            .service
            .does_not_show
            .iter()
            .filter(|one| self.found.iter().any(|p| one.packages.contains(&p.id)));
        self.check.never_shows = never.map(|one| one.what.clone()).collect();
        let persons: BTreeSet<&str> =
            self.glances.iter().flat_map(|one| &one.persons).map(|name| &**name).collect();
        self.check.persons = persons.into_iter().map(str::to_owned).collect();
        let read = self.glances.iter().filter(|one| one.file.state == FileState::Read);
        self.check.bytes_to_read = read.map(|one| one.file.size as f64).sum();
        self.check.seconds = (self.check.bytes_to_read / BYTES_A_SECOND).max(1.0);
        self.remarks();
        self.check
    }
}

fn blank(opened: &Opened, candidates: Vec<String>) -> ImportCheck {
    ImportCheck {
        id: 0,
        service: String::new(),
        account: String::new(),
        archive: opened.name.clone(),
        state: "checked".to_owned(),
        totals: Totals::default(),
        files: Vec::new(),
        coverage: Vec::new(),
        warnings: Vec::new(),
        estimated: true,
        candidates,
        packages: Vec::new(),
        language: None,
        languages: Vec::new(),
        made: None,
        remarks: Vec::new(),
        persons: Vec::new(),
        accounts: Vec::new(),
        account_found: "unknown".to_owned(),
        shows: Vec::new(),
        never_shows: Vec::new(),
        counts: BTreeMap::new(),
        bytes: opened.archive.members().iter().map(|member| member.size as f64).sum(),
        bytes_to_read: 0.0,
        seconds: 0.0,
        space: Space { needed: 0.0, free: 0.0, enough: true },
        imported: None,
        date_order: None,
    }
}
