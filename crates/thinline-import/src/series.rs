//! What file names tell without a look inside: numbers in a series, years, parts of an archive.
//!
//! Services split long lists into numbered files. A hole in the numbers is a file that is missing; which years a missing
//! file held can be told from the names around it. Names are only compared here, never shown whole: a [`Series`] is named
//! by the letters that its files share.

use std::collections::BTreeMap;

/// Files that differ in a number only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// Their name without number, years and ending.
    pub name: String,
    /// The numbers, ascending, each with its place in what was given.
    pub numbers: Vec<(u32, usize)>,
}

/// A number that a series lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hole {
    /// [`Series::name`].
    pub series: String,
    /// The number.
    pub number: u32,
    /// The file before it, as its place in what was given; none if the hole is at the start.
    pub after: Option<usize>,
    /// The file after it.
    pub before: usize,
}

/// Higher numbers are names, not pages.
const MOST_PAGES: u32 = 9_999;
/// A series with more holes than this was not numbered page by page.
const MOST_HOLES: usize = 64;

/// Groups paths whose base names differ in a number only. Files in different folders are different series.
pub fn series<'a>(paths: impl Iterator<Item = &'a str>) -> Vec<Series> {
    let mut all: BTreeMap<(&str, String), Vec<(u32, usize)>> = BTreeMap::new();
    for (place, path) in paths.enumerate() {
        let (folder, base) = path.rsplit_once('/').unwrap_or(("", path));
        if let Some((name, number)) = numbered(base) {
            all.entry((folder, name)).or_default().push((number, place));
        }
    }
    let made = all.into_iter().map(|((_, name), mut numbers)| {
        numbers.sort_unstable();
        numbers.dedup_by_key(|(number, _)| *number);
        Series { name, numbers }
    });
    made.collect()
}

impl Series {
    /// The numbers between its files that no file has; and those before its first file, if it is known with which number
    /// the service begins.
    pub fn holes(&self, begins: Option<u32>) -> Vec<Hole> {
        let mut holes = Vec::new();
        let mut after = None;
        let mut next = begins.unwrap_or_else(|| self.numbers.first().map_or(0, |(number, _)| *number));
        for &(number, place) in &self.numbers {
            for missing in next..number {
                if holes.len() == MOST_HOLES {
                    return Vec::new();
                }
                holes.push(Hole { series: self.name.clone(), number: missing, after, before: place });
            }
            (after, next) = (Some(place), number + 1);
        }
        holes
    }
}

/// `Streaming_History_Audio_2019-2021_3.json` is number 3 of `Streaming_History_Audio`; a year alone is no number.
fn numbered(base: &str) -> Option<(String, u32)> {
    let stem = stem(base);
    let digits = stem.bytes().rev().take_while(u8::is_ascii_digit).count();
    let (rest, number) = stem.split_at(stem.len() - digits);
    let number: u32 = number.parse().ok().filter(|number| *number <= MOST_PAGES)?;
    if digits == 4 && is_year(number) {
        return None;
    }
    let rest = rest.trim_end_matches(['_', '-', ' ']);
    let name = match years_at_end(rest) {
        Some((_, length)) => rest[..rest.len() - length].trim_end_matches(['_', '-', ' ']),
        None => rest,
    };
    (!name.is_empty()).then(|| (name.to_owned(), number))
}

/// A name without its ending, and without the number that browsers give to what they save twice: ` (1)` is no page.
fn stem(base: &str) -> &str {
    let stem = base.rsplit_once('.').map_or(base, |(stem, _)| stem);
    let copy = stem.strip_suffix(')').and_then(|stem| stem.rsplit_once(" ("));
    match copy {
        Some((plain, number)) if !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()) => plain,
        _ => stem,
    }
}

/// The years that a file name tells: `_2019-2021_3`, `_2020_1`, `2024`. The first and the last are the same for one year.
pub fn years(path: &str) -> Option<(u16, u16)> {
    let base = path.rsplit('/').next().unwrap_or(path);
    let stem = stem(base);
    if let Some((years, _)) = years_at_end(stem) {
        return Some(years);
    }
    let (rest, _) = stem.rsplit_once('_')?;
    stem[rest.len() + 1..]
        .bytes()
        .all(|b| b.is_ascii_digit())
        .then(|| years_at_end(rest))?
        .map(|(years, _)| years)
}

/// Years at the end of a text, and how long they are written.
fn years_at_end(text: &str) -> Option<((u16, u16), usize)> {
    let last = year(text)?;
    let before = &text[..text.len() - 4];
    match before.strip_suffix('-').and_then(|start| Some((year(start)?, start))) {
        Some((first, start)) if first <= last => {
            not_longer(&start[..start.len() - 4]).then_some(((first, last), 9))
        }
        _ => not_longer(before).then_some(((last, last), 4)),
    }
}

fn year(text: &str) -> Option<u16> {
    let digits = text.get(text.len().checked_sub(4)?..)?;
    let year: u32 = digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok())??;
    is_year(year).then(|| u16::try_from(year).ok())?
}

fn is_year(number: u32) -> bool {
    (1995..=2099).contains(&number)
}

fn not_longer(before: &str) -> bool {
    !before.ends_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holes(paths: &[&str], begins: Option<u32>) -> Vec<(String, u32)> {
        let all = series(paths.iter().copied());
        all.iter().flat_map(|one| one.holes(begins)).map(|hole| (hole.series, hole.number)).collect()
    }

    #[test]
    fn a_hole_in_the_numbers_is_a_missing_file() {
        let paths = ["x/endsong_0.json", "x/endsong_1.json", "x/endsong_4.json"];
        assert_eq!(holes(&paths, None), [("endsong".to_owned(), 2), ("endsong".to_owned(), 3)]);
    }

    #[test]
    fn the_number_of_a_copy_is_no_page() {
        let paths = ["endsong_0.json", "endsong_1 (2).json", "endsong_2.json", "endsong_2 (1).json"];
        assert_eq!(holes(&paths, Some(0)), []);
        assert_eq!(years("Streaming_History_Audio_2019-2021_3 (1).json"), Some((2019, 2021)));
        assert_eq!(series(["Inferences (1).json", "Inferences (3).json"].into_iter()), []);
    }

    #[test]
    fn years_in_the_names_do_not_split_a_series() {
        let paths = [
            "Streaming_History_Audio_2014-2017_0.json",
            "Streaming_History_Audio_2017_1.json",
            "Streaming_History_Audio_2019-2021_3.json",
            "Streaming_History_Video_2018-2026.json",
        ];
        let found = series(paths.iter().copied());
        assert_eq!(found.len(), 1);
        let holes = found[0].holes(Some(0));
        assert_eq!((holes.len(), holes[0].number, holes[0].after, holes[0].before), (1, 2, Some(1), 2));
    }

    #[test]
    fn a_missing_start_is_told_only_where_it_is_known() {
        let paths = ["endsong_2.json", "endsong_3.json"];
        assert_eq!(holes(&paths, None), []);
        assert_eq!(holes(&paths, Some(0)).len(), 2);
        assert_eq!(holes(&["Playlist1.json"], Some(1)), []);
    }

    #[test]
    fn years_and_long_numbers_are_no_pages() {
        assert_eq!(
            series(["Wrapped2023.json", "Wrapped2025.json", "a_20240101.json", "b.json"].into_iter()),
            []
        );
    }

    #[test]
    fn a_series_that_is_full_of_holes_was_not_numbered_by_pages() {
        assert_eq!(holes(&["item_1.json", "item_900.json"], None), []);
    }

    #[test]
    fn folders_and_names_are_kept_apart() {
        let paths = ["a/p_0.json", "a/p_1.json", "b/p_3.json", "a/q_5.json"];
        assert_eq!(holes(&paths, None), []);
    }

    #[test]
    fn names_tell_years() {
        for (path, expected) in [
            ("a/Streaming_History_Audio_2019-2021_3.json", Some((2019, 2021))),
            ("Streaming_History_Audio_2020_1.json", Some((2020, 2020))),
            ("Streaming_History_Video_2018-2026.json", Some((2018, 2026))),
            ("Wrapped2023.json", Some((2023, 2023))),
            ("Streaming_History_Audio_2021-2019_3.json", Some((2019, 2019))),
            ("endsong_3.json", None),
            ("export_120240.json", None),
            ("ViewingActivity.csv", None),
            ("é2é.json", None),
        ] {
            assert_eq!(years(path), expected, "{path}");
        }
    }
}
