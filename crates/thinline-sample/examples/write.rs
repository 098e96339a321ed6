//! Writes an invented export to a file: `write -- spotify 200000 OUT.zip [SEED]`.
//!
//! The first word is `spotify`, `spotify-account` or `netflix`; rows are spread over eight years up to 2026-01-01.

use std::{fs::File, io, io::BufWriter, process::ExitCode};
use thinline_sample::{Plan, netflix_zip, spotify_account_zip, spotify_zip};

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [service, rows, path, rest @ ..] = words.as_slice() else {
        eprintln!("usage: write spotify|spotify-account|netflix ROWS OUT [SEED]");
        return ExitCode::from(2);
    };
    match write(service, rows, path, rest.first()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn write(service: &str, rows: &str, path: &str, seed: Option<&String>) -> io::Result<()> {
    let number = |text: &str| text.parse().map_err(|e| io::Error::new(io::ErrorKind::InvalidInput, e));
    let seed = seed.map_or(Ok(1), |seed| number(seed))?;
    let plan = Plan { seed, rows: number(rows)?, until: 1_767_222_000, years: 8 };
    let file = BufWriter::new(File::create(path)?);
    let written = match service {
        "spotify" => spotify_zip(file, &plan),
        "spotify-account" => spotify_account_zip(file, &plan),
        "netflix" => netflix_zip(file, &plan),
        _ => Err(io::Error::new(io::ErrorKind::InvalidInput, "no such service")),
    }?;
    eprintln!("{} rows, {} records, {} files", written.rows, written.records, written.per_file.len());
    Ok(())
}
