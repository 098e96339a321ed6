//! From a filter as people set it to a set of facets and a range of ids.

use crate::wire::{Code, Filter};
use crate::{Result, clock, services};
use std::collections::HashMap;
use thinline_catalogue::Catalogue;
use thinline_model::{Category, Kind, Purpose};
use thinline_store::{FacetRow, FacetSet, PersonRow, Read, Zone, key};

/// Facets, accounts and persons, read once per question.
pub(crate) struct Groups {
    pub facets: HashMap<u32, FacetRow>,
    pub accounts: HashMap<i64, String>,
    pub persons: HashMap<i64, PersonRow>,
}

impl Groups {
    /// Without counts: cheap.
    pub fn load(read: &Read<'_>) -> Result<Self> {
        Self::of(read, read.facet_table()?)
    }

    /// With the number of records of each facet.
    pub fn counted(read: &Read<'_>) -> Result<Self> {
        Self::of(read, read.facets()?)
    }

    fn of(read: &Read<'_>, facets: Vec<FacetRow>) -> Result<Self> {
        Ok(Self {
            facets: facets.into_iter().map(|facet| (facet.id, facet)).collect(),
            accounts: read.accounts()?.into_iter().map(|(id, _, name)| (id, name)).collect(),
            persons: read.persons()?.into_iter().map(|person| (person.id, person)).collect(),
        })
    }

    pub fn account(&self, facet: &FacetRow) -> &str {
        self.accounts.get(&facet.account).map_or("", String::as_str)
    }

    pub fn person(&self, facet: &FacetRow) -> Option<&PersonRow> {
        self.persons.get(&facet.person)
    }

    /// Facets that a filter lets through.
    pub fn matching(&self, filter: &Filter) -> Result<FacetSet> {
        check_words(filter)?;
        let hidden = filter.hidden == Some(true);
        let all = (hidden || !self.facets.values().any(|facet| facet.hidden))
            && filter.services.is_empty()
            && filter.accounts.is_empty()
            && filter.persons.is_empty()
            && filter.kinds.is_empty()
            && filter.categories.is_empty()
            && filter.usable_for.is_none()
            && filter.max_sensitivity.is_none();
        if all {
            return Ok(FacetSet::All);
        }
        let mut ids: Vec<u32> = self.facets.values().filter(|f| self.fits(filter, f)).map(|f| f.id).collect();
        ids.sort_unstable();
        Ok(FacetSet::Only(ids))
    }

    fn fits(&self, filter: &Filter, facet: &FacetRow) -> bool {
        let one_of = |list: &[String], value: &str| list.is_empty() || list.iter().any(|one| one == value);
        let person = self.person(facet).map_or("", |person| person.name.as_str());
        (!facet.hidden || filter.hidden == Some(true))
            && one_of(&filter.services, &facet.service)
            && one_of(&filter.accounts, self.account(facet))
            && one_of(&filter.persons, person)
            && one_of(&filter.kinds, facet.kind.id())
            && one_of(&filter.categories, facet.category.id())
            && filter.usable_for.as_deref().is_none_or(|purpose| usable_for(facet).any(|p| p.id() == purpose))
            && filter.max_sensitivity.is_none_or(|most| facet.sensitivity.level() <= most)
    }
}

/// Purposes that a facet's records can be used for, as the catalogue says of their category.
pub(crate) fn usable_for(facet: &FacetRow) -> impl Iterator<Item = Purpose> {
    let service = if facet.kind.is_own() { None } else { Catalogue::builtin().service(&facet.service) };
    let uses = service.map_or(&[][..], |service| &service.uses);
    let mut purposes: Vec<Purpose> = uses
        .iter()
        .filter(|u| u.category == facet.category)
        .flat_map(|u| u.purposes.iter().copied())
        .collect();
    purposes.sort_unstable();
    purposes.dedup();
    purposes.into_iter()
}

fn check_words(filter: &Filter) -> Result<()> {
    for id in &filter.services {
        if id != thinline_model::ALL_SITES {
            services::known(id)?;
        }
    }
    let fits = filter.kinds.iter().all(|kind| Kind::parse(kind).is_ok())
        && filter.categories.iter().all(|category| Category::parse(category).is_ok())
        && filter.usable_for.as_deref().is_none_or(|purpose| Purpose::parse(purpose).is_ok())
        && filter.max_sensitivity.is_none_or(|most| (1..=3).contains(&most))
        && filter.search.chars().count() <= 200;
    if fits { Ok(()) } else { Err(Code::BadValue.into()) }
}

/// Ids from (inclusive) and before (exclusive) that a filter's days allow. With a day given, undated records are outside.
pub(crate) fn id_range(filter: &Filter, zone: &Zone) -> Result<(i64, i64)> {
    let from = filter.from.as_deref().map(clock::parse_day).transpose()?;
    let to = filter.to.as_deref().map(clock::parse_day).transpose()?;
    let low = match (from, to) {
        (None, None) => i64::MIN,
        (None, Some(_)) => 1,
        (Some(day), _) => key::first_id(zone.day_start(day)).max(1),
    };
    let high = to.map_or(i64::MAX, |day| key::first_id(zone.day_start(day + 1)));
    Ok((low, high))
}
