//! `cargo xtask bench [ROWS...]`: what an import costs against its floor, how fast the store answers, how large it is.
//!
//! Everything is measured through the release command line on invented archives, in one run, in turn, five times; figures
//! are CPU time (user + system) of whole processes, medians with their range. Absolute times depend on the machine: quote
//! ratios. Linux only, since CPU times of children come from /proc.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use serde_json::Value;

use crate::command::{Failure, Run};
use crate::project::Project;
use crate::say::line as say;
use crate::system;

/// How often each step runs.
const ROUNDS: usize = 5;
/// Linux counts CPU time of processes in hundredths of a second.
const TICKS: f64 = 100.0;

/// Builds `thinline` for release and measures at each size.
pub fn run(project: &Project, arguments: &[String]) -> Result<ExitCode, Failure> {
    system::for_run(project)?;
    Run::cargo().args(["build", "--release", "--package=thinline-cli"]).dir(&project.root).go()?;
    let sizes: Vec<u64> = match arguments {
        [] => vec![200_000, 1_000_000],
        given => given
            .iter()
            .map(|n| n.replace('_', "").parse())
            .collect::<Result<_, _>>()
            .map_err(|_| failed("bench takes numbers of rows"))?,
    };
    let folder = project.root.join("target/bench");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).map_err(|_| failed("target/bench cannot be made"))?;
    let thinline = Thinline { binary: project.binary("thinline", true), folder };
    for rows in sizes {
        thinline.measure(rows)?;
    }
    let _ = fs::remove_dir_all(&thinline.folder);
    Ok(ExitCode::SUCCESS)
}

fn failed(what: &str) -> Failure {
    Failure::new(what)
}

struct Thinline {
    binary: PathBuf,
    folder: PathBuf,
}

impl Thinline {
    fn measure(&self, rows: u64) -> Result<(), Failure> {
        let spotify = self.folder.join(format!("spotify-{rows}.zip"));
        let netflix = self.folder.join(format!("netflix-{rows}.zip"));
        let written = self.json(&["bench", "write", "spotify", &rows.to_string(), &text(&spotify)], None)?;
        self.json(&["bench", "write", "netflix", &(rows / 20).to_string(), &text(&netflix)], None)?;
        let again = rezipped(&spotify)?;
        say(&format!("\n== {rows} Spotify rows, {} MB zipped ==", megabytes(&spotify)));

        let (mut import, mut floor, mut reparse, mut second, mut rezip) =
            (vec![], vec![], vec![], vec![], vec![]);
        let data = self.folder.join("data");
        for _ in 0..ROUNDS {
            let _ = fs::remove_dir_all(&data);
            let (cpu, report) = self.timed(&["import", &text(&spotify)], Some(&data))?;
            complete(&report, &written)?;
            import.push(cpu);
            let bare = self.folder.join("bare.db");
            for end in ["", "-wal", "-shm"] {
                let _ = fs::remove_file(format!("{}{end}", text(&bare)));
            }
            floor.push(self.timed(&["bench", "floor", &text(&spotify), &text(&bare)], None)?.0);
            reparse.push(self.timed(&["bench", "reparse", &text(&spotify)], None)?.0);
            second.push(self.timed(&["import", &text(&spotify)], Some(&data))?.0);
            let (cpu, report) = self.timed(&["import", &text(&again)], Some(&data))?;
            if report["imports"][0]["read"] != 0 {
                return Err(failed("the second import found new records"));
            }
            rezip.push(cpu);
        }
        show("import, CPU s", &import);
        show("inflate + parse alone, CPU s", &reparse);
        show("floor: parse + the same rows inserted bare, CPU s", &floor);
        ratio("import / floor (target <= 1.6)", &import, &floor);
        ratio("second import of the same archive / first (target <= 0.05)", &second, &import);
        ratio("second import, zipped anew / first (target <= 0.5)", &rezip, &import);

        let _ = fs::remove_dir_all(&data);
        self.json(&["import", &text(&spotify)], Some(&data))?;
        self.size("bytes per record, with original rows (target <= 400)", &data)?;
        self.json(&["import", &text(&netflix)], Some(&data))?;
        self.reads(&data)?;
        let lean = self.folder.join("lean");
        let _ = fs::remove_dir_all(&lean);
        self.json(&["bench", "without-originals"], Some(&lean))?;
        self.json(&["import", &text(&spotify)], Some(&lean))?;
        self.size("bytes per record, without them (target <= 290)", &lean)?;
        let _ = fs::remove_dir_all(&lean);
        Ok(())
    }

    fn reads(&self, data: &Path) -> Result<(), Failure> {
        let reads = self.json(&["bench", "read", "1000"], Some(data))?;
        say(&format!(
            "pages of 100 at random days of {} records, wall ms (target p99 <= 1 for all, <= 10 filtered):",
            reads["records"]
        ));
        for (name, times) in reads["pages_ms"].as_object().into_iter().flatten() {
            say(&format!(
                "  {name:<22} p50 {:>7.3}  p99 {:>7.3}",
                number(&times["p50"]),
                number(&times["p99"])
            ));
        }
        let counts = &reads["count_by_day_and_service_ms"];
        let rollup = number(&reads["rollup_columns_ms"]["p50"]);
        let group_by = number(&reads["group_by_ms"]);
        say(&format!(
            "count by day and service, wall ms: p50 {:.2}  p99 {:.2} (target <= 8); equal to a count of all records: {}",
            number(&counts["p50"]),
            number(&counts["p99"]),
            reads["rollup_equals_scan"],
        ));
        say(&format!(
            "GROUP BY over the records {group_by:.0} ms / roll-up {rollup:.2} ms: {:.0} (target >= 1000)",
            group_by / rollup,
        ));
        Ok(())
    }

    fn size(&self, what: &str, data: &Path) -> Result<(), Failure> {
        let status = self.json(&["status"], Some(data))?;
        say(&format!("{what}: {:.0}", number(&status["bytes"]) / number(&status["records"])));
        Ok(())
    }

    fn json(&self, arguments: &[&str], data: Option<&Path>) -> Result<Value, Failure> {
        Ok(self.timed(arguments, data)?.1)
    }

    /// Runs the command and answers its CPU seconds and its JSON.
    fn timed(&self, arguments: &[&str], data: Option<&Path>) -> Result<(f64, Value), Failure> {
        let before = cpu_of_children();
        let mut command = Command::new(&self.binary);
        command.arg("--json").args(arguments).env("THINLINE_KEY_FILE", self.folder.join("key"));
        if let Some(data) = data {
            command.env("THINLINE_DATA_DIR", data);
        }
        let output = command
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .output()
            .map_err(|_| failed("thinline did not start"))?;
        let cpu = cpu_of_children() - before;
        if !output.status.success() {
            return Err(failed(&format!("thinline {} failed", arguments.join(" "))));
        }
        let json =
            serde_json::from_slice(&output.stdout).map_err(|_| failed("thinline did not answer in JSON"))?;
        Ok((cpu, json))
    }
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

/// User and system seconds of all children that ended, from /proc/self/stat.
fn cpu_of_children() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let fields: Vec<f64> =
        after_name.split_whitespace().skip(13).take(2).filter_map(|n| n.parse().ok()).collect();
    fields.iter().sum::<f64>() / TICKS
}

fn show(what: &str, times: &[f64]) {
    let (low, middle, high) = spread(times);
    say(&format!("{what}: {middle:.2} ({low:.2} to {high:.2})"));
}

/// Ratios round by round, so that what else the machine does hits both.
fn ratio(what: &str, one: &[f64], other: &[f64]) {
    let ratios: Vec<f64> = one.iter().zip(other).map(|(a, b)| a / b).collect();
    let (low, middle, high) = spread(&ratios);
    say(&format!("{what}: {middle:.3} ({low:.3} to {high:.3})"));
}

fn spread(values: &[f64]) -> (f64, f64, f64) {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    (sorted[0], sorted[sorted.len() / 2], sorted[sorted.len() - 1])
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or(f64::NAN)
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

fn megabytes(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |about| about.len() >> 20)
}
