//! Lists what the catalogue of this build knows, with the age of each fact. Needs no vault and no key.
//!
//! A date without a day counts from the first of its month: a fact is called stale a little too early, never too late.

use crate::wire::{CatalogueFact, CatalogueList, CatalogueRecipe, CatalogueService, CatalogueSetting};
use crate::{Core, clock};
use thinline_catalogue::{Catalogue, Flow, Grade, Reader, Recipe, Service, Setting};

/// Days after which a page may have changed.
const STALE_AFTER: i32 = 180;

/// Whether something was checked so long ago, on a day number, that it may have changed since.
pub(crate) fn is_stale(checked_on: &str, today: i32) -> bool {
    let whole = if checked_on.len() == 7 { format!("{checked_on}-01") } else { checked_on.to_owned() };
    // A date that is none would have been refused with the catalogue; if not, it is to be looked at.
    clock::parse_day(&whole).map_or(true, |day| today.saturating_sub(day) > STALE_AFTER)
}

impl Core {
    /// Everything in the catalogue of this build, or what of it was checked long ago.
    pub fn catalogue(&self, only_stale: bool) -> CatalogueList {
        let today = i32::try_from(clock::now().div_euclid(86_400)).unwrap_or(i32::MAX);
        listed(Catalogue::builtin(), today, only_stale)
    }
}

fn listed(catalogue: &Catalogue, today: i32, only_stale: bool) -> CatalogueList {
    let age = Age { today };
    let mut services: Vec<_> = catalogue.services.iter().map(|service| age.service(service)).collect();
    if only_stale {
        for service in &mut services {
            service.recipes.retain(|one| one.stale);
            service.settings.retain(|one| one.stale);
            service.facts.retain(|one| one.stale);
        }
        services.retain(|one| !(one.recipes.is_empty() && one.settings.is_empty() && one.facts.is_empty()));
    }
    CatalogueList {
        version: catalogue.version.clone(),
        day: clock::day_text(today),
        stale_after_days: STALE_AFTER.unsigned_abs(),
        services,
    }
}

/// Tells how old facts are on a day.
#[derive(Clone, Copy)]
struct Age {
    today: i32,
}

impl Age {
    fn is_stale(self, checked_on: &str) -> bool {
        is_stale(checked_on, self.today)
    }

    fn service(self, service: &Service) -> CatalogueService {
        let mut settings: Vec<&Setting> = Vec::new();
        for setting in service.purposes.iter().flat_map(|purpose| &purpose.settings) {
            if settings.iter().all(|known| known.id != setting.id) {
                settings.push(setting);
            }
        }
        CatalogueService {
            id: service.id.to_string(),
            name: service.name.clone(),
            recipes: service.recipes.iter().map(|recipe| self.recipe(recipe)).collect(),
            settings: settings.iter().map(|setting| self.setting(setting)).collect(),
            facts: self.facts(service, &settings),
        }
    }

    fn recipe(self, recipe: &Recipe) -> CatalogueRecipe {
        CatalogueRecipe {
            id: recipe.id.to_string(),
            files: recipe.files.iter().map(|file| file.written().to_owned()).collect(),
            reader: reader(recipe.reader).to_owned(),
            grade: grade(recipe.grade).to_owned(),
            also: recipe.also.as_ref().map(ToString::to_string),
            stale: self.is_stale(&recipe.checked),
            checked_on: recipe.checked.clone(),
        }
    }

    fn setting(self, setting: &Setting) -> CatalogueSetting {
        CatalogueSetting {
            id: setting.id.clone(),
            label: setting.label.clone(),
            address: setting.address.clone(),
            affects: setting.affects.iter().map(|purpose| purpose.id().to_owned()).collect(),
            source: setting.source.clone(),
            stale: self.is_stale(&setting.checked_on),
            checked_on: setting.checked_on.clone(),
        }
    }

    fn facts(self, service: &Service, settings: &[&Setting]) -> Vec<CatalogueFact> {
        let fact = |what: &str, about: &str, source: &str, checked_on: &str| CatalogueFact {
            what: what.to_owned(),
            about: about.to_owned(),
            source: source.to_owned(),
            checked_on: checked_on.to_owned(),
            stale: self.is_stale(checked_on),
        };
        let known = std::iter::once(&service.controller).chain(&service.contact);
        let mut facts: Vec<_> =
            known.map(|one| fact(&one.what, &one.value, &one.source, &one.checked_on)).collect();
        let export = &service.export;
        facts.push(fact("export", &export.address, &export.source, &export.checked_on));
        facts.extend(
            (service.uses.iter()).map(|one| fact("uses", one.category.id(), &one.source, &one.checked_on)),
        );
        for setting in settings {
            let promises = setting.promises.iter().map(|one| ("promise", one));
            let others = setting.does_not_promise.iter().map(|one| ("no-promise", one));
            facts.extend(promises.chain(others).map(|(what, one)| {
                let about = format!("{} {}", setting.id, flow(one.flow));
                fact(what, &about, &one.source, &one.checked_on)
            }));
        }
        let unshown = service.does_not_show.iter();
        facts.extend(unshown.map(|one| fact("not-shown", &one.what, "", &one.checked)));
        facts
    }
}

fn flow(flow: Flow) -> &'static str {
    match flow {
        Flow::Keep => "keep",
        Flow::Receive => "receive",
        Flow::Share => "share",
        Flow::Use => "use",
    }
}

fn reader(reader: Reader) -> &'static str {
    match reader {
        Reader::Json => "json",
        Reader::Csv => "csv",
        Reader::Scala => "scala",
    }
}

fn grade(grade: Grade) -> &'static str {
    match grade {
        Grade::Seen => "seen",
        Grade::Parser => "parser",
        Grade::Fixture => "fixture",
        Grade::Documented => "documented",
        Grade::Unverified => "unverified",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> i32 {
        clock::parse_day(text).expect("is a day")
    }

    #[test]
    fn a_fact_is_stale_after_half_a_year_and_not_before() {
        let on = |today: &str, checked: &str| Age { today: day(today) }.is_stale(checked);
        assert!(!on("2026-06-30", "2026-01-01"));
        assert!(on("2026-07-01", "2026-01-01"));
        assert!(on("2026-07-01", "2026-01"), "a month counts from its first day");
        assert!(!on("2026-07-01", "2026-01-02"));
        assert!(!on("2025-01-01", "2026-01-02"), "a clock in the past makes nothing stale");
    }

    #[test]
    fn in_a_hundred_years_everything_is_stale_and_before_it_was_checked_nothing() {
        let catalogue = Catalogue::builtin();
        let all = listed(catalogue, day("2126-01-01"), false);
        assert_eq!(listed(catalogue, day("2126-01-01"), true), all);
        assert!(listed(catalogue, day("2001-01-01"), true).services.is_empty());
        for (listed, service) in all.services.iter().zip(&catalogue.services) {
            assert_eq!(
                (listed.id.as_str(), listed.recipes.len()),
                (service.id.as_str(), service.recipes.len())
            );
            assert!(!listed.settings.is_empty() && listed.facts.len() > 3);
        }
    }

    #[test]
    fn what_is_stale_stands_alone() {
        let catalogue = Catalogue::builtin();
        // The day after the last one on which nothing was stale.
        let first = (day("2026-11-24")..).find(|at| !listed(catalogue, *at, true).services.is_empty());
        let (some, all) = (listed(catalogue, first.unwrap(), true), listed(catalogue, first.unwrap(), false));
        for service in &some.services {
            assert!(service.facts.iter().all(|one| one.stale) && service.recipes.iter().all(|one| one.stale));
            assert!(service.settings.iter().all(|one| one.stale));
        }
        let count = |list: &CatalogueList| -> usize {
            list.services.iter().map(|one| one.facts.iter().filter(|fact| fact.stale).count()).sum()
        };
        assert_eq!(count(&some), count(&all));
    }
}
