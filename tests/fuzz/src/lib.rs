//! What the targets share: reading an archive to its end as every service, and what must hold whatever it is.
//!
//! A panic, an overflow, a hang and too much memory are found by the fuzzer itself. Here is held that rows add up and that
//! errors are sentences of the program, never content.

use std::collections::BTreeMap;
use std::io::{self, Cursor};
use std::ops::ControlFlow;
use std::sync::Mutex;
use thinline_catalogue::{Catalogue, Reader, Service};
use thinline_import::{
    Archive, Context, FileReport, FileState, Folder, FolderEntry, Limits, ReadSeek, RowOutcome, RowRead,
    Sink, detect, plan, read_file,
};
use thinline_model::Record;

/// Small, so that what breaks them is found, and nothing takes long.
pub const LIMITS: Limits = Limits {
    entries: 200,
    total_bytes: 16 << 20,
    ratio: 100,
    row_bytes: 64 << 10,
    path_length: 200,
    depth: 4,
    held_bytes: 1 << 20,
};

/// Files in memory that all have the same content.
pub struct Same {
    pub names: Vec<String>,
    pub content: Vec<u8>,
}

impl Folder for Same {
    fn entries(&self) -> io::Result<Vec<FolderEntry>> {
        let size = self.content.len() as u64;
        let entry = |name: &String| FolderEntry { path: name.clone(), size, modified: None };
        Ok(self.names.iter().map(entry).collect())
    }

    fn open(&self, _: usize) -> io::Result<Box<dyn ReadSeek>> {
        Ok(Box::new(Cursor::new(self.content.clone())))
    }
}

/// One name for each recipe with this reader.
fn names(reader: Reader) -> Vec<String> {
    let recipes = Catalogue::builtin().services.iter().flat_map(|service| &service.recipes);
    let files = recipes.filter(|recipe| recipe.reader == reader).filter_map(|recipe| recipe.files.first());
    let mut names: Vec<String> = files.map(|file| file.written().replace(['*', '?'], "0")).collect();
    names.sort();
    names.dedup();
    names
}

/// Reads the same content under every name by which such recipes read it.
///
/// Which ones do is asked once for each beginning: asking a hundred recipes takes longer than reading.
pub fn read_as(reader: Reader, content: &[u8]) {
    static FITTING: Mutex<BTreeMap<Vec<u8>, Vec<String>>> = Mutex::new(BTreeMap::new());
    let line = content.iter().position(|byte| *byte == b'\n').unwrap_or(content.len());
    let most = if reader == Reader::Csv { 1_000 } else { 80 };
    let beginning = content[..line.min(most)].to_vec();
    let mut fitting = FITTING.lock().expect("no target goes on after a panic");
    if fitting.len() > 20_000 {
        fitting.clear();
    }
    let names = fitting.entry(beginning).or_insert_with(|| fitting_names(reader, content)).clone();
    drop(fitting);
    read_named(&names, content);
}

fn fitting_names(reader: Reader, content: &[u8]) -> Vec<String> {
    let files = Same { names: names(reader), content: content.to_vec() };
    let Ok(mut archive) = Archive::folder(Box::new(files), LIMITS) else { return Vec::new() };
    let services = Catalogue::builtin().services.iter();
    let planned = services.filter_map(|service| plan(&mut archive, service).ok()).flatten();
    let mut fitting: Vec<String> =
        planned.filter(|file| file.state == FileState::Read).map(|file| file.path).collect();
    fitting.sort();
    fitting.dedup();
    fitting
}

/// Reads the same content under these names.
pub fn read_named<S: AsRef<str>>(names: &[S], content: &[u8]) {
    let names = names.iter().map(|name| name.as_ref().to_owned()).collect();
    let files = Same { names, content: content.to_vec() };
    if let Ok(mut archive) = Archive::folder(Box::new(files), LIMITS) {
        read_all(&mut archive);
    }
}

/// Detects, plans and reads everything, as every service.
pub fn read_all(archive: &mut Archive) {
    let catalogue = Catalogue::builtin();
    if let Err(error) = detect(archive, catalogue) {
        is_a_sentence(&error.to_string());
    }
    for service in &catalogue.services {
        match plan(archive, service) {
            Err(error) => is_a_sentence(&error.to_string()),
            Ok(planned) => {
                for file in planned.iter().filter(|file| file.state == FileState::Read) {
                    read(archive, file, service);
                }
            }
        }
    }
}

fn read(archive: &mut Archive, file: &thinline_import::PlannedFile, service: &Service) {
    let mut counts = Counts::default();
    match read_file(archive, file, &Context { service, account: "default" }, &mut counts) {
        Err(error) => is_a_sentence(&error.to_string()),
        Ok(report) => {
            if let Some(broken) = &report.broken {
                is_a_sentence(&broken.to_string());
            }
            counts.fit(&report);
        }
    }
}

/// An error is one of the program's own sentences: short, and without a letter of what was read.
pub fn is_a_sentence(error: &str) {
    assert!(error.len() <= 120 && error.is_ascii(), "an error of {} bytes", error.len());
}

/// Rows and records by part, as they came.
#[derive(Default)]
struct Counts {
    parts: Vec<[u64; 3]>,
}

impl Sink for Counts {
    fn row(&mut self, row: RowRead<'_>, records: &mut Vec<Record>) -> ControlFlow<()> {
        let part = row.part as usize;
        if self.parts.len() <= part {
            self.parts.resize(part + 1, [0; 3]);
        }
        let counts = &mut self.parts[part];
        counts[0] += 1;
        counts[1] += u64::from(row.outcome == RowOutcome::Records);
        counts[2] += records.len() as u64;
        assert_eq!(row.number, counts[0], "rows are numbered in their order");
        assert!(row.original.len() <= LIMITS.row_bytes + 1, "a row is no longer than the limit");
        ControlFlow::Continue(())
    }

    fn progress(&mut self, _: u64) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

impl Counts {
    fn fit(&self, report: &FileReport) {
        for (at, part) in report.parts.iter().enumerate().filter(|(_, part)| part.recipe.is_some()) {
            let [rows, with_records, records] = self.parts.get(at).copied().unwrap_or_default();
            let told = with_records + part.skipped.values().sum::<u64>() + part.failed;
            assert_eq!((part.rows, part.rows, part.records), (rows, told, records), "the account of a part");
        }
    }
}
