//! Other programs that read the same exports, from PyPI, in a folder of their own: what they cost for the same archive.
//!
//! They do less: spotify-to-sqlite writes plain SQLite without a text index, DuckDB plain columns. Their versions are pinned, so
//! that a figure can be had again. Only `--peers` reaches the package index; nothing of this ships.

use super::failed;
use super::loads::Loads;
use super::runs::{self, Thinline, number, ratio, show, text};
use crate::command::{Failure, Run};
use crate::project::Project;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const PACKAGES: [&str; 4] = ["spotify-to-sqlite==0.2.1", "click<8.2", "setuptools<81", "duckdb==1.4.5"];
const ROUNDS: usize = 3;

pub struct Peers {
    bin: PathBuf,
}

impl Peers {
    pub fn install(project: &Project) -> Result<Self, Failure> {
        let folder = project.root.join("target/bench-peers");
        if !folder.join("bin/spotify-to-sqlite").is_file() {
            Run::new("python3").args(["-m", "venv", &text(&folder)]).go()?;
            let pip = text(&folder.join("bin/pip"));
            Run::new(&pip).args(["install", "--quiet"]).args(PACKAGES).go()?;
        }
        Ok(Self { bin: folder.join("bin") })
    }

    pub fn measure(&self, thinline: &Thinline, load: &Loads) -> Result<(), Failure> {
        let (mut spotify, mut netflix) = (vec![], vec![]);
        let (mut to_sqlite, mut duck_json, mut duck_csv) = (vec![], vec![], vec![]);
        let scripts =
            [self.unpacked(thinline, &load.spotify, "json")?, self.unpacked(thinline, &load.netflix, "csv")?];
        for _ in 0..ROUNDS {
            spotify.push(import(thinline, &load.spotify)?);
            to_sqlite.push(self.spotify_to_sqlite(thinline, &load.spotify)?);
            duck_json.push(self.duckdb(thinline, &scripts[0])?);
            netflix.push(import(thinline, &load.netflix)?);
            duck_csv.push(self.duckdb(thinline, &scripts[1])?);
        }
        show("spotify-to-sqlite, CPU s per million records", &scaled(&to_sqlite));
        show("thinline, the same archive, CPU s per million records", &scaled(&spotify));
        ratio("spotify-to-sqlite / thinline per record (target >= 6)", &per(&to_sqlite), &per(&spotify));
        ratio(
            "DuckDB, JSON to table / thinline per record (target >= 0.9)",
            &per(&duck_json),
            &per(&spotify),
        );
        ratio("DuckDB, CSV to table / thinline per record (target >= 0.7)", &per(&duck_csv), &per(&netflix));
        Ok(())
    }

    fn spotify_to_sqlite(&self, thinline: &Thinline, archive: &Path) -> Result<(f64, f64), Failure> {
        let database = thinline.folder.join("peer.db");
        let _ = fs::remove_file(&database);
        let mut command = Command::new(self.bin.join("spotify-to-sqlite"));
        command.args(["convert", &text(archive), &text(&database)]);
        let cost = runs::run(&mut command, &thinline.folder)?;
        let rows = self.python(
            thinline,
            &format!(
                "import sqlite3\nc = sqlite3.connect({:?})\nprint(sum(c.execute('select count(*) from [' + n + ']').fetchone()[0] for (n,) in \
                 c.execute(\"select name from sqlite_master where type = 'table'\").fetchall()))",
                text(&database)
            ),
        )?;
        Ok((cost.cpu, rows))
    }

    /// Unpacks an archive's large files of one sort and answers the script that loads them.
    fn unpacked(&self, thinline: &Thinline, archive: &Path, sort: &str) -> Result<String, Failure> {
        let folder = thinline.fresh(&format!("unpacked-{sort}"));
        self.python(
            thinline,
            &format!(
                "import zipfile\nzipfile.ZipFile({:?}).extractall({:?})\nprint(1)",
                text(archive),
                text(&folder)
            ),
        )?;
        let files = match sort {
            "json" => format!("read_json('{}/**/Streaming_History_Audio*.json')", text(&folder)),
            _ => format!("read_csv('{}/**/ViewingActivity.csv')", text(&folder)),
        };
        let database = text(&thinline.folder.join("peer.duckdb"));
        Ok(format!(
            "import duckdb, os\nif os.path.exists({database:?}): os.remove({database:?})\nc = duckdb.connect({database:?})\nc.execute('set enable_progress_bar = false')\n\
             c.execute(\"create table t as select * from {files}\")\nprint(c.execute('select count(*) from t').fetchone()[0])"
        ))
    }

    fn duckdb(&self, thinline: &Thinline, script: &str) -> Result<(f64, f64), Failure> {
        let mut command = Command::new(self.bin.join("python"));
        let cost = runs::run(command.args(["-c", script]), &thinline.folder)?;
        Ok((cost.cpu, printed(&cost.output)?))
    }

    fn python(&self, thinline: &Thinline, script: &str) -> Result<f64, Failure> {
        let mut command = Command::new(self.bin.join("python"));
        printed(&runs::run(command.args(["-c", script]), &thinline.folder)?.output)
    }
}

fn printed(output: &[u8]) -> Result<f64, Failure> {
    let text = String::from_utf8_lossy(output);
    text.trim().parse().map_err(|_| failed("a peer did not say how many rows it read"))
}

/// CPU seconds and records of one import into an empty store.
fn import(thinline: &Thinline, archive: &Path) -> Result<(f64, f64), Failure> {
    let data = thinline.fresh("beside-peers");
    let (cost, report) = thinline.timed(&["import", &text(archive)], Some(&data))?;
    let _ = fs::remove_dir_all(&data);
    Ok((cost.cpu, number(&report["imports"][0]["records"])))
}

fn per(runs: &[(f64, f64)]) -> Vec<f64> {
    runs.iter().map(|(cpu, records)| cpu / records).collect()
}

fn scaled(runs: &[(f64, f64)]) -> Vec<f64> {
    per(runs).into_iter().map(|one| one * 1e6).collect()
}
