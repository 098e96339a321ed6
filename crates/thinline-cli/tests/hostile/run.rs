//! One data folder for the cases of a test, and the command under limits.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Resident memory of an import, at its highest.
const MEMORY_KIB: u64 = 200 << 10;
/// Processor time of an import, in hundredths of a second; these are builds without optimization.
const TICKS: u64 = 20 * 100;
/// Whatever it does: it may be one of many tests at once.
const TIME: Duration = Duration::from_secs(120);

/// A word that stands in names and rows of the cases and may not stand in any error.
pub const PRIVATE: &str = "Saltmarsh";

pub struct Home {
    dir: tempfile::TempDir,
    before: String,
}

/// How an import ended.
#[derive(Debug)]
pub struct Ended {
    pub code: i32,
    out: String,
    err: String,
    peak_kib: u64,
}

impl Home {
    pub fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("temporary")).unwrap();
        let mut home = Self { dir, before: String::new() };
        assert!(home.command(&["init"]).status().unwrap().success());
        home.before = home.state();
        home
    }

    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_thinline"));
        command.args(words).env_clear().stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command.current_dir(self.path()).env("THINLINE_DATA_DIR", self.path().join("data"));
        command.env("THINLINE_KEY_FILE", self.path().join("key")).env("HOME", self.path()).env("TZ", "UTC");
        command.env("TMPDIR", self.path().join("temporary"));
        command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
        command
    }

    fn answer(&self, words: &[&str]) -> String {
        let output = self.command(words).stdout(Stdio::piped()).output().unwrap();
        assert!(output.status.success(), "{words:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// What a person can tell two states apart by.
    fn state(&self) -> String {
        let timeline = self.answer(&["timeline", "--limit", "500", "--json"]);
        let imports = self.answer(&["imports", "--json"]);
        let status: Value = serde_json::from_str(&self.answer(&["status", "--json"])).unwrap();
        format!("{timeline}{imports}{} {}", status["records"], status["log_size"])
    }

    pub fn import_bytes(&self, name: &str, bytes: &[u8]) -> Ended {
        let path = self.path().join(name);
        fs::write(&path, bytes).unwrap();
        let ended = self.import(&path);
        fs::remove_file(path).unwrap();
        ended
    }

    pub fn import(&self, path: &Path) -> Ended {
        let outputs = [self.path().join("out"), self.path().join("err")];
        let [out, err] = outputs.each_ref().map(|path| fs::File::create(path).unwrap());
        let mut command = self.command(&["import", path.to_str().unwrap(), "--json"]);
        let child = command.stdout(out).stderr(err).spawn().unwrap();
        let (code, peak_kib) = watch(child, path);
        let [out, err] = outputs.each_ref().map(|path| fs::read_to_string(path).unwrap());
        assert!(!err.contains("panicked"), "{err}");
        assert!(!err.contains(PRIVATE), "{err}");
        let left: Vec<_> = fs::read_dir(self.path().join("temporary")).unwrap().collect();
        assert!(left.is_empty(), "something was unpacked to disk: {left:?}");
        Ended { code, out, err, peak_kib }
    }

    /// That nothing of all the imports so far is left.
    pub fn is_as_before(&self) {
        assert_eq!(self.state(), self.before);
    }

    pub fn records(&self) -> Vec<Value> {
        let page = self.answer(&["timeline", "--limit", "500", "--json"]);
        let page: Value = serde_json::from_str(&page).unwrap();
        page["records"].as_array().unwrap().clone()
    }

    pub fn titles(&self) -> Vec<String> {
        let title = |record: &Value| record["title"].as_str().unwrap_or_default().to_owned();
        self.records().iter().map(title).collect()
    }
}

/// Waits for the end, and keeps the largest of the memory peaks that the system tells meanwhile.
fn watch(mut child: Child, path: &Path) -> (i32, u64) {
    let started = Instant::now();
    let about = PathBuf::from(format!("/proc/{}", child.id()));
    let mut peak = 0;
    loop {
        let told = fs::read_to_string(about.join("status")).unwrap_or_default();
        let line = told.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
        peak = peak.max(kib.unwrap_or(0));
        let too_large = peak > MEMORY_KIB;
        let too_long = ticks(&about) > TICKS || started.elapsed() > TIME;
        if too_large || too_long {
            child.kill().unwrap();
            child.wait().unwrap();
            panic!("{}: {peak} KiB after {:?}", path.display(), started.elapsed());
        }
        match child.try_wait().unwrap() {
            Some(ended) => return (ended.code().expect("it was not killed by a signal"), peak),
            None => std::thread::sleep(Duration::from_millis(3)),
        }
    }
}

/// Processor time so far, of the program and of the system for it.
fn ticks(about: &Path) -> u64 {
    let stat = fs::read_to_string(about.join("stat")).unwrap_or_default();
    let after_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    after_name.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<u64>().ok()).sum()
}

impl Ended {
    /// Refused: exit code 1, nothing on stdout, this code, and a next step.
    pub fn refused(&self, code: &str) -> String {
        assert_eq!((self.code, self.out.as_str()), (1, ""), "{code}: {self:?}");
        let error: Value = serde_json::from_str(self.err.lines().last().unwrap_or_default()).unwrap();
        let error = &error["error"];
        assert_eq!(error["code"], code, "{self:?}");
        assert!(error["next"].as_str().is_some_and(|next| next.ends_with('.')), "{self:?}");
        error["message"].as_str().unwrap().to_owned()
    }

    /// Read, with or without warnings: the account, which adds up on every level.
    pub fn report(&self) -> Value {
        assert!(self.code == 0 || self.code == 3, "{self:?}");
        assert!(self.peak_kib > 0, "the memory was looked at");
        let reports: Value = serde_json::from_str(&self.out).unwrap();
        let report = reports["imports"][0].clone();
        adds_up(&report);
        let files = report["files"].as_array().unwrap();
        for key in KEYS {
            assert_eq!(count(&report, key), sum(files, key), "{key} of all files");
        }
        for file in files {
            adds_up(file);
            let parts = file["parts"].as_array().unwrap();
            parts.iter().for_each(adds_up);
            for key in KEYS {
                assert_eq!(count(file, key), sum(parts, key), "{key} of all parts");
            }
        }
        report
    }
}

const KEYS: [&str; 6] = ["rows", "records", "read", "known", "skipped", "failed"];

pub fn count(at: &Value, key: &str) -> u64 {
    at[key].as_u64().unwrap_or_else(|| panic!("{key}: {at}"))
}

fn sum(all: &[Value], key: &str) -> u64 {
    all.iter().map(|one| count(one, key)).sum()
}

fn adds_up(at: &Value) {
    let parts: u64 = ["read", "known", "skipped", "failed"].iter().map(|key| count(at, key)).sum();
    assert_eq!(count(at, "rows"), parts, "{at}");
}

/// A file of the account.
pub fn file<'a>(report: &'a Value, path: &str) -> &'a Value {
    let files = report["files"].as_array().unwrap();
    files.iter().find(|file| file["path"] == path).unwrap_or_else(|| panic!("{path}: {report}"))
}
