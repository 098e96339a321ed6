//! Small shapes that both kinds of catalogue text share: words of closed lists, one-or-several, facts' dates.
//!
//! Mistakes are reported through serde, so that they carry the place of the value.

use crate::CatalogueError;
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, Error as _, MapAccess, SeqAccess, Visitor, value::MapAccessDeserializer},
};
use std::{fmt, marker::PhantomData, ops::Range};
use thinline_model::{Availability, Category, Kind, Origin, Party, Purpose};
use toml::Spanned;

/// Where a text comes from; makes errors with its line.
#[derive(Clone, Copy)]
pub(crate) struct Source<'a> {
    pub file: &'a str,
    pub text: &'a str,
}

impl Source<'_> {
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T, CatalogueError> {
        toml::from_str(self.text).map_err(|error| CatalogueError::from((self.file, self.text, error)))
    }

    pub fn error(&self, span: Range<usize>, problem: impl Into<String>) -> CatalogueError {
        CatalogueError::at(self.file, self.text, span.start, problem)
    }

    /// Requires that a value keeps a rule.
    pub fn check(
        &self,
        fits: bool,
        span: Range<usize>,
        problem: impl Into<String>,
    ) -> Result<(), CatalogueError> {
        if fits { Ok(()) } else { Err(self.error(span, problem)) }
    }

    /// Applies a rule that makes something of a text.
    pub fn make<T>(
        &self,
        value: &Spanned<String>,
        rule: fn(&str) -> Result<T, String>,
    ) -> Result<T, CatalogueError> {
        rule(value.get_ref()).map_err(|problem| self.error(value.span(), problem))
    }

    /// The same for a list.
    pub fn make_all<T>(
        &self,
        values: &[Spanned<String>],
        rule: fn(&str) -> Result<T, String>,
    ) -> Result<Vec<T>, CatalogueError> {
        values.iter().map(|value| self.make(value, rule)).collect()
    }
}

/// A type whose values have stable ids.
pub(crate) trait FromWord: Sized {
    fn from_word(word: &str) -> Option<Self>;
}

macro_rules! words {
    ($($ty:ty),+) => { $(impl FromWord for $ty {
        fn from_word(word: &str) -> Option<Self> { Self::parse(word).ok() }
    })+ };
}
words!(Availability, Category, Kind, Origin, Party, Purpose);

/// A word of a closed list.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Word<T>(pub T);

impl<'de, T: FromWord> Deserialize<'de> for Word<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = String::deserialize(deserializer)?;
        T::from_word(&word).map(Word).ok_or_else(|| D::Error::custom(format!("unknown word `{word}`")))
    }
}

/// One value, or a list of them.
#[derive(Debug, Clone)]
pub(crate) struct Several<T>(pub Vec<T>);

impl<T> Default for Several<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de> Deserialize<'de> for Several<String> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextOrList)
    }
}

struct TextOrList;

impl<'de> Visitor<'de> for TextOrList {
    type Value = Several<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text or a list of texts")
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Several(vec![text.to_owned()]))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut texts = Vec::new();
        while let Some(text) = list.next_element()? {
            texts.push(text);
        }
        Ok(Several(texts))
    }
}

/// One table, or a list of tables. Keeps the message on unknown keys, which an untagged enum would lose.
pub(crate) fn tables<'de, D: Deserializer<'de>, T: Deserialize<'de>>(d: D) -> Result<Vec<T>, D::Error> {
    struct TableOrList<T>(PhantomData<T>);
    impl<'de, T: Deserialize<'de>> Visitor<'de> for TableOrList<T> {
        type Value = Vec<T>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a table or a list of tables")
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
            Ok(vec![T::deserialize(MapAccessDeserializer::new(map))?])
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
            let mut tables = Vec::new();
            while let Some(table) = list.next_element()? {
                tables.push(table);
            }
            Ok(tables)
        }
    }
    d.deserialize_any(TableOrList(PhantomData))
}

/// `YYYY-MM` or `YYYY-MM-DD`.
pub(crate) fn date(text: &str) -> Result<String, String> {
    let mut parts = text.split('-');
    let number = |part: Option<&str>, digits: usize, range: std::ops::RangeInclusive<u16>| {
        part.filter(|p| p.len() == digits)
            .and_then(|p| p.parse().ok())
            .is_some_and(|n: u16| range.contains(&n))
    };
    let fits = number(parts.next(), 4, 2000..=2999)
        && number(parts.next(), 2, 1..=12)
        && parts.next().is_none_or(|day| number(Some(day), 2, 1..=31))
        && parts.next().is_none();
    if fits { Ok(text.to_owned()) } else { Err(format!("`{text}` is no date like 2026-11 or 2026-11-24")) }
}

/// Lower-case letters, digits and hyphens.
pub(crate) fn slug(text: &str) -> Result<String, String> {
    let fits =
        !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if fits {
        Ok(text.to_owned())
    } else {
        Err(format!("`{text}` is no id of lower-case letters, digits and hyphens"))
    }
}

/// Anything that shows.
pub(crate) fn filled(text: &str) -> Result<String, String> {
    if text.trim().is_empty() { Err("an empty text".to_owned()) } else { Ok(text.to_owned()) }
}
