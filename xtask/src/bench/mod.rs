//! `cargo xtask bench [--peers] [ROWS...]`: what an import costs against its floor and against peers, how fast the store answers,
//! how large it is, how much memory it takes.
//!
//! Everything is measured through the release command line on invented archives, in one run, in turn, several times; figures are
//! CPU time (user + system) of whole processes, medians with their range. Absolute times depend on the machine: quote ratios.
//! A speed counts only if the run is complete: the totals of the import are those of the archive. Linux only, since CPU times
//! and memory of children come from /proc.

mod instructions;
mod loads;
mod peers;
mod reads;
mod runs;

use crate::command::{Failure, Run};
use crate::project::Project;
use crate::say::line as say;
use crate::system;
pub use instructions::within;
use loads::Loads;
use runs::Thinline;
use std::fs;
use std::process::ExitCode;

/// Sizes without arguments: what most people have, and a lot.
const SIZES: [u64; 2] = [200_000, 1_000_000];

/// Builds `thinline` for release and measures at each size.
pub fn run(project: &Project, arguments: &[String]) -> Result<ExitCode, Failure> {
    system::for_run(project)?;
    let (options, sizes): (Vec<&String>, Vec<&String>) =
        arguments.iter().partition(|one| one.starts_with("--"));
    if let Some(unknown) = options.iter().find(|one| one.as_str() != "--peers") {
        return Err(failed(&format!("bench knows --peers, not {unknown}")));
    }
    let sizes: Vec<u64> = sizes
        .iter()
        .map(|n| n.replace('_', "").parse())
        .collect::<Result<_, _>>()
        .map_err(|_| failed("bench takes numbers of rows"))?;
    let sizes = if sizes.is_empty() { SIZES.to_vec() } else { sizes };
    let thinline = built(project)?;
    let peers = if options.is_empty() { None } else { Some(peers::Peers::install(project)?) };
    let mut loads = Vec::new();
    for rows in sizes {
        let load = Loads::measure(&thinline, rows)?;
        reads::measure(&thinline, &load)?;
        if let Some(peers) = &peers {
            peers.measure(&thinline, &load)?;
        }
        loads.push(load);
    }
    loads::growth(&loads);
    instructions::measure(&thinline)?;
    let _ = fs::remove_dir_all(&thinline.folder);
    say("");
    Ok(ExitCode::SUCCESS)
}

/// The command built for release, with a folder of its own for what it reads and writes.
fn built(project: &Project) -> Result<Thinline, Failure> {
    Run::cargo()
        .args(["build", "--release", "--locked", "--package=thinline-cli"])
        .dir(&project.root)
        .go()?;
    let folder = project.target.join("bench");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).map_err(|_| failed("the folder for benchmarks cannot be made"))?;
    Ok(Thinline { binary: project.binary("thinline", true), folder })
}

fn failed(what: &str) -> Failure {
    Failure::new(what)
}
