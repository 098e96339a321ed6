//! What an export can show, of which packages it is, and which package would show more.

use super::{Check, found::is_of};
use crate::wire::{CheckedPackage, MissingPart, Shown};
use std::collections::{BTreeMap, BTreeSet};
use thinline_catalogue::Package;
use thinline_import::FileState;
use thinline_model::Category;

impl Check<'_> {
    pub(super) fn packages(&self) -> Vec<CheckedPackage> {
        let fields: BTreeSet<&str> =
            self.glances.iter().flat_map(|one| &one.fields).map(String::as_str).collect();
        let package = |package: &&Package| CheckedPackage {
            id: package.id.clone(),
            label: package.label.clone(),
            generation: package
                .generations
                .iter()
                .find(|one| one.has.iter().any(|name| fields.contains(name.as_str())))
                .map(|one| one.name.clone()),
            missing: self.missing(package),
        };
        self.found.iter().map(package).collect()
    }

    /// The numbers that each series of a package lacks.
    fn missing(&self, package: &Package) -> Vec<MissingPart> {
        let mut all: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        for hole in &self.holes {
            if is_of(package, &self.glances[hole.before].file.path) {
                all.entry(&hole.series).or_default().push(hole.number);
            }
        }
        let part = |(series, numbers): (&str, Vec<u32>)| MissingPart {
            series: series.to_owned(),
            why: "number".to_owned(),
            numbers,
            of: None,
        };
        all.into_iter().map(part).collect()
    }

    /// What can be seen of each category that the service has: in this archive, or in which other one.
    pub(super) fn shows(&self) -> Vec<Shown> {
        let mut categories: Vec<Category> = self.service.shows.iter().map(|one| one.category).collect();
        categories.extend(self.glances.iter().flat_map(|one| one.categories.keys().copied()));
        let mut seen = BTreeSet::new();
        categories.retain(|category| seen.insert(*category));
        categories.into_iter().map(|category| self.shown(category)).collect()
    }

    fn shown(&self, category: Category) -> Shown {
        let state = |state: &FileState| {
            let mut sound = self.glances.iter().filter(|one| one.broken.is_none());
            sound.any(|one| one.file.state == *state && one.categories.contains_key(&category))
        };
        let elsewhere = self.service.shows.iter().find(|one| {
            one.category == category && !self.found.iter().any(|package| package.id == one.package)
        });
        let label = |id: &str| {
            self.service
                .export
                .packages
                .iter()
                .find(|package| package.id == id)
                .map(|package| package.label.clone())
        };
        let not_read = self.found.iter().any(|package| !package.read && package.what.contains(&category));
        let package = elsewhere.and_then(|one| label(&one.package));
        let (shows, package) = match package {
            _ if state(&FileState::Read) => ("yes", None),
            _ if state(&FileState::Empty) => ("empty", None),
            _ if not_read => ("not-read", None),
            Some(label) => ("other-package", Some(label)),
            None => ("no", None),
        };
        Shown { category: category.id().to_owned(), shows: shows.to_owned(), package }
    }

    /// A package that tells the same facts as another one that could be asked for, and fewer of them: both labels.
    /// Another kind of data is no lesser one, whatever the other one shows beside it.
    pub(super) fn lesser(&self) -> Option<(String, String)> {
        let export = &self.service.export;
        let asked_for = |one: &Package| export.packages.iter().any(|package| package.id == one.id);
        let shows = |package: &Package, category: Category| {
            self.service.shows.iter().find(|one| one.package == package.id && one.category == category)
        };
        let in_full =
            |package: &Package, category| shows(package, category).is_some_and(|one| one.months.is_none());
        let told_twice = |category: Category| {
            self.service.recipes.iter().any(|recipe| recipe.category == category && recipe.fact.is_some())
        };
        self.found.iter().find_map(|have| {
            // Whoever has both has no lesser one.
            let others =
                export.packages.iter().filter(|other| !self.found.iter().any(|one| one.id == other.id));
            let partly = |category| {
                told_twice(category) && shows(have, category).is_some_and(|one| one.months.is_some())
            };
            let more = |other: &&Package| {
                have.what
                    .iter()
                    .any(|category| in_full(other, *category) && (partly(*category) || !asked_for(have)))
            };
            others.into_iter().find(more).map(|other| (have.label.clone(), other.label.clone()))
        })
    }
}
