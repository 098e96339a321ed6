//! Reads the rows of one planned file and hands each over with the records made from it.

use crate::{Archive, FailReason, FileReport, PlannedFile, ReadError, SkipReason};
use std::ops::ControlFlow;
use thinline_catalogue::Service;
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

/// Reads one file. A bad row never ends it, and a bad file never ends the import: what broke it off is in
/// [`FileReport::broken`], beside the rows that were handed over before.
///
/// # Errors
/// [`ReadError`] if the file cannot be opened, so that no row was read.
pub fn read_file(
    archive: &mut Archive,
    file: &PlannedFile,
    context: &Context<'_>,
    sink: &mut dyn Sink,
) -> Result<FileReport, ReadError> {
    let _ = (archive, file, context, sink);
    todo!("skeleton")
}
