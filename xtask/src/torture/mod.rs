//! `cargo xtask torture [--short] [--seed N]`: the real `thinline` binary is killed, its files are damaged, its disk fails, its
//! clock jumps; and each time it has to open again, fit together, and hold what it said it holds.
//!
//! Faults come from outside; the program has no hooks for them. The short form runs the dev build, the long one the release
//! build. The same seed draws the same cases, but a kill by the clock hits where the machine happens to be.
//! Linux only.

mod archives;
mod calls;
mod clock;
mod disk;
mod files;
mod flips;
mod kills;
mod operations;
mod pairs;
mod program;
mod random;
mod tally;
mod world;

use crate::command::{Failure, Run};
use crate::project::Project;
use crate::say::line as say;
use crate::system;
use calls::Calls;
use program::Program;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;
use tally::{Extent, Row};
use world::World;

/// How many of what.
struct Amounts {
    kills: usize,
    flips: usize,
    cuts: usize,
    disk: usize,
    pairs: usize,
    clock: usize,
}

const SHORT: Amounts = Amounts { kills: 200, flips: 200, cuts: 60, disk: 25, pairs: 25, clock: 24 };
const LONG: Amounts = Amounts { kills: 1000, flips: 10_000, cuts: 1000, disk: 250, pairs: 250, clock: 200 };

struct Options {
    short: bool,
    seed: u64,
    only: Option<String>,
}

/// Runs it and prints a line for each kind; fails if anything was lost.
pub fn run(project: &Project, arguments: &[String]) -> Result<ExitCode, Failure> {
    if !cfg!(target_os = "linux") {
        say("left out: processes and disks are tortured on Linux only");
        return Ok(ExitCode::SUCCESS);
    }
    let options = read(arguments)?;
    system::for_torture(project)?;
    let release: &[&str] = if options.short { &[] } else { &["--release"] };
    let build = ["build", "--locked", "--package=thinline-cli"];
    Run::cargo().args(build).args(release).dir(&project.root).go()?;
    let rows = all(project, &options)?;
    say("");
    rows.iter().for_each(Row::print);
    let injected: usize = rows.iter().map(|row| row.injected).sum();
    let lost: usize = rows.iter().map(|row| row.lost.len()).sum();
    say(&format!("seed {}: injected {injected}, survived {}, lost {lost}", options.seed, injected - lost));
    Ok(if lost == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn all(project: &Project, options: &Options) -> Result<Vec<Row>, Failure> {
    let root = scratch(project)?;
    // Others may build meanwhile: what is tortured is a copy.
    let binary = root.join("thinline");
    fs::copy(project.binary("thinline", !options.short), &binary)
        .map_err(|_| failed("no binary was built"))?;
    let workers = std::thread::available_parallelism().map_or(2, usize::from).clamp(1, 8);
    let extent = Extent { seed: options.seed, workers };
    let amounts = if options.short { SHORT } else { LONG };
    let world = World::make(&root, &binary)?;
    let homes: Vec<Program> =
        (0..workers).map(|worker| world.home(&format!("worker-{worker}"))).collect::<Result<_, _>>()?;
    let mut rows = Vec::new();
    let wanted = |name: &str| options.only.as_deref().is_none_or(|only| only == name);
    if wanted("kills") {
        rows.push(kills::by_time(&world, &homes, amounts.kills / 2, extent)?);
        rows.push(match Calls::missing() {
            Some(why) => Row::left_out("kill -9 at a system call", why),
            None => {
                let calls = Calls::changing(&world, &homes[0])?;
                kills::by_call(&world, &homes, &calls, amounts.kills / 2, extent)?
            }
        });
    }
    if wanted("damage") {
        damage(&world, &homes, &amounts, extent, &mut rows)?;
    }
    if wanted("disk") {
        disks(&world, &homes, &amounts, extent, &mut rows)?;
    }
    if wanted("pairs") {
        rows.push(pairs::at_once(&world, &homes, amounts.pairs, extent)?);
    }
    if wanted("clock") {
        rows.push(match clock::missing() {
            Some(why) => Row::left_out("a clock that jumps", why),
            None => clock::jumps(&world, &homes, amounts.clock, extent)?,
        });
    }
    if rows.iter().all(|row| row.lost.is_empty()) {
        let _ = fs::remove_dir_all(&root);
    }
    Ok(rows)
}

fn damage(
    world: &World,
    homes: &[Program],
    amounts: &Amounts,
    extent: Extent,
    rows: &mut Vec<Row>,
) -> Result<(), Failure> {
    let mut states = vec![flips::Whole::still(world, &homes[0])?];
    match Calls::missing() {
        Some(why) => rows.push(Row::left_out("a damaged write-ahead log", why)),
        None => states.push(flips::Whole::killed(world, &homes[0])?),
    }
    rows.push(flips::bytes(&states, homes, amounts.flips, extent)?);
    rows.push(flips::cuts(&states, homes, amounts.cuts, extent)?);
    Ok(())
}

fn disks(
    world: &World,
    homes: &[Program],
    amounts: &Amounts,
    extent: Extent,
    rows: &mut Vec<Row>,
) -> Result<(), Failure> {
    match disk::missing() {
        Some(why) => rows.push(Row::left_out("a full or read-only disk", why)),
        None => {
            rows.push(disk::full(world, homes, amounts.disk, extent)?);
            rows.push(disk::read_only(world, homes, amounts.disk, extent)?);
        }
    }
    rows.push(disk::limited(world, homes, amounts.disk, extent)?);
    rows.push(match Calls::missing() {
        Some(why) => Row::left_out("a call that fails (EIO, ENOSPC)", why),
        None => {
            let calls = Calls::failing(world, &homes[0])?;
            disk::failing(world, homes, &calls, amounts.disk * 2, extent)?
        }
    });
    Ok(())
}

/// An empty folder in the target folder: a real disk, where one is.
fn scratch(project: &Project) -> Result<PathBuf, Failure> {
    let root = std::env::var_os("THINLINE_TORTURE_DIR").map_or_else(|| project.target.clone(), PathBuf::from);
    let root = root.join("torture");
    let _ = fs::remove_dir_all(&root);
    files::make_dir(&root)?;
    root.canonicalize().map_err(|_| failed("there is no place for it"))
}

fn read(arguments: &[String]) -> Result<Options, Failure> {
    let mut options = Options { short: false, seed: 1, only: None };
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        match argument.as_str() {
            "--short" => options.short = true,
            "--seed" => {
                let number = rest.next().and_then(|number| number.parse().ok());
                options.seed = number.ok_or_else(|| failed("--seed needs a number"))?;
            }
            "--only" => {
                let name =
                    rest.next().ok_or_else(|| failed("--only needs kills, damage, disk, pairs or clock"))?;
                options.only = Some(name.clone());
            }
            other => return Err(failed(&format!("torture does not know `{other}`"))),
        }
    }
    Ok(options)
}

fn failed(what: &str) -> Failure {
    Failure::new(what)
}
