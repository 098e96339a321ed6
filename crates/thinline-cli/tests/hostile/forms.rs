//! Archives of other forms, of odd forms, and with headers that lie.

use crate::make::{HISTORY, Raw, gz, odd_tar, play, plays, raw_zip, tar, zip, zip_with};
use crate::run::{Home, PRIVATE, count, file};
use std::fs;
use zip::write::SimpleFileOptions;

#[test]
fn other_forms_are_named_with_the_next_step() {
    let home = Home::new();
    for (name, bytes) in [
        ("a.7z", &b"7z\xbc\xaf\x27\x1c\0\x04 and so on"[..]),
        ("a.zip", b"Rar!\x1a\x07\x01\0 and so on"),
        ("a.tar.xz", b"\xfd7zXZ\0\0\x04 and so on"),
        ("a.tar.bz2", b"BZh91AY&SY and so on"),
        ("a.tar.zst", b"\x28\xb5\x2f\xfd and so on"),
    ] {
        home.import_bytes(name, bytes).refused("not-supported");
    }
    home.import_bytes("a.z01", b"PK\x07\x08PK\x09 and so on").refused("split-archive");
    let mut last = zip(&[(HISTORY, plays(3).as_bytes())]);
    let end = last.len() - 22;
    last[end + 4..end + 8].copy_from_slice(&[3, 0, 3, 0]);
    home.import_bytes("a.zip", &last).refused("split-archive");
    let noise: Vec<u8> = (0..9_000_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    for (name, bytes) in [("a.zip", &b""[..]), ("a.zip", b"PK"), ("a.pdf", b"%PDF-1.7\n"), ("a.zip", &noise)]
    {
        home.import_bytes(name, bytes).refused("not-an-archive");
    }
    home.import_bytes("a.json", br#"{"a": 1}"#).refused("unknown-service");
    home.is_as_before();
}

#[test]
fn a_password_refuses_all_of_it_and_inside_only_that_archive() {
    let home = Home::new();
    let mut locked = zip(&[(HISTORY, plays(3).as_bytes())]);
    let central = locked.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    locked[6] |= 1;
    locked[central + 8] |= 1;
    home.import_bytes("a.zip", &locked).refused("encrypted");
    home.is_as_before();
    let report =
        home.import_bytes("a.zip", &zip(&[("x.zip", &locked), (HISTORY, plays(2).as_bytes())])).report();
    assert_eq!(file(&report, "x.zip")["why"], "nested-encrypted");
    assert_eq!(count(&report, "read"), 2);
}

#[test]
fn wrong_checksums_and_sizes_fail_their_file_alone() {
    let good = plays(4);
    let other = format!("[{}]", (100..140).map(|at| play(at, PRIVATE)).collect::<Vec<_>>().join(","));
    let honest = Raw::honest("MyData/endsong_1.json", other.as_bytes());
    let length = other.len() as u32;
    for (what, lie) in [
        ("checksum", Raw { crc: honest.crc ^ 1, ..honest.clone() }),
        ("declared smaller", Raw { size: 100, ..honest.clone() }),
        ("packed smaller", Raw { packed: length / 2, size: length, ..honest.clone() }),
        ("declared larger", Raw { size: length * 2, ..honest.clone() }),
    ] {
        let home = Home::new();
        let bytes = raw_zip(&[Raw::honest(HISTORY, good.as_bytes()), lie]);
        let ended = home.import_bytes("a.zip", &bytes);
        let report = ended.report();
        assert_eq!((ended.code, report["state"].as_str()), (3, Some("partial")), "{what}: {report}");
        assert_eq!(count(file(&report, HISTORY), "read"), 4, "{what}");
        let damaged = file(&report, "MyData/endsong_1.json");
        assert!(damaged["why"].is_string(), "{what}: {damaged}");
        // What is stored is what is told.
        assert_eq!(home.titles().len() as u64, count(&report, "records"), "{what}");
    }
}

#[test]
fn the_directory_of_a_zip_decides_over_its_headers() {
    let home = Home::new();
    let text = plays(3);
    let honest = Raw::honest(HISTORY, text.as_bytes());
    let two_faced = Raw { local_name: b"MyData/Photos_00.json", ..honest };
    let report = home.import_bytes("a.zip", &raw_zip(&[two_faced])).report();
    assert_eq!(count(file(&report, HISTORY), "read"), 3);
}

#[test]
fn large_fields_are_read_and_absurd_ones_refused() {
    let home = Home::new();
    let large = zip_with(&[(HISTORY, plays(3).as_bytes())], SimpleFileOptions::default().large_file(true));
    assert_eq!(count(&home.import_bytes("a.zip", &large).report(), "read"), 3);
    let home = Home::new();
    let text = plays(3);
    let mut extra = vec![1, 0, 16, 0];
    extra.extend_from_slice(&[0xff; 16]);
    let honest = Raw::honest(HISTORY, text.as_bytes());
    let absurd = Raw { size: u32::MAX, packed: u32::MAX, extra: &extra, ..honest.clone() };
    home.import_bytes("a.zip", &raw_zip(&[absurd])).refused("too-large");
    let outside = Raw { at: Some(u32::MAX - 5), ..honest.clone() };
    let ended = home.import_bytes("a.zip", &raw_zip(&[honest, outside]));
    assert_ne!(ended.code, 0, "{ended:?}");
    home.is_as_before();
}

#[test]
fn names_that_repeat_are_read_one_by_one() {
    let home = Home::new();
    let (a, b) = (plays(3), format!("[{}]", play(9, "another")));
    let twice = raw_zip(&[Raw::honest(HISTORY, a.as_bytes()), Raw::honest(HISTORY, b.as_bytes())]);
    let report = home.import_bytes("a.zip", &twice).report();
    assert_eq!(count(&report, "read"), 4);
    assert_eq!(count(file(&report, &format!("(2)/{HISTORY}")), "read"), 1);
}

#[test]
fn two_zips_glued_together_are_refused() {
    let home = Home::new();
    let one = zip(&[(HISTORY, plays(3).as_bytes())]);
    home.import_bytes("a.zip", &[&one[..], &one].concat()).refused("truncated");
    home.is_as_before();
}

#[test]
fn odd_tars_are_refused() {
    use tar::EntryType;
    let home = Home::new();
    for kind in [EntryType::Symlink, EntryType::Link, EntryType::Char, EntryType::Block, EntryType::Fifo] {
        home.import_bytes("a.tar", &odd_tar(kind, b"")).refused("too-large");
        home.import_bytes("a.tgz", &gz(&odd_tar(kind, b""))).refused("too-large");
    }
    let huge = vec![b'x'; 64 << 20];
    for kind in [EntryType::XHeader, EntryType::GNULongName, EntryType::GNULongLink] {
        home.import_bytes("a.tar", &odd_tar(kind, &huge)).refused("too-large");
    }
    home.import_bytes("a.tar", &odd_tar(EntryType::XHeader, b"nonsense")).refused("truncated");
    home.import_bytes("a.tar", &tar(&[])).refused("not-an-archive");
    home.is_as_before();
}

#[test]
fn pieces_are_read_as_one_and_a_missing_one_is_said() {
    let home = Home::new();
    let whole = zip(&[(HISTORY, plays(900).as_bytes())]);
    let pieces: Vec<&[u8]> = whole.chunks(whole.len() / 3 + 1).collect();
    let path = |number: usize| home.path().join(format!("my_spotify_data.zip.{number:03}"));
    fs::write(path(1), pieces[0]).unwrap();
    let message = home.import(&path(1)).refused("part-missing");
    assert!(message.contains('2'), "{message}");
    fs::write(path(3), pieces[2]).unwrap();
    let message = home.import(&path(3)).refused("part-missing");
    assert!(message.contains('2'), "{message}");
    home.is_as_before();
    fs::write(path(2), pieces[1]).unwrap();
    let report = home.import(&path(2)).report();
    assert_eq!((count(&report, "read"), report["archive"].as_str()), (900, Some("my_spotify_data.zip")));
    // Whichever piece is picked, it is the same archive.
    assert_eq!(home.import(&path(1)).report()["state"], "known");
}

#[test]
fn a_download_that_ends_at_a_limit_of_disks_is_said_so() {
    let home = Home::new();
    let path = home.path().join("a.zip");
    for size in [(1_u64 << 31) - 1, 1 << 31, (1 << 32) - 1, 1 << 32] {
        fs::write(&path, &zip(&[(HISTORY, plays(900).as_bytes())])[..500]).unwrap();
        fs::File::options().write(true).open(&path).unwrap().set_len(size).unwrap();
        home.import(&path).refused("cut-at-size");
    }
    fs::File::options().write(true).open(&path).unwrap().set_len((1 << 31) + 1).unwrap();
    home.import(&path).refused("truncated");
    home.is_as_before();
}
