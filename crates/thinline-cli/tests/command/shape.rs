//! The fields that the contract promises, with their types: fields may be added, never renamed.

use serde_json::Value;

/// A type that a field has to have.
#[derive(Debug, Clone, Copy)]
pub enum Is {
    Text,
    /// RFC 3339 in UTC.
    Time,
    Number,
    Bool,
    List,
    Object,
    TextOrNull,
    TimeOrNull,
}

use Is::{Bool, List, Number, Object, Text, TextOrNull, Time, TimeOrNull};

fn fits(value: &Value, is: Is) -> bool {
    let time = |text: &str| text.len() == 20 && text.as_bytes()[10] == b'T' && text.ends_with('Z');
    match is {
        Text => value.is_string(),
        Time => value.as_str().is_some_and(time),
        Number => value.is_u64(),
        Bool => value.is_boolean(),
        List => value.is_array(),
        Object => value.is_object(),
        TextOrNull => value.is_string() || value.is_null(),
        TimeOrNull => value.is_null() || value.as_str().is_some_and(time),
    }
}

pub fn has(value: &Value, fields: &[(&str, Is)]) {
    for (name, is) in fields {
        let field = value.get(name).unwrap_or_else(|| panic!("no {name} in {value}"));
        assert!(fits(field, *is), "{name} is no {is:?}: {field}");
    }
}

pub fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value[name].as_array().unwrap_or_else(|| panic!("{name} is no list in {value}"))
}

const TOTALS: &[(&str, Is)] = &[
    ("rows", Number),
    ("records", Number),
    ("read", Number),
    ("known", Number),
    ("skipped", Number),
    ("failed", Number),
];

/// What `import` answers; the counts add up wherever they stand.
pub fn import(report: &Value) {
    import_fields(report);
    assert!(["done", "partial", "cancelled", "known"].contains(&report["state"].as_str().unwrap()));
}

/// Also those of a look before an import.
pub fn import_fields(report: &Value) {
    has(
        report,
        &[
            ("id", Number),
            ("service", Text),
            ("account", Text),
            ("archive", Text),
            ("state", Text),
            ("files", List),
            ("coverage", List),
            ("warnings", List),
        ],
    );
    adds_up(report);
    for coverage in list(report, "coverage") {
        has(coverage, &[("category", Text), ("first", Time), ("last", Time), ("gaps", List)]);
    }
    for file in list(report, "files") {
        has(file, &[("path", Text), ("state", Text), ("reasons", Object), ("parts", List)]);
        assert!(["read", "unused", "unknown", "empty", "failed"].contains(&file["state"].as_str().unwrap()));
        adds_up(file);
        for part in list(file, "parts") {
            has(part, &[("at", Text), ("recipe", TextOrNull), ("state", Text), ("reasons", Object)]);
            adds_up(part);
        }
    }
}

fn adds_up(value: &Value) {
    has(value, TOTALS);
    let n = |name: &str| value[name].as_u64().unwrap();
    assert_eq!(n("rows"), n("read") + n("known") + n("skipped") + n("failed"), "{value}");
}

pub fn import_row(row: &Value) {
    let fields = [
        ("id", Number),
        ("service", Text),
        ("account", Text),
        ("archive", Text),
        ("at", Time),
        ("records", Number),
        ("state", Text),
    ];
    has(row, &fields);
}

pub fn record(record: &Value) {
    has(
        record,
        &[
            ("id", Text),
            ("service", Text),
            ("account", Text),
            ("person", TextOrNull),
            ("kind", Text),
            ("origin", Text),
            ("category", Text),
            ("at", TimeOrNull),
            ("as_of", TimeOrNull),
            ("precision", Text),
            ("certainty", Text),
            ("title", Text),
            ("by", Text),
            ("counterparty", Text),
            ("sensitivity", Number),
            ("can_be_used_for", List),
            ("detail", Object),
        ],
    );
    // Thinline's own records were read nowhere.
    if record["kind"] == "choice" {
        assert!(record["source"].is_null());
    } else {
        has(&record["source"], &[("archive", Text), ("path", Text), ("row", Number)]);
    }
}

pub fn service(service: &Value) {
    has(service, &[("id", Text), ("name", Text), ("listed", Bool), ("records", Number), ("purposes", List)]);
    let purposes = list(service, "purposes");
    let ids: Vec<&str> = purposes.iter().map(|purpose| purpose["id"].as_str().unwrap()).collect();
    assert_eq!(
        ids,
        [
            "recommendations",
            "ads-here",
            "ads-elsewhere",
            "from-elsewhere",
            "sharing",
            "messages",
            "improvement",
            "ai-training"
        ]
    );
    for purpose in purposes {
        has(
            purpose,
            &[
                ("choice", Text),
                ("until", TimeOrNull),
                ("by", TextOrNull),
                ("since", TimeOrNull),
                ("availability", List),
                ("effects", List),
            ],
        );
        for effect in list(purpose, "effects") {
            has(effect, &[("action", Text), ("where", Text), ("state", Text), ("since", TimeOrNull)]);
        }
    }
}

pub fn changes(changes: &Value) {
    has(changes, &[("changes", List)]);
    assert!(changes["log"].is_u64() || list(changes, "changes").is_empty());
    for change in list(changes, "changes") {
        has(
            change,
            &[("service", Text), ("purpose", Text), ("from", Text), ("to", Text), ("until", TimeOrNull)],
        );
    }
}

pub fn written(written: &Value) {
    has(written, &[("path", Text), ("records", Number), ("sha256", Text)]);
    has(written, &[("bytes", Number)]);

    assert_eq!(written["sha256"].as_str().unwrap().len(), 64);
}

pub fn verified(verified: &Value) {
    has(verified, &[("ok", Bool), ("size", Number), ("root", Text), ("checked_at", Time), ("anchor", Text)]);
    assert!(["match", "newer", "none"].contains(&verified["anchor"].as_str().unwrap()));
}

pub fn status(status: &Value) {
    has(
        status,
        &[
            ("vault", Bool),
            ("locked", Bool),
            ("records", Number),
            ("services", Number),
            ("imports", Number),
            ("log_size", Number),
            ("browsers", List),
        ],
    );
}
