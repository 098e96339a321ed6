//! Writes what fuzzing starts from: the samples of the catalogue and invented archives, by target.
//!
//! `seeds CATALOGUE OUT` makes `OUT/<target>/`.

use flate2::{Compression, write::GzEncoder};
use std::fs;
use std::io::{self, Cursor, Write};
use std::path::{Path, PathBuf};
use thinline_sample::{Plan, netflix_zip, spotify_account_zip, spotify_zip};
use zip::{ZipWriter, write::SimpleFileOptions};

fn main() -> io::Result<()> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(catalogue), Some(out)) = (arguments.next(), arguments.next()) else {
        return Err(io::Error::other("usage: seeds CATALOGUE OUT"));
    };
    let mut files = Vec::new();
    walk(&catalogue, &mut files)?;
    for path in &files {
        let name =
            path.strip_prefix(&catalogue).unwrap_or(path).to_string_lossy().replace(['/', '\\', ' '], "_");
        let target = match path.extension().and_then(|end| end.to_str()) {
            Some("csv") => "csv",
            Some("json") => "json",
            Some("toml") if path.ends_with("recipes.toml") => "recipes",
            _ => continue,
        };
        keep(&out, target, &name, &fs::read(path)?)?;
    }
    for (at, text) in DATES.iter().enumerate() {
        keep(&out, "dates", &at.to_string(), text.as_bytes())?;
    }
    archives(&out)
}

const DATES: &[&str] = &[
    "2024-02-29 23:59:59",
    "2024-02-29T23:59:59.999Z",
    "2024-02-29T23:59:59Z[UTC]",
    "2024-02-29 23:59",
    "1601-01-01 00:00:00",
    "9999-12-31 23:59:59",
    "3/14/24",
    "14.03.2024",
    "2024-03-14 01:02:03.456+0000",
    "1709251199999",
    "not available",
];

fn archives(out: &Path) -> io::Result<()> {
    let plan = Plan { seed: 5, rows: 12, until: 1_741_028_399, years: 2 };
    let made =
        |write: fn(Cursor<Vec<u8>>, &Plan) -> io::Result<Vec<u8>>| write(Cursor::new(Vec::new()), &plan);
    let all = [
        ("spotify", made(|file, plan| whole(file, |file| spotify_zip(file, plan)))?),
        ("account", made(|file, plan| whole(file, |file| spotify_account_zip(file, plan)))?),
        ("netflix", made(|file, plan| whole(file, |file| netflix_zip(file, plan)))?),
    ];
    for (name, bytes) in &all {
        keep(out, "archive", &format!("{name}.zip"), bytes)?;
        let mut tar = tar::Builder::new(Vec::new());
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        tar.append_data(&mut header, "inner.zip", &bytes[..])?;
        let tar = tar.into_inner()?;
        let mut gz = GzEncoder::new(Vec::new(), Compression::fast());
        gz.write_all(&tar)?;
        keep(out, "archive", &format!("{name}.tar"), &tar)?;
        keep(out, "archive", &format!("{name}.tgz"), &gz.finish()?)?;
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file("inner.zip", SimpleFileOptions::default()).map_err(io::Error::other)?;
        zip.write_all(bytes)?;
        let nested = zip.finish().map_err(io::Error::other)?.into_inner();
        keep(out, "archive", &format!("{name}-nested.zip"), &nested)?;
    }
    Ok(())
}

/// What a generator writes, as bytes.
fn whole<W>(
    mut file: Cursor<Vec<u8>>,
    write: impl FnOnce(&mut Cursor<Vec<u8>>) -> io::Result<W>,
) -> io::Result<Vec<u8>> {
    write(&mut file)?;
    Ok(file.into_inner())
}

fn keep(out: &Path, target: &str, name: &str, bytes: &[u8]) -> io::Result<()> {
    let folder = out.join(target);
    fs::create_dir_all(&folder)?;
    fs::write(folder.join(name), bytes)
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            walk(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
