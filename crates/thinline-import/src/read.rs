//! Reads the rows of one planned file and hands each over with the records made from it.

use crate::{
    Archive, FailReason, FileReport, Limit, Note, PartReport, PartState, PlannedFile, ReadError, SkipReason,
    archive::read_error, date_order::order_for, input::Input, lines, list::List, lists, rowmaker::RowMaker,
    scala,
};
use std::ops::ControlFlow;
use thinline_catalogue::{Reader, Recipe, Service};
use thinline_model::Record;

/// Whose rows are read.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The service with which the file was planned.
    pub service: &'a Service,
    /// The account inside the service; part of every record's natural key.
    pub account: &'a str,
}

/// Takes rows as they are read.
pub trait Sink {
    /// One row, in file order. What is left in `records` is dropped; break to stop reading.
    fn row(&mut self, row: RowRead<'_>, records: &mut Vec<Record>) -> ControlFlow<()>;

    /// Called now and then with the unpacked bytes of this file read so far; break to stop reading.
    fn progress(&mut self, bytes_read: u64) -> ControlFlow<()>;
}

/// One row.
#[derive(Debug, Clone, Copy)]
pub struct RowRead<'a> {
    /// Place of its part in `FileReport::parts`.
    pub part: u32,
    /// 1-based in its part's file order.
    pub number: u64,
    /// The bytes as they stand in the file; for a row that is too long, its beginning.
    pub original: &'a [u8],
    /// What became of it.
    pub outcome: RowOutcome,
}

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowOutcome {
    /// It gave records.
    Records,
    /// It gave none, and that is right.
    Skipped(SkipReason),
    /// It could not be read.
    Failed(FailReason),
}

/// Why reading ended before the file did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    Stopped,
    CutOff,
    Format,
}

/// How often progress is told, in unpacked bytes.
const PROGRESS: u64 = 256 << 10;
/// Failed rows that are told with their number.
const TOLD: usize = 20;

/// The rows of a file on their way to the sink, and their account.
pub(crate) struct Rows<'s> {
    sink: &'s mut dyn Sink,
    parts: Vec<PartReport>,
    part: usize,
    records: Vec<Record>,
    limit: usize,
    told: u64,
}

impl Rows<'_> {
    pub fn limit(&self) -> usize {
        self.limit
    }

    pub fn parts(&mut self) -> &mut Vec<PartReport> {
        &mut self.parts
    }

    /// The rows that follow belong to this part.
    pub fn enter(&mut self, part: usize) {
        self.part = part;
    }

    /// A row of a list that no recipe reads.
    pub fn count(&mut self) {
        self.parts[self.part].rows += 1;
    }

    /// Lets a maker make records into the row at hand.
    pub fn make(&mut self, make: impl FnOnce(&mut Vec<Record>, &mut PartReport) -> RowOutcome) -> RowOutcome {
        make(&mut self.records, &mut self.parts[self.part])
    }

    /// Says something of the rows of this part.
    pub fn note(&mut self, note: Note, times: u64) {
        self.parts[self.part].noted(note, times);
    }

    pub fn failed(&mut self, reason: FailReason, original: &[u8]) -> Result<(), End> {
        self.hand_over(RowOutcome::Failed(reason), original)
    }

    /// Accounts for a row and gives it to the sink.
    pub fn hand_over(&mut self, outcome: RowOutcome, original: &[u8]) -> Result<(), End> {
        let part = &mut self.parts[self.part];
        part.rows += 1;
        let number = part.rows;
        match outcome {
            RowOutcome::Records => part.records += self.records.len() as u64,
            RowOutcome::Skipped(reason) => *part.skipped.entry(reason.id()).or_default() += 1,
            RowOutcome::Failed(_) => {
                part.failed += 1;
                if part.failed_at.len() < TOLD {
                    part.failed_at.push(number);
                }
            }
        }
        let row = RowRead { part: u32::try_from(self.part).unwrap_or(u32::MAX), number, original, outcome };
        let flow = self.sink.row(row, &mut self.records);
        self.records.clear();
        if flow.is_break() { Err(End::Stopped) } else { Ok(()) }
    }

    pub fn progress(&mut self, read: u64) -> Result<(), End> {
        if read < self.told + PROGRESS {
            return Ok(());
        }
        self.told = read;
        if self.sink.progress(read).is_break() { Err(End::Stopped) } else { Ok(()) }
    }
}

/// Reads one file. A bad row never ends it, and a bad file never ends the import: what broke it off is in
/// [`FileReport::broken`], beside the rows that were handed over before.
///
/// # Errors
/// [`ReadError`] if the file cannot be opened, or if its dates can be read in two ways and nobody said in which: no row
/// was read.
pub fn read_file(
    archive: &mut Archive,
    file: &PlannedFile,
    context: &Context<'_>,
    sink: &mut dyn Sink,
) -> Result<FileReport, ReadError> {
    let all = file.recipes.iter().filter_map(|at| context.service.recipes.get(*at));
    // The recipes that have rows, each with those that read the same rows too.
    let (recipes, also): (Vec<&Recipe>, Vec<&Recipe>) = all.partition(|recipe| recipe.also.is_none());
    let beside = |recipe: &Recipe| -> Vec<&Recipe> {
        also.iter().copied().filter(|one| one.also.as_ref() == Some(&recipe.id)).collect()
    };
    let limit = archive.limits().row_bytes;
    let dates = order_for(archive, file, context.service)?;
    let mut input = Input::new(archive.open(file.index)?);
    let parts =
        recipes.iter().map(|recipe| PartReport::new(&recipe.rows.written, Some(&recipe.id))).collect();
    let mut rows = Rows { sink, parts, part: 0, records: Vec::new(), limit, told: 0 };
    let (header, done) = match recipes.first().map(|recipe| recipe.reader) {
        None => (None, Ok(())),
        Some(reader @ (Reader::Csv | Reader::Scala)) => {
            let mut maker = RowMaker::new(recipes[0], &beside(recipes[0]), context);
            maker.makers().iter_mut().for_each(|maker| maker.date_order = dates);
            let mut table = Table { maker: &mut maker, file: &event_name(&file.path) };
            match reader {
                Reader::Scala => (None, scala::read(&mut input, &mut table, &mut rows)),
                _ => lines::read(&mut input, &mut table, &mut rows),
            }
        }
        Some(Reader::Json) => {
            let event = event_name(&file.path);
            let maker = |at: usize| RowMaker::new(recipes[at], &beside(recipes[at]), context);
            let mut all: Vec<_> =
                (0..recipes.len()).map(|part| List::new(part, maker(part), &event)).collect();
            (None, lists::read(&mut input, &mut all, &mut rows))
        }
    };
    let error = input.take_error().map(read_error);
    let stopped = done == Err(End::Stopped);
    let broken = error.or(match done {
        Ok(()) | Err(End::Stopped) => None,
        Err(End::CutOff) => Some(ReadError::CutOff),
        Err(End::Format) => Some(ReadError::Format),
    });
    let bytes = input.read();
    Ok(FileReport { header, parts: told(rows.parts, broken.as_ref()), bytes, stopped, broken })
}

/// A file whose rows are all of one kind.
pub(crate) struct Table<'t, 'a> {
    pub maker: &'t mut RowMaker<'a>,
    /// The file's name, for `@file`.
    pub file: &'t str,
}

/// A file's name without its ending, its page number and `_Hourly`: for the technical log, the kind of event.
fn event_name(path: &str) -> String {
    let base = path.rsplit('/').next().unwrap_or_default();
    let name = base.rsplit_once('.').map_or(base, |(name, _)| name);
    let page = |name: &str| {
        name.rsplit_once('_')
            .filter(|(_, n)| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
            .map(|(name, _)| name.to_owned())
    };
    let name = page(name).unwrap_or_else(|| name.to_owned());
    let hourly = name
        .len()
        .checked_sub(7)
        .filter(|at| name.is_char_boundary(*at) && name[*at..].eq_ignore_ascii_case("_hourly"));
    hourly.map_or(name.clone(), |at| name[..at].to_owned())
}

/// Gives every part its state: what holds rows and gave none has failed, as has what broke before its first row.
fn told(mut parts: Vec<PartReport>, broken: Option<&ReadError>) -> Vec<PartReport> {
    for part in parts.iter_mut().filter(|part| part.recipe.is_some()) {
        let counted = part.skipped.contains_key(SkipReason::Counted.id());
        part.state = match (part.rows, part.failed) {
            _ if counted => PartState::Counted,
            (0, _) if broken.is_some() => PartState::Failed,
            (0, _) => PartState::Empty,
            (rows, failed) if rows == failed => PartState::Failed,
            _ => PartState::Read,
        };
    }
    parts
}

impl ReadError {
    /// The limit that was broken, if that is the reason.
    pub fn limit(&self) -> Option<Limit> {
        if let Self::Limit(limit) = self { Some(*limit) } else { None }
    }
}
