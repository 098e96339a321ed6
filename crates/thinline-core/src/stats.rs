//! Counts by groups, from the daily roll-up; under a text search from the hits themselves.

use crate::filter::{Groups, id_range};
use crate::session::Session;
use crate::wire::{Filter, StatRow, Stats};
use crate::{Result, clock, journal};
use std::collections::BTreeMap;
use thinline_store::{FacetRow, FacetSet, Read, UNDATED_DAY};

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
    session.store.read(|read| {
        let groups = Groups::load(read)?;
        let facets = groups.matching(filter)?;
        let counts = day_counts(session, read, filter, &facets)?;
        Ok(grouped(by, &groups, &counts))
    })
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

fn grouped(by: &[StatKey], groups: &Groups, counts: &[(i32, u32, u32)]) -> Stats {
    let mut rows: BTreeMap<Vec<String>, u64> = BTreeMap::new();
    for &(day, facet, count) in counts {
        let Some(facet) = groups.facets.get(&facet) else { continue };
        let key = by.iter().map(|part| value(*part, day, groups, facet)).collect();
        *rows.entry(key).or_default() += u64::from(count);
    }
    let total = rows.values().sum();
    let named =
        |key: &[String], which: StatKey| by.iter().position(|part| *part == which).map(|at| key[at].clone());
    let rows = rows.into_iter().map(|(key, count)| StatRow {
        service: named(&key, StatKey::Service),
        kind: named(&key, StatKey::Kind),
        category: named(&key, StatKey::Category),
        key: key.join(","),
        count: journal::small(count),
    });
    Stats { rows: rows.collect(), total: journal::small(total) }
}

fn value(part: StatKey, day: i32, groups: &Groups, facet: &FacetRow) -> String {
    let date = |len: usize| {
        if day == UNDATED_DAY {
            "undated".to_owned()
        } else {
            clock::day_text(day).chars().take(len).collect()
        }
    };
    match part {
        StatKey::Day => date(10),
        StatKey::Month => date(7),
        StatKey::Year => date(4),
        StatKey::Service => facet.service.clone(),
        StatKey::Account => groups.account(facet).to_owned(),
        StatKey::Person => groups.person(facet).map_or_else(String::new, |person| person.name.clone()),
        StatKey::Kind => facet.kind.id().to_owned(),
        StatKey::Category => facet.category.id().to_owned(),
    }
}
