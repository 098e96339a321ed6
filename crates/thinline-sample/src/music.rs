//! The invented music world of a seed: artists with albums and songs, podcasts, audiobooks.
//!
//! Built once per archive (about 15,000 titles); the part of a JSON row that names the title is prepared here.

use crate::{pick, rng, words};
use fastrand::Rng;
use std::{collections::HashSet, ops::Range};

const ARTISTS: usize = 420;
const BASE62: &[u8] = b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// What can be played.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    Track,
    Episode,
    Chapter,
}

/// One thing that can be played.
pub(crate) struct Item {
    pub(crate) what: What,
    pub(crate) title: String,
    /// Artist, show, or book.
    pub(crate) by: String,
    /// Album, publisher, or author.
    pub(crate) from: String,
    pub(crate) uri: String,
    pub(crate) seconds: u32,
    /// The keys of the extended history that name the title, as they stand in the row.
    pub(crate) named: Vec<u8>,
}

/// An artist; albums are ranges of `Music::items`, in the order of their tracks.
pub(crate) struct Artist {
    pub(crate) name: String,
    pub(crate) uri: String,
    pub(crate) albums: Vec<Range<usize>>,
}

/// Everything that can be played.
pub(crate) struct Music {
    pub(crate) items: Vec<Item>,
    /// Most liked first.
    pub(crate) artists: Vec<Artist>,
    /// Which of the artists is only played in December.
    pub(crate) festive: usize,
    pub(crate) podcasts: Vec<Range<usize>>,
    pub(crate) books: Vec<Range<usize>>,
    /// The name keys of a row whose track was removed: all null.
    pub(crate) removed: Vec<u8>,
}

impl Music {
    pub(crate) fn new(seed: u64) -> Self {
        let mut rng = rng(seed, "music", 0);
        let mut music = Self {
            items: Vec::with_capacity(16_000),
            artists: Vec::with_capacity(ARTISTS),
            festive: ARTISTS / 2,
            podcasts: Vec::new(),
            books: Vec::new(),
            removed: named(None, "", "", "", "", ""),
        };
        let names = artist_names(&mut rng);
        for (rank, (name, own_words)) in names.iter().enumerate() {
            music.add_artist(&mut rng, rank, name, *own_words, &names);
        }
        for (show, publisher) in words::PODCASTS {
            music.add_podcast(&mut rng, show, publisher);
        }
        for (title, author, chapters) in words::AUDIOBOOKS {
            music.add_book(&mut rng, title, author, *chapters);
        }
        music
    }

    fn add_artist(&mut self, rng: &mut Rng, rank: usize, name: &str, own: Option<&[&str]>, all: &[Named]) {
        let albums = if own.is_some() { 1 } else { rng.usize(2..6) };
        let mut made = Vec::new();
        let mut used = HashSet::new();
        for n in 0..albums {
            let album = match (rank, n) {
                (0, 0) => "Ebb".to_owned(),
                _ if rank == self.festive => "Songs for the Short Days".to_owned(),
                _ => match own {
                    Some(own) => (*pick(rng, own)).to_owned(),
                    None => album_title(rng),
                },
            };
            let tracks = own.map_or_else(|| rng.usize(7..14), <[&str]>::len);
            let start = self.items.len();
            for track in 0..tracks {
                let mut title = match (own, rank, n, track) {
                    (Some(own), ..) => own[track].to_owned(),
                    (None, 0, 0, 0) => "Low Water".to_owned(),
                    _ => song_title(rng, all),
                };
                if !used.insert(title.clone()) {
                    title = format!("{title} ({} Version)", pick(rng, words::PLACES));
                }
                let seconds = if rng.f64() < 0.04 { rng.u32(400..900) } else { rng.u32(128..330) };
                self.push(rng, What::Track, title, name, &album, seconds);
            }
            made.push(start..self.items.len());
        }
        self.artists.push(Artist { name: name.to_owned(), uri: uri(rng, "artist"), albums: made });
    }

    fn add_podcast(&mut self, rng: &mut Rng, show: &str, publisher: &str) {
        let start = self.items.len();
        for number in 1..=rng.usize(60..90) {
            let topic = pick(rng, words::TOPICS);
            let title = match rng.u8(..6) {
                0 => format!("{number}: {topic}, with {}", person(rng)),
                1 => format!("#{number} – {topic}"),
                2 => format!(
                    "{number}. {topic}, {}, and what {} told us about both when we finally sat down together",
                    pick(rng, words::TOPICS),
                    person(rng)
                ),
                _ => format!("{number}. {topic}"),
            };
            let seconds = rng.u32(1_300..4_300);
            self.push(rng, What::Episode, title, show, publisher, seconds);
        }
        self.podcasts.push(start..self.items.len());
    }

    fn add_book(&mut self, rng: &mut Rng, book: &str, author: &str, chapters: u32) {
        let start = self.items.len();
        for chapter in 1..=chapters {
            let title = format!("Chapter {chapter}: {}", pick(rng, words::EPISODES));
            let seconds = rng.u32(700..2_400);
            self.push(rng, What::Chapter, title, book, author, seconds);
        }
        self.books.push(start..self.items.len());
    }

    fn push(&mut self, rng: &mut Rng, what: What, title: String, by: &str, from: &str, seconds: u32) {
        let (uri, book) = match what {
            What::Track => (uri(rng, "track"), String::new()),
            What::Episode => (uri(rng, "episode"), String::new()),
            // The chapters of a book share the book's address.
            What::Chapter => (uri(rng, "chapter"), uri(&mut crate::rng(0, by, 0), "show")),
        };
        let named = named(Some(what), &title, by, from, &uri, &book);
        self.items.push(Item { what, title, by: by.to_owned(), from: from.to_owned(), uri, seconds, named });
    }
}

type Named = (String, Option<&'static [&'static str]>);

/// The artists by rank; those with names in other languages stand at every thirtieth place or so.
fn artist_names(rng: &mut Rng) -> Vec<Named> {
    let mut seen = HashSet::from(["The Example Tides".to_owned()]);
    let mut names: Vec<Named> = vec![("The Example Tides".to_owned(), None)];
    let mut foreign = words::FOREIGN.iter();
    while names.len() < ARTISTS {
        if names.len() % 17 == 11
            && let Some((name, own)) = foreign.next()
        {
            names.push(((*name).to_owned(), Some(own)));
            continue;
        }
        let name = artist_name(rng);
        if seen.insert(name.clone()) {
            names.push((name, None));
        }
    }
    names
}

fn artist_name(rng: &mut Rng) -> String {
    let adjective = pick(rng, words::ADJECTIVES);
    match rng.u8(..10) {
        0..=3 => format!("The {adjective} {}", pick(rng, words::BANDS)),
        4..=5 => person(rng),
        6 => format!("{adjective} {}", pick(rng, words::BANDS)),
        7 => format!("{} {}", pick(rng, words::PLACES), pick(rng, words::ENSEMBLES)),
        8 => format!("{} & the {}", person(rng), pick(rng, words::BANDS)),
        _ => format!("{adjective} {}", pick(rng, words::NOUNS)).to_lowercase(),
    }
}

fn album_title(rng: &mut Rng) -> String {
    let noun = pick(rng, words::NOUNS);
    let title = match rng.u8(..6) {
        0 => (*noun).to_owned(),
        1 => format!("Live in {}", pick(rng, words::PLACES)),
        2 => format!("{} (Deluxe Edition)", pick(rng, words::ADJECTIVES)),
        3 => format!("{} Songs About a {noun}", pick(rng, &["Nine", "Eleven", "Twelve"])),
        _ => format!("{} {noun}", pick(rng, words::ADJECTIVES)),
    };
    words::with_articles(title)
}

fn song_title(rng: &mut Rng, all: &[Named]) -> String {
    let (noun, other) = (pick(rng, words::NOUNS), pick(rng, words::NOUNS));
    let adjective = pick(rng, words::ADJECTIVES);
    let title = match rng.u8(..24) {
        0..=5 => format!("{adjective} {noun}"),
        6..=9 => format!("{} {noun}", pick(rng, words::OPENINGS)),
        10..=12 => format!("{noun} {}", pick(rng, words::TIMES)),
        13..=14 => format!("{noun} and {other}"),
        15 => format!("{} (feat. {})", noun, pick(rng, all).0),
        16 => format!("{adjective} {noun} - Live in {}", pick(rng, words::PLACES)),
        17 => format!("{noun} - {} Remaster", rng.u32(2004..2022)),
        18 => format!("Letter to {}", pick(rng, words::FIRST_NAMES)),
        19 => format!("{noun}?"),
        20 => format!(
            "{} {noun}: A True Account of the {adjective} {other} That Was Seen {} by Nobody in {}",
            pick(rng, words::OPENINGS),
            pick(rng, words::TIMES),
            pick(rng, words::PLACES)
        ),
        21 => format!("{noun} No. {}", rng.u8(2..9)),
        _ => (*noun).to_owned(),
    };
    words::with_articles(title)
}

pub(crate) fn person(rng: &mut Rng) -> String {
    format!("{} {}", pick(rng, words::FIRST_NAMES), pick(rng, words::SURNAMES))
}

/// An address as the service writes them: 22 base-62 digits, the first two `00` so that nobody has it.
pub(crate) fn uri(rng: &mut Rng, kind: &str) -> String {
    let mut uri = format!("spotify:{kind}:00");
    uri.extend((0..20).map(|_| char::from(*pick(rng, BASE62))));
    uri
}

/// The eleven keys that name a title, in the order of the real file.
fn named(what: Option<What>, title: &str, by: &str, from: &str, uri: &str, book_uri: &str) -> Vec<u8> {
    let keys: [(&str, Option<&str>); 11] = {
        let track = |v| (what == Some(What::Track)).then_some(v);
        let episode = |v| (what == Some(What::Episode)).then_some(v);
        let chapter = |v| (what == Some(What::Chapter)).then_some(v);
        [
            ("master_metadata_track_name", track(title)),
            ("master_metadata_album_artist_name", track(by)),
            ("master_metadata_album_album_name", track(from)),
            ("spotify_track_uri", track(uri)),
            ("episode_name", episode(title)),
            ("episode_show_name", episode(by)),
            ("spotify_episode_uri", episode(uri)),
            ("audiobook_title", chapter(by)),
            ("audiobook_uri", chapter(book_uri)),
            ("audiobook_chapter_uri", chapter(uri)),
            ("audiobook_chapter_title", chapter(title)),
        ]
    };
    let mut text = String::new();
    for (key, value) in keys {
        let value = serde_json::Value::from(value);
        text.push_str(&format!("\"{key}\":{value},"));
    }
    text.into_bytes()
}
