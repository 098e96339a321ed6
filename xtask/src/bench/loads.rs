//! Importing: against its floor, once more, zipped anew; memory; bytes on disk; growth from size to size.

use super::failed;
use super::runs::{Thinline, median, number, ratio, show, text};
use crate::command::Failure;
use crate::say::line as say;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// How often each step runs; a third of it for very large stores.
const ROUNDS: usize = 5;
const LARGE: u64 = 2_000_000;

/// One size: its archives, what importing them cost, and a store that holds them.
pub struct Loads {
    pub rows: u64,
    pub spotify: PathBuf,
    pub netflix: PathBuf,
    /// CPU seconds of importing Spotify, round by round.
    pub import: Vec<f64>,
    /// Records that it gave.
    pub records: f64,
    /// MiB.
    peak: Vec<f64>,
    /// Holds both archives.
    pub data: PathBuf,
}

impl Loads {
    pub fn measure(thinline: &Thinline, rows: u64) -> Result<Self, Failure> {
        let spotify = thinline.folder.join(format!("spotify-{rows}.zip"));
        let netflix = thinline.folder.join(format!("netflix-{rows}.zip"));
        let written =
            thinline.json(&["bench", "write", "spotify", &rows.to_string(), &text(&spotify)], None)?;
        thinline.json(&["bench", "write", "netflix", &(rows / 20).to_string(), &text(&netflix)], None)?;
        say(&format!("\n== {rows} Spotify rows, {} MB zipped ==", megabytes(&spotify)));
        let rounds = if rows > LARGE { ROUNDS / 2 } else { ROUNDS };
        let (import, peak) = rounds_of(thinline, &spotify, &written, rounds)?;
        let data = thinline.fresh("data");
        let (_, report) = thinline.timed(&["import", &text(&spotify)], Some(&data))?;
        let records = number(&report["imports"][0]["records"]);
        size(thinline, "bytes per record, with original rows (target <= 400)", &data)?;
        thinline.json(&["import", &text(&netflix)], Some(&data))?;
        let lean = thinline.fresh("lean");
        thinline.json(&["bench", "without-originals"], Some(&lean))?;
        thinline.json(&["import", &text(&spotify)], Some(&lean))?;
        size(thinline, "bytes per record, without them (target <= 290)", &lean)?;
        let _ = fs::remove_dir_all(&lean);
        Ok(Self { rows, spotify, netflix, import, records, peak, data })
    }
}

type Measured = (Vec<f64>, Vec<f64>);

fn rounds_of(
    thinline: &Thinline,
    spotify: &Path,
    written: &Value,
    rounds: usize,
) -> Result<Measured, Failure> {
    let again = rezipped(spotify)?;
    let bare = thinline.folder.join("bare.db");
    let (mut import, mut peak) = (vec![], vec![]);
    let (mut floor, mut plain, mut reparse, mut second, mut rezip) = (vec![], vec![], vec![], vec![], vec![]);
    let (mut pages, mut plain_pages) = (vec![], vec![]);
    let page = |arguments: &[&str]| Ok::<f64, Failure>(number(&thinline.json(arguments, None)?["p50"]));
    let cpu = |arguments: &[&str]| Ok::<f64, Failure>(thinline.timed(arguments, None)?.0.cpu);
    for _ in 0..rounds {
        let data = thinline.fresh("data");
        let (cost, report) = thinline.timed(&["import", &text(spotify)], Some(&data))?;
        complete(&report, written)?;
        import.push(cost.cpu);
        peak.push(cost.peak);
        remove_database(&bare);
        floor.push(cpu(&["bench", "floor", &text(spotify), &text(&bare)])?);
        pages.push(page(&["bench", "pages", &text(&bare)])?);
        remove_database(&bare);
        plain.push(cpu(&["bench", "floor", "--plain", &text(spotify), &text(&bare)])?);
        plain_pages.push(page(&["bench", "pages", "--plain", &text(&bare)])?);
        reparse.push(cpu(&["bench", "reparse", &text(spotify)])?);
        second.push(thinline.timed(&["import", &text(spotify)], Some(&data))?.0.cpu);
        let (cost, report) = thinline.timed(&["import", &text(&again)], Some(&data))?;
        if report["imports"][0]["read"] != 0 {
            return Err(failed("the second import found new records"));
        }
        rezip.push(cost.cpu);
    }
    remove_database(&bare);
    let _ = fs::remove_file(&again);
    show("import, CPU s", &import);
    show("inflate + parse alone, CPU s", &reparse);
    show("floor: parse + the same rows inserted bare, CPU s", &floor);
    ratio("import / floor (target <= 1.6)", &import, &floor);
    ratio("second import of the same archive / first (target <= 0.05)", &second, &import);
    ratio("second import, zipped anew / first (target <= 0.5)", &rezip, &import);
    ratio("bare rows encrypted / plain, load with parsing (target <= 1.25)", &floor, &plain);
    ratio("pages of 100 bare rows encrypted / plain, median (target <= 2)", &pages, &plain_pages);
    show("peak memory of the import, MiB (target <= 160)", &peak);
    Ok((import, peak))
}

/// Between the smallest and the largest size: how CPU and memory grow.
pub fn growth(loads: &[Loads]) {
    let (Some(small), Some(large)) = (loads.first(), loads.last()) else { return };
    if small.rows >= large.rows {
        return;
    }
    let times = (median(&large.import) / median(&small.import)).ln();
    let exponent = times / (large.records / small.records).ln();
    say(&format!("\n== {} against {} rows ==", large.rows, small.rows));
    say(&format!("growth exponent of import CPU (target <= 1.10): {exponent:.2}"));
    say(&format!(
        "peak memory, largest / smallest (target <= 1.15): {:.2}",
        median(&large.peak) / median(&small.peak)
    ));
}

fn remove_database(path: &Path) {
    for end in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(format!("{}{end}", text(path)));
    }
}

fn size(thinline: &Thinline, what: &str, data: &Path) -> Result<(), Failure> {
    let status = thinline.json(&["status"], Some(data))?;
    say(&format!("{what}: {:.0}", number(&status["bytes"]) / number(&status["records"])));
    Ok(())
}

/// A speed counts only if the run is complete: what the generator wrote is what the import reports.
fn complete(report: &Value, written: &Value) -> Result<(), Failure> {
    let import = &report["imports"][0];
    let whole =
        import["rows"] == written["rows"] && import["records"] == written["records"] && import["failed"] == 0;
    if whole { Ok(()) } else { Err(failed("the import's totals are not those of the archive")) }
}

/// The same archive with a comment at its end: another file, the same content.
fn rezipped(archive: &Path) -> Result<PathBuf, Failure> {
    let bad = |_| failed("the archive cannot be copied");
    let mut bytes = fs::read(archive).map_err(bad)?;
    let comment = b"again";
    let at = bytes.len() - 2;
    bytes[at..].copy_from_slice(&(comment.len() as u16).to_le_bytes());
    bytes.extend_from_slice(comment);
    let copy = archive.with_extension("again.zip");
    fs::write(&copy, bytes).map_err(bad)?;
    Ok(copy)
}

fn megabytes(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |about| about.len() >> 20)
}
