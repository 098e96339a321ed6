//! The one door between the window and the program: five lists of the same commands must be one list.
//!
//! A command that is missing from the capability is refused at run time; one that is missing from the isolation frame hangs for
//! ever; one that is only in a list is a door nobody watches.

use std::collections::BTreeSet;

use crate::tree;

const BUILD: &str = "src-tauri/build.rs";

type Names = BTreeSet<String>;

#[test]
fn the_capability_allows_exactly_the_commands_that_exist() {
    let Some(commands) = commands() else { return };
    let allowed = allowed();
    assert_eq!(allowed, commands, "src-tauri/capabilities (left) against {BUILD} (right)");
}

#[test]
fn the_window_calls_exactly_the_commands_that_exist() {
    let (Some(commands), Some(tauri)) = (commands(), tree::source("ui/src/ipc/tauri.ts")) else { return };
    assert_eq!(called(&tauri), commands, "ui/src/ipc/tauri.ts (left) against {BUILD} (right)");
}

#[test]
fn the_isolation_frame_lets_through_exactly_the_commands_that_exist() {
    let (Some(commands), Some(frame)) = (commands(), tree::source("isolation/isolation.js")) else { return };
    let list = between(&frame, "COMMANDS = new Set([", "]").unwrap_or_default();
    let let_through: Names = quoted(list).map(str::to_owned).collect();
    assert_eq!(let_through, commands, "isolation/isolation.js (left) against {BUILD} (right)");
}

#[test]
fn the_shell_hands_out_exactly_the_commands_that_exist() {
    let Some(commands) = commands() else { return };
    let handlers: Vec<String> =
        tree::sources("src-tauri/src", &[".rs"]).into_iter().map(|file| file.text).collect();
    let list = handlers.iter().find_map(|text| between(text, "generate_handler![", "]"));
    let names = list
        .unwrap_or_default()
        .split(',')
        .map(|path| path.rsplit("::").next().unwrap_or(path).trim().to_owned());
    let handled: Names = names.filter(|name| !name.is_empty()).collect();
    assert_eq!(handled, commands, "generate_handler (left) against {BUILD} (right)");
}

/// The list in build.rs, or None while there is no shell.
fn commands() -> Option<Names> {
    let build = tree::source(BUILD)?;
    let names: Names = quoted(&build).filter(|word| is_name(word)).map(str::to_owned).collect();
    assert!(!names.is_empty(), "{BUILD} has no list of commands");
    Some(names)
}

/// Own commands in the capabilities: `allow-app-state` is `app_state`. `core:` permissions are Tauri's.
fn allowed() -> Names {
    let files = tree::sources("src-tauri/capabilities", &[".json"]);
    let words = files.iter().flat_map(|file| quoted(&file.text).map(str::to_owned).collect::<Vec<_>>());
    words.filter_map(|word| word.strip_prefix("allow-").map(|name| name.replace('-', "_"))).collect()
}

/// First arguments of `ask("…")`, with or without a type between.
fn called(text: &str) -> Names {
    let calls = text.match_indices("ask").filter_map(|(at, ask)| {
        let rest = &text[at + ask.len()..];
        // Not every "ask" is a call: there are names such as "request_asked".
        if !rest.starts_with(['<', '(']) {
            return None;
        }
        let rest = if rest.starts_with('<') { &rest[rest.find('(')?..] } else { rest };
        rest.trim_start_matches('(').trim_start().strip_prefix('"')?.split('"').next()
    });
    calls.filter(|word| is_name(word)).map(str::to_owned).collect()
}

/// Double-quoted words. Good enough for lists; escapes do not occur in them.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('"').skip(1).step_by(2)
}

fn is_name(word: &str) -> bool {
    !word.is_empty()
        && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_' || byte.is_ascii_digit())
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> Option<&'a str> {
    let rest = &text[text.find(start)? + start.len()..];
    rest.find(end).map(|at| &rest[..at])
}
