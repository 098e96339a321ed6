//! What rows of a file show while they pass: how many, of what, of whom, and from when to when.

use crate::{FailReason, RowOutcome, RowRead, Sink};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::sync::Arc;
use thinline_model::{Category, Record, When};

/// Persons that are named; a household has fewer.
const PERSONS: usize = 32;
/// So many seconds may a row be out of its place in a file that counts as sorted by time: a play is listed when it ends.
const SLACK: i64 = 86_400;

/// What was seen of a category in a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Seen {
    /// Records; an estimate unless the file was seen whole.
    pub records: u64,
    /// First and last second of those that were seen.
    pub range: Option<(i64, i64)>,
}

/// Both ranges and what lies between.
pub fn wider(one: (i64, i64), other: (i64, i64)) -> (i64, i64) {
    (one.0.min(other.0), one.1.max(other.1))
}

/// Rows that passed.
#[derive(Default)]
pub(super) struct Counts {
    pub rows: u64,
    pub records: u64,
    pub skipped: BTreeMap<&'static str, u64>,
    pub failed: u64,
    /// Failed because what was looked at ends there.
    pub cut: u64,
    pub categories: BTreeMap<Category, Seen>,
    pub persons: BTreeSet<Arc<str>>,
    range: Option<(i64, i64)>,
    unsorted: [bool; 2],
}

impl Counts {
    /// First and last second of all rows, if these go forward in time, or backward.
    pub fn sorted(&self) -> Option<(i64, i64)> {
        self.range.filter(|_| self.unsorted.contains(&false))
    }

    /// After rows were read in an order of dates that nobody said.
    pub fn forget_times(&mut self) {
        self.range = None;
        self.categories.values_mut().for_each(|seen| seen.range = None);
    }

    fn time(&mut self, at: i64) {
        if let Some((first, last)) = self.range {
            self.unsorted[0] |= at < last - SLACK;
            self.unsorted[1] |= at > first + SLACK;
        }
        self.range = Some(self.range.map_or((at, at), |range| wider(range, (at, at))));
    }
}

impl Sink for Counts {
    fn row(&mut self, row: RowRead<'_>, records: &mut Vec<Record>) -> ControlFlow<()> {
        match row.outcome {
            RowOutcome::Records => self.rows += 1,
            RowOutcome::Skipped(reason) => *self.skipped.entry(reason.id()).or_default() += 1,
            RowOutcome::Failed(reason) => {
                self.failed += 1;
                self.cut += u64::from(reason == FailReason::CutOff);
            }
        }
        for record in records.iter() {
            self.records += 1;
            let seen = self.categories.entry(record.category).or_default();
            seen.records += 1;
            if let When::Dated { at, .. } = record.when {
                seen.range = Some(seen.range.map_or((at.0, at.0), |range| wider(range, (at.0, at.0))));
                self.time(at.0);
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
