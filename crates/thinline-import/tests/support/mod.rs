//! What the tests of this crate share: folders and zips in memory, a sink that keeps everything, records as text.

#![allow(dead_code, reason = "each test binary uses a part of it")]

use std::{
    fmt::Write as _,
    fs, io,
    io::{Cursor, Write},
    ops::ControlFlow,
    path::{Path, PathBuf},
};
use thinline_catalogue::{Catalogue, Service};
use thinline_import::{
    Archive, Context, FileReport, FileState, Folder, FolderEntry, ImportError, Limits, PlannedFile,
    ReadError, ReadSeek, RowOutcome, RowRead, Sink, plan, read_file,
};
use thinline_model::{Record, When};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// Files in memory, as a folder.
pub struct Files(pub Vec<(String, Vec<u8>)>);

impl Folder for Files {
    fn entries(&self) -> io::Result<Vec<FolderEntry>> {
        let entry = |(path, bytes): &(String, Vec<u8>)| FolderEntry {
            path: path.clone(),
            size: bytes.len() as u64,
            modified: None,
        };
        Ok(self.0.iter().map(entry).collect())
    }

    fn open(&self, index: usize) -> io::Result<Box<dyn ReadSeek>> {
        Ok(Box::new(Cursor::new(self.0[index].1.clone())))
    }
}

/// Every file below a folder, sorted.
pub fn load(root: &Path) -> Files {
    fn walk(root: &Path, at: &Path, files: &mut Vec<(String, Vec<u8>)>) {
        for entry in fs::read_dir(at).expect("the folder lists") {
            let path = entry.expect("the entry reads").path();
            if path.is_dir() {
                walk(root, &path, files);
            } else {
                let inside = path.strip_prefix(root).expect("is below").to_string_lossy().replace('\\', "/");
                files.push((inside, fs::read(&path).expect("the file reads")));
            }
        }
    }
    let mut files = Vec::new();
    walk(root, root, &mut files);
    files.sort();
    Files(files)
}

/// Every sample: service, case, folder of the case.
pub fn samples() -> Vec<(String, String, PathBuf)> {
    let catalogue = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogue");
    let list = |path: &Path| -> Vec<PathBuf> {
        let mut paths: Vec<_> = fs::read_dir(path)
            .map(|dir| dir.flatten().map(|entry| entry.path()).collect())
            .unwrap_or_default();
        paths.retain(|path: &PathBuf| path.is_dir());
        paths.sort();
        paths
    };
    let name =
        |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut samples = Vec::new();
    for service in list(&catalogue) {
        for case in list(&service.join("samples")) {
            samples.push((name(&service), name(&case), case));
        }
    }
    samples
}

pub fn zip_bytes(files: &[(&str, &[u8])]) -> Vec<u8> {
    zip_with(files, SimpleFileOptions::default().compression_method(CompressionMethod::Deflated))
}

pub fn zip_with(files: &[(&str, &[u8])], options: SimpleFileOptions) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, options).expect("starts");
        zip.write_all(bytes).expect("writes");
    }
    zip.finish().expect("finishes").into_inner()
}

pub fn open_zip(bytes: Vec<u8>) -> Result<Archive, ImportError> {
    Archive::zip(Box::new(Cursor::new(bytes)), Limits::default())
}

pub fn folder(files: &[(&str, &str)]) -> Archive {
    let files = files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect();
    Archive::folder(Box::new(Files(files)), Limits::default()).expect("the folder opens")
}

pub fn service(id: &str) -> &'static Service {
    Catalogue::builtin().service(id).expect("is in the catalogue")
}

/// One row as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub part: u32,
    pub number: u64,
    pub original: String,
    pub outcome: RowOutcome,
    pub records: usize,
}

/// Keeps all rows and records; may stop after some.
#[derive(Default)]
pub struct Kept {
    pub rows: Vec<Row>,
    pub records: Vec<Record>,
    pub progress: Vec<u64>,
    pub stop_after: Option<usize>,
}

impl Sink for Kept {
    fn row(&mut self, row: RowRead<'_>, records: &mut Vec<Record>) -> ControlFlow<()> {
        self.rows.push(Row {
            part: row.part,
            number: row.number,
            original: String::from_utf8_lossy(row.original).into_owned(),
            outcome: row.outcome,
            records: records.len(),
        });
        self.records.append(records);
        if self.stop_after.is_some_and(|most| self.rows.len() >= most) {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }

    fn progress(&mut self, bytes_read: u64) -> ControlFlow<()> {
        self.progress.push(bytes_read);
        ControlFlow::Continue(())
    }
}

pub fn read_into(
    archive: &mut Archive,
    file: &PlannedFile,
    service: &Service,
    kept: &mut Kept,
) -> Result<FileReport, ReadError> {
    let report = read_file(archive, file, &Context { service, account: "default" }, kept)?;
    reconcile(&report, kept);
    Ok(report)
}

/// Rows = rows with records + skipped + failed, in every part that a recipe reads.
pub fn reconcile(report: &FileReport, kept: &Kept) {
    for (at, part) in report.parts.iter().enumerate().filter(|(_, part)| part.recipe.is_some()) {
        let rows: Vec<_> = kept.rows.iter().filter(|row| row.part as usize == at).collect();
        let with_records = rows.iter().filter(|row| row.outcome == RowOutcome::Records).count() as u64;
        assert_eq!(part.rows, rows.len() as u64);
        assert_eq!(part.rows, with_records + part.skipped.values().sum::<u64>() + part.failed);
        assert_eq!(part.records, rows.iter().map(|row| row.records as u64).sum::<u64>());
        assert!(rows.iter().all(|row| (row.outcome == RowOutcome::Records) == (row.records > 0)));
        assert!(rows.iter().zip(1..).all(|(row, number)| row.number == number));
    }
}

/// Reads the only file of an archive that recipes read.
pub fn read_one(archive: &mut Archive, id: &str) -> (FileReport, Kept) {
    let planned = plan(archive, service(id)).expect("plans");
    let file = planned.iter().find(|file| file.state == FileState::Read).expect("a file is read");
    let mut kept = Kept::default();
    let report = read_into(archive, file, service(id), &mut kept).expect("opens");
    (report, kept)
}

/// One line per record: a review reads like a table. Private values are shown: they are invented.
pub fn as_text(record: &Record) -> String {
    let when = match record.when {
        When::Dated { at, precision, certainty } => format!("{} {} {}", at.0, precision.id(), certainty.id()),
        When::Undated => "undated".to_owned(),
    };
    let mut text = format!(
        "{when} | {} {} {} {} {} | {} | {}",
        record.kind.id(),
        record.origin.id(),
        record.category.id(),
        record.party.id(),
        record.sensitivity.level(),
        record.person.as_deref().unwrap_or("-"),
        record.recipe,
    );
    for (name, value) in [
        ("title", &record.title),
        ("by", &record.by),
        ("counterparty", &record.counterparty),
        ("url", &record.url),
        ("raw", &record.raw_time),
    ] {
        if !value.is_empty() {
            let _ = write!(text, "\n    {name} = {value:?}");
        }
    }
    for ((name, private), value) in record.shape.fields.iter().zip(&record.detail) {
        if !value.is_empty() {
            let _ = write!(text, "\n    {}{name} = {value:?}", if *private { "(private) " } else { "" });
        }
    }
    let _ = write!(text, "\n    hash = {:016x}", record.hash.0);
    text
}
