//! Reads a CSV file line by line: columns are resolved once by folded header, wherever they stand.
//!
//! Quoted line breaks, both kinds of line ends, short and long lines are normal. A quote that never ends must not
//! swallow the file into memory: beyond the limit the line fails, and what follows is passed over.

use crate::{
    FailReason, Note, PartReport, RowOutcome, SkipReason,
    cell::{Cell, recycled},
    input::Input,
    make::Maker,
    read::{End, Rows, Table},
    rowmaker::{RowMaker, together},
    scrub,
    secret::{self, MARK, Secret},
    slots::Nulls,
};
use csv_core::ReadRecordResult;
use std::borrow::Cow;
use thinline_catalogue::{FieldFrom, Unpivot, fold};
use thinline_model::Record;

/// Splits a stream into lines and lines into cells.
pub(crate) struct Lines {
    csv: csv_core::Reader,
    text: Vec<u8>,
    ends: Vec<usize>,
    cells: usize,
    length: usize,
}

/// What came next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Line {
    /// A line of so many bytes at the beginning of the input's window.
    Whole(usize),
    /// Longer than the limit and passed over; its beginning is kept.
    TooLong(Vec<u8>),
    /// The file ends inside a quoted cell, after so many bytes.
    CutOff(usize),
    /// No more lines.
    End,
}

impl Lines {
    pub fn new() -> Self {
        Self { csv: csv_core::Reader::new(), text: vec![0; 4096], ends: vec![0; 64], cells: 0, length: 0 }
    }

    /// Reads the next line. The caller uses its bytes up.
    pub fn next(&mut self, input: &mut Input<'_>, limit: usize) -> Line {
        let (mut used, mut kept) = (0, None::<Vec<u8>>);
        (self.cells, self.length) = (0, 0);
        loop {
            // An empty slice tells the parser that the file ends: it must get one only when that is so.
            if used == input.window().len() {
                input.more();
            }
            let ended = used == input.window().len();
            let (result, read, written, ends) = self.csv.read_record(
                &input.window()[used..],
                &mut self.text[self.length..],
                &mut self.ends[self.cells..],
            );
            used += read;
            self.length += written;
            self.cells += ends;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => self.text.resize(self.text.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::Record => return Self::whole(input, used, limit, kept, ended),
                ReadRecordResult::End => return Line::End,
            }
            if used > limit || self.length > limit {
                kept.get_or_insert_with(|| input.window()[..used.min(256)].to_vec());
                input.consume(used);
                (used, self.length, self.cells) = (0, 0, 0);
            }
        }
    }

    /// `ended`: the file ended this line, and not a line end.
    fn whole(input: &mut Input<'_>, used: usize, limit: usize, kept: Option<Vec<u8>>, ended: bool) -> Line {
        let line = &input.window()[..used];
        // A line end that did not end the line stands inside of quotes.
        let open = || {
            ended
                && (line.ends_with(b"\n")
                    || line.ends_with(b"\r")
                    || line.iter().filter(|b| **b == b'"').count() % 2 == 1)
        };
        match kept {
            Some(kept) => {
                input.consume(used);
                Line::TooLong(kept)
            }
            None if used > limit => {
                let kept = line[..used.min(256)].to_vec();
                input.consume(used);
                Line::TooLong(kept)
            }
            None if open() => Line::CutOff(used),
            None => Line::Whole(used),
        }
    }

    /// The cells of the line, if it is UTF-8.
    pub fn cells(&self) -> Option<impl Iterator<Item = &str>> {
        let text = std::str::from_utf8(&self.text[..self.length]).ok()?;
        let mut start = 0;
        // A cut between cells never falls inside a character: commas and quotes are ASCII.
        Some(
            self.ends[..self.cells]
                .iter()
                .map(move |end| text.get(std::mem::replace(&mut start, *end)..*end).unwrap_or("")),
        )
    }
}

/// Without the line ends around it.
pub(crate) fn trimmed(line: &[u8]) -> &[u8] {
    let is_end = |b: &u8| matches!(b, b'\r' | b'\n');
    let start = line.iter().take_while(|b| is_end(b)).count();
    let end = line.iter().rev().take_while(|b| is_end(b)).count();
    line.get(start..line.len() - end).unwrap_or_default()
}

/// No table of a service comes near; each column can become a record of every row.
const MOST_COLUMNS: usize = 4096;

/// Where the wanted columns stand.
struct Columns<'a> {
    /// Slot for each column that is wanted.
    slots: Vec<Option<usize>>,
    /// Columns whose cells are never kept.
    secret: Vec<Secret>,
    /// For each recipe, the columns that it makes a record of each.
    turned: Vec<Option<Turned<'a>>>,
    /// The slot of the file's name.
    file: Option<usize>,
}

/// Columns that become a record each.
struct Turned<'a> {
    columns: Vec<(usize, String)>,
    split: Option<&'a str>,
    value: Option<usize>,
    column: Option<usize>,
}

/// Reads the file; the header line is returned for showing original rows.
pub(crate) fn read(
    input: &mut Input<'_>,
    table: &mut Table<'_, '_>,
    rows: &mut Rows<'_>,
) -> (Option<String>, Result<(), End>) {
    let limit = rows.limit();
    let mut lines = Lines::new();
    let header = match lines.next(input, limit) {
        Line::Whole(used) | Line::CutOff(used) => used,
        Line::TooLong(_) => return (None, Err(End::Format)),
        Line::End => return (None, Ok(())),
    };
    let text = String::from_utf8_lossy(trimmed(&input.window()[..header])).into_owned();
    let columns = match lines.cells() {
        Some(cells) if cells.size_hint().0 > MOST_COLUMNS => return (Some(text), Err(End::Format)),
        Some(cells) => resolve(&cells.map(str::to_owned).collect::<Vec<_>>(), table.maker),
        None => return (Some(text), Err(End::Format)),
    };
    input.consume(header);
    (Some(text), read_rows(input, &mut lines, &columns, table, rows))
}

fn resolve<'a>(header: &[String], maker: &mut RowMaker<'a>) -> Columns<'a> {
    let folded: Vec<_> = header.iter().map(|name| fold(name)).collect();
    let place = |path: &[String]| path.first().and_then(|name| folded.iter().position(|known| known == name));
    let mut slots = vec![None; header.len()];
    for (slot, field) in maker.slots().from(FieldFrom::Row) {
        if let Some(column) = place(&field.path) {
            slots[column] = Some(slot);
        }
    }
    let (value, column) = (maker.slots().only(FieldFrom::Row), maker.slots().only(FieldFrom::Column));
    let turn = |unpivot: &'a Unpivot| Turned {
        columns: (header.iter().enumerate())
            .filter(|(_, name)| unpivot.columns.iter().any(|column| column.matches(name)))
            .map(|(at, name)| (at, name.trim().to_owned()))
            .collect(),
        split: unpivot.split.as_deref(),
        value,
        column,
    };
    Columns {
        secret: header.iter().map(|name| maker.scrub().column(name)).collect(),
        file: maker.slots().only(FieldFrom::File),
        turned: maker.makers().iter().map(|one| one.recipe().unpivot.as_ref().map(turn)).collect(),
        slots,
    }
}

fn read_rows(
    input: &mut Input<'_>,
    lines: &mut Lines,
    columns: &Columns<'_>,
    table: &mut Table<'_, '_>,
    rows: &mut Rows<'_>,
) -> Result<(), End> {
    let mut spare: Vec<Cell<'static>> = Vec::new();
    loop {
        let line = lines.next(input, rows.limit());
        rows.progress(input.read())?;
        let used = match line {
            Line::Whole(used) => used,
            Line::End => return Ok(()),
            Line::TooLong(beginning) => {
                rows.failed(FailReason::TooLong, columns.kept(&beginning))?;
                continue;
            }
            Line::CutOff(used) => {
                rows.failed(FailReason::CutOff, columns.kept(trimmed(&input.window()[..used])))?;
                input.consume(used);
                return Err(End::CutOff);
            }
        };
        let original = trimmed(&input.window()[..used]);
        let mut cells = recycled(spare);
        match lines.cells().map(|texts| columns.scrubbed(original, texts, table.maker.nulls())) {
            None => rows.failed(FailReason::NotUtf8, columns.kept(original))?,
            Some(None) => {
                let texts = lines.cells().into_iter().flatten();
                let (file, maker) = (table.file, &mut *table.maker);
                let outcome =
                    rows.make(|records, part| row(texts, columns, file, maker, &mut cells, records, part));
                rows.hand_over(outcome, original)?;
            }
            Some(Some((texts, dropped))) => {
                let mut cells = Vec::new();
                let (file, maker) = (table.file, &mut *table.maker);
                let texts = || texts.iter().map(AsRef::as_ref);
                let outcome =
                    rows.make(|records, part| row(texts(), columns, file, maker, &mut cells, records, part));
                rows.note(Note::Dropped, dropped);
                rows.hand_over(outcome, &scrub::line(texts()))?;
            }
        }
        spare = recycled(cells);
        input.consume(used);
    }
}

impl Columns<'_> {
    /// Whether cells of some column are never kept.
    fn any_secret(&self) -> bool {
        self.secret.iter().any(|secret| *secret != Secret::No)
    }

    /// A line that cannot be taken apart, if it can hold no secret.
    fn kept<'l>(&self, line: &'l [u8]) -> &'l [u8] {
        if self.any_secret() || secret::may_be_in(line) { &[] } else { line }
    }

    /// The cells of a line without its secrets, and how many there were; none if there was none.
    fn scrubbed<'t>(
        &self,
        line: &[u8],
        texts: impl Iterator<Item = &'t str>,
        nulls: &Nulls<'_>,
    ) -> Option<(Vec<Cow<'t, str>>, u64)> {
        if !self.any_secret() && !secret::may_be_in(line) {
            return None;
        }
        let mut dropped = 0;
        let cell = |(at, text): (usize, &'t str)| {
            let goes = match self.secret.get(at) {
                Some(Secret::Yes) => text != MARK && !nulls.contains(text),
                Some(Secret::Perhaps) => secret::looks_drawn(text),
                Some(Secret::No) | None => false,
            };
            let kept = if goes { Some((MARK.to_owned(), 1)) } else { scrub::text(text) };
            let Some((kept, n)) = kept else { return Cow::Borrowed(text) };
            dropped += n;
            Cow::Owned(kept)
        };
        let cells: Vec<_> = texts.enumerate().map(cell).collect();
        (dropped > 0).then_some((cells, dropped))
    }
}

fn row<'t>(
    texts: impl Iterator<Item = &'t str>,
    columns: &Columns<'_>,
    file: &'t str,
    maker: &mut RowMaker<'_>,
    cells: &mut Vec<Cell<'t>>,
    records: &mut Vec<Record>,
    part: &mut PartReport,
) -> RowOutcome {
    cells.resize(maker.slots().len(), Cell::Missing);
    let turns = columns.turned.iter().any(Option::is_some);
    let mut turned: Vec<&'t str> = Vec::new();
    let mut count = 0;
    for (at, text) in texts.enumerate() {
        if let Some(slot) = columns.slots.get(at).copied().flatten() {
            cells[slot] = Cell::Text(Cow::Borrowed(text));
        }
        if turns {
            turned.push(text);
        }
        count = at + 1;
    }
    if count > columns.slots.len() {
        part.note(Note::ExtraCells);
    } else if count < columns.slots.len() {
        part.note(Note::MissingCells);
    }
    if let Some(slot) = columns.file {
        cells[slot] = Cell::Text(Cow::Borrowed(file));
    }
    maker.finish(cells);
    if !turns {
        return maker.make(cells, records, part);
    }
    let empty = maker.slots().is_empty(cells);
    let nulls = Nulls::new(&maker.recipe().defaults);
    together(maker.makers().iter_mut().zip(&columns.turned).map(|(one, turn)| match turn {
        Some(turn) => turn_row(turn, &turned, &nulls, one, cells, records, part),
        None if empty => RowOutcome::Skipped(SkipReason::Empty),
        None => one.make(cells, records, part),
    }))
}

/// One record per wanted column and value; a row whose wanted columns are all blank is empty.
fn turn_row<'t>(
    turn: &Turned<'_>,
    texts: &[&'t str],
    nulls: &Nulls<'_>,
    maker: &mut Maker<'_>,
    cells: &[Cell<'t>],
    records: &mut Vec<Record>,
    part: &mut PartReport,
) -> RowOutcome {
    let mut outcome = RowOutcome::Skipped(SkipReason::Empty);
    for (at, name) in &turn.columns {
        let text = texts.get(*at).copied().unwrap_or_default();
        let values: Vec<&str> = turn.split.map_or_else(|| vec![text], |split| text.split(split).collect());
        for value in values {
            let mut row = cells.to_vec();
            let mut cell = Cell::Text(Cow::Borrowed(value));
            nulls.blank(&mut cell);
            if cell.is_missing() {
                continue;
            }
            if let Some(slot) = turn.value {
                row[slot] = cell;
            }
            if let Some(slot) = turn.column {
                row[slot] = Cell::Text(Cow::Owned(name.clone()));
            }
            match maker.make(&row, records, part) {
                RowOutcome::Records => outcome = RowOutcome::Records,
                // Not empty: left out.
                other if outcome != RowOutcome::Records => outcome = other,
                _ => {}
            }
        }
    }
    outcome
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{self, Read};

    /// Hands out what it holds in pieces of one size, so that lines end everywhere in them.
    struct Pieces(Vec<u8>, usize, usize);

    impl Read for Pieces {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let n = self.1.min(into.len()).min(self.0.len() - self.2);
            into[..n].copy_from_slice(&self.0[self.2..self.2 + n]);
            self.2 += n;
            Ok(n)
        }
    }

    fn count(text: &str, piece: usize) -> usize {
        let mut input = Input::new(Box::new(Pieces(text.as_bytes().to_vec(), piece, 0)));
        let mut lines = Lines::new();
        let mut found = 0;
        loop {
            match lines.next(&mut input, 1000) {
                Line::Whole(used) => {
                    found += 1;
                    input.consume(used);
                }
                Line::TooLong(_) => found += 1,
                Line::CutOff(used) => {
                    input.consume(used);
                    return found;
                }
                Line::End => return found,
            }
        }
    }

    #[test]
    fn a_line_that_ends_where_the_window_ends_is_not_the_end_of_the_file() {
        let text = "ab,c\n".repeat(40);
        for piece in 1..=text.len() {
            assert_eq!(count(&text, piece), 40, "in pieces of {piece}");
        }
        // And at the size at which a real stream is read, with one line more than fits.
        let long = "abcdefg\n".repeat(64 << 10);
        for piece in [64 << 10, 128 << 10, 1 << 20] {
            assert_eq!(count(&long, piece), 64 << 10, "in pieces of {piece}");
        }
    }
}
