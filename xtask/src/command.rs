//! Running other programs: printed first, never with a stdin, and a failure names the command.

use std::ffi::OsStr;
use std::fmt;
use std::io::ErrorKind;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::say;

/// Why a command of the repository stopped, in words for the person at the terminal.
#[derive(Debug)]
pub struct Failure(String);

impl Failure {
    pub fn new(words: impl Into<String>) -> Self {
        Self(words.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A program with its arguments, shown as it was written.
pub struct Run {
    command: Command,
    shown: String,
}

impl Run {
    pub fn new(program: &str) -> Self {
        let mut command = Command::new(program);
        command.stdin(Stdio::null());
        Self { command, shown: program.to_owned() }
    }

    /// The cargo that started this program, so that one toolchain builds everything.
    pub fn cargo() -> Self {
        let program = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
        let mut run = Self::new(&program);
        "cargo".clone_into(&mut run.shown);
        // Long traces bury the sentence that says what went wrong.
        run.env("RUST_BACKTRACE", "0")
    }

    /// npm in `ui/`.
    pub fn npm(ui: &Path) -> Self {
        Self::new(if cfg!(windows) { "npm.cmd" } else { "npm" }).dir(ui)
    }

    pub fn args<I: IntoIterator<Item = S>, S: AsRef<OsStr>>(mut self, arguments: I) -> Self {
        for argument in arguments {
            let argument = argument.as_ref();
            self.shown.push(' ');
            self.shown.push_str(&argument.to_string_lossy());
            self.command.arg(argument);
        }
        self
    }

    pub fn env(mut self, key: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(key, value);
        self
    }

    pub fn without_env(mut self, key: &str) -> Self {
        self.command.env_remove(key);
        self
    }

    pub fn dir(mut self, dir: &Path) -> Self {
        self.command.current_dir(dir);
        self
    }

    /// Prints the command, runs it to its end; anything but exit code 0 is a failure.
    pub fn go(mut self) -> Result<(), Failure> {
        say::line(&format!("$ {}", self.shown));
        let status = self.command.status().map_err(|error| not_started(&self.shown, &error))?;
        if status.success() {
            Ok(())
        } else {
            Err(Failure::new(format!("`{}` ended with {status}", self.shown)))
        }
    }

    /// What the command prints on stdout, however it ends. None if it did not start.
    pub fn output(mut self) -> Option<String> {
        say::line(&format!("$ {}", self.shown));
        let output = self.command.stderr(Stdio::null()).output().ok()?;
        Some(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// What the command prints on stdout, without a word on the terminal. None if it fails or is not there.
    pub fn answer(mut self) -> Option<String> {
        let output = self.command.stderr(Stdio::null()).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }
}

fn not_started(shown: &str, error: &std::io::Error) -> Failure {
    let program = shown.split(' ').next().unwrap_or(shown);
    if error.kind() == ErrorKind::NotFound {
        Failure::new(format!("`{program}` is not installed or not on the PATH"))
    } else {
        Failure::new(format!("`{shown}` did not start: {error}"))
    }
}
