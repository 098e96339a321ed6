//! Where the rows of a JSON file are: a path from the file's value down, in the words of a recipe's `rows`.
//!
//! At most two steps go through many values: then a row is an inner element, and `^field` is a field of the outer one.

use crate::fold::fold;

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RowStep {
    /// Into the value under one of these folded keys.
    Key(Vec<String>),
    /// Into each element of a list.
    Each,
    /// Into each value of an object; its key is `@key`.
    Values,
}

/// Where the rows of a JSON file are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RowPath {
    /// From the top; none: the file's value is the one row.
    pub steps: Vec<RowStep>,
    /// As written, for reports: `[]`, `inferences[]`, `playlists[].items[]`; `lines` for CSV.
    pub written: String,
}

impl RowPath {
    /// Reads `.`, `[]`, `{}`, `key[]`, `key{}`, `(one|other)[]`, `key.key` and, once more behind the first, `.key[]`.
    pub(crate) fn new(written: &str) -> Result<Self, String> {
        let wrong = || format!("`{written}` is no path like `.`, `[]`, `key[]`, `{{}}` or `key[].key[]`");
        let mut steps = Vec::new();
        let parts = if written == "." { Vec::new() } else { written.split('.').collect() };
        for (place, part) in parts.into_iter().enumerate() {
            let (names, many) = match (part.strip_suffix("[]"), part.strip_suffix("{}")) {
                (Some(names), _) => (names, Some(RowStep::Each)),
                (None, Some(names)) => (names, Some(RowStep::Values)),
                (None, None) => (part, None),
            };
            // `[]` and `{}` alone stand only for the file's own value.
            if !names.is_empty() {
                steps.push(RowStep::Key(keys(names).ok_or_else(wrong)?));
            } else if place > 0 || many.is_none() {
                return Err(wrong());
            }
            steps.extend(many);
        }
        let path = Self { steps, written: written.to_owned() };
        if path.levels() <= 2 { Ok(path) } else { Err(wrong()) }
    }

    /// The name of the list in which rows stand, as the recipe writes it.
    pub fn list_name(&self) -> &str {
        let last = self.written.rsplit('.').next().unwrap_or_default();
        last.trim_end_matches("[]").trim_end_matches("{}")
    }

    /// How many steps go through many values.
    pub fn levels(&self) -> usize {
        self.steps.iter().filter(|step| !matches!(step, RowStep::Key(_))).count()
    }

    /// Whether some step goes through the values of an object.
    pub(crate) fn has_values(&self) -> bool {
        self.steps.contains(&RowStep::Values)
    }

    /// Whether each row is a value of an object, so that it has a key.
    pub(crate) fn ends_with_values(&self) -> bool {
        self.steps.last() == Some(&RowStep::Values)
    }

    /// Whether two paths can lead to one row.
    pub fn meets(&self, other: &Self) -> bool {
        self.steps.len() == other.steps.len()
            && self.steps.iter().zip(&other.steps).all(|pair| match pair {
                (RowStep::Key(one), RowStep::Key(other)) => one.iter().any(|key| other.contains(key)),
                (RowStep::Each, RowStep::Each)
                | (RowStep::Values | RowStep::Key(_), RowStep::Values | RowStep::Key(_)) => true,
                (RowStep::Each, _) | (_, RowStep::Each) => false,
            })
    }
}

/// A name, or `(one|other)`.
fn keys(names: &str) -> Option<Vec<String>> {
    let names = match (names.strip_prefix('('), names.strip_suffix(')')) {
        (Some(_), Some(_)) => &names[1..names.len() - 1],
        (None, None) => names,
        _ => return None,
    };
    let keys: Vec<String> = names.split('|').map(fold).collect();
    let plain = !names.contains(['*', '(', ')', '[', ']', '{', '}', '^', '@']);
    (plain && keys.iter().all(|key| !key.is_empty())).then_some(keys)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(written: &str) -> RowPath {
        RowPath::new(written).expect("is a path")
    }

    #[test]
    fn paths_read_and_others_do_not() {
        assert_eq!(path(".").steps, []);
        assert_eq!(path("[]").steps, [RowStep::Each]);
        let key = |name: &str| RowStep::Key(vec![name.to_owned()]);
        assert_eq!(
            path("play_lists[].items[]").steps,
            [key("playlists"), RowStep::Each, key("items"), RowStep::Each]
        );
        assert_eq!(path("{}.Response[]").steps, [RowStep::Values, key("response"), RowStep::Each]);
        assert_eq!(path("(a|B).c{}").steps[0], RowStep::Key(vec!["a".to_owned(), "b".to_owned()]));
        assert_eq!(path("a.b").steps, [key("a"), key("b")]);
        for wrong in
            ["", "..", "a..b", "a[]b", "*[]", "(a|b", "a|b)", "(a|)[]", "a.[]", "[][]", "a[].b[].c[]", "^a"]
        {
            assert!(RowPath::new(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn paths_meet_where_they_can_lead_to_one_row() {
        for (one, other, meets) in [
            ("[]", "[]", true),
            ("[]", "{}", false),
            ("a[]", "(b|a)[]", true),
            ("a[]", "b[]", false),
            ("{}", "a", true),
            ("a[]", "a[].b[]", false),
        ] {
            assert_eq!(path(one).meets(&path(other)), meets, "{one} {other}");
        }
    }
}
