//! Rules about the text of sources: headers, places, frozen files, who imports whom in the UI.

use std::path::{Component, Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::tree::{self, Source};

/// Released migrations, `SHA-256  name` a line. A line is added when a version is released and never changed.
const FROZEN: &str = "tests/frozen/migrations.txt";

const MIGRATIONS: &str = "crates/thinline-store/migrations";

/// Beginnings of paths on somebody's machine. Split so that this file passes its own rule.
const PLACES: &[&[&str]] =
    &[&["/ho", "me/"], &["/Us", "ers/"], &["/ro", "ot/"], &["/wo", "rk/"], &["/fa", "rm/"]];

/// Whose home sample data may name.
const INVENTED_PERSON: &str = "robin/";

#[test]
fn every_source_begins_by_saying_what_it_is() {
    let begins: &[(&str, &[&str])] =
        &[(".rs", &["//!"]), (".ts", &["//", "/*"]), (".svelte", &["<!--"]), (".css", &["/*"])];
    let mut silent = Vec::new();
    for (ending, allowed) in begins {
        for Source { name, text } in tree::sources("", &[ending]) {
            if !allowed.iter().any(|start| text.trim_start().starts_with(start)) {
                silent.push(name);
            }
        }
    }
    assert_eq!(silent, [""; 0], "these begin without a comment that says what they are");
}

#[test]
fn no_file_names_a_place_on_somebodys_machine() {
    let endings = [
        ".rs", ".ts", ".svelte", ".toml", ".md", ".json", ".js", ".mjs", ".css", ".html", ".sh", ".ftl",
        ".yml", "run",
    ];
    let found: Vec<String> = tree::sources("", &endings).iter().flat_map(places).collect();
    assert_eq!(found, [""; 0], "these name a place on somebody's machine");
}

fn places(Source { name, text }: &Source) -> Vec<String> {
    let mut found = Vec::new();
    for place in PLACES.iter().map(|halves| halves.concat()) {
        for (at, _) in text.match_indices(&place) {
            // `ui/home/` would be a folder of ours; only a path that starts there is meant.
            let before = text[..at].chars().next_back().unwrap_or(' ');
            let inside = before.is_alphanumeric() || "._-/$}])~*".contains(before);
            if !inside && !text[at + place.len()..].starts_with(INVENTED_PERSON) {
                found.push(format!("{name}:{}", text[..at].matches('\n').count() + 1));
            }
        }
    }
    found
}

#[test]
fn a_path_of_a_machine_is_recognized_and_a_folder_of_ours_is_not() {
    let file = |text: String| Source { name: "a.rs".to_owned(), text };
    let home = PLACES[0].concat();
    assert_eq!(places(&file(format!("\n\"{home}sam/x\""))), ["a.rs:2"]);
    assert_eq!(places(&file(format!("ui{home}x \"{home}robin/x\""))), [""; 0]);
}

#[test]
fn released_migrations_never_change() {
    let listed = tree::source(FROZEN).unwrap_or_default();
    for line in listed.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
        let (hash, name) = line.split_once("  ").unwrap_or_else(|| panic!("{FROZEN}: cannot read `{line}`"));
        let text = tree::source(&format!("{MIGRATIONS}/{name}"));
        let text = text.unwrap_or_else(|| panic!("the released migration {name} is gone"));
        assert!(
            hex::encode(Sha256::digest(text)) == hash,
            "the released migration {name} was changed; add a new one"
        );
    }
}

#[test]
fn only_one_file_of_the_window_knows_tauri() {
    for Source { name, text } in tree::sources("ui/src", &[".ts", ".svelte"]) {
        let knows = text.contains("@tauri-apps") || text.contains("__TAURI");
        let may = ["ui/src/ipc/tauri.ts", "ui/src/ipc/tauri.test.ts"].contains(&name.as_str());
        assert!(!knows || may, "{name} must go through ui/src/ipc");
    }
}

#[test]
fn features_of_the_window_do_not_know_each_other() {
    for Source { name, text } in tree::sources("ui/src/features", &[".ts", ".svelte"]) {
        let own = feature(Path::new(&name));
        for target in imports(&name, &text) {
            if let Some(other) = feature(&target) {
                assert!(own == Some(other.clone()), "{name} imports from the feature {other}");
            }
        }
    }
}

/// The folder right under ui/src/features, or None elsewhere. A file that lies there directly belongs to all.
fn feature(path: &Path) -> Option<String> {
    let rest = path.strip_prefix("ui/src/features").ok()?;
    let mut parts = rest.components();
    let first = parts.next()?.as_os_str().to_string_lossy().into_owned();
    parts.next().map(|_| first)
}

/// What a file imports by a relative path, from the top of the repository.
fn imports(name: &str, text: &str) -> Vec<PathBuf> {
    let folder = Path::new(name).parent().unwrap_or(Path::new(""));
    let quoted = text.split(['"', '\'']).skip(1).step_by(2);
    quoted.filter(|words| words.starts_with('.')).map(|words| join(folder, Path::new(words))).collect()
}

fn join(folder: &Path, relative: &Path) -> PathBuf {
    let mut path = folder.to_path_buf();
    for part in relative.components() {
        match part {
            Component::ParentDir => drop(path.pop()),
            Component::Normal(part) => path.push(part),
            _ => {}
        }
    }
    path
}

#[test]
fn an_import_from_another_feature_is_recognized() {
    let found = imports("ui/src/features/timeline/Rows.svelte", "import { a } from \"../log/entry\";");
    assert_eq!(found, [PathBuf::from("ui/src/features/log/entry")]);
    assert_eq!(feature(&found[0]), Some("log".to_owned()));
    assert_eq!(feature(Path::new("ui/src/lib/dates.ts")), None);
}
