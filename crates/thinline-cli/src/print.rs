//! The only file that writes to stdout. Text from exports is shown with control and bidirectional characters made visible.

use serde::Serialize;
use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::Write;
use thinline_core::wire::{
    ApiError, CatalogueList, Changes, ErasePlan, Erased, Hidden, ImportRow, ImportRows, LeftOut, LogPage,
    LogVerified, Page, People, ProfileWritten, Rules, Service, Stats, Status,
};

/// How a command ended.
pub enum Outcome {
    Ok,
    Failed,
    Warnings,
}

impl From<Outcome> for std::process::ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Ok => Self::SUCCESS,
            Outcome::Failed => Self::from(1),
            Outcome::Warnings => Self::from(3),
        }
    }
}

/// A failure, on stderr.
pub fn error(error: &ApiError, json: bool) {
    if json {
        eprintln!("{}", escaped(&serde_json::json!({ "error": error }).to_string()));
    } else {
        eprintln!("thinline: {} {}", error.message, error.next);
    }
}

/// A failure of one of several things that were asked for.
pub fn error_at(path: &std::path::Path, error: &ApiError, json: bool) {
    let path = path.to_string_lossy();
    if json {
        let mut value = serde_json::json!({ "error": error });
        value["error"]["path"] = path.into();
        eprintln!("{}", escaped(&value.to_string()));
    } else {
        eprintln!("thinline: {}: {} {}", plain(&path), error.message, error.next);
    }
}

/// One JSON value. A closed pipe is the reader's business.
pub fn json(value: &impl Serialize) {
    let text = serde_json::to_string(value).unwrap_or_default();
    let _ = writeln!(std::io::stdout().lock(), "{}", escaped(&text));
}

/// JSON as it may stand on a terminal: what steers or hides stands only inside of texts, where it can be written by its number.
fn escaped(json: &str) -> Cow<'_, str> {
    if !json.contains(steers) {
        return Cow::Borrowed(json);
    }
    let mut out = String::with_capacity(json.len() + 64);
    for c in json.chars() {
        if steers(c) {
            let mut pair = [0; 2];
            for half in c.encode_utf16(&mut pair) {
                let _ = write!(out, "\\u{half:04x}");
            }
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

pub fn line(text: std::fmt::Arguments<'_>) {
    let _ = writeln!(std::io::stdout().lock(), "{text}");
}

macro_rules! say {
    ($($arg:tt)*) => { line(format_args!($($arg)*)) };
}

/// Text as it may stand on a terminal: nothing that moves the cursor, changes colors or turns the line around.
pub fn plain(text: &str) -> String {
    text.chars().map(|c| if steers(c) { '\u{fffd}' } else { c }).collect()
}

/// Controls, marks that turn a line around, and what is not seen: the list of `ui/src/lib/foreign.ts`.
fn steers(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}'
                | '\u{61c}'
                | '\u{200b}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{2069}'
                | '\u{feff}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

pub fn imports(rows: &ImportRows) {
    if rows.imports.is_empty() {
        say!("No imports yet. Read one with: thinline import FILE");
    }
    rows.imports.iter().flat_map(import_lines).for_each(|text| say!("{text}"));
}

/// One import; and that it could be read better by now.
fn import_lines(i: &ImportRow) -> Vec<String> {
    let row = format!(
        "{:>4}  {}  {:<7} {:<10} {:>9}  {}",
        i.id,
        i.at,
        i.state,
        i.service,
        i.records,
        plain(&i.archive)
    );
    let better = i
        .stale
        .as_ref()
        .filter(|_| i.state == "done")
        .map(|_| format!("      It can be read better by now: thinline import ARCHIVE --again {}", i.id));
    std::iter::once(row).chain(better).collect()
}

pub fn services(services: &[Service]) {
    for s in services {
        let span = match (&s.first, &s.last) {
            (Some(first), Some(last)) => format!(", {first} to {last}"),
            _ => String::new(),
        };
        say!("{} ({}): {} records{span}", s.name, s.id, s.records);
        for p in &s.purposes {
            let until = p.until.as_ref().map_or_else(String::new, |until| format!(" until {until}"));
            let effects: Vec<String> =
                p.effects.iter().map(|e| format!("{} ({}): {}", e.action, e.place, e.state)).collect();
            let done = if effects.is_empty() { "-".to_owned() } else { effects.join(", ") };
            say!(
                "  {:<16} you want: {}{until}; done so far: {done}; can be done: {}",
                p.id,
                p.choice,
                p.availability.join(", ")
            );
        }
        say!("  {:<16} you want: {}", "history", s.history.choice);
        left_out(&s.left_out);
    }
}

pub fn changes(changes: &Changes) {
    if changes.changes.is_empty() {
        say!("Nothing changed: it stands so already.");
    }
    for c in &changes.changes {
        let until = c.until.as_ref().map_or_else(String::new, |until| format!(" until {until}"));
        say!("{} {}: {} -> {}{until}", c.service, c.purpose, c.from, c.to);
    }
}

pub fn timeline(page: &Page) {
    for r in &page.records {
        let when = match (&r.day, &r.time) {
            (Some(day), Some(time)) => format!("{day} {time}"),
            (Some(day), None) => day.clone(),
            _ => "undated".to_owned(),
        };
        let by = if r.by.is_empty() { String::new() } else { format!(" · {}", plain(&r.by)) };
        say!("{when:<16}  {:<9} {:<10} {:<17} {}{by}", r.kind, r.service, r.category, plain(&r.title));
    }
    match &page.next {
        Some(cursor) => say!("More: --after {cursor}"),
        None if page.records.is_empty() => say!("No records."),
        None => {}
    }
}

pub fn stats(stats: &Stats) {
    for row in &stats.rows {
        say!("{:>10}  {}", row.count, plain(&row.key));
    }
    say!("{:>10}  in all", stats.total);
    left_out(&stats.left_out);
}

fn left_out(out: &LeftOut) {
    let why = [
        (out.undecided, "of household profiles that nobody decided about"),
        (out.not_mine, "of household profiles that are not yours"),
        (out.hidden, "hidden"),
    ];
    for (count, why) in why.into_iter().filter(|(count, _)| *count > 0) {
        say!("{count:>10}  not counted: {why}");
    }
}

/// What a question answers, in the form that was asked for.
pub fn show<T: Serialize>(json: bool, answer: &T, plain: impl FnOnce(&T)) {
    if json { self::json(answer) } else { plain(answer) }
}

pub fn people(people: &People) {
    for a in &people.accounts {
        say!("{:<10} {}: {} records", a.service, plain(&a.name), a.records);
    }
    for p in &people.people {
        let whose = if p.whose == "mine" && !p.decided { "mine (the only one)" } else { &p.whose };
        say!("{:<10} {} · {}: {whose}, {} records", p.service, plain(&p.account), plain(&p.name), p.records);
    }
    if people.accounts.is_empty() {
        say!("Nothing was imported yet.");
    }
}

/// What an erasure would take, on stderr: the question stands there too.
pub fn erase_plan(plan: &ErasePlan) {
    eprintln!("{} records go for good, with their original rows and words.", plan.records);
    if plan.kept > 0 {
        eprintln!("{} records stay: another import holds them too.", plan.kept);
    }
    if plan.log_entries > 0 {
        eprintln!("What {} log entries say goes; the entries stay.", plan.log_entries);
    }
    eprintln!(
        "Backups and exported files still hold it. It comes back if another export that holds it is imported."
    );
}

pub fn erased(erased: &Erased) {
    say!("Erased: {} records, {} original rows.", erased.records, erased.rows);
    if erased.log_entries > 0 {
        say!("Erased what {} log entries said.", erased.log_entries);
    }
    if erased.copies > 0 {
        say!("Deleted {} older copies of the database.", erased.copies);
    }
}

pub fn hidden(hidden: &Hidden) {
    say!("{}: {} records.", if hidden.hidden { "Hidden" } else { "Shown again" }, hidden.records);
}

pub fn rules(rules: &Rules) {
    if rules.rules.is_empty() {
        say!("No rules: everything is imported and shown.");
    }
    for r in &rules.rules {
        let service = if r.service == "*" { "all services" } else { &r.service };
        let what = if r.rule == "never" { "never imported" } else { "hidden" };
        say!("{:<18} {service}: {what}; {} records are there", r.category, r.records);
    }
}

pub fn written(written: &ProfileWritten, what: &str) {
    say!("{}: {} {what}, {} bytes", plain(&written.path), written.records, written.bytes);
    say!("sha256 {}", written.sha256);
}

pub fn log(page: &LogPage) {
    for e in &page.entries {
        let payload =
            e.payload.as_ref().map_or_else(|| "(erased)".to_owned(), |payload| plain(&payload.to_string()));
        say!("{:>5}  {}  {:<18} {payload}", e.seq, e.at, e.kind);
    }
}

pub fn verified(v: &LogVerified) {
    let what = v.fault.as_deref().unwrap_or("nothing");
    if v.ok {
        say!("The log fits together: {} entries, root {}, anchor: {}.", v.size, v.root, v.anchor);
    } else if let Some(seq) = v.bad_entry {
        say!("The log was changed: the {what} of entry {seq} does not fit.");
    } else {
        say!("The log was changed: the {what} does not fit ({} entries).", v.size);
    }
}

pub fn text(text: &str) {
    let _ = write!(std::io::stdout().lock(), "{text}");
}

pub fn status(s: &Status) {
    if !s.vault {
        say!("No data yet in {}.", plain(&s.data_dir));
        return;
    }
    say!("Data in {} ({} bytes){}", plain(&s.data_dir), s.bytes, if s.locked { ", locked" } else { "" });
    if !s.locked {
        say!(
            "{} records, {} services, {} imports, {} log entries",
            s.records,
            s.services,
            s.imports,
            s.log_size
        );
    }
}

pub fn catalogue(list: &CatalogueList) {
    if list.services.is_empty() {
        say!("Nothing was checked more than {} days ago.", list.stale_after_days);
    }
    let age = |checked_on: &str, stale: bool| {
        if stale {
            format!("checked {checked_on}, may have changed since")
        } else {
            format!("checked {checked_on}")
        }
    };
    for service in &list.services {
        say!("{} ({})", service.name, service.id);
        for one in &service.recipes {
            let name = one.id.split_once('/').map_or(one.id.as_str(), |(_, name)| name);
            let files = one.files.join(", ");
            say!(
                "  reads {name}: {files} ({}, {}, {})",
                one.reader,
                one.grade,
                age(&one.checked_on, one.stale)
            );
        }
        for one in &service.settings {
            say!("  setting {}: {} ({})", one.label, one.affects.join(", "), age(&one.checked_on, one.stale));
        }
        for one in &service.facts {
            say!("  {} {} ({})", one.what, one.about, age(&one.checked_on, one.stale));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{escaped, import_lines, plain};
    use thinline_core::wire::{ImportRow, Stale};

    #[test]
    fn an_import_that_could_be_read_better_says_how_and_one_that_was_undone_does_not() {
        let stale = Stale { changed: vec!["plays".into()], new: Vec::new(), files: 0, rows: 0 };
        let row = |state: &str, stale| ImportRow {
            id: 7,
            service: "spotify".into(),
            account: "default".into(),
            archive: "my_spotify_data.zip".into(),
            at: "2026-11-20T09:12:00Z".into(),
            records: 12,
            state: state.into(),
            stale,
        };
        let lines = import_lines(&row("done", Some(stale.clone())));
        assert!(lines.len() == 2 && lines[1].ends_with("--again 7"), "{lines:?}");
        assert_eq!(import_lines(&row("done", None)).len(), 1);
        assert_eq!(import_lines(&row("undone", Some(stale))).len(), 1);
    }

    #[test]
    fn nothing_that_steers_a_terminal_gets_through() {
        assert_eq!(plain("a\u{1b}[31mb\u{202e}c\nd"), "a\u{fffd}[31mb\u{fffd}c\u{fffd}d");
        assert_eq!(plain("港の灯 ☂"), "港の灯 ☂");
    }

    #[test]
    fn json_says_the_same_without_what_steers_a_terminal() {
        let text = "a\u{9b}2J\u{202e}b\u{7f}\u{e0041}\u{200d}ö\n";
        let json = serde_json::json!({ "a": text }).to_string();
        let told = escaped(&json);
        assert!(!told.contains(super::steers), "{told}");
        assert!(told.contains("\\u009b2J\\u202eb\\u007f\\udb40\\udc41"), "{told}");
        let back: serde_json::Value = serde_json::from_str(&told).unwrap();
        assert_eq!(back["a"], text);
        assert!(matches!(escaped("{\"a\":\"ö\"}"), std::borrow::Cow::Borrowed(_)));
    }
}
