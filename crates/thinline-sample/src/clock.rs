//! The calendar of an invented household: which days are busy, which are spent away, and how times are written.
//!
//! Not a time-zone database: local time is UTC+1, in April to October UTC+2, which is close enough for a rhythm.

use crate::{Plan, TooDense, rng};
use jiff::{Timestamp, civil::DateTime, tz::Offset};
use std::io::{self, Write};

pub(crate) const DAY: i64 = 86_400;
const HOUR: i64 = 3_600;

/// The UTC date and time of a second; times no calendar holds become 1970.
pub(crate) fn civil(seconds: i64) -> DateTime {
    Offset::UTC.to_datetime(Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH))
}

/// `2024-05-06T06:41:10Z`.
pub(crate) fn iso(seconds: i64) -> String {
    let t = civil(seconds);
    let (date, time) = (date_of(t), (t.hour(), t.minute(), t.second()));
    format!("{date}T{:02}:{:02}:{:02}Z", time.0, time.1, time.2)
}

/// `2024-05-06 06:41:10`.
pub(crate) fn sql(seconds: i64) -> String {
    let t = civil(seconds);
    format!("{} {:02}:{:02}:{:02}", date_of(t), t.hour(), t.minute(), t.second())
}

/// `2024-05-06 06:41`.
pub(crate) fn minute(seconds: i64) -> String {
    let t = civil(seconds);
    format!("{} {:02}:{:02}", date_of(t), t.hour(), t.minute())
}

/// `2024-05-06`.
pub(crate) fn date(seconds: i64) -> String {
    date_of(civil(seconds))
}

fn date_of(t: DateTime) -> String {
    format!("{:04}-{:02}-{:02}", t.year(), t.month(), t.day())
}

/// `0:41:53` with two digits each, as durations are written.
pub(crate) fn hms(seconds: i64) -> String {
    format!("{:02}:{:02}:{:02}", seconds / HOUR, seconds / 60 % 60, seconds % 60)
}

/// Writes `iso` times, working out the date only when it changes: a million of them are written.
#[derive(Default)]
pub(crate) struct IsoPen {
    day: Option<i64>,
    text: String,
}

impl IsoPen {
    pub(crate) fn write(&mut self, out: &mut Vec<u8>, seconds: i64) {
        let day = seconds.div_euclid(DAY);
        if self.day != Some(day) {
            self.day = Some(day);
            self.text = date(day * DAY);
        }
        let rest = seconds.rem_euclid(DAY);
        let two = |n: i64| {
            let n = n.rem_euclid(100).unsigned_abs() as u8;
            [b'0' + n / 10, b'0' + n % 10]
        };
        out.extend_from_slice(self.text.as_bytes());
        out.push(b'T');
        out.extend_from_slice(&two(rest / HOUR));
        out.push(b':');
        out.extend_from_slice(&two(rest / 60 % 60));
        out.push(b':');
        out.extend_from_slice(&two(rest % 60));
        out.push(b'Z');
    }
}

/// What kind of habit is spread over the days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Habit {
    Listening,
    Watching,
}

/// One day in which `rows` rows happen, all of them between `from` and `to`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Day {
    /// Days since 1970, local.
    pub(crate) number: i64,
    /// Local midnight as a UTC second.
    pub(crate) midnight: i64,
    pub(crate) from: i64,
    pub(crate) to: i64,
    pub(crate) rows: u32,
    /// 1 is Monday.
    pub(crate) weekday: i8,
    pub(crate) month: i8,
    pub(crate) year: i16,
    pub(crate) of_year: i16,
    /// On a trip: another country, other devices.
    pub(crate) away: bool,
}

impl Day {
    /// The UTC second at `hour` o'clock local time (25.5 is half past one in the following night).
    pub(crate) fn at(&self, hour: f64) -> i64 {
        self.midnight + (hour * 3600.0) as i64
    }

    pub(crate) fn is_weekend(&self) -> bool {
        self.weekday >= 6
    }
}

/// The days of a plan, oldest first; their rows add up to exactly those of the plan.
pub(crate) fn days(plan: &Plan, habit: Habit) -> io::Result<Vec<Day>> {
    let last = (plan.until + 2 * HOUR).div_euclid(DAY);
    let first = last - i64::from(plan.years.max(1)) * 365;
    let mut days: Vec<Day> = (first..=last).map(|number| bare_day(number, plan.until, habit)).collect();
    let mut weights: Vec<f64> = days
        .iter_mut()
        .map(|day| weight(day, plan.seed, habit, (day.number - first) as f64 / (last - first) as f64))
        .collect();
    if weights.iter().sum::<f64>() <= 0.0 {
        weights.fill(1.0);
    }
    let total: f64 = weights.iter().sum();
    let (mut sum, mut given) = (0.0, 0);
    let newest = weights.iter().rposition(|w| *w > 0.0).unwrap_or(0);
    for (i, day) in days.iter_mut().enumerate() {
        sum += weights[i];
        let upto = if i >= newest { plan.rows } else { (sum / total * plan.rows as f64) as u64 };
        let rows = upto.min(plan.rows).saturating_sub(given);
        given += rows;
        // Every row needs a second of its own, with some left between them.
        let room = u64::try_from(day.to - day.from).unwrap_or(0) / 2;
        if rows > room {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, TooDense));
        }
        day.rows = u32::try_from(rows).unwrap_or(u32::MAX);
    }
    Ok(days)
}

/// The day's place in time: it runs from early morning until deep in the following night, but not past `until`.
fn bare_day(number: i64, until: i64, habit: Habit) -> Day {
    let noon = civil(number * DAY + 12 * HOUR);
    let ahead = if (4..=10).contains(&noon.month()) { 2 } else { 1 };
    let midnight = number * DAY - ahead * HOUR;
    let (opens, closes) = match habit {
        Habit::Listening => (5 * HOUR + 1800, 28 * HOUR),
        Habit::Watching => (6 * HOUR, 28 * HOUR),
    };
    let (from, to) = (midnight + opens, (midnight + closes).min(until));
    Day {
        number,
        midnight,
        from,
        to: to.max(from),
        rows: 0,
        weekday: noon.weekday().to_monday_one_offset(),
        month: noon.month(),
        year: noon.year(),
        of_year: noon.day_of_year(),
        away: false,
    }
}

/// How busy a day is; also decides whether it is spent away.
fn weight(day: &mut Day, seed: u64, habit: Habit, progress: f64) -> f64 {
    // Of the calendar, not of the habit: the same household is away from both services.
    let mut year = rng(seed, "year", i64::from(day.year));
    let mut own = rng(seed, if habit == Habit::Listening { "listening" } else { "watching" }, day.number);
    let of_year = i64::from(day.of_year);
    let (summer, spring, quiet) = (year.i64(185..225), year.i64(100..135), year.i64(255..330));
    let away = (summer..summer + 11).contains(&of_year) || (spring..spring + 5).contains(&of_year);
    let gone = (quiet..quiet + 6).contains(&of_year) || (summer + 4..summer + 7).contains(&of_year);
    day.away = away;
    let open = (day.to - day.from) as f64 / (22 * HOUR) as f64;
    let idle = if habit == Habit::Watching { 0.42 } else { 0.05 };
    if gone || own.f64() < idle || open < 0.1 {
        return 0.0;
    }
    let week = match habit {
        Habit::Listening => [1.0, 1.05, 1.0, 1.1, 1.2, 0.9, 0.75],
        Habit::Watching => [0.6, 0.7, 0.65, 0.8, 1.5, 1.7, 1.4],
    }[usize::try_from(day.weekday - 1).unwrap_or(0) % 7];
    let winter = (f64::from(day.month) / 12.0 * std::f64::consts::TAU).cos();
    let season = 1.0 + winter * if habit == Habit::Watching { 0.35 } else { 0.12 };
    let grown = match habit {
        Habit::Listening => 0.55 + 0.8 * progress,
        Habit::Watching => 1.1 - 0.3 * (progress - 0.5).abs(),
    };
    let away = if away { 0.4 } else { 1.0 };
    // Now and then a rainy Saturday.
    let binge = if own.f64() < 0.05 { 2.6 } else { 1.0 };
    week * season * grown * away * binge * (0.4 + 1.2 * own.f64()) * open.min(1.0)
}

/// Writes a number without a detour over a string.
pub(crate) fn digits(out: &mut Vec<u8>, n: i64) {
    // Writing to a Vec cannot fail.
    let _ = write!(out, "{n}");
}
