//! Instructions per record of inflating and parsing, counted by valgrind: the same on every run, whatever else the machine does.
//! Two sizes are counted, so that starting up falls out.

use super::failed;
use super::runs::{Thinline, number, text};
use crate::command::Failure;
use crate::project::Project;
use crate::say::line as say;
use std::fs;
use std::process::{Command, Stdio};

const SIZES: [u64; 2] = [5_000, 15_000];

pub fn measure(thinline: &Thinline) -> Result<(), Failure> {
    let installed =
        Command::new("valgrind").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    if !installed.is_ok_and(|status| status.success()) {
        say("instructions per record: not counted, valgrind is not installed");
        return Ok(());
    }
    say("");
    for service in ["spotify", "netflix"] {
        say(&format!(
            "{service}: {:.1} k instructions per record, inflate + parse",
            each(thinline, service, "reparse")? / 1000.0
        ));
    }
    let by_hand = each(thinline, "spotify", "by-hand")?;
    say(&format!("spotify by a struct written by hand: {:.1} k", by_hand / 1000.0));
    Ok(())
}

/// For `test`: that recipes cost little more than a reader written by hand for one file does.
pub fn within(project: &Project) -> Result<(), Failure> {
    let thinline = super::built(project)?;
    let (recipe, by_hand) = (each(&thinline, "spotify", "reparse")?, each(&thinline, "spotify", "by-hand")?);
    let ratio = recipe / by_hand;
    say(&format!(
        "instructions per play: by recipe {:.1} k, by hand {:.1} k: {ratio:.2} times as many (at most {MOST})",
        recipe / 1000.0,
        by_hand / 1000.0
    ));
    if ratio <= MOST { Ok(()) } else { Err(failed("reading by recipes has become dearer")) }
}

/// How many times the instructions of a reader written by hand a recipe may take.
const MOST: f64 = 1.5;

/// Instructions for each further record.
fn each(thinline: &Thinline, service: &str, how: &str) -> Result<f64, Failure> {
    let mut counted = Vec::new();
    for rows in SIZES {
        let archive = thinline.folder.join(format!("{service}-{rows}.zip"));
        thinline.json(&["bench", "write", service, &rows.to_string(), &text(&archive)], None)?;
        let records = number(&thinline.json(&["bench", how, &text(&archive)], None)?["records"]);
        counted.push((records, count(thinline, how, &text(&archive))?));
    }
    Ok((counted[1].1 - counted[0].1) / (counted[1].0 - counted[0].0))
}

fn count(thinline: &Thinline, how: &str, archive: &str) -> Result<f64, Failure> {
    let out = thinline.folder.join("callgrind.out");
    let status = Command::new("valgrind")
        .args(["--tool=callgrind", "--quiet", &format!("--callgrind-out-file={}", text(&out))])
        .arg(&thinline.binary)
        .args(["--json", "bench", how, archive])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    if !status.is_ok_and(|status| status.success()) {
        return Err(failed("valgrind failed"));
    }
    let text = fs::read_to_string(&out).map_err(|_| failed("valgrind wrote nothing"))?;
    let total = text.lines().find_map(|line| line.strip_prefix("totals:").or(line.strip_prefix("summary:")));
    total.and_then(|total| total.trim().parse().ok()).ok_or_else(|| failed("valgrind counted nothing"))
}
