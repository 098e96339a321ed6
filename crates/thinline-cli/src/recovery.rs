//! `thinline recovery`: the code that opens the data when nothing else does. Its words go to the terminal or to a file that the
//! person names; never to stdout, which may be somebody's log.

use crate::args::{Args, Recovery};
use crate::key;
use crate::print::{self, Outcome, line};
use std::io::{IsTerminal, Write};
use std::path::Path;
use thinline_core::wire::{ApiError, Code, RecoveryNew, RecoveryState};
use thinline_core::{Core, Key};

pub fn run(core: &Core, args: &Args, command: Option<&Recovery>) -> Result<Outcome, ApiError> {
    if !core.has_vault() {
        return Err(ApiError::new(Code::NoVault));
    }
    let key = key::open_existing(core, args)?;
    let state = match command {
        None | Some(Recovery::Show) => core.recovery()?,
        Some(Recovery::Make { write: Some(path) }) => written(core, &key, path)?,
        Some(Recovery::Make { write: None }) => asked(core, &key)?,
        Some(Recovery::Remove) => core.recovery_remove()?,
    };
    if args.json {
        print::json(&state);
    } else {
        page(&state);
    }
    Ok(Outcome::Ok)
}

fn page(state: &RecoveryState) {
    match (&state.since, state.set) {
        (Some(since), true) => line(format_args!("There is a recovery code, made on {since}.")),
        (None, true) => line(format_args!("There is a recovery code.")),
        (_, false) => line(format_args!("There is no recovery code. Make one with: thinline recovery make")),
    }
}

/// The file is read back: that is the check.
fn written(core: &Core, key: &Key, path: &Path) -> Result<RecoveryState, ApiError> {
    let new = core.recovery_begin(key)?;
    core.recovery_save(path, false)?;
    let read = key::code_in(path).and_then(|code| {
        let words = code.words()?;
        core.recovery_confirm(
            &new.ask.iter().map(|place| words[usize::from(*place) - 1].to_owned()).collect::<Vec<_>>(),
        )
    });
    if read.is_err() {
        // A sheet that opens nothing would be found some day by somebody who counts on it.
        let _ = std::fs::remove_file(path);
    }
    read
}

/// Shown on the terminal, then asked.
fn asked(core: &Core, key: &Key) -> Result<RecoveryState, ApiError> {
    if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
        return Err(ApiError {
            message: "A recovery code is shown on a terminal only.".to_owned(),
            next: "Run it on a terminal, or name a new file with --write.".to_owned(),
            ..ApiError::new(Code::BadValue)
        });
    }
    let new = core.recovery_begin(key)?;
    show(&new);
    let answers = new.ask.iter().map(|place| answer(*place)).collect::<Result<Vec<_>, _>>()?;
    core.recovery_confirm(&answers)
}

fn show(new: &RecoveryNew) {
    eprintln!("Write these words down, in this order. They are shown once.\n");
    for (n, word) in new.words.iter().enumerate() {
        eprintln!("  {:>2}. {word}", n + 1);
    }
    eprintln!("\nThe code counts once you have repeated three of them.");
}

fn answer(place: u8) -> Result<String, ApiError> {
    let gone = |_| ApiError::new(Code::RecoveryCheck);
    eprint!("Word {place}: ");
    std::io::stderr().flush().map_err(gone)?;
    let mut typed = String::new();
    std::io::stdin().read_line(&mut typed).map_err(gone)?;
    Ok(typed.trim().to_owned())
}
