//! Promises in words are held by tests: each one in `docs/security.md` names some, and they exist.
//!
//! That a test proves its promise is for people to judge. Here only that none of them was renamed, removed or forgotten.

use std::collections::BTreeSet;

use crate::tree::{self, Source};

const PAGE: &str = "docs/security.md";

#[test]
fn every_promise_names_a_test_that_exists() {
    let page = tree::source(PAGE).unwrap_or_else(|| panic!("{PAGE} is missing"));
    let promises = promises(&page);
    assert!(promises.len() > 15, "{PAGE} was not understood: {} promises", promises.len());
    let tests = tests_of(&tree::sources("", &[".rs"]));
    let mut numbers = BTreeSet::new();
    for Promise { number, tests: named } in &promises {
        assert!(numbers.insert(number), "{PAGE}: the number {number} is there twice");
        assert!(!named.is_empty(), "{PAGE}: no test holds promise {number}");
        for name in named {
            assert!(tests.contains(name), "{PAGE}: {number} names the test `{name}`, which does not exist");
        }
    }
}

#[test]
fn a_promise_without_a_test_and_a_function_that_is_none_are_recognized() {
    let page = "## N. Network\n\n**N1. No calls.** Said so. Held by\n`a_b`,\n`c_d`.\n\n**N2. Nothing.** Words `like_this`.\n";
    let found = promises(page);
    let numbers: Vec<_> = found.iter().map(|promise| promise.number.as_str()).collect();
    assert_eq!(numbers, ["N1", "N2"]);
    assert_eq!(found[0].tests, ["a_b", "c_d"]);
    assert!(found[1].tests.is_empty());
    let text = "#[test]\n#[ignore = \"x\"]\nfn a_b() {}\n\nfn c_d() {}\n".to_owned();
    assert_eq!(tests_of(&[Source { name: "a.rs".to_owned(), text }]), BTreeSet::from(["a_b".to_owned()]));
}

#[test]
fn what_people_read_about_security_leads_on() {
    for (page, links) in [
        ("SECURITY.md", &["docs/security.md", "docs/known-issues.md"][..]),
        (PAGE, &["known-issues.md", "../SECURITY.md"]),
        ("README.md", &["docs/security.md"]),
    ] {
        let text = tree::source(page).unwrap_or_else(|| panic!("{page} is missing"));
        for link in links {
            assert!(text.contains(&format!("]({link})")), "{page} does not lead to {link}");
        }
    }
}

struct Promise {
    number: String,
    tests: Vec<String>,
}

/// Paragraphs that begin with a bold number such as `**N1. `, and what is named in code after "Held by".
fn promises(page: &str) -> Vec<Promise> {
    let paragraphs = page.split("\n\n").map(str::trim);
    paragraphs
        .filter_map(|paragraph| {
            let number = paragraph.strip_prefix("**")?.split('.').next()?;
            let (letter, digits) = number.split_at_checked(1)?;
            let is_number =
                letter.bytes().all(|byte| byte.is_ascii_uppercase()) && digits.parse::<u8>().is_ok();
            let held = paragraph.split_once("Held by").map_or("", |(_, held)| held);
            let named = held.split('`').skip(1).step_by(2);
            // Commands, such as `cargo xtask fuzz`, may stand beside tests.
            let tests = named.filter(|name| !name.contains(' ')).map(str::to_owned).collect();
            is_number.then(|| Promise { number: number.to_owned(), tests })
        })
        .collect()
}

/// Names of functions that are marked as tests.
fn tests_of(sources: &[Source]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for Source { text, .. } in sources {
        let mut marked = false;
        for line in text.lines().map(str::trim) {
            if let Some(rest) = line.strip_prefix("fn ") {
                let name = rest.split(['(', '<']).next().unwrap_or_default();
                if std::mem::take(&mut marked) {
                    found.insert(name.to_owned());
                }
            } else {
                marked = line == "#[test]" || (marked && line.starts_with("#["));
            }
        }
    }
    found
}
