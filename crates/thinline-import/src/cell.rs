//! One value of a row, borrowed from the row where it can be.

use compact_str::ToCompactString as _;
use std::borrow::Cow;
use thinline_model::Text;

/// One value of a row.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) enum Cell<'a> {
    /// Not there, null, or one of the recipe's words for "nothing here".
    #[default]
    Missing,
    /// A text.
    Text(Cow<'a, str>),
    /// A whole number.
    Whole(i64),
    /// Any other number.
    Number(f64),
    /// True or false.
    Truth(bool),
}

impl Cell<'_> {
    /// Whether there is anything.
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Missing)
    }

    /// As text; empty if missing.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Missing => Cow::Borrowed(""),
            Self::Text(text) => Cow::Borrowed(text),
            Self::Whole(number) => Cow::Owned(number.to_string()),
            Self::Number(number) => Cow::Owned(number.to_string()),
            Self::Truth(true) => Cow::Borrowed("true"),
            Self::Truth(false) => Cow::Borrowed("false"),
        }
    }

    /// As a text to be kept.
    pub fn kept(&self) -> Text {
        match self {
            Self::Text(text) => Text::from(&**text),
            Self::Whole(number) => number.to_compact_string(),
            Self::Missing | Self::Number(_) | Self::Truth(_) => self.text().into(),
        }
    }

    /// The same, borrowed.
    pub fn borrowed(&self) -> Cell<'_> {
        match self {
            Self::Text(text) => Cell::Text(Cow::Borrowed(text)),
            Self::Missing => Cell::Missing,
            Self::Whole(number) => Cell::Whole(*number),
            Self::Number(number) => Cell::Number(*number),
            Self::Truth(truth) => Cell::Truth(*truth),
        }
    }

    /// The same, on its own.
    pub fn owned(self) -> Cell<'static> {
        match self {
            Self::Text(text) => Cell::Text(Cow::Owned(text.into_owned())),
            Self::Missing => Cell::Missing,
            Self::Whole(number) => Cell::Whole(number),
            Self::Number(number) => Cell::Number(number),
            Self::Truth(truth) => Cell::Truth(truth),
        }
    }

    /// As a whole number, where it is one.
    pub fn whole(&self) -> Option<i64> {
        match self {
            Self::Whole(number) => Some(*number),
            Self::Text(text) => text.trim().parse().ok(),
            Self::Missing | Self::Number(_) | Self::Truth(_) => None,
        }
    }
}

/// The same memory for the cells of the next row, whose lifetime is another.
pub(crate) fn recycled<'new>(mut cells: Vec<Cell<'_>>) -> Vec<Cell<'new>> {
    cells.clear();
    cells.into_iter().map(|_| Cell::Missing).collect()
}
