//! Files whose rows are made to harm: too long, too deep, too wide, or not text at all.

use crate::make::{HISTORY, play, plays, zip};
use crate::run::{Home, count, file};
use std::fs;

const VIEWS: &str =
    "Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,Device Type,Country\n";

/// A folder with one file that begins like this and goes on with nothing for so many bytes.
fn sparse(home: &Home, name: &str, start: &str, size: u64) -> std::path::PathBuf {
    let folder = home.path().join("export");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(name), start).unwrap();
    fs::File::options().write(true).open(folder.join(name)).unwrap().set_len(size).unwrap();
    folder
}

#[test]
fn one_endless_row_is_a_failed_row_and_no_endless_memory() {
    let home = Home::new();
    let start =
        format!("[{},{{\"ts\":\"2020-01-02T00:00:00Z\",\"master_metadata_track_name\":\"", play(1, "good"));
    let folder = sparse(&home, "endsong_0.json", &start, 1 << 30);
    let ended = home.import(&folder);
    let report = ended.report();
    assert_eq!((ended.code, count(&report, "read")), (3, 1), "{report}");
    assert!(file(&report, "endsong_0.json")["why"].is_string() || count(&report, "failed") == 1, "{report}");
    fs::remove_dir_all(&folder).unwrap();
    let start = format!("{VIEWS}Robin,2020-01-01 00:00:00,00:10:00,,good,,TV,NO\nRobin,\"");
    let folder = sparse(&home, "ViewingActivity.csv", &start, 256 << 20);
    let ended = home.import(&folder);
    let report = ended.report();
    assert_eq!((ended.code, count(&report, "read")), (3, 1), "{report}");
}

#[test]
fn a_million_columns_and_a_million_levels_are_no_trouble() {
    let home = Home::new();
    let wide = format!("{}{}\n{}\n", VIEWS.trim_end(), ",x".repeat(1_000_000), ",".repeat(1_000_007));
    home.import_bytes("a.zip", &zip(&[("ViewingActivity.csv", wide.as_bytes())]));
    let levels = 1_000_000;
    let deep = format!(
        "[{},{{\"ts\":\"2020-01-02T00:00:00Z\",\"x\":{}{}}},{}]",
        play(1, "first"),
        "[".repeat(levels),
        "]".repeat(levels),
        play(2, "last")
    );
    let report = home.import_bytes("b.zip", &zip(&[(HISTORY, deep.as_bytes())])).report();
    assert_eq!((count(&report, "rows"), count(&report, "failed")), (3, 0), "{report}");
    let open = "[".repeat(levels);
    let ended = home.import_bytes("c.zip", &zip(&[(HISTORY, open.as_bytes())]));
    assert_eq!((ended.code, count(&ended.report(), "rows")), (3, 0), "{ended:?}");
}

#[test]
fn bytes_that_are_no_text_fail_their_row_or_are_read_as_they_can() {
    let home = Home::new();
    let mut bytes = b"[".to_vec();
    for (at, odd) in
        [&b"\xff\xfe"[..], b"\0\0", b"\xc3", b"\xed\xa0\x80", b"\\ud800", b"\x1b[31m"].iter().enumerate()
    {
        let row = play(at as u32, "ODD").into_bytes();
        let place = row.windows(3).position(|three| three == b"ODD").unwrap();
        bytes.extend_from_slice(&[&row[..place], odd, &row[place + 3..], b","].concat());
    }
    bytes.extend_from_slice(format!("{}]", play(50, "good")).as_bytes());
    let report = home.import_bytes("a.zip", &zip(&[(HISTORY, &bytes)])).report();
    assert_eq!(count(&report, "rows"), 7);
    assert!(count(&report, "read") >= 1, "{report}");
    assert_eq!(home.titles().len() as u64, count(&report, "records"));
    assert!(home.titles().iter().any(|title| title == "good"));
}

#[test]
fn any_writing_and_direction_comes_through_as_it_is() {
    let home = Home::new();
    let titles = [
        "\u{202e}evil\u{202c}",
        "\u{5e9}\u{5dc}\u{5d5}\u{5dd} \u{645}\u{631}\u{62d}\u{628}\u{627}",
        "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}",
        "<script>alert(1)</script>",
        "=HYPERLINK(1)",
        "e\u{301}\u{301}\u{301}",
    ];
    let all: Vec<String> = titles.iter().zip(0..).map(|(title, at)| play(at, title)).collect();
    let text = format!("[{}]", all.join(","));
    let report = home.import_bytes("a.zip", &zip(&[(HISTORY, text.as_bytes())])).report();
    assert_eq!(count(&report, "read"), 6);
    let mut stored = home.titles();
    stored.reverse();
    assert_eq!(stored, titles);
}

#[test]
fn dates_at_the_ends_of_time_are_dated_or_failed_and_never_wrong() {
    let home = Home::new();
    let dates = [
        "1601-01-01 00:00:00",
        "9999-12-31 23:59:59",
        "0000-00-00 00:00:00",
        "2020-02-30 00:00:00",
        "2020-01-01 24:00:00",
        "-271821-04-20 00:00:00",
        "99999-01-01 00:00:00",
        "2020-06-01 10:00:00",
    ];
    let rows: String = dates.iter().map(|date| format!("Robin,{date},00:10:00,,{date},,TV,NO\n")).collect();
    let text = format!("{VIEWS}{rows}");
    let report = home.import_bytes("a.zip", &zip(&[("ViewingActivity.csv", text.as_bytes())])).report();
    assert_eq!(count(&report, "rows"), dates.len() as u64);
    let records = home.records();
    let dated = |title: &str| {
        records.iter().find(|record| record["title"] == title).map(|record| record["at"].clone())
    };
    assert_eq!(dated("2020-06-01 10:00:00").unwrap(), "2020-06-01T10:00:00Z");
    for never in &dates[2..7] {
        assert!(dated(never).is_none_or(|at| at.is_null()), "{never} was dated: {records:?}");
    }
    for edge in &dates[..2] {
        let at = dated(edge);
        assert!(at.is_none_or(|at| at.is_null() || at == format!("{}Z", edge.replace(' ', "T"))), "{edge}");
    }
}

#[test]
fn an_account_adds_up_whatever_is_mixed_in() {
    let home = Home::new();
    let odd = format!("[{},1,null,\"x\",[],{{}},{{\"ts\":5}},{}]", play(1, "a"), play(2, "b"));
    let good = plays(30);
    let files: [(&str, &[u8]); 4] = [
        (HISTORY, odd.as_bytes()),
        ("MyData/endsong_1.json", good.as_bytes()),
        ("MyData/endsong_2.json", b"[}"),
        ("MyData/endsong_3.json", b""),
    ];
    let report = home.import_bytes("a.zip", &zip(&files)).report();
    assert!(count(&report, "read") >= 30, "{report}");
    assert_eq!(file(&report, "MyData/endsong_3.json")["state"], "empty");
}
