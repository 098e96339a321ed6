//! Counts by groups, from the daily roll-up; under a text search from the hits themselves.

use crate::filter::{Groups, id_range};
use crate::people::Standing;
use crate::session::Session;
use crate::wire::{Filter, LeftOut, StatRow, Stats};
use crate::{Core, Result, clock, journal};
use std::collections::HashMap;
use thinline_store::{FacetRow, FacetSet, Read, UNDATED_DAY};

/// Stands in keys for records without a date.
const UNDATED: &str = "undated";

/// What `stats` groups by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatKey {
    /// Day in the home zone.
    Day,
    /// Month.
    Month,
    /// Year.
    Year,
    /// Service.
    Service,
    /// Account.
    Account,
    /// Person.
    Person,
    /// Kind.
    Kind,
    /// Category.
    Category,
}

pub(crate) fn stats(session: &Session, by: &[StatKey], filter: &Filter) -> Result<Stats> {
    let wide = Filter { hidden: Some(true), ..filter.clone() };
    session.store.read(|read| {
        let groups = Groups::load(read)?;
        let facets = groups.matching(&wide)?;
        let mut left_out = LeftOut::default();
        let mut counts = day_counts(session, read, filter, &facets)?;
        let mut standings: Vec<(u32, Standing)> =
            groups.facets.values().map(|facet| (facet.id, standing(&groups, filter, facet))).collect();
        standings.sort_unstable_by_key(|(facet, _)| *facet);
        counts.retain(|(_, facet, count)| {
            let at = standings.binary_search_by_key(facet, |(facet, _)| *facet);
            let standing = at.map_or(Standing::Counted, |at| standings[at].1);
            left_out.add(standing, u64::from(*count));
            standing == Standing::Counted
        });
        Ok(Stats { left_out, ..grouped(by, &groups, &counts) })
    })
}

/// How records stand in the counts of a question: what it asks for by name is counted.
fn standing(groups: &Groups, filter: &Filter, facet: &FacetRow) -> Standing {
    let shown = filter.hidden == Some(true);
    let standing = match Standing::of(groups, facet) {
        Standing::Hidden if shown => Standing::of(groups, &FacetRow { hidden: false, ..facet.clone() }),
        standing => standing,
    };
    let named = groups.person(facet).is_some_and(|person| filter.persons.contains(&person.name));
    match standing {
        Standing::Undecided | Standing::NotMine if named || filter.everyone == Some(true) => {
            Standing::Counted
        }
        standing => standing,
    }
}

/// Records per facet, for a filter and a set of facets.
pub(crate) fn facet_counts(
    session: &Session,
    read: &Read<'_>,
    filter: &Filter,
    facets: &FacetSet,
) -> Result<Vec<(u32, u32)>> {
    let counts = day_counts(session, read, filter, facets)?;
    Ok(counts.into_iter().map(|(_, facet, count)| (facet, count)).collect())
}

/// (day, facet, count): from the roll-up, or from the hits of a search.
fn day_counts(
    session: &Session,
    read: &Read<'_>,
    filter: &Filter,
    facets: &FacetSet,
) -> Result<Vec<(i32, u32, u32)>> {
    if !filter.search.trim().is_empty() {
        let (low, high) = id_range(filter, &session.store.zone())?;
        let (bars, _, _) = read.search_bars(&filter.search, facets, low, high, u32::MAX)?;
        return Ok(bars.into_iter().map(|bar| (bar.day, bar.facet, bar.count)).collect());
    }
    let from = filter.from.as_deref().map(clock::parse_day).transpose()?;
    let to = filter.to.as_deref().map(clock::parse_day).transpose()?;
    let open = from.is_none() && to.is_none();
    let inside = |day: i32| {
        if day == UNDATED_DAY { open } else { from.is_none_or(|d| d <= day) && to.is_none_or(|d| day <= d) }
    };
    Ok(read.rollup()?.into_iter().filter(|row| inside(row.0) && holds(facets, row.1)).collect())
}

fn holds(facets: &FacetSet, id: u32) -> bool {
    match facets {
        FacetSet::All => true,
        FacetSet::Only(ids) => ids.binary_search(&id).is_ok(),
    }
}

/// Sums by numbers first; texts are made once per date and once per group of facets, not once per count.
fn grouped(by: &[StatKey], groups: &Groups, counts: &[(i32, u32, u32)]) -> Stats {
    let (group_of, names) = facet_groups(by, groups);
    let (dates, sums) = sums_by_date(by, counts, &group_of, names.len());
    let key = |(date, group): (usize, usize)| -> Vec<&str> {
        let mut rest = names[group].iter();
        let part = |part: &StatKey| match part.date_len() {
            Some(len) => cut(&dates[date], len),
            None => rest.next().map_or("", String::as_str),
        };
        by.iter().map(part).collect()
    };
    let mut rows: Vec<(Vec<&str>, u64)> = sums.into_iter().map(|(at, count)| (key(at), count)).collect();
    rows.sort_unstable();
    let total = rows.iter().map(|row| row.1).sum();
    Stats {
        rows: rows.into_iter().map(|(key, count)| row(by, &key, count)).collect(),
        total: journal::small(total),
        left_out: LeftOut::default(),
    }
}

/// Dates as texts, and for each (date, group of facets) that has records how many.
type Sums = (Vec<String>, Vec<((usize, usize), u64)>);

/// Counts come day by day, so one date is summed up at a time; a new day may still be of the same month.
fn sums_by_date(
    by: &[StatKey],
    counts: &[(i32, u32, u32)],
    group_of: &[(u32, usize)],
    groups: usize,
) -> Sums {
    let finest = by.iter().filter_map(|part| part.date_len()).max();
    let (mut dates, mut sums): Sums = (Vec::new(), Vec::new());
    let mut of_date = vec![0_u64; groups];
    let mut finish = |dates: &[String], of_date: &mut Vec<u64>| {
        for (group, sum) in of_date.iter_mut().enumerate().filter(|(_, sum)| **sum > 0) {
            sums.push(((dates.len() - 1, group), std::mem::take(sum)));
        }
    };
    for of_day in counts.chunk_by(|a, b| a.0 == b.0) {
        let Some((day, ..)) = of_day.first() else { continue };
        let text = finest.map_or_else(String::new, |len| date_text(*day, len));
        if dates.last() != Some(&text) {
            finish(&dates, &mut of_date);
            dates.push(text);
        }
        for (_, facet, count) in of_day {
            if let Ok(at) = group_of.binary_search_by_key(facet, |(facet, _)| *facet) {
                of_date[group_of[at].1] += u64::from(*count);
            }
        }
    }
    finish(&dates, &mut of_date);
    (dates, sums)
}

fn row(by: &[StatKey], key: &[&str], count: u64) -> StatRow {
    let named = |which: StatKey| by.iter().position(|part| *part == which).map(|at| key[at].to_owned());
    StatRow {
        service: named(StatKey::Service),
        kind: named(StatKey::Kind),
        category: named(StatKey::Category),
        key: key.join(","),
        count: journal::small(count),
    }
}

/// For each facet, by id, the place of its group; and the values that each group stands for.
fn facet_groups(by: &[StatKey], groups: &Groups) -> (Vec<(u32, usize)>, Vec<Vec<String>>) {
    let mut places: HashMap<Vec<String>, usize> = HashMap::new();
    let mut of = Vec::new();
    for facet in groups.facets.values() {
        let values: Vec<String> = by.iter().filter_map(|part| value(*part, groups, facet)).collect();
        let next = places.len();
        of.push((facet.id, *places.entry(values).or_insert(next)));
    }
    of.sort_unstable();
    let mut names = vec![Vec::new(); places.len()];
    for (values, at) in places {
        names[at] = values;
    }
    (of, names)
}

/// The year or month of a date; the word for the undated stays whole.
fn cut(date: &str, len: usize) -> &str {
    if date == UNDATED { date } else { date.get(..len).unwrap_or(date) }
}

fn date_text(day: i32, len: usize) -> String {
    if day == UNDATED_DAY {
        return UNDATED.to_owned();
    }
    clock::day_text(day).chars().take(len).collect()
}

impl StatKey {
    /// How much of `YYYY-MM-DD` it is, if it is a date.
    fn date_len(self) -> Option<usize> {
        match self {
            Self::Day => Some(10),
            Self::Month => Some(7),
            Self::Year => Some(4),
            _ => None,
        }
    }
}

/// What a facet says to a part of the key; none for dates.
fn value(part: StatKey, groups: &Groups, facet: &FacetRow) -> Option<String> {
    match part {
        StatKey::Day | StatKey::Month | StatKey::Year => None,
        StatKey::Service => Some(facet.service.clone()),
        StatKey::Account => Some(groups.account(facet).to_owned()),
        StatKey::Person => Some(groups.person(facet).map_or_else(String::new, |person| person.name.clone())),
        StatKey::Kind => Some(facet.kind.id().to_owned()),
        StatKey::Category => Some(facet.category.id().to_owned()),
    }
}

impl Core {
    /// Counts by groups.
    ///
    /// # Errors
    /// `BadValue` for a filter that does not fit.
    pub fn stats(&self, by: &[StatKey], filter: &Filter) -> Result<Stats> {
        stats(&*self.session()?, by, filter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_cut_and_the_undated_are_named() {
        let day = clock::parse_day("2026-03-01").unwrap();
        assert_eq!(date_text(day, 7), "2026-03");
        assert_eq!(date_text(UNDATED_DAY, 4), "undated");
        assert_eq!((cut("undated", 4), cut("2026-03-01", 4)), ("undated", "2026"));
    }
}
