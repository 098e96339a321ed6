//! From when to when an export seems to reach, and where something is missing in between.

use super::super::coverage;
use super::Check;
use crate::wire::{CheckedRange, Coverage, Gap};
use crate::{clock, journal};
use thinline_import::{FileState, Glance, Hole, wider};
use thinline_model::Category;

impl Check<'_> {
    pub(super) fn coverage(&self) -> Vec<CheckedRange> {
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
}

fn day(second: i64) -> i32 {
    i32::try_from(second.div_euclid(86_400)).unwrap_or(0)
}
