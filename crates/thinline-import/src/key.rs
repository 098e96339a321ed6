//! The hash over a record's natural key: what makes two records the same record.
//!
//! The fields are normalized, so that two writings of one text (composed or not, with an HTML entity or a
//! no-break space) meet; each is preceded by its length, so that no two keys run into each other. Time, archive and row
//! are not part of it. Changing anything here changes every id in every store: raise `VERSION`, and re-date.

use std::borrow::Cow;
use thinline_model::ContentHash;
use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};
use xxhash_rust::xxh3::xxh3_128;

/// The first byte of every key.
const VERSION: u8 = 1;

/// Collects the fields of keys, one key after the other.
#[derive(Debug)]
pub(crate) struct KeyBuffer {
    bytes: Vec<u8>,
    head: usize,
}

impl KeyBuffer {
    /// Keys that all begin with these fields.
    pub fn new(head: &[&str]) -> Self {
        let mut key = Self { bytes: vec![VERSION], head: 0 };
        head.iter().for_each(|field| key.push(field));
        key.head = key.bytes.len();
        key
    }

    /// Back to the common fields.
    pub fn restart(&mut self) {
        self.bytes.truncate(self.head);
    }

    /// Adds a field.
    pub fn push(&mut self, field: &str) {
        let text = normalized(field);
        let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
        self.bytes.extend_from_slice(&length.to_le_bytes());
        self.bytes.extend_from_slice(text.as_bytes());
    }

    /// The hash of the fields so far.
    pub fn hash(&self) -> ContentHash {
        #[expect(clippy::cast_possible_truncation, reason = "the low 64 of 128 bits are kept")]
        let low = xxh3_128(&self.bytes) as u64;
        ContentHash(low)
    }
}

/// Entities decoded, no-break spaces as spaces, NFC.
fn normalized(text: &str) -> Cow<'_, str> {
    // One pass without a way out, so that it takes many bytes at once.
    let odd = text.bytes().fold(0, |odd, byte| odd | (byte & 0x80) | u8::from(byte == b'&'));
    if odd == 0 {
        return Cow::Borrowed(text);
    }
    let text = decoded(text);
    let plain_spaces = !text.contains(['\u{a0}', '\u{202f}']);
    if plain_spaces && is_nfc_quick(text.chars()) == IsNormalized::Yes {
        return text;
    }
    let spaced = text.chars().map(|c| if matches!(c, '\u{a0}' | '\u{202f}') { ' ' } else { c });
    Cow::Owned(spaced.nfc().collect())
}

/// Decodes the entities that exports use: five names, `nbsp`, and numbers.
fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let name = rest.bytes().take(12).position(|b| b == b';').map(|end| &rest[1..end]);
        match name.and_then(entity) {
            Some(c) => {
                out.push(c);
                rest = &rest[name.map_or(0, str::len) + 2..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => {
            let number = name.strip_prefix('#')?;
            let hex = number.strip_prefix(['x', 'X']);
            let code = hex.map_or_else(|| number.parse(), |hex| u32::from_str_radix(hex, 16)).ok()?;
            char::from_u32(code).filter(|c| *c != '\0')
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn hash(fields: &[&str]) -> ContentHash {
        let mut key = KeyBuffer::new(&["spotify", "default"]);
        fields.iter().for_each(|field| key.push(field));
        key.hash()
    }

    #[test]
    fn the_hash_of_a_key_stays_what_it_is() {
        assert_eq!(
            hash(&["", "collected", "listening", "Low Water"]),
            ContentHash(11_602_826_919_764_164_200)
        );
    }

    #[test]
    fn writings_of_one_text_meet() {
        for (one, other) in [
            ("Caf\u{e9}", "Cafe\u{301}"),
            ("Rock &amp; Roll", "Rock & Roll"),
            ("It&#39;s", "It's"),
            ("It&#x27;s", "It's"),
            ("10\u{a0}km", "10 km"),
            ("10&nbsp;km", "10\u{202f}km"),
        ] {
            assert_eq!(hash(&[one]), hash(&[other]), "{one:?} {other:?}");
        }
        for (one, other) in [("a&b;", "ab"), ("&;", ""), ("&#0;", ""), ("&bogus;", "bogus"), ("A", "a")] {
            assert_ne!(hash(&[one]), hash(&[other]), "{one:?} {other:?}");
        }
    }

    proptest! {
        /// Moving a border between two fields changes the key.
        #[test]
        fn fields_do_not_run_into_each_other(a in "[a-z]{0,8}", b in "[a-z]{1,8}", c in "[a-z]{0,8}") {
            let (ab, bc) = (format!("{a}{b}"), format!("{b}{c}"));
            prop_assert_ne!(hash(&[ab.as_str(), c.as_str()]), hash(&[a.as_str(), bc.as_str()]));
        }

        /// Composed or not, one text is one key; and a key buffer used again gives the same.
        #[test]
        fn normal_forms_meet(text: String) {
            let decomposed: String = text.nfd().collect();
            let composed: String = text.nfc().collect();
            prop_assert_eq!(hash(&[decomposed.as_str()]), hash(&[composed.as_str()]));
            let mut key = KeyBuffer::new(&["spotify", "default"]);
            key.push("something else");
            key.restart();
            key.push(&text);
            prop_assert_eq!(key.hash(), hash(&[text.as_str()]));
        }
    }
}
