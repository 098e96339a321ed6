//! Which system calls operations make, and faults at one of them, both by `strace`, which comes with the tests.

use super::failed;
use super::operations::OPERATIONS;
use super::program::Program;
use super::random::Random;
use super::world::World;
use crate::command::{Failure, Run};
use std::collections::{BTreeMap, HashMap};
use std::fs;

/// Calls that change a file or a folder, or make that last.
const CHANGING: &str =
    "pwrite64,write,fsync,fdatasync,ftruncate,rename,unlink,linkat,link,mkdir,fallocate,fchmod,chmod";
/// Calls that can fail on a bad disk.
const FAILING: &str =
    "pread64,pwrite64,fsync,fdatasync,ftruncate,rename,openat,read,write,unlink,statx,flock,fcntl";

/// For each operation, the calls it makes: which, and the how-manieth in its thread.
pub struct Calls(HashMap<&'static str, Vec<(String, usize)>>);

impl Calls {
    /// Why calls cannot be watched here, if so.
    pub fn missing() -> Option<String> {
        let works = Run::new("strace").args(["-qq", "-e", "trace=none", "true"]).answer().is_some();
        (!works).then(|| "strace is not here, or may not trace".to_owned())
    }

    pub fn changing(world: &World, program: &Program) -> Result<Self, Failure> {
        Self::learn(world, program, CHANGING)
    }

    pub fn failing(world: &World, program: &Program) -> Result<Self, Failure> {
        Self::learn(world, program, FAILING)
    }

    fn learn(world: &World, program: &Program, which: &str) -> Result<Self, Failure> {
        let trace = program.home.join("trace");
        let mut calls = HashMap::new();
        for (operation, known) in OPERATIONS.iter().zip(&world.known) {
            world.reset(program, operation.base)?;
            let trace_of = trace.to_string_lossy().into_owned();
            let watch = ["strace", "-f", "-qq", "-o", &trace_of, "-e", &format!("trace={which}")];
            let wrapper: Vec<String> = watch.iter().map(|word| (*word).to_owned()).collect();
            let ran = program.run_command(program.command(&wrapper, &known.words()), None)?;
            if ran.json().is_none() {
                return Err(failed(&format!("{} fails under strace: {}", operation.name, ran.brief())));
            }
            let text = fs::read_to_string(&trace).unwrap_or_default();
            calls.insert(operation.name, counted(&text));
        }
        let _ = fs::remove_file(trace);
        Ok(Self(calls))
    }

    pub fn draw(&self, operation: &str, random: &mut Random) -> Option<&(String, usize)> {
        let calls = self.0.get(operation).filter(|calls| !calls.is_empty())?;
        Some(random.pick(calls))
    }

    /// The words before the program's own that let this call be the fault.
    pub fn inject(program: &Program, (call, when): &(String, usize), fault: &str) -> Vec<String> {
        let nowhere = program.home.join("trace").to_string_lossy().into_owned();
        let inject = format!("inject={call}:{fault}:when={when}");
        let words = ["strace", "-f", "-qq", "-o", &nowhere, "-e", &format!("trace={call}"), "-e", &inject];
        words.iter().map(|word| (*word).to_owned()).collect()
    }
}

/// `PID call(...) = ...`: every call with its number in its thread, as `strace` counts them for `when`.
fn counted(trace: &str) -> Vec<(String, usize)> {
    let mut most: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut calls = Vec::new();
    for line in trace.lines().filter(|line| !line.contains("resumed>")) {
        let Some((thread, rest)) = line.split_once(' ') else { continue };
        let Some((call, _)) = rest.trim_start().split_once('(') else { continue };
        let count = most.entry((thread, call)).or_default();
        *count += 1;
        calls.push((call.to_owned(), *count));
    }
    calls
}

#[cfg(test)]
mod tests {
    #[test]
    fn calls_are_counted_for_each_thread_and_name() {
        let trace = "12 write(1, \"a\", 1) = 1\n13 write(1, \"a\", 1 <unfinished ...>\n12 fsync(3) = 0\n\
                     13 <... write resumed>) = 1\n12 write(1, \"b\", 1) = 1\n+++ exited\n";
        let expected = [("write", 1), ("write", 1), ("fsync", 1), ("write", 2)];
        let found = super::counted(trace);
        assert_eq!(found, expected.map(|(call, n)| (call.to_owned(), n)));
    }
}
