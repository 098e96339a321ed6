//! The `thinline` command: the same core as the window, for scripts, tests and people at a terminal.
//!
//! Answers go to stdout (with `--json` as one JSON value), everything else to stderr. Exit codes: 0 ok, 1 failed, 2 usage,
//! 3 done with warnings. Nothing is asked when stdin is no terminal.

mod args;
mod bench;
mod commands;
mod key;
mod print;
mod progress;

use args::Args;
use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    // clap itself exits with 2 for usage, and with 0 for --help and --version.
    let args = Args::parse();
    let json = args.json;
    match commands::run(args) {
        Ok(outcome) => outcome.into(),
        Err(error) => {
            print::error(&error, json);
            ExitCode::from(1)
        }
    }
}
