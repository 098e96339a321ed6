//! The health check: what an export is, what it can show and what is wrong with it, before anything is stored.
//!
//! It looks at names and beginnings only ([`thinline_import::glance`]); its numbers are estimates and say so. It never
//! fails for what is wrong *inside* an export: that is a remark. Nothing is written, and no lock is held.

use super::{ImportOptions, Opened, coverage, space};
use crate::session::Session;
use crate::wire::{
    CheckedFile, CheckedPackage, CheckedRange, Code, Coverage, DateOrderAsk, FileLine, Gap, ImportCheck,
    KnownArchive, MissingPart, Sentence, Shown, Space, Told, Totals,
};
use crate::{Core, Result, clock, journal, people, services};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use thinline_catalogue::{Catalogue, FileName, Package, Service};
use thinline_import::{
    Context, DateColumn, FileState, Glance, Hole, PlannedFile, date_column, detect, glance, series, wider,
    years,
};
use thinline_model::Category;

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
        let mut check = of(&session, &mut opened, options)?;
        if bytes > 0 {
            check.bytes = bytes as f64;
        }
        Ok(check)
    }
}

fn of(session: &Session, opened: &mut Opened, options: &ImportOptions) -> Result<ImportCheck> {
    let candidates = candidates(opened, options)?;
    if let [service] = candidates.as_slice() {
        return Check::look(session, opened, service, options).map(Check::told);
    }
    let mut check = blank(opened, candidates.iter().map(|service| service.id.to_string()).collect());
    let members = opened.archive.members().iter();
    check.files = members.map(|one| line(&one.path, "unknown", one.size)).collect();
    check.counts = BTreeMap::from([("unknown".to_owned(), journal::small(check.files.len() as u64))]);
    remark(&mut check, "two-services", []);
    Ok(check)
}

/// The service, or those between which the person must choose.
fn candidates(opened: &mut Opened, options: &ImportOptions) -> Result<Vec<&'static Service>> {
    match super::recognize(opened, options) {
        Ok(service) => Ok(vec![service]),
        Err(error) if error.code == Code::Ambiguous => {
            let found = detect(&mut opened.archive, Catalogue::builtin())?;
            found.best().into_iter().map(|id| services::known(id.as_str())).collect()
        }
        Err(error) => Err(error),
    }
}

/// A check under way: the answer so far, and what it is made from.
struct Check<'a> {
    service: &'static Service,
    glances: Vec<Glance>,
    holes: Vec<Hole>,
    made: i64,
    /// Packages whose files are in it.
    found: Vec<&'a Package>,
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
        let made = opened.made_at();
        let export = &service.export;
        let in_it = |package: &&Package| glances.iter().any(|glance| is_of(package, &glance.file.path));
        let found: Vec<&Package> = export.packages.iter().chain(&export.other).filter(in_it).collect();
        let holes = holes(service, &glances.iter().map(|glance| &glance.file).collect::<Vec<_>>());
        check.date_order = date_order(opened, service, &glances, options);
        check.imported = known(session, opened, service.id.as_str())?;
        check.space = room(session, &glances);
        Ok(Self { service, glances, holes, made, found, check })
    }

    /// Fills in the answer and says what is to be said, the worst first.
    fn told(mut self) -> ImportCheck {
        self.check.made = Some(clock::rfc3339(self.made));
        self.check.files = self.glances.iter().map(|glance| checked_file(glance, self.made)).collect();
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

    fn packages(&self) -> Vec<CheckedPackage> {
        let fields: BTreeSet<&str> =
            self.glances.iter().flat_map(|one| &one.fields).map(String::as_str).collect();
        let package = |package: &&Package| CheckedPackage {
            id: package.id.clone(),
            label: package.label.clone(),
            generation: package
                .generations
                .iter()
                .find(|one| one.has.iter().any(|name| fields.contains(name.as_str())))
                .map(|one| one.name.clone()),
            missing: self.missing(package),
        };
        self.found.iter().map(package).collect()
    }

    /// The numbers that each series of a package lacks.
    fn missing(&self, package: &Package) -> Vec<MissingPart> {
        let mut all: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        for hole in &self.holes {
            if is_of(package, &self.glances[hole.before].file.path) {
                all.entry(&hole.series).or_default().push(hole.number);
            }
        }
        let part = |(series, numbers): (&str, Vec<u32>)| MissingPart {
            series: series.to_owned(),
            why: "number".to_owned(),
            numbers,
            of: None,
        };
        all.into_iter().map(part).collect()
    }

    fn coverage(&self) -> Vec<CheckedRange> {
        let mut categories: Vec<Category> =
            self.glances.iter().flat_map(|one| one.categories.keys().copied()).collect();
        categories.sort_unstable();
        categories.dedup();
        categories.into_iter().filter_map(|category| self.range(category)).collect()
    }

    fn range(&self, category: Category) -> Option<CheckedRange> {
        let with =
            |one: &&Glance| one.file.state == FileState::Read && one.categories.contains_key(&category);
        let own: Vec<&Glance> = self.glances.iter().filter(with).collect();
        let (first, last) = own.iter().filter_map(|one| one.range_of(category, self.made)).reduce(wider)?;
        Some(CheckedRange {
            coverage: Coverage {
                category: category.id().to_owned(),
                first: clock::rfc3339(first),
                last: clock::rfc3339(last),
                gaps: self.gaps(category),
            },
            exact: own.iter().all(|one| one.exact_of(category)),
            records: journal::small(own.iter().map(|one| one.categories[&category].records).sum()),
        })
    }

    /// Where numbered files are missing, between the times of their neighbors.
    fn gaps(&self, category: Category) -> Vec<Gap> {
        let range = |place: usize| {
            let one = self.glances.get(place)?;
            one.categories.contains_key(&category).then(|| one.range_of(category, self.made))?
        };
        let stretch = |hole: &Hole| {
            let (before, after) = (range(hole.after?)?, range(hole.before)?);
            Some((day(before.1), day(after.0)))
        };
        let missing: Vec<(i32, i32)> = self.holes.iter().filter_map(stretch).collect();
        coverage::gaps(&[], &missing)
    }

    /// What can be seen of each category that the service has: in this archive, or in which other one.
    fn shows(&self) -> Vec<Shown> {
        let mut categories: Vec<Category> = self.service.shows.iter().map(|one| one.category).collect();
        categories.extend(self.glances.iter().flat_map(|one| one.categories.keys().copied()));
        let mut seen = BTreeSet::new();
        categories.retain(|category| seen.insert(*category));
        categories.into_iter().map(|category| self.shown(category)).collect()
    }

    fn shown(&self, category: Category) -> Shown {
        let state = |state: &FileState| {
            let mut sound = self.glances.iter().filter(|one| one.broken.is_none());
            sound.any(|one| one.file.state == *state && one.categories.contains_key(&category))
        };
        let elsewhere = self.service.shows.iter().find(|one| {
            one.category == category && !self.found.iter().any(|package| package.id == one.package)
        });
        let label = |id: &str| {
            self.service
                .export
                .packages
                .iter()
                .find(|package| package.id == id)
                .map(|package| package.label.clone())
        };
        let not_read = self.found.iter().any(|package| !package.read && package.what.contains(&category));
        let package = elsewhere.and_then(|one| label(&one.package));
        let (shows, package) = match package {
            _ if state(&FileState::Read) => ("yes", None),
            _ if state(&FileState::Empty) => ("empty", None),
            _ if not_read => ("not-read", None),
            Some(label) => ("other-package", Some(label)),
            None => ("no", None),
        };
        Shown { category: category.id().to_owned(), shows: shows.to_owned(), package }
    }

    fn remarks(&mut self) {
        let count = |n: usize| Told::Count(journal::small(n as u64));
        let check = &mut self.check;
        let read =
            self.glances.iter().filter(|one| one.file.state == FileState::Read && one.broken.is_none());
        if read.count() == 0 {
            remark(check, "nothing-to-read", [("files", count(self.glances.len()))]);
        }
        if !check.space.enough {
            let (needed, free) = (Told::Bytes(check.space.needed), Told::Bytes(check.space.free));
            remark(check, "no-space", [("needed", needed), ("free", free)]);
        }
        let missing: Vec<MissingPart> = check.packages.iter().flat_map(|one| one.missing.clone()).collect();
        for part in missing {
            let series = Told::Text(part.series);
            remark(check, "parts-missing", [("count", count(part.numbers.len())), ("series", series)]);
        }
        if let Some((part, of)) = part_of(&check.archive) {
            remark(check, "archive-part", [("part", Told::Count(part)), ("of", Told::Count(of))]);
        }
        let broken = self.glances.iter().filter(|one| one.broken.is_some()).count();
        if broken > 0 {
            remark(check, "files-damaged", [("count", count(broken))]);
        }
        if check.account.is_empty() {
            remark(check, "other-account", []);
        }
        if check.date_order.is_some() {
            remark(check, "date-order", []);
        }
        self.lesser();
        let check = &mut self.check;
        if let Some(known) = &check.imported {
            let at = Told::Date(known.at.clone());
            let id = if known.stale { "known-stale" } else { "known" };
            remark(check, id, [("at", at)]);
        }
        let unknown = check.counts.get("unknown").copied().unwrap_or(0);
        if unknown > 0 {
            remark(check, "unknown-files", [("count", Told::Count(unknown))]);
        }
    }

    /// A package that shows less than another one that could be asked for.
    fn lesser(&mut self) {
        let export = &self.service.export;
        let full = |one: &Package| export.packages.iter().any(|package| package.id == one.id);
        let shows = |package: &Package, category: Category| {
            self.service.shows.iter().find(|one| one.package == package.id && one.category == category)
        };
        let in_full =
            |package: &Package, category| shows(package, category).is_some_and(|one| one.months.is_none());
        let better = self.found.iter().find_map(|have| {
            // Whoever has both has no lesser one.
            let others =
                export.packages.iter().filter(|other| !self.found.iter().any(|one| one.id == other.id));
            let more = |other: &&Package| {
                let partly = |category| shows(have, category).is_some_and(|one| one.months.is_some());
                have.what
                    .iter()
                    .any(|category| in_full(other, *category) && (partly(*category) || !full(have)))
            };
            others.into_iter().find(more).map(|other| (have.label.clone(), other.label.clone()))
        });
        if let Some((have, better)) = better {
            remark(
                &mut self.check,
                "lesser-package",
                [("have", Told::Text(have)), ("better", Told::Text(better))],
            );
        }
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

fn remark<const N: usize>(check: &mut ImportCheck, id: &str, values: [(&str, Told); N]) {
    let values = values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    check.warnings.push(id.to_owned());
    check.remarks.push(Sentence { id: id.to_owned(), values });
}

fn account(
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

fn is_of(package: &Package, path: &str) -> bool {
    let name = FileName::new(path);
    package.files.iter().any(|file| file.matches(&name))
}

/// Missing numbers among the files that a recipe claims by name: one that cannot be read is there all the same.
fn holes(service: &Service, plan: &[&PlannedFile]) -> Vec<Hole> {
    let claims = |file: &PlannedFile| {
        let name = FileName::new(&file.path);
        service.recipes.iter().any(|recipe| recipe.files.iter().any(|pattern| pattern.matches(&name)))
    };
    let counts =
        |file: &PlannedFile| matches!(file.state, FileState::Read | FileState::Empty) || claims(file);
    // Others keep their place, but are no series.
    let paths = plan.iter().map(|file| if counts(file) { file.path.as_str() } else { "" });
    let packages = &service.export.packages;
    let begins = |place: usize| {
        let of_it = packages.iter().find(|package| is_of(package, &plan[place].path));
        of_it.and_then(|package| package.first_page).map(u32::from)
    };
    let all = series(paths);
    all.iter().flat_map(|one| one.holes(one.numbers.first().and_then(|(_, place)| begins(*place)))).collect()
}

/// Missing numbered files of an archive that is read, with what their neighbors' names tell of their time.
pub(super) struct Missing {
    files: usize,
    stretches: Vec<(BTreeSet<Category>, (i32, i32))>,
}

/// Finds them by names alone.
pub(super) fn missing(service: &str, plan: &[PlannedFile]) -> Missing {
    let Some(service) = Catalogue::builtin().service(service) else {
        return Missing { files: 0, stretches: Vec::new() };
    };
    let holes = holes(service, &plan.iter().collect::<Vec<_>>());
    let stretch = |hole: &Hole| {
        let (_, end) = years(&plan[hole.after?].path)?;
        let (start, _) = years(&plan[hole.before].path)?;
        let last_day = crate::clock::parse_day(&format!("{end:04}-12-31")).ok()?;
        let first_day = crate::clock::parse_day(&format!("{start:04}-01-01")).ok()?;
        let name = FileName::new(&plan[hole.before].path);
        let own = service.recipes.iter().filter(|recipe| recipe.files.iter().any(|file| file.matches(&name)));
        (last_day < first_day).then(|| (own.map(|recipe| recipe.category).collect(), (last_day, first_day)))
    };
    Missing { files: holes.len(), stretches: holes.iter().filter_map(stretch).collect() }
}

impl Missing {
    pub fn is_empty(&self) -> bool {
        self.files == 0
    }

    pub fn len(&self) -> usize {
        self.files
    }

    /// Stretches of a category: the last day before and the first one after.
    pub fn of(&self, category: Category) -> Vec<(i32, i32)> {
        self.stretches.iter().filter(|(all, _)| all.contains(&category)).map(|(_, days)| *days).collect()
    }
}

fn date_order(
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
fn known(session: &Session, opened: &Opened, service: &str) -> Result<Option<KnownArchive>> {
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
            let stale = super::again::stale(session, import)?.is_some();
            let (id, at) = (journal::small(import.id.unsigned_abs()), clock::rfc3339(import.at));
            return Ok(Some(KnownArchive { import: id, at, stale }));
        }
    }
    Ok(None)
}

/// Whether an archive was imported, and the import stands.
pub(super) fn is_known(session: &Session, opened: &Opened, service: &str) -> Result<bool> {
    Ok(known(session, opened, service)?.is_some())
}

fn has_files(report: &str, opened: &Opened) -> bool {
    let Ok(report) = serde_json::from_str::<crate::wire::ImportReport>(report) else { return false };
    let members = opened.archive.members();
    report.files.len() == members.len()
        && report.files.iter().zip(members).all(|(file, one)| file.path == one.path)
}

fn room(session: &Session, glances: &[Glance]) -> Space {
    let plan: Vec<_> = glances.iter().map(|glance| glance.file.clone()).collect();
    let (needed, free) = (space::needed(&plan), space::free(&session.dirs.data));
    Space {
        needed: needed as f64,
        free: free.unwrap_or(0) as f64,
        enough: space::check(&session.dirs.data, &plan).is_ok(),
    }
}

fn line(path: &str, state: &str, bytes: u64) -> CheckedFile {
    CheckedFile {
        line: FileLine {
            path: path.to_owned(),
            state: state.to_owned(),
            totals: Totals::default(),
            reasons: BTreeMap::new(),
            why: None,
            parts: Vec::new(),
        },
        bytes: bytes as f64,
        first: None,
        last: None,
        exact: false,
        categories: Vec::new(),
    }
}

fn checked_file(glance: &Glance, made: i64) -> CheckedFile {
    let state = if glance.broken.is_some() { "failed" } else { glance.file.state.id() };
    let mut file = line(&glance.file.path, state, glance.file.size);
    file.line.why = match (&glance.file.state, &glance.broken) {
        (_, Some(error)) => Some(super::report::broken(error).to_owned()),
        (FileState::Unused { why }, None) => Some(why.clone()),
        _ => None,
    };
    let (skipped, failed) = (glance.skipped.values().sum(), glance.failed);
    file.line.reasons =
        glance.skipped.iter().map(|(reason, n)| ((*reason).to_owned(), journal::small(*n))).collect();
    file.line.totals = Totals {
        rows: journal::small(glance.rows),
        records: journal::small(glance.records),
        read: journal::small(glance.rows.saturating_sub(skipped + failed)),
        known: 0,
        skipped: journal::small(skipped),
        failed: journal::small(failed),
    };
    if let Some((first, last)) = glance.range(made) {
        (file.first, file.last) = (Some(clock::rfc3339(first)), Some(clock::rfc3339(last)));
    }
    file.exact = glance.exact();
    file.categories = glance.categories.keys().map(|category| category.id().to_owned()).collect();
    file
}

fn day(second: i64) -> i32 {
    i32::try_from(second.div_euclid(86_400)).unwrap_or(0)
}

/// `part 2 of 3`, `2-of-3`, `2of3` in the name of an archive.
fn part_of(name: &str) -> Option<(u32, u32)> {
    let lower = name.to_lowercase();
    let (before, after) = lower.match_indices("of").find_map(|(at, _)| {
        let before = lower[..at].trim_end_matches([' ', '-', '_']);
        let after = lower[at + 2..].trim_start_matches([' ', '-', '_']);
        let digits =
            before.ends_with(|c: char| c.is_ascii_digit()) && after.starts_with(|c: char| c.is_ascii_digit());
        digits.then_some((before, after))
    })?;
    let start = before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let end = after.find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len());
    let (part, of): (u32, u32) = (before[start..].parse().ok()?, after[..end].parse().ok()?);
    (of > 1 && (1..=of).contains(&part) && of < 1000).then_some((part, of))
}

#[cfg(test)]
mod tests {
    use super::part_of;

    #[test]
    fn names_of_archives_tell_which_part_they_are() {
        assert_eq!(part_of("export (part 2 of 3).zip"), Some((2, 3)));
        assert_eq!(part_of("data-1-of-12.zip"), Some((1, 12)));
        assert_eq!(part_of("My_Data_2of2.zip"), Some((2, 2)));
        for other in
            ["my_spotify_data.zip", "profile 3 offers.zip", "4 of 3.zip", "1 of 1.zip", "sofa.zip", "2of.zip"]
        {
            assert_eq!(part_of(other), None, "{other}");
        }
    }
}
