//! The recipes that read one row together: one that has the row, and those that read it too (`also`).

use crate::{
    Context, PartReport, RowOutcome, SkipReason,
    cell::Cell,
    make::Maker,
    scrub::Scrub,
    slots::{Nulls, Slots},
};
use thinline_catalogue::{Keep, Recipe};
use thinline_model::Record;

/// The recipes of a row, resolved to slots.
pub(crate) struct RowMaker<'a> {
    slots: Slots,
    nulls: Nulls<'a>,
    makers: Vec<Maker<'a>>,
    scrub: Scrub,
}

impl<'a> RowMaker<'a> {
    /// The first recipe has the rows; the others read them too.
    pub fn new(recipe: &'a Recipe, also: &[&'a Recipe], context: &Context<'_>) -> Self {
        let mut slots = Slots::default();
        let all = std::iter::once(&recipe).chain(also);
        let makers = all.map(|recipe| Maker::new(recipe, context, &mut slots)).collect();
        Self { slots, nulls: Nulls::new(&recipe.defaults), makers, scrub: Scrub::new(&recipe.drop) }
    }

    /// The cells of a row.
    pub fn slots(&self) -> &Slots {
        &self.slots
    }

    /// The recipe that has the rows.
    pub fn recipe(&self) -> &'a Recipe {
        self.makers[0].recipe()
    }

    /// All of them, to make records one by one.
    pub fn makers(&mut self) -> &mut [Maker<'a>] {
        &mut self.makers
    }

    /// Whether rows are only counted.
    pub fn counts(&self) -> bool {
        self.recipe().keep == Keep::Count
    }

    /// Brings cells as they were read into the form that records are made from.
    pub fn finish(&self, cells: &mut [Cell<'_>]) {
        self.slots.finish(cells, &self.nulls);
    }

    /// Makes the records of a row.
    pub fn make(
        &mut self,
        cells: &[Cell<'_>],
        records: &mut Vec<Record>,
        part: &mut PartReport,
    ) -> RowOutcome {
        if self.counts() {
            return RowOutcome::Skipped(SkipReason::Counted);
        }
        if self.slots.is_empty(cells) {
            return RowOutcome::Skipped(SkipReason::Empty);
        }
        together(self.makers.iter_mut().map(|maker| maker.make(cells, records, part)))
    }

    /// What is never kept of its rows.
    pub fn scrub(&self) -> &Scrub {
        &self.scrub
    }

    /// The service's words for "nothing here".
    pub fn nulls(&self) -> &Nulls<'a> {
        &self.nulls
    }
}

/// A row gave records if one of its recipes made some; else it is what the first one says.
pub(crate) fn together(outcomes: impl Iterator<Item = RowOutcome>) -> RowOutcome {
    outcomes
        .reduce(|all, one| if one == RowOutcome::Records { one } else { all })
        .unwrap_or(RowOutcome::Skipped(SkipReason::Empty))
}
