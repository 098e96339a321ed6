//! Dates in the way of a country: read in the order that the whole column shows, else only after the person said it.

mod support;

use support::{Kept, folder, read_into, service};
use thinline_import::{Archive, DateColumn, DateOrder, FileState, PlannedFile, ReadError, date_column, plan};
use thinline_model::{Private, When};

const PATH: &str = "NetflixViewingHistory.csv";

fn list(dates: &[&str]) -> (Archive, PlannedFile) {
    let rows: String = dates.iter().map(|date| format!("\"Harbour Lights, again\",{date}\n")).collect();
    let mut archive = folder(&[(PATH, &format!("Title,Date\n{rows}"))]);
    let mut planned = plan(&mut archive, service("netflix")).expect("plans");
    assert_eq!(planned[0].state, FileState::Read);
    (archive, planned.remove(0))
}

/// The days since 1970 of the records; none for the undated.
fn days(archive: &mut Archive, file: &PlannedFile) -> Result<Vec<Option<i64>>, ReadError> {
    let mut kept = Kept::default();
    read_into(archive, file, service("netflix"), &mut kept)?;
    let day = |when| if let When::Dated { at, .. } = when { Some(at.0.div_euclid(86_400)) } else { None };
    Ok(kept.records.iter().map(|record| day(record.when)).collect())
}

#[test]
fn one_late_day_far_down_decides_for_all_dates() {
    let mut dates = vec!["3/2/25"; 3_000];
    dates.push("2/28/25");
    let (mut archive, file) = list(&dates);
    let found = days(&mut archive, &file).expect("reads");
    assert_eq!((found[0], found[2_999], found[3_000]), (Some(20_149), Some(20_149), Some(20_147)));
    assert_eq!(
        date_column(&mut archive, &file, service("netflix")).expect("opens"),
        Some(DateColumn::Ordered(DateOrder::MonthFirst))
    );
}

#[test]
fn an_ambiguous_column_is_not_read_until_the_person_says_how() {
    let (mut archive, mut file) = list(&["3/2/25", "1/1/25"]);
    assert!(matches!(days(&mut archive, &file), Err(ReadError::DateOrder)));
    let Some(DateColumn::Ambiguous { example, day_first, month_first }) =
        date_column(&mut archive, &file, service("netflix")).expect("opens")
    else {
        panic!("is ambiguous")
    };
    assert_eq!(example, Private::new("3/2/25".to_owned()));
    assert_eq!((day_first.as_str(), month_first.as_str()), ("2025-02-03", "2025-03-02"));
    file.date_order = Some(DateOrder::DayFirst);
    assert_eq!(days(&mut archive, &file).expect("reads"), [Some(20_122), Some(20_089)]);
    file.date_order = Some(DateOrder::MonthFirst);
    assert_eq!(days(&mut archive, &file).expect("reads"), [Some(20_149), Some(20_089)]);
}

#[test]
fn what_a_column_shows_comes_before_what_was_said() {
    let (mut archive, mut file) = list(&["3/2/25", "28/2/25"]);
    file.date_order = Some(DateOrder::MonthFirst);
    assert_eq!(days(&mut archive, &file).expect("reads"), [Some(20_122), Some(20_147)]);
}

#[test]
fn a_column_that_mixes_orders_is_asked_about_and_what_does_not_fit_stays_undated() {
    let (mut archive, mut file) = list(&["28/2/25", "2/28/25", "3/2/25"]);
    assert!(matches!(days(&mut archive, &file), Err(ReadError::DateOrder)));
    file.date_order = Some(DateOrder::DayFirst);
    assert_eq!(days(&mut archive, &file).expect("reads"), [Some(20_147), None, Some(20_122)]);
}

#[test]
fn dates_that_need_no_order_are_read_at_once() {
    for dates in [["2025/3/2", "2025/12/11"], ["2025-03-02", "2025-12-11"]] {
        let (mut archive, file) = list(&dates);
        assert_eq!(days(&mut archive, &file).expect("reads"), [Some(20_149), Some(20_433)], "{dates:?}");
    }
}

#[test]
fn a_file_without_such_dates_has_no_order_to_find() {
    let mut archive =
        folder(&[("ViewingActivity.csv", "Profile Name,Start Time,Title\nR,2020-01-01 00:00:00,a\n")]);
    let planned = plan(&mut archive, service("netflix")).expect("plans");
    assert_eq!(date_column(&mut archive, &planned[0], service("netflix")).expect("opens"), None);
}
