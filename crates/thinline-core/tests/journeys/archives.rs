//! Invented archives in a folder: whole ones as services hand them out, and ones cut from them that overlap.

use std::fs::{self, File};
use std::io::{Cursor, Read, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};
use thinline_sample::{
    NetflixGeneration, Plan, SpotifyGeneration, Written, netflix_zip_of, spotify_account_zip, spotify_zip_of,
};
use zip::write::SimpleFileOptions;

/// 2025-03-03 in the evening.
pub const UNTIL: i64 = 1_741_028_399;

pub fn plan(rows: u64) -> Plan {
    Plan { seed: 11, rows, until: UNTIL, years: 4 }
}

/// An archive on disk, and what was written into it.
pub struct Made {
    pub path: PathBuf,
    pub written: Written,
}

fn made(dir: &Path, name: &str, write: impl FnOnce(File) -> std::io::Result<Written>) -> Made {
    let path = dir.join(name);
    let written = write(File::create_new(&path).unwrap()).unwrap();
    Made { path, written }
}

pub fn spotify(dir: &Path, rows: u64, generation: SpotifyGeneration) -> Made {
    made(dir, &format!("my_spotify_data_{rows}_{generation:?}.zip"), |file| {
        spotify_zip_of(file, &plan(rows), generation)
    })
}

pub fn spotify_account(dir: &Path, rows: u64) -> Made {
    made(dir, "my_spotify_data (1).zip", |file| spotify_account_zip(file, &plan(rows)))
}

pub fn netflix(dir: &Path, rows: u64, generation: NetflixGeneration) -> Made {
    made(dir, &format!("netflix-report_{generation:?}.zip"), |file| {
        netflix_zip_of(file, &plan(rows), generation)
    })
}

/// Unpacks a zip into a folder beside it.
pub fn unpacked(zip: &Path) -> PathBuf {
    let folder = zip.with_extension("");
    for (path, bytes) in members(zip) {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn members(zip: &Path) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(fs::read(zip).unwrap())).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut member = archive.by_index(at).unwrap();
            let mut bytes = Vec::new();
            member.read_to_end(&mut bytes).unwrap();
            (member.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

/// A zip of these members.
pub fn zip_of(path: &Path, members: &[(&str, &str)]) -> PathBuf {
    let mut zip = zip::ZipWriter::new(File::create_new(path).unwrap());
    for (name, text) in members {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap();
    path.to_owned()
}

/// Cuts overlapping Spotify histories out of one: each holds a range of its rows.
pub fn cuts(dir: &Path, rows: u64, ranges: &[Range<usize>]) -> Vec<PathBuf> {
    let whole = spotify(dir, rows, SpotifyGeneration::Current);
    let audio = members(&whole.path).into_iter().find(|(path, _)| path.contains("_Audio_")).unwrap().1;
    let plays: Vec<serde_json::Value> = serde_json::from_slice(&audio).unwrap();
    let cut = |(nth, range): (usize, &Range<usize>)| {
        let text = serde_json::to_string(&plays[range.clone()]).unwrap();
        let name = format!("Spotify Extended Streaming History/Streaming_History_Audio_{nth}.json");
        zip_of(&dir.join(format!("cut-{nth}.zip")), &[(&name, &text)])
    };
    ranges.iter().enumerate().map(cut).collect()
}

/// The same files as a packed tar.
pub fn as_tgz(zip: &Path) -> PathBuf {
    let path = zip.with_extension("tgz");
    let gz = flate2::write::GzEncoder::new(File::create_new(&path).unwrap(), flate2::Compression::fast());
    let mut tar = tar::Builder::new(gz);
    for (name, bytes) in members(zip) {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mtime(UNTIL.unsigned_abs());
        tar.append_data(&mut header, name, &bytes[..]).unwrap();
    }
    tar.into_inner().unwrap().finish().unwrap();
    path
}

/// Several archives in one zip.
pub fn together(path: &Path, archives: &[&Path]) -> PathBuf {
    let mut zip = zip::ZipWriter::new(File::create_new(path).unwrap());
    for archive in archives {
        let name = archive.file_name().unwrap().to_str().unwrap();
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(&fs::read(archive).unwrap()).unwrap();
    }
    zip.finish().unwrap();
    path.to_owned()
}

/// Zips a folder.
pub fn packed(path: &Path, folder: &Path) -> PathBuf {
    fn files(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in folder.read_dir().unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { files(&path, found) } else { found.push(path) }
        }
    }
    let mut all = Vec::new();
    files(folder, &mut all);
    all.sort();
    let mut zip = zip::ZipWriter::new(File::create_new(path).unwrap());
    for file in all {
        let name = file.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(&fs::read(&file).unwrap()).unwrap();
    }
    zip.finish().unwrap();
    path.to_owned()
}
