//! What a look at one file showed, and how sure that is.

use super::counts::{Counts, Seen, wider};
use crate::{FileReport, FileState, PlannedFile, ReadError, look, series};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use thinline_catalogue::{FileName, Reader, Recipe, Service};
use thinline_model::Category;

/// Reason of rows in a list that no recipe reads.
const UNKNOWN_LIST: &str = "unknown-list";

/// What a look at one file showed.
#[derive(Debug)]
pub struct Glance {
    /// What would be done with it.
    pub file: PlannedFile,
    /// Why it cannot be read at all.
    pub broken: Option<ReadError>,
    /// Whether all of it was seen; else the numbers are estimates.
    pub whole: bool,
    /// First and last second, where only its beginning and its end were seen and its rows are sorted by time.
    pub ends: Option<(i64, i64)>,
    /// Rows.
    pub rows: u64,
    /// Records.
    pub records: u64,
    /// Rows that would be left out, by reason.
    pub skipped: BTreeMap<&'static str, u64>,
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

impl Glance {
    pub(super) fn new(file: PlannedFile, whole: bool, service: &Service) -> Self {
        let own: Vec<&Recipe> = match file.state {
            FileState::Empty => placeholder_of(service, &file.path),
            _ => recipes_of(&file, service),
        };
        Self {
            recipes: own.iter().map(|recipe| recipe.id.clone()).collect(),
            categories: own.iter().map(|recipe| (recipe.category, Seen::default())).collect(),
            file,
            broken: None,
            whole,
            ends: None,
            rows: 0,
            records: 0,
            skipped: BTreeMap::new(),
            failed: 0,
            persons: BTreeSet::new(),
            fields: BTreeSet::new(),
        }
    }

    /// Takes over what reading `bytes` of it gave; `joined`: those are its beginning and its end.
    pub(super) fn take(
        &mut self,
        seen: Counts,
        report: FileReport,
        (bytes, joined): (&[u8], bool),
        service: &Service,
    ) {
        self.ends = seen.sorted().filter(|_| joined);
        // Of a file that was not seen to its end, the last row is cut: that is our doing.
        let cut = if self.whole || joined { 0 } else { seen.cut };
        let broken = report.broken.filter(|_| self.whole);
        let counted: u64 = report.parts.iter().map(|part| part.rows).sum();
        let of_recipes = |part: &&crate::PartReport| part.recipe.is_some();
        let (own, rest): (Vec<_>, Vec<_>) = report.parts.iter().partition(of_recipes);
        let unread: u64 = rest.iter().map(|part| part.rows).sum();
        let scale = |n: u64| if self.whole { n } else { scaled(n, self.file.size, report.bytes.max(1)) };
        self.rows = scale(counted.saturating_sub(cut));
        (self.records, self.failed) = (scale(seen.records), scale(seen.failed.saturating_sub(cut)));
        self.skipped = seen.skipped.iter().map(|(reason, n)| (*reason, scale(*n))).collect();
        if unread > 0 {
            self.skipped.insert(UNKNOWN_LIST, scale(unread));
        }
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
        let csv = recipes_of(&self.file, service).iter().any(|recipe| recipe.reader == Reader::Csv);
        self.fields = look::names(bytes, csv).into_iter().collect();
        // Nothing of it can be read: an import would call it failed.
        if seen.rows == 0 {
            self.broken = broken;
        }
    }

    /// Whether its first and its last second were seen.
    pub fn exact(&self) -> bool {
        self.whole || self.ends.is_some()
    }

    /// The same for one category: rows between its beginning and its end can be of a category that neither shows first
    /// and last.
    pub fn exact_of(&self, category: Category) -> bool {
        let seen = self.categories.get(&category).and_then(|seen| seen.range);
        self.whole || (self.ends.is_some() && seen == self.ends)
    }

    /// First and last second of all that was seen, widened by the years of its name if its ends were not seen.
    pub fn range(&self, made: i64) -> Option<(i64, i64)> {
        let seen = self.categories.values().filter_map(|seen| seen.range).reduce(wider);
        self.widened(seen, made)
    }

    /// The same for one category.
    pub fn range_of(&self, category: Category, made: i64) -> Option<(i64, i64)> {
        let seen = self.categories.get(&category)?;
        self.widened(seen.range, made)
    }

    fn widened(&self, seen: Option<(i64, i64)>, made: i64) -> Option<(i64, i64)> {
        match self.ends {
            _ if self.whole => seen,
            Some(ends) => Some(ends),
            None => named(&self.file.path, made, seen),
        }
    }
}

pub(super) fn recipes_of<'a>(file: &PlannedFile, service: &'a Service) -> Vec<&'a Recipe> {
    file.recipes.iter().filter_map(|at| service.recipes.get(*at)).collect()
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
