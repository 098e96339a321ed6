//! How one kind of file becomes records, as typed values. The texts' form lies in `recipe_toml`.
//!
//! A recipe has no conditions beyond first-match tables, no arithmetic and no joins: what data cannot say is a reader.

use crate::pattern::{ColumnPattern, FilePattern};
use crate::rows::RowPath;
use std::sync::Arc;
use thinline_model::{Category, Kind, Origin, Party, Purpose, Sensitivity, Wish};

/// The reasons for which a known file is not read; each has a text in the UI.
pub const UNUSED_REASONS: &[&str] = &["explains-archive", "not-read-yet", "form-unknown", "technical-log"];

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
    /// The id of the recipe whose rows it reads too: its records come beside that one's.
    pub also: Option<Arc<str>>,
    /// How much of the rows is kept.
    pub keep: Keep,
    /// Fields that are never stored, not in original rows either.
    pub drop: Vec<Field>,
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
    /// By what another source's telling of the same fact is recognized.
    pub fact: Option<FactRule>,
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
    /// `List(Map(key -> value, ..), ..)` as Scala prints it; each map is a row.
    Scala,
}

/// What the beginning of a file must show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sniff {
    /// All of these keys, folded, among the first JSON keys.
    Keys(Vec<String>),
    /// All of these columns, folded, in the header.
    Header(Vec<String>),
}

/// How much of a row is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Keep {
    /// Everything that the recipe names, and the original row.
    Full,
    /// Nothing: rows are only counted.
    Count,
}

/// How a recipe's records meet those of another source that tells the same facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactRule {
    /// What kind of fact; both recipes say the same.
    pub name: Arc<str>,
    /// What both sources know of it, beside its time.
    pub on: Vec<Key>,
}

/// A field of a row.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Field {
    /// As written in the recipe, which is as the service writes it.
    pub name: String,
    /// Where it comes from.
    pub from: FieldFrom,
    /// Folded keys down from there; one for CSV. Empty: the value itself.
    pub path: Vec<String>,
    /// Whether it is a list, whose plain values are joined.
    pub list: bool,
    /// What is done with the text, in order.
    pub through: Vec<Transform>,
}

/// Where a field comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FieldFrom {
    /// The row, or the cell of an unpivoted column (`@value`).
    Row,
    /// The element around the row (`^name`).
    Outer,
    /// The header of an unpivoted column (`@column`).
    Column,
    /// The key under which the row stands (`@key`).
    Key,
    /// The key under which the element around the row stands (`^@key`).
    OuterKey,
    /// The file's name without ending, page number and `_Hourly` (`@file`).
    File,
    /// The list in which the row stands, as the recipe writes it (`@list`).
    List,
    /// The row as it stands in the file, where it is an object or a list (`@json`).
    Json,
}

impl Field {
    /// Names the element itself, or the value of an unpivoted column.
    pub const VALUE: &str = "@value";

    /// Whether it is the element or cell itself.
    pub fn is_value(&self) -> bool {
        self.from == FieldFrom::Row && self.path.is_empty()
    }

    /// Whether it is the header of an unpivoted column.
    pub fn is_column(&self) -> bool {
        self.from == FieldFrom::Column
    }

    /// Whether two fields read the same place, whatever is done with it then.
    pub fn same_place(&self, other: &Self) -> bool {
        (self.from, &self.path, self.list) == (other.from, &other.path, other.list)
    }
}

/// Turns a text into another; nothing is left where a text has nothing of the kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Transform {
    /// `[a, b]`, `List(a, b)`, `{k=v}`, `Map(k -> v)` as Scala prints them: `a, b` and `k: v`.
    Scala,
    /// A label without its notes in square brackets.
    WithoutTags,
    /// Only the notes in square brackets.
    Tags,
    /// A JSON list of objects with `eventType`: how many there are of each.
    EventCounts,
    /// A bare UUID as `unnamed audience`: such a label names nothing.
    Audience,
    /// A bare UUID; of any other text nothing.
    AudienceId,
    /// A Spotify URI or address without the name of the person in it.
    WithoutUser,
    /// The names of persons in Spotify URIs and addresses.
    User,
}

/// Keeps only rows whose field has one of these values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// Which field.
    pub field: Field,
    /// What it must show.
    pub wanted: Wanted,
}

/// What a field must show for its row to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// One of these values, exactly; `""` stands for "missing" too.
    OneOf(Vec<String>),
    /// None of these values.
    NoneOf(Vec<String>),
    /// Something (`true`), or nothing.
    Present(bool),
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
    /// Seconds or milliseconds since 1970; the size tells which.
    Epoch,
    /// Day, month and year in the order of some country; the whole column shows in which, or the person says it.
    Date,
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

/// Where the id of the account stands in an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountIn {
    /// In which files.
    pub files: Vec<FilePattern>,
    /// How they are read.
    pub reader: Reader,
    /// The folded key or column.
    pub field: String,
}

/// What tells the language of titles and labels in an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LanguageIn {
    /// Which files.
    pub files: Vec<FilePattern>,
    /// The folded column of a table in which tags stand.
    pub field: Option<String>,
    /// The language itself, where such a file is enough: its name is translated.
    pub is: Option<String>,
}
