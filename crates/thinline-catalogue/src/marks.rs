//! Marks of recipes: numbers that change with a recipe's text, so that an import can tell by which text it was read.
//!
//! Comments and spaces do not count. The defaults of a file are part of every recipe in it. A mark protects nothing.

use crate::{Catalogue, Service};
use std::collections::BTreeMap;

impl Catalogue {
    /// Every recipe of a service, by its full id, with its mark.
    pub fn marks(&self, service: &Service) -> BTreeMap<String, i64> {
        let path = format!("{}/recipes.toml", service.id);
        let text =
            crate::catalogue::EMBEDDED.iter().find(|(name, _)| **name == *path).map_or("", |(_, text)| *text);
        marks(service.id.as_str(), text)
    }
}

fn marks(service: &str, text: &str) -> BTreeMap<String, i64> {
    // What stands before the first recipe, and one text for each recipe; other tables are left out.
    let (mut defaults, mut recipes, mut place) = (String::new(), Vec::<String>::new(), Place::Elsewhere);
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        match line {
            "[[recipe]]" => {
                recipes.push(String::new());
                place = Place::Recipe;
            }
            "[defaults]" => place = Place::Defaults,
            _ if line.starts_with('[') && line.ends_with(']') && line[1..].starts_with(is_table) => {
                place = Place::Elsewhere;
            }
            _ => {}
        }
        let into = match (place, recipes.last_mut()) {
            (Place::Recipe, Some(recipe)) => recipe,
            (Place::Defaults, _) => &mut defaults,
            _ => continue,
        };
        into.push_str(&line.split_whitespace().collect::<Vec<_>>().join(" "));
        into.push('\n');
    }
    let marked = recipes.iter().filter_map(|recipe| {
        let name = recipe.lines().find_map(|line| line.strip_prefix("name = \""))?.strip_suffix('"')?;
        Some((format!("{service}/{name}"), mark(&[&defaults, recipe])))
    });
    marked.collect()
}

#[derive(Clone, Copy)]
enum Place {
    Defaults,
    Recipe,
    Elsewhere,
}

/// `[[unused]]` is a table; `["a", "b"]` on a line of its own is a value.
fn is_table(c: char) -> bool {
    c == '[' || c.is_ascii_lowercase()
}

/// FNV-1a over lengths and bytes.
fn mark(texts: &[&String]) -> i64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for text in texts {
        for byte in (text.len() as u64).to_le_bytes().iter().chain(text.as_bytes()) {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    hash.cast_signed()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "[defaults]\nzone = \"utc\"\n\n# a note\n[[recipe]]\nname     = \"some plays\"\nfiles = [\n    \"a.json\",\n]\n\n\
                        [[unused]]\nfiles = [\"b.pdf\"]\n\n[[recipe]]\nname = \"others\"\n";

    fn changed(from: &str, to: &str) -> Vec<String> {
        let (before, after) = (marks("x", TEXT), marks("x", &TEXT.replace(from, to)));
        after.into_iter().filter(|(id, mark)| before.get(id) != Some(mark)).map(|(id, _)| id).collect()
    }

    #[test]
    fn a_mark_changes_with_its_recipe_only() {
        assert_eq!(changed("a.json", "c.json"), ["x/some plays"]);
    }

    #[test]
    fn defaults_are_part_of_every_recipe() {
        assert_eq!(changed("utc", "local"), ["x/others", "x/some plays"]);
    }

    #[test]
    fn comments_spaces_and_other_tables_do_not_count() {
        assert_eq!(changed("# a note", "# another\n\n"), [""; 0]);
        assert_eq!(changed("name     =", "name ="), [""; 0]);
        assert_eq!(changed("b.pdf", "d.pdf"), [""; 0]);
    }

    #[test]
    fn every_recipe_of_the_catalogue_has_a_mark() {
        let catalogue = Catalogue::builtin();
        for service in &catalogue.services {
            let marks = catalogue.marks(service);
            for recipe in &service.recipes {
                assert!(marks.contains_key(&*recipe.id), "{}", recipe.id);
            }
            assert_eq!(marks.len(), service.recipes.len());
        }
    }
}
