//! Reads the wanted fields of one JSON element into slots, and passes over everything else.
//!
//! The keys that recipes ask for form a trie. Each node remembers the keys that it met as they are written, in order:
//! objects of one list have the same keys in the same order, so the next key is nearly always the expected one and costs
//! one comparison. Folding happens once per spelling.

use crate::cell::Cell;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::{borrow::Cow, fmt};
use thinline_catalogue::{Field, fold};

/// Spellings remembered per node; a hostile file must not fill the memory with keys.
const REMEMBERED: usize = 256;

/// The wanted keys of a list's elements.
#[derive(Debug)]
pub(crate) struct Trie {
    nodes: Vec<Node>,
    /// How long elements have been of late, with some room.
    usual: usize,
}

#[derive(Debug, Default)]
struct Node {
    slot: Option<usize>,
    list: Option<usize>,
    wanted: Vec<(String, usize)>,
    met: Vec<(Box<str>, Option<usize>)>,
    expected: usize,
}

impl Trie {
    /// Wants these fields, each for its slot.
    pub fn new<'f>(fields: impl Iterator<Item = (usize, &'f Field)>) -> Self {
        let mut nodes = vec![Node::default()];
        for (slot, field) in fields {
            let mut at = 0;
            for key in &field.path {
                at = match nodes[at].wanted.iter().find(|(known, _)| known == key) {
                    Some((_, next)) => *next,
                    None => {
                        nodes.push(Node::default());
                        let next = nodes.len() - 1;
                        nodes[at].wanted.push((key.clone(), next));
                        next
                    }
                };
            }
            if field.list {
                nodes[at].list = Some(slot);
            } else {
                nodes[at].slot = Some(slot);
            }
        }
        Self { nodes, usual: 0 }
    }

    /// Whether nothing is wanted.
    pub fn is_empty(&self) -> bool {
        self.nodes.len() == 1 && self.nodes[0].slot.is_none() && self.nodes[0].list.is_none()
    }

    /// Reads an element; `cells` must have a place per field.
    pub fn read<'de>(&mut self, element: &'de str, cells: &mut [Cell<'de>]) -> Result<(), serde_json::Error> {
        let mut json = serde_json::Deserializer::from_str(element);
        Seed { nodes: &mut self.nodes, at: 0, cells }.deserialize(&mut json)?;
        json.end()
    }

    /// Reads the object at the beginning of `bytes` and tells its length; none if it is not whole or not valid, and
    /// then `cells` may hold a part of it. Saves a pass over the bytes, since the parser finds the end by itself.
    pub fn read_first<'de>(&mut self, bytes: &'de [u8], cells: &mut [Cell<'de>]) -> Option<usize> {
        // Text that is known to be UTF-8 is parsed faster: one check of as much as the element is likely to take is
        // cheaper than a check of every string in it.
        let likely = valid_beginning(&bytes[..bytes.len().min(self.usual)]);
        let mut json = serde_json::Deserializer::from_str(likely);
        let length = match (Seed { nodes: &mut self.nodes, at: 0, cells }).deserialize(&mut json) {
            Ok(()) => json.into_iter::<IgnoredAny>().byte_offset(),
            Err(_) => {
                let mut json = serde_json::Deserializer::from_slice(bytes);
                Seed { nodes: &mut self.nodes, at: 0, cells }.deserialize(&mut json).ok()?;
                json.into_iter::<IgnoredAny>().byte_offset()
            }
        };
        self.usual = (length + length / 8 + 32).max(self.usual - self.usual / 16);
        Some(length)
    }
}

/// As much as is valid UTF-8.
fn valid_beginning(bytes: &[u8]) -> &str {
    match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default(),
    }
}

impl Node {
    /// The wanted node under a key as it is written.
    fn next(&mut self, key: &str) -> Option<usize> {
        if let Some((met, next)) = self.met.get(self.expected)
            && &**met == key
        {
            self.expected += 1;
            return *next;
        }
        if let Some(at) = self.met.iter().position(|(met, _)| &**met == key) {
            self.expected = at + 1;
            return self.met[at].1;
        }
        let folded = fold(key);
        let next = self.wanted.iter().find(|(wanted, _)| *wanted == folded).map(|(_, next)| *next);
        if self.met.len() < REMEMBERED {
            self.met.push((key.into(), next));
            self.expected = self.met.len();
        }
        next
    }
}

/// One value under a node.
struct Seed<'s, 'de> {
    nodes: &'s mut [Node],
    at: usize,
    cells: &'s mut [Cell<'de>],
}

impl<'de> Seed<'_, 'de> {
    fn put(self, cell: Cell<'de>) {
        if let Some(slot) = self.nodes[self.at].slot {
            self.cells[slot] = cell;
        }
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        self.nodes[self.at].expected = 0;
        while let Some(next) = map.next_key_seed(KeySeed(&mut self.nodes[self.at]))? {
            match next {
                Some(at) => map.next_value_seed(Seed { nodes: self.nodes, at, cells: self.cells })?,
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let Some(slot) = self.nodes[self.at].list else {
            while list.next_element::<IgnoredAny>()?.is_some() {}
            return Ok(());
        };
        let mut joined = String::new();
        let mut nodes = [Node { slot: Some(0), ..Node::default() }];
        let mut cell = [Cell::Missing];
        while list.next_element_seed(Seed { nodes: &mut nodes, at: 0, cells: &mut cell })?.is_some() {
            let text = cell[0].text();
            if !joined.is_empty() && !text.is_empty() {
                joined.push_str("; ");
            }
            joined.push_str(&text);
            cell = [Cell::Missing];
        }
        self.cells[slot] = Cell::Text(Cow::Owned(joined));
        Ok(())
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<(), E> {
        self.put(Cell::Text(Cow::Borrowed(text)));
        Ok(())
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.put(Cell::Text(Cow::Owned(text.to_owned())));
        Ok(())
    }

    fn visit_i64<E>(self, number: i64) -> Result<(), E> {
        self.put(Cell::Whole(number));
        Ok(())
    }

    fn visit_u64<E>(self, number: u64) -> Result<(), E> {
        let text = || Cell::Text(Cow::Owned(number.to_string()));
        self.put(i64::try_from(number).map_or_else(|_| text(), Cell::Whole));
        Ok(())
    }

    fn visit_f64<E>(self, number: f64) -> Result<(), E> {
        self.put(Cell::Number(number));
        Ok(())
    }

    fn visit_bool<E>(self, truth: bool) -> Result<(), E> {
        self.put(Cell::Truth(truth));
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.put(Cell::Missing);
        Ok(())
    }
}

/// A key of an object: answers which wanted node it leads to.
struct KeySeed<'s>(&'s mut Node);

impl<'de> DeserializeSeed<'de> for KeySeed<'_> {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for KeySeed<'_> {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: serde::de::Error>(self, key: &str) -> Result<Self::Value, E> {
        if key.len() > 4_096 {
            return Err(E::custom("a key is too long"));
        }
        Ok(self.0.next(key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use thinline_catalogue::{FieldFrom, fold};

    fn field(name: &str) -> Field {
        let (path, list) = name.strip_suffix("[]").map_or((name, false), |path| (path, true));
        let path = if name == Field::VALUE { Vec::new() } else { path.split('.').map(fold).collect() };
        Field { name: name.to_owned(), from: FieldFrom::Row, path, list, through: Vec::new() }
    }

    fn read(names: &[&str], element: &str) -> Option<Vec<String>> {
        let fields: Vec<_> = names.iter().map(|name| field(name)).collect();
        let mut trie = Trie::new(fields.iter().enumerate());
        // Twice, so that remembered keys are used too.
        let mut last = None;
        for _ in 0..2 {
            let mut cells = vec![Cell::Missing; fields.len()];
            trie.read(element, &mut cells).ok()?;
            last = Some(cells.iter().map(|cell| cell.text().into_owned()).collect());
        }
        last
    }

    #[test]
    fn wanted_fields_are_found_by_folded_path() {
        let element = r#"{"Track_Name":"a\u00e4","x":[{"trackName":"no"}],"album":{"name":"b","id":7},"n":-3,
            "big":18446744073709551615,"half":0.5,"yes":true,"none":null}"#;
        let names = ["track name", "album.NAME", "n", "big", "half", "yes", "none", "absent"];
        let found = read(&names, element).expect("reads");
        assert_eq!(found, ["aä", "b", "-3", "18446744073709551615", "0.5", "true", "", ""]);
    }

    #[test]
    fn a_plain_value_is_the_element_itself() {
        assert_eq!(read(&["@value"], "\"label\""), Some(vec!["label".to_owned()]));
        assert_eq!(read(&["@value"], "{\"a\":1}"), Some(vec![String::new()]));
        assert_eq!(read(&["a"], "\"label\""), Some(vec![String::new()]));
    }

    #[test]
    fn the_plain_values_of_a_list_are_joined() {
        let element = r#"{"uris":["a",null,{"x":["no"]},7,["no"]],"deep":{"l":[]}}"#;
        let found = read(&["uris[]", "uris", "deep.l[]"], element);
        assert_eq!(found, Some(vec!["a; 7".to_owned(), String::new(), String::new()]));
    }

    #[test]
    fn what_is_no_json_is_refused() {
        for element in ["{", "{\"a\":}", "{\"a\":1}x", "{'a':1}", "", "{\"a\":1,}"] {
            assert_eq!(read(&["a"], element), None, "{element}");
        }
        assert_eq!(read(&["a"], &"[".repeat(10_000)), None, "nested too deeply");
    }

    #[test]
    fn elements_of_changing_length_are_read_one_after_the_other() {
        let fields = [field("a")];
        let mut trie = Trie::new(fields.iter().enumerate());
        let texts: Vec<String> = (0..60).map(|n| "ä港x".repeat(n * 37 % 23 * 9)).collect();
        let all: String = texts.iter().map(|text| format!("{{\"b\":0,\"a\":\"{text}\"}}")).collect();
        // What follows an element may be no text at all.
        let all = [all.as_bytes(), b"\xff\xfe"].concat();
        let mut rest = all.as_slice();
        for text in &texts {
            let mut cells = vec![Cell::Missing];
            let length = trie.read_first(rest, &mut cells).expect("reads");
            assert_eq!(cells[0].text(), *text);
            rest = &rest[length..];
        }
        assert_eq!(rest, b"\xff\xfe");
        assert_eq!(trie.read_first(b"{\"a\":\"\xff\"}", &mut [Cell::Missing]), None);
        assert_eq!(trie.read_first(b"{\"a\":\"cut", &mut [Cell::Missing]), None);
    }

    #[test]
    fn changing_key_orders_are_followed() {
        let fields = [field("a"), field("b")];
        let mut trie = Trie::new(fields.iter().enumerate());
        for element in
            [r#"{"a":1,"z":0,"b":2}"#, r#"{"b":2,"a":1}"#, r#"{"B":2,"y":{},"A":1}"#, r#"{"a":1,"b":2}"#]
        {
            let mut cells = vec![Cell::Missing; 2];
            trie.read(element, &mut cells).expect("reads");
            assert_eq!(cells, [Cell::Whole(1), Cell::Whole(2)], "{element}");
        }
    }
}
