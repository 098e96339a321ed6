//! From the days on which an import has records to the stretches on which it has none.
//!
//! A quiet month is no gap for somebody who listens once a week, and two quiet months are one for somebody who listens
//! every day. So a gap is longer than [`LEAST_DAYS`] *and* longer than [`TIMES`] the usual distance between two active
//! days (their median). That it is a gap says nothing of why: only a missing numbered file is a reason that names show.

use crate::clock;
use crate::wire::Gap;

/// Shorter stretches are never gaps.
const LEAST_DAYS: i32 = 30;
/// How many times the usual distance a gap must exceed.
const TIMES: i32 = 12;
/// With fewer active days nothing is usual yet.
const LEAST_ACTIVE: usize = 4;

/// Why there is nothing, as far as can be told.
const NOTHING_THERE: &str = "nothing-there";
/// A file of that time is missing.
const PART_MISSING: &str = "part-missing";

/// A stretch: the last day with a record before it, the first one after it, and whether its file is missing.
type Stretch = (i32, i32, bool);

/// The stretches without records, oldest first. `days` are days since 1970, ascending and each once; `missing` are the
/// stretches of missing files.
pub(super) fn gaps(days: &[i32], missing: &[(i32, i32)]) -> Vec<Gap> {
    let least = least_gap(days);
    let quiet = days.windows(2).map(|two| (two[0], two[1])).filter(|(from, to)| to - from > least);
    let overlap = |from: i32, to: i32, (start, end): (i32, i32)| start < to && from < end;
    let mut found: Vec<Stretch> =
        quiet.map(|(from, to)| (from, to, missing.iter().any(|one| overlap(from, to, *one)))).collect();
    // A missing file is a gap even where nothing is usual yet, or where the files around it reach into its time.
    for one in missing.iter().filter(|(from, to)| from < to) {
        if !found.iter().any(|(from, to, because)| *because && overlap(*from, *to, *one)) {
            found.push((one.0, one.1, true));
        }
    }
    found.sort_unstable();
    found.into_iter().map(gap).collect()
}

/// How far two active days may lie apart without a gap between them.
fn least_gap(days: &[i32]) -> i32 {
    if days.len() < LEAST_ACTIVE {
        return i32::MAX;
    }
    let mut distances: Vec<i32> = days.windows(2).map(|two| two[1] - two[0]).collect();
    distances.sort_unstable();
    LEAST_DAYS.max(distances[distances.len() / 2].saturating_mul(TIMES))
}

fn gap((from, to, missing): Stretch) -> Gap {
    Gap {
        from: clock::day_text(from),
        to: clock::day_text(to),
        days: u32::try_from(to - from - 1).unwrap_or(0),
        why: if missing { PART_MISSING } else { NOTHING_THERE }.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every(step: usize, from: i32, to: i32) -> Vec<i32> {
        (from..=to).step_by(step).collect()
    }

    fn spans(days: &[i32]) -> Vec<u32> {
        gaps(days, &[]).iter().map(|gap| gap.days).collect()
    }

    #[test]
    fn a_daily_habit_has_a_gap_after_more_than_thirty_days() {
        let around = |quiet: i32| [every(1, 0, 100), every(1, 100 + quiet, 200 + quiet)].concat();
        assert_eq!(spans(&around(30)), [0_u32; 0]);
        assert_eq!(spans(&around(31)), [30]);
    }

    #[test]
    fn a_weekly_habit_needs_twelve_weeks() {
        let around = |quiet: i32| [every(7, 0, 140), every(7, 140 + quiet, 280 + quiet)].concat();
        assert_eq!(spans(&around(84)), [0_u32; 0]);
        assert_eq!(spans(&around(85)), [84]);
    }

    #[test]
    fn a_gap_names_the_days_at_its_edges() {
        let days = [every(1, 18_000, 18_010), every(1, 18_100, 18_110)].concat();
        let gap = &gaps(&days, &[])[0];
        assert_eq!((gap.from.as_str(), gap.to.as_str(), gap.days), ("2019-04-24", "2019-07-23", 89));
        assert_eq!(gap.why, NOTHING_THERE);
    }

    #[test]
    fn three_days_are_no_habit() {
        assert_eq!(spans(&[0, 400, 800]), [0_u32; 0]);
        assert_eq!(spans(&[]), [0_u32; 0]);
        assert_eq!(spans(&[5]), [0_u32; 0]);
    }

    #[test]
    fn a_gap_where_a_file_is_missing_says_so() {
        let days = [every(1, 0, 100), every(1, 500, 600)].concat();
        let found = gaps(&days, &[(100, 500)]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].why, PART_MISSING);
    }

    #[test]
    fn a_missing_file_is_a_gap_also_between_sparse_days() {
        let found = gaps(&[0, 400], &[(10, 390)]);
        assert_eq!((found.len(), found[0].why.as_str(), found[0].days), (1, PART_MISSING, 379));
    }

    #[test]
    fn gaps_come_oldest_first_and_never_overlap_an_active_day() {
        let days = [every(1, 0, 50), every(1, 200, 250), every(1, 600, 650)].concat();
        let found = gaps(&days, &[]);
        let edges: Vec<(&str, &str)> = found.iter().map(|gap| (gap.from.as_str(), gap.to.as_str())).collect();
        assert!(edges.is_sorted());
        assert_eq!(found.len(), 2);
    }
}
