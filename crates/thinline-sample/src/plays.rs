//! One account's plays, oldest first: sessions on devices, albums in sequence, favorites, trips, skips.
//!
//! A play never starts in the second in which an earlier one started; an exact copy (`again`) is marked as such.

use crate::{
    Favorites, Plan,
    clock::{Day, Habit, days},
    music::Music,
    rng,
};
use fastrand::Rng;
use std::io;

/// One in so many plays is written twice.
const COPIES: u32 = 400;

/// Where something is played.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Device {
    Phone,
    OldPhone,
    Tablet,
    Laptop,
    Browser,
    Speaker,
    Television,
}

/// One play.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Play {
    /// Index into `Music::items`; none when the track was removed since.
    pub(crate) item: Option<usize>,
    pub(crate) start: i64,
    /// When it ended: what the service calls `ts`.
    pub(crate) end: i64,
    pub(crate) ms: u32,
    pub(crate) device: Device,
    pub(crate) away: bool,
    pub(crate) year: i16,
    pub(crate) reason_start: &'static str,
    pub(crate) reason_end: &'static str,
    pub(crate) shuffle: bool,
    pub(crate) offline: bool,
    pub(crate) incognito: bool,
    pub(crate) video: bool,
    /// An exact copy of the play before it.
    pub(crate) again: bool,
}

/// What a session plays.
#[derive(Debug, Clone, Copy)]
enum Mode {
    /// The rest of an album, in its order.
    Sequence { next: usize, end: usize },
    /// This and that by one artist.
    Artist(usize),
    /// Whatever is liked.
    Mix,
}

/// Gives the plays of a plan.
pub(crate) struct Plays<'a> {
    music: &'a Music,
    until: i64,
    days: std::vec::IntoIter<Day>,
    left: u64,
    liked: Favorites,
    rng: Rng,
    seed: u64,
    video_odds: f64,
    cursor: i64,
    ready: std::vec::IntoIter<Play>,
    /// How far each podcast and book has been heard.
    heard: Vec<usize>,
}

impl<'a> Plays<'a> {
    pub(crate) fn new(plan: &Plan, music: &'a Music) -> io::Result<Self> {
        let days = days(plan, Habit::Listening)?;
        Ok(Self {
            music,
            until: plan.until,
            days: days.into_iter(),
            left: plan.rows,
            liked: Favorites::new(music.artists.len(), 0.85),
            rng: rng(plan.seed, "plays", 0),
            seed: plan.seed,
            // Videos share one file that is held in memory: at most a few thousand of them.
            video_odds: (3_000.0 / plan.rows.max(1) as f64).min(0.012),
            cursor: i64::MIN,
            ready: Vec::new().into_iter(),
            heard: vec![0; music.podcasts.len() + music.books.len()],
        })
    }

    fn fill(&mut self, day: &Day) -> Vec<Play> {
        let mut plays = Vec::with_capacity(day.rows as usize);
        let mut left = day.rows;
        self.cursor = self.cursor.max(day.from);
        for (begin, share) in self.sessions(day) {
            // Late enough to be a session of its own, early enough that the rest of the day's plays fit.
            let latest = day.to - i64::from(left) * 215;
            self.cursor = self.cursor.max(begin.min(latest));
            let mut session = self.session(day, begin);
            for n in 0..share {
                if left == 0 {
                    break;
                }
                let play = self.play(day, &mut session, left, n);
                self.left -= 1;
                left -= 1;
                plays.push(play);
                if left > 1 && self.rng.u32(..COPIES) == 0 {
                    plays.push(Play { again: true, ..play });
                    self.left -= 1;
                    left -= 1;
                }
            }
        }
        plays
    }

    /// When the day's sessions begin and how many plays each has.
    fn sessions(&mut self, day: &Day) -> Vec<(i64, u32)> {
        const WEEKDAY: [(f64, f64); 5] = [(7.2, 0.9), (9.3, 2.0), (13.0, 2.5), (17.3, 1.0), (19.5, 3.4)];
        const WEEKEND: [(f64, f64); 4] = [(9.5, 2.0), (12.5, 3.0), (16.0, 3.0), (20.0, 5.0)];
        let slots: &[(f64, f64)] = if day.is_weekend() { &WEEKEND } else { &WEEKDAY };
        let wanted = (1 + day.rows / 9).min(slots.len() as u32 * 2);
        let mut begins: Vec<i64> = (0..wanted)
            .map(|_| {
                let (from, wide) = *crate::pick(&mut self.rng, slots);
                day.at(from + wide * self.rng.f64())
            })
            .collect();
        begins.sort_unstable();
        let each = day.rows.div_ceil(wanted);
        let last = begins.len() - 1;
        begins.into_iter().enumerate().map(|(i, at)| (at, if i == last { day.rows } else { each })).collect()
    }

    fn session(&mut self, day: &Day, begin: i64) -> Session {
        let hour = (begin - day.midnight) / 3_600;
        let device = self.device(day, hour);
        let roll = self.rng.f64();
        let commute = !day.is_weekend() && matches!(hour, 7 | 17 | 18);
        let mode = if roll < if commute { 0.3 } else { 0.07 } {
            let show = rng_index(&mut self.rng, self.music.podcasts.len());
            self.next_of(show)
        } else if roll > 0.965 && hour >= 20 && day.year >= 2023 {
            self.next_of(
                self.music.podcasts.len() + day.number.rem_euclid(120) as usize / 20 % self.music.books.len(),
            )
        } else {
            let artist = self.artist(day);
            let albums = &self.music.artists[artist].albums;
            match self.rng.u8(..10) {
                0..=3 => {
                    let album = albums[self.rng.usize(..albums.len())].clone();
                    Mode::Sequence { next: album.start, end: album.end }
                }
                4..=5 => Mode::Artist(artist),
                _ => Mode::Mix,
            }
        };
        let offline = device == Device::Phone && (day.away || commute) && self.rng.f64() < 0.25;
        let incognito = self.rng.f64() < 0.008;
        let shuffle = !matches!(mode, Mode::Sequence { .. }) && self.rng.f64() < 0.7;
        Session { mode, device, offline, incognito, shuffle, before: "" }
    }

    fn device(&mut self, day: &Day, hour: i64) -> Device {
        let roll = self.rng.u8(..10);
        match (day.away, hour) {
            (true, _) => {
                if roll < 9 {
                    Device::Phone
                } else {
                    Device::Tablet
                }
            }
            (_, ..9 | 17..19) => {
                if day.year < 2022 {
                    Device::OldPhone
                } else {
                    Device::Phone
                }
            }
            (_, 9..17) if !day.is_weekend() => {
                if roll < 6 {
                    Device::Laptop
                } else {
                    Device::Browser
                }
            }
            _ => match roll {
                0..=4 => Device::Speaker,
                5..=7 => Device::Phone,
                8 => Device::Television,
                _ => Device::Tablet,
            },
        }
    }

    /// A podcast's or book's part that was not heard yet; from the start again after the last.
    fn next_of(&mut self, which: usize) -> Mode {
        let shows = self.music.podcasts.len();
        let parts =
            if which < shows { &self.music.podcasts[which] } else { &self.music.books[which - shows] };
        let next = parts.start + self.heard[which] % parts.len();
        self.heard[which] += 1;
        Mode::Sequence { next, end: (next + 2).min(parts.end) }
    }

    /// A liked artist; each quarter of a year has its obsessions, December its songs.
    fn artist(&mut self, day: &Day) -> usize {
        if day.month == 12 && self.rng.f64() < 0.22 {
            return self.music.festive;
        }
        if self.rng.f64() < 0.35 {
            let mut quarter = rng(self.seed, "obsession", day.number.div_euclid(91) * 8 + self.rng.i64(0..5));
            return quarter.usize(..self.music.artists.len() / 2);
        }
        match self.liked.draw(&mut self.rng) {
            artist if artist == self.music.festive => 0,
            artist => artist,
        }
    }

    fn next_item(&mut self, day: &Day, mode: &mut Mode) -> usize {
        let artist = match mode {
            Mode::Sequence { next, end } if *next < *end => {
                *next += 1;
                return *next - 1;
            }
            Mode::Artist(artist) => *artist,
            _ => self.artist(day),
        };
        let albums = &self.music.artists[artist].albums;
        let album = &albums[self.rng.usize(..albums.len())];
        // The first songs of an album are the known ones.
        let place = (self.rng.f64() * self.rng.f64() * album.len() as f64) as usize;
        album.start + place
    }

    fn play(&mut self, day: &Day, session: &mut Session, left: u32, n: u32) -> Play {
        let item = self.next_item(day, &mut session.mode);
        let last_of_all = self.left == 1;
        let end_of_room = if last_of_all { self.until } else { day.to };
        let room = (end_of_room - self.cursor - 2).max(1) / i64::from(left.max(1));
        let (ms, reason_end) = self.length(self.music.items[item].seconds, room.max(1));
        let seconds = i64::from(ms.div_ceil(1_000));
        let start = if last_of_all { self.until - seconds } else { self.cursor };
        let end = start + seconds;
        // Never two starts in one second, also when nothing was played.
        self.cursor = end.max(start + 1) + i64::from(self.rng.f64() < 0.3 && room > 200);
        let reason_start = match (n, session.before) {
            (0, _) => *crate::pick(&mut self.rng, &["clickrow", "playbtn", "clickrow", "appload", "remote"]),
            (_, before @ ("trackdone" | "fwdbtn" | "backbtn" | "trackerror")) => before,
            _ => "clickrow",
        };
        session.before = reason_end;
        Play {
            item: (self.rng.u16(..160) != 0).then_some(item),
            start,
            end,
            ms,
            device: session.device,
            away: day.away,
            year: day.year,
            reason_start,
            reason_end,
            shuffle: session.shuffle,
            offline: session.offline,
            incognito: session.incognito,
            video: self.rng.f64() < self.video_odds,
            again: false,
        }
    }

    /// How much of a title is heard, and why it ended. `room` is the time there is for one play.
    fn length(&mut self, full: u32, room: i64) -> (u32, &'static str) {
        let rng = &mut self.rng;
        let full_ms = full * 1_000 + rng.u32(..1_000);
        let (ms, why) = match rng.u32(..100) {
            0..=1 => (0, if rng.bool() { "fwdbtn" } else { "trackerror" }),
            2..=11 => (rng.u32(400..24_000), "fwdbtn"),
            12..=15 => (rng.u32(24_000..90_000).min(full_ms), "fwdbtn"),
            16 => (rng.u32(300..6_000), "backbtn"),
            17..=19 => ((f64::from(full_ms) * rng.f64()) as u32, "endplay"),
            20 => ((f64::from(full_ms) * rng.f64()) as u32, "logout"),
            21 => ((f64::from(full_ms) * rng.f64()) as u32, "unexpected-exit-while-paused"),
            _ => (full_ms, "trackdone"),
        };
        // On crowded days everything is shorter, so that the day's plays fit the day.
        let most = u32::try_from(room.saturating_mul(1_000)).unwrap_or(u32::MAX);
        match ms {
            ms if ms <= most => (ms, why),
            _ if room >= 215 => (most, "endplay"),
            _ => (rng.u32(most / 2..=most), "fwdbtn"),
        }
    }
}

fn rng_index(rng: &mut Rng, len: usize) -> usize {
    // Two favorites among the shows.
    if rng.f64() < 0.5 { rng.usize(..3) } else { rng.usize(..len) }
}

struct Session {
    mode: Mode,
    device: Device,
    offline: bool,
    incognito: bool,
    shuffle: bool,
    before: &'static str,
}

impl Iterator for Plays<'_> {
    type Item = Play;

    fn next(&mut self) -> Option<Play> {
        loop {
            if let Some(play) = self.ready.next() {
                return Some(play);
            }
            let day = self.days.next()?;
            if day.rows > 0 {
                self.ready = self.fill(&day).into_iter();
            }
        }
    }
}
