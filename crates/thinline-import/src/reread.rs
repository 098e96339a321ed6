//! Reads one stored row again, to know what in it is private.
//!
//! A row as it was written holds more than the record that shows it: several recipes read it, and one of them may mask what
//! another does not show at all. All of them are asked.

use crate::{
    Archive, Context, DateOrder, FileState, Folder, FolderEntry, Limits, PlannedFile, ReadSeek, RowRead,
    Sink, read_file,
};
use std::io::{self, Cursor};
use std::ops::ControlFlow;
use thinline_catalogue::{Reader, Recipe, RowStep, Service};
use thinline_model::Record;

/// The private values of a row that this recipe read from a file of this name; none if the row cannot be read again.
pub fn private_values(
    service: &Service,
    recipe: &str,
    path: &str,
    header: &str,
    row: &[u8],
) -> Option<Vec<String>> {
    let named = |id: &str| service.recipes.iter().position(|one| &*one.id == id);
    let own = &service.recipes[named(recipe)?];
    let first = own.also.as_deref().map_or_else(|| named(recipe), named)?;
    let base = &service.recipes[first];
    // There a row is one value, and its key, by which recipes part, is not in it.
    if base.rows.steps.last() == Some(&RowStep::Values) {
        return Some(Vec::new());
    }
    let also =
        (0..service.recipes.len()).filter(|at| service.recipes[*at].also.as_deref() == Some(&*base.id));
    let text = file_of(base, header, row);
    let file = PlannedFile {
        index: 0,
        path: path.to_owned(),
        size: text.len() as u64,
        state: FileState::Read,
        date_order: Some(DateOrder::DayFirst),
        recipes: std::iter::once(first).chain(also).collect(),
    };
    let mut archive = Archive::folder(Box::new(OneFile(text)), Limits::default()).ok()?;
    let mut found = Privates::default();
    let report = read_file(&mut archive, &file, &Context { service, account: "" }, &mut found).ok()?;
    (report.broken.is_none() && found.rows == 1).then_some(found.values)
}

/// A file in which this row is the only one.
fn file_of(recipe: &Recipe, header: &str, row: &[u8]) -> Vec<u8> {
    match recipe.reader {
        Reader::Csv => [header.as_bytes(), b"\n", row, b"\n"].concat(),
        Reader::Scala => [b"List(Map(", row, b"))"].concat(),
        Reader::Json => recipe.rows.steps.iter().rev().fold(row.to_vec(), |inside, step| match step {
            RowStep::Each => [b"[", inside.as_slice(), b"]"].concat(),
            RowStep::Values => [b"{\"\":", inside.as_slice(), b"}"].concat(),
            // Folded keys are plain letters and digits.
            RowStep::Key(names) => {
                let name = names.first().map(String::as_str).unwrap_or_default();
                [b"{\"", name.as_bytes(), b"\":", &inside, b"}"].concat()
            }
        }),
    }
}

#[derive(Default)]
struct Privates {
    rows: u64,
    values: Vec<String>,
}

impl Sink for Privates {
    fn row(&mut self, _: RowRead<'_>, records: &mut Vec<Record>) -> ControlFlow<()> {
        self.rows += 1;
        for record in records {
            let all = record.shape.fields.iter().zip(&record.detail);
            let private = all.filter(|((_, private), value)| *private && !value.is_empty());
            self.values.extend(private.map(|(_, value)| value.to_string()));
        }
        ControlFlow::Continue(())
    }

    fn progress(&mut self, _: u64) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

/// A folder in memory with one file.
struct OneFile(Vec<u8>);

impl Folder for OneFile {
    fn entries(&self) -> io::Result<Vec<FolderEntry>> {
        Ok(vec![FolderEntry { path: "row".to_owned(), size: self.0.len() as u64, modified: None }])
    }

    fn open(&self, _: usize) -> io::Result<Box<dyn ReadSeek>> {
        Ok(Box::new(Cursor::new(self.0.clone())))
    }
}
