//! Writes the small list that Netflix's viewing page offers: titles and days of one profile, as the account's country
//! writes them. It is a loose file, not an archive.

use crate::{
    Plan, Written, clock,
    netflix::{Line, write_lines},
    screen::Screen,
    views::{Views, title},
};
use std::{
    collections::HashSet,
    io::{self, Write},
};

/// How the list writes its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListDates {
    /// `28/2/2025`.
    DayFirst,
    /// `2/28/25`.
    MonthFirst,
    /// `2025/2/28`.
    YearFirst,
    /// `3/2/25`, and never a day after the 12th: nothing in it shows the order. The month stands first.
    Ambiguous,
}

/// Writes the list of the first person of a household.
///
/// # Errors
/// If `w` cannot be written, or the plan has more rows than its years have room for (`TooDense`).
pub fn netflix_list(w: impl Write, plan: &Plan, dates: ListDates) -> io::Result<Written> {
    let screen = Screen::new(plan.seed);
    let mut day_before = None;
    let mut of_day: HashSet<String> = HashSet::new();
    let lines = Views::new(plan, &screen)?
        .filter(|view| view.person == 0 && view.extra.is_empty() && !view.again)
        .filter(|view| dates != ListDates::Ambiguous || clock::civil(view.start).day() <= 12)
        .map(|view| {
            if day_before.replace(view.start.div_euclid(clock::DAY))
                != Some(view.start.div_euclid(clock::DAY))
            {
                of_day.clear();
            }
            let name = title(&screen, view.place).name.clone();
            // A title that was begun twice on a day is one fact: the list says no more.
            let again = !of_day.insert(name.clone());
            Line::new([name, written(view.start, dates)]).on(view.start).copy(again)
        });
    let mut written = Written::default();
    let counted = write_lines(&mut csv::Writer::from_writer(w), "Title,Date", lines)?;
    written.counted("NetflixViewingHistory.csv", counted);
    Ok(written)
}

fn written(second: i64, dates: ListDates) -> String {
    let date = clock::civil(second);
    let (year, month, day) = (date.year(), date.month(), date.day());
    match dates {
        ListDates::DayFirst => format!("{day}/{month}/{year}"),
        ListDates::MonthFirst | ListDates::Ambiguous => format!("{month}/{day}/{:02}", year % 100),
        ListDates::YearFirst => format!("{year}/{month}/{day}"),
    }
}
