//! The form of `recipes.toml`: which keys exist and what shape their values have. The rules lie in `recipe_toml`.
//!
//! Only the keys that recipes use today are known; any other key is an error, so that a recipe never half works.

use crate::{
    recipe::{Form, Grade, Keep, Reader, Transform},
    toml_words::{FromWord, Several, Word, tables},
};
use serde::{
    Deserialize, Deserializer,
    de::{Error as _, MapAccess, Visitor, value::MapAccessDeserializer},
};
use std::{collections::BTreeMap, fmt};
use thinline_model::{Category, Kind, Origin, Party, Purpose};
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawFile {
    pub defaults: RawDefaults,
    #[serde(default)]
    pub recipe: Vec<Spanned<RawRecipe>>,
    #[serde(default)]
    pub unused: Vec<RawUnused>,
    #[serde(default)]
    pub empty: Vec<RawEmpty>,
    #[serde(default)]
    pub account: Vec<RawAccount>,
    #[serde(default)]
    pub language: Vec<RawLanguage>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawDefaults {
    pub zone: Word<Zone>,
    pub null: Vec<String>,
}

/// The zone of times that name none: the service documents UTC. Other zones come with the files that need them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Zone;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawRecipe {
    pub name: Spanned<String>,
    pub grade: Word<Grade>,
    pub checked: Spanned<String>,
    pub also: Option<Spanned<String>>,
    #[serde(default)]
    pub files: Vec<Spanned<String>>,
    pub sniff: Option<Spanned<RawSniff>>,
    pub reader: Option<Word<Reader>>,
    pub rows: Option<Spanned<String>>,
    pub keep: Option<Word<Keep>>,
    #[serde(default)]
    pub drop: Vec<String>,
    #[serde(default)]
    pub through: BTreeMap<String, RawThrough>,
    #[serde(default, rename = "where")]
    pub filters: Vec<RawFilter>,
    pub kind: Word<Kind>,
    pub origin: Word<Origin>,
    pub category: Word<Category>,
    pub party: Word<Party>,
    pub unpivot: Option<Spanned<RawUnpivot>>,
    pub at: Option<RawAt>,
    #[serde(default)]
    pub title: Several<String>,
    #[serde(default)]
    pub by: Several<String>,
    #[serde(default)]
    pub counterparty: Several<String>,
    #[serde(default)]
    pub person: Several<String>,
    #[serde(default)]
    pub url: Several<String>,
    #[serde(default)]
    pub detail: Vec<String>,
    #[serde(default)]
    pub private: Vec<String>,
    #[serde(default)]
    pub classify: Vec<Spanned<RawClassify>>,
    #[serde(default, deserialize_with = "tables")]
    pub states: Vec<RawStates>,
    pub key: Option<Vec<String>>,
    pub fact: Option<RawFact>,
    #[serde(default)]
    pub evidence: Vec<Word<Purpose>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawSniff {
    pub keys: Option<Vec<String>>,
    pub header: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawFilter {
    pub f: String,
    #[serde(rename = "in")]
    pub allowed: Option<Vec<String>>,
    pub not: Option<Vec<String>>,
    pub present: Option<bool>,
}

/// A field that is made from another: `{ f = "field", by = ["transform"] }`; without `f`, from the one of the same name.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawThrough {
    pub f: Option<String>,
    pub by: Vec<Word<Transform>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawFact {
    pub name: Spanned<String>,
    pub on: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawUnpivot {
    pub columns: Vec<Spanned<String>>,
    pub split: Option<String>,
}

pub(crate) enum RawAt {
    AsOf,
    Field(RawAtField),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawAtField {
    pub f: Several<String>,
    pub form: Word<Form>,
    pub minus: Option<String>,
    pub unit: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RawClassify {
    pub f: String,
    pub prefix: Option<Several<String>>,
    pub contains: Option<Several<String>>,
    pub suffix: Option<Several<String>>,
    pub equals: Option<Several<String>>,
    pub present: Option<bool>,
    pub kind: Option<Word<Kind>>,
    pub origin: Option<Word<Origin>>,
    pub category: Option<Word<Category>>,
    pub party: Option<Word<Party>>,
    pub sensitivity: Option<Spanned<u8>>,
    #[serde(default)]
    pub go_on: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawStates {
    #[serde(default)]
    pub columns: Vec<Spanned<String>>,
    pub purpose: Word<Purpose>,
    pub on: Vec<String>,
    pub off: Vec<String>,
    pub scope: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawUnused {
    pub files: Vec<Spanned<String>>,
    pub why: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawEmpty {
    pub files: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawAccount {
    pub files: Vec<Spanned<String>>,
    pub reader: Word<Reader>,
    pub f: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawLanguage {
    pub files: Vec<Spanned<String>>,
    pub f: Option<Spanned<String>>,
    pub is: Option<Spanned<String>>,
}

impl FromWord for Zone {
    fn from_word(word: &str) -> Option<Self> {
        (word == "utc").then_some(Zone)
    }
}

impl FromWord for Form {
    fn from_word(word: &str) -> Option<Self> {
        match word {
            "iso" => Some(Form::Iso),
            "epoch" => Some(Form::Epoch),
            "date" => Some(Form::Date),
            _ => None,
        }
    }
}

impl FromWord for Reader {
    fn from_word(word: &str) -> Option<Self> {
        match word {
            "json" => Some(Reader::Json),
            "csv" => Some(Reader::Csv),
            "scala" => Some(Reader::Scala),
            _ => None,
        }
    }
}

impl FromWord for Keep {
    fn from_word(word: &str) -> Option<Self> {
        match word {
            "full" => Some(Keep::Full),
            "count" => Some(Keep::Count),
            _ => None,
        }
    }
}

impl FromWord for Transform {
    fn from_word(word: &str) -> Option<Self> {
        match word {
            "scala" => Some(Transform::Scala),
            "without-tags" => Some(Transform::WithoutTags),
            "tags" => Some(Transform::Tags),
            "event-counts" => Some(Transform::EventCounts),
            "audience" => Some(Transform::Audience),
            "audience-id" => Some(Transform::AudienceId),
            "without-user" => Some(Transform::WithoutUser),
            "user" => Some(Transform::User),
            _ => None,
        }
    }
}

impl FromWord for Grade {
    fn from_word(word: &str) -> Option<Self> {
        match word {
            "seen" => Some(Grade::Seen),
            "parser" => Some(Grade::Parser),
            "fixture" => Some(Grade::Fixture),
            "documented" => Some(Grade::Documented),
            "unverified" => Some(Grade::Unverified),
            _ => None,
        }
    }
}

impl<'de> Deserialize<'de> for RawAt {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AsOfOrTable;
        impl<'de> Visitor<'de> for AsOfOrTable {
            type Value = RawAt;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("\"as-of\" or a table")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<RawAt, E> {
                if text == "as-of" {
                    Ok(RawAt::AsOf)
                } else {
                    Err(E::custom(format!("unknown word `{text}`")))
                }
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<RawAt, A::Error> {
                RawAtField::deserialize(MapAccessDeserializer::new(map))
                    .map(RawAt::Field)
                    .map_err(A::Error::custom)
            }
        }
        deserializer.deserialize_any(AsOfOrTable)
    }
}
