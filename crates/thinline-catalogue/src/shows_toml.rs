//! The form of `[[shows]]` and `[[does_not_show]]` in `service.toml`: what an export can tell, and what it never tells.
//!
//! Both are about the export, not about the service: that an export does not show something does not mean that it is
//! not done.

use crate::{
    CatalogueError,
    recipe::Grade,
    service::{DoesNotShow, ExportGuide, Shows, UNSHOWN},
    toml_words::{FromWord, Source, Word, date},
};
use serde::Deserialize;
use thinline_model::Category;
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawShows {
    package: Spanned<String>,
    categories: Vec<Word<Category>>,
    months: Option<u16>,
    #[serde(default)]
    undated: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawDoesNotShow {
    packages: Vec<Spanned<String>>,
    what: Vec<Word<Unshown>>,
    grade: Word<Grade>,
    checked: Spanned<String>,
}

#[derive(Debug, Clone, Copy)]
struct Unshown(&'static str);

impl FromWord for Unshown {
    fn from_word(word: &str) -> Option<Self> {
        UNSHOWN.iter().find(|known| **known == word).map(|known| Self(known))
    }
}

/// Every category of every package is said once, and only those.
pub(crate) fn shows(
    source: Source<'_>,
    raw: &[RawShows],
    guide: &ExportGuide,
) -> Result<Vec<Shows>, CatalogueError> {
    let mut shows: Vec<Shows> = Vec::new();
    for one in raw {
        let package = known(source, &one.package, guide)?;
        for Word(category) in &one.categories {
            let fresh = shows.iter().all(|said| (&said.package, said.category) != (&package, *category));
            let twice = format!("`{}` of `{package}` stands in two `shows`", category.id());
            source.check(fresh, one.package.span(), twice)?;
            let (package, months, undated) = (package.clone(), one.months, one.undated);
            shows.push(Shows { package, category: *category, months, undated });
        }
    }
    for package in guide.packages.iter().chain(&guide.other) {
        for category in package.what.iter().filter(|_| package.read) {
            let said = shows.iter().any(|one| one.package == package.id && one.category == *category);
            let missing = format!("no `shows` says how `{}` shows `{}`", package.id, category.id());
            source.check(said, 0..0, missing)?;
        }
        for one in shows.iter().filter(|one| one.package == package.id) {
            let more = format!("`{}` does not hold `{}`", package.id, one.category.id());
            source.check(package.what.contains(&one.category), 0..0, more)?;
        }
    }
    Ok(shows)
}

pub(crate) fn does_not_show(
    source: Source<'_>,
    raw: &[RawDoesNotShow],
    guide: &ExportGuide,
) -> Result<Vec<DoesNotShow>, CatalogueError> {
    let mut all = Vec::new();
    for one in raw {
        let packages =
            one.packages.iter().map(|id| known(source, id, guide)).collect::<Result<Vec<_>, _>>()?;
        let checked = source.make(&one.checked, date)?;
        source.check(!packages.is_empty(), one.checked.span(), "`packages` is empty")?;
        all.extend(one.what.iter().map(|Word(Unshown(what))| DoesNotShow {
            packages: packages.clone(),
            what: (*what).to_owned(),
            grade: one.grade.0,
            checked: checked.clone(),
        }));
    }
    Ok(all)
}

fn known(source: Source<'_>, id: &Spanned<String>, guide: &ExportGuide) -> Result<String, CatalogueError> {
    let there = guide.packages.iter().chain(&guide.other).any(|package| package.id == *id.get_ref());
    source.check(there, id.span(), format!("`{}` is no package", id.get_ref()))?;
    Ok(id.get_ref().clone())
}
