//! An import, and the look before one, as a page on a terminal.

use crate::print::{line, plain};
use crate::reasons;
use indicatif::{HumanBytes, HumanCount};
use thinline_core::wire::{
    CheckedFile, CheckedPackage, CheckedRange, Coverage, FileLine, ImportCheck, ImportReport, Sentence, Told,
    Totals,
};

macro_rules! say {
    ($($arg:tt)*) => { line(format_args!($($arg)*)) };
}

/// What was read.
pub fn report(report: &ImportReport) {
    say!("{}: {} ({})", plain(&report.archive), report.service, report.state);
    for told in &report.told {
        say!("  {}", sentence(told));
    }
    say!("  {}; {} records", sums(&report.totals), report.totals.records);
    report.files.iter().for_each(file);
    for coverage in &report.coverage {
        say!("  {}", span(coverage, ""));
        gaps(coverage);
    }
    for warning in &report.warnings {
        say!("  warning: {}", warning_text(warning));
    }
    if let Some(again) = &report.again {
        say!("  Read in place of import {}, which is gone.", again.instead_of);
        for change in &again.changes {
            say!(
                "  {}: {} records before, {} now",
                change.category,
                count(change.before),
                count(change.after)
            );
        }
    }
    if report.state == "known" {
        say!("  This archive was read before; nothing changed.");
    } else if report.id != 0 {
        say!("  Take it back with: thinline imports --undo {}", report.id);
    }
}

/// The archive is still there.
pub fn download_hint() {
    say!(
        "  The archive itself is not encrypted and still lies where it was. Delete it if you do not need it."
    );
}

/// What would be read.
pub fn check(check: &ImportCheck) {
    let packages: Vec<String> = check.packages.iter().map(package).collect();
    let service =
        if check.service.is_empty() { check.candidates.join(" or ") } else { check.service.clone() };
    say!(
        "{}: {service}{}",
        plain(&check.archive),
        if packages.is_empty() { String::new() } else { format!(" · {}", packages.join(" + ")) }
    );
    for remark in &check.remarks {
        say!("  ! {}", sentence(remark));
    }
    let estimate =
        if check.files.iter().all(|file| file.line.state != "read" || file.whole) { "" } else { "about " };
    say!("  {estimate}{} rows, {estimate}{} records", count(check.totals.rows), count(check.totals.records));
    for CheckedRange { coverage, exact, records } in &check.coverage {
        let note = if *exact { "" } else { " (estimate)" };
        say!("  {}, {} records", span(coverage, note), count(*records));
        gaps(coverage);
    }
    for (state, words) in
        [("yes", "shows"), ("empty", "says it holds nothing of"), ("not-read", "is not read for")]
    {
        let all: Vec<&str> =
            check.shows.iter().filter(|one| one.shows == state).map(|one| &*one.category).collect();
        if !all.is_empty() {
            say!("  {words}: {}", all.join(", "));
        }
    }
    for one in &check.shows {
        if let Some(package) = &one.package {
            say!("  for {}, ask for: {}", one.category, plain(package));
        }
    }
    if !check.never_shows.is_empty() {
        say!("  never shows: {}", check.never_shows.join(", "));
    }
    if !check.persons.is_empty() {
        let names: Vec<String> = check.persons.iter().map(|name| plain(name)).collect();
        say!("  persons: {}", names.join(", "));
    }
    if !check.languages.is_empty() {
        say!("  titles in: {}", check.languages.join(", "));
    }
    for CheckedFile { line, .. } in &check.files {
        file(line);
    }
    let (needed, free) = (HumanBytes(check.space.needed as u64), HumanBytes(check.space.free as u64));
    say!("  Needs up to {needed} of {free} that are free, and about {:.0} s.", check.seconds);
    say!("  Nothing was stored.");
}

fn package(package: &CheckedPackage) -> String {
    let generation = package.generation.as_ref().map_or_else(String::new, |name| format!(" (as in {name})"));
    format!("{}{generation}", plain(&package.label))
}

fn span(coverage: &Coverage, note: &str) -> String {
    let day = |at: &str| at.split('T').next().unwrap_or_default().to_owned();
    format!("{}: {} to {}{note}", coverage.category, day(&coverage.first), day(&coverage.last))
}

fn gaps(coverage: &Coverage) {
    for gap in &coverage.gaps {
        let why = if gap.why == "part-missing" { "a part is missing" } else { "nothing there" };
        say!("    gap: {} to {}, {} days, {why}", gap.from, gap.to, count(gap.days));
    }
}

fn sums(t: &Totals) -> String {
    format!(
        "{} rows = {} read + {} known + {} skipped + {} failed",
        t.rows, t.read, t.known, t.skipped, t.failed
    )
}

fn file(file: &FileLine) {
    let why = file.why.as_ref().map_or_else(String::new, |why| format!(" ({})", reasons::of_file(why)));
    let counts = if file.totals.rows == 0 { String::new() } else { format!(": {}", sums(&file.totals)) };
    say!("  {:<8}{}{why}{counts}", file.state, plain(&file.path));
    for (reason, n) in &file.reasons {
        say!("            {n}: {}", reasons::of_row(reason));
    }
    for (note, n) in file.parts.iter().flat_map(|part| &part.notes) {
        say!("            note: {n} {note}");
    }
}

fn warning_text(id: &str) -> &str {
    match id {
        "nothing-read" => "nothing could be read, and nothing was stored. Check that it is the right export.",
        "file-damaged" => "at least one file could not be read, or not to its end.",
        "rows-failed" => "some rows could not be read; all others are in.",
        "see-notes" => "some rows were read with reservations (see the notes).",
        "parts-missing" => "numbered files of it are missing; download it again, or the rest of it.",
        other => other,
    }
}

fn count(n: u32) -> String {
    HumanCount(u64::from(n)).to_string()
}

/// A sentence of core in words. Placeholders in braces are its values.
fn sentence(sentence: &Sentence) -> String {
    let Some(words) = words(&sentence.id) else { return sentence.id.clone() };
    let mut text = words.to_owned();
    for (name, value) in &sentence.values {
        text = text.replace(&format!("{{{name}}}"), &told(value));
    }
    text
}

fn told(value: &Told) -> String {
    match value {
        Told::Count(n) => count(*n),
        Told::Bytes(bytes) => HumanBytes(*bytes as u64).to_string(),
        Told::Year(year) => year.to_string(),
        Told::Date(at) => at.split('T').next().unwrap_or_default().to_owned(),
        Told::Service(id) | Told::Category(id) | Told::Word(id) => id.clone(),
        Told::Categories(all) => all.join(", "),
        Told::Text(text) => plain(text),
    }
}

fn words(id: &str) -> Option<&'static str> {
    Some(match id {
        "two-services" => "It could be from more than one service. Say which with --as.",
        "nothing-to-read" => "Nothing in it can be read. Check that it is the right export.",
        "no-space" => "There is too little room: {needed} are needed, {free} are free.",
        "parts-missing" => {
            "Files are missing: numbers {numbers} of {series}. Download it again, or the rest of it."
        }
        "archive-parts-missing" => "It came in {of} archives, and these are missing: {numbers}.",
        "other-format" => {
            "Pages or documents instead of {form}: {count}. Ask for {package} at {address} and import that archive."
        }
        "unknown-columns" => {
            "Files with columns that Thinline does not know: {count}. They may be in another language, or of a newer form."
        }
        "archive-part" => "This is part {part} of {of}. Import the others, too.",
        "files-damaged" => "Files that cannot be unpacked: {count}. Download it again.",
        "other-account" => "It seems to be of another account than before. Name the account with --account.",
        "date-order" => "Its dates can be read in two ways. Say which with --dates.",
        "lesser-package" => "This is {have}. It shows less than {better}: ask for that, too.",
        "known" => "This very archive was read on {at}. Nothing would change.",
        "known-stale" => "This very archive was read on {at}, by recipes that changed since.",
        "unknown-files" => "Files that Thinline does not know: {count}. They are listed and not read.",
        "nothing-read" => "Nothing could be read from any of its {files} files, and nothing was stored.",
        "rows-failed" => "{count} rows could not be read, in {files} files.",
        "files-failed" => "{count} files could not be read, or not to their end.",
        "cancelled" => "It was cancelled, and nothing was stored.",
        "part-missing" => "Numbered files are missing: {count}.",
        "gap" => "There is nothing of {category} from {from} to {to} ({days} days); further gaps: {more}.",
        "found" => "{records} records of {from} to {to}: {categories}.",
        "found-undated" => "{records} records without a date: {categories}.",
        "known-only" => "All of it was known already: {records} records.",
        "guessed" => "{guessed} guesses about you; {companies} other companies are named.",
        "sensitive" => "{sensitive} records need special care.",
        "adds-up" => "Everything adds up: all {rows} rows are accounted for.",
        _ => return None,
    })
}
