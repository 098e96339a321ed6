//! A disk that is full, cannot be written, or fails. The operation is either done or not at all, says which, and what was
//! there before is there.
//!
//! A full and a read-only disk are real ones, mounted in a namespace of their own. A failing one is simulated: one system
//! call ends with an error (by `strace`), or every file ends at a limit.

use super::calls::Calls;
use super::operations::Base;
use super::program::{Program, Ran};
use super::random::Random;
use super::tally::{End, Extent, Row};
use super::world::{Known, World};
use super::{failed, files};
use crate::command::{Failure, Run};

/// What may be said when a disk is full.
const FULL: &[&str] = &["disk-full", "no-space", "cannot-write"];
/// What may be said when a disk fails: it depends on which call was hit.
const FAULTY: &[&str] = &[
    "disk-full",
    "disk-fault",
    "no-space",
    "cannot-write",
    "read-only",
    "database-damaged",
    "vault-file",
    "key-file",
    "not-found",
    "busy",
    "truncated",
];

/// Why no disk can be mounted here, if so.
pub fn missing() -> Option<String> {
    let works = Run::new("unshare").args(["-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]).answer().is_some();
    (!works).then(|| "no file system may be mounted here".to_owned())
}

/// A small disk with less room than the operation needs.
pub fn full(world: &World, homes: &[Program], wanted: usize, extent: Extent) -> Result<Row, Failure> {
    Row::of("a full disk", wanted, extent, |worker, random| {
        let (program, known) = (&homes[worker], world.draw(random));
        world.reset(program, known.operation.base)?;
        let held: u64 = files::contents(&program.data())?.iter().map(|(_, bytes)| bytes.len() as u64).sum();
        // Some pages beside the files are taken by names; an operation needs up to about as much again.
        let room = (held >> 10) + 16 + random.below((held >> 10) / 2 + 400);
        // The mount is gone with its namespace: what was on it is copied out first.
        let script = format!(
            "cp -a data kept && mount -t tmpfs -o size={room}k tmpfs data && cp -a kept/. data/ || exit 99
             \"$@\"; code=$?; rm -rf kept/* && cp -a data/. kept/; exit $code"
        );
        let kept = program.home.join("kept");
        let _ = std::fs::remove_dir_all(&kept);
        let ran = program.run_command(program.command(&inside(&script), &known.words()), None)?;
        if ran.code == Some(99) {
            return Ok(End::Missed);
        }
        files::copy(&kept, &program.data())?;
        judge(world, program, known, &ran, FULL)
    })
}

/// A disk that can only be read: nothing changes, and that is said.
pub fn read_only(world: &World, homes: &[Program], wanted: usize, extent: Extent) -> Result<Row, Failure> {
    Row::of("a read-only disk", wanted, extent, |worker, random| {
        let (program, known) = (&homes[worker], world.draw(random));
        world.reset(program, known.operation.base)?;
        let before = files::contents(&program.data())?;
        let script = "mount --bind data data && mount -o remount,bind,ro data || exit 99\n exec \"$@\"";
        let ran = program.run_command(program.command(&inside(script), &known.words()), None)?;
        if let Some(broke) = ran.broke() {
            return Ok(End::Lost(format!("{}: {broke}", known.operation.name)));
        }
        if files::contents(&program.data())? != before {
            return Ok(End::Lost(format!("{}: something changed", known.operation.name)));
        }
        Ok(match ran.named().as_deref() {
            Some("read-only") => End::Survived,
            _ => End::Lost(format!("{}: {}", known.operation.name, ran.brief())),
        })
    })
}

/// No file can grow past a place: what a quota or a bad disk does.
pub fn limited(world: &World, homes: &[Program], wanted: usize, extent: Extent) -> Result<Row, Failure> {
    Row::of("a file that cannot grow", wanted, extent, |worker, random| {
        let (program, known) = (&homes[worker], world.draw(random));
        world.reset(program, known.operation.base)?;
        let held: u64 = files::contents(&program.data())?.iter().map(|(_, bytes)| bytes.len() as u64).sum();
        let blocks = random.below(held / 512 + 64);
        let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\"");
        let wrapper = ["sh", "-c", &script, "sh"].map(str::to_owned);
        let ran = program.run_command(program.command(&wrapper, &known.words()), None)?;
        judge(world, program, known, &ran, FAULTY)
    })
}

/// One call fails, once or from then on.
pub fn failing(
    world: &World,
    homes: &[Program],
    calls: &Calls,
    wanted: usize,
    extent: Extent,
) -> Result<Row, Failure> {
    Row::of("a call that fails (EIO, ENOSPC)", wanted, extent, |worker, random| {
        let (program, known) = (&homes[worker], world.draw(random));
        let Some((call, when)) = fails(calls, known, random) else { return Ok(End::Missed) };
        world.reset(program, known.operation.base)?;
        let fault = *random.pick(&["error=EIO", "error=EIO", "error=ENOSPC"]);
        let wrapper = Calls::inject(program, &(call.clone(), when), fault);
        let ran = program.run_command(program.command(&wrapper, &known.words()), None)?;
        let end = judge(world, program, known, &ran, FAULTY)?;
        Ok(match end {
            End::Lost(what) => End::Lost(format!("{fault} at {call} {when}, {what}")),
            end => end,
        })
    })
}

fn fails(calls: &Calls, known: &Known, random: &mut Random) -> Option<(String, usize)> {
    calls.draw(known.operation.name, random).cloned()
}

/// A shell in a namespace of its own, where it may mount.
fn inside(script: &str) -> Vec<String> {
    ["unshare", "-rm", "sh", "-c", script, "sh"].map(str::to_owned).to_vec()
}

fn judge(world: &World, program: &Program, known: &Known, ran: &Ran, codes: &[&str]) -> Result<End, Failure> {
    let lost = |what: String| Ok(End::Lost(format!("{}: {what}", known.operation.name)));
    if let Some(broke) = ran.broke() {
        return lost(broke);
    }
    let done = ran.json().is_some();
    if !done && !ran.named().is_some_and(|code| codes.contains(&code.as_str())) {
        return lost(format!("not named: {}", ran.brief()));
    }
    if known.operation.base == Base::Nothing && !program.data().exists() {
        return Err(failed("the data folder is gone"));
    }
    match world.settle(program, known, done)? {
        Ok(()) => Ok(End::Survived),
        Err(what) => lost(format!("{what} (after {})", ran.brief())),
    }
}
