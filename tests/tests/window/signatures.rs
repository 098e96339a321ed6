//! What each command of the window takes, read from the sources: so that a test of all commands holds for those of tomorrow.
//!
//! Not a parser of Rust: it knows how commands and their types are written here, and says so where it meets something else.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use thinline_tests::harness::repository;

/// A kind of value that a command takes.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    Text,
    Number,
    Truth,
    /// One of some words; the first of them.
    Word(String),
    /// There or not.
    Maybe(Box<Kind>),
    List(Box<Kind>),
    /// Named parts.
    Parts(Vec<(String, Kind)>),
}

/// A command and its arguments, as the page names them.
#[derive(Debug, Clone)]
pub struct Signature {
    pub command: String,
    pub arguments: Vec<(String, Kind)>,
}

/// Every command, in the order of the files.
pub fn signatures() -> Vec<Signature> {
    let types = types();
    let mut found = Vec::new();
    for text in rust_files("src-tauri/src/commands") {
        for part in text.split("#[tauri::command]").skip(1) {
            let part = part.split(" ->").next().expect("a command answers");
            let (head, rest) =
                part.split_once("fn ").and_then(|(_, rest)| rest.split_once('(')).expect("a function");
            let arguments = rest.trim().trim_end_matches(')');
            let arguments = split(arguments).into_iter().filter_map(|argument| {
                let (name, written) = argument.split_once(':').expect("an argument has a type");
                let written = written.trim();
                let of_tauri = ["AppHandle", "State<", "Window", "WebviewWindow"];
                let own = !of_tauri.iter().any(|given| written.starts_with(given));
                own.then(|| (camel(name.trim()), kind(written, &types)))
            });
            found.push(Signature { command: head.to_owned(), arguments: arguments.collect() });
        }
    }
    found
}

/// A value of this kind that is well formed.
pub fn value(kind: &Kind) -> Value {
    match kind {
        Kind::Text => json!("x"),
        Kind::Number => json!(1),
        Kind::Truth => json!(false),
        Kind::Word(word) => json!(word),
        Kind::Maybe(inner) => value(inner),
        Kind::List(inner) => json!([value(inner)]),
        Kind::Parts(parts) => parts.iter().map(|(name, kind)| (name.clone(), value(kind))).collect(),
    }
}

/// Bodies of structs and enums by their names.
fn types() -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let texts = rust_files("crates/thinline-core/src/wire").into_iter().chain(rust_files("src-tauri/src"));
    for text in texts {
        for word in ["pub struct ", "pub enum "] {
            for (at, _) in text.match_indices(word) {
                let rest = &text[at + word.len()..];
                let Some((name, body)) = rest.split_once(" {\n") else { continue };
                let body = body.split("\n}").next().unwrap_or_default();
                if name.chars().all(char::is_alphanumeric) {
                    found.insert(name.to_owned(), format!("{word}\n{body}"));
                }
            }
        }
    }
    found
}

fn kind(written: &str, types: &BTreeMap<String, String>) -> Kind {
    let inside = |outer: &str| written.strip_prefix(outer).and_then(|rest| rest.strip_suffix('>'));
    if let Some(inner) = inside("Option<") {
        return Kind::Maybe(Box::new(kind(inner, types)));
    }
    if let Some(inner) = inside("Vec<") {
        return Kind::List(Box::new(kind(inner, types)));
    }
    if let Some(inner) = inside("Zeroizing<") {
        return kind(inner, types);
    }
    match written {
        "String" => Kind::Text,
        "bool" => Kind::Truth,
        "u8" | "u16" | "u32" | "i32" | "usize" => Kind::Number,
        name => named(name, types),
    }
}

fn named(name: &str, types: &BTreeMap<String, String>) -> Kind {
    let body =
        types.get(name).unwrap_or_else(|| panic!("a command takes a {name}, which this test does not know"));
    let lines = body.lines().map(str::trim).filter(|line| !line.starts_with("//") && !line.starts_with("#["));
    if body.starts_with("pub enum") {
        let first = lines.skip(1).find(|line| !line.is_empty()).expect("an enum has variants");
        return Kind::Word(kebab(first.trim_end_matches(',')));
    }
    let fields =
        lines.skip(1).filter_map(|line| line.strip_prefix("pub ")?.trim_end_matches(',').split_once(": "));
    Kind::Parts(fields.map(|(field, written)| (field.to_owned(), kind(written, types))).collect())
}

/// At commas outside of brackets.
fn split(arguments: &str) -> Vec<&str> {
    let (mut depth, mut start, mut found) = (0, 0, Vec::new());
    for (at, c) in arguments.char_indices() {
        match c {
            '<' | '(' => depth += 1,
            '>' | ')' => depth -= 1,
            ',' if depth == 0 => {
                found.push(&arguments[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    found.push(&arguments[start..]);
    found.retain(|argument| !argument.trim().is_empty());
    found
}

fn camel(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |all, word| {
        let (head, tail) = word.split_at(1);
        all + &head.to_uppercase() + tail
    })
}

fn kebab(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !out.is_empty() {
            out.push('-');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

fn rust_files(folder: &str) -> Vec<String> {
    read_all(&repository().join(folder))
}

fn read_all(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut entries: Vec<_> = fs::read_dir(folder).expect("the folder is there").flatten().collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    for path in entries.into_iter().map(|entry| entry.path()) {
        if path.is_dir() {
            found.extend(read_all(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(fs::read_to_string(&path).expect("a source can be read"));
        }
    }
    found
}
