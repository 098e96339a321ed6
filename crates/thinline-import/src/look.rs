//! Looks at the beginning of a file: does it show what a recipe expects of it?

use crate::{
    Archive,
    input::Input,
    lines::{Line, Lines},
};
use std::collections::HashSet;
use thinline_catalogue::{Recipe, Sniff, fold};

/// How much of a file is looked at.
const LOOKED_AT: usize = 64 << 10;

/// What the beginning of a file shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    /// What the recipe expects, or the recipe expects nothing.
    Fits,
    /// Other columns or keys.
    Other,
    /// A web page, a document or an office file under the name of a table or list.
    Page,
    /// Nothing, or an empty list or object.
    Blank,
    /// It cannot be unpacked.
    Unreadable,
}

pub(crate) fn look(archive: &mut Archive, index: usize, recipe: &Recipe) -> Look {
    let Ok(beginning) = archive.beginning(index, LOOKED_AT) else { return Look::Unreadable };
    let beginning = beginning.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&beginning);
    let solid: Vec<u8> = beginning.iter().copied().filter(|b| !b.is_ascii_whitespace()).take(5).collect();
    if matches!(&solid[..], b"" | b"[]" | b"{}" | b"[{}]" | b"null") {
        return Look::Blank;
    }
    if matches!(&solid[..], [b'<', ..] | [b'%', b'P', b'D', b'F', ..] | [b'P', b'K', 3, 4, ..]) {
        return Look::Page;
    }
    let (wanted, found) = match &recipe.sniff {
        None => return Look::Fits,
        Some(Sniff::Keys(keys)) => (keys, json_keys(beginning)),
        Some(Sniff::Header(names)) => (names, header(beginning)),
    };
    if wanted.iter().all(|name| found.contains(name)) { Look::Fits } else { Look::Other }
}

/// Folded names of the columns of a table, or of the keys of a JSON file.
pub(crate) fn names(beginning: &[u8], table: bool) -> HashSet<String> {
    let beginning = beginning.strip_prefix(b"\xef\xbb\xbf").unwrap_or(beginning);
    let beginning = &beginning[..beginning.len().min(LOOKED_AT)];
    if table { header(beginning) } else { json_keys(beginning) }
}

/// Folded keys: every text that a colon follows.
fn json_keys(beginning: &[u8]) -> HashSet<String> {
    let mut keys = HashSet::new();
    let mut rest = beginning;
    while let Some(open) = memchr::memchr(b'"', rest) {
        rest = &rest[open + 1..];
        let Some(close) = text_end(rest) else { break };
        let after = rest[close + 1..].iter().find(|b| !b.is_ascii_whitespace());
        if after == Some(&b':') {
            keys.insert(fold(&String::from_utf8_lossy(&rest[..close])));
        }
        rest = &rest[close + 1..];
    }
    keys
}

fn text_end(text: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        at += memchr::memchr2(b'"', b'\\', &text[at..])?;
        if text[at] == b'"' {
            return Some(at);
        }
        at += 2;
        if at > text.len() {
            return None;
        }
    }
}

/// Folded column names of the first line.
fn header(beginning: &[u8]) -> HashSet<String> {
    let mut input = Input::new(Box::new(beginning));
    let mut lines = Lines::new();
    match lines.next(&mut input, LOOKED_AT) {
        Line::Whole(_) | Line::CutOff(_) => {
            lines.cells().map(|cells| cells.map(fold).collect()).unwrap_or_default()
        }
        Line::TooLong(_) | Line::End => HashSet::new(),
    }
}
