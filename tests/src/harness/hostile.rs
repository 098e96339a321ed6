//! Invented exports in which every text tries to be more than text: markup, scripts, formulas, sequences that steer a terminal,
//! characters that turn a line around.
//!
//! Made from the exports of `thinline-sample`: whatever is a text there, and no date, number or address, is put between the two
//! planted pieces, and so are the names of an additional file and of the archive. Rows whose planted words are no words of the
//! service any more may fail; that is for the import to say.

use std::io::{Cursor, Read as _, Write as _};
use std::path::{Path, PathBuf};

use serde_json::Value;
use thinline_sample::{Plan, netflix_zip, spotify_account_zip, spotify_zip};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// Exports with planted text.
#[derive(Debug, Clone)]
pub struct Hostile {
    /// The archives, Netflix first.
    pub archives: Vec<PathBuf>,
}

const BEFORE: &str = "=1+1<b class=planted onclick=window.planted=1>";
const AFTER: &str = "<script>window.planted=1</script><img class=planted src=x onerror=window.planted=1>\
                     \"'><svg class=planted onload=window.planted=1>\u{1b}]0;owned\u{7}\u{9b}2J\u{1b}[31m\u{202e}end\u{200f}";

impl Hostile {
    /// A piece of every planted text: where it is seen as written, text was shown as text.
    pub const SHOWN: &str = "<b class=planted";

    /// Elements that would come to be if planted text became markup.
    pub const ELEMENTS: &str = ".planted";

    /// Writes the archives to `folder`.
    #[track_caller]
    pub fn write(folder: &Path) -> Self {
        let plan = Plan { seed: 31, rows: 60, until: 1_741_028_399, years: 1 };
        let made = |write: &dyn Fn(&mut Cursor<Vec<u8>>)| {
            let mut archive = Cursor::new(Vec::new());
            write(&mut archive);
            planted(archive)
        };
        let archives = [
            ("netflix", made(&|w| drop(netflix_zip(w, &plan).expect("made in memory")))),
            ("my_spotify_data", made(&|w| drop(spotify_account_zip(w, &plan).expect("made in memory")))),
            ("my_spotify_data (1)", made(&|w| drop(spotify_zip(w, &plan).expect("made in memory")))),
        ]
        .map(|(name, bytes)| {
            // A name may hold everything but a slash.
            let path = folder
                .join(format!("{name} <b class=planted><img class=planted src=x>\u{202e}\u{1b}[31m.zip"));
            std::fs::write(&path, bytes).expect("an archive can be written");
            path
        });
        Self { archives: archives.to_vec() }
    }

    /// Characters of a text that steer a terminal or turn a line around, as numbers; ends of lines and tabs are none.
    pub fn steering(text: &str) -> Vec<String> {
        let steers = |c: &char| {
            (c.is_control() && !matches!(c, '\n' | '\t'))
                || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        };
        text.chars().filter(steers).map(|c| format!("U+{:04X}", u32::from(c))).collect()
    }
}

fn planted(archive: Cursor<Vec<u8>>) -> Vec<u8> {
    let mut old = ZipArchive::new(archive).expect("a zip");
    let mut new = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    for at in 0..old.len() {
        let mut member = old.by_index(at).expect("a member");
        let name = member.name().expect("a name").into_owned();
        let mut bytes = Vec::new();
        member.read_to_end(&mut bytes).expect("it can be read");
        let bytes = match name.rsplit('.').next() {
            Some("json") => in_json(&bytes),
            Some("csv") => in_csv(&bytes),
            _ => bytes,
        };
        new.start_file(name, options).expect("a file can be added");
        new.write_all(&bytes).expect("it can be written");
    }
    new.start_file(format!("Unknown {BEFORE}\u{202e}.json"), options).expect("a file can be added");
    new.write_all(b"[]").expect("it can be written");
    new.finish().expect("the archive can be closed").into_inner()
}

fn in_json(bytes: &[u8]) -> Vec<u8> {
    let Ok(mut value) = serde_json::from_slice(bytes) else { return bytes.to_vec() };
    plant(&mut value);
    value.to_string().into_bytes()
}

fn plant(value: &mut Value) {
    match value {
        Value::String(text) if is_text(text) => *text = format!("{BEFORE}{text}{AFTER}"),
        Value::Array(items) => items.iter_mut().for_each(plant),
        Value::Object(fields) => fields.values_mut().for_each(plant),
        _ => {}
    }
}

fn in_csv(bytes: &[u8]) -> Vec<u8> {
    let mut table = csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(bytes);
    let mut out = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for (at, row) in table.records().enumerate() {
        let row = row.expect("the invented table can be read");
        let cell = |cell: &str| {
            if at > 0 && is_text(cell) { format!("{BEFORE}{cell}{AFTER}") } else { cell.to_owned() }
        };
        out.write_record(row.iter().map(cell)).expect("written to memory");
    }
    out.into_inner().expect("written to memory")
}

/// Not a date, number, address, truth value or short word of the service.
fn is_text(text: &str) -> bool {
    let starts = text.chars().next().is_some_and(char::is_uppercase);
    starts
        && text.chars().any(char::is_lowercase)
        && !text.contains("://")
        && !["True", "False", "Yes", "No"].contains(&text)
}
