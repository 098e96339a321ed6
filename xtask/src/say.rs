//! What the commands print. Not a logger: children write to the terminal themselves, these lines stand between them.
#![expect(clippy::print_stdout, reason = "a command of the repository talks on stdout")]

use crate::command::Failure;

/// One plain line.
pub fn line(text: &str) {
    println!("{text}");
}

/// A heading before the output of a step.
pub fn heading(text: &str) {
    println!("\n== {text}");
}

/// The last word of a command that stopped.
pub fn error(failure: &Failure) {
    eprintln!("\nerror: {failure}");
}
