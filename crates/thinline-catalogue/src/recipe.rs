//! How one kind of file becomes records, as typed values. The texts' form lies in `recipe_toml`.
//!
//! A recipe has no conditions beyond first-match tables, no arithmetic and no joins: what data cannot say is a reader.

use crate::pattern::{ColumnPattern, FilePattern};
use std::sync::Arc;
use thinline_model::{Category, Kind, Origin, Party, Purpose, Sensitivity, Wish};

/// The reasons for which a known file is not read; each has a text in the UI.
pub const UNUSED_REASONS: &[&str] = &["explains-archive", "not-read-yet", "form-unknown", "nested-archive"];

/// One recipe.
#[derive(Debug, Clone)]
pub struct Recipe {
    /// `service/name`; stored with each record, never renamed.
    pub id: Arc<str>,
    /// Shown to people.
    pub name: String,
    /// How well the form of the file is known.
    pub grade: Grade,
    /// `YYYY-MM`.
    pub checked: String,
    /// Which files.
    pub files: Vec<FilePattern>,
    /// What the content must show before the file counts as this service's.
    pub sniff: Option<Sniff>,
    /// Which reader.
    pub reader: Reader,
    /// Where the rows are (JSON only; a CSV file has its lines).
    pub rows: RowPath,
    /// Rows that fail one of these are skipped.
    pub filters: Vec<Filter>,
    /// What the records are, before `classify`.
    pub kind: Kind,
    /// Where they come from.
    pub origin: Origin,
    /// Kind of data.
    pub category: Category,
    /// Who made them.
    pub party: Party,
    /// Makes one record per column instead of one per row.
    pub unpivot: Option<Unpivot>,
    /// When it happened.
    pub at: At,
    /// Fields, first present wins.
    pub title: Vec<Field>,
    /// Fields, first present wins.
    pub by: Vec<Field>,
    /// Fields, first present wins.
    pub counterparty: Vec<Field>,
    /// Fields, first present wins.
    pub person: Vec<Field>,
    /// Fields, first present wins.
    pub url: Vec<Field>,
    /// Kept and shown.
    pub detail: Vec<Field>,
    /// Kept, masked, never searched.
    pub private: Vec<Field>,
    /// First-match table.
    pub classify: Vec<ClassifyRule>,
    /// What the values of settings mean.
    pub states: Vec<StateRule>,
    /// The natural key beside service, account, person, kind, category and second.
    pub key: Vec<Key>,
    /// Purposes that its records can prove or contradict.
    pub evidence: Vec<Purpose>,
    /// Values that mean "nothing here", lower case.
    pub defaults: Arc<Defaults>,
}

impl Recipe {
    /// What a setting's value says, and about which purpose.
    pub fn state_of(&self, column: &str, value: &str) -> Option<(&StateRule, Wish)> {
        let rule = self
            .states
            .iter()
            .find(|rule| rule.columns.is_empty() || rule.columns.iter().any(|c| c.matches(column)))?;
        rule.words.read(value).map(|wish| (rule, wish))
    }
}

/// `[defaults]` of a recipe file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Defaults {
    /// Values that mean "nothing here", lower case and trimmed.
    pub null: Vec<String>,
}

/// How well the form of a file is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Grade {
    /// Seen in a real export.
    Seen,
    /// Seen in the code of a parser.
    Parser,
    /// Seen in an invented example of others.
    Fixture,
    /// Described by documentation.
    Documented,
    /// Not confirmed.
    Unverified,
}

/// Which reader reads the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reader {
    /// Arrays of objects or values.
    Json,
    /// Comma-separated lines with a header.
    Csv,
}

/// What the beginning of a file must show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sniff {
    /// All of these keys, folded, among the first JSON keys.
    Keys(Vec<String>),
    /// All of these columns, folded, in the header.
    Header(Vec<String>),
}

/// Where the rows of a JSON file are: keys from the top, then the array.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RowPath {
    /// Folded keys that lead to the array; none if the file is an array.
    pub keys: Vec<String>,
    /// As written, for reports: `[]` or `inferences[]`.
    pub written: String,
}

/// A field of a row.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Field {
    /// As written in the recipe, which is as the service writes it.
    pub name: String,
    /// Folded keys from the row down; one for CSV. Empty: the element itself (`@value` of a plain JSON list).
    pub path: Vec<String>,
}

impl Field {
    /// Names the element itself, or the value of an unpivoted column.
    pub const VALUE: &str = "@value";
    /// Names the header of an unpivoted column.
    pub const COLUMN: &str = "@column";

    /// Whether it is the element or cell itself.
    pub fn is_value(&self) -> bool {
        self.name == Self::VALUE
    }

    /// Whether it is the header of an unpivoted column.
    pub fn is_column(&self) -> bool {
        self.name == Self::COLUMN
    }
}

/// Keeps only rows whose field has one of these values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// Which field.
    pub field: Field,
    /// Allowed values, exactly; `""` stands for "missing" too.
    pub allowed: Vec<String>,
}

/// Columns that become one record each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unpivot {
    /// Which columns.
    pub columns: Vec<ColumnPattern>,
    /// Splits a cell into several values.
    pub split: Option<String>,
}

/// How a time is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// ISO 8601 and its usual variants; the value's own length says how precise.
    Iso,
}

/// When a record happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum At {
    /// No time: true as of the export.
    AsOf,
    /// A field says it.
    Field {
        /// First present wins.
        fields: Vec<Field>,
        /// How it is written.
        form: Form,
        /// A field in milliseconds that is taken off (the file notes the end); missing counts as 0.
        minus: Option<Field>,
    },
}

/// What a value must show, without regard to case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// Begins with one of these.
    Prefix(Vec<String>),
    /// Contains one of these.
    Contains(Vec<String>),
    /// Ends with one of these.
    Suffix(Vec<String>),
    /// Is one of these.
    Equals(Vec<String>),
    /// Is there at all.
    Present,
}

/// One line of a first-match table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassifyRule {
    /// Which field is looked at.
    pub field: Key,
    /// What it must show.
    pub test: Test,
    /// Replaces the recipe's kind.
    pub kind: Option<Kind>,
    /// Replaces the recipe's origin.
    pub origin: Option<Origin>,
    /// Replaces the recipe's category.
    pub category: Option<Category>,
    /// Replaces the recipe's party.
    pub party: Option<Party>,
    /// Raises the sensitivity.
    pub sensitivity: Option<Sensitivity>,
    /// Whether later lines are tried too.
    pub go_on: bool,
}

/// What the values of a setting mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StateRule {
    /// Columns for which it holds; empty for all.
    pub columns: Vec<ColumnPattern>,
    /// The purpose that the setting is about.
    pub purpose: Purpose,
    /// `account` or `person`.
    pub scope: String,
    /// What the values mean.
    pub words: StateWords,
}

/// Values for on and off, folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StateWords {
    /// Leave on.
    pub on: Vec<String>,
    /// Off.
    pub off: Vec<String>,
}

impl StateWords {
    /// Reads a value; none if it is neither.
    pub fn read(&self, value: &str) -> Option<Wish> {
        let value = crate::fold(value);
        if self.on.contains(&value) {
            Some(Wish::On)
        } else if self.off.contains(&value) {
            Some(Wish::Off)
        } else {
            None
        }
    }
}

/// A part of a record, or a field of the row.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Key {
    /// The record's title.
    Title,
    /// Who made it.
    By,
    /// The other party.
    Counterparty,
    /// The address.
    Url,
    /// A field of the row.
    Field(Field),
}

/// Files that are recognized but not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unused {
    /// Which files.
    pub files: Vec<FilePattern>,
    /// One of [`UNUSED_REASONS`].
    pub why: String,
}
