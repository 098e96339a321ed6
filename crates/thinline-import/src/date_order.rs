//! Whether dates like `3/2/25` begin with the day or with the month: what a whole column shows.
//!
//! One date of the 13th or later decides it for the file. If none does, or if the column shows both, nothing is guessed:
//! the file is not read until the person says how the dates are to be read. The column is looked at row by row, so memory
//! does not grow with it.

use crate::{
    Archive, PlannedFile, ReadError,
    input::Input,
    lines::{Line, Lines},
    time::DateParts,
};
use thinline_catalogue::{At, Form, Reader, Recipe, Service, fold};
use thinline_model::Private;

/// What comes first in a date that ends with the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DateOrder {
    /// 3/2 is in February.
    DayFirst,
    /// 3/2 is in March.
    MonthFirst,
}

impl DateOrder {
    /// The stable id.
    pub fn id(self) -> &'static str {
        match self {
            Self::DayFirst => "day-first",
            Self::MonthFirst => "month-first",
        }
    }

    /// Reads a stable id.
    pub fn parse(id: &str) -> Option<Self> {
        [Self::DayFirst, Self::MonthFirst].into_iter().find(|order| order.id() == id)
    }
}

/// What a column of dates shows about its order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DateColumn {
    /// All of them can be read in this order, and some of them only in it; or the order does not matter.
    Ordered(DateOrder),
    /// Every date could be either, or some are of the one and some of the other order.
    Ambiguous {
        /// A date as it stands there, for asking.
        example: Private<String>,
        /// The same as `YYYY-MM-DD`, if the day comes first; empty if it is no date then.
        day_first: String,
        /// The same, if the month comes first.
        month_first: String,
    },
}

/// Dates that were seen.
#[derive(Debug, Default)]
struct Seen {
    only: [bool; 2],
    example: Option<(String, DateParts)>,
}

impl Seen {
    fn take(&mut self, text: &str) {
        let Some(parts @ DateParts::YearLast { one, other, .. }) = DateParts::of(text) else { return };
        match parts.fits() {
            [true, true] if one == other => {}
            [true, true] => {
                self.example.get_or_insert_with(|| (text.trim().to_owned(), parts));
            }
            [day_first, month_first] => {
                self.only[0] |= day_first;
                self.only[1] |= month_first;
            }
        }
    }

    fn column(self) -> DateColumn {
        match (self.only, self.example) {
            ([true, false], _) | ([false, false], None) => DateColumn::Ordered(DateOrder::DayFirst),
            ([false, true], _) => DateColumn::Ordered(DateOrder::MonthFirst),
            ([_, _], example) => {
                let (text, parts) = example.unzip();
                let on = |order| parts.and_then(|parts| parts.written(order)).unwrap_or_default();
                DateColumn::Ambiguous {
                    example: Private::new(text.unwrap_or_default()),
                    day_first: on(DateOrder::DayFirst),
                    month_first: on(DateOrder::MonthFirst),
                }
            }
        }
    }
}

/// Looks at the dates of a file whose recipe has dates in the way of a country; none if it has not.
///
/// # Errors
/// [`ReadError`] if the file cannot be opened. One that breaks off later shows what stands before that.
pub fn date_column(
    archive: &mut Archive,
    file: &PlannedFile,
    service: &Service,
) -> Result<Option<DateColumn>, ReadError> {
    let recipes = file.recipes.iter().filter_map(|at| service.recipes.get(*at));
    match recipes.filter_map(column_of).next() {
        None => Ok(None),
        Some(names) => {
            let limit = archive.limits().row_bytes;
            let mut input = Input::new(archive.open(file.index)?);
            Ok(Some(look_through(&mut input, &names, limit).column()))
        }
    }
}

/// The order in which the file's dates are to be read: what it shows itself comes before what was said.
pub(crate) fn order_for(
    archive: &mut Archive,
    file: &PlannedFile,
    service: &Service,
) -> Result<Option<DateOrder>, ReadError> {
    match date_column(archive, file, service)? {
        None => Ok(None),
        Some(DateColumn::Ordered(order)) => Ok(Some(order)),
        Some(DateColumn::Ambiguous { .. }) => file.date_order.map(Some).ok_or(ReadError::DateOrder),
    }
}

/// The folded columns that hold such dates. Only tables have them.
fn column_of(recipe: &Recipe) -> Option<Vec<&String>> {
    match &recipe.at {
        At::Field { fields, form: Form::Date, .. } if recipe.reader == Reader::Csv => {
            Some(fields.iter().filter_map(|field| field.path.first()).collect())
        }
        _ => None,
    }
}

fn look_through(input: &mut Input<'_>, names: &[&String], limit: usize) -> Seen {
    let (mut lines, mut seen, mut columns) = (Lines::new(), Seen::default(), None::<Vec<usize>>);
    loop {
        let used = match lines.next(input, limit) {
            Line::Whole(used) | Line::CutOff(used) => used,
            Line::TooLong(_) => continue,
            Line::End => return seen,
        };
        if let Some(cells) = lines.cells() {
            match &columns {
                None => {
                    let wanted = cells.enumerate().filter(|(_, name)| names.contains(&&fold(name)));
                    columns = Some(wanted.map(|(at, _)| at).collect());
                }
                Some(columns) => {
                    cells
                        .enumerate()
                        .filter(|(at, _)| columns.contains(at))
                        .for_each(|(_, text)| seen.take(text));
                }
            }
        }
        input.consume(used);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(dates: &[&str]) -> DateColumn {
        let text =
            format!("Title,Date\n{}", dates.iter().map(|date| format!("x,{date}\n")).collect::<String>());
        let name = "date".to_owned();
        look_through(&mut Input::new(Box::new(text.as_bytes())), &[&name], 1000).column()
    }

    #[test]
    fn one_late_day_decides_for_the_column() {
        assert_eq!(shown(&["3/2/25", "2/28/25"]), DateColumn::Ordered(DateOrder::MonthFirst));
        assert_eq!(shown(&["03.02.2025", "28.02.2025"]), DateColumn::Ordered(DateOrder::DayFirst));
    }

    #[test]
    fn what_is_the_same_in_both_orders_needs_none() {
        for dates in [&["2025/3/2", "2025-12-1"][..], &["3/3/25"], &["", "no date"], &[]] {
            assert_eq!(shown(dates), DateColumn::Ordered(DateOrder::DayFirst), "{dates:?}");
        }
    }

    #[test]
    fn a_column_that_shows_nothing_or_both_is_not_guessed() {
        let ambiguous = DateColumn::Ambiguous {
            example: Private::new("3/2/25".to_owned()),
            day_first: "2025-02-03".to_owned(),
            month_first: "2025-03-02".to_owned(),
        };
        assert_eq!(shown(&["3/3/25", "3/2/25", "4/1/25"]), ambiguous);
        assert_eq!(shown(&["28/2/25", "3/2/25", "2/28/25"]), ambiguous);
    }

    proptest! {
        /// Whatever order dates are written in: they are read in it, or they are not read at all.
        #[test]
        fn the_order_that_is_found_is_the_one_that_was_meant(
            dates in proptest::collection::vec((1_i64..=28, 1_i64..=12, 2010_i64..2030), 1..40),
            day_first: bool,
        ) {
            let meant = if day_first { DateOrder::DayFirst } else { DateOrder::MonthFirst };
            let texts: Vec<String> = (dates.iter())
                .map(|(day, month, year)| match meant {
                    DateOrder::DayFirst => format!("{day}/{month}/{year}"),
                    DateOrder::MonthFirst => format!("{month}/{day}/{year}"),
                })
                .collect();
            let decided = dates.iter().any(|(day, ..)| *day > 12);
            match shown(&texts.iter().map(String::as_str).collect::<Vec<_>>()) {
                DateColumn::Ordered(order) => {
                    prop_assert!(order == meant || dates.iter().all(|(day, month, _)| day == month));
                }
                DateColumn::Ambiguous { .. } => prop_assert!(!decided),
            }
        }
    }
}
