//! What Thinline is built from: every exception has a reason and a date, packages of the window have licenses that may be shipped
//! and run nothing when they are installed, and no source of ours opens a connection.
//!
//! Crates are judged by `cargo deny`; it knows neither npm nor dates.

use serde_json::Value;

use crate::tree::{self, Source};

/// The files that tell `cargo deny` what may be linked.
const POLICIES: &[&str] = &["deny.toml", "deny-shipped.toml"];

/// Licenses of npm packages: tools of the build, and the few that end up in the window. A combination may be met by one of its parts.
const LICENSES: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 OR MIT",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BlueOak-1.0.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0", // axe-core and lightningcss: tools, not shipped
    "OFL-1.1", // the font
];

/// Words by which a source of ours could open a connection or look up a name.
/// Addresses may be parsed: they stand in exports and are masked.
const SOCKETS_IN_RUST: &[&str] =
    &["TcpStream", "TcpListener", "UdpSocket", "ToSocketAddrs", "tokio::net", "async_net", "getaddrinfo"];

/// The same for the page. The content policy stops most of them, too.
const SOCKETS_IN_THE_PAGE: &[&str] = &[
    "fetch(",
    "XMLHttpRequest",
    "WebSocket",
    "EventSource",
    "sendBeacon",
    "RTCPeerConnection",
    "importScripts",
    "serviceWorker",
    "dns-prefetch",
    "preconnect",
];

#[test]
fn every_exception_has_a_reason_and_a_date() {
    for policy in POLICIES {
        let text = tree::source(policy).unwrap_or_else(|| panic!("{policy} is missing"));
        let entries = exceptions(&text);
        assert!(!entries.is_empty(), "{policy} was not understood");
        for entry in entries {
            assert!(dated(&entry), "{policy}: no reason with a date (YYYY-MM-DD): {entry}");
        }
    }
}

#[test]
fn an_exception_without_a_date_is_recognized() {
    let text = "exceptions = [{ crate = \"a\" }] # why\ndeny = [\n    # 2026-01-02: why\n    { crate = \"b\", reason = \"x\" },\n]";
    let found: Vec<_> = exceptions(text).iter().map(|entry| dated(entry)).collect();
    assert_eq!(found, [false, true]);
    assert!(dated("{ id = \"RUSTSEC-2024-0001\", reason = \"2026-11-24: not reached\" }"));
    assert!(
        !dated("{ id = \"RUSTSEC-2024-0001\", reason = \"not reached\" }"),
        "an advisory's number is no date"
    );
}

/// Lines that name a crate or an advisory, each with the comment lines right above it.
fn exceptions(text: &str) -> Vec<String> {
    let (mut comment, mut found) = (String::new(), Vec::new());
    for line in text.lines().map(str::trim) {
        if line.starts_with('#') {
            comment.push_str(line);
        } else if line.contains("{ crate =") || line.contains("{ id =") {
            found.push(format!("{comment}{line}"));
        } else if !line.starts_with("allow =") {
            comment.clear();
        }
    }
    found
}

fn dated(entry: &str) -> bool {
    let is_date = |word: &str| {
        let parts: Vec<_> = word.split('-').map(|part| (part.len(), part.parse::<u16>().is_ok())).collect();
        parts == [(4, true), (2, true), (2, true)]
    };
    entry.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').any(is_date)
}

#[test]
fn packages_of_the_window_have_licenses_that_may_be_shipped_and_checksums() {
    for (name, package) in npm_packages() {
        let license = package["license"].as_str().unwrap_or("none");
        assert!(LICENSES.contains(&license), "{name} is under {license}");
        let integrity = package["integrity"].as_str().unwrap_or_default();
        assert!(integrity.starts_with("sha512-"), "{name} has no checksum");
        let from = package["resolved"].as_str();
        assert!(
            from.is_none_or(|from| from.starts_with("https://registry.npmjs.org/")),
            "{name} is from {from:?}"
        );
    }
}

#[test]
fn no_package_of_the_window_runs_anything_when_it_is_installed() {
    for (name, package) in npm_packages() {
        assert!(package["hasInstallScript"].is_null(), "{name} has a script that runs on installation");
    }
}

fn npm_packages() -> Vec<(String, Value)> {
    let lock = tree::source("ui/package-lock.json").expect("ui/ has a lock file");
    let lock: Value = serde_json::from_str(&lock).expect("the lock file is JSON");
    let all = lock["packages"].as_object().expect("the lock file lists packages");
    let others = all.iter().filter(|(name, _)| !name.is_empty());
    let found: Vec<_> = others.map(|(name, package)| (name.clone(), package.clone())).collect();
    assert!(found.len() > 50, "the lock file was not understood");
    found
}

#[test]
fn no_source_of_what_people_install_opens_a_connection() {
    let mut rust = tree::sources("src-tauri/src", &[".rs"]);
    for folder in tree::sources("crates", &["Cargo.toml"]) {
        let folder = folder.name.trim_end_matches("Cargo.toml").to_owned();
        rust.extend(tree::sources(&format!("{folder}src"), &[".rs"]));
    }
    let mut page = tree::sources("ui/src", &[".ts", ".svelte", ".css"]);
    page.retain(|file| !file.name.ends_with(".test.ts"));
    page.extend(tree::sources("isolation", &[".js", ".html"]));
    assert!(rust.len() > 100 && page.len() > 80, "sources were not found: {} {}", rust.len(), page.len());
    for (files, words) in [(rust, SOCKETS_IN_RUST), (page, SOCKETS_IN_THE_PAGE)] {
        for Source { name, text } in files {
            let found: Vec<_> = words.iter().filter(|word| text.contains(**word)).collect();
            assert!(found.is_empty(), "{name} names {found:?}");
        }
    }
}
