//! `thinline-verify FILE [--json]`: checks an exported log. Exit code 0: every check holds; 1: one does not, or
//! the file cannot be read; 2: called wrongly.
//!
//! Arguments are read by hand: a program that others should be able to review in one sitting has few dependencies.

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use thinline_verify::{Check, all_hold, verify_log_file};

const USAGE: &str = "usage: thinline-verify FILE [--json]
Checks a log exported by Thinline. Exit code 0: unchanged, 1: changed or unreadable, 2: called wrongly.";

enum Call {
    Check { file: PathBuf, json: bool },
    Help,
    Wrong,
}

fn main() -> ExitCode {
    let result = match parse(std::env::args_os().skip(1)) {
        Call::Check { file, json } => check(&file, json),
        Call::Help => writeln!(io::stdout(), "{USAGE}").map(|()| ExitCode::SUCCESS),
        Call::Wrong => {
            eprintln!("{USAGE}");
            Ok(ExitCode::from(2))
        }
    };
    // Output that nobody received must not pass for a good result.
    result.unwrap_or(ExitCode::FAILURE)
}

fn parse(args: impl Iterator<Item = OsString>) -> Call {
    let (mut file, mut json) = (None, false);
    for arg in args {
        match arg.to_str() {
            Some("--json") => json = true,
            Some("--help" | "-h") => return Call::Help,
            Some(option) if option.starts_with('-') => return Call::Wrong,
            _ if file.is_none() => file = Some(PathBuf::from(arg)),
            _ => return Call::Wrong,
        }
    }
    file.map_or(Call::Wrong, |file| Call::Check { file, json })
}

fn check(file: &std::path::Path, json: bool) -> io::Result<ExitCode> {
    let checks = match verify_log_file(file) {
        Ok(checks) => checks,
        Err(error) => {
            eprintln!("thinline-verify: {error}");
            return Ok(ExitCode::FAILURE);
        }
    };
    let ok = all_hold(&checks);
    let mut out = io::stdout().lock();
    if json {
        writeln!(out, "{}", serde_json::json!({ "ok": ok, "checks": checks }))?;
    } else {
        write_text(&mut out, &checks, ok)?;
    }
    out.flush()?;
    Ok(if ok { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn write_text(out: &mut impl Write, checks: &[Check], ok: bool) -> io::Result<()> {
    for check in checks {
        let state = if check.ok { "ok" } else { "FAILED" };
        writeln!(out, "{state:<6}  {:<9}  {}", check.name, check.detail)?;
    }
    let verdict = if ok {
        "The log is as it was when the key above signed it. Compare that key with the one that Thinline shows."
    } else {
        "The log is not as it was signed."
    };
    writeln!(out, "{verdict}")
}
