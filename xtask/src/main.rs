//! The commands of this repository: `cargo xtask run`, `test`, `check` and their kin.
//!
//! Each command brings what it needs (Debian packages, npm packages, tools from crates.io), or says in one sentence what is
//! missing. Nothing here is part of the program that people install. The crate has no dependencies on purpose: it is
//! compiled before anything else, in about a second, and never shares a feature set with the workspace.

mod audit;
mod bench;
mod command;
mod fuzz;
mod project;
mod run;
mod say;
mod sbom;
mod stamp;
mod steps;
mod system;
mod tools;
mod torture;
mod ui;

use std::process::ExitCode;

use crate::command::Failure;
use crate::project::Project;

const HELP: &str = "\
cargo xtask COMMAND

  run [--release] [-- ARGS]   install what is missing, build, open the window
  test [--only STEP]...       install what is missing, then every check and test, in the real window too
  check [--fix] [--only STEP]...
                              format, lints, types, rules, licenses; --fix mends what can be mended
  bindings                    write ui/src/ipc/bindings.ts from the Rust types
  gallery                     take pictures of every page of the real window, and the README's
  fuzz [--seconds N] [TARGET]...
                              run the fuzz targets, each for 12 seconds
  sbom                        write bills of materials to target/sbom and check that they are whole
  audit                       ask the network for advisories about what Thinline is built from
  bench [ARGS]                build the release command line and run its benchmarks
  torture [--short] [--seed N] [--only KIND]
                              kill the command line, damage its files, fail its disk; nothing may be lost

Steps for --only: ";

fn main() -> ExitCode {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let command = if arguments.is_empty() { "help".to_owned() } else { arguments.remove(0) };
    match dispatch(&command, &arguments) {
        Ok(code) => code,
        Err(failure) => {
            say::error(&failure);
            ExitCode::FAILURE
        }
    }
}

fn dispatch(command: &str, arguments: &[String]) -> Result<ExitCode, Failure> {
    let mut project = Project::here()?;
    match command {
        "run" => run::run(&project, arguments),
        "test" => {
            let options = Options::read(arguments, false)?;
            Ok(steps::run(&project, steps::BEFORE_TEST, steps::TEST, &options.only))
        }
        "check" => {
            let options = Options::read(arguments, true)?;
            project.fix = options.fix;
            Ok(steps::run(&project, steps::BEFORE_CHECK, steps::CHECK, &options.only))
        }
        "bindings" => {
            no_arguments(arguments)?;
            steps::write_bindings(&project).map(|()| ExitCode::SUCCESS)
        }
        "gallery" => {
            no_arguments(arguments)?;
            steps::gallery(&project).map(|()| ExitCode::SUCCESS)
        }
        "sbom" => {
            no_arguments(arguments)?;
            sbom::run(&project).map(|()| ExitCode::SUCCESS)
        }
        "audit" => {
            no_arguments(arguments)?;
            audit::run(&project)
        }
        "fuzz" => fuzz::run(&project, arguments),
        "bench" => bench::run(&project, arguments),
        "torture" => torture::run(&project, arguments),
        "help" | "--help" | "-h" => {
            say::line(&format!("{HELP}{}", steps::names(steps::TEST)));
            Ok(ExitCode::SUCCESS)
        }
        other => Err(Failure::new(format!("there is no command `{other}`; see `cargo xtask help`"))),
    }
}

/// What `test` and `check` take.
struct Options {
    only: Vec<String>,
    fix: bool,
}

impl Options {
    fn read(arguments: &[String], may_fix: bool) -> Result<Self, Failure> {
        let mut options = Self { only: Vec::new(), fix: false };
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            match argument.as_str() {
                "--only" => {
                    let step = rest.next().ok_or_else(|| Failure::new("--only needs the name of a step"))?;
                    options.only.push(step.clone());
                }
                "--fix" if may_fix => options.fix = true,
                other => return Err(unexpected(other)),
            }
        }
        Ok(options)
    }
}

fn no_arguments(arguments: &[String]) -> Result<(), Failure> {
    arguments.first().map_or(Ok(()), |first| Err(unexpected(first)))
}

fn unexpected(argument: &str) -> Failure {
    Failure::new(format!("`{argument}` is not understood here; see `cargo xtask help`"))
}
