//! Original rows without what must never be stored: members of JSON objects go, cells of a line are blanked.
//!
//! What cannot be taken apart is not kept at all: a secret must not stay because its row is broken.

use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::{borrow::Cow, fmt};
use thinline_catalogue::{Field, fold};

/// A JSON object without the members at these paths; everything else stays as it is written.
pub(crate) fn without_members(row: &[u8], drop: &[Field]) -> Vec<u8> {
    let paths: Vec<&[String]> = drop.iter().map(|field| field.path.as_slice()).collect();
    let Ok(text) = std::str::from_utf8(row) else { return Vec::new() };
    let mut kept = String::with_capacity(text.len());
    let whole = without(text, &paths, &mut kept).is_ok();
    if whole { kept.into_bytes() } else { Vec::new() }
}

fn without(text: &str, paths: &[&[String]], kept: &mut String) -> Result<(), serde_json::Error> {
    if !text.trim_start().starts_with('{') {
        kept.push_str(text);
        return Ok(());
    }
    let mut json = serde_json::Deserializer::from_str(text);
    let members = (&mut json).deserialize_map(Members)?;
    json.end()?;
    kept.push('{');
    let mut first = true;
    for (name, value) in members {
        let key = fold(&name);
        let below: Vec<&[String]> =
            paths.iter().filter(|path| path.first() == Some(&key)).map(|path| &path[1..]).collect();
        if below.iter().any(|path| path.is_empty()) {
            continue;
        }
        if !std::mem::take(&mut first) {
            kept.push(',');
        }
        kept.push_str(&serde_json::to_string(&name)?);
        kept.push(':');
        without(value.get(), &below, kept)?;
    }
    kept.push('}');
    Ok(())
}

/// The members of an object, as written and in order.
struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Vec<(Cow<'de, str>, &'de RawValue)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some((name, value)) = map.next_entry::<String, &RawValue>()? {
            members.push((Cow::Owned(name), value));
        }
        Ok(members)
    }
}

/// A line whose cells at these places are blank.
pub(crate) fn without_cells<'t>(cells: impl Iterator<Item = &'t str>, drop: &[usize]) -> Vec<u8> {
    let mut line = String::new();
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            line.push(',');
        }
        if drop.contains(&at) {
            continue;
        }
        if cell.contains(['"', ',', '\n', '\r']) {
            line.push('"');
            line.push_str(&cell.replace('"', "\"\""));
            line.push('"');
        } else {
            line.push_str(cell);
        }
    }
    line.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use thinline_catalogue::FieldFrom;

    fn fields(names: &[&str]) -> Vec<Field> {
        let field = |name: &&str| Field {
            name: (*name).to_owned(),
            from: FieldFrom::Row,
            path: name.split('.').map(fold).collect(),
            list: false,
            through: Vec::new(),
        };
        names.iter().map(field).collect()
    }

    fn members(row: &str, drop: &[&str]) -> String {
        String::from_utf8(without_members(row.as_bytes(), &fields(drop))).expect("is text")
    }

    #[test]
    fn dropped_members_are_gone_and_the_rest_stays_as_written() {
        let row = r#"{"a": 1.50, "Se_cret":"x", "deep":{"token":"y","k":[1, {"secret":2}]}, "b\u0041":null}"#;
        assert_eq!(
            members(row, &["secret", "deep.token"]),
            r#"{"a":1.50,"deep":{"k":[1, {"secret":2}]},"bA":null}"#
        );
        assert_eq!(members(row, &["a", "secret", "deep", "ba"]), "{}");
        assert_eq!(members(r#"{"a":1,"secret":2"#, &["secret"]), "", "what is broken is not kept");
    }

    #[test]
    fn dropped_cells_are_blank() {
        let line = without_cells(["a", "secret", "b,\"c\"", ""].into_iter(), &[1]);
        assert_eq!(String::from_utf8(line).expect("is text"), "a,,\"b,\"\"c\"\"\",");
    }
}
