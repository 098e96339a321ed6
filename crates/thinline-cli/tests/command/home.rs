//! A data folder and a key file of its own for each test; no keyring, no terminal, nothing from the environment outside.

use serde_json::Value;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use thinline_sample::{Damage, Plan, damaged, netflix_zip, spotify_account_zip, spotify_zip};

pub struct Home {
    pub dir: tempfile::TempDir,
}

/// How a command ended.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    pub fn of(command: &mut Command) -> Self {
        let output = command.output().unwrap();
        Self {
            code: output.status.code().expect("it was not killed"),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// The answer, of a command with `--json` that went well and had nothing else to say.
    pub fn json(&self) -> Value {
        assert_eq!((self.code, self.err.as_str()), (0, ""), "{self:?}");
        self.value()
    }

    /// What stands on stdout: one JSON value on one line.
    pub fn value(&self) -> Value {
        assert_eq!(self.out.lines().count(), 1, "{self:?}");
        serde_json::from_str(&self.out).unwrap()
    }

    /// The code of the failure, of a command with `--json` that failed.
    pub fn fault(&self) -> String {
        assert_eq!(self.code, 1, "{self:?}");
        let line = self.err.lines().last().unwrap_or_default();
        assert!(
            self.err.lines().all(|line| line.starts_with('{') || line.contains("made new data")),
            "{self:?}"
        );
        let error: Value = serde_json::from_str(line).unwrap_or_else(|_| panic!("no JSON: {self:?}"));
        let error = &error["error"];
        for key in ["code", "message", "next"] {
            assert!(error[key].as_str().is_some_and(|text| !text.is_empty()), "{key}: {self:?}");
        }
        error["code"].as_str().unwrap().to_owned()
    }
}

impl Home {
    /// Nothing made yet.
    pub fn empty() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    /// With a vault.
    pub fn new() -> Self {
        let home = Self::empty();
        assert_eq!(home.run(["init"]).code, 0);
        home
    }

    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    pub fn data(&self) -> PathBuf {
        self.path().join("data")
    }

    pub fn key(&self) -> PathBuf {
        self.path().join("key")
    }

    /// The command without any key.
    pub fn bare<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_thinline"));
        command.args(args).env_clear().stdin(Stdio::null()).current_dir(self.path());
        command.env("THINLINE_DATA_DIR", self.data()).env("HOME", self.path()).env("TZ", "UTC");
        command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
        command
    }

    /// The command with the key file of this home.
    pub fn command<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Command {
        let mut command = self.bare(args);
        command.env("THINLINE_KEY_FILE", self.key());
        command
    }

    pub fn run<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Ran {
        Ran::of(&mut self.command(args))
    }

    /// Words separated by spaces, with `--json`.
    pub fn ask(&self, words: &str) -> Ran {
        self.run(words.split_whitespace().chain(["--json"]))
    }

    pub fn json(&self, words: &str) -> Value {
        self.ask(words).json()
    }

    pub fn import(&self, path: &Path) -> Ran {
        self.run([OsStr::new("import"), path.as_os_str(), OsStr::new("--json")])
    }

    /// What a person can tell two states apart by.
    pub fn state(&self) -> String {
        let status = self.json("status");
        let numbers = ["records", "services", "imports", "log_size"].map(|key| status[key].to_string());
        let parts =
            ["timeline --limit 500", "stats --by day,service,kind,category,person,account", "imports"];
        parts.map(|words| self.ask(words).out).join("\n") + &numbers.join(" ")
    }

    pub fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    pub fn damaged(&self, damage: Damage) -> PathBuf {
        self.file("damaged.zip", &damaged(damage).unwrap())
    }

    pub fn spotify(&self, rows: u64) -> PathBuf {
        self.made("my_spotify_data.zip", |file| spotify_zip(file, &plan(rows)).map(|_| ()))
    }

    pub fn account(&self, rows: u64) -> PathBuf {
        self.made("my_spotify_data (1).zip", |file| spotify_account_zip(file, &plan(rows)).map(|_| ()))
    }

    pub fn netflix(&self, rows: u64) -> PathBuf {
        self.made("netflix-report.zip", |file| netflix_zip(file, &plan(rows)).map(|_| ()))
    }

    fn made(&self, name: &str, write: impl FnOnce(fs::File) -> std::io::Result<()>) -> PathBuf {
        let path = self.path().join(name);
        write(fs::File::create(&path).unwrap()).unwrap();
        path
    }
}

fn plan(rows: u64) -> Plan {
    Plan { seed: 3, rows, until: 1_741_028_399, years: 3 }
}

/// Words that stand in damaged archives: titles, makers, persons, addresses and names of files. None may be in an error.
const PLANTED: &[&str] = &[
    "Low Water",
    "High Water",
    "Slack Water",
    "Spring Tide",
    "Example Tides",
    "Saltmarsh",
    "Ferryman",
    "Winters",
    "Robin",
    "192.0.2",
    "2001:db8",
    "Streaming_History",
    "ViewingActivity",
    "Clickstream",
    "visits",
    "Profile.json",
    "endsong",
];

pub fn says_nothing_private(text: &str) {
    for word in PLANTED {
        assert!(!text.contains(word), "{word} stands in {text:?}");
    }
}
