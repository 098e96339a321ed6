//! The home time zone as a list of offsets: which second belongs to which day. The rules come from core.

use std::fmt;

/// The day number under which undated records are counted.
pub const UNDATED_DAY: i32 = i32::MIN;

/// Offsets from UTC over time, for one zone.
#[derive(Clone, PartialEq, Eq)]
pub struct Zone {
    /// (first second, offset in seconds), ascending; the first starts before every date.
    steps: Vec<(i64, i32)>,
}

impl Zone {
    /// UTC: no offset, ever.
    pub fn utc() -> Self {
        Self { steps: vec![(i64::MIN, 0)] }
    }

    /// `first` is the offset before the first step; steps are (second, offset from then on) in any order.
    pub fn new(first: i32, mut steps: Vec<(i64, i32)>) -> Self {
        steps.push((i64::MIN, first));
        steps.sort_unstable();
        Self { steps }
    }

    /// Offset at a second, in seconds east of UTC.
    pub fn offset(&self, second: i64) -> i32 {
        let after = self.steps.partition_point(|(from, _)| *from <= second);
        self.steps[after.saturating_sub(1)].1
    }

    /// Days since 1970-01-01 of the local date at a second.
    pub fn day(&self, second: i64) -> i32 {
        (second + i64::from(self.offset(second))).div_euclid(86_400) as i32
    }

    /// The first second whose local date is `day` or later.
    pub fn day_start(&self, day: i32) -> i64 {
        // Offsets lie within a day of UTC, so the start lies within two days of the naive guess.
        let guess = i64::from(day) * 86_400;
        let (mut low, mut high) = (guess - 2 * 86_400, guess + 2 * 86_400);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.day(middle) >= day { high = middle } else { low = middle + 1 }
        }
        low
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Zone({} steps)", self.steps.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn berlin_2026() -> Zone {
        Zone::new(3600, vec![(1_774_746_000, 7200), (1_792_890_000, 3600)])
    }

    proptest! {
        #[test]
        fn every_second_lies_between_its_days_start_and_the_next(second in 1_700_000_000i64..1_800_000_000) {
            let zone = berlin_2026();
            let day = zone.day(second);
            prop_assert!(zone.day_start(day) <= second && second < zone.day_start(day + 1));
        }
    }

    #[test]
    fn a_day_of_summer_time_change_has_23_hours() {
        let zone = berlin_2026();
        let day = zone.day(1_774_746_000);
        assert_eq!(zone.day_start(day + 1) - zone.day_start(day), 23 * 3600);
        assert_eq!(zone.day(zone.day_start(day) - 1), day - 1);
    }
}
