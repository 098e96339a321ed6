//! Which fields the recipes of one row ask for, and which cell each of them is.
//!
//! A place that several recipes read is one cell. A field that is made from another (`through`) has a cell behind it.

use crate::{cell::Cell, transform};
use std::borrow::Cow;
use thinline_catalogue::{Defaults, Field, FieldFrom, Transform};

/// The cells of a row, in order.
#[derive(Debug, Default)]
pub(crate) struct Slots {
    fields: Vec<Field>,
    made: Vec<Made>,
}

#[derive(Debug)]
struct Made {
    slot: usize,
    of: usize,
    through: Vec<Transform>,
}

impl Slots {
    /// The cell of a field; a new one where it is not asked for yet.
    pub fn slot(&mut self, field: &Field) -> usize {
        let known = |one: &Field| one.same_place(field) && one.through == field.through;
        if let Some(at) = self.fields.iter().position(known) {
            return at;
        }
        if !field.through.is_empty() {
            let of = self.slot(&Field { through: Vec::new(), ..field.clone() });
            self.made.push(Made { slot: self.fields.len(), of, through: field.through.clone() });
        }
        self.fields.push(field.clone());
        self.fields.len() - 1
    }

    /// How many cells a row has.
    pub fn len(&self) -> usize {
        self.fields.len()
    }

    /// The cells that are read from a place of one sort, with their fields.
    pub fn from(&self, from: FieldFrom) -> impl Iterator<Item = (usize, &Field)> {
        let wanted = move |(_, field): &(usize, &Field)| field.from == from && field.through.is_empty();
        self.fields.iter().enumerate().filter(wanted)
    }

    /// The one cell that is read from a place of one sort and has no path (`@value`, `@key`).
    pub fn only(&self, from: FieldFrom) -> Option<usize> {
        self.from(from).find(|(_, field)| field.path.is_empty()).map(|(slot, _)| slot)
    }

    /// Turns words for "nothing here" into nothing, then makes the cells that are made from others.
    pub fn finish(&self, cells: &mut [Cell<'_>], nulls: &Nulls<'_>) {
        for cell in cells.iter_mut() {
            nulls.blank(cell);
        }
        for made in &self.made {
            let text = cells[made.of].text();
            let text =
                made.through.iter().fold(text, |text, step| Cow::Owned(transform::apply(*step, &text)));
            let cell = Cell::Text(Cow::Owned(text.into_owned()));
            cells[made.slot] = cell;
            nulls.blank(&mut cells[made.slot]);
        }
    }

    /// Whether a row holds nothing of what is asked of it. What is known of the file does not count.
    pub fn is_empty(&self, cells: &[Cell<'_>]) -> bool {
        let mut own = (self.fields.iter().zip(cells))
            .filter(|(field, _)| matches!(field.from, FieldFrom::Row | FieldFrom::Json))
            .map(|(_, cell)| cell)
            .peekable();
        own.peek().is_some() && own.all(Cell::is_missing)
    }
}

/// A service's words for "nothing here".
#[derive(Debug)]
pub(crate) struct Nulls<'a> {
    words: &'a [String],
    longest: usize,
    /// Which first bytes a text that means nothing can have: of a word, in either case, or of a space.
    starts: [bool; 256],
}

impl<'a> Nulls<'a> {
    pub fn new(defaults: &'a Defaults) -> Self {
        let words = &defaults.null;
        let mut starts = [false; 256];
        // Any other than ASCII may be a space, or a capital of a word.
        starts[128..].fill(true);
        for byte in words.iter().filter_map(|word| word.bytes().next()).chain(*b" \t\n\r\x0b\x0c") {
            starts[usize::from(byte.to_ascii_lowercase())] = true;
            starts[usize::from(byte.to_ascii_uppercase())] = true;
        }
        Self { words, longest: words.iter().map(String::len).max().unwrap_or(0), starts }
    }

    pub fn blank(&self, cell: &mut Cell<'_>) {
        if matches!(cell, Cell::Text(text) if self.contains(text)) {
            *cell = Cell::Missing;
        }
    }

    /// Whether a text is one of them, or blank.
    pub fn contains(&self, text: &str) -> bool {
        let Some(first) = text.bytes().next() else { return true };
        if !self.starts[usize::from(first)] {
            return false;
        }
        let text = text.trim();
        // Lower case can be shorter than upper case by a few bytes in some scripts; null words are not.
        text.len() <= self.longest && self.words.contains(&text.to_lowercase()) || text.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_nothing_are_nothing_however_they_are_written() {
        let defaults = Defaults { null: vec!["null".into(), "n/a".into(), "élu".into()] };
        let nulls = Nulls::new(&defaults);
        for text in ["", " ", "\u{a0}", "\u{2003} ", "null", "NULL", " Null\t", "N/A", "\u{a0}n/a", "ÉLU"] {
            assert!(nulls.contains(text), "{text:?}");
        }
        for text in ["nul", "nulls", "-", "0", "a", "n", "no", "élan"] {
            assert!(!nulls.contains(text), "{text:?}");
        }
    }
}
