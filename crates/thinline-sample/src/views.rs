//! One household's views, newest first as in the real file: evenings with several episodes, films, trailers, autoplay.
//!
//! Made backwards in time, so that newest-first needs no memory: a series is gone through from its later episodes to
//! the first. Apart from exact copies no two views of the household start in the same second.

use crate::{
    Plan,
    clock::{Day, Habit, days},
    rng,
    screen::{Screen, Title},
};
use fastrand::Rng;
use std::{collections::HashSet, io};

/// The household: name, share of the views, last hour of an evening.
pub(crate) const PERSONS: [&str; 4] = ["Robin", "Noor", "Mila", "Opa Piet"];
/// The person whose profile is for children.
pub(crate) const CHILD: usize = 2;
const SHARES: [f64; 4] = [0.42, 0.73, 0.92, 1.0];
const BEDTIMES: [f64; 4] = [23.6, 23.1, 19.2, 22.0];
/// One in so many views is written twice.
const COPIES: u32 = 300;

/// Where a title stands in `Screen`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Place {
    Series(usize, usize),
    Kids(usize, usize),
    Film(usize),
}

/// One view.
#[derive(Debug, Clone, Copy)]
pub(crate) struct View {
    pub(crate) person: usize,
    pub(crate) start: i64,
    pub(crate) seconds: i64,
    pub(crate) place: Place,
    /// Trailer, hook and the like; empty for a film or an episode.
    pub(crate) extra: &'static str,
    pub(crate) attributes: &'static str,
    pub(crate) device: &'static str,
    pub(crate) country: &'static str,
    /// Whether the person never went on with it later.
    pub(crate) latest: bool,
    /// An exact copy of the view before it.
    pub(crate) again: bool,
}

/// Gives the views of a plan.
pub(crate) struct Views<'a> {
    screen: &'a Screen,
    until: i64,
    days: std::iter::Rev<std::vec::IntoIter<Day>>,
    rng: Rng,
    /// What each person is in the middle of.
    on: [Place; 4],
    seen: HashSet<(usize, Place, bool)>,
    last: Option<i64>,
    ready: std::vec::IntoIter<View>,
}

impl<'a> Views<'a> {
    pub(crate) fn new(plan: &Plan, screen: &'a Screen) -> io::Result<Self> {
        Ok(Self {
            screen,
            until: plan.until,
            days: days(plan, Habit::Watching)?.into_iter().rev(),
            rng: rng(plan.seed, "views", 0),
            on: [Place::Series(2, 7), Place::Series(5, 9), Place::Kids(0, 30), Place::Series(3, 11)],
            seen: HashSet::new(),
            last: None,
            ready: Vec::new().into_iter(),
        })
    }

    fn fill(&mut self, day: &Day) -> Vec<View> {
        let mut shares = [0_u32; 4];
        let mut left = day.rows;
        while left > 0 {
            // An evening belongs to one or two of them.
            let together = self.rng.u32(2..7).min(left);
            let roll = self.rng.f64();
            let person = SHARES.iter().position(|upto| roll < *upto).unwrap_or(0);
            shares[person] += together;
            left -= together;
        }
        let mut views = Vec::with_capacity(day.rows as usize);
        for (person, share) in shares.into_iter().enumerate() {
            self.evening(day, person, share, &mut views);
        }
        views.sort_by_key(|view| std::cmp::Reverse(view.start));
        self.settle(&mut views);
        views
    }

    /// Gives every view a second of its own, says which are the latest, and turns a few into copies.
    fn settle(&mut self, views: &mut [View]) {
        for i in 0..views.len() {
            // The newest of all is never a copy, and a copy is never copied.
            if i > 0 && !views[i - 1].again && self.rng.u32(..COPIES) == 0 {
                views[i] = View { again: true, ..views[i - 1] };
                continue;
            }
            let view = &mut views[i];
            view.start = match self.last {
                None => self.until,
                Some(last) => view.start.min(last - 1),
            };
            self.last = Some(view.start);
            view.latest = self.seen.insert((view.person, view.place, view.extra.is_empty()));
        }
    }

    /// One person's views of a day, from its end towards its beginning.
    fn evening(&mut self, day: &Day, person: usize, share: u32, views: &mut Vec<View>) {
        let late = if day.is_weekend() || day.weekday == 5 { 0.8 } else { 0.0 };
        let bed = day.at(BEDTIMES[person] + late + self.rng.f64() - 0.5);
        let mut cursor = bed.min(day.to).max(day.from + i64::from(share) * 3);
        let device = self.device(day, person);
        for left in (1..=share).rev() {
            let room = ((cursor - day.from) / i64::from(left)).max(2);
            let mut view = self.view(day, person, device);
            view.seconds = view.seconds.min(room - 1).max(1);
            view.start = cursor - view.seconds;
            let pause = if self.rng.u8(..6) == 0 { self.rng.i64(300..4_000) } else { self.rng.i64(4..40) };
            cursor = view.start - pause.min(room - view.seconds);
            views.push(view);
        }
    }

    fn view(&mut self, day: &Day, person: usize, device: &'static str) -> View {
        let mut view = View {
            person,
            start: 0,
            seconds: 0,
            place: self.on[person],
            extra: "",
            attributes: "",
            device,
            country: country(day),
            latest: false,
            again: false,
        };
        match self.rng.u32(..100) {
            0..=12 => self.make_extra(&mut view),
            13..=18 => {
                // Tried and left.
                view.place = self.any(person);
                view.seconds = self.rng.i64(20..170);
            }
            19..=29 if person != CHILD => {
                view.place = Place::Film(self.rng.usize(..self.screen.films.len()));
                view.seconds = self.watched(view.place);
                if self.rng.u8(..20) == 0 {
                    view.attributes = "Has branched playback; ";
                }
            }
            roll => {
                view.place = self.step_back(person);
                view.seconds = self.watched(view.place);
                view.attributes = match roll {
                    30..=49 => "Autoplayed: user action: User_Interaction; ",
                    50..=54 => "Autoplayed: user action: Unspecified; ",
                    55 => "View was hidden; ",
                    _ => "",
                };
            }
        }
        view
    }

    fn make_extra(&mut self, view: &mut View) {
        view.place = self.any(view.person);
        view.seconds = self.rng.i64(4..125);
        view.extra = *crate::pick(
            &mut self.rng,
            &[
                "TRAILER",
                "TRAILER",
                "TRAILER",
                "HOOK",
                "HOOK",
                "TEASER_TRAILER",
                "PROMOTIONAL",
                "RECAP",
                "BONUS_VIDEO",
            ],
        );
        view.attributes = *crate::pick(
            &mut self.rng,
            &[
                "Autoplayed: user action: None; ",
                "Autoplayed: user action: None; ",
                "Autoplayed: user action: Visibility_Timeout; ",
                "",
            ],
        );
    }

    /// The episode before the one that was watched later; at the first, another series that was finished before.
    fn step_back(&mut self, person: usize) -> Place {
        let now = self.on[person];
        self.on[person] = match now {
            Place::Series(series, episode) if episode > 0 => Place::Series(series, episode - 1),
            Place::Kids(series, episode) if episode > 0 => Place::Kids(series, episode - 1),
            _ => self.any(person),
        };
        now
    }

    fn any(&mut self, person: usize) -> Place {
        if person == CHILD {
            let series = self.rng.usize(..self.screen.kids.len());
            return Place::Kids(series, self.rng.usize(..self.screen.kids[series].len()));
        }
        let series = self.rng.usize(..self.screen.series.len());
        Place::Series(series, self.rng.usize(..self.screen.series[series].len()))
    }

    fn watched(&mut self, place: Place) -> i64 {
        let full = i64::from(title(self.screen, place).minutes) * 60;
        match self.rng.u8(..9) {
            0 => self.rng.i64(full / 6..full * 4 / 5),
            _ => full - self.rng.i64(15..150),
        }
    }

    fn device(&mut self, day: &Day, person: usize) -> &'static str {
        let roll = self.rng.u8(..10);
        match (person, day.away, roll) {
            (CHILD, _, 0..=6) | (_, true, 0..=7) => "Example Tablet 10",
            (3, false, _) => "Bedroom Streaming Stick",
            (_, _, 0..=6) => "Living Room Smart TV",
            (_, _, 7) => "Android Phone",
            (_, _, 8) => "Firefox on Windows PC",
            _ => "Bedroom Streaming Stick",
        }
    }
}

/// The title at a place.
pub(crate) fn title(screen: &Screen, place: Place) -> &Title {
    match place {
        Place::Series(series, episode) => &screen.series[series][episode],
        Place::Kids(series, episode) => &screen.kids[series][episode],
        Place::Film(film) => &screen.films[film],
    }
}

/// The countries of the trips are those of the listening history.
fn country(day: &Day) -> &'static str {
    match (day.away, day.year.rem_euclid(4)) {
        (false, _) => "NL (Netherlands)",
        (true, 0) => "PT (Portugal)",
        (true, 1) => "FR (France)",
        (true, 2) => "JP (Japan)",
        (true, _) => "DE (Germany)",
    }
}

impl Iterator for Views<'_> {
    type Item = View;

    fn next(&mut self) -> Option<View> {
        loop {
            if let Some(view) = self.ready.next() {
                return Some(view);
            }
            let day = self.days.next()?;
            if day.rows > 0 {
                self.ready = self.fill(&day).into_iter();
            }
        }
    }
}
