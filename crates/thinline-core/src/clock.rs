//! Time as people and files see it: now, RFC 3339, days of the home zone. The rules come from the system's or the bundled
//! time-zone database through jiff; the store gets them as a plain list of offsets.

use crate::Result;
use crate::wire::{ApiError, Code};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use thinline_store::Zone;

/// Seconds since 1970, now.
pub(crate) fn now() -> i64 {
    Timestamp::now().as_second()
}

/// `2026-03-01T09:12:00Z`.
pub(crate) fn rfc3339(second: i64) -> String {
    Timestamp::from_second(second).map_or_else(|_| String::new(), |at| at.to_string())
}

/// The zone of the system, by its IANA name; `UTC` if it has none.
pub(crate) fn system_zone() -> String {
    TimeZone::system().iana_name().unwrap_or("UTC").to_owned()
}

/// The offsets of a named zone over the years that records can have.
pub(crate) fn zone(name: &str) -> Result<Zone> {
    let zone = TimeZone::get(name).map_err(|_| ApiError::new(Code::BadValue))?;
    let start = Timestamp::UNIX_EPOCH;
    let end = Timestamp::from_second(4_102_444_800).map_err(|_| ApiError::new(Code::Internal))?;
    let first = zone.to_offset(start).seconds();
    let steps = zone
        .following(start)
        .take_while(|step| step.timestamp() < end)
        .map(|step| (step.timestamp().as_second(), step.offset().seconds()))
        .collect();
    Ok(Zone::new(first, steps))
}

/// A day number as `YYYY-MM-DD`.
pub(crate) fn day_text(day: i32) -> String {
    match Timestamp::from_second(i64::from(day) * 86_400) {
        Ok(at) => TimeZone::UTC.to_datetime(at).date().to_string(),
        Err(_) => String::new(),
    }
}

/// Reads `YYYY-MM-DD` as a day number.
pub(crate) fn parse_day(text: &str) -> Result<i32> {
    let bad = || ApiError::new(Code::BadValue);
    let date: Date = text.parse().map_err(|_| bad())?;
    if text.len() != 10 {
        return Err(bad());
    }
    // Counted as days, not as moments: the last days of the year 9999 are none in every zone.
    let since = date.since(Date::constant(1970, 1, 1)).map_err(|_| bad())?;
    Ok(since.get_days())
}

/// Reads a moment: RFC 3339, or a date that means its first second in `zone`.
pub(crate) fn parse_moment(text: &str, zone: &Zone) -> Result<i64> {
    if let Ok(at) = text.parse::<Timestamp>() {
        return Ok(at.as_second());
    }
    parse_day(text).map(|day| zone.day_start(day))
}

/// Local time of day, `HH:MM`.
pub(crate) fn time_text(second: i64, zone: &Zone) -> String {
    let local = (second + i64::from(zone.offset(second))).rem_euclid(86_400);
    format!("{:02}:{:02}", local / 3600, local % 3600 / 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_read_back_and_bad_ones_are_refused() {
        for text in ["1970-01-01", "2026-02-28", "2400-02-29"] {
            assert_eq!(day_text(parse_day(text).unwrap()), text);
        }
        for bad in ["", "2026-02-30", "2026-2-3", "yesterday", "2026-02-03T00:00:00Z"] {
            assert!(parse_day(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_zone_carries_its_summer_time() {
        let berlin = zone("Europe/Berlin").unwrap();
        assert_eq!(berlin.offset(1_767_225_600), 3600);
        assert_eq!(berlin.offset(1_782_864_000), 7200);
        assert_eq!(time_text(1_782_864_000, &berlin), "02:00");
        assert!(zone("Mars/Olympus").is_err());
    }
}
