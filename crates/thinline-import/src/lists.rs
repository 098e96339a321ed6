//! Walks a JSON file: reads the lists that recipes name, counts the ones that none reads, and passes over the rest.
//!
//! Nothing is built in memory but the element at hand. A bad element is a failed row, and the next one is read.

use crate::{
    FailReason, PartReport, RowOutcome,
    cell::{Cell, recycled},
    frame::{Frame, frame},
    input::Input,
    make::Maker,
    read::{End, Rows},
    trie::Trie,
};
use thinline_catalogue::fold;

/// Objects inside objects that are looked into for lists.
const DEPTH: usize = 16;
/// Lists that are told one by one; a hostile file must not fill the memory with names.
const PARTS: usize = 256;
/// Characters of a list's name that are told.
const NAME: usize = 80;

/// A recipe's list in this file.
pub(crate) struct List<'a> {
    pub maker: Maker<'a>,
    pub trie: Trie,
    /// Place in the report.
    pub part: usize,
}

/// Walks the whole file.
pub(crate) fn read(input: &mut Input<'_>, lists: &mut [List<'_>], rows: &mut Rows<'_>) -> Result<(), End> {
    let mut walk = Walk { input, lists, rows, path: Vec::new(), names: Vec::new() };
    match walk.input.peek() {
        None => return Ok(()),
        Some(b'[' | b'{') => walk.value()?,
        Some(_) => return Err(End::Format),
    }
    // Anything behind the value is not part of the file's list, and not valid.
    if walk.input.peek().is_none() { Ok(()) } else { Err(End::Format) }
}

struct Walk<'w, 'r, 'a, 's> {
    input: &'w mut Input<'r>,
    lists: &'w mut [List<'a>],
    rows: &'w mut Rows<'s>,
    path: Vec<String>,
    names: Vec<String>,
}

impl Walk<'_, '_, '_, '_> {
    fn value(&mut self) -> Result<(), End> {
        match self.input.peek() {
            None => Err(End::CutOff),
            Some(b'{') if self.path.len() < DEPTH => self.object(),
            Some(b'[') => self.list(),
            Some(_) => self.pass_over(),
        }
    }

    fn pass_over(&mut self) -> Result<(), End> {
        match frame(self.input, self.rows.limit()) {
            Frame::Whole(length) => self.input.consume(length),
            Frame::TooLong(_) => {}
            Frame::CutOff(_) => return Err(End::CutOff),
        }
        self.rows.progress(self.input.read())
    }

    fn object(&mut self) -> Result<(), End> {
        self.input.consume(1);
        loop {
            match self.input.peek() {
                None => return Err(End::CutOff),
                Some(b'}') => {
                    self.input.consume(1);
                    return Ok(());
                }
                Some(b',') => self.input.consume(1),
                Some(b'"') => self.member()?,
                Some(_) => return Err(End::Format),
            }
        }
    }

    fn member(&mut self) -> Result<(), End> {
        let name: String = match frame(self.input, self.rows.limit()) {
            Frame::Whole(length) => {
                let name = serde_json::from_slice(&self.input.window()[..length]).map_err(|_| End::Format)?;
                self.input.consume(length);
                name
            }
            Frame::TooLong(_) => return Err(End::Format),
            Frame::CutOff(_) => return Err(End::CutOff),
        };
        match self.input.peek() {
            Some(b':') => self.input.consume(1),
            Some(_) => return Err(End::Format),
            None => return Err(End::CutOff),
        }
        self.path.push(fold(&name));
        self.names.push(name);
        let done = self.value();
        self.path.pop();
        self.names.pop();
        done
    }

    fn list(&mut self) -> Result<(), End> {
        let known = self.lists.iter().position(|list| list.maker.recipe().rows.keys == self.path);
        let part = match known {
            Some(at) => self.lists[at].part,
            None => self.unknown_part(),
        };
        self.rows.enter(part);
        self.input.consume(1);
        let mut spare: Vec<Cell<'static>> = Vec::new();
        loop {
            match self.input.peek() {
                None => return Err(End::CutOff),
                Some(b']') => {
                    self.input.consume(1);
                    return Ok(());
                }
                Some(b',') => self.input.consume(1),
                Some(_) => match known {
                    Some(at) => spare = self.element(at, spare)?,
                    None => {
                        self.pass_over()?;
                        self.rows.count();
                    }
                },
            }
        }
    }

    fn unknown_part(&mut self) -> usize {
        let mut at: String = self.names.join(".").chars().take(NAME).collect();
        at.push_str("[]");
        let parts = self.rows.parts();
        if parts.len() >= PARTS {
            "…".clone_into(&mut at);
        }
        parts.iter().position(|part| part.recipe.is_none() && part.at == at).unwrap_or_else(|| {
            parts.push(PartReport::new(at, None));
            parts.len() - 1
        })
    }

    /// One row. Takes and gives back the memory of the cells.
    fn element(&mut self, at: usize, spare: Vec<Cell<'static>>) -> Result<Vec<Cell<'static>>, End> {
        let list = &mut self.lists[at];
        let mut cells = recycled(spare);
        cells.resize(list.maker.fields().len(), Cell::Missing);
        let window = self.input.window();
        let whole =
            if window.first() == Some(&b'{') { list.trie.read_first(window, &mut cells) } else { None };
        let Some(length) = whole.filter(|length| *length <= self.rows.limit()) else {
            let spare = recycled(cells);
            return self.framed_element(at, spare);
        };
        list.maker.blank(&mut cells);
        let outcome = self.rows.make(|records, part| list.maker.make(&cells, records, part));
        let spare = recycled(cells);
        self.rows.hand_over(outcome, &window[..length])?;
        self.input.consume(length);
        self.rows.progress(self.input.read())?;
        Ok(spare)
    }

    /// The same for an element that is not whole in the window, or no object, or not valid.
    fn framed_element(&mut self, at: usize, spare: Vec<Cell<'static>>) -> Result<Vec<Cell<'static>>, End> {
        let framed = frame(self.input, self.rows.limit());
        self.rows.progress(self.input.read())?;
        let length = match framed {
            Frame::Whole(length) => length,
            Frame::TooLong(kept) => {
                self.rows.failed(FailReason::TooLong, &kept)?;
                return Ok(spare);
            }
            Frame::CutOff(length) => {
                self.rows.failed(FailReason::CutOff, &self.input.window()[..length])?;
                self.input.consume(length);
                return Err(End::CutOff);
            }
        };
        let original = &self.input.window()[..length];
        let list = &mut self.lists[at];
        let mut cells = recycled(spare);
        cells.resize(list.maker.fields().len(), Cell::Missing);
        let outcome = match std::str::from_utf8(original) {
            Err(_) => RowOutcome::Failed(FailReason::NotUtf8),
            Ok(element) => match list.trie.read(element, &mut cells) {
                Err(_) => RowOutcome::Failed(FailReason::Malformed),
                Ok(()) => {
                    list.maker.blank(&mut cells);
                    self.rows.make(|records, part| list.maker.make(&cells, records, part))
                }
            },
        };
        let spare = recycled(cells);
        self.rows.hand_over(outcome, original)?;
        self.input.consume(length);
        Ok(spare)
    }
}
