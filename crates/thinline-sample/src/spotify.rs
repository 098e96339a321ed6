//! Writes Spotify's "Extended streaming history" as it is downloaded.

use crate::{
    Plan, Written,
    clock::{IsoPen, civil, digits},
    music::Music,
    pack::{PDF, Pack},
    plays::{Device, Play, Plays},
};
use std::io::{self, Seek, Write};

/// Rows of one file of the real thing, about 12 MB.
const ROWS_PER_FILE: u64 = 15_500;

/// Which of the known layouts to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SpotifyGeneration {
    /// Until about 2022: `MyData/endsong_0.json`, with user name and user agent, without audiobooks.
    Endsong,
    /// `Spotify Extended Streaming History/Streaming_History_Audio_2014-2016_0.json`.
    #[default]
    Current,
}

/// Writes an extended streaming history of the present layout. Every play is counted in the totals.
///
/// # Errors
/// If `w` cannot be written, or the plan has more rows than its years have room for (`TooDense`).
pub fn spotify_zip(w: impl Write + Seek, plan: &Plan) -> io::Result<Written> {
    spotify_zip_of(w, plan, SpotifyGeneration::Current)
}

/// Writes an extended streaming history in one of its layouts.
///
/// # Errors
/// As `spotify_zip`.
pub fn spotify_zip_of(
    w: impl Write + Seek,
    plan: &Plan,
    generation: SpotifyGeneration,
) -> io::Result<Written> {
    let music = Music::new(plan.seed);
    let mut pack = Pack::new(w, plan.until);
    let mut written = Written::default();
    let mut audio = Pages::new(generation, plan.rows, "Audio", "endsong");
    let mut video = Pages::new(generation, 0, "Video", "endvideo");
    let mut pen = RowPen { generation, music: &music, dates: IsoPen::default() };
    for play in Plays::new(plan, &music)? {
        let pages = if play.video { &mut video } else { &mut audio };
        if pages.rows >= ROWS_PER_FILE && !play.again && !play.video {
            pages.flush(&mut pack, &mut written)?;
        }
        pages.add(&mut pen, &play);
        if play.again {
            written.repeated += 1;
            continue;
        }
        let named = play.item.is_some_and(|item| pen.names(item));
        written.untitled += u64::from(!named);
        written.dated(play.start, u64::from(play.ms));
    }
    audio.flush(&mut pack, &mut written)?;
    video.flush(&mut pack, &mut written)?;
    let read_me = match generation {
        SpotifyGeneration::Endsong => "MyData/ReadMeFirst.pdf",
        SpotifyGeneration::Current => {
            "Spotify Extended Streaming History/ReadMeFirst_ExtendedStreamingHistory.pdf"
        }
    };
    pack.file(read_me, PDF)?;
    written.other(read_me, 0);
    pack.finish()?;
    Ok(written)
}

/// One file after the other, each held in memory until its years are known: they stand in its name.
struct Pages {
    generation: SpotifyGeneration,
    /// Whether more than one file of this sort is coming: only then they are numbered.
    numbered: bool,
    word: &'static str,
    old_word: &'static str,
    text: Vec<u8>,
    page: u32,
    rows: u64,
    copies: u64,
    years: Option<(i16, i16)>,
}

impl Pages {
    fn new(generation: SpotifyGeneration, rows: u64, word: &'static str, old_word: &'static str) -> Self {
        let numbered = rows > ROWS_PER_FILE;
        Self {
            generation,
            numbered,
            word,
            old_word,
            text: Vec::new(),
            page: 0,
            rows: 0,
            copies: 0,
            years: None,
        }
    }

    fn add(&mut self, pen: &mut RowPen<'_>, play: &Play) {
        self.text.push(if self.rows == 0 { b'[' } else { b',' });
        pen.row(&mut self.text, play);
        self.rows += 1;
        self.copies += u64::from(play.again);
        let year = civil(play.end).year();
        self.years = Some((self.years.map_or(year, |(first, _)| first), year));
    }

    fn flush<W: Write + Seek>(&mut self, pack: &mut Pack<W>, written: &mut Written) -> io::Result<()> {
        let Some((first, last)) = self.years.take() else {
            return Ok(());
        };
        self.text.push(b']');
        let path = match self.generation {
            SpotifyGeneration::Endsong => format!("MyData/{}_{}.json", self.old_word, self.page),
            SpotifyGeneration::Current => {
                let years = if first == last { first.to_string() } else { format!("{first}-{last}") };
                let number = if self.numbered { format!("_{}", self.page) } else { String::new() };
                format!(
                    "Spotify Extended Streaming History/Streaming_History_{}_{years}{number}.json",
                    self.word
                )
            }
        };
        pack.file(&path, &self.text)?;
        written.file(&path, self.rows, self.rows - self.copies);
        self.text.clear();
        self.page += 1;
        (self.rows, self.copies) = (0, 0);
        Ok(())
    }
}

/// Writes rows by hand: the prepared names are copied, nothing is built twice.
struct RowPen<'a> {
    generation: SpotifyGeneration,
    music: &'a Music,
    dates: IsoPen,
}

impl RowPen<'_> {
    /// Whether the row of this title names it: the old layout has no keys for audiobooks.
    fn names(&self, item: usize) -> bool {
        self.generation == SpotifyGeneration::Current
            || self.music.items[item].what != crate::music::What::Chapter
    }

    fn row(&mut self, out: &mut Vec<u8>, play: &Play) {
        let old = self.generation == SpotifyGeneration::Endsong;
        let mut put = |text: &str| out.extend_from_slice(text.as_bytes());
        put("{\"ts\":\"");
        self.dates.write(out, play.end);
        let mut put = |text: &str| out.extend_from_slice(text.as_bytes());
        if old {
            put("\",\"username\":\"robin-example");
        }
        put("\",\"platform\":\"");
        put(platform(play));
        put("\",\"ms_played\":");
        digits(out, i64::from(play.ms));
        let mut put = |text: &str| out.extend_from_slice(text.as_bytes());
        put(",\"conn_country\":\"");
        put(country(play));
        put(if old { "\",\"ip_addr_decrypted\":\"" } else { "\",\"ip_addr\":\"" });
        put(ip(play));
        put(if old { "\",\"user_agent_decrypted\":\"unknown\"," } else { "\"," });
        let named = play.item.map_or(&self.music.removed, |item| &self.music.items[item].named);
        let end = if old { audiobook_keys(named) } else { named.len() };
        out.extend_from_slice(&named[..end]);
        let mut put = |text: &str| out.extend_from_slice(text.as_bytes());
        put("\"reason_start\":\"");
        put(play.reason_start);
        put("\",\"reason_end\":\"");
        put(play.reason_end);
        put("\",\"shuffle\":");
        put(if play.shuffle { "true" } else { "false" });
        put(",\"skipped\":");
        put(match (play.year < 2022, play.reason_end) {
            (true, _) => "null",
            (_, "fwdbtn" | "backbtn") => "true",
            _ => "false",
        });
        put(",\"offline\":");
        put(if play.offline { "true" } else { "false" });
        put(",\"offline_timestamp\":");
        // Milliseconds in old files, seconds in new ones.
        digits(out, if old { play.start * 1_000 } else { play.start });
        out.extend_from_slice(b",\"incognito_mode\":");
        out.extend_from_slice(if play.incognito { b"true}" } else { b"false}" });
    }
}

/// Where the audiobook keys begin, which stand last among the names.
fn audiobook_keys(named: &[u8]) -> usize {
    let key = b"\"audiobook_title\"";
    named.windows(key.len()).position(|at| at == key).unwrap_or(named.len())
}

/// The device as the service wrote it then: wordy in old rows, one word in new ones.
fn platform(play: &Play) -> &'static str {
    match (play.device, play.year < 2022) {
        (Device::OldPhone, _) | (Device::Phone, true) => "Android OS 9 API 28 (Example, EX-100)",
        (Device::Phone, false) => "ios",
        (Device::Tablet, _) => "android",
        (Device::Laptop, true) => "OS X 10.15.7 [x86 4]",
        (Device::Laptop, false) => "osx",
        (Device::Browser, _) => "web_player windows 10;firefox 128.0;desktop",
        (Device::Speaker, _) => "Partner example_audio Example;Kitchen Speaker;;tpapi",
        (Device::Television, _) => "Partner example_tv Example;Living Room TV;;tpapi",
    }
}

/// Where the household is: at home, or on one of its trips.
pub(crate) fn country(play: &Play) -> &'static str {
    match (play.away, play.year.rem_euclid(4)) {
        (false, _) => "NL",
        (true, 0) => "PT",
        (true, 1) => "FR",
        (true, 2) => "JP",
        (true, _) => "DE",
    }
}

/// An address from the blocks that are set aside for documentation.
fn ip(play: &Play) -> &'static str {
    match (play.away, play.device) {
        (true, _) if play.end % 3 == 0 => "192.0.2.201",
        (true, _) => "2001:db8:77:4::1c",
        (_, Device::Laptop | Device::Browser) => "192.0.2.130",
        (_, Device::Phone | Device::OldPhone) if play.offline => "192.0.2.88",
        (_, Device::Speaker | Device::Television) => "2001:db8:10:2::5e",
        _ if play.year < 2024 => "192.0.2.17",
        _ => "192.0.2.23",
    }
}
