//! A look at an export before it is read: its names, and the beginning of each file that a recipe knows.
//!
//! The beginnings are read by the same recipes as an import, so what is seen here is what an import would make of it. Small
//! files are seen whole, and so are larger ones while a budget lasts; of the others rows are estimated by size, and the
//! range by what was seen and by the years in their names. Everything that is not [`Glance::whole`] is an estimate.

use crate::{
    Archive, Context, DateOrder, FileReport, FileState, Folder, FolderEntry, ImportError, Limits, Member,
    PlannedFile, ReadError, ReadSeek, RowOutcome, RowRead, Sink, archive::read_error, look, plan, read_file,
    series,
};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Cursor, Read};
use std::ops::ControlFlow;
use std::sync::Arc;
use thinline_catalogue::{FileName, Reader, Recipe, Service};
use thinline_model::{Category, Record, When};

/// How much of a file is looked at that is not seen whole.
const BEGINNING: usize = 64 << 10;
/// Files up to this size are seen whole.
const SMALL: u64 = 1 << 20;
/// Bytes of larger files that are seen whole, the smallest first.
const BUDGET: u64 = 48 << 20;
/// Bytes of small files that are seen whole: an archive of a hundred thousand small files is not read to its end either.
const SMALL_BUDGET: u64 = 96 << 20;
/// Persons that are named; a household has fewer.
const PERSONS: usize = 32;

/// What a look at one file showed.
#[derive(Debug)]
pub struct Glance {
    /// What would be done with it.
    pub file: PlannedFile,
    /// Why it cannot be read at all.
    pub broken: Option<ReadError>,
    /// Whether all of it was seen; else the numbers are estimates.
    pub whole: bool,
    /// Rows.
    pub rows: u64,
    /// Records.
    pub records: u64,
    /// Rows that would be left out.
    pub skipped: u64,
    /// Rows that could not be read.
    pub failed: u64,
    /// What is in it, by category; unless it was seen whole, also categories of which no row was seen yet.
    pub categories: BTreeMap<Category, Seen>,
    /// Household profiles that were seen.
    pub persons: BTreeSet<Arc<str>>,
    /// Folded names of columns or keys.
    pub fields: BTreeSet<String>,
    /// Ids of the recipes that would read it.
    pub recipes: Vec<Arc<str>>,
}

/// What was seen of a category in a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Seen {
    /// Records; an estimate unless the file was seen whole.
    pub records: u64,
    /// First and last second.
    pub range: Option<(i64, i64)>,
}

/// Looks at every file of an archive, in its order.
///
/// # Errors
/// [`ImportError::RecipesClash`] if the catalogue is wrong.
pub fn glance(archive: &mut Archive, context: &Context<'_>) -> Result<Vec<Glance>, ImportError> {
    let whole = seen_whole(archive.members(), context.service);
    (0..archive.members().len())
        .map(|index| glance_at(archive, context, index, whole.contains(&index)))
        .collect()
}

/// The places of the files that are seen to their end.
fn seen_whole(members: &[Member], service: &Service) -> BTreeSet<usize> {
    let mut sizes: Vec<(u64, usize)> = members.iter().enumerate().map(|(at, one)| (one.size, at)).collect();
    sizes.retain(|(_, at)| claimed(service, &members[*at]));
    sizes.sort_unstable();
    let (mut small, mut large) = (SMALL_BUDGET, BUDGET);
    let fits = |(size, _): &(u64, usize)| {
        let budget = if *size <= SMALL { &mut small } else { &mut large };
        budget.checked_sub(*size).map(|left| *budget = left).is_some()
    };
    sizes.into_iter().filter(fits).map(|(_, at)| at).collect()
}

fn claimed(service: &Service, member: &Member) -> bool {
    let name = FileName::new(&member.path);
    service.recipes.iter().any(|recipe| recipe.files.iter().any(|file| file.matches(&name)))
}

fn glance_at(
    archive: &mut Archive,
    context: &Context<'_>,
    index: usize,
    whole: bool,
) -> Result<Glance, ImportError> {
    let member = archive.members()[index].clone();
    let claimed = claimed(context.service, &member);
    let bytes =
        if claimed && member.sealed.is_none() { beginning(archive, index, whole) } else { Ok(Vec::new()) };
    let (bytes, broken) = match bytes {
        Ok(bytes) => (bytes, None),
        Err(error) => (Vec::new(), Some(error)),
    };
    let whole = bytes.len() as u64 >= member.size;
    let mut beginning = Beginning::archive(&member, &bytes, archive.limits())?;
    let mut file = plan(&mut beginning, context.service)?.pop().ok_or(ImportError::NotAnArchive)?;
    (file.index, file.path) = (index, member.path.clone());
    if let Some(sealed) = member.sealed {
        file.state = FileState::Unused { why: sealed.id().to_owned() };
    }
    let mut glance = Glance::new(file, whole, context.service);
    if glance.file.state != FileState::Read {
        return Ok(glance);
    }
    if broken.is_some() {
        glance.broken = broken;
        return Ok(glance);
    }
    let mut seen = Counts::default();
    let mut planned = PlannedFile { index: 0, ..glance.file.clone() };
    let mut read = read_file(&mut beginning, &planned, context, &mut seen);
    if let Err(ReadError::DateOrder) = read {
        // Rows can be counted all the same; what days they name is for the person to say.
        planned.date_order = Some(DateOrder::DayFirst);
        read = read_file(&mut beginning, &planned, context, &mut seen);
        seen.categories.values_mut().for_each(|seen| seen.range = None);
    }
    match read {
        Ok(report) => glance.take(seen, report, &bytes, context.service),
        Err(error) => glance.broken = Some(error),
    }
    Ok(glance)
}

/// The bytes that are looked at; of a table, whole lines.
fn beginning(archive: &mut Archive, index: usize, whole: bool) -> Result<Vec<u8>, ReadError> {
    if whole {
        let mut all = Vec::new();
        archive.open(index)?.read_to_end(&mut all).map_err(read_error)?;
        return Ok(all);
    }
    archive.beginning(index, BEGINNING)
}

impl Glance {
    fn new(file: PlannedFile, whole: bool, service: &Service) -> Self {
        let own: Vec<&Recipe> = match file.state {
            FileState::Empty => placeholder_of(service, &file.path),
            _ => file.recipes.iter().filter_map(|at| service.recipes.get(*at)).collect(),
        };
        Self {
            recipes: own.iter().map(|recipe| recipe.id.clone()).collect(),
            categories: own.iter().map(|recipe| (recipe.category, Seen::default())).collect(),
            file,
            broken: None,
            whole,
            rows: 0,
            records: 0,
            skipped: 0,
            failed: 0,
            persons: BTreeSet::new(),
            fields: BTreeSet::new(),
        }
    }

    fn take(&mut self, seen: Counts, report: FileReport, bytes: &[u8], service: &Service) {
        // Of a file that was not seen whole, the last row is cut: that is our doing.
        let broken = report.broken.filter(|_| self.whole);
        let failed = if self.whole { seen.failed } else { seen.failed.saturating_sub(seen.cut) };
        let counted: u64 = report.parts.iter().map(|part| part.rows).sum();
        let of_recipes = |part: &&crate::PartReport| part.recipe.is_some();
        let (own, rest): (Vec<_>, Vec<_>) = report.parts.iter().partition(of_recipes);
        let unread: u64 = rest.iter().map(|part| part.rows).sum();
        let scale = |n: u64| if self.whole { n } else { scaled(n, self.file.size, report.bytes.max(1)) };
        self.rows = scale(counted.saturating_sub(if self.whole { 0 } else { seen.cut }));
        (self.records, self.skipped, self.failed) =
            (scale(seen.records), scale(seen.skipped + unread), scale(failed));
        for (category, found) in &seen.categories {
            let found = Seen { records: scale(found.records), range: found.range };
            self.categories.insert(*category, found);
        }
        if self.whole && self.records > 0 {
            self.categories.retain(|_, seen| seen.records > 0);
        }
        if self.whole && broken.is_none() && own.iter().all(|part| part.rows == 0) {
            self.file.state = if unread > 0 { FileState::Unknown } else { FileState::Empty };
        }
        self.persons = seen.persons;
        let csv = self.file.recipes.iter().any(|at| service.recipes[*at].reader == Reader::Csv);
        self.fields = look::names(bytes, csv).into_iter().collect();
        // Nothing of it can be read: an import would call it failed.
        if seen.rows == 0 {
            self.broken = broken;
        }
    }

    /// First and last second of all that was seen, widened by the years of its name if it was not seen whole.
    pub fn range(&self, made: i64) -> Option<(i64, i64)> {
        let seen = self.categories.values().filter_map(|seen| seen.range).reduce(wider);
        if self.whole { seen } else { named(&self.file.path, made, seen) }
    }

    /// The same for one category.
    pub fn range_of(&self, category: Category, made: i64) -> Option<(i64, i64)> {
        let seen = self.categories.get(&category)?;
        if self.whole { seen.range } else { named(&self.file.path, made, seen.range) }
    }
}

/// Both ranges and what lies between.
pub fn wider(one: (i64, i64), other: (i64, i64)) -> (i64, i64) {
    (one.0.min(other.0), one.1.max(other.1))
}

/// Where a name tells years, its side that was seen stays exact: services write either forward or backward in time.
fn named(path: &str, made: i64, seen: Option<(i64, i64)>) -> Option<(i64, i64)> {
    let Some((first, last)) = series::years(path) else { return seen };
    let start = crate::time::days_from_civil(i64::from(first), 1, 1) * 86_400;
    let end = (crate::time::days_from_civil(i64::from(last) + 1, 1, 1) * 86_400 - 1).min(made.max(start));
    let Some((low, high)) = seen else { return Some((start, end)) };
    // The rows that were seen lie near one end of the years: that end is known, the other is the name's.
    let at_the_start = low - start <= end - high;
    Some(if at_the_start { (low, end.max(high)) } else { (start.min(low), high) })
}

fn scaled(n: u64, size: u64, seen: u64) -> u64 {
    u64::try_from(u128::from(n) * u128::from(size) / u128::from(seen)).unwrap_or(u64::MAX)
}

/// Recipes of the table for which a placeholder stands: the same name with a table's ending.
fn placeholder_of<'a>(service: &'a Service, path: &str) -> Vec<&'a Recipe> {
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    let names =
        [FileName::new(path), FileName::new(&format!("{stem}.csv")), FileName::new(&format!("{stem}.json"))];
    let meant =
        |recipe: &&Recipe| recipe.files.iter().any(|file| names.iter().any(|name| file.matches(name)));
    service.recipes.iter().filter(meant).collect()
}

/// What rows show while they pass.
#[derive(Default)]
struct Counts {
    rows: u64,
    records: u64,
    skipped: u64,
    failed: u64,
    /// Failed because what was looked at ends there.
    cut: u64,
    categories: BTreeMap<Category, Seen>,
    persons: BTreeSet<Arc<str>>,
}

impl Sink for Counts {
    fn row(&mut self, row: RowRead<'_>, records: &mut Vec<Record>) -> ControlFlow<()> {
        match row.outcome {
            RowOutcome::Records => self.rows += 1,
            RowOutcome::Skipped(_) => self.skipped += 1,
            RowOutcome::Failed(reason) => {
                self.failed += 1;
                self.cut += u64::from(reason == crate::FailReason::CutOff);
            }
        }
        for record in records.iter() {
            self.records += 1;
            let seen = self.categories.entry(record.category).or_default();
            seen.records += 1;
            if let When::Dated { at, .. } = record.when {
                seen.range = Some(seen.range.map_or((at.0, at.0), |range| wider(range, (at.0, at.0))));
            }
            if let Some(person) = &record.person
                && self.persons.len() < PERSONS
                && !self.persons.contains(person)
            {
                self.persons.insert(person.clone());
            }
        }
        ControlFlow::Continue(())
    }

    fn progress(&mut self, _: u64) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

/// One file whose beginning lies in memory: the recipes read it like any other.
struct Beginning {
    entry: FolderEntry,
    bytes: Vec<u8>,
}

impl Beginning {
    fn archive(member: &Member, bytes: &[u8], limits: &Limits) -> Result<Archive, ImportError> {
        // Names were checked where they came from; inside of nested archives they are longer than one may be.
        let path = member.path.rsplit('/').take(2).collect::<Vec<_>>();
        let path = path.into_iter().rev().collect::<Vec<_>>().join("/");
        let entry = FolderEntry { path, size: member.size, modified: member.modified };
        Archive::folder(Box::new(Self { entry, bytes: bytes.to_vec() }), *limits)
    }
}

impl Folder for Beginning {
    fn entries(&self) -> io::Result<Vec<FolderEntry>> {
        Ok(vec![self.entry.clone()])
    }

    fn open(&self, _: usize) -> io::Result<Box<dyn ReadSeek>> {
        Ok(Box::new(Cursor::new(self.bytes.clone())))
    }
}
