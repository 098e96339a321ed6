//! `cargo xtask audit`: are there advisories about what Thinline is built from? Not part of `test`, because it asks the network: the
//! advisory data base of RustSec, and the registry of npm.
//!
//! Where one cannot be reached, that is said and is no good news: the exit code is 2. An advisory is 1. What is passed over is listed
//! in deny.toml, each with a reason and a date; nothing of npm can be passed over.

use std::process::ExitCode;

use serde_json::Value;

use crate::command::{Failure, Run};
use crate::project::Project;
use crate::{say, tools, ui};

/// What came of asking one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    /// It knows of nothing.
    Nothing,
    /// It knows of something; printed above.
    Something,
    /// It could not be asked.
    Unreached,
}

/// Asks about crates and npm packages.
pub fn run(project: &Project) -> Result<ExitCode, Failure> {
    ui::packages(project)?;
    let asked = [
        ("crates, advisories", crates(project)?),
        ("npm, advisories", npm(project, &["audit", "--json"], advisories)),
        ("npm, signatures", npm(project, &["audit", "signatures", "--json"], signatures)),
    ];
    say::heading("audit");
    for (what, answer) in asked {
        let words = match answer {
            Answer::Nothing => "asked, nothing known",
            Answer::Something => "SOMETHING IS KNOWN, see above",
            Answer::Unreached => "NOT ASKED: it cannot be reached from here",
        };
        say::line(&format!("{what:<20} {words}"));
    }
    let any = |one| asked.iter().any(|(_, answer)| *answer == one);
    Ok(match (any(Answer::Something), any(Answer::Unreached)) {
        (true, _) => ExitCode::FAILURE,
        (false, true) => ExitCode::from(2),
        (false, false) => ExitCode::SUCCESS,
    })
}

/// The data base first: whether that was reached must not be mistaken for an advisory.
fn crates(project: &Project) -> Result<Answer, Failure> {
    let deny = tools::binary(project, &tools::CARGO_DENY)?;
    let deny = || Run::new(&deny.to_string_lossy()).dir(&project.root);
    if deny().args(["fetch", "db"]).go().is_err() {
        return Ok(Answer::Unreached);
    }
    let found = deny().args(["--offline", "check", "advisories"]).go();
    Ok(if found.is_ok() { Answer::Nothing } else { Answer::Something })
}

fn npm(project: &Project, words: &[&str], read: fn(&Value) -> Option<usize>) -> Answer {
    let said = Run::npm(&project.ui()).args(words).output();
    let answer = said.as_deref().and_then(|text| serde_json::from_str::<Value>(text).ok());
    match answer.as_ref().and_then(read) {
        None => Answer::Unreached,
        Some(0) => Answer::Nothing,
        Some(_) => {
            say::line(said.as_deref().unwrap_or_default());
            Answer::Something
        }
    }
}

/// How many packages have an advisory; none if this is no answer of the registry.
fn advisories(answer: &Value) -> Option<usize> {
    answer["vulnerabilities"].as_object().map(serde_json::Map::len)
}

/// How many packages have no signature that fits.
fn signatures(answer: &Value) -> Option<usize> {
    let count = |key: &str| answer[key].as_array().map(Vec::len);
    Some(count("invalid")? + count("missing")?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_answer_is_told_from_a_failure_to_ask() {
        assert_eq!(advisories(&json!({ "vulnerabilities": {}, "metadata": {} })), Some(0));
        assert_eq!(advisories(&json!({ "vulnerabilities": { "a": { "severity": "high" } } })), Some(1));
        assert_eq!(advisories(&json!({ "message": "request to https://registry.example.org failed" })), None);
        assert_eq!(signatures(&json!({ "invalid": [], "missing": [] })), Some(0));
        assert_eq!(signatures(&json!({ "invalid": [], "missing": ["a"] })), Some(1));
        assert_eq!(signatures(&json!({ "error": {} })), None);
    }
}
