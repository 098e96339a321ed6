//! Reads the names of fields: plain paths, `^outer`, `@words`, lists, and fields that are made from others (`through`).

use crate::{
    fold::fold,
    recipe::{Field, FieldFrom, Key, Reader},
    recipe_form::RawThrough,
    rows::RowPath,
    toml_words::Word,
};
use std::collections::BTreeMap;

/// What names of fields can mean in a recipe.
pub(crate) struct Fields<'a> {
    pub reader: Reader,
    pub unpivots: bool,
    pub rows: &'a RowPath,
    pub through: &'a BTreeMap<String, RawThrough>,
    /// What may not be read, since it is never kept.
    pub drop: &'a [Field],
}

impl Fields<'_> {
    /// A field by its name.
    pub fn field(&self, name: &str) -> Result<Field, String> {
        let field = match self.through.get(name) {
            None => self.plain(name)?,
            Some(made) => {
                let mut field = self.plain(made.f.as_deref().unwrap_or(name))?;
                field.name = name.to_owned();
                field.through = made.by.iter().map(|Word(step)| *step).collect();
                field
            }
        };
        let dropped = |drop: &Field| field.from == FieldFrom::Row && field.path.starts_with(&drop.path);
        if self.drop.iter().any(dropped) || (field.from == FieldFrom::Json && !self.drop.is_empty()) {
            return Err(format!("`{name}` is dropped, so it cannot be read"));
        }
        Ok(field)
    }

    /// Several, in order.
    pub fn all(&self, names: &[String]) -> Result<Vec<Field>, String> {
        names.iter().map(|name| self.field(name)).collect()
    }

    /// A part of the record by its own name, else a field.
    pub fn part(&self, name: &str) -> Result<Key, String> {
        Ok(match name {
            "title" => Key::Title,
            "by" => Key::By,
            "counterparty" => Key::Counterparty,
            "url" => Key::Url,
            _ => Key::Field(self.field(name)?),
        })
    }

    fn plain(&self, name: &str) -> Result<Field, String> {
        let wrong = || format!("`{name}` is no field here");
        let json = self.reader == Reader::Json;
        let nested = json && self.rows.levels() == 2;
        let word = match name {
            Field::VALUE => (json || self.unpivots).then_some(FieldFrom::Row),
            "@column" => self.unpivots.then_some(FieldFrom::Column),
            "@key" => (json && self.rows.ends_with_values()).then_some(FieldFrom::Key),
            "^@key" => (nested && self.rows.has_values()).then_some(FieldFrom::OuterKey),
            "@file" => Some(FieldFrom::File),
            "@list" => json.then_some(FieldFrom::List),
            "@json" => json.then_some(FieldFrom::Json),
            _ => None,
        };
        let made = |from, path, list| Field { name: name.to_owned(), from, path, list, through: Vec::new() };
        if let Some(from) = word {
            return Ok(made(from, Vec::new(), false));
        }
        if name.contains(['@', '*', '|', '{']) {
            return Err(wrong());
        }
        if self.reader != Reader::Json {
            let path = vec![fold(name)];
            let known = !path[0].is_empty() && !name.contains(['^', '[']);
            return if known { Ok(made(FieldFrom::Row, path, false)) } else { Err(wrong()) };
        }
        let (from, rest) = match name.strip_prefix('^') {
            Some(rest) if nested => (FieldFrom::Outer, rest),
            Some(_) => return Err(wrong()),
            None => (FieldFrom::Row, name),
        };
        let (rest, list) = rest.strip_suffix("[]").map_or((rest, false), |rest| (rest, true));
        let path: Vec<String> = rest.split('.').map(fold).collect();
        let known = path.iter().all(|key| !key.is_empty()) && !rest.contains(['^', '[']);
        if known { Ok(made(from, path, list)) } else { Err(wrong()) }
    }
}
