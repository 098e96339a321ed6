//! What the archives promise: the same bytes from the same plan, and totals that hold when the files are read back.
//!
//! Read with plain parsers, not with the importer: the totals have to be right without it.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panic, as the tests do")]

use std::collections::{BTreeMap, HashSet};
use std::io::{Cursor, Read};
use thinline_sample::{
    ListDates, NetflixGeneration, Plan, SpotifyGeneration, Written, netflix_list, netflix_zip,
    netflix_zip_of, sample_exports, spotify_account_zip, spotify_technical_log_zip, spotify_zip,
    spotify_zip_of,
};

const UNTIL: i64 = 1_741_028_399;
const PLAN: Plan = Plan { seed: 11, rows: 9_000, until: UNTIL, years: 4 };

type Zip = Cursor<Vec<u8>>;

fn write(write: impl FnOnce(&mut Zip) -> std::io::Result<Written>) -> (Vec<u8>, Written) {
    let mut zip = Cursor::new(Vec::new());
    let written = write(&mut zip).unwrap();
    (zip.into_inner(), written)
}

fn members(zip: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(zip)).unwrap();
    (0..archive.len())
        .map(|i| {
            let mut member = archive.by_index(i).unwrap();
            let mut bytes = Vec::new();
            member.read_to_end(&mut bytes).unwrap();
            (member.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

fn table(bytes: &[u8]) -> (Vec<String>, Vec<Vec<String>>) {
    let mut reader = csv::Reader::from_reader(bytes);
    let header = reader.headers().unwrap().iter().map(str::to_owned).collect();
    (header, reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect())
}

fn seconds(iso: &str) -> i64 {
    iso.parse::<jiff::Timestamp>().unwrap().as_second()
}

/// Start, title, maker and address of a play.
type PlayKey = (i64, Option<String>, Option<String>, Option<String>);

fn play_key(row: &serde_json::Value) -> PlayKey {
    let text = |keys: &[&str]| keys.iter().find_map(|key| row[*key].as_str()).map(str::to_owned);
    let ended = seconds(row["ts"].as_str().unwrap()) * 1_000;
    (
        (ended - row["ms_played"].as_i64().unwrap()).div_euclid(1_000),
        text(&["master_metadata_track_name", "episode_name", "audiobook_chapter_title"]),
        text(&["master_metadata_album_artist_name", "episode_show_name", "audiobook_title"]),
        text(&["spotify_track_uri", "spotify_episode_uri", "audiobook_chapter_uri"]),
    )
}

fn check_spotify(zip: &[u8], written: &Written, plan: &Plan) {
    let mut facts: HashSet<PlayKey> = HashSet::new();
    let (mut rows, mut untitled, mut played) = (0, 0, 0);
    let mut newest = 0;
    for (path, bytes) in members(zip).into_iter().filter(|(path, _)| path.ends_with(".json")) {
        let list: Vec<serde_json::Value> = serde_json::from_slice(&bytes).unwrap();
        let mut own = HashSet::new();
        let ends: Vec<i64> = list.iter().map(|row| seconds(row["ts"].as_str().unwrap())).collect();
        assert!(ends.is_sorted(), "plays stand oldest first in {path}");
        newest = newest.max(*ends.last().unwrap());
        for row in &list {
            let key = play_key(row);
            own.insert(key.clone());
            if facts.insert(key.clone()) {
                untitled += u64::from(key.1.is_none() && key.2.is_none() && key.3.is_none());
                played += row["ms_played"].as_u64().unwrap();
            }
        }
        rows += list.len() as u64;
        let base = path.rsplit('/').next().unwrap();
        assert_eq!(written.rows_in(base), list.len() as u64);
        assert_eq!(written.records_in(base), own.len() as u64);
    }
    assert_eq!((rows, written.rows), (plan.rows, plan.rows));
    assert_eq!(written.records, facts.len() as u64);
    assert_eq!(written.rows - written.records, written.repeated);
    assert_eq!(written.untitled, untitled);
    assert_eq!(written.played_ms, played);
    assert_eq!(newest, plan.until);
    assert_eq!(written.first, facts.iter().map(|fact| fact.0).min());
    assert_eq!(written.last, facts.iter().map(|fact| fact.0).max());
    assert_eq!(written.per_year.values().sum::<u64>(), written.records);
    let seconds: HashSet<i64> = facts.iter().map(|fact| fact.0).collect();
    assert_eq!(seconds.len(), facts.len(), "two plays start in one second");
}

#[test]
fn the_same_plan_gives_the_same_bytes() {
    type Run = fn(&mut Zip, &Plan) -> std::io::Result<Written>;
    let runs: [Run; 4] = [
        |w, plan| spotify_zip(w, plan),
        |w, plan| spotify_account_zip(w, plan),
        |w, plan| spotify_technical_log_zip(w, plan),
        |w, plan| netflix_zip(w, plan),
    ];
    for run in runs {
        let (first, second) = (write(|w| run(w, &PLAN)), write(|w| run(w, &PLAN)));
        assert!(first == second);
        let other = write(|w| run(w, &Plan { seed: 12, ..PLAN }));
        assert!(first.0 != other.0, "the seed decides");
    }
    assert!(sample_exports(UNTIL).unwrap() == sample_exports(UNTIL).unwrap());
}

#[test]
fn spotify_totals_hold_when_the_plays_are_counted() {
    let (zip, written) = write(|w| spotify_zip(w, &PLAN));
    check_spotify(&zip, &written, &PLAN);
    assert!(written.repeated > 5 && written.untitled > 20, "copies and removed tracks belong to it");
}

#[test]
fn spotify_totals_hold_in_several_files_and_on_crowded_days() {
    let plan = Plan { rows: 60_000, years: 1, ..PLAN };
    let (zip, written) = write(|w| spotify_zip(w, &plan));
    check_spotify(&zip, &written, &plan);
    let audio: Vec<&str> =
        written.per_file.iter().map(|file| file.0.as_str()).filter(|path| path.contains("_Audio_")).collect();
    assert_eq!(audio.len(), 4);
    assert!(audio[0].ends_with("_0.json") && audio[3].ends_with("_3.json"));
}

#[test]
fn spotify_totals_hold_in_the_old_layout() {
    let (zip, written) = write(|w| spotify_zip_of(w, &PLAN, SpotifyGeneration::Endsong));
    check_spotify(&zip, &written, &PLAN);
    assert!(written.per_file.iter().any(|file| file.0 == "MyData/endsong_0.json"));
}

#[test]
fn spotify_totals_hold_at_any_time_of_day_and_for_few_rows() {
    for until in (0..24).step_by(3).map(|hour| UNTIL + hour * 3_600) {
        for rows in [1, 2, 700] {
            let plan = Plan { rows, until, years: 1, seed: until.unsigned_abs() };
            let (zip, written) = write(|w| spotify_zip(w, &plan));
            check_spotify(&zip, &written, &plan);
            let (zip, written) = write(|w| netflix_zip(w, &plan));
            check_netflix(&zip, &written, &plan);
        }
    }
}

#[test]
fn spotify_rows_have_all_keys_in_their_order() {
    let (zip, _) = write(|w| spotify_zip(w, &PLAN));
    let (_, bytes) = members(&zip).swap_remove(0);
    let text = String::from_utf8(bytes).unwrap();
    let row = &text[..text.find('}').unwrap()];
    let keys = [
        "ts",
        "platform",
        "ms_played",
        "conn_country",
        "ip_addr",
        "master_metadata_track_name",
        "master_metadata_album_artist_name",
        "master_metadata_album_album_name",
        "spotify_track_uri",
        "episode_name",
        "episode_show_name",
        "spotify_episode_uri",
        "audiobook_title",
        "audiobook_uri",
        "audiobook_chapter_uri",
        "audiobook_chapter_title",
        "reason_start",
        "reason_end",
        "shuffle",
        "skipped",
        "offline",
        "offline_timestamp",
        "incognito_mode",
    ];
    let places: Vec<usize> = keys.iter().map(|key| row.find(&format!("\"{key}\":")).unwrap()).collect();
    assert!(places.is_sorted());
    assert_eq!(row.matches("\":").count(), keys.len());
}

#[test]
fn the_account_package_holds_the_same_plays_of_the_last_year() {
    let (zip, written) = write(|w| spotify_account_zip(w, &PLAN));
    let files: BTreeMap<String, Vec<u8>> = members(&zip).into_iter().collect();
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".json")) {
        assert!(serde_json::from_slice::<serde_json::Value>(bytes).is_ok(), "{path}");
    }
    let read = |name: &str| -> serde_json::Value {
        serde_json::from_slice(&files[&format!("Spotify Account Data/{name}")]).unwrap()
    };
    let labels = read("Inferences.json");
    let labels: Vec<&str> =
        labels["inferences"].as_array().unwrap().iter().map(|l| l.as_str().unwrap()).collect();
    let distinct: HashSet<&str> = labels.iter().copied().collect();
    assert_eq!(written.rows_in("Inferences.json"), labels.len() as u64);
    assert_eq!(written.records_in("Inferences.json"), distinct.len() as u64);
    for prefix in ["1P_", "2P_", "3P_", "interest_health", "interest_news-and-politics", "interest_religion"]
    {
        assert!(labels.iter().any(|label| label.starts_with(prefix)), "no {prefix}");
    }
    assert!((110..140).contains(&labels.len()));
    let segments = read("Marquee.json");
    let artists: HashSet<&str> =
        segments.as_array().unwrap().iter().map(|row| row["artistName"].as_str().unwrap()).collect();
    assert_eq!(written.records_in("Marquee.json"), artists.len() as u64);

    let (extended, _) = write(|w| spotify_zip(w, &PLAN));
    let plays: HashSet<(String, String)> = members(&extended)
        .into_iter()
        .filter(|(path, _)| path.contains("Audio"))
        .flat_map(|(_, bytes)| serde_json::from_slice::<Vec<serde_json::Value>>(&bytes).unwrap())
        .filter_map(|row| {
            let minute = row["ts"].as_str()?[..16].replace('T', " ");
            Some((minute, row["master_metadata_track_name"].as_str()?.to_owned()))
        })
        .collect();
    let short = read("StreamingHistory_music_0.json");
    let short = short.as_array().unwrap();
    assert!(short.len() > 1_000);
    for row in short {
        let key =
            (row["endTime"].as_str().unwrap().to_owned(), row["trackName"].as_str().unwrap().to_owned());
        assert!(plays.contains(&key));
    }
    let rows = |files: &BTreeMap<String, Vec<u8>>| -> Vec<String> {
        let history = files.iter().filter(|(path, _)| path.contains("/StreamingHistory_"));
        let list = |bytes: &Vec<u8>| serde_json::from_slice::<Vec<serde_json::Value>>(bytes).unwrap();
        history.flat_map(|(_, bytes)| list(bytes)).map(|row| row.to_string()).collect()
    };
    let all = rows(&files);
    let distinct: HashSet<&String> = all.iter().collect();
    assert_eq!(written.told_twice, distinct.len() as u64);
    let entries = written.rows_in("Playlist1.json") - written.records_in("Playlist1.json");
    let copies = (all.len() - distinct.len()) as u64;
    assert_eq!(written.repeated, copies + entries + 1, "and the copy of a label");
    assert!(copies > 0, "no copy was tested");
}

#[test]
fn the_account_package_counts_what_its_files_hold() {
    let (zip, written) = write(|w| spotify_account_zip(w, &PLAN));
    let files: BTreeMap<String, Vec<u8>> = members(&zip).into_iter().collect();
    let read = |name: &str| -> serde_json::Value {
        serde_json::from_slice(&files[&format!("Spotify Account Data/{name}")]).unwrap()
    };
    for name in ["Userdata.json", "Identity.json"] {
        let members = read(name);
        let members = members.as_object().unwrap();
        assert_eq!(written.rows_in(name), members.len() as u64, "{name}");
        assert_eq!(
            written.records_in(name),
            members.values().filter(|value| !value.is_null()).count() as u64
        );
    }
    let library = read("YourLibrary.json");
    let lists = library.as_object().unwrap();
    let rows: HashSet<String> = (lists.iter())
        .flat_map(|(list, rows)| rows.as_array().unwrap().iter().map(move |row| format!("{list} {row}")))
        .collect();
    assert_eq!(written.rows_in("YourLibrary.json"), rows.len() as u64);
    assert_eq!(written.records_in("YourLibrary.json"), rows.len() as u64);
    let playlists = read("Playlist1.json");
    let playlists = playlists["playlists"].as_array().unwrap();
    let entries: Vec<String> = (playlists.iter())
        .flat_map(|list| {
            list["items"].as_array().unwrap().iter().map(|item| format!("{} {item}", list["name"]))
        })
        .collect();
    let distinct: HashSet<&String> = entries.iter().collect();
    assert_eq!(written.rows_in("Playlist1.json"), (entries.len() + playlists.len()) as u64);
    assert_eq!(written.records_in("Playlist1.json"), (distinct.len() + playlists.len()) as u64);
    assert_eq!(
        written.rows_in("SearchQueries.json"),
        read("SearchQueries.json").as_array().unwrap().len() as u64
    );
}

#[test]
fn the_technical_log_counts_its_events_page_by_page() {
    let plan = Plan { rows: 2_000_000, ..PLAN };
    let (zip, written) = write(|w| spotify_technical_log_zip(w, &plan));
    let mut pages = 0;
    for (path, bytes) in members(&zip).into_iter().filter(|(path, _)| path.ends_with(".json")) {
        let rows: Vec<serde_json::Value> = serde_json::from_slice(&bytes).unwrap();
        let base = path.rsplit('/').next().unwrap();
        assert_eq!(written.rows_in(base), rows.len() as u64, "{base}");
        let distinct: HashSet<String> = rows.iter().map(ToString::to_string).collect();
        assert_eq!(distinct.len(), rows.len(), "{base}");
        assert!(rows.iter().all(|row| row["timestamp_utc"].as_str().unwrap().ends_with(".114Z")));
        pages += u32::from(base.starts_with("AdRequestEvent_"));
    }
    assert!(pages > 0, "no second page was tested");
    let in_files: u64 = written.per_file.iter().map(|(_, rows)| rows).sum();
    assert_eq!((written.rows, written.records), (in_files, in_files));
    assert!(written.other_files.len() > 2, "kinds of events that are only listed");
}

fn check_netflix(zip: &[u8], written: &Written, plan: &Plan) {
    let files = members(zip);
    let find = |base: &str| &files.iter().find(|(path, _)| path.ends_with(base)).unwrap().1;
    let (_, views) = table(find("/ViewingActivity.csv"));
    assert_eq!(views.len() as u64, plan.rows);
    assert!(views.iter().map(|row| &row[1]).rev().is_sorted(), "newest first");
    let start = |text: &str| seconds(&format!("{}Z", text.replace(' ', "T")));
    assert_eq!(start(&views[0][1]), plan.until);
    let facts: HashSet<(&str, &str, &str)> = views.iter().map(|r| (&*r[0], &*r[1], &*r[4])).collect();
    assert_eq!(written.records_in("ViewingActivity.csv"), facts.len() as u64);
    assert_eq!(written.repeated, plan.rows - facts.len() as u64);
    let distinct_seconds: HashSet<&str> = views.iter().map(|row| &*row[1]).collect();
    assert_eq!(distinct_seconds.len(), facts.len());

    let (_, searches) = table(find("/SearchHistory.csv"));
    let asked: HashSet<(&str, &str)> = searches.iter().map(|row| (&*row[0], &*row[8])).collect();
    assert_eq!(written.rows_in("SearchHistory.csv"), searches.len() as u64);
    assert_eq!(written.records_in("SearchHistory.csv"), asked.len() as u64);
    assert!(searches.iter().all(|row| start(&row[8]) < plan.until));

    let mut per_person: BTreeMap<String, u64> = BTreeMap::new();
    let (mut records, mut undated) = (0, 0);
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".csv")) {
        let base = path.rsplit('/').next().unwrap();
        let (header, rows) = table(bytes);
        let distinct: HashSet<&Vec<String>> = rows.iter().collect();
        for row in distinct {
            let (all, without_date) = stated(base, &header, row);
            (records, undated) = (records + all, undated + without_date);
            if header[0] == "Profile Name" {
                *per_person.entry(row[0].clone()).or_default() += all;
            }
        }
        assert_eq!(records - written.records_in(base), records_before(written, base), "{base}");
    }
    assert_eq!(written.records, records);
    assert_eq!(written.per_person, per_person);
    assert_eq!(written.per_year.values().sum::<u64>(), records - undated);
    assert_eq!(written.last, Some(plan.until));
}

/// The facts of the counted files before one.
fn records_before(written: &Written, base: &str) -> u64 {
    let own = |(path, _): &&(String, u64)| path.rsplit('/').next() != Some(base);
    written.records_per_file.iter().take_while(own).map(|(_, records)| records).sum()
}

/// How many facts a row states, and how many of them have no date.
fn stated(base: &str, header: &[String], row: &[String]) -> (u64, u64) {
    let filled = |wanted: &dyn Fn(&str) -> bool| {
        header.iter().zip(row).filter(|(name, cell)| wanted(name) && !cell.is_empty()).count() as u64
    };
    match base {
        "AccountDetails.csv" => (filled(&|_| true), filled(&|_| true)),
        "Profiles.csv" => {
            let all = filled(&|name| name != "Profile Name");
            (all, all - filled(&|name| name.ends_with(" Time")))
        }
        "AvatarHistory.csv" => (1, 1),
        "Devices.csv" => (1 + filled(&|name| name.contains(" Date") || name.ends_with(" Time")), 1),
        "SubscriptionHistory.csv" => (filled(&|name| name.ends_with(" Ts") || name == "Plan Change Date"), 0),
        "AccessAndDevices.csv" => (2, 0),
        "IpAddresses.csv"
        | "IpAddressesStreaming.csv"
        | "IpAddressesLogin.csv"
        | "IpAddressesAccountCreation.csv" => {
            (1 + filled(&|name| name.starts_with("Region Code") || name == "Near Location"), 0)
        }
        _ => (1, 0),
    }
}

#[test]
fn netflix_totals_hold_when_the_rows_are_counted() {
    for generation in [NetflixGeneration::Of2021, NetflixGeneration::Of2023, NetflixGeneration::Of2025] {
        let (zip, written) = write(|w| netflix_zip_of(w, &PLAN, generation));
        check_netflix(&zip, &written, &PLAN);
        assert!(written.repeated > 5);
        assert_eq!(written.per_person.len(), 4);
    }
    let plan = Plan { rows: 60_000, years: 1, ..PLAN };
    let (zip, written) = write(|w| netflix_zip(w, &plan));
    check_netflix(&zip, &written, &plan);
}

#[test]
fn every_netflix_table_reads_back_with_the_rows_that_were_counted() {
    for generation in [NetflixGeneration::Of2021, NetflixGeneration::Of2023, NetflixGeneration::Of2025] {
        let (zip, written) = write(|w| netflix_zip_of(w, &PLAN, generation));
        let files = members(&zip);
        assert_eq!(files.len(), written.per_file.len() + written.other_files.len());
        for (path, bytes) in files {
            let base = path.rsplit('/').next().unwrap();
            if base.ends_with(".csv") {
                assert!(!bytes.starts_with(b"\xef\xbb\xbf"));
                let quoted = matches!(base, "AccountDetails.csv" | "Profiles.csv");
                assert_eq!(bytes.windows(2).any(|two| two == b"\r\n"), quoted, "{base}");
                let (header, rows) = table(&bytes);
                assert_eq!(written.rows_in(base), rows.len() as u64, "{base}");
                assert!(header.iter().all(|name| !name.is_empty() && name.trim() == name), "{base}");
            } else if base.ends_with(".txt") {
                assert_eq!(bytes.len(), 39);
            } else {
                assert!(bytes.starts_with(b"%PDF-"));
            }
        }
    }
}

#[test]
fn the_account_is_counted_column_by_column() {
    let counted =
        |generation| write(|w| netflix_zip_of(w, &PLAN, generation)).1.records_in("AccountDetails.csv");
    assert_eq!(counted(NetflixGeneration::Of2021), 10 + 12);
    assert_eq!(counted(NetflixGeneration::Of2023), 10 + 13);
    assert_eq!(counted(NetflixGeneration::Of2025), 17 + 13);
}

#[test]
fn the_small_list_writes_days_as_its_country_does() {
    for dates in [ListDates::DayFirst, ListDates::MonthFirst, ListDates::YearFirst, ListDates::Ambiguous] {
        let (list, written) = write(|w| netflix_list(w, &PLAN, dates));
        let (header, rows) = table(&list);
        assert_eq!(header, ["Title", "Date"]);
        assert_eq!(
            (written.rows, written.records),
            (rows.len() as u64, rows.len() as u64 - written.repeated)
        );
        let distinct: HashSet<&Vec<String>> = rows.iter().collect();
        assert_eq!(written.records, distinct.len() as u64);
        let parts = |at: usize| -> Vec<u16> {
            rows.iter().map(|row| row[1].split('/').nth(at).unwrap().parse().unwrap()).collect()
        };
        let over_12 = [0, 1, 2].map(|at| parts(at).iter().any(|number| *number > 12));
        let wanted = match dates {
            ListDates::DayFirst => [true, false, true],
            ListDates::MonthFirst => [false, true, true],
            ListDates::YearFirst => [true, false, true],
            ListDates::Ambiguous => [false, false, true],
        };
        assert_eq!(over_12, wanted, "{dates:?}");
        assert!(rows.len() > 500, "{dates:?}");
    }
}

#[test]
fn no_address_in_the_archives_belongs_to_anybody() {
    let mut archives: Vec<Vec<u8>> =
        sample_exports(UNTIL).unwrap().into_iter().map(|(_, _, zip)| zip).collect();
    archives.push(write(|w| netflix_zip_of(w, &PLAN, NetflixGeneration::Of2025)).0);
    let mut seen = [0_u32; 4];
    for (path, bytes) in
        archives.iter().flat_map(|zip| members(zip)).filter(|(path, _)| !path.ends_with(".pdf"))
    {
        let text = String::from_utf8(bytes).unwrap();
        let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || ".:-_@/".contains(c)));
        for word in words.map(|word| word.trim_matches(['.', ':', '-', '_', '/'])) {
            if let Some((_, host)) = word.split_once("://") {
                // The service's own pages, as in the real file; the title is one that nobody has.
                let host = host.split('/').next().unwrap_or_default();
                assert!(host == "www.netflix.com" || host.ends_with("example.org"), "{path}: {word}");
                seen[0] += 1;
            } else if let Some((_, host)) = word.split_once('@') {
                assert_eq!(host, "example.org", "{path}: {word}");
                seen[1] += 1;
            } else if let Ok(ip) = word.parse::<std::net::Ipv4Addr>() {
                assert_eq!(ip.octets()[..3], [192, 0, 2], "{path}: {word}");
                seen[2] += 1;
            } else if let Ok(ip) = word.parse::<std::net::Ipv6Addr>() {
                assert_eq!(ip.segments()[..2], [0x2001, 0xdb8], "{path}: {word}");
                seen[3] += 1;
            }
        }
    }
    assert!(seen.iter().all(|n| *n > 4), "the check saw too little: {seen:?}");
}

#[test]
fn the_sample_is_one_household_of_about_three_years() {
    let exports = sample_exports(UNTIL).unwrap();
    let names: Vec<_> = exports.iter().map(|(service, name, _)| (*service, *name)).collect();
    assert_eq!(
        names,
        [
            ("spotify", "my_spotify_data.zip"),
            ("spotify", "my_spotify_data (1).zip"),
            ("netflix", "netflix-report.zip"),
        ]
    );
    assert!(
        exports.iter().all(|(_, _, zip)| zip.len() < 3 << 20),
        "small enough to write at every look around"
    );
    let text: String = exports
        .iter()
        .flat_map(|(_, _, zip)| members(zip))
        .map(|(_, b)| String::from_utf8_lossy(&b).into_owned())
        .collect();
    for shown in ["The Example Tides", "ß", "Été", "灯台", "فرقة", "🦕", "Robin"] {
        assert!(text.contains(shown), "no {shown}");
    }
}

#[test]
fn too_many_rows_for_the_time_are_refused() {
    let plan = Plan { rows: 400_000_000, years: 1, ..PLAN };
    let error = spotify_zip(Cursor::new(Vec::new()), &plan).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::InvalidInput);
}
