//! The `thinline` command: the same core as the window, for scripts, tests and people at a terminal.
//!
//! Answers go to stdout (with `--json` as one JSON value), everything else to stderr. Exit codes: 0 ok, 1 failed, 2 usage,
//! 3 done with warnings. Nothing is asked when stdin is no terminal.

mod args;
mod backup;
mod bench;
mod commands;
mod erase;
mod import_page;
mod imports;
mod key;
mod print;
mod progress;
mod reasons;
mod recovery;
mod requests;
mod ways;

use args::Args;
use clap::Parser;
use std::process::ExitCode;
use thinline_core::wire::{ApiError, Code};

fn main() -> ExitCode {
    thinline_core::close_memory();
    // clap itself exits with 2 for usage, and with 0 for --help and --version.
    let args = Args::try_parse().unwrap_or_else(|error| misused(&error));
    let json = args.json;
    match commands::run(args) {
        Ok(outcome) => outcome.into(),
        Err(error) => {
            print::error(&error, json);
            ExitCode::from(1)
        }
    }
}

/// Ends with 2 for wrong usage, and with 0 after --help and --version. A script that asked for JSON gets JSON.
fn misused(error: &clap::Error) -> ! {
    if !error.use_stderr() || !std::env::args_os().any(|arg| arg == "--json") {
        error.exit();
    }
    let text = error.to_string();
    let message = text.lines().next().unwrap_or_default().trim_start_matches("error: ");
    let fault = ApiError { message: print::plain(message), ..ApiError::new(Code::BadValue) };
    print::error(&fault, true);
    std::process::exit(error.exit_code());
}
