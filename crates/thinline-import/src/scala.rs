//! Reads what Scala prints for a list of maps: `List(Map(city -> Sample Town, street -> ..), Map(..))`.
//!
//! Nothing in this writing is quoted, so a comma belongs to a value unless a key and an arrow follow it. Such files are
//! small; one that is longer than a row may be is refused.

use crate::{
    Note,
    cell::Cell,
    input::Input,
    read::{End, Rows, Table},
};
use std::borrow::Cow;
use thinline_catalogue::{FieldFrom, fold};

/// Reads the file; each map is a row.
pub(crate) fn read(input: &mut Input<'_>, table: &mut Table<'_, '_>, rows: &mut Rows<'_>) -> Result<(), End> {
    while input.window().len() <= rows.limit() && input.more() {}
    if input.window().len() > rows.limit() {
        return Err(End::Format);
    }
    let text = std::str::from_utf8(input.window()).map_err(|_| End::Format)?;
    for map in maps(text.trim()).ok_or(End::Format)? {
        let maker = &mut *table.maker;
        let (map, dropped) = maker.scrub().map(map);
        let map = map.as_ref();
        rows.note(Note::Dropped, dropped);
        let mut cells = vec![Cell::Missing; maker.slots().len()];
        let pairs = pairs(map);
        for (slot, field) in maker.slots().from(FieldFrom::Row) {
            let found = pairs.iter().find(|(key, _)| field.path.first() == Some(key));
            if let Some((_, value)) = found {
                cells[slot] = Cell::Text(Cow::Borrowed(value.as_str()));
            }
        }
        if let Some(slot) = maker.slots().only(FieldFrom::File) {
            cells[slot] = Cell::Text(Cow::Borrowed(table.file));
        }
        maker.finish(&mut cells);
        let outcome = rows.make(|records, part| maker.make(&cells, records, part));
        rows.hand_over(outcome, map.as_bytes())?;
    }
    Ok(())
}

/// The insides of the maps of a list, or of the one map.
fn maps(text: &str) -> Option<Vec<&str>> {
    let inside = match text.strip_prefix("List(") {
        Some(rest) => rest.strip_suffix(')')?.trim(),
        None => text,
    };
    if inside.is_empty() {
        return (text != inside).then(Vec::new);
    }
    let inside = inside.strip_prefix("Map(")?.strip_suffix(')')?;
    Some(inside.split("), Map(").collect())
}

/// Keys and values; `None` is no value, `Some(x)` is x.
fn pairs(map: &str) -> Vec<(String, String)> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    for piece in map.split(',') {
        match (piece.split_once(" -> "), pairs.last_mut()) {
            (Some((key, value)), _) => pairs.push((fold(key), value.to_owned())),
            (None, Some((_, value))) => {
                value.push(',');
                value.push_str(piece);
            }
            (None, None) => {}
        }
    }
    for (_, value) in &mut pairs {
        let plain = value.trim();
        let plain = plain.strip_prefix("Some(").and_then(|rest| rest.strip_suffix(')')).unwrap_or(plain);
        *value = if plain == "None" { String::new() } else { plain.to_owned() };
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_of_a_list_are_told_apart() {
        assert_eq!(maps("List(Map(a -> 1), Map(b -> 2))"), Some(vec!["a -> 1", "b -> 2"]));
        assert_eq!(maps("Map(a -> 1 (left))"), Some(vec!["a -> 1 (left)"]));
        assert_eq!(maps("List()"), Some(Vec::new()));
        for wrong in ["", "{}", "List(Map(a -> 1)", "List(1, 2)", "[1]"] {
            assert_eq!(maps(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn commas_belong_to_values() {
        let found =
            pairs("street -> Example Street 1, Flat 2, postal_code_short -> Some(00000), state -> None");
        let wanted = [("street", "Example Street 1, Flat 2"), ("postalcodeshort", "00000"), ("state", "")];
        assert_eq!(found, wanted.map(|(key, value)| (key.to_owned(), value.to_owned())));
    }
}
