//! Parts that are missing: numbered files of an export, and the archive itself where its name says that it is one of
//! several.

use super::found::is_of;
use crate::wire::MissingPart;
use std::collections::BTreeSet;
use std::path::Path;
use thinline_catalogue::{Catalogue, FileName, Service};
use thinline_import::{FileState, Hole, PlannedFile, series, years};
use thinline_model::Category;

/// More parts than this are no download.
const MOST_PARTS: u32 = 999;
/// More files than this are not looked through for the other parts.
const MOST_BESIDE: usize = 10_000;

/// Missing numbers among the files that a recipe claims by name: one that cannot be read is there all the same.
pub(super) fn holes(service: &Service, plan: &[&PlannedFile]) -> Vec<Hole> {
    let claims = |file: &PlannedFile| {
        let name = FileName::new(&file.path);
        service.recipes.iter().any(|recipe| recipe.files.iter().any(|pattern| pattern.matches(&name)))
    };
    let counts =
        |file: &PlannedFile| matches!(file.state, FileState::Read | FileState::Empty) || claims(file);
    // Others keep their place, but are no series.
    let paths = plan.iter().map(|file| if counts(file) { file.path.as_str() } else { "" });
    let packages = &service.export.packages;
    let begins = |place: usize| {
        let of_it = packages.iter().find(|package| is_of(package, &plan[place].path));
        of_it.and_then(|package| package.first_page).map(u32::from)
    };
    let all = series(paths);
    all.iter().flat_map(|one| one.holes(one.numbers.first().and_then(|(_, place)| begins(*place)))).collect()
}

/// Missing numbered files of an archive that is read, with what their neighbors' names tell of their time.
pub(in super::super) struct Missing {
    files: usize,
    stretches: Vec<(BTreeSet<Category>, (i32, i32))>,
}

/// Finds them by names alone.
pub(in super::super) fn missing(service: &str, plan: &[PlannedFile]) -> Missing {
    let Some(service) = Catalogue::builtin().service(service) else {
        return Missing { files: 0, stretches: Vec::new() };
    };
    let holes = holes(service, &plan.iter().collect::<Vec<_>>());
    let stretch = |hole: &Hole| {
        let (_, end) = years(&plan[hole.after?].path)?;
        let (start, _) = years(&plan[hole.before].path)?;
        let last_day = crate::clock::parse_day(&format!("{end:04}-12-31")).ok()?;
        let first_day = crate::clock::parse_day(&format!("{start:04}-01-01")).ok()?;
        let name = FileName::new(&plan[hole.before].path);
        let own = service.recipes.iter().filter(|recipe| recipe.files.iter().any(|file| file.matches(&name)));
        (last_day < first_day).then(|| (own.map(|recipe| recipe.category).collect(), (last_day, first_day)))
    };
    Missing { files: holes.len(), stretches: holes.iter().filter_map(stretch).collect() }
}

impl Missing {
    pub fn is_empty(&self) -> bool {
        self.files == 0
    }

    pub fn len(&self) -> usize {
        self.files
    }

    /// Stretches of a category: the last day before and the first one after.
    pub fn of(&self, category: Category) -> Vec<(i32, i32)> {
        self.stretches.iter().filter(|(all, _)| all.contains(&category)).map(|(_, days)| *days).collect()
    }
}

/// An archive whose name says that it is one of several: `export (part 2 of 3).zip`, `2-of-3`, `_2of3`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ArchivePart {
    pub number: u32,
    pub of: u32,
    /// What stands before the number, in lower case.
    name: String,
}

impl ArchivePart {
    pub fn named(archive: &str) -> Option<Self> {
        let lower = archive.to_lowercase();
        let (before, after) = lower.match_indices("of").find_map(|(at, _)| {
            let before = lower[..at].trim_end_matches([' ', '-', '_']);
            let after = lower[at + 2..].trim_start_matches([' ', '-', '_']);
            let digits = before.ends_with(|c: char| c.is_ascii_digit())
                && after.starts_with(|c: char| c.is_ascii_digit());
            digits.then_some((before, after))
        })?;
        let start = before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let end = after.find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len());
        let (number, of): (u32, u32) = (before[start..].parse().ok()?, after[..end].parse().ok()?);
        let name = before[..start].to_owned();
        (of > 1 && (1..=of).contains(&number) && of <= MOST_PARTS).then_some(Self { number, of, name })
    }

    /// The numbers of the other parts that are not among archives of these names.
    pub fn not_among<'a>(&self, names: impl Iterator<Item = &'a str>) -> Vec<u32> {
        let same = |part: &Self| part.of == self.of && part.name == self.name;
        let there: BTreeSet<u32> =
            names.filter_map(Self::named).filter(same).map(|part| part.number).collect();
        (1..=self.of).filter(|number| *number != self.number && !there.contains(number)).collect()
    }

    pub fn missing(&self, numbers: Vec<u32>) -> MissingPart {
        MissingPart {
            series: self.name.trim_end_matches([' ', '-', '_', '(']).to_owned(),
            why: "archive-part".to_owned(),
            numbers,
            of: Some(self.of),
        }
    }
}

/// Names of the files beside the one that was picked.
pub(super) fn beside(path: &Path) -> Vec<String> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let entries = std::fs::read_dir(folder).into_iter().flatten().take(MOST_BESIDE).flatten();
    entries.filter_map(|entry| entry.file_name().into_string().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::ArchivePart;

    fn part_of(name: &str) -> Option<(u32, u32)> {
        ArchivePart::named(name).map(|part| (part.number, part.of))
    }

    #[test]
    fn names_of_archives_tell_which_part_they_are() {
        assert_eq!(part_of("export (part 2 of 3).zip"), Some((2, 3)));
        assert_eq!(part_of("data-1-of-12.zip"), Some((1, 12)));
        assert_eq!(part_of("my_spotify_data_1of3.zip"), Some((1, 3)));
        assert_eq!(part_of("My_Data_2of2.zip"), Some((2, 2)));
        for other in [
            "my_spotify_data.zip",
            "my_spotify_data (1).zip",
            "profile 3 offers.zip",
            "4 of 3.zip",
            "1 of 1.zip",
            "sofa.zip",
            "2of.zip",
        ] {
            assert_eq!(part_of(other), None, "{other}");
        }
    }

    #[test]
    fn parts_of_another_archive_do_not_stand_in() {
        let part = ArchivePart::named("My_Data_2of4.zip").unwrap();
        let names =
            ["my_data_1of4.zip", "other_3of4.zip", "my_data_3of5.zip", "my_data_4of4 (1).zip", "x.zip"];
        assert_eq!(part.not_among(names.into_iter()), [3]);
        let missing = part.missing(vec![3]);
        assert_eq!((missing.series.as_str(), missing.of), ("my_data", Some(4)));
    }
}
