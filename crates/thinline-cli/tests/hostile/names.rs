//! Names that point outside, or at something else than a file.

use crate::make::{HISTORY, Raw, plays, raw_zip};
use crate::run::{Home, PRIVATE, file};

#[test]
fn names_that_point_outside_are_refused() {
    let home = Home::new();
    let text = plays(2);
    let long = "x".repeat(2_000);
    let outside = [
        "../Saltmarsh.json",
        "MyData/../../Saltmarsh.json",
        "/etc/Saltmarsh.json",
        "C:\\Saltmarsh.json",
        "c:Saltmarsh.json",
        "..\\Saltmarsh.json",
        "\\\\server\\Saltmarsh.json",
        "MyData/Saltmarsh\0.json",
        &long,
    ];
    assert!(outside[0].contains(PRIVATE));
    for name in outside {
        let bytes = raw_zip(&[Raw::honest(HISTORY, text.as_bytes()), Raw::honest(name, b"[]")]);
        home.import_bytes("a.zip", &bytes).refused("too-large");
    }
    let link = Raw { unix_mode: 0o120_777, ..Raw::honest("MyData/endsong_1.json", b"/etc/passwd") };
    home.import_bytes("a.zip", &raw_zip(&[link])).refused("too-large");
    home.is_as_before();
    assert!(!home.path().join("Saltmarsh.json").exists());
}

#[test]
fn names_in_any_writing_are_listed_as_they_are() {
    let home = Home::new();
    let text = plays(2);
    let names =
        ["MyData/\u{202e}gpj.exe", "MyData/\u{645}\u{631}\u{62d}\u{628}\u{627}.json", "MyData/\u{1f30a}.txt"];
    let mut files = vec![Raw::honest(HISTORY, text.as_bytes())];
    files.extend(names.iter().map(|name| Raw::honest(name, b"x")));
    files.push(Raw { name: b"MyData/\xff\xfe.txt", ..Raw::honest("", b"x") });
    let report = home.import_bytes("a.zip", &raw_zip(&files)).report();
    assert_eq!(report["files"].as_array().unwrap().len(), 5);
    assert_eq!(file(&report, HISTORY)["state"], "read");
}
