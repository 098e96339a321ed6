//! How fast Spotify rows become records: by recipe, against a struct written by hand for the very same fields.
//!
//! `cargo run --release -p thinline-import --example parse_speed [ROWS]`. Nothing is unpacked or stored; the rows are
//! invented. The struct is parsed from memory as a whole, which a recipe cannot do: it streams.

use serde::{
    Deserialize, Deserializer as _,
    de::{SeqAccess, Visitor},
};
use std::{
    fmt::Write as _,
    hint::black_box,
    io::{self, Cursor, Write as _},
    ops::ControlFlow,
    sync::Arc,
    time::{Duration, Instant},
};
use thinline_catalogue::Catalogue;
use thinline_import::{
    Archive, Context, Folder, FolderEntry, Limits, ReadSeek, RowRead, Sink, plan, read_file,
};
use thinline_model::Record;

const ROUNDS: usize = 9;

struct OneFile(Arc<[u8]>);

impl Folder for OneFile {
    fn entries(&self) -> io::Result<Vec<FolderEntry>> {
        let size = self.0.len() as u64;
        Ok(vec![FolderEntry { path: "Streaming_History_Audio_2024_0.json".into(), size, modified: None }])
    }

    fn open(&self, _: usize) -> io::Result<Box<dyn ReadSeek>> {
        Ok(Box::new(Cursor::new(Arc::clone(&self.0))))
    }
}

struct Count(u64);

impl Sink for Count {
    fn row(&mut self, _: RowRead<'_>, records: &mut Vec<Record>) -> ControlFlow<()> {
        self.0 += black_box(records).len() as u64;
        ControlFlow::Continue(())
    }

    fn progress(&mut self, _: u64) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

/// The fields that the recipe asks for, borrowed.
#[derive(Deserialize)]
#[expect(dead_code, reason = "parsed, and read only as a whole")]
struct Row<'a> {
    #[serde(borrow)]
    ts: &'a str,
    ms_played: i64,
    platform: &'a str,
    conn_country: &'a str,
    ip_addr: &'a str,
    master_metadata_track_name: Option<std::borrow::Cow<'a, str>>,
    master_metadata_album_artist_name: Option<std::borrow::Cow<'a, str>>,
    master_metadata_album_album_name: Option<std::borrow::Cow<'a, str>>,
    spotify_track_uri: Option<&'a str>,
    episode_name: Option<std::borrow::Cow<'a, str>>,
    episode_show_name: Option<std::borrow::Cow<'a, str>>,
    spotify_episode_uri: Option<&'a str>,
    audiobook_title: Option<std::borrow::Cow<'a, str>>,
    audiobook_uri: Option<&'a str>,
    audiobook_chapter_uri: Option<&'a str>,
    audiobook_chapter_title: Option<std::borrow::Cow<'a, str>>,
    reason_start: &'a str,
    reason_end: &'a str,
    shuffle: bool,
    skipped: Option<bool>,
    offline: Option<bool>,
    incognito_mode: bool,
}

/// What a record owns, made by hand from a row.
#[expect(dead_code, reason = "made, and read only as a whole")]
struct Made {
    texts: [Box<str>; 4],
    detail: Vec<Box<str>>,
    hash: u128,
    second: i64,
}

fn made(row: &Row<'_>) -> Made {
    let first =
        |texts: [Option<&str>; 3]| -> Box<str> { texts.into_iter().flatten().next().unwrap_or("").into() };
    let title = first([
        row.master_metadata_track_name.as_deref(),
        row.episode_name.as_deref(),
        row.audiobook_chapter_title.as_deref(),
    ]);
    let by = first([
        row.master_metadata_album_artist_name.as_deref(),
        row.episode_show_name.as_deref(),
        row.audiobook_title.as_deref(),
    ]);
    let url = first([row.spotify_track_uri, row.spotify_episode_uri, row.audiobook_chapter_uri]);
    let word = |truth: bool| if truth { "true" } else { "false" };
    let ms_played = row.ms_played.to_string();
    let key = [&*title, &*by, &*url, &*ms_played].join("\0");
    let detail = [
        row.master_metadata_album_album_name.as_deref().unwrap_or(""),
        &ms_played,
        row.platform,
        row.conn_country,
        row.reason_start,
        row.reason_end,
        word(row.shuffle),
        row.skipped.map_or("", word),
        row.offline.map_or("", word),
        word(row.incognito_mode),
        row.ip_addr,
        "",
        "",
        "",
    ];
    let digits = row.ts.bytes().filter(u8::is_ascii_digit).fold(0, |sum, b| sum * 10 + i64::from(b - b'0'));
    Made {
        texts: [title, by, url, row.ts.into()],
        detail: detail.into_iter().map(Box::from).collect(),
        hash: xxhash_rust::xxh3::xxh3_128(key.as_bytes()),
        second: digits,
    }
}

/// Rows of about 800 bytes; one in nine is an episode.
fn invented(rows: usize) -> Vec<u8> {
    let mut text = String::from("[\n");
    for at in 0..rows {
        let (day, hour, minute, second) = (at / 800 % 28 + 1, at / 60 % 24, at % 60, at * 7 % 60);
        let (year, month) = (2012 + at / 22_400 % 12, at / 1_867 % 12 + 1);
        let comma = if at == 0 { "" } else { ",\n" };
        let track = format!("\"Invented Song No. {} of the Long Tide\"", at * 7919 % 40_000);
        let artist = format!("\"The Example Tides {}\"", at * 31 % 900);
        let album = format!("\"Ebb and Flow, Volume {}\"", at * 31 % 3_000);
        let uri = format!("\"spotify:track:{:022}\"", at * 7919 % 40_000);
        let null = "null".to_owned();
        let episode = at % 9 == 8;
        let pick = |own: &String, is: bool| if is { own.clone() } else { null.clone() };
        let _ = write!(
            text,
            "{comma}{{\"ts\":\"{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z\",\"platform\":\"ios\",\
            \"ms_played\":{},\"conn_country\":\"NL\",\"ip_addr\":\"192.0.2.{}\",\"master_metadata_track_name\":{},\
            \"master_metadata_album_artist_name\":{},\"master_metadata_album_album_name\":{},\
            \"spotify_track_uri\":{},\"episode_name\":{},\"episode_show_name\":{},\"spotify_episode_uri\":{},\
            \"audiobook_title\":null,\"audiobook_uri\":null,\"audiobook_chapter_uri\":null,\
            \"audiobook_chapter_title\":null,\"reason_start\":\"trackdone\",\"reason_end\":\"trackdone\",\
            \"shuffle\":false,\"skipped\":false,\"offline\":false,\"offline_timestamp\":1714977483,\
            \"incognito_mode\":false}}",
            30_000 + at * 37 % 200_000,
            at % 250,
            pick(&track, !episode),
            pick(&artist, !episode),
            pick(&album, !episode),
            pick(&uri, !episode),
            pick(&track, episode),
            pick(&artist, episode),
            pick(&uri, episode),
        );
    }
    text.push_str("\n]\n");
    text.into_bytes()
}

/// CPU time of this thread where the system tells it, else the clock: another build may run beside this.
fn spent(begin: Instant) -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanos = told.and_then(|text| text.split(' ').next().and_then(|first| first.parse().ok()));
    nanos.map_or_else(|| begin.elapsed(), Duration::from_nanos)
}

/// Runs all in turn, so that a busy moment hits them alike.
fn medians(runs: &mut [Run<'_>], rows: u64) -> Vec<Duration> {
    let begin = Instant::now();
    let mut times = vec![Vec::new(); runs.len()];
    for _ in 0..ROUNDS {
        for (run, times) in runs.iter_mut().zip(&mut times) {
            let start = spent(begin);
            assert_eq!((run.1)(), rows, "every row is read");
            times.push(spent(begin) - start);
        }
    }
    times.iter_mut().for_each(|times| times.sort_unstable());
    times.iter().map(|times| times[ROUNDS / 2]).collect()
}

type Run<'a> = (&'a str, Box<dyn FnMut() -> u64 + 'a>);

/// Visits each row of an array without keeping it.
struct Each<F>(F);

impl<'de, F: FnMut(Row<'de>)> Visitor<'de> for Each<F> {
    type Value = u64;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("rows")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<u64, A::Error> {
        let mut count = 0;
        while let Some(row) = list.next_element()? {
            (self.0)(row);
            count += 1;
        }
        Ok(count)
    }
}

fn each(bytes: &[u8], visit: impl FnMut(Row<'_>)) -> u64 {
    let mut json = serde_json::Deserializer::from_slice(bytes);
    json.deserialize_seq(Each(visit)).unwrap_or_default()
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let rows: usize = std::env::args().nth(1).map_or(Ok(200_000), |text| text.parse())?;
    let bytes: Arc<[u8]> = invented(rows).into();
    let service = Catalogue::builtin().service("spotify").ok_or("no such service")?;
    let mut archive = Archive::folder(Box::new(OneFile(Arc::clone(&bytes))), Limits::default())?;
    let planned = plan(&mut archive, service)?;
    let recipe = move || {
        let mut sink = Count(0);
        let report =
            read_file(&mut archive, &planned[0], &Context { service, account: "default" }, &mut sink);
        assert!(report.is_ok_and(|report| report.broken.is_none()));
        sink.0
    };
    let mut runs: Vec<Run<'_>> = vec![
        ("recipe", Box::new(recipe)),
        ("struct, records by hand", Box::new(|| each(&bytes, |row| drop(black_box(made(&row)))))),
        ("struct alone", Box::new(|| each(&bytes, |row| drop(black_box(row))))),
    ];
    let times = medians(&mut runs, rows as u64);
    let mut out = io::stdout().lock();
    for ((name, _), time) in runs.iter().zip(&times) {
        let speed = bytes.len() as f64 / 1e6 / time.as_secs_f64();
        let ratio = times[0].as_secs_f64() / time.as_secs_f64();
        writeln!(out, "{name:24} {time:>10.1?} {speed:7.0} MB/s   recipe / this {ratio:5.2}")?;
    }
    Ok(())
}
