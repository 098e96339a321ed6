//! Small files that unpack to far too much, or to far too many.

use crate::make::{HISTORY, Raw, gz_of, plays, raw_zip, tar, zip};
use crate::run::{Home, count, file};
use std::io::{Cursor, Write};
use zip::{ZipWriter, write::SimpleFileOptions};

/// A zip with one file of so many equal bytes.
fn zip_of(name: &str, byte: u8, count: usize) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file(name, SimpleFileOptions::default()).unwrap();
    let block = vec![byte; 1 << 20];
    for _ in 0..count >> 20 {
        zip.write_all(&block).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn what_unpacks_to_far_too_much_is_refused() {
    let home = Home::new();
    let large = 256 << 20;
    home.import_bytes("a.zip", &zip_of(HISTORY, b' ', large)).refused("too-large");
    let stream = gz_of(&tar(&[(HISTORY, b"[]")])[..1024], 0, large);
    home.import_bytes("a.tgz", &stream).refused("too-large");
    home.import_bytes("endsong_0.json.gz", &gz_of(b"[", b' ', large)).refused("too-large");
    let inner = zip_of(HISTORY, b'x', 128 << 20);
    home.import_bytes("a.zip", &zip(&[("inner.zip", &inner)])).refused("too-large");
    home.is_as_before();
}

#[test]
fn a_bomb_of_many_small_files_is_refused() {
    let home = Home::new();
    let small = zip_of(HISTORY, b' ', 8 << 20);
    let names: Vec<String> = (0..40).map(|at| format!("{at}.zip")).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &small[..])).collect();
    home.import_bytes("a.zip", &zip(&many)).refused("too-large");
    home.is_as_before();
}

#[test]
fn files_that_share_their_bytes_are_refused() {
    let home = Home::new();
    let text = plays(400);
    let first = Raw::honest("MyData/endsong_0.json", text.as_bytes());
    let same: Vec<Raw<'_>> = std::iter::once(first.clone())
        .chain((0..200).map(|_| Raw { name: b"MyData/endsong_1.json", at: Some(0), ..first.clone() }))
        .collect();
    home.import_bytes("a.zip", &raw_zip(&same)).refused("too-large");
    home.is_as_before();
}

#[test]
fn archives_nested_without_end_are_opened_four_deep_and_no_deeper() {
    let home = Home::new();
    let deep = (0..60).fold(zip(&[(HISTORY, plays(3).as_bytes())]), |inner, _| zip(&[("again.zip", &inner)]));
    home.import_bytes("again.zip", &deep).refused("unknown-service");
    home.is_as_before();
    let beside = zip(&[("again.zip", &deep), (HISTORY, plays(5).as_bytes())]);
    let report = home.import_bytes("a.zip", &beside).report();
    assert_eq!(count(&report, "read"), 5);
    let deepest = file(&report, "again.zip/again.zip/again.zip/again.zip");
    assert_eq!(
        (deepest["state"].as_str(), deepest["why"].as_str()),
        (Some("unused"), Some("nested-too-deep"))
    );
}

fn many(entries: u32) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    zip.start_file(HISTORY, options).unwrap();
    zip.write_all(plays(5).as_bytes()).unwrap();
    for at in 1..entries {
        zip.start_file(format!("MyData/photo {at}.jpg"), options).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn more_files_than_any_export_has_are_refused_and_many_are_read() {
    let home = Home::new();
    home.import_bytes("a.zip", &many(200_001)).refused("too-large");
    home.is_as_before();
    let report = home.import_bytes("b.zip", &many(10_000)).report();
    assert_eq!(count(&report, "read"), 5);
    assert_eq!(report["files"].as_array().unwrap().len(), 10_000);
}
