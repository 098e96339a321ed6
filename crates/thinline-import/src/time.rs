//! Times as services write them, and the second under which a record is kept.
//!
//! No clock and no zone rules here: a time either names its offset or is in the zone that the recipe documents (UTC).
//! A date alone floats: it is kept at a second that lies on the written day in every zone from -10 to +13.
//!
//! What would surprise: nothing is ever guessed from one value. Whether `3/2/25` is in February or in March is for the
//! whole column to show (`date_order`), else for the person to say.

use crate::DateOrder;
use thinline_catalogue::Form;
use thinline_model::{Certainty, ContentHash, Precision};

/// 10:00 UTC: with a spread of an hour, the written day from UTC-10 to UTC+13.
const FLOATING: i64 = 10 * 3600;

/// A time as written, before it is brought to a second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Written {
    /// Milliseconds since 1970 in UTC; for a date or a month, its midnight.
    pub millis: i64,
    /// How finely it was written.
    pub precision: Precision,
    /// Why its zone is believed.
    pub certainty: Certainty,
}

impl Written {
    /// The second of a record; dates spread over an hour by the hash, so that a second does not overflow.
    pub fn second(self, hash: ContentHash) -> i64 {
        let second = self.millis.div_euclid(1000);
        match self.precision {
            Precision::Minute => second - second.rem_euclid(60),
            Precision::Day | Precision::Month => {
                let spread = i64::try_from(hash.rest() % 3600).unwrap_or(0);
                second - second.rem_euclid(86_400) + FLOATING + spread
            }
            Precision::Second | Precision::None => second,
        }
    }
}

/// Reads a time as a recipe says it is written. Without an order, a date that needs one is no date.
pub(crate) fn read(form: Form, order: Option<DateOrder>, text: &str) -> Option<Written> {
    match form {
        Form::Iso => iso(text),
        Form::Epoch => epoch(text),
        Form::Date => local_date(text, order),
    }
}

/// From here on a count since 1970 is in milliseconds: as seconds it would be in the year 5138.
const MILLIS: i64 = 100_000_000_000;

/// Reads a count since 1970, in seconds or in milliseconds: services mix them in one field.
fn epoch(text: &str) -> Option<Written> {
    let text = text.trim();
    let digits = text.strip_prefix('-').unwrap_or(text);
    if !(1..=18).contains(&digits.len()) || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let count: i64 = text.parse().ok()?;
    let millis = if count.abs() >= MILLIS { count } else { count * 1000 };
    Some(Written { millis, precision: Precision::Second, certainty: Certainty::Explicit })
}

/// The three numbers of a date in the way of some country, in the order in which they stand there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DateParts {
    /// `2025/3/2`: the year is first, and the month is second everywhere.
    YearFirst { year: i64, month: i64, day: i64 },
    /// `3/2/25` or `02.03.2025`: day and month stand before the year, in this order or the other.
    YearLast { one: i64, other: i64, year: i64 },
}

impl DateParts {
    /// Splits a date of three numbers. Two digits of a year are of this century; a year is never one digit, and two
    /// digits with a mark behind them are none either (`25. 3. 12.` begins with the year in some countries).
    pub fn of(text: &str) -> Option<Self> {
        let text = text.trim();
        let (text, closed) = text.strip_suffix('.').map_or((text, false), |rest| (rest, true));
        let mark = text.bytes().find(|b| !b.is_ascii_digit()).filter(|b| b"/.-".contains(b))?;
        let mut parts = text.split(char::from(mark)).map(str::trim);
        let (one, two, three) = (parts.next()?, parts.next()?, parts.next()?);
        let short = |text: &str| matches!(text.len(), 1 | 2);
        let number = |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok())?;
        let (first, second, third): (i64, i64, i64) = (number(one)?, number(two)?, number(three)?);
        if parts.next().is_some() || !short(two) {
            return None;
        }
        match (one.len(), three.len()) {
            (4, 1 | 2) => Some(Self::YearFirst { year: first, month: second, day: third }),
            (1 | 2, 4) => Some(Self::YearLast { one: first, other: second, year: third }),
            (1 | 2, 2) if !closed => Some(Self::YearLast { one: first, other: second, year: 2000 + third }),
            _ => None,
        }
    }

    /// The date under an order, if it is one.
    pub fn under(self, order: DateOrder) -> Option<Written> {
        let (year, month, day) = self.numbers(order);
        date(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
    }

    /// The same as `YYYY-MM-DD`.
    pub fn written(self, order: DateOrder) -> Option<String> {
        let (year, month, day) = self.numbers(order);
        self.under(order).map(|_| format!("{year:04}-{month:02}-{day:02}"))
    }

    /// Year, month and day.
    fn numbers(self, order: DateOrder) -> (i64, i64, i64) {
        match (self, order) {
            (Self::YearFirst { year, month, day }, _) => (year, month, day),
            (Self::YearLast { one, other, year }, DateOrder::DayFirst) => (year, other, one),
            (Self::YearLast { one, other, year }, DateOrder::MonthFirst) => (year, one, other),
        }
    }

    /// The orders under which it is a date, the day first and the month first.
    pub fn fits(self) -> [bool; 2] {
        [DateOrder::DayFirst, DateOrder::MonthFirst].map(|order| self.under(order).is_some())
    }
}

/// Reads a date in the way of some country.
fn local_date(text: &str, order: Option<DateOrder>) -> Option<Written> {
    let parts = DateParts::of(text)?;
    match (parts, order) {
        (_, Some(order)) => parts.under(order),
        (DateParts::YearFirst { .. }, None) => parts.under(DateOrder::DayFirst),
        (DateParts::YearLast { .. }, None) => None,
    }
}

/// A date alone: floating.
fn date(year: i64, month: u8, day: u8) -> Option<Written> {
    let fits = (1..=12).contains(&month) && (1..=days_in_month(year, month)).contains(&day);
    fits.then(|| Written {
        millis: days_from_civil(year, month, day) * 86_400_000,
        precision: Precision::Day,
        certainty: Certainty::LocalUnknown,
    })
}

/// Reads ISO 8601 and its usual variants: `2024-05-06T06:41:10Z`, `2024-05-06 06:41`, `2024-05-06`, `20240506`,
/// `2024-05`, fractions, offsets (`+02:00`, `+0000`, ` UTC`), and a zone name in brackets after an offset.
pub(crate) fn iso(text: &str) -> Option<Written> {
    let mut rest = Digits(text.trim().as_bytes());
    let year = rest.number(4)?;
    if rest.byte(b'-').is_none() {
        let (month, day) = (rest.number(2)?, rest.number(2)?);
        return rest.0.is_empty().then(|| date(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?))?;
    }
    let month = u8::try_from(rest.number(2)?).ok().filter(|month| (1..=12).contains(month))?;
    let floating = |day: u8, precision| Written {
        millis: days_from_civil(year, month, day) * 86_400_000,
        precision,
        certainty: Certainty::LocalUnknown,
    };
    if rest.0.is_empty() {
        return Some(floating(1, Precision::Month));
    }
    rest.byte(b'-')?;
    let day =
        u8::try_from(rest.number(2)?).ok().filter(|day| (1..=days_in_month(year, month)).contains(day))?;
    if rest.0.is_empty() {
        return Some(floating(day, Precision::Day));
    }
    rest.byte(b'T').or_else(|| rest.byte(b' ')).or_else(|| rest.byte(b't'))?;
    let (of_day, precision) = rest.time_of_day()?;
    let offset = rest.offset()?;
    let certainty = if offset.is_some() { Certainty::Explicit } else { Certainty::Documented };
    let millis = days_from_civil(year, month, day) * 86_400_000 + of_day - offset.unwrap_or(0) * 60_000;
    Some(Written { millis, precision, certainty })
}

/// The unread rest of a time.
struct Digits<'a>(&'a [u8]);

impl Digits<'_> {
    /// Exactly so many digits.
    fn number(&mut self, digits: usize) -> Option<i64> {
        let (number, rest) = self.0.split_at_checked(digits)?;
        let value =
            number.iter().try_fold(0, |sum, b| b.is_ascii_digit().then(|| sum * 10 + i64::from(b - b'0')))?;
        self.0 = rest;
        Some(value)
    }

    fn byte(&mut self, wanted: u8) -> Option<()> {
        let (first, rest) = self.0.split_first()?;
        (*first == wanted).then(|| self.0 = rest)
    }

    /// Milliseconds since midnight.
    fn time_of_day(&mut self) -> Option<(i64, Precision)> {
        let hour = self.number(2).filter(|hour| *hour < 24)?;
        self.byte(b':')?;
        let minute = self.number(2).filter(|minute| *minute < 60)?;
        let whole = (hour * 60 + minute) * 60_000;
        if self.byte(b':').is_none() {
            return Some((whole, Precision::Minute));
        }
        // 60 is a leap second: it is the first second of the next minute, as everywhere else in UTC arithmetic.
        let second = self.number(2).filter(|second| *second <= 60)?;
        let millis =
            if self.byte(b'.').is_some() || self.byte(b',').is_some() { self.fraction()? } else { 0 };
        Some((whole + second * 1000 + millis, Precision::Second))
    }

    /// Up to nine digits after the point, as milliseconds.
    fn fraction(&mut self) -> Option<i64> {
        let count = self.0.iter().take_while(|b| b.is_ascii_digit()).count();
        let mut millis = 0;
        for place in 0..3 {
            let digit = if place < count { i64::from(self.0[place] - b'0') } else { 0 };
            millis = millis * 10 + digit;
        }
        self.0 = &self.0[count..];
        (1..=9).contains(&count).then_some(millis)
    }

    /// Minutes east of UTC if an offset is written; the rest must be used up.
    fn offset(&mut self) -> Option<Option<i64>> {
        let text = self.0;
        let text = match text.iter().position(|b| *b == b'[') {
            // A name alone would need the rules of its zone.
            Some(0) if !matches!(text, b"[UTC]" | b"[GMT]" | b"[Z]") => return None,
            Some(at) if text.ends_with(b"]") => &text[..at],
            _ => text,
        };
        match text {
            b"" => Some(None),
            b"Z" | b"z" | b" UTC" | b" Z" | b"UTC" | b" GMT" => Some(Some(0)),
            [sign @ (b'+' | b'-'), rest @ ..] => {
                let mut rest = Digits(rest);
                let hours = rest.number(2).filter(|hours| *hours < 24)?;
                let minutes = match rest.0 {
                    b"" => 0,
                    _ => {
                        let _ = rest.byte(b':');
                        rest.number(2).filter(|minutes| *minutes < 60)?
                    }
                };
                let total = hours * 60 + minutes;
                rest.0.is_empty().then_some(Some(if *sign == b'-' { -total } else { total }))
            }
            _ => None,
        }
    }
}

fn days_in_month(year: i64, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar.
pub(crate) fn days_from_civil(year: i64, month: u8, day: u8) -> i64 {
    // Years begin in March, so that the leap day is a year's last; 400 years are 146,097 days.
    let shifted = if month <= 2 { year - 1 } else { year };
    let era = shifted.div_euclid(400);
    let of_era = shifted.rem_euclid(400);
    let from_march = i64::from((month + 9) % 12);
    let of_year = (153 * from_march + 2) / 5 + i64::from(day) - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

#[cfg(test)]
mod tests;
