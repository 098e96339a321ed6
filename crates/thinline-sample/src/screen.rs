//! The invented film and series world, as titles are written in an export.

use crate::{pick, rng, words, words_of_stories as stories};

/// One film or one episode.
pub(crate) struct Title {
    /// `Series: Season 1: Low Tide (Episode 2)`, or a film's name.
    pub(crate) name: String,
    /// The series or film alone.
    pub(crate) of: String,
    /// `Series: Season 1` or the film's name: what trailers name.
    pub(crate) season: String,
    pub(crate) minutes: u32,
}

/// Everything that can be watched.
pub(crate) struct Screen {
    /// Each series' episodes in order.
    pub(crate) series: Vec<Vec<Title>>,
    pub(crate) films: Vec<Title>,
    pub(crate) kids: Vec<Vec<Title>>,
}

impl Screen {
    pub(crate) fn new(seed: u64) -> Self {
        let mut rng = rng(seed, "screen", 0);
        let series = stories::SERIES.iter().map(|series| episodes(&mut rng, series)).collect();
        let kids = stories::KIDS_SERIES.iter().map(|series| episodes(&mut rng, series)).collect();
        let mut films: Vec<Title> = Vec::new();
        while films.len() < 240 {
            let name = match films.len() % 24 {
                7 => stories::FOREIGN_FILMS[films.len() / 24 % stories::FOREIGN_FILMS.len()].to_owned(),
                _ => film(&mut rng),
            };
            if films.iter().all(|film| film.name != name) {
                let minutes = rng.u32(82..164);
                films.push(Title { of: name.clone(), season: name.clone(), name, minutes });
            }
        }
        Self { series, films, kids }
    }

    /// Every name under which a search or message can point at something.
    pub(crate) fn names(&self) -> Vec<&str> {
        let series = self.series.iter().filter_map(|s| s.first()).map(|t| t.of.as_str());
        series.chain(self.films.iter().map(|film| film.name.as_str())).collect()
    }
}

fn episodes(
    rng: &mut fastrand::Rng,
    (name, seasons, episodes, minutes): &(&str, u32, u32, u32),
) -> Vec<Title> {
    let mut made = Vec::new();
    for season in 1..=*seasons {
        let season = match (*seasons, *name) {
            (1, _) => format!("{name}: Limited Series"),
            (_, "Dust and Ribbon") => format!("{name}: Part {season}"),
            (_, name) => format!("{name}: Season {season}"),
        };
        for episode in 1..=*episodes {
            let title = match rng.u8(..9) {
                0 => format!("Episode {episode}"),
                1 => format!("{} in {}", pick(rng, stories::HAPPENINGS), pick(rng, words::PLACES)),
                _ => (*pick(rng, words::EPISODES)).to_owned(),
            };
            let minutes = (minutes + rng.u32(0..9)).saturating_sub(4).max(5);
            made.push(Title {
                name: format!("{season}: {title} (Episode {episode})"),
                of: (*name).to_owned(),
                season: season.clone(),
                minutes,
            });
        }
    }
    made
}

fn film(rng: &mut fastrand::Rng) -> String {
    let (adjective, noun) = (pick(rng, words::ADJECTIVES), pick(rng, words::NOUNS));
    let name = match rng.u8(..14) {
        0..=4 => format!("The {adjective} {noun}"),
        5..=6 => format!("A {noun} in {}", pick(rng, words::PLACES)),
        7 => format!("{} {noun}", pick(rng, words::OPENINGS)),
        8 => format!("{}'s {noun}", pick(rng, words::FIRST_NAMES)),
        9 => format!("The {adjective} {noun}: {}", pick(rng, stories::SUBTITLES)),
        10 => format!("{noun} & {}", pick(rng, words::NOUNS)),
        11 => format!("{adjective} {noun} {}", rng.u8(2..5)),
        12 => format!("The Last {noun} of {}", pick(rng, words::PLACES)),
        _ => format!("{noun} {}", pick(rng, words::TIMES)),
    };
    words::with_articles(name)
}
