//! Programs that run beside a test and end with it, whatever happens.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group};

/// A program in a process group of its own; dropping it ends the whole group.
pub(super) struct Process(Child);

impl Process {
    /// Starts `command` with its output thrown away unless it was set before.
    #[track_caller]
    pub fn start(command: &mut Command) -> Self {
        use std::os::unix::process::CommandExt as _;
        let child = command.process_group(0).spawn();
        Self(child.unwrap_or_else(|error| panic!("{:?} did not start: {error}", command.get_program())))
    }

    /// Starts a program that says on its first line of stdout how it can be reached.
    #[track_caller]
    pub fn start_and_read_line(command: &mut Command) -> (Self, String) {
        let mut process =
            Self::start(command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()));
        let stdout = process.0.stdout.take().expect("stdout is a pipe");
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line).expect("stdout can be read");
        assert!(!line.trim().is_empty(), "{:?} ended without a word", command.get_program());
        (process, line.trim().to_owned())
    }

    /// Writes to stdin and closes it.
    pub fn tell(&mut self, words: &[u8]) {
        use std::io::Write as _;
        let mut stdin = self.0.stdin.take().expect("stdin is a pipe");
        stdin.write_all(words).expect("stdin can be written");
    }

    fn signal(&self, signal: Signal) {
        if let Some(group) = i32::try_from(self.0.id()).ok().and_then(Pid::from_raw) {
            let _ = kill_process_group(group, signal); // it may have ended by itself
        }
    }

    /// Waits for its end, at most this long.
    pub fn has_ended_within(&mut self, time: Duration) -> bool {
        let start = Instant::now();
        while start.elapsed() < time {
            if !matches!(self.0.try_wait(), Ok(None)) {
                return true;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        false
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.signal(Signal::TERM);
        let _ = self.has_ended_within(Duration::from_secs(3));
        self.signal(Signal::KILL); // children that outlived it too
        let _ = self.0.wait();
    }
}
