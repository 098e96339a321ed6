//! Every command of the window, asked wrongly in every way: texts and lists that are too long, words and fields that do not exist,
//! values of another kind. Each is refused before anything is done, and the program goes on.
//!
//! Which commands there are, and what they take, is read from the sources: a new command is in the test by itself.

use serde_json::{Value, json};
use thinline_tests::harness::{Answer, Computer, Start, Window};

use crate::signatures::{Kind, Signature, signatures, value};

/// Longer than any text or list may be.
const TOO_LONG: usize = 5_000;

/// How a wrong value must be answered.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Refusal {
    /// Understood, measured and refused, before the question is put: without data, every question is answered with another code.
    TooMuch,
    /// Not understood at all.
    Misread,
}

/// Wrong values in place of a good one, with what each is.
fn wrong(kind: &Kind) -> Vec<(String, Value, Refusal)> {
    let nonsense = json!({ "planted": true });
    let mut found = vec![("another kind of value".to_owned(), nonsense, Refusal::Misread)];
    match kind {
        Kind::Text => found.push(("a long text".to_owned(), json!("x".repeat(TOO_LONG)), Refusal::TooMuch)),
        Kind::Number => {
            found.push(("a number below all".to_owned(), json!(-5_000_000_000_i64), Refusal::Misread))
        }
        Kind::Truth => found.push(("a word for a truth".to_owned(), json!("true"), Refusal::Misread)),
        Kind::Word(_) => {
            found.push(("a word that does not exist".to_owned(), json!("planted"), Refusal::Misread))
        }
        Kind::Maybe(inner) => found = wrong(inner),
        Kind::List(inner) => {
            let many = vec![value(inner); TOO_LONG];
            found.push(("a long list".to_owned(), json!(many), Refusal::TooMuch));
            let inside = wrong(inner).into_iter();
            found.extend(
                inside.map(|(what, one, refusal)| (format!("{what} in a list"), json!([one]), refusal)),
            );
        }
        Kind::Parts(parts) => {
            let good = value(kind);
            let with = |name: &str, one: Value| {
                let mut all = good.clone();
                all[name] = one;
                all
            };
            found[0].1 = json!(5);
            found.push((
                "a field that does not exist".to_owned(),
                with("planted", json!(1)),
                Refusal::Misread,
            ));
            for (name, part) in parts {
                let inside = wrong(part).into_iter();
                found.extend(
                    inside
                        .map(|(what, one, refusal)| (format!("{what} as {name}"), with(name, one), refusal)),
                );
            }
        }
    }
    found
}

#[test]
fn every_command_refuses_what_is_too_long_or_of_another_shape() {
    let computer = Computer::new();
    let window = computer.open(Start::default());
    window.test_id("door-sample");
    let all = signatures();
    assert!(all.len() > 50, "commands were not found: {}", all.len());
    let mut asked = 0;
    for Signature { command, arguments } in &all {
        let good: Value = arguments.iter().map(|(name, kind)| (name.clone(), value(kind))).collect();
        for (name, kind) in arguments {
            for (what, one, refusal) in wrong(kind) {
                let mut asking = good.clone();
                asking[name] = one;
                refused(&window, command, &asking, refusal, &format!("{command}: {what} as {name}"));
                asked += 1;
            }
        }
    }
    assert!(asked > 200, "{asked}");
    // Nothing was done by all that, and the program answers as before.
    let Answer::Said(state) = window.invoke("app_state", &json!({})) else {
        panic!("the program does not answer")
    };
    assert_eq!(state["phase"], "first-run");
    assert!(window.all("dialog[open]").is_empty());
    window.close();
}

#[track_caller]
fn refused(window: &Window<'_>, command: &str, asking: &Value, refusal: Refusal, what: &str) {
    let answer = window.invoke(command, asking);
    let fits = match refusal {
        Refusal::TooMuch => answer == Answer::Code("bad-value".to_owned()),
        Refusal::Misread => matches!(answer, Answer::Misread(_)),
    };
    assert!(fits, "{what}: {answer:?}");
}

#[test]
fn what_is_no_command_of_the_window_is_never_answered() {
    let computer = Computer::new();
    let window = computer.open(Start::default());
    window.test_id("door-sample");
    for (command, arguments) in [
        ("planted", json!({})),
        ("plugin:dialog|open", json!({ "options": {} })),
        ("plugin:dialog|save", json!({ "options": {} })),
        ("plugin:event|emit", json!({ "event": "topics", "payload": 1 })),
        (
            "plugin:event|listen",
            json!({ "event": "tauri://drag-drop", "target": { "kind": "Any" }, "handler": 1 }),
        ),
        (
            "plugin:webview|create_webview_window",
            json!({ "options": { "label": "x", "url": "https://example.org" } }),
        ),
        ("plugin:window|close", json!({})),
        ("plugin:path|resolve_directory", json!({ "directory": 1 })),
    ] {
        assert_eq!(window.invoke(command, &arguments), Answer::Nothing, "{command}");
    }
    assert!(
        matches!(window.invoke("app_state", &json!({})), Answer::Said(_)),
        "a command that exists is answered"
    );
    window.close();
}
