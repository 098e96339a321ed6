//! `fuzz`: builds the targets of `tests/fuzz` and runs each for a while, from the samples of the catalogue.
//!
//! libFuzzer with coverage on the stable toolchain: the compiler's pass for it needs no nightly. Sanitizers would, and are
//! left out, since the program forbids unsafe code. What makes a target fail is kept in `target/fuzz/crash/<target>`; what
//! reached new code is kept in `target/fuzz/corpus/<target>`, so the next run goes on from there.

use std::process::ExitCode;

use crate::command::{Failure, Run};
use crate::project::Project;
use crate::say;

const TARGETS: &[&str] = &["archive", "csv", "json", "dates", "recipes"];

/// All targets together take about a minute.
const SECONDS: u32 = 12;

/// The coverage that libFuzzer reads: counters of edges, the table of their places, and what is compared.
const COVERAGE: &str = "-Cpasses=sancov-module \
    -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares \
    --cfg fuzzing";

/// As a step of `test`.
pub fn briefly(project: &Project) -> Result<(), Failure> {
    run_all(project, TARGETS, SECONDS)
}

/// `fuzz [--seconds N] [TARGET]...`
pub fn run(project: &Project, arguments: &[String]) -> Result<ExitCode, Failure> {
    let mut seconds = SECONDS;
    let mut targets = Vec::new();
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        if argument == "--seconds" {
            let number = rest.next().and_then(|text| text.parse().ok());
            seconds = number.ok_or_else(|| Failure::new("--seconds needs a number"))?;
        } else if TARGETS.contains(&argument.as_str()) {
            targets.push(argument.as_str());
        } else {
            let known = TARGETS.join(", ");
            return Err(Failure::new(format!("there is no target `{argument}`; there are: {known}")));
        }
    }
    let targets = if targets.is_empty() { TARGETS } else { &targets[..] };
    run_all(project, targets, seconds).map(|()| ExitCode::SUCCESS)
}

fn run_all(project: &Project, targets: &[&str], seconds: u32) -> Result<(), Failure> {
    if !cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        say::line("left out: targets are built for Linux on x86-64 only");
        return Ok(());
    }
    let package = project.root.join("tests/fuzz");
    let folder = project.target.join("fuzz");
    let seeds = folder.join("seeds");
    Run::cargo()
        .args(["run", "--quiet", "--locked", "--bin", "seeds", "--target-dir"])
        .args([&folder])
        .args(["--"])
        .args([&project.root.join("catalogue"), &seeds])
        .dir(&package)
        .go()?;
    // With a target named, the flags do not reach build scripts and macros.
    let build = ["build", "--quiet", "--locked", "--release", "--target", TRIPLE, "--target-dir"];
    let bins = targets.iter().flat_map(|target| ["--bin", target]);
    let build = Run::cargo().args(build).args([&folder]).args(bins);
    build.env("RUSTFLAGS", COVERAGE).dir(&package).go()?;
    for target in targets {
        let (corpus, crash) = (folder.join("corpus").join(target), folder.join("crash").join(target));
        for made in [&corpus, &crash] {
            std::fs::create_dir_all(made)
                .map_err(|error| Failure::new(format!("{}: {error}", made.display())))?;
        }
        let program = folder.join(TRIPLE).join("release").join(target);
        Run::new(&program.to_string_lossy())
            .args([&corpus, &seeds.join(target)])
            .args(["-seed=1", "-max_len=65536", "-timeout=10", "-rss_limit_mb=1024", "-print_final_stats=1"])
            .args(["-verbosity=0".to_owned(), format!("-max_total_time={seconds}")])
            .args([format!("-artifact_prefix={}/", crash.display())])
            .go()?;
    }
    Ok(())
}

const TRIPLE: &str = "x86_64-unknown-linux-gnu";
