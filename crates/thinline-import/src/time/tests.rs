//! Every way of writing a time that is read, what is none, and what holds of all of them.

use super::*;
use proptest::prelude::*;

fn seconds(text: &str) -> Option<(i64, Precision, Certainty)> {
    iso(text).map(|time| (time.millis.div_euclid(1000), time.precision, time.certainty))
}

#[test]
fn usual_times_are_read() {
    let at = 1_714_977_670;
    for (text, certainty) in [
        ("2024-05-06T06:41:10Z", Certainty::Explicit),
        ("2024-05-06 06:41:10", Certainty::Documented),
        ("2024-05-06T06:41:10.999Z", Certainty::Explicit),
        ("2024-05-06T06:41:10.916Z[UTC]", Certainty::Explicit),
        ("2024-05-06 06:41:10.123+0000", Certainty::Explicit),
        ("2024-05-06T08:41:10+02:00", Certainty::Explicit),
        ("2024-05-06T01:11:10-05:30", Certainty::Explicit),
        ("2024-05-06 06:41:10 UTC", Certainty::Explicit),
    ] {
        assert_eq!(seconds(text), Some((at, Precision::Second, certainty)), "{text}");
    }
    assert_eq!(seconds("2024-05-06 06:41"), Some((at - 10, Precision::Minute, Certainty::Documented)));
    for text in ["2024-05-06", "20240506"] {
        assert_eq!(seconds(text), Some((1_714_953_600, Precision::Day, Certainty::LocalUnknown)), "{text}");
    }
}

#[test]
fn counts_since_1970_are_seconds_or_milliseconds() {
    let at = |text| read(Form::Epoch, None, text).map(|time| time.millis);
    assert_eq!(at("1714977483"), Some(1_714_977_483_000));
    assert_eq!(at("1714977483000"), Some(1_714_977_483_000));
    assert_eq!(at("99999999999"), Some(99_999_999_999_000));
    assert_eq!(at("100000000000"), Some(100_000_000_000));
    assert_eq!(at("0"), Some(0));
    assert_eq!(at("-5"), Some(-5_000));
    for text in ["", "1.5", "1e9", "+5", "--5", "1714977483 ms", "12345678901234567890", "2024-05-06"] {
        assert_eq!(at(text), None, "{text}");
    }
}

#[test]
fn dates_of_a_country_are_read_in_the_order_that_was_found() {
    let on =
        |text, order| read(Form::Date, order, text).map(|time| (time.millis / 86_400_000, time.precision));
    let (march_2, february_3) = (20_149, 20_122);
    for text in ["3/2/25", "03/02/2025", "3-2-2025", "3.2.25"] {
        assert_eq!(on(text, Some(DateOrder::MonthFirst)), Some((march_2, Precision::Day)), "{text}");
        assert_eq!(on(text, Some(DateOrder::DayFirst)), Some((february_3, Precision::Day)), "{text}");
        assert_eq!(on(text, None), None, "{text} is not guessed");
    }
    for text in ["2025/3/2", "2025-03-02", "2025. 3. 2.", "2025.03.02"] {
        for order in [None, Some(DateOrder::DayFirst), Some(DateOrder::MonthFirst)] {
            assert_eq!(on(text, order), Some((march_2, Precision::Day)), "{text}");
        }
    }
    assert_eq!(on("28/2/25", Some(DateOrder::MonthFirst)), None, "there is no month 28");
    for text in
        ["", "3/2", "3/2/5", "25. 3. 12.", "3/2.25", "3/2/25/1", "2025/2/30", "a/b/c", "3//25", "3/2/202"]
    {
        assert_eq!(on(text, Some(DateOrder::DayFirst)), None, "{text}");
    }
}

#[test]
fn the_years_1601_and_9999_are_read_and_lie_outside() {
    for text in ["1601-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "16010101", "1970-01-01T00:00:00Z"] {
        let at = iso(text).expect("is a time").second(ContentHash(0));
        assert!(!thinline_model::Timestamp(at).is_datable(), "{text}");
    }
}

#[test]
fn what_is_no_time_is_not_read() {
    for text in [
        "",
        "yesterday",
        "2024-13-01",
        "2024-02-30",
        "2023-02-29",
        "2024-05-06T24:00:00Z",
        "2024-05-06T06:60",
        "2024-05-06T06:41:10X",
        "2024-05-06T06:41:10.Z",
        "06/05/2024",
        "2024-5-6",
        "2024050",
        "202405066",
        "20241306",
        "20240230",
        "20240506T10",
        "2024-05-06T",
        "2024-05-06T06:41:10+25:00",
        "2024-05-06T06:41:10Z[UTC",
        "2024-05-06T06:41:10[Europe/Paris]",
        "\u{661}\u{662}24-05-06",
    ] {
        assert_eq!(iso(text), None, "{text}");
    }
}

#[test]
fn days_count_from_1970() {
    assert_eq!(days_from_civil(1970, 1, 1), 0);
    assert_eq!(days_from_civil(1969, 12, 31), -1);
    assert_eq!(days_from_civil(2000, 2, 29), 11_016);
    assert_eq!(days_from_civil(2000, 3, 1), 11_017);
    assert_eq!(days_from_civil(1601, 1, 1), -134_774);
}

proptest! {
    /// A written second is that second, whatever the offset; one second later is the next one.
    #[test]
    fn a_second_is_read_back(second in 0_i64..253_402_300_799, offset in -14_i64..=14, hash: u64) {
        let local = second + offset * 3600;
        prop_assume!((0..253_402_300_799).contains(&local));
        let sign = if offset < 0 { '-' } else { '+' };
        let text = format!("{}{sign}{:02}:00", civil(local), offset.abs());
        let time = iso(&text).expect("is a time");
        prop_assert_eq!(time.second(ContentHash(hash)), second);
        prop_assert_eq!(time.precision, Precision::Second);
    }

    /// A date is the written day in every zone from -10 to +13, and the hash never moves it out of it.
    #[test]
    fn a_date_floats_on_its_day(day in 1_i64..47_000, hash: u64, zone in -10_i64..=13) {
        let text = &civil(day * 86_400)[..10];
        let time = iso(text).expect("is a date");
        prop_assert_eq!(time.precision, Precision::Day);
        let second = time.second(ContentHash(hash));
        prop_assert_eq!((second + zone * 3600).div_euclid(86_400), day);
        prop_assert_eq!(second.rem_euclid(86_400) / 3600, 10);
    }

    /// A month is kept on its first day.
    #[test]
    fn a_month_floats_on_its_first_day(year in 1971_i64..4000, month in 1_u8..=12, hash: u64) {
        let time = iso(&format!("{year:04}-{month:02}")).expect("is a month");
        prop_assert_eq!(time.precision, Precision::Month);
        let day = time.second(ContentHash(hash)).div_euclid(86_400);
        prop_assert_eq!(day, days_from_civil(year, month, 1));
    }

    /// A minute keeps no seconds, even after milliseconds were taken off.
    #[test]
    fn a_minute_keeps_no_seconds(minute in 1_i64..30_000_000, off in 0_i64..10_000_000, hash: u64) {
        let mut time = iso(&civil(minute * 60)[..16]).expect("is a minute");
        prop_assert_eq!(time.second(ContentHash(hash)), minute * 60);
        time.millis -= off;
        prop_assert_eq!(time.second(ContentHash(hash)).rem_euclid(60), 0);
    }

    /// Taking milliseconds off goes down to the second before, never up.
    #[test]
    fn seconds_round_down(second in 10_i64..1_000_000_000, off in 1_i64..1000) {
        let mut time = iso(&civil(second)).expect("is a time");
        time.millis -= off;
        prop_assert_eq!(time.second(ContentHash(0)), second - 1);
    }

    /// A date in the way of a country is the same date as in the way of ISO, if the order is the right one.
    #[test]
    fn an_order_gives_the_written_date(day in 11_000_i64..25_000, padded: bool, mark in "[/.-]") {
        let iso_text = civil(day * 86_400)[..10].to_owned();
        let numbers: Vec<i64> = iso_text.split('-').map(|part| part.parse().expect("a number")).collect();
        let [year, month, day] = numbers[..] else { unreachable!("three parts") };
        let pad = |number| if padded { format!("{number:02}") } else { format!("{number}") };
        let texts = [
            (format!("{}{mark}{}{mark}{year}", pad(day), pad(month)), Some(DateOrder::DayFirst)),
            (format!("{}{mark}{}{mark}{year}", pad(month), pad(day)), Some(DateOrder::MonthFirst)),
            (format!("{}{mark}{}{mark}{:02}", pad(day), pad(month), year % 100), Some(DateOrder::DayFirst)),
            (format!("{year}{mark}{}{mark}{}", pad(month), pad(day)), None),
            (format!("{year:04}{month:02}{day:02}"), None),
        ];
        let wanted = iso(&iso_text);
        for (text, order) in texts {
            let form = if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) { Form::Iso } else { Form::Date };
            prop_assert_eq!(read(form, order, &text), wanted, "{}", text);
        }
    }

    /// A count in seconds and in milliseconds is the same second.
    #[test]
    fn seconds_and_milliseconds_meet(second in 100_000_000_i64..99_999_999_999, hash: u64) {
        let at = |text: String| read(Form::Epoch, None, &text).map(|time| time.second(ContentHash(hash)));
        prop_assert_eq!(at(second.to_string()), Some(second));
        prop_assert_eq!(at((second * 1000 + 999).to_string()), Some(second));
    }

    /// Nothing makes it panic.
    #[test]
    fn any_text_is_a_time_or_not(text: String, digits in "[0-9TZ/: .+\\-\\[\\]]{0,40}", first: bool) {
        let order = if first { DateOrder::DayFirst } else { DateOrder::MonthFirst };
        for form in [Form::Iso, Form::Epoch, Form::Date] {
            let _ = (read(form, Some(order), &text), read(form, Some(order), &digits), read(form, None, &digits));
        }
    }
}

/// `YYYY-MM-DDTHH:MM:SS`, by counting days: independent of `days_from_civil`'s formula.
fn civil(second: i64) -> String {
    let (mut days, of_day) = (second.div_euclid(86_400), second.rem_euclid(86_400));
    let mut year = 1970;
    loop {
        let length = if days_in_month(year, 2) == 29 { 366 } else { 365 };
        if days < length {
            break;
        }
        days -= length;
        year += 1;
    }
    let mut month = 1;
    while days >= i64::from(days_in_month(year, month)) {
        days -= i64::from(days_in_month(year, month));
        month += 1;
    }
    let (hour, minute) = (of_day / 3600, of_day / 60 % 60);
    format!("{year:04}-{month:02}-{:02}T{hour:02}:{minute:02}:{:02}", days + 1, of_day % 60)
}
