//! A play in account data and in the extended history is one record, in any order of imports and undos.

use crate::archives;
use crate::home::{Home, adds_up, facts};
use proptest::prelude::*;
use serde_json::json;
use std::path::{Path, PathBuf};
use thinline_core::StatKey;
use thinline_core::wire::Filter;

/// (end of play in seconds since the first, song, milliseconds played)
type Play = (i64, usize, i64);

const FIRST: i64 = 1_735_689_630; // 2025-01-01T00:00:30Z
const SONGS: [&str; 4] = ["Low Water", "Harbor Lights", "Ebb", "Tidemark"];

fn at(seconds: i64) -> jiff::Timestamp {
    jiff::Timestamp::from_second(FIRST + seconds).unwrap()
}

fn extended(dir: &Path, name: &str, plays: &[Play]) -> PathBuf {
    let rows = plays.iter().map(|(end, song, ms)| {
        json!({
            "ts": at(*end).strftime("%Y-%m-%dT%H:%M:%SZ").to_string(), "platform": "ios", "ms_played": ms, "conn_country": "NL",
            "ip_addr": "192.0.2.10", "master_metadata_track_name": SONGS[*song],
            "master_metadata_album_artist_name": "The Example Tides", "master_metadata_album_album_name": "Ebb",
            "spotify_track_uri": format!("spotify:track:{song:022}"), "reason_start": "trackdone", "reason_end": "trackdone",
            "shuffle": false, "skipped": false, "offline": false, "incognito_mode": false,
        })
    });
    let text = serde_json::to_string(&rows.collect::<Vec<_>>()).unwrap();
    let path = "Spotify Extended Streaming History/Streaming_History_Audio_2025_0.json";
    archives::zip_of(&dir.join(name), &[(path, &text)])
}

fn account(dir: &Path, name: &str, plays: &[Play]) -> PathBuf {
    let rows = plays.iter().map(|(end, song, ms)| {
        json!({
            "endTime": at(*end).strftime("%Y-%m-%d %H:%M").to_string(), "artistName": "The Example Tides",
            "trackName": SONGS[*song], "msPlayed": ms,
        })
    });
    let text = serde_json::to_string(&rows.collect::<Vec<_>>()).unwrap();
    let path = "Spotify Account Data/StreamingHistory_music_0.json";
    archives::zip_of(&dir.join(name), &[(path, &text)])
}

/// The same plays, each of another song, in both packages.
pub fn both(dir: &Path) -> (PathBuf, PathBuf) {
    let plays = [(0, 0, 187_340), (200, 1, 180_000), (4_000, 2, 90_000)];
    (extended(dir, "both-extended.zip", &plays), account(dir, "both-account.zip", &plays))
}

fn total(home: &Home) -> u32 {
    home.total(&Filter { services: vec!["spotify".into()], ..Filter::default() })
}

#[test]
fn a_play_of_both_packages_is_one_record_with_the_precise_time() {
    let plays = [(0, 0, 187_340), (200, 1, 180_000), (4_000, 2, 90_000)];
    for precise_first in [true, false] {
        let home = Home::new();
        let precise = extended(home.path(), "extended.zip", &plays[..2]);
        let rough = account(home.path(), "account.zip", &plays);
        let (one, two) = if precise_first { (precise, rough) } else { (rough, precise) };
        for path in [one, two] {
            adds_up(&home.import(&path));
        }
        assert_eq!(total(&home), 3);
        let records = home.walk(&Filter::default());
        let second = records.iter().find(|record| record.title == "Harbor Lights").unwrap();
        assert_eq!(
            (second.precision.as_str(), second.at.as_deref()),
            ("second", Some("2025-01-01T00:00:50Z"))
        );
        home.log_holds();
    }
}

#[test]
fn a_filmed_episode_of_both_packages_is_one_record() {
    let filmed = r#"[{"ts":"2025-01-01T18:30:12Z","platform":"web_player","ms_played":30250,"conn_country":"NL","ip_addr":"192.0.2.12","master_metadata_track_name":null,"master_metadata_album_artist_name":null,"spotify_track_uri":null,"episode_name":"Harbors, filmed","episode_show_name":"Sample Science","spotify_episode_uri":"spotify:episode:0000000000000000000006","reason_start":"clickrow","reason_end":"endplay","shuffle":false}]"#;
    let heard = r#"[{"endTime":"2025-01-01 18:30","podcastName":"Sample Science","episodeName":"Harbors, filmed","msPlayed":30250}]"#;
    for precise_first in [true, false] {
        let home = Home::new();
        let film = "Spotify Extended Streaming History/Streaming_History_Video_2025.json";
        let precise = archives::zip_of(&home.path().join("film.zip"), &[(film, filmed)]);
        let list = "Spotify Account Data/StreamingHistory_podcast_0.json";
        let rough = archives::zip_of(&home.path().join("heard.zip"), &[(list, heard)]);
        let (one, two) = if precise_first { (precise, rough) } else { (rough, precise) };
        for path in [one, two] {
            adds_up(&home.import(&path));
        }
        let records = home.walk(&Filter { services: vec!["spotify".into()], ..Filter::default() });
        let told: Vec<_> = records.iter().map(|one| (one.title.as_str(), one.precision.as_str())).collect();
        assert_eq!(told, [("Harbors, filmed", "second")], "precise first: {precise_first}");
    }
}

#[test]
fn without_the_extended_history_a_play_is_what_account_data_says() {
    let plays = [(0, 0, 187_340), (200, 1, 180_000)];
    let home = Home::new();
    home.import(&account(home.path(), "account.zip", &plays));
    let alone = facts(home.walk(&Filter::default()));
    let precise = home.import(&extended(home.path(), "extended.zip", &plays));
    assert_ne!(facts(home.walk(&Filter::default())), alone);
    home.core.undo_import(precise.id).unwrap();
    assert_eq!(facts(home.walk(&Filter::default())), alone);
    let record = &home.walk(&Filter::default())[0];
    let original = home.core.record(&record.id, false).unwrap().original.unwrap();
    assert!(format!("{original:?}").contains("msPlayed"), "it opens to the row of account data");
    assert_eq!(home.walk(&Filter { search: "harbor".to_owned(), ..Filter::default() }).len(), 1);
}

#[test]
fn taking_the_extended_history_back_twice_ends_the_same() {
    let plays = [(0, 0, 30_000), (7, 0, 30_000), (14, 0, 30_000)];
    let home = Home::new();
    let precise = extended(home.path(), "extended.zip", &plays[..2]);
    let first = home.import(&precise);
    home.import(&account(home.path(), "account.zip", &plays));
    home.core.undo_import(first.id).unwrap();
    let alone = seen(&home);
    assert_eq!(alone.0.len(), 1, "{alone:?}");
    for _ in 0..2 {
        let again = home.import(&precise);
        home.core.undo_import(again.id).unwrap();
        assert_eq!(seen(&home), alone);
    }
}

#[test]
fn a_play_that_begins_on_the_full_minute_is_one_record_too() {
    let plays = [(3_570, 0, 30_000)];
    let home = Home::new();
    home.import(&account(home.path(), "account.zip", &plays));
    home.import(&extended(home.path(), "extended.zip", &plays));
    let records = home.walk(&Filter::default());
    assert_eq!(records.iter().map(|r| r.precision.as_str()).collect::<Vec<_>>(), ["second"]);
}

fn seen(home: &Home) -> (Vec<String>, Vec<(String, u32)>, Vec<String>) {
    (
        facts(home.walk(&Filter::default())),
        home.counts(StatKey::Day, &Filter::default()),
        facts(home.walk(&Filter { search: "tides".to_owned(), ..Filter::default() })),
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// Songs repeat within minutes, so that plays compete for the same tellings.
    #[test]
    fn any_order_of_both_packages_ends_as_the_remaining_ones_alone(
        plays in prop::collection::btree_map(0_i64..600, (0_usize..3, prop::sample::select(vec![30_000_i64, 45_000])), 4..30),
        steps in prop::collection::vec(0_usize..4, 1..9),
    ) {
        let plays: Vec<Play> = plays.into_iter().map(|(end, (song, ms))| (end * 7, song, ms)).collect();
        let (half, third) = (plays.len() / 2, plays.len() / 3);
        let home = Home::new();
        let dir = home.path();
        let all = [
            extended(dir, "extended.zip", &plays[third..]),
            account(dir, "account.zip", &plays[..plays.len() - 1]),
            extended(dir, "extended-old.zip", &plays[..half]),
            account(dir, "account-new.zip", &plays[half..]),
        ];
        let mut standing: [Option<u32>; 4] = [None; 4];
        for at in steps {
            standing[at] = match standing[at] {
                Some(id) => {
                    home.core.undo_import(id).unwrap();
                    None
                }
                None => Some(home.import(&all[at]).id),
            };
        }
        let fresh = Home::new();
        for (id, path) in standing.iter().zip(&all) {
            if id.is_some() {
                fresh.import(path);
            }
        }
        prop_assert_eq!(seen(&home), seen(&fresh));
        home.log_holds();
    }
}
