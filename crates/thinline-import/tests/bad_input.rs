//! What arrives broken, cut off, oversized or hostile: said clearly, accounted for, and never in the way of the rest.

mod support;

use proptest::prelude::*;
use std::io::{Cursor, Write};
use support::{Files, Kept, folder, open_zip, read_into, read_one, service, zip_bytes, zip_with};
use thinline_catalogue::Catalogue;
use thinline_import::{
    Archive, FailReason, FileState, ImportError, Limit, Limits, Match, PartState, ReadError, RowOutcome,
    detect, plan,
};
use thinline_model::{Precision, When};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

const HEADER: &str =
    "Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,Device Type,Country";

fn views(lines: &str) -> Archive {
    folder(&[("ViewingActivity.csv", &format!("{HEADER}\n{lines}"))])
}

fn play(ts: &str, title: &str) -> String {
    format!(r#"{{"ts":"{ts}","ms_played":1000,"master_metadata_track_name":"{title}"}}"#)
}

fn plays(text: &str) -> Archive {
    folder(&[("endsong_0.json", text)])
}

fn failed(kept: &Kept) -> Vec<(u64, FailReason)> {
    let reason = |outcome| if let RowOutcome::Failed(reason) = outcome { Some(reason) } else { None };
    kept.rows.iter().filter_map(|row| reason(row.outcome).map(|reason| (row.number, reason))).collect()
}

#[test]
fn what_is_no_zip_is_no_archive() {
    for bytes in [&b""[..], b"PK", b"hello", b"%PDF-1.7", &[0; 4096], b"\x1f\x8b\x08\0\0\0\0\0"] {
        assert!(matches!(open_zip(bytes.to_vec()), Err(ImportError::NotAnArchive)), "{bytes:?}");
    }
}

#[test]
fn a_zip_without_its_end_is_cut_off() {
    let whole =
        zip_bytes(&[("endsong_0.json", format!("[{}]", play("2020-01-01T00:00:00Z", "a")).as_bytes())]);
    assert!(open_zip(whole.clone()).is_ok());
    for length in [5, 40, whole.len() / 2, whole.len() - 30] {
        assert!(matches!(open_zip(whole[..length].to_vec()), Err(ImportError::Truncated)), "{length}");
    }
}

#[test]
fn an_encrypted_zip_is_said_to_be_encrypted() {
    let mut bytes = zip_bytes(&[("endsong_0.json", b"[]")]);
    // The flag that says "encrypted", in the local header and in the central directory.
    let central = bytes.windows(4).position(|w| w == b"PK\x01\x02").expect("has a directory");
    bytes[6] |= 1;
    bytes[central + 8] |= 1;
    assert!(matches!(open_zip(bytes), Err(ImportError::Encrypted)));
}

#[test]
fn an_unknown_way_of_packing_is_that_files_matter_alone() {
    let text = format!("[{}]", play("2020-01-01T00:00:00Z", "a"));
    let mut bytes = zip_bytes(&[("endsong_0.json", text.as_bytes()), ("endsong_1.json", text.as_bytes())]);
    let central = bytes.windows(4).position(|w| w == b"PK\x01\x02").expect("has a directory");
    for at in [8, central + 10] {
        bytes[at..at + 2].copy_from_slice(&12_u16.to_le_bytes());
    }
    let mut archive = open_zip(bytes).expect("opens");
    let planned = plan(&mut archive, service("spotify")).expect("plans");
    let mut kept = Kept::default();
    let first = read_into(&mut archive, &planned[0], service("spotify"), &mut kept);
    let broken = first.map(|report| report.broken);
    assert!(matches!(broken, Ok(Some(ReadError::Method)) | Err(ReadError::Method)), "{broken:?}");
    read_into(&mut archive, &planned[1], service("spotify"), &mut kept).expect("the other file reads");
    assert_eq!(kept.records.len(), 1);
}

#[test]
fn a_wrong_checksum_fails_that_file_and_the_rest_is_read() {
    let text = format!("[{}]", play("2020-01-01T00:00:00Z", "aaaaaaaa"));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut bytes =
        zip_with(&[("endsong_0.json", text.as_bytes()), ("endsong_1.json", text.as_bytes())], stored);
    let at = bytes.windows(8).position(|w| w == b"aaaaaaaa").expect("is stored");
    bytes[at] = b'b';
    let mut archive = open_zip(bytes).expect("opens");
    let planned = plan(&mut archive, service("spotify")).expect("plans");
    let mut kept = Kept::default();
    let report = read_into(&mut archive, &planned[0], service("spotify"), &mut kept).expect("opens");
    assert!(matches!(report.broken, Some(ReadError::Damaged)), "{report:?}");
    let mut kept = Kept::default();
    let report = read_into(&mut archive, &planned[1], service("spotify"), &mut kept).expect("opens");
    assert!(report.broken.is_none());
    assert_eq!((report.parts[0].records, kept.records.len()), (1, 1));
}

#[test]
fn damaged_packed_bytes_fail_that_file() {
    let many: Vec<_> = (0..2000).map(|at| play("2020-01-01T00:00:00Z", &format!("t{}", at * 7919))).collect();
    let mut bytes = zip_bytes(&[("endsong_0.json", format!("[{}]", many.join(",")).as_bytes())]);
    let middle = bytes.len() / 2;
    bytes[middle..middle + 64].fill(0xff);
    let mut archive = open_zip(bytes).expect("opens");
    let planned = plan(&mut archive, service("spotify")).expect("plans");
    let mut kept = Kept::default();
    let report = read_into(&mut archive, &planned[0], service("spotify"), &mut kept).expect("opens");
    assert!(report.broken.is_some());
    assert!(kept.records.len() < 2000);
}

#[test]
fn names_that_point_outside_are_refused() {
    for name in
        ["../evil.json", "a/../../evil.json", "/etc/evil.json", "C:/evil.json", "..\\evil.json", "a/.."]
    {
        let in_folder =
            Archive::folder(Box::new(Files(vec![(name.to_owned(), Vec::new())])), Limits::default());
        assert!(matches!(in_folder, Err(ImportError::UnsafePath)), "{name}");
        // A writer may refuse the name itself; then there is nothing to open.
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        if zip.start_file(name, SimpleFileOptions::default()).is_ok() {
            let bytes = zip.finish().expect("finishes").into_inner();
            assert!(matches!(open_zip(bytes), Err(ImportError::UnsafePath)), "{name}");
        }
    }
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.add_symlink("endsong_0.json", "/etc/passwd", SimpleFileOptions::default()).expect("adds");
    assert!(matches!(open_zip(zip.finish().expect("finishes").into_inner()), Err(ImportError::UnsafePath)));
}

#[test]
fn what_systems_leave_behind_is_no_member() {
    let archive = folder(&[
        ("__MACOSX/MyData/._endsong_0.json", "x"),
        ("MyData/.DS_Store", "x"),
        ("MyData/._endsong_0.json", "x"),
        ("Thumbs.db", "x"),
        ("MyData/endsong_0.json", "[]"),
    ]);
    assert_eq!(
        archive.members().iter().map(|m| m.path.as_str()).collect::<Vec<_>>(),
        ["MyData/endsong_0.json"]
    );
}

#[test]
fn limits_hold_before_anything_is_unpacked() {
    let limit = |limits: Limits, files: &[(&str, &[u8])]| match Archive::zip(
        Box::new(Cursor::new(zip_bytes(files))),
        limits,
    ) {
        Err(ImportError::Limit(limit)) => Some(limit),
        _ => None,
    };
    let limits = Limits::default();
    let three: &[(&str, &[u8])] = &[("a", b"1"), ("b", b"2"), ("c", b"3")];
    assert_eq!(limit(limits, three), None);
    assert_eq!(limit(Limits { entries: 2, ..limits }, three), Some(Limit::Entries));
    assert_eq!(limit(Limits { total_bytes: 2, ..limits }, three), Some(Limit::TotalBytes));
    assert_eq!(limit(Limits { path_length: 3, ..limits }, &[("abcd", b"")]), Some(Limit::PathLength));
    let zeros = vec![0_u8; 20 << 20];
    assert_eq!(limit(limits, &[("bomb", &zeros)]), Some(Limit::Ratio));
}

#[test]
fn what_comes_out_is_counted_whatever_the_archive_declares() {
    let many = format!("[{}]", vec![play("2020-01-01T00:00:00Z", "a"); 50].join(","));
    let mut archive = plays(&many);
    let planned = plan(&mut archive, service("spotify")).expect("plans");
    let files = Files(vec![("endsong_0.json".to_owned(), many.into_bytes())]);
    // A folder that says a file is small: the limit then stops it while it is read.
    struct Liar(Files);
    impl thinline_import::Folder for Liar {
        fn entries(&self) -> std::io::Result<Vec<thinline_import::FolderEntry>> {
            let mut entries = self.0.entries()?;
            entries.iter_mut().for_each(|entry| entry.size = 10);
            Ok(entries)
        }
        fn open(&self, index: usize) -> std::io::Result<Box<dyn thinline_import::ReadSeek>> {
            self.0.open(index)
        }
    }
    let limits = Limits { total_bytes: 1000, ..Limits::default() };
    let mut archive = Archive::folder(Box::new(Liar(files)), limits).expect("opens");
    let mut kept = Kept::default();
    let report = read_into(&mut archive, &planned[0], service("spotify"), &mut kept).expect("opens");
    assert_eq!(report.broken.as_ref().and_then(ReadError::limit), Some(Limit::TotalBytes));
}

#[test]
fn a_row_that_is_too_long_fails_alone() {
    let long = play("2020-01-01T00:00:00Z", &"x".repeat(5_000));
    let text =
        format!("[{},{long},{}]", play("2020-01-01T00:00:00Z", "a"), play("2020-01-01T00:00:00Z", "b"));
    let limits = Limits { row_bytes: 1_000, ..Limits::default() };
    let files = Files(vec![("endsong_0.json".to_owned(), text.into_bytes())]);
    let mut archive = Archive::folder(Box::new(files), limits).expect("opens");
    let (report, kept) = read_one(&mut archive, "spotify");
    assert_eq!(failed(&kept), [(2, FailReason::TooLong)]);
    assert_eq!((report.parts[0].failed_at.as_slice(), kept.records.len()), (&[2][..], 2));
    assert!(kept.rows[1].original.len() <= 256);

    let lines = format!(
        "{HEADER}\nRobin,2020-01-01 00:00:00,,,a\nRobin,2020-01-01 00:00:00,,,{}\nRobin,2020-01-01 00:00:00,,,b\n",
        "x".repeat(9_000)
    );
    let files = Files(vec![("ViewingActivity.csv".to_owned(), lines.into_bytes())]);
    let mut archive = Archive::folder(Box::new(files), limits).expect("opens");
    let (_, kept) = read_one(&mut archive, "netflix");
    assert_eq!(failed(&kept), [(2, FailReason::TooLong)]);
    assert_eq!(kept.records.iter().map(|record| &*record.title).collect::<Vec<_>>(), ["a", "b"]);
}

#[test]
fn bad_elements_fail_alone_with_their_place() {
    let good = |title| play("2020-01-01T00:00:00Z", title);
    let text = format!(
        "[{}, {{\"ts\":\"2020\" \"x\"}}, {} garbage, {}, {{}}, null, [1], 7, \"text\" {}]",
        good("a"),
        good("b"),
        good("c"),
        good("d")
    );
    let (report, kept) = read_one(&mut plays(&text), "spotify");
    assert_eq!(kept.records.iter().map(|record| &*record.title).collect::<Vec<_>>(), ["a", "b", "c", "d"]);
    assert_eq!(failed(&kept), [(2, FailReason::Malformed), (4, FailReason::Malformed)]);
    assert_eq!(report.parts[0].skipped.get("empty"), Some(&5));
    assert_eq!(report.parts[0].state, PartState::Read);
    assert!(report.broken.is_none());
    assert_eq!(kept.rows[0].original, good("a"));
}

#[test]
fn a_file_that_ends_inside_a_row_keeps_what_came_before() {
    let one = play("2020-01-01T00:00:00Z", "a");
    for (end, rows, records) in [("", 1, 1), (",", 1, 1), (",{\"ts\":\"20", 2, 1)] {
        let (report, kept) = read_one(&mut plays(&format!("[{one}{end}")), "spotify");
        assert!(matches!(report.broken, Some(ReadError::CutOff)), "{end}");
        assert_eq!((report.parts[0].rows, kept.records.len()), (rows, records), "{end}");
    }
    let (report, kept) =
        read_one(&mut views("R,2020-01-01 00:00:00,,,a\nR,2020-01-01 00:00:00,,,\"b"), "netflix");
    assert!(matches!(report.broken, Some(ReadError::CutOff)));
    assert_eq!((failed(&kept), kept.records.len()), (vec![(2, FailReason::CutOff)], 1));
}

#[test]
fn what_stands_behind_or_instead_of_a_list_is_told() {
    let one = play("2020-01-01T00:00:00Z", "a");
    let (report, _) = read_one(&mut plays(&format!("[{one}] trailing")), "spotify");
    assert!(matches!(report.broken, Some(ReadError::Format)));
    assert_eq!(report.parts[0].state, PartState::Read);
    let (report, kept) =
        read_one(&mut plays(&format!("{{\"items\":[{one},{one}],\"n\":{{\"more\":[1]}}}}")), "spotify");
    let parts: Vec<_> = report.parts.iter().map(|part| (part.at.as_str(), part.state, part.rows)).collect();
    let expected = [
        ("[]", PartState::Empty, 0),
        ("items[]", PartState::Unknown, 2),
        ("n.more[]", PartState::Unknown, 1),
    ];
    assert_eq!(parts, expected);
    assert!(kept.rows.is_empty());
}

#[test]
fn a_file_with_a_known_name_and_other_content_says_what_does_not_fit() {
    let unused = |why: &str| FileState::Unused { why: why.to_owned() };
    for (id, path, text, state) in [
        ("spotify", "endsong_0.json", "<html>Sign in</html>", unused("other-format")),
        ("spotify", "endsong_0.json", "[{\"other\":1}]", unused("unknown-columns")),
        ("spotify", "endsong_0.json", "\u{feff} [ ]\n", FileState::Empty),
        ("spotify", "Inferences.json", "{}", FileState::Empty),
        ("spotify", "endsong_0.json", "", FileState::Empty),
        ("netflix", "ViewingActivity.csv", "Title,Date\nx,1\n", unused("unknown-columns")),
        (
            "netflix",
            "ViewingActivity.csv",
            "Nome do perfil,Início,Título\nR,1,x\n",
            unused("unknown-columns"),
        ),
        ("netflix", "A/ViewingActivity.html", "<table>", unused("other-format")),
        ("netflix", "A/ViewingActivity.PDF", "%PDF-1.7", unused("other-format")),
        ("netflix", "Cover Sheet.pdf", "%PDF-1.7", unused("explains-archive")),
        ("netflix", "Notes.html", "<p>", FileState::Unknown),
        ("spotify", "MyData/Inferences.xlsx", "PK", unused("other-format")),
        ("spotify", "MyData/Inferences.csv", "a,b", FileState::Unknown),
        ("spotify", "MyData/Read_Me_First.pdf", "%PDF-1.7", unused("explains-archive")),
        ("netflix", "ViewingActivity.csv", "\n \n", FileState::Empty),
        ("spotify", "inner.zip", "PK", FileState::Unused { why: "nested-damaged".to_owned() }),
    ] {
        let planned = plan(&mut folder(&[(path, text)]), service(id)).expect("plans");
        assert_eq!(planned[0].state, state, "{path} {text:?}");
    }
}

#[test]
fn loose_files_prove_nothing() {
    let found = |files: &[(&str, &str)]| {
        let found = detect(&mut folder(files), Catalogue::builtin()).expect("detects");
        found
            .services
            .iter()
            .filter(|(_, m)| *m > Match::No)
            .map(|(id, m)| (id.to_string(), *m))
            .collect::<Vec<_>>()
    };
    assert_eq!(found(&[("Payments.json", "{}")]), []);
    assert_eq!(found(&[("Profiles.html", "<p>"), ("Devices.html", "<p>")]), []);
    let pages = [("ViewingActivity.html", "<p>"), ("SearchHistory.html", "<p>"), ("Clickstream.html", "<p>")];
    assert_eq!(found(&pages), [("netflix".to_owned(), Match::Maybe)]);
    assert_eq!(found(&[("holiday.jpg", "x"), ("notes.txt", "y")]), []);
    assert_eq!(
        found(&[("Follow.json", "{}"), ("Payments.json", "{}")]),
        [("spotify".to_owned(), Match::Maybe)]
    );
    let both = [
        ("endsong_0.json", "[{\"ts\":1,\"ms_played\":2}]"),
        ("ViewingActivity.csv", "Profile Name,Start Time,Title\n"),
    ];
    assert_eq!(found(&both), [("netflix".to_owned(), Match::Yes), ("spotify".to_owned(), Match::Yes)]);
}

#[test]
fn a_byte_order_mark_and_every_line_end_are_fine() {
    for ends in ["\n", "\r\n"] {
        let text = format!(
            "\u{feff}\"Profile Name\",Start Time,Title{ends}{ends}R,2020-01-01 00:00:00,\"a{ends}b\"{ends}K,2020-01-02 00:00:00,c"
        );
        let (report, kept) = read_one(&mut folder(&[("ViewingActivity.csv", &text)]), "netflix");
        assert_eq!(report.header.as_deref(), Some("\"Profile Name\",Start Time,Title"));
        assert_eq!(kept.records.len(), 2);
        assert_eq!(&*kept.records[0].title, format!("a{ends}b"));
        assert_eq!(kept.records[0].person.as_deref(), Some("R"));
        assert_eq!(kept.rows[0].original, format!("R,2020-01-01 00:00:00,\"a{ends}b\""));
        assert_eq!(kept.rows[1].original, "K,2020-01-02 00:00:00,c");
    }
    let text = format!("\u{feff}[{}]", play("2020-01-01T00:00:00Z", "a"));
    assert_eq!(read_one(&mut plays(&text), "spotify").1.records.len(), 1);
}

#[test]
fn short_and_long_lines_are_read_and_noted() {
    let (report, kept) = read_one(
        &mut views("R,2020-01-01 00:00:00,,,a\nR,2020-01-01 00:00:00,,,b,,TV,NL,x,y\n,,,,,,,\n"),
        "netflix",
    );
    assert_eq!(kept.records.len(), 2);
    assert_eq!(report.parts[0].notes.get("missing-cells"), Some(&1));
    assert_eq!(report.parts[0].notes.get("extra-cells"), Some(&1));
    assert_eq!(report.parts[0].skipped.get("empty"), Some(&1));
}

#[test]
fn a_header_alone_is_an_empty_list() {
    let (report, kept) = read_one(&mut views(""), "netflix");
    assert_eq!((report.parts[0].state, report.parts[0].rows), (PartState::Empty, 0));
    assert!(kept.rows.is_empty() && report.header.is_some());
}

#[test]
fn rows_that_are_not_utf8_fail_alone() {
    let mut bytes = format!("{HEADER}\nR,2020-01-01 00:00:00,,,a\nR,2020-01-01 00:00:00,,,").into_bytes();
    bytes.extend_from_slice(b"\xff\xfe\nR,2020-01-01 00:00:00,,,c\n");
    let mut archive =
        Archive::folder(Box::new(Files(vec![("ViewingActivity.csv".into(), bytes)])), Limits::default())
            .expect("opens");
    let (_, kept) = read_one(&mut archive, "netflix");
    assert_eq!((failed(&kept), kept.records.len()), (vec![(2, FailReason::NotUtf8)], 2));

    let mut bytes = format!("[{},", play("2020-01-01T00:00:00Z", "a")).into_bytes();
    bytes.extend_from_slice(b"{\"ts\":\"2020-01-01T00:00:00Z\",\"ms_played\":1,\"episode_name\":\"\xff\"}]");
    let mut archive =
        Archive::folder(Box::new(Files(vec![("endsong_0.json".into(), bytes)])), Limits::default())
            .expect("opens");
    let (_, kept) = read_one(&mut archive, "spotify");
    assert_eq!((failed(&kept), kept.records.len()), (vec![(2, FailReason::NotUtf8)], 1));
}

#[test]
fn when_every_row_fails_the_part_has_failed() {
    let bytes = [HEADER.as_bytes(), b"\n\xff\n\xfe\n"].concat();
    let mut archive =
        Archive::folder(Box::new(Files(vec![("ViewingActivity.csv".into(), bytes)])), Limits::default())
            .expect("opens");
    let (report, _) = read_one(&mut archive, "netflix");
    assert_eq!((report.parts[0].state, report.parts[0].failed), (PartState::Failed, 2));
}

#[test]
fn the_place_of_the_first_twenty_failures_is_kept() {
    let text = format!("[{}{}]", "{x},".repeat(30), play("2020-01-01T00:00:00Z", "a"));
    let text = text.replacen("{x}", "{\"ts\":1,\"ms_played\":1}", 1);
    let (report, kept) = read_one(&mut plays(&text), "spotify");
    assert_eq!(report.parts[0].failed, 29);
    assert_eq!(report.parts[0].failed_at, (2..22).collect::<Vec<u64>>());
    assert_eq!(kept.records.len(), 2);
}

#[test]
fn records_without_a_usable_time_stay_undated_and_counted() {
    let times = [
        "",
        "tomorrow",
        "1601-01-01T00:00:00Z",
        "1970-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
        "2020-01-01T00:00:00Z",
    ];
    let rows: Vec<_> = times.iter().map(|time| play(time, "a")).collect();
    let (report, kept) = read_one(&mut plays(&format!("[{}]", rows.join(","))), "spotify");
    let undated = kept.records.iter().filter(|record| record.when == When::Undated).count();
    assert_eq!((kept.records.len(), undated), (6, 5));
    let notes: Vec<_> = report.parts[0].notes.iter().map(|(id, count)| (*id, *count)).collect();
    assert_eq!(notes, [("no-time", 1), ("time-out-of-range", 3), ("unreadable-time", 1)]);
    assert_eq!(&*kept.records[1].raw_time, "tomorrow", "kept for a mended recipe");
}

#[test]
fn the_start_of_a_play_is_its_end_less_its_length() {
    let rows =
        [("2020-03-01T00:00:00Z", 1), ("2020-03-01T00:00:00Z", 1_000), ("2020-03-01T00:00:00.250Z", 250)];
    let text: Vec<_> = rows
        .iter()
        .map(|(ts, ms)| format!(r#"{{"ts":"{ts}","ms_played":{ms},"episode_name":"e"}}"#))
        .collect();
    let (_, kept) = read_one(&mut plays(&format!("[{}]", text.join(","))), "spotify");
    let end = 1_583_020_800;
    let seconds: Vec<_> = kept.records.iter().map(|record| record.when).collect();
    for (when, expected) in seconds.iter().zip([end - 1, end - 1, end]) {
        assert!(
            matches!(when, When::Dated { at, precision: Precision::Second, .. } if at.0 == expected),
            "{when:?}"
        );
    }
}

#[test]
fn stopping_stops_between_rows() {
    let text = format!("[{}]", vec![play("2020-01-01T00:00:00Z", "a"); 9].join(","));
    let mut archive = plays(&text);
    let planned = plan(&mut archive, service("spotify")).expect("plans");
    let mut kept = Kept { stop_after: Some(4), ..Kept::default() };
    let report = read_into(&mut archive, &planned[0], service("spotify"), &mut kept).expect("opens");
    assert!(report.stopped && report.broken.is_none());
    assert_eq!((kept.rows.len(), report.parts[0].rows), (4, 4));
}

#[test]
fn progress_is_told_and_grows() {
    let text = format!("[{}]", vec![play("2020-01-01T00:00:00Z", &"x".repeat(900)); 3_000].join(","));
    let (report, kept) = read_one(&mut plays(&text), "spotify");
    assert!(kept.progress.len() >= 4 && kept.progress.is_sorted());
    assert_eq!(report.bytes, text.len() as u64);
}

#[test]
fn hostile_keys_and_lists_do_not_fill_the_memory() {
    let lists: Vec<_> = (0..5_000).map(|at| format!("\"k{at}\":[1]")).collect();
    let text = format!("{{\"ts\":1,\"ms_played\":1,{}}}", lists.join(","));
    let (report, _) = read_one(&mut plays(&text), "spotify");
    assert!(report.parts.len() <= 258);
    assert_eq!(report.parts.iter().map(|part| part.rows).sum::<u64>(), 5_000);
    let deep =
        format!("{{\"ts\":1,\"ms_played\":1,\"d\":{}1{}}}", "{\"a\":".repeat(100_000), "}".repeat(100_000));
    assert!(read_one(&mut plays(&deep), "spotify").0.broken.is_none());
}

#[test]
fn a_zip64_archive_is_read() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("endsong_0.json", SimpleFileOptions::default().large_file(true)).expect("starts");
    zip.write_all(format!("[{}]", play("2020-01-01T00:00:00Z", "a")).as_bytes()).expect("writes");
    let mut archive = open_zip(zip.finish().expect("finishes").into_inner()).expect("opens");
    assert_eq!(read_one(&mut archive, "spotify").1.records.len(), 1);
}

#[test]
fn an_archive_can_be_read_on_another_thread() {
    let mut archive = plays(&format!("[{}]", play("2020-01-01T00:00:00Z", "a")));
    let read = std::thread::spawn(move || read_one(&mut archive, "spotify").1.records.len());
    assert_eq!(read.join().expect("reads"), 1);
}

#[test]
fn errors_and_reports_carry_nothing_of_the_file() {
    let text = "[{\"ts\":\"SECRET\",\"ms_played\":\"SECRET\",\"episode_name\":\"SECRET\"},{SECRET}";
    let (report, _) = read_one(&mut plays(text), "spotify");
    assert!(!format!("{report:?}").contains("SECRET"));
    assert!(!format!("{:?}", folder(&[("SECRET.json", "SECRET")])).contains("SECRET"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever the bytes: no panic, and every row is accounted for (checked by `read_into`).
    #[test]
    fn any_bytes_behind_a_good_beginning_reconcile(tail: Vec<u8>, sign in "[\\[\\]{}\",:a1 \\\\\n]{0,80}") {
        for rest in [tail.clone(), sign.clone().into_bytes()] {
            for (id, path, head) in [
                ("spotify", "endsong_0.json", "[{\"ts\":\"2020-01-01T00:00:00Z\",\"ms_played\":1},"),
                ("spotify", "Inferences.json", "{\"inferences\":[\"a\","),
                ("netflix", "ViewingActivity.csv", "Profile Name,Start Time,Title\nR,2020-01-01,x\n"),
            ] {
                let bytes = [head.as_bytes(), &rest].concat();
                let files = Files(vec![(path.to_owned(), bytes)]);
                let mut archive = Archive::folder(Box::new(files), Limits::default()).expect("opens");
                let (_, kept) = read_one(&mut archive, id);
                prop_assert!(!kept.records.is_empty());
            }
        }
    }

    /// Any bytes as a zip: an error or an archive, never a panic.
    #[test]
    fn any_bytes_are_an_archive_or_not(bytes: Vec<u8>, at: prop::sample::Index, value: u8) {
        let _ = open_zip(bytes);
        let mut zip = zip_bytes(&[("endsong_0.json", b"[{\"ts\":\"2020-01-01T00:00:00Z\",\"ms_played\":1}]")]);
        let at = at.index(zip.len());
        zip[at] = value;
        if let Ok(mut archive) = open_zip(zip) {
            for file in plan(&mut archive, service("spotify")).expect("plans") {
                let _ = read_into(&mut archive, &file, service("spotify"), &mut Kept::default());
            }
        }
    }
}

#[test]
fn a_quote_that_never_ends_makes_no_record_of_the_rest_of_the_file() {
    let head = "Profile Name,Start Time,Title\n";
    let row = "Robin,2025-03-02 20:14:07,Low Water\n";
    for ending in ["\n", "\r\n", "\r", ""] {
        let text = format!("{head}{row}Robin,2025-03-02 20:14:07,\"Low Water\n{row}Robin,x,y{ending}");
        let (report, kept) =
            read_one(&mut folder(&[("CONTENT_INTERACTION/ViewingActivity.csv", &text)]), "netflix");
        assert!(matches!(report.broken, Some(ReadError::CutOff)), "{ending:?}");
        assert_eq!((failed(&kept), kept.records.len()), (vec![(2, FailReason::CutOff)], 1), "{ending:?}");
    }
    // A mark of inches is no quote.
    for ending in ["\n", "\r"] {
        let text = format!("{head}{row}Robin,2025-03-02 20:14:07,A 12\" record{ending}");
        let (report, kept) =
            read_one(&mut folder(&[("CONTENT_INTERACTION/ViewingActivity.csv", &text)]), "netflix");
        assert!(report.broken.is_none() && kept.records.len() == 2, "{ending:?}");
    }
}
