//! The look before an import: what it says against what the import then says, and that it changes nothing.

use crate::archives::{self, UNTIL, zip_of};
use crate::home::Home;
use thinline_core::wire::{Code, ImportCheck, Told};
use thinline_core::{DateOrder, ImportOptions};
use thinline_sample::{NetflixGeneration, SpotifyGeneration};

fn check(home: &Home, path: &std::path::Path) -> ImportCheck {
    home.core.check(path, &ImportOptions::default()).unwrap()
}

fn play(at: &str) -> String {
    format!(
        r#"{{"ts":"{at}","ms_played":1000,"master_metadata_track_name":"Low Water",
        "master_metadata_album_artist_name":"The Example Tides","spotify_track_uri":null,"ip_addr":"192.0.2.1"}}"#
    )
}

/// A history in files of these names, each with plays at the given times.
fn history(home: &Home, name: &str, files: &[(&str, &[&str])]) -> std::path::PathBuf {
    let texts: Vec<(&str, String)> = files
        .iter()
        .map(|(name, times)| {
            (*name, format!("[{}]", times.iter().map(|at| play(at)).collect::<Vec<_>>().join(",")))
        })
        .collect();
    let members: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (*name, text.as_str())).collect();
    zip_of(&home.path().join(name), &members)
}

#[test]
fn a_small_export_is_counted_exactly_before_it_is_read() {
    let home = Home::new();
    for (path, package) in [
        (archives::spotify(home.path(), 900, SpotifyGeneration::Current).path, "extended"),
        (archives::spotify_account(home.path(), 300).path, "account"),
        (archives::netflix(home.path(), 400, NetflixGeneration::Of2025).path, "full"),
    ] {
        let check = check(&home, &path);
        assert_eq!(check.packages.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), [package]);
        assert!(check.estimated && check.id == 0 && check.state == "checked");
        assert!(check.coverage.iter().all(|one| one.exact));
        let report = home.import(&path);
        assert_eq!(
            (check.service.as_str(), check.totals.rows),
            (report.service.as_str(), report.totals.rows)
        );
        let states = |files: Vec<(String, String)>| files;
        assert_eq!(
            states(
                check.files.iter().map(|file| (file.line.path.clone(), file.line.state.clone())).collect()
            ),
            states(report.files.iter().map(|file| (file.path.clone(), file.state.clone())).collect()),
        );
        for (said, read) in check.coverage.iter().zip(&report.coverage) {
            let said = &said.coverage;
            assert_eq!((&said.category, &said.first, &said.last), (&read.category, &read.first, &read.last));
        }
    }
}

#[test]
fn a_check_changes_nothing() {
    let home = Home::new();
    let made = archives::netflix(home.path(), 200, NetflixGeneration::Of2025);
    let before = home.state();
    check(&home, &made.path);
    assert_eq!(home.state(), before);
    assert_eq!(home.core.imports().unwrap().imports.len(), 0);
}

#[test]
fn a_large_file_is_estimated_from_its_beginning_and_its_name() {
    let home = Home::new();
    // Larger than what is seen whole: the rest of the file is blank space, as far as rows go.
    let row = play("2019-03-02T10:00:00Z");
    let rows = 52 * (1 << 20) / (row.len() + 1);
    let text = format!("[{}]", vec![row; rows].join(","));
    let path = home.path().join("large.zip");
    let mut zip = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
    let fast = zip::write::SimpleFileOptions::default().compression_level(Some(1));
    zip.start_file("Streaming_History_Audio_2019-2021_0.json", fast).unwrap();
    std::io::Write::write_all(&mut zip, text.as_bytes()).unwrap();
    zip.finish().unwrap();
    let check = check(&home, &path);
    let range = &check.coverage[0];
    assert!(!range.exact && !check.files[0].exact);
    assert!(range.coverage.first.starts_with("2019-03-02"), "{}", range.coverage.first);
    assert!(range.coverage.last.starts_with("2021-12-31"), "{}", range.coverage.last);
    let rows = rows as f64;
    assert!((f64::from(check.totals.rows) - rows).abs() < rows / 50.0, "{} of {rows}", check.totals.rows);
}

#[test]
fn a_missing_page_is_named_by_its_number_and_drawn_as_a_gap() {
    let home = Home::new();
    let path = history(
        &home,
        "holes.zip",
        &[
            ("Streaming_History_Audio_2016-2017_0.json", &["2016-02-01T10:00:00Z", "2017-03-01T10:00:00Z"]),
            ("Streaming_History_Audio_2020-2021_2.json", &["2020-02-01T10:00:00Z", "2021-03-01T10:00:00Z"]),
        ],
    );
    let check = check(&home, &path);
    let missing = &check.packages[0].missing[0];
    assert_eq!((missing.series.as_str(), missing.numbers.as_slice()), ("Streaming_History_Audio", &[1][..]));
    assert_eq!(check.warnings[0], "parts-missing");
    let gap = &check.coverage[0].coverage.gaps[0];
    assert_eq!((gap.from.as_str(), gap.to.as_str()), ("2017-03-01", "2020-02-01"));
    assert_eq!(gap.why, "part-missing");
    let report = home.import(&path);
    assert!(report.warnings.contains(&"parts-missing".to_owned()));
    assert_eq!(report.told[0].id, "part-missing");
    assert_eq!(report.coverage[0].gaps[0].why, "part-missing");
}

#[test]
fn a_missing_first_page_is_noticed() {
    let home = Home::new();
    let path = history(&home, "late.zip", &[("endsong_1.json", &["2016-02-01T10:00:00Z"])]);
    assert_eq!(check(&home, &path).packages[0].missing[0].numbers, [0]);
}

#[test]
fn an_archive_that_was_read_says_so_with_the_import() {
    let home = Home::new();
    let made = archives::spotify(home.path(), 300, SpotifyGeneration::Current);
    let report = home.import(&made.path);
    let renamed = home.path().join("renamed.zip");
    std::fs::copy(&made.path, &renamed).unwrap();
    let check = check(&home, &renamed);
    assert_eq!((check.state.as_str(), check.imported.unwrap().import), ("known", report.id));
    assert_eq!((check.totals.read, check.totals.known), (0, check.totals.rows - check.totals.skipped));
    home.core.undo_import(report.id).unwrap();
    assert!(self::check(&home, &renamed).imported.is_none());
}

#[test]
fn account_data_alone_says_what_to_ask_for_instead() {
    let home = Home::new();
    let made = archives::spotify_account(home.path(), 200);
    let check = check(&home, &made.path);
    let remark = check.remarks.iter().find(|one| one.id == "lesser-package").unwrap();
    assert_eq!(remark.values["better"], Told::Text("Extended streaming history".into()));
    let extended = archives::spotify(home.path(), 200, SpotifyGeneration::Current);
    assert!(!self::check(&home, &extended.path).warnings.contains(&"lesser-package".to_owned()));
}

#[test]
fn dates_in_two_readings_are_asked_about_and_an_answer_ends_the_question() {
    let home = Home::new();
    let list = "Title,Date\n\"Harbour Lights: Season 1: \"\"Low Tide\"\"\",\"3/4/25\"\n\"Ebb\",\"2/1/25\"\n";
    let path = zip_of(&home.path().join("list.zip"), &[("NetflixViewingHistory.csv", list)]);
    let ask = check(&home, &path).date_order.unwrap();
    assert_eq!((ask.day_first.as_str(), ask.month_first.as_str()), ("2025-04-03", "2025-03-04"));
    let said = ImportOptions { date_order: Some(DateOrder::DayFirst), ..ImportOptions::default() };
    let check = home.core.check(&path, &said).unwrap();
    assert!(check.date_order.is_none());
    assert_eq!(check.packages[0].id, "small-list");
    assert!(check.warnings.contains(&"lesser-package".to_owned()), "{:?}", check.warnings);
}

#[test]
fn files_that_are_unknown_or_cannot_be_unpacked_are_listed_as_such() {
    let home = Home::new();
    let path = history(
        &home,
        "odd.zip",
        &[("endsong_0.json", &["2016-02-01T10:00:00Z"]), ("Added_In_2026.json", &["2016-02-01T10:00:00Z"])],
    );
    let check = check(&home, &path);
    assert_eq!(check.counts["unknown"], 1);
    assert_eq!(check.warnings, ["unknown-files"]);
    let nothing =
        home.core.check(&zip_of(&home.path().join("no.zip"), &[("a.txt", "x")]), &ImportOptions::default());
    assert_eq!(nothing.unwrap_err().code, Code::UnknownService);
}

#[test]
fn persons_of_a_household_are_named_before_reading() {
    let home = Home::new();
    let made = archives::netflix(home.path(), 400, NetflixGeneration::Of2025);
    let check = check(&home, &made.path);
    let persons: Vec<String> = made.written.per_person.keys().cloned().collect();
    assert!(persons.iter().all(|name| check.persons.contains(name)), "{persons:?} {:?}", check.persons);
    assert!(check.made.unwrap().starts_with(&jiff::Timestamp::from_second(UNTIL).unwrap().to_string()[..4]));
}

/// A library whose list of tracks alone is larger than the beginning that is looked at, with a list that nobody knows.
fn library() -> String {
    let track = r#"{"artist":"The Example Tides","album":"Ebb","track":"Low Water","uri":"spotify:track:N"}"#;
    let tracks: Vec<String> = (0..2_000).map(|n| track.replace('N', &n.to_string())).collect();
    let albums = r#"[{"artist":"The Example Tides","album":"Ebb","uri":"spotify:album:0"}]"#;
    format!(r#"{{"tracks":[{}],"albums":{albums},"concerts":[1,2,3]}}"#, tracks.join(","))
}

#[test]
fn every_row_of_a_large_library_is_read_and_lists_that_nobody_knows_are_not_called_read() {
    let home = Home::new();
    let inferences = r#"{"inferences":["1P_Custom_Example"]}"#;
    let path = zip_of(
        &home.path().join("library.zip"),
        &[("MyData/YourLibrary.json", &library()), ("MyData/Inferences.json", inferences)],
    );
    let check = check(&home, &path);
    let report = home.import(&path);
    assert_eq!(report.files[0].reasons, [("unknown-list".to_owned(), 3)].into());
    assert_eq!((report.totals.rows, report.totals.read, report.totals.skipped), (2_005, 2_002, 3));
    let said = check.totals;
    assert_eq!((said.rows, said.read, said.skipped), (2_005, 2_002, 3));
}

#[test]
fn what_a_list_without_rows_could_hold_is_not_promised() {
    let home = Home::new();
    let path = zip_of(
        &home.path().join("empty.zip"),
        &[
            ("MyData/Inferences.json", r#"{"inferences":[]}"#),
            ("MyData/Userdata.json", r#"{"username":"robin","country":"NL","assuredEstimatedAge":null}"#),
            ("MyData/YourLibrary.json", r#"{"tracks":[],"albums":[]}"#),
        ],
    );
    let check = check(&home, &path);
    let report = home.import(&path);
    let states = |files: Vec<&str>| assert_eq!(files, ["empty", "read", "empty"]);
    states(check.files.iter().map(|file| file.line.state.as_str()).collect());
    states(report.files.iter().map(|file| file.state.as_str()).collect());
    let shows =
        |category: &str| check.shows.iter().find(|one| one.category == category).unwrap().shows.clone();
    assert_eq!([shows("ad-groups"), shows("account"), shows("guessed-traits")], ["empty", "yes", "no"]);
}

#[test]
fn a_numbered_file_that_cannot_be_read_is_not_called_missing() {
    let home = Home::new();
    let plays = format!("[{}]", play("2016-02-01T10:00:00Z"));
    let path = zip_of(
        &home.path().join("unread.zip"),
        &[("endsong_0.json", plays.as_str()), ("endsong_1.json", "[1, 2, 3]"), ("endsong_2.json", &plays)],
    );
    let check = check(&home, &path);
    let line = &check.files[1].line;
    assert_eq!((line.state.as_str(), line.why.as_deref()), ("unused", Some("unknown-columns")));
    assert!(check.packages[0].missing.is_empty(), "{:?}", check.packages[0].missing);
    assert!(!home.import(&path).warnings.contains(&"parts-missing".to_owned()));
}

#[test]
fn a_file_with_rows_that_no_recipe_reads_is_not_called_empty_and_a_damaged_one_shows_nothing() {
    let home = Home::new();
    let path = zip_of(
        &home.path().join("lists.zip"),
        &[
            ("MyData/Userdata.json", r#"{"username":"robin","country":"NL"}"#),
            ("MyData/YourLibrary.json", r#"{"concerts":[{"name":"Ebb"}]}"#),
            ("MyData/Inferences.json", r#"{"inferences":["#),
        ],
    );
    let check = check(&home, &path);
    let report = home.import(&path);
    let said: Vec<_> =
        check.files.iter().map(|file| (file.line.state.clone(), file.line.why.clone())).collect();
    let read: Vec<_> = report.files.iter().map(|file| (file.state.clone(), file.why.clone())).collect();
    assert_eq!(said, read);
    assert_eq!(read[1], ("unknown".to_owned(), Some("unknown-list".to_owned())));
    assert_eq!(read[2], ("failed".to_owned(), Some("cut-off".to_owned())));
    let shows =
        |category: &str| check.shows.iter().find(|one| one.category == category).unwrap().shows.clone();
    assert_eq!([shows("account"), shows("payments"), shows("ad-groups")], ["yes", "no", "other-package"]);
}

/// Plays of some years, forward in time, each row with a filler so that a file grows large with few rows.
fn large_history(rows: usize) -> String {
    let filler = "x".repeat(4_000);
    let row = |n: usize| {
        let at = jiff::Timestamp::from_second(1_551_520_800 + 6_000 * i64::try_from(n).unwrap()).unwrap();
        play(&at.to_string()).replacen("\"ms_played\"", &format!("\"filler\":\"{filler}\",\"ms_played\""), 1)
    };
    format!("[{}]", (0..rows).map(row).collect::<Vec<_>>().join(","))
}

/// A zip with one file that is not packed.
fn stored(home: &Home, archive: &str, name: &str, text: &str) -> std::path::PathBuf {
    let path = home.path().join(archive);
    let mut zip = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
    let plain = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    zip.start_file(name, plain).unwrap();
    std::io::Write::write_all(&mut zip, text.as_bytes()).unwrap();
    zip.finish().unwrap();
    path
}

#[test]
fn of_a_large_file_that_lies_unpacked_the_end_is_seen_too() {
    let home = Home::new();
    let text = large_history(12_500);
    assert!(text.len() > 50 << 20);
    let path = stored(&home, "stored.zip", "Streaming_History_Audio_2015-2023_0.json", &text);
    let check = check(&home, &path);
    let (range, file) = (&check.coverage[0], &check.files[0]);
    assert!(range.exact && file.exact && !file.whole);
    let report = home.import(&path);
    assert_eq!(
        (&range.coverage.first, &range.coverage.last),
        (&report.coverage[0].first, &report.coverage[0].last)
    );
    let (said, rows) = (f64::from(check.totals.rows), f64::from(report.totals.rows));
    assert!((said - rows).abs() < rows / 50.0, "{said} of {rows}");
}

#[test]
fn rows_in_no_order_of_time_leave_the_range_an_estimate() {
    let home = Home::new();
    let text = large_history(12_500).replacen("2019-03-02", "2022-03-02", 3);
    let path = stored(&home, "mixed.zip", "Streaming_History_Audio_2015-2023_0.json", &text);
    let check = check(&home, &path);
    assert!(!check.coverage[0].exact && !check.files[0].exact);
}

#[test]
fn a_table_newest_first_shows_its_ends_and_not_those_of_a_kind_in_its_middle() {
    let home = Home::new();
    let mut text = "Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,Device Type,Bookmark,Latest Bookmark,Country\n".to_owned();
    let filler = "x".repeat(4_000);
    for n in (0..12_600_i64).rev() {
        let at = jiff::Timestamp::from_second(1_551_520_800 + 6_000 * n)
            .unwrap()
            .strftime("%Y-%m-%d %H:%M:%S")
            .to_string();
        let kind = if n == 12_590 { "TRAILER" } else { "" };
        text.push_str(&format!("Robin,{at},00:41:53,,\"Harbour Lights, {n}\",{kind},{filler},00:41:53,00:41:53,NL (Netherlands)\n"));
    }
    let path = stored(&home, "netflix.zip", "CONTENT_INTERACTION/ViewingActivity.csv", &text);
    let check = check(&home, &path);
    let of = |category: &str| check.coverage.iter().find(|one| one.coverage.category == category).unwrap();
    let viewing = of("viewing");
    assert_eq!(
        (&viewing.coverage.first[..10], &viewing.coverage.last[..10], viewing.exact),
        ("2019-03-02", "2021-07-24", true)
    );
    // A trailer among the newest rows does not tell that there is none among the unseen ones.
    let trailers = of("shown");
    assert!(!trailers.exact && trailers.coverage.first.starts_with("2019-03-02"));
}

#[test]
fn every_file_that_is_not_read_says_why() {
    let home = Home::new();
    let path = zip_of(
        &home.path().join("reasons.zip"),
        &[
            ("MyData/Userdata.json", r#"{"username":"robin","country":"NL"}"#),
            ("MyData/Read_Me_First.pdf", "%PDF-1.7"),
            ("MyData/Marquee.json", "[]"),
            ("MyData/Added_In_2026.json", "[1]"),
            ("MyData/Inferences.pdf", "%PDF-1.7"),
            ("MyData/StreamingHistory_music_0.json", r#"[{"fim":"2025-01-01 10:00","ms":1}]"#),
        ],
    );
    let check = check(&home, &path);
    let why: Vec<_> = check.files.iter().map(|file| file.line.why.as_deref()).collect();
    let expected = [
        None,
        Some("explains-archive"),
        Some("no-rows"),
        Some("unknown-name"),
        Some("other-format"),
        Some("unknown-columns"),
    ];
    assert_eq!(why, expected);
    let report = home.import(&path);
    assert_eq!(report.files.iter().map(|file| file.why.as_deref()).collect::<Vec<_>>(), expected);
}

#[test]
fn pages_instead_of_lists_say_in_which_form_and_where_to_ask() {
    let home = Home::new();
    let path = zip_of(
        &home.path().join("printed.zip"),
        &[
            ("CONTENT_INTERACTION/ViewingActivity.html", "<table>"),
            ("CONTENT_INTERACTION/SearchHistory.pdf", "%PDF-1.7"),
            ("CLICKSTREAM/Clickstream.xlsx", "PK"),
        ],
    );
    let check = check(&home, &path);
    assert_eq!(check.service, "netflix");
    assert_eq!(check.warnings, ["nothing-to-read", "other-format"]);
    let values = &check.remarks[1].values;
    assert_eq!(values["form"], Told::Text("CSV".into()));
    assert_eq!(values["package"], Told::Text("Download your personal information".into()));
    assert_eq!(values["address"], Told::Text("https://www.netflix.com/account/getmyinfo".into()));
    assert_eq!(values["count"], Told::Count(3));
}

#[test]
fn columns_in_another_language_are_called_that_and_other_files_are_read() {
    let home = Home::new();
    let path = zip_of(
        &home.path().join("languages.zip"),
        &[
            (
                "CONTENT_INTERACTION/ViewingActivity.csv",
                "Profilname,Startzeit,Titel\nRobin,2025-01-01 10:00:00,Ebbe\n",
            ),
            (
                "CONTENT_INTERACTION/SearchHistory.csv",
                "Profile Name,Country Iso Code,Device,Is Kids,Query Typed,Displayed Name,Action,Section,Utc Timestamp\nRobin,NL,TV,0,ebb,Ebb,select,title_results,2025-03-02 20:11:40\n",
            ),
        ],
    );
    let check = check(&home, &path);
    assert_eq!(check.counts["read"], 1);
    assert_eq!(check.warnings, ["unknown-columns"]);
    assert_eq!(check.language, None);
}

#[test]
fn the_technical_log_is_no_lesser_package_and_the_short_list_is_one() {
    let home = Home::new();
    let event = r#"[{"timestamp_utc":"2024-11-02T18:20:31.114Z","context_time":1730571631114,"message_feature_identifier":"x",
        "message_requested_ad_types":["audio"],"message_latency_ms":1}]"#;
    let path = zip_of(
        &home.path().join("log.zip"),
        &[("Spotify Technical Log Information/AdRequestEvent.json", event)],
    );
    let check = check(&home, &path);
    assert_eq!(check.packages[0].id, "technical-log");
    assert!(!check.warnings.contains(&"lesser-package".to_owned()), "{:?}", check.warnings);
}

#[test]
fn one_of_several_archives_names_the_others_until_they_are_there() {
    let home = Home::new();
    let write = |part: u32| {
        let at = format!("201{part}-02-01T10:00:00Z");
        history(&home, &format!("my_spotify_data_{part}of3.zip"), &[("endsong_0.json", &[at.as_str()])])
    };
    let second = write(2);
    let alone = check(&home, &second);
    let missing = &alone.packages[0].missing[0];
    assert_eq!((missing.why.as_str(), missing.series.as_str()), ("archive-part", "my_spotify_data"));
    assert_eq!((missing.numbers.as_slice(), missing.of), (&[1, 3][..], Some(3)));
    assert_eq!(alone.warnings, ["archive-parts-missing"]);
    assert_eq!(alone.remarks[0].values["numbers"], Told::Text("1, 3".into()));
    // One lies beside it, the other was imported and is gone from the disk.
    write(1);
    let third = write(3);
    home.import(&third);
    std::fs::remove_file(&third).unwrap();
    let beside = check(&home, &second);
    assert!(beside.packages[0].missing.is_empty());
    assert_eq!(beside.warnings, ["archive-part"]);
    home.import(&home.path().join("my_spotify_data_1of3.zip"));
    assert!(check(&home, &second).warnings.is_empty());
}

#[test]
fn the_language_of_titles_is_told_where_the_export_tells_it() {
    let home = Home::new();
    let details = |language: &str| {
        format!(
            "\"First Name\",\"Email Address\",\"Primary Lang\"\r\n\"Robin\",\"robin@example.org\",\"{language}\"\r\n"
        )
    };
    let messages = "Profile Name,Sent Utc Ts,Message Name,Channel,Country Iso Code,Account Locale\n\
        Robin,2025-03-01 17:00:11,NEW,EMAIL,NL,nl-NL\nAlex,2025-03-01 17:00:11,NEW,EMAIL,NL,en-NL\n";
    let sheet = ("Folha de capa.pdf", "%PDF-1.7");
    let views = (
        "CONTENT_INTERACTION/ViewingActivity.csv",
        "Profile Name,Start Time,Title\nRobin,2025-01-01 10:00:00,Ebb\n",
    );
    let of = |name: &str, files: &[(&str, &str)]| {
        let check = check(&home, &zip_of(&home.path().join(name), files));
        (check.language, check.languages)
    };
    let (spoken, unspoken) = (details("pt_BR"), details("English"));
    let own = ("ACCOUNT/AccountDetails.csv", spoken.as_str());
    let sent = ("MESSAGES/MessagesSentByNetflix.csv", messages);
    assert_eq!(of("a.zip", &[views, own, sent]), (Some("pt-BR".into()), vec!["pt-BR".into()]));
    // A word is no tag; messages then tell two, so none is called the language.
    let none = ("ACCOUNT/AccountDetails.csv", unspoken.as_str());
    assert_eq!(of("b.zip", &[views, none, sent]), (None, vec!["en-NL".into(), "nl-NL".into()]));
    assert_eq!(of("c.zip", &[views, sheet]), (Some("pt".into()), vec!["pt".into()]));
    assert_eq!(of("d.zip", &[views]), (None, Vec::new()));
}
