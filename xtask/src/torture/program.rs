//! Running the `thinline` binary: with a folder of its own and nothing from outside, under a wrapper if need be, with a limit,
//! and killed at a moment. What it prints goes to files, so that no pipe fills up while nobody reads.

use super::failed;
use crate::command::Failure;
use serde_json::Value;
use std::fs::{self, File};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Longer than anything here takes; who takes longer hangs.
pub const LIMIT: Duration = Duration::from_secs(20);

/// The program, and where it runs: `home` holds the key, `home/data` the data.
#[derive(Clone)]
pub struct Program {
    pub binary: PathBuf,
    pub home: PathBuf,
}

/// How a run ended.
#[derive(Debug)]
pub struct Ran {
    /// None if it was ended by a signal.
    pub code: Option<i32>,
    pub signal: Option<i32>,
    pub out: String,
    pub err: String,
    pub took: Duration,
    /// It did not end by itself within the limit.
    pub hung: bool,
}

impl Ran {
    /// The answer of a run that went well, with or without warnings.
    pub fn json(&self) -> Option<Value> {
        if matches!(self.code, Some(0 | 3)) { serde_json::from_str(&self.out).ok() } else { None }
    }

    /// Whether the program told its caller that the thing was done: a whole line on stdout, whatever came after.
    pub fn acknowledged(&self) -> bool {
        self.out.ends_with('\n') && matches!(self.code, None | Some(0 | 3))
    }

    /// The code of the failure that it named, if it failed as it should.
    pub fn named(&self) -> Option<String> {
        if self.code != Some(1) {
            return None;
        }
        let lines = self.err.lines().rev().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        lines.filter_map(|line| line["error"]["code"].as_str().map(str::to_owned)).next()
    }

    /// A panic, a hang or an end by a signal that nobody sent.
    pub fn broke(&self) -> Option<String> {
        if self.hung {
            return Some("hung".to_owned());
        }
        if self.err.contains("panicked at") {
            return Some(format!("panicked: {}", self.brief()));
        }
        self.signal.map(|signal| format!("ended by signal {signal}"))
    }

    /// The last thing it said, for the report.
    pub fn brief(&self) -> String {
        let last = self.err.lines().last().unwrap_or_default();
        let how =
            self.code.map_or_else(|| format!("signal {:?}", self.signal), |code| format!("exit {code}"));
        format!("{how} {}", last.chars().take(200).collect::<String>())
    }
}

impl Program {
    pub fn data(&self) -> PathBuf {
        self.home.join("data")
    }

    /// The command with its words, after a wrapper's own (`strace -f ...`); `{home}` stands for the folder.
    pub fn command(&self, wrapper: &[String], words: &[&str]) -> Command {
        let home = self.home.to_string_lossy();
        let mut all: Vec<String> = wrapper.to_vec();
        all.push(self.binary.to_string_lossy().into_owned());
        all.push("--json".to_owned());
        all.extend(words.iter().map(|word| word.replace("{home}", &home)));
        let mut command = Command::new(&all[0]);
        command.args(&all[1..]).env_clear().stdin(Stdio::null()).current_dir(&self.home);
        command.env("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        command.env("THINLINE_DATA_DIR", self.data()).env("THINLINE_KEY_FILE", self.home.join("key"));
        command.env("HOME", &self.home).env("TMPDIR", self.home.join("tmp")).env("TZ", "UTC");
        command.env("RUST_BACKTRACE", "0").env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
        command
    }

    /// Runs to the end.
    pub fn run(&self, words: &[&str]) -> Result<Ran, Failure> {
        self.run_command(self.command(&[], words), None)
    }

    /// Runs; after `kill` it is ended as the power of `kill -9` ends it.
    pub fn run_command(&self, command: Command, kill: Option<Duration>) -> Result<Ran, Failure> {
        self.start(command)?.end(kill)
    }

    pub fn start(&self, mut command: Command) -> Result<Running, Failure> {
        let name = format!("{:?}", std::thread::current().id()).replace(['(', ')'], "");
        let tell = |what: &str| self.home.join(format!(".{what}-{name}-{}", started_before()));
        let (out, err) = (tell("out"), tell("err"));
        let make = |path: &Path| File::create(path).map_err(|_| failed("the folder cannot be written"));
        let child = command.stdout(make(&out)?).stderr(make(&err)?).spawn();
        let child = child.map_err(|error| failed(&format!("thinline did not start: {error}")))?;
        Ok(Running { child, out, err, since: Instant::now() })
    }
}

/// A number that no other run of this process has.
fn started_before() -> usize {
    use std::sync::atomic::{AtomicUsize, Ordering};
    static STARTED: AtomicUsize = AtomicUsize::new(0);
    STARTED.fetch_add(1, Ordering::Relaxed)
}

/// A run that has begun.
pub struct Running {
    child: Child,
    out: PathBuf,
    err: PathBuf,
    since: Instant,
}

impl Running {
    pub fn end(mut self, kill: Option<Duration>) -> Result<Ran, Failure> {
        let lost = |_| failed("a process was lost");
        let (mut hung, mut killed) = (false, false);
        let status = loop {
            if let Some(status) = self.child.try_wait().map_err(lost)? {
                break status;
            }
            let since = self.since.elapsed();
            if since > LIMIT || (!killed && kill.is_some_and(|after| since >= after)) {
                hung |= since > LIMIT;
                killed = true;
                self.child.kill().map_err(lost)?;
                continue;
            }
            let pause = kill.filter(|_| !killed).map_or(Duration::from_millis(1), |after| after - since);
            std::thread::sleep(pause.min(Duration::from_millis(1)));
        };
        let took = self.since.elapsed();
        let read = |path: &Path| {
            let text = fs::read(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
            let _ = fs::remove_file(path);
            text.unwrap_or_default()
        };
        let (out, err) = (read(&self.out), read(&self.err));
        Ok(Ran { code: status.code(), signal: status.signal(), out, err, took, hung })
    }
}
