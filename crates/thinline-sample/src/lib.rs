//! Invented service exports from a seed: the sample data people can look around in, and the archives that tests and
//! benchmarks read.
//!
//! The archives have the names, folders, keys, columns and oddities of real ones; every name, title, address and
//! number in them is made up. The same plan gives the same bytes on every machine. Nothing here knows the importer:
//! what an import has to report is counted while writing (`Written`), from the way the rows are made.
//!
//! What would surprise: apart from the exact copies that are written on purpose, no two rows of one history file
//! start in the same second, so that the number of distinct facts is known without remembering them. Memory does
//! not grow with the number of rows.

mod account;
mod clock;
mod damage;
mod inferences;
mod json;
mod music;
mod netflix;
mod netflix_account;
mod netflix_list;
mod netflix_tables;
mod pack;
mod plays;
mod screen;
mod spotify;
mod technical_log;
mod views;
mod words;
mod words_of_stories;
mod written;

pub use account::spotify_account_zip;
pub use damage::{Damage, damaged};
pub use netflix::{NetflixGeneration, netflix_zip, netflix_zip_of};
pub use netflix_list::{ListDates, netflix_list};
pub use spotify::{SpotifyGeneration, spotify_zip, spotify_zip_of};
pub use technical_log::spotify_technical_log_zip;
pub use written::Written;

use std::{error::Error, fmt, io};

/// What to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// Decides every name and number; the same seed gives the same household.
    pub seed: u64,
    /// Rows of the history: plays at Spotify, views at Netflix. Other tables come on top, in proportion.
    pub rows: u64,
    /// Unix seconds of the newest row.
    pub until: i64,
    /// Over how many years before `until` the rows are spread; 0 counts as 1.
    pub years: u32,
}

/// The plan has more rows than its time has seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooDense;

impl fmt::Display for TooDense {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the plan has more rows than fit into its years")
    }
}

impl Error for TooDense {}

/// The household of the app's sample data.
const SAMPLE_SEED: u64 = 0x7417_11ae;

/// The app's sample data: the exports of one household, about three years up to `until` (unix seconds).
///
/// Each item is the service's id, the name of the archive as it is downloaded, and the archive.
///
/// # Errors
/// None is expected: the archives are written to memory.
pub fn sample_exports(until: i64) -> io::Result<Vec<(&'static str, &'static str, Vec<u8>)>> {
    let listening = Plan { seed: SAMPLE_SEED, rows: 12_000, until, years: 3 };
    // The television was last on in the evening before.
    let watching = Plan { seed: SAMPLE_SEED, rows: 2_500, until: until - 11 * 3_600, years: 3 };
    let in_memory = |write: &dyn Fn(&mut io::Cursor<Vec<u8>>) -> io::Result<Written>| {
        let mut archive = io::Cursor::new(Vec::new());
        write(&mut archive).map(|_| archive.into_inner())
    };
    Ok(vec![
        ("spotify", "my_spotify_data.zip", in_memory(&|w| spotify_zip(w, &listening))?),
        ("spotify", "my_spotify_data (1).zip", in_memory(&|w| spotify_account_zip(w, &listening))?),
        ("netflix", "netflix-report.zip", in_memory(&|w| netflix_zip(w, &watching))?),
    ])
}

/// A generator for one topic and number of a seed, so that no part of the data depends on how often another drew.
fn rng(seed: u64, topic: &str, number: i64) -> fastrand::Rng {
    // SplitMix64 over the three; fastrand itself takes nothing from the system when it is given a seed.
    let mut state = seed ^ 0x9e37_79b9_7f4a_7c15;
    for word in topic.bytes().map(u64::from).chain([number.cast_unsigned()]) {
        state = (state ^ word).wrapping_add(0x9e37_79b9_7f4a_7c15);
        state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        state ^= state >> 31;
    }
    fastrand::Rng::with_seed(state)
}

/// One of a list that is not empty.
fn pick<'a, T>(rng: &mut fastrand::Rng, list: &'a [T]) -> &'a T {
    &list[rng.usize(..list.len())]
}

/// Draws ranks by a Zipf-like law: a few favorites, a long tail.
struct Favorites {
    upto: Vec<f64>,
}

impl Favorites {
    fn new(len: usize, steepness: f64) -> Self {
        let mut sum = 0.0;
        let upto = (0..len)
            .map(|rank| {
                sum += (rank as f64 + 2.0).powf(-steepness);
                sum
            })
            .collect();
        Self { upto }
    }

    fn draw(&self, rng: &mut fastrand::Rng) -> usize {
        let x = rng.f64() * self.upto.last().copied().unwrap_or(0.0);
        self.upto.partition_point(|sum| *sum <= x).min(self.upto.len().saturating_sub(1))
    }
}
