//! Arithmetic of record ids: an id is a place in time, so the primary key is the order of the timeline.
//!
//! Dated: `(second << 16) | slot` with 1 <= second < 2^36, so 0 < id < 2^52: a plain number for JavaScript.
//! Undated: `-2^52 + 51 bits of the hash`: negative, so they come after all dated ones, newest first.

use thinline_model::{Certainty, ContentHash, MAX_SECOND, Precision, Timestamp, When};

const UNDATED_BASE: i64 = -(1 << 52);
const UNDATED_SPAN: i64 = 1 << 51;

/// The place that a record has by its own hash.
pub fn own_slot(when: When, hash: ContentHash) -> i64 {
    match when {
        When::Dated { at, .. } => (at.0 << 16) | i64::from(hash.slot()),
        When::Undated => UNDATED_BASE + (hash.0 & (UNDATED_SPAN as u64 - 1)) as i64,
    }
}

/// The place after `id` among those that a displaced record may take: the next slot of the same second, wrapping.
pub fn next_slot(id: i64) -> i64 {
    if id >= 0 {
        (id & !0xffff) | ((id + 1) & 0xffff)
    } else {
        UNDATED_BASE + (id - UNDATED_BASE + 1) % UNDATED_SPAN
    }
}

/// Under which key a displaced record is listed: its second, or its own slot when undated.
pub fn home(own_slot: i64) -> i64 {
    if own_slot >= 0 { own_slot >> 16 } else { own_slot }
}

/// The second of a dated record's id.
pub fn second(id: i64) -> Option<Timestamp> {
    (id > 0).then_some(Timestamp(id >> 16))
}

/// The first id at or after a second (clamped to what can be a date).
pub fn first_id(second: i64) -> i64 {
    second.clamp(0, MAX_SECOND) << 16
}

/// Packs precision and certainty into the `time` column.
pub(crate) fn time_code(when: When) -> i64 {
    let (precision, certainty) = match when {
        When::Dated { precision, certainty, .. } => (precision, certainty),
        When::Undated => (Precision::None, Certainty::Assumed),
    };
    place(Precision::ALL, precision) * 8 + place(Certainty::ALL, certainty)
}

/// Reads the `time` column.
pub(crate) fn read_time(code: i64) -> Option<(Precision, Certainty)> {
    let precision = usize::try_from(code / 8).ok()?;
    let certainty = usize::try_from(code % 8).ok()?;
    Some((*Precision::ALL.get(precision)?, *Certainty::ALL.get(certainty)?))
}

fn place<T: PartialEq>(all: &[T], one: T) -> i64 {
    all.iter().position(|x| *x == one).map_or(0, |at| at as i64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn dated(second: i64) -> When {
        When::Dated { at: Timestamp(second), precision: Precision::Second, certainty: Certainty::Explicit }
    }

    proptest! {
        #[test]
        fn dated_ids_are_small_positive_and_keep_their_second(second in 1..MAX_SECOND, hash: u64) {
            let id = own_slot(dated(second), ContentHash(hash));
            prop_assert!(0 < id && id < 1 << 52);
            prop_assert_eq!(super::second(id), Some(Timestamp(second)));
            prop_assert!(first_id(second) <= id && id < first_id(second + 1));
        }

        #[test]
        fn undated_ids_are_negative_and_probing_keeps_them_so(hash: u64) {
            let id = own_slot(When::Undated, ContentHash(hash));
            prop_assert!((-(1 << 52)..-(1 << 51)).contains(&id));
            let next = next_slot(id);
            prop_assert!((-(1 << 52)..-(1 << 51)).contains(&next) && next != id);
        }

        #[test]
        fn probing_stays_in_the_second_and_visits_every_slot(second in 1..MAX_SECOND, slot: u16) {
            let start = own_slot(dated(second), ContentHash(u64::from(slot)));
            let mut id = start;
            for _ in 0..0x1_0000 {
                id = next_slot(id);
                prop_assert_eq!(id >> 16, second);
            }
            prop_assert_eq!(id, start);
        }
    }

    #[test]
    fn times_read_back_from_their_code() {
        for precision in Precision::ALL {
            for certainty in Certainty::ALL {
                let when = When::Dated { at: Timestamp(1), precision: *precision, certainty: *certainty };
                assert_eq!(read_time(time_code(when)), Some((*precision, *certainty)));
            }
        }
        assert_eq!(read_time(7 * 8), None);
    }
}
