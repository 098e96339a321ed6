//! Walks a JSON file: reads the rows that recipes name, counts the lists that none reads, and passes over the rest.
//!
//! Nothing is built in memory but the element at hand. A bad element is a failed row, and the next one is read. Where rows
//! lie inside an element (`playlists[].items[]`), that outer element is held whole: its fields may stand behind the rows. One
//! that is longer than a row may be is read as it comes.

mod streamed;

use crate::{
    FailReason, Note, PartReport, RowOutcome, SkipReason,
    cell::{Cell, recycled},
    frame::{Frame, frame, whole},
    input::Input,
    list::{List, read_row},
    read::{End, Rows},
};
use thinline_catalogue::{RowStep, fold};

/// Objects inside objects that are looked into for lists.
const DEPTH: usize = 16;
/// Lists that are told one by one; a hostile file must not fill the memory with names.
const PARTS: usize = 256;
/// Characters of a list's name that are told.
const NAME: usize = 80;

/// Walks the whole file.
pub(crate) fn read(input: &mut Input<'_>, lists: &mut [List<'_>], rows: &mut Rows<'_>) -> Result<(), End> {
    let mut walk = Walk { input, lists, rows, path: Vec::new(), in_row: false };
    match walk.input.peek() {
        None => return Ok(()),
        Some(b'[' | b'{') => walk.value()?,
        Some(_) => return Err(End::Format),
    }
    // Anything behind the value is not part of the file's list, and not valid.
    if walk.input.peek().is_none() { Ok(()) } else { Err(End::Format) }
}

/// A step that was taken down from the file's value.
struct Crumb {
    /// Folded; none for an element of a list.
    key: Option<String>,
    /// As the file has it.
    name: String,
}

impl Crumb {
    /// The step to a member.
    fn of(name: String) -> Self {
        Self { key: Some(fold(&name)), name }
    }
}

/// Which recipes want a value: one whose row it is, and those whose rows lie further down.
#[derive(Clone, Default)]
struct Aim {
    row: Option<usize>,
    inner: Vec<usize>,
}

impl Aim {
    fn is_none(&self) -> bool {
        self.row.is_none() && self.inner.is_empty()
    }
}

struct Walk<'w, 'r, 'a, 's> {
    input: &'w mut Input<'r>,
    lists: &'w mut [List<'a>],
    rows: &'w mut Rows<'s>,
    path: Vec<Crumb>,
    /// Whether it walks inside of a row: what no recipe reads there is in the original row.
    in_row: bool,
}

impl Walk<'_, '_, '_, '_> {
    fn value(&mut self) -> Result<(), End> {
        let aim = self.aim();
        let iterated = aim.row.is_some_and(|at| is_one_of_many(self.lists[at].steps()))
            || aim.inner.iter().any(|at| is_one_of_many(&self.lists[*at].steps()[..self.path.len()]));
        // Where a value itself is a row, a list is none: another recipe may want its elements.
        let row = aim.row.filter(|_| iterated || self.input.peek() != Some(b'['));
        match row {
            Some(at) if aim.inner.is_empty() => {
                let spare = self.element(at, Vec::new())?;
                drop(spare);
                Ok(())
            }
            _ if !aim.inner.is_empty() && (row.is_some() || iterated) => self.outer(&Aim { row, ..aim }),
            _ => self.inside(),
        }
    }

    /// Goes into a value without asking whose it is.
    fn inside(&mut self) -> Result<(), End> {
        match self.input.peek() {
            None => Err(End::CutOff),
            Some(b'{') if self.path.len() < DEPTH => self.object(),
            Some(b'[') => self.list(),
            Some(_) => self.pass_over(),
        }
    }

    fn aim(&self) -> Aim {
        let mut aim = Aim::default();
        for (at, list) in self.lists.iter().enumerate() {
            let steps = list.steps();
            let fits = steps.len() >= self.path.len()
                && steps.iter().zip(&self.path).all(|(step, crumb)| match (step, &crumb.key) {
                    (RowStep::Key(names), Some(key)) => names.contains(key),
                    (RowStep::Values, Some(_)) | (RowStep::Each, None) => true,
                    _ => false,
                });
            match (fits, steps.len() == self.path.len()) {
                (true, true) => aim.row = aim.row.or(Some(at)),
                (true, false) => aim.inner.push(at),
                (false, _) => {}
            }
        }
        aim
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
        let name = self.name()?;
        self.path.push(Crumb::of(name));
        let done = if self.input.peek().is_some() { self.value() } else { Err(End::CutOff) };
        self.path.pop();
        done
    }

    /// The name of a member, and the colon behind it.
    fn name(&mut self) -> Result<String, End> {
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
        Ok(name)
    }

    fn list(&mut self) -> Result<(), End> {
        let shown = self.shown();
        self.path.push(Crumb { key: None, name: String::new() });
        let aim = self.aim();
        let done = self.elements(&aim, &shown);
        self.path.pop();
        done
    }

    fn elements(&mut self, aim: &Aim, shown: &str) -> Result<(), End> {
        let unknown = if aim.is_none() && !self.in_row { Some(self.unknown_part(shown)) } else { None };
        if let Some(part) = unknown {
            self.rows.enter(part);
        }
        self.input.consume(1);
        let mut spare: Vec<Cell<'static>> = Vec::new();
        loop {
            match (self.input.peek(), aim.row) {
                (None, _) => return Err(End::CutOff),
                (Some(b']'), _) => {
                    self.input.consume(1);
                    return Ok(());
                }
                (Some(b','), _) => self.input.consume(1),
                (Some(_), _) if !aim.inner.is_empty() => self.outer(aim)?,
                (Some(_), Some(at)) => spare = self.element(at, spare)?,
                (Some(_), None) => {
                    self.pass_over()?;
                    if unknown.is_some() {
                        self.rows.count();
                    }
                }
            }
        }
    }

    /// The way from the file's value, as the file writes it.
    fn shown(&self) -> String {
        let mut shown = String::new();
        for crumb in &self.path {
            match crumb.key {
                None => shown.push_str("[]"),
                Some(_) if shown.is_empty() => shown.push_str(&crumb.name),
                Some(_) => {
                    shown.push('.');
                    shown.push_str(&crumb.name);
                }
            }
        }
        shown
    }

    fn unknown_part(&mut self, shown: &str) -> usize {
        let mut at: String = shown.chars().take(NAME).collect();
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

    /// An element that holds rows, and may be a row itself.
    fn outer(&mut self, aim: &Aim) -> Result<(), End> {
        let account = aim.row.unwrap_or(aim.inner[0]);
        self.rows.enter(self.lists[account].part);
        if self.input.peek() == Some(b'{') && !whole(self.input, self.rows.limit()) {
            return self.streamed(aim, account);
        }
        let framed = frame(self.input, self.rows.limit());
        self.rows.progress(self.input.read())?;
        let length = match framed {
            Frame::Whole(length) => length,
            Frame::TooLong(kept) => {
                let (kept, _) = self.lists[account].maker.scrub().json(&kept, None);
                return self.rows.failed(FailReason::TooLong, &kept);
            }
            Frame::CutOff(length) => {
                let (kept, _) = self.lists[account].maker.scrub().json(&self.input.window()[..length], None);
                self.rows.failed(FailReason::CutOff, &kept)?;
                self.input.consume(length);
                return Err(End::CutOff);
            }
        };
        let key = self.path.last().filter(|crumb| crumb.key.is_some()).map(|crumb| crumb.name.as_str());
        // What the rows inside take from it, and they themselves, must not hold what is never kept.
        let (bytes, dropped) = self.lists[account].maker.scrub().json(&self.input.window()[..length], key);
        let bytes = bytes.into_owned();
        self.rows.note(Note::Dropped, dropped);
        self.input.consume(length);
        self.inner(aim, account, bytes)
    }

    fn inner(&mut self, aim: &Aim, account: usize, bytes: Vec<u8>) -> Result<(), End> {
        let key = self.path.last().filter(|crumb| crumb.key.is_some()).map(|crumb| crumb.name.as_str());
        if let Some(at) = aim.row {
            read_row(&mut self.lists[at], self.rows, key, &bytes, Vec::new())?;
        }
        for at in &aim.inner {
            self.lists[*at].look_around(&bytes, key);
        }
        let before = self.rows_of(aim);
        let mut input = Input::over(bytes);
        let path = std::mem::take(&mut self.path);
        let in_row = self.in_row || aim.row.is_some();
        let mut walk = Walk { input: &mut input, lists: self.lists, rows: self.rows, path, in_row };
        let done = walk.inside();
        let whole = done.is_ok() && walk.input.peek().is_none();
        self.path = walk.path;
        if done == Err(End::Stopped) {
            return Err(End::Stopped);
        }
        // The element as a row of its own has said already what is wrong with it, or that it is there.
        if aim.row.is_none() && (!whole || self.rows_of(aim) == before) {
            self.rows.enter(self.lists[account].part);
            let outcome = if whole {
                RowOutcome::Skipped(SkipReason::Empty)
            } else {
                RowOutcome::Failed(FailReason::Malformed)
            };
            self.rows.hand_over(outcome, input.all())?;
        }
        Ok(())
    }

    /// One row. Takes and gives back the memory of the cells.
    fn element(&mut self, at: usize, spare: Vec<Cell<'static>>) -> Result<Vec<Cell<'static>>, End> {
        let list = &mut self.lists[at];
        self.rows.enter(list.part);
        let mut cells = recycled(spare);
        cells.resize(list.maker.slots().len(), Cell::Missing);
        let window = self.input.window();
        let whole =
            if window.first() == Some(&b'{') { list.trie.read_first(window, &mut cells) } else { None };
        let fits =
            |length: &usize| *length <= self.rows.limit() && !list.maker.scrub().may_drop(&window[..*length]);
        let Some(length) = whole.filter(fits) else {
            let spare = recycled(cells);
            return self.framed_element(at, spare);
        };
        let key = self.path.last().filter(|crumb| crumb.key.is_some()).map(|crumb| crumb.name.as_str());
        let outcome = list.make(&mut cells, &window[..length], key, self.rows);
        let spare = recycled(cells);
        self.rows.hand_over(outcome, &window[..length])?;
        self.input.consume(length);
        self.rows.progress(self.input.read())?;
        Ok(spare)
    }

    /// The same for an element that is not whole in the window, no object, not valid, or may hold what is never kept.
    fn framed_element(&mut self, at: usize, spare: Vec<Cell<'static>>) -> Result<Vec<Cell<'static>>, End> {
        let framed = frame(self.input, self.rows.limit());
        self.rows.progress(self.input.read())?;
        let length = match framed {
            Frame::Whole(length) => length,
            Frame::TooLong(kept) => {
                let (kept, _) = self.lists[at].maker.scrub().json(&kept, None);
                self.rows.failed(FailReason::TooLong, &kept)?;
                return Ok(spare);
            }
            Frame::CutOff(length) => {
                let (kept, _) = self.lists[at].maker.scrub().json(&self.input.window()[..length], None);
                self.rows.failed(FailReason::CutOff, &kept)?;
                self.input.consume(length);
                return Err(End::CutOff);
            }
        };
        let key = self.path.last().filter(|crumb| crumb.key.is_some()).map(|crumb| crumb.name.as_str());
        let element = &self.input.window()[..length];
        let spare = read_row(&mut self.lists[at], self.rows, key, element, spare)?;
        self.input.consume(length);
        Ok(spare)
    }
}

/// Whether a path ends at one value of many.
fn is_one_of_many(steps: &[RowStep]) -> bool {
    matches!(steps.last(), Some(RowStep::Each | RowStep::Values))
}
