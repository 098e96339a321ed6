//! The rows of one recipe in a JSON file: which cells they have, and what they take from around them.

use crate::{
    FailReason, Note, RowOutcome,
    cell::{Cell, recycled},
    read::{End, Rows},
    rowmaker::RowMaker,
    trie::Trie,
};
use std::borrow::Cow;
use thinline_catalogue::{FieldFrom, RowStep};

/// The rows of a recipe in this file.
pub(crate) struct List<'a> {
    pub maker: RowMaker<'a>,
    pub trie: Trie,
    outer: Trie,
    /// Place in the report.
    pub part: usize,
    /// Slots of `@key`, `^@key` and `@json`.
    key: Option<usize>,
    outer_key: Option<usize>,
    json: Option<usize>,
    /// What does not come from the row itself: the file's name, and the fields of the element around it.
    given: Vec<(usize, Cell<'static>)>,
    /// How many of `given` are of the file.
    of_file: usize,
}

impl<'a> List<'a> {
    /// Resolves a recipe for a file of this name.
    pub fn new(part: usize, maker: RowMaker<'a>, file: &str) -> Self {
        let slots = maker.slots();
        let list = maker.recipe().rows.list_name();
        let told = [(FieldFrom::File, file), (FieldFrom::List, list)].into_iter();
        let given: Vec<_> = told
            .filter_map(|(from, text)| Some((slots.only(from)?, Cell::Text(Cow::Owned(text.to_owned())))))
            .collect();
        Self {
            trie: Trie::new(slots.from(FieldFrom::Row)),
            outer: Trie::new(slots.from(FieldFrom::Outer)),
            part,
            key: slots.only(FieldFrom::Key),
            outer_key: slots.only(FieldFrom::OuterKey),
            json: slots.only(FieldFrom::Json),
            of_file: given.len(),
            given,
            maker,
        }
    }

    /// The way to its rows.
    pub fn steps(&self) -> &'a [RowStep] {
        &self.maker.recipe().rows.steps
    }

    /// Remembers what the rows inside an element take from it. What is not valid gives nothing: the rows say so.
    pub fn look_around(&mut self, outer: &[u8], key: Option<&str>) {
        self.given.truncate(self.of_file);
        if !self.outer.is_empty()
            && let Ok(text) = std::str::from_utf8(outer)
        {
            let mut cells = vec![Cell::Missing; self.maker.slots().len()];
            if self.outer.read(text, &mut cells).is_ok() {
                let found = cells.into_iter().enumerate().filter(|(_, cell)| !cell.is_missing());
                self.given.extend(found.map(|(slot, cell)| (slot, cell.owned())));
            }
        }
        if let (Some(slot), Some(key)) = (self.outer_key, key) {
            self.given.push((slot, Cell::Text(Cow::Owned(key.to_owned()))));
        }
    }

    /// Makes the records of a row whose own cells are filled.
    pub fn make<'c>(
        &'c mut self,
        cells: &mut [Cell<'c>],
        element: &'c [u8],
        key: Option<&'c str>,
        rows: &mut Rows<'_>,
    ) -> RowOutcome {
        for (slot, cell) in &self.given {
            cells[*slot] = cell.borrowed();
        }
        if let (Some(slot), Some(key)) = (self.key, key) {
            cells[slot] = Cell::Text(Cow::Borrowed(key));
        }
        if let Some(slot) = self.json
            && matches!(element.first(), Some(b'{' | b'['))
            && let Ok(text) = std::str::from_utf8(element)
        {
            cells[slot] = Cell::Text(Cow::Borrowed(text));
        }
        self.maker.finish(cells);
        let maker = &mut self.maker;
        rows.make(|records, part| maker.make(cells, records, part))
    }
}

/// Reads a row that is whole, and hands it over.
pub(crate) fn read_row(
    list: &mut List<'_>,
    rows: &mut Rows<'_>,
    key: Option<&str>,
    element: &[u8],
    spare: Vec<Cell<'static>>,
) -> Result<Vec<Cell<'static>>, End> {
    rows.enter(list.part);
    let (element, dropped) = list.maker.scrub().json(element, key);
    rows.note(Note::Dropped, dropped);
    let mut cells = recycled(spare);
    cells.resize(list.maker.slots().len(), Cell::Missing);
    let outcome = match std::str::from_utf8(&element) {
        Err(_) => RowOutcome::Failed(FailReason::NotUtf8),
        Ok(text) => match list.trie.read(text, &mut cells) {
            Err(_) => RowOutcome::Failed(FailReason::Malformed),
            Ok(()) => list.make(&mut cells, &element, key, rows),
        },
    };
    let spare = recycled(cells);
    rows.hand_over(outcome, &element)?;
    Ok(spare)
}
