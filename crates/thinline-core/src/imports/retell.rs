//! Makes records anew from the original rows of another source, when the import that told them better was taken back.
//!
//! A play in account data and in the extended history is one record with the values of the latter. Without that import, what is
//! left is what account data says: to the minute. Its rows were kept, so its recipe reads them again, from memory.
//! Where no original rows are kept, the better values stay.

use crate::Result;
use std::collections::BTreeMap;
use std::io::{self, Cursor};
use std::ops::ControlFlow;
use thinline_catalogue::{Catalogue, Service};
use thinline_import::{
    Archive, Context, FileState, Folder, FolderEntry, Limits, ReadSeek, RowOutcome, RowRead, Sink,
};
use thinline_model::Record;
use thinline_store::Write;

/// Replaces records, given as (id, file and row that hold them now), by what those rows say.
pub(crate) fn retell(write: &Write<'_>, bereft: &[(i64, i64, u32)]) -> Result<()> {
    let mut files: BTreeMap<i64, Vec<(i64, u32)>> = BTreeMap::new();
    for (id, file, row) in bereft {
        files.entry(*file).or_default().push((*id, *row));
    }
    for (file, mut rows) in files {
        rows.sort_unstable_by_key(|(_, row)| *row);
        if let Some(told) = read_again(write, file, &rows)? {
            write.retell(file, &told)?;
        }
    }
    Ok(())
}

/// The records of some rows of a file; none if the file tells them as they are, or its rows were not kept.
fn read_again(write: &Write<'_>, file: i64, rows: &[(i64, u32)]) -> Result<Option<Vec<(i64, u32, Record)>>> {
    let read = write.reader();
    let about = read.file(file)?;
    let import = read.import(about.import)?;
    let Some(service) = Catalogue::builtin().service(&import.service) else { return Ok(None) };
    let wanted: Vec<u32> = rows.iter().map(|(_, row)| *row).collect();
    let originals = read.originals(file, &wanted)?;
    let kept: Vec<(i64, u32, Vec<u8>)> =
        rows.iter().zip(originals).filter_map(|((id, row), original)| Some((*id, *row, original?))).collect();
    let text = match about.header.as_str() {
        "" => [&b"["[..], &joined(&kept, b","), b"]"].concat(),
        header => [header.as_bytes(), b"\n", &joined(&kept, b"\n")].concat(),
    };
    let stem = read.stem(&import.service, &import.account_name)?;
    let Some(records) = parse(service, &stem, &about.path, text) else { return Ok(None) };
    if records.len() != kept.len() {
        return Ok(None);
    }
    let told = kept.into_iter().zip(records).filter_map(|((id, row, _), record)| {
        let rough = record.as_ref()?.fact.as_ref()?.rank > 0;
        record.filter(|_| rough).map(|record| (id, row, record))
    });
    Ok(Some(told.collect()))
}

fn joined(rows: &[(i64, u32, Vec<u8>)], between: &[u8]) -> Vec<u8> {
    rows.iter().map(|(.., bytes)| bytes.as_slice()).collect::<Vec<_>>().join(between)
}

/// One record for each row, where it gives one.
fn parse(service: &Service, account: &str, path: &str, text: Vec<u8>) -> Option<Vec<Option<Record>>> {
    let mut archive =
        Archive::folder(Box::new(OneFile { path: path.to_owned(), text }), Limits::default()).ok()?;
    let plan = thinline_import::plan(&mut archive, service).ok()?;
    let file = plan.first().filter(|file| file.state == FileState::Read)?;
    let mut rows = Collect(Vec::new());
    thinline_import::read_file(&mut archive, file, &Context { service, account }, &mut rows).ok()?;
    Some(rows.0)
}

struct Collect(Vec<Option<Record>>);

impl Sink for Collect {
    fn row(&mut self, row: RowRead<'_>, records: &mut Vec<Record>) -> ControlFlow<()> {
        let one = (row.outcome == RowOutcome::Records && records.len() == 1).then(|| records.pop());
        self.0.push(one.flatten());
        ControlFlow::Continue(())
    }

    fn progress(&mut self, _: u64) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

/// A folder in memory with one file.
struct OneFile {
    path: String,
    text: Vec<u8>,
}

impl Folder for OneFile {
    fn entries(&self) -> io::Result<Vec<FolderEntry>> {
        Ok(vec![FolderEntry { path: self.path.clone(), size: self.text.len() as u64, modified: None }])
    }

    fn open(&self, _: usize) -> io::Result<Box<dyn ReadSeek>> {
        Ok(Box::new(Cursor::new(self.text.clone())))
    }
}
