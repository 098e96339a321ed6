//! Running a program and learning what it cost: CPU and wall seconds, the most memory it held. And figures with their spread.

use super::failed;
use crate::command::Failure;
use crate::say::line as say;
use serde_json::Value;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Linux counts CPU time of processes in hundredths of a second.
const TICKS: f64 = 100.0;

/// What a process cost.
pub struct Cost {
    pub cpu: f64,
    /// MiB, the largest resident set.
    pub peak: f64,
    pub output: Vec<u8>,
}

/// Runs a program to its end.
pub fn run(command: &mut Command, scratch: &Path) -> Result<Cost, Failure> {
    let name =
        Path::new(command.get_program()).file_name().unwrap_or_default().to_string_lossy().into_owned();
    let answer = scratch.join("answer");
    let out = File::create(&answer).map_err(|_| failed("target/bench cannot be written"))?;
    let before = cpu_of_children();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(out)
        .stderr(Stdio::null())
        .spawn()
        .map_err(|_| failed(&format!("{name} did not start")))?;
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0.0_f64;
    // The high-water mark is the kernel's own: asking seldom loses only what is taken in the very last moments.
    let ended = loop {
        peak = peak.max(high_water(&status));
        match child.try_wait() {
            Ok(Some(ended)) => break ended,
            Ok(None) => std::thread::sleep(Duration::from_millis(2)),
            Err(_) => return Err(failed(&format!("{name} was lost"))),
        }
    };
    let cpu = cpu_of_children() - before;
    if !ended.success() {
        return Err(failed(&format!("{name} failed")));
    }
    Ok(Cost { cpu, peak, output: fs::read(&answer).unwrap_or_default() })
}

fn high_water(status: &str) -> f64 {
    let text = fs::read_to_string(status).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|rest| rest.split_whitespace().next()?.parse::<f64>().ok());
    kib.unwrap_or(0.0) / 1024.0
}

/// User and system seconds of all children that ended, from /proc/self/stat.
fn cpu_of_children() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let fields: Vec<f64> =
        after_name.split_whitespace().skip(13).take(2).filter_map(|n| n.parse().ok()).collect();
    fields.iter().sum::<f64>() / TICKS
}

/// The release command line, with data of its own.
pub struct Thinline {
    pub binary: PathBuf,
    pub folder: PathBuf,
}

impl Thinline {
    pub fn json(&self, arguments: &[&str], data: Option<&Path>) -> Result<Value, Failure> {
        Ok(self.timed(arguments, data)?.1)
    }

    /// Runs a command of it; answers its cost and its JSON.
    pub fn timed(&self, arguments: &[&str], data: Option<&Path>) -> Result<(Cost, Value), Failure> {
        let mut command = Command::new(&self.binary);
        command.arg("--json").args(arguments).env("THINLINE_KEY_FILE", self.folder.join("key"));
        if let Some(data) = data {
            command.env("THINLINE_DATA_DIR", data);
        }
        let cost = run(&mut command, &self.folder)
            .map_err(|_| failed(&format!("thinline {} failed", arguments.join(" "))))?;
        let json =
            serde_json::from_slice(&cost.output).map_err(|_| failed("thinline did not answer in JSON"))?;
        Ok((cost, json))
    }

    /// A folder for data, empty.
    pub fn fresh(&self, name: &str) -> PathBuf {
        let data = self.folder.join(name);
        let _ = fs::remove_dir_all(&data);
        data
    }
}

/// Wall seconds of some work.
pub fn wall<T>(work: impl FnOnce() -> Result<T, Failure>) -> Result<(f64, T), Failure> {
    let started = Instant::now();
    let done = work()?;
    Ok((started.elapsed().as_secs_f64(), done))
}

pub fn show(what: &str, times: &[f64]) {
    let (low, middle, high) = spread(times);
    say(&format!("{what}: {middle:.2} ({low:.2} to {high:.2})"));
}

/// Ratios round by round, so that what else the machine does hits both.
pub fn ratio(what: &str, one: &[f64], other: &[f64]) {
    let ratios: Vec<f64> = one.iter().zip(other).map(|(a, b)| a / b).collect();
    let (low, middle, high) = spread(&ratios);
    say(&format!("{what}: {middle:.3} ({low:.3} to {high:.3})"));
}

pub fn median(values: &[f64]) -> f64 {
    spread(values).1
}

fn spread(values: &[f64]) -> (f64, f64, f64) {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    match sorted.as_slice() {
        [] => (f64::NAN, f64::NAN, f64::NAN),
        some => (some[0], some[some.len() / 2], some[some.len() - 1]),
    }
}

pub fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or(f64::NAN)
}

pub fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
