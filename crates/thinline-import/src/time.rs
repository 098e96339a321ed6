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
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn seconds(text: &str) -> Option<(i64, Precision, Certainty)> {
        iso(text).map(|time| (time.millis.div_euclid(1000), time.precision, time.certainty))
    }

    #[test]
    fn usual_times_are_read() {
        let at = 1_714_977_670;
        for (text, certainty) in [
            ("2024-05-06T06:41:10Z", Certainty::Explicit),
            ("2024-05-06 06:41:10", Certainty::Documented),
            ("2024-05-06T06:41:10.999Z", Certainty::Explicit),
            ("2024-05-06T06:41:10.916Z[UTC]", Certainty::Explicit),
            ("2024-05-06 06:41:10.123+0000", Certainty::Explicit),
            ("2024-05-06T08:41:10+02:00", Certainty::Explicit),
            ("2024-05-06T01:11:10-05:30", Certainty::Explicit),
            ("2024-05-06 06:41:10 UTC", Certainty::Explicit),
        ] {
            assert_eq!(seconds(text), Some((at, Precision::Second, certainty)), "{text}");
        }
        assert_eq!(seconds("2024-05-06 06:41"), Some((at - 10, Precision::Minute, Certainty::Documented)));
        for text in ["2024-05-06", "20240506"] {
            assert_eq!(
                seconds(text),
                Some((1_714_953_600, Precision::Day, Certainty::LocalUnknown)),
                "{text}"
            );
        }
    }

    #[test]
    fn counts_since_1970_are_seconds_or_milliseconds() {
        let at = |text| read(Form::Epoch, None, text).map(|time| time.millis);
        assert_eq!(at("1714977483"), Some(1_714_977_483_000));
        assert_eq!(at("1714977483000"), Some(1_714_977_483_000));
        assert_eq!(at("99999999999"), Some(99_999_999_999_000));
        assert_eq!(at("100000000000"), Some(100_000_000_000));
        assert_eq!(at("0"), Some(0));
        assert_eq!(at("-5"), Some(-5_000));
        for text in ["", "1.5", "1e9", "+5", "--5", "1714977483 ms", "12345678901234567890", "2024-05-06"] {
            assert_eq!(at(text), None, "{text}");
        }
    }

    #[test]
    fn dates_of_a_country_are_read_in_the_order_that_was_found() {
        let on = |text, order| {
            read(Form::Date, order, text).map(|time| (time.millis / 86_400_000, time.precision))
        };
        let (march_2, february_3) = (20_149, 20_122);
        for text in ["3/2/25", "03/02/2025", "3-2-2025", "3.2.25"] {
            assert_eq!(on(text, Some(DateOrder::MonthFirst)), Some((march_2, Precision::Day)), "{text}");
            assert_eq!(on(text, Some(DateOrder::DayFirst)), Some((february_3, Precision::Day)), "{text}");
            assert_eq!(on(text, None), None, "{text} is not guessed");
        }
        for text in ["2025/3/2", "2025-03-02", "2025. 3. 2.", "2025.03.02"] {
            for order in [None, Some(DateOrder::DayFirst), Some(DateOrder::MonthFirst)] {
                assert_eq!(on(text, order), Some((march_2, Precision::Day)), "{text}");
            }
        }
        assert_eq!(on("28/2/25", Some(DateOrder::MonthFirst)), None, "there is no month 28");
        for text in
            ["", "3/2", "3/2/5", "25. 3. 12.", "3/2.25", "3/2/25/1", "2025/2/30", "a/b/c", "3//25", "3/2/202"]
        {
            assert_eq!(on(text, Some(DateOrder::DayFirst)), None, "{text}");
        }
    }

    #[test]
    fn the_years_1601_and_9999_are_read_and_lie_outside() {
        for text in ["1601-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "16010101", "1970-01-01T00:00:00Z"] {
            let at = iso(text).expect("is a time").second(ContentHash(0));
            assert!(!thinline_model::Timestamp(at).is_datable(), "{text}");
        }
    }

    #[test]
    fn what_is_no_time_is_not_read() {
        for text in [
            "",
            "yesterday",
            "2024-13-01",
            "2024-02-30",
            "2023-02-29",
            "2024-05-06T24:00:00Z",
            "2024-05-06T06:60",
            "2024-05-06T06:41:10X",
            "2024-05-06T06:41:10.Z",
            "06/05/2024",
            "2024-5-6",
            "2024050",
            "202405066",
            "20241306",
            "20240230",
            "20240506T10",
            "2024-05-06T",
            "2024-05-06T06:41:10+25:00",
            "2024-05-06T06:41:10Z[UTC",
            "\u{661}\u{662}24-05-06",
        ] {
            assert_eq!(iso(text), None, "{text}");
        }
    }

    #[test]
    fn days_count_from_1970() {
        assert_eq!(days_from_civil(1970, 1, 1), 0);
        assert_eq!(days_from_civil(1969, 12, 31), -1);
        assert_eq!(days_from_civil(2000, 2, 29), 11_016);
        assert_eq!(days_from_civil(2000, 3, 1), 11_017);
        assert_eq!(days_from_civil(1601, 1, 1), -134_774);
    }

    proptest! {
        /// A written second is that second, whatever the offset; one second later is the next one.
        #[test]
        fn a_second_is_read_back(second in 0_i64..253_402_300_799, offset in -14_i64..=14, hash: u64) {
            let local = second + offset * 3600;
            prop_assume!((0..253_402_300_799).contains(&local));
            let sign = if offset < 0 { '-' } else { '+' };
            let text = format!("{}{sign}{:02}:00", civil(local), offset.abs());
            let time = iso(&text).expect("is a time");
            prop_assert_eq!(time.second(ContentHash(hash)), second);
            prop_assert_eq!(time.precision, Precision::Second);
        }

        /// A date is the written day in every zone from -10 to +13, and the hash never moves it out of it.
        #[test]
        fn a_date_floats_on_its_day(day in 1_i64..47_000, hash: u64, zone in -10_i64..=13) {
            let text = &civil(day * 86_400)[..10];
            let time = iso(text).expect("is a date");
            prop_assert_eq!(time.precision, Precision::Day);
            let second = time.second(ContentHash(hash));
            prop_assert_eq!((second + zone * 3600).div_euclid(86_400), day);
            prop_assert_eq!(second.rem_euclid(86_400) / 3600, 10);
        }

        /// A month is kept on its first day.
        #[test]
        fn a_month_floats_on_its_first_day(year in 1971_i64..4000, month in 1_u8..=12, hash: u64) {
            let time = iso(&format!("{year:04}-{month:02}")).expect("is a month");
            prop_assert_eq!(time.precision, Precision::Month);
            let day = time.second(ContentHash(hash)).div_euclid(86_400);
            prop_assert_eq!(day, days_from_civil(year, month, 1));
        }

        /// A minute keeps no seconds, even after milliseconds were taken off.
        #[test]
        fn a_minute_keeps_no_seconds(minute in 1_i64..30_000_000, off in 0_i64..10_000_000, hash: u64) {
            let mut time = iso(&civil(minute * 60)[..16]).expect("is a minute");
            prop_assert_eq!(time.second(ContentHash(hash)), minute * 60);
            time.millis -= off;
            prop_assert_eq!(time.second(ContentHash(hash)).rem_euclid(60), 0);
        }

        /// Taking milliseconds off goes down to the second before, never up.
        #[test]
        fn seconds_round_down(second in 10_i64..1_000_000_000, off in 1_i64..1000) {
            let mut time = iso(&civil(second)).expect("is a time");
            time.millis -= off;
            prop_assert_eq!(time.second(ContentHash(0)), second - 1);
        }

        /// A date in the way of a country is the same date as in the way of ISO, if the order is the right one.
        #[test]
        fn an_order_gives_the_written_date(day in 11_000_i64..25_000, padded: bool, mark in "[/.-]") {
            let iso_text = civil(day * 86_400)[..10].to_owned();
            let numbers: Vec<i64> = iso_text.split('-').map(|part| part.parse().expect("a number")).collect();
            let [year, month, day] = numbers[..] else { unreachable!("three parts") };
            let pad = |number| if padded { format!("{number:02}") } else { format!("{number}") };
            let texts = [
                (format!("{}{mark}{}{mark}{year}", pad(day), pad(month)), Some(DateOrder::DayFirst)),
                (format!("{}{mark}{}{mark}{year}", pad(month), pad(day)), Some(DateOrder::MonthFirst)),
                (format!("{}{mark}{}{mark}{:02}", pad(day), pad(month), year % 100), Some(DateOrder::DayFirst)),
                (format!("{year}{mark}{}{mark}{}", pad(month), pad(day)), None),
                (format!("{year:04}{month:02}{day:02}"), None),
            ];
            let wanted = iso(&iso_text);
            for (text, order) in texts {
                let form = if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) { Form::Iso } else { Form::Date };
                prop_assert_eq!(read(form, order, &text), wanted, "{}", text);
            }
        }

        /// A count in seconds and in milliseconds is the same second.
        #[test]
        fn seconds_and_milliseconds_meet(second in 100_000_000_i64..99_999_999_999, hash: u64) {
            let at = |text: String| read(Form::Epoch, None, &text).map(|time| time.second(ContentHash(hash)));
            prop_assert_eq!(at(second.to_string()), Some(second));
            prop_assert_eq!(at((second * 1000 + 999).to_string()), Some(second));
        }

        /// Nothing makes it panic.
        #[test]
        fn any_text_is_a_time_or_not(text: String, digits in "[0-9TZ/: .+\\-\\[\\]]{0,40}", first: bool) {
            let order = if first { DateOrder::DayFirst } else { DateOrder::MonthFirst };
            for form in [Form::Iso, Form::Epoch, Form::Date] {
                let _ = (read(form, Some(order), &text), read(form, Some(order), &digits), read(form, None, &digits));
            }
        }
    }

    /// `YYYY-MM-DDTHH:MM:SS`, by counting days: independent of `days_from_civil`'s formula.
    fn civil(second: i64) -> String {
        let (mut days, of_day) = (second.div_euclid(86_400), second.rem_euclid(86_400));
        let mut year = 1970;
        loop {
            let length = if days_in_month(year, 2) == 29 { 366 } else { 365 };
            if days < length {
                break;
            }
            days -= length;
            year += 1;
        }
        let mut month = 1;
        while days >= i64::from(days_in_month(year, month)) {
            days -= i64::from(days_in_month(year, month));
            month += 1;
        }
        let (hour, minute) = (of_day / 3600, of_day / 60 % 60);
        format!("{year:04}-{month:02}-{:02}T{hour:02}:{minute:02}:{:02}", days + 1, of_day % 60)
    }
}
