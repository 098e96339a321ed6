//! For benchmarks only: the plays of Spotify's extended history, read by a struct that was written for them, as a program for
//! that one file would do it. What recipes cost is told as a ratio to this.
//!
//! It makes the same records, keys and times included, but frames nothing, reports nothing, keeps no row and takes no secrets out.

use crate::{Archive, ReadError, key::KeyBuffer, time};
use serde::Deserialize;
use serde::de::{Deserializer, Error, Visitor};
use std::{borrow::Cow, fmt, io::Read as _, sync::Arc};
use thinline_model::{
    Category, Certainty, ContentHash, DetailShape, Fact, Kind, Origin, Party, Precision, Record, Text,
    Timestamp, When,
};

/// A text, borrowed where it is written without escapes; a plain `Cow` inside an `Option` would be copied.
#[derive(Default)]
struct Word<'a>(Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Word<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Seen;
        impl<'de> Visitor<'de> for Seen {
            type Value = Word<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text")
            }
            fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Word(Cow::Borrowed(text)))
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Word(Cow::Owned(text.to_owned())))
            }
        }
        deserializer.deserialize_str(Seen)
    }
}

#[derive(Deserialize)]
struct Play<'a> {
    #[serde(borrow)]
    ts: Word<'a>,
    ms_played: i64,
    #[serde(borrow)]
    platform: Option<Word<'a>>,
    #[serde(borrow)]
    conn_country: Option<Word<'a>>,
    #[serde(borrow)]
    ip_addr: Option<Word<'a>>,
    #[serde(borrow)]
    master_metadata_track_name: Option<Word<'a>>,
    #[serde(borrow)]
    master_metadata_album_artist_name: Option<Word<'a>>,
    #[serde(borrow)]
    master_metadata_album_album_name: Option<Word<'a>>,
    #[serde(borrow)]
    spotify_track_uri: Option<Word<'a>>,
    #[serde(borrow)]
    episode_name: Option<Word<'a>>,
    #[serde(borrow)]
    episode_show_name: Option<Word<'a>>,
    #[serde(borrow)]
    spotify_episode_uri: Option<Word<'a>>,
    #[serde(borrow)]
    reason_start: Option<Word<'a>>,
    #[serde(borrow)]
    reason_end: Option<Word<'a>>,
    shuffle: Option<bool>,
    skipped: Option<bool>,
    offline: Option<bool>,
    incognito_mode: Option<bool>,
}

/// Reads all plays of an archive and hands each record over.
///
/// # Errors
/// If a file cannot be inflated or is no list of plays.
pub fn plays(archive: &mut Archive, mut each: impl FnMut(Record)) -> Result<(), ReadError> {
    let named = |path: &str| path.contains("Streaming_History_") && path.ends_with(".json");
    let files: Vec<usize> = (archive.members().iter().enumerate())
        .filter(|(_, one)| named(&one.path))
        .map(|(at, _)| at)
        .collect();
    let shape = Arc::new(DetailShape { fields: Vec::new() });
    let (recipe, fact): (Arc<str>, Arc<str>) = ("spotify/plays".into(), "play".into());
    let mut key = KeyBuffer::new(&["spotify", "default"]);
    let mut told = KeyBuffer::new(&[]);
    for file in files {
        let mut text = String::new();
        archive.open(file)?.read_to_string(&mut text).map_err(|_| ReadError::Damaged)?;
        let plays: Vec<Play<'_>> = serde_json::from_str(&text).map_err(|_| ReadError::Damaged)?;
        for play in plays {
            each(record(&play, &mut key, &mut told, [&recipe, &fact], &shape));
        }
    }
    Ok(())
}

fn record(
    play: &Play<'_>,
    key: &mut KeyBuffer,
    told: &mut KeyBuffer,
    [recipe, fact]: [&Arc<str>; 2],
    shape: &Arc<DetailShape>,
) -> Record {
    let word =
        |word: &Option<Word<'_>>| word.as_ref().map_or_else(Text::default, |word| Text::from(&*word.0));
    let either = |one: &Option<Word<'_>>, other: &Option<Word<'_>>| {
        if one.is_some() { word(one) } else { word(other) }
    };
    let truth = |truth: Option<bool>| {
        truth.map_or_else(Text::default, |truth| Text::from(if truth { "true" } else { "false" }))
    };
    let title = either(&play.master_metadata_track_name, &play.episode_name);
    let by = either(&play.master_metadata_album_artist_name, &play.episode_show_name);
    let lasted = Text::from(play.ms_played.to_string());
    key.restart();
    for field in ["", Kind::Collected.id(), Category::Listening.id(), &title, &by, &lasted] {
        key.push(field);
    }
    told.restart();
    for field in [&title, &by, &lasted] {
        told.push(field);
    }
    let at = time::iso(&play.ts.0).map_or(0, |written| (written.millis - play.ms_played).div_euclid(1000));
    let hash: ContentHash = key.hash();
    Record {
        hash,
        when: When::Dated { at: Timestamp(at), precision: Precision::Second, certainty: Certainty::Explicit },
        fact: Some(Fact { name: Arc::clone(fact), hash: told.hash().0, rank: 0 }),
        kind: Kind::Collected,
        origin: Origin::Observed,
        category: Category::Listening,
        party: Party::First,
        sensitivity: Category::Listening.sensitivity(),
        recipe: Arc::clone(recipe),
        person: None,
        title,
        by,
        counterparty: Text::default(),
        url: either(&play.spotify_track_uri, &play.spotify_episode_uri),
        raw_time: Text::from(&*play.ts.0),
        detail: vec![
            word(&play.master_metadata_album_album_name),
            lasted,
            word(&play.platform),
            word(&play.conn_country),
            word(&play.reason_start),
            word(&play.reason_end),
            truth(play.shuffle),
            truth(play.skipped),
            truth(play.offline),
            truth(play.incognito_mode),
            word(&play.ip_addr),
        ],
        shape: Arc::clone(shape),
    }
}
