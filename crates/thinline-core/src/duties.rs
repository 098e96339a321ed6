//! How long the law gives a company to answer a request for data, by country. Facts with a date; no advice.
//!
//! The periods were noted from summaries of the laws in the month that stands beside them; the addresses say where a law can be
//! read, and were not opened.
//! What would surprise: public holidays are not known here, so a day that is rolled forward is "or the next working day"; and
//! a country without a row simply shows nothing. A day is never called over too early.

use crate::wire::Duty;
use crate::{Result, clock};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

enum Period {
    Months(i32),
    Days(i32),
}

struct Rule {
    id: &'static str,
    /// Country codes, or a country with its state.
    places: &'static str,
    period: Period,
    /// Whether a last day on a weekend is followed by the next working day.
    working_day: bool,
    /// Where the law, or its authority, can be read; none where no one page is about all the places.
    source: Option<&'static str>,
    checked_on: &'static str,
}

/// The states with a law of their own and 45 days, but California.
const STATES: &str =
    "US-CO US-CT US-DE US-IN US-KY US-MD US-MN US-MT US-NE US-NH US-NJ US-OR US-RI US-TN US-TX US-UT US-VA";

const RULES: &[Rule] = &[
    Rule {
        id: "gdpr",
        places: "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO",
        period: Period::Months(1),
        working_day: true,
        source: Some("https://eur-lex.europa.eu/eli/reg/2016/679/oj"),
        checked_on: "2026-11",
    },
    Rule {
        id: "uk-gdpr",
        places: "GB",
        period: Period::Months(1),
        working_day: true,
        source: Some("https://ico.org.uk/for-the-public/your-right-to-get-copies-of-your-data/"),
        checked_on: "2026-11",
    },
    Rule {
        id: "us-state",
        places: "US-CA",
        period: Period::Days(45),
        working_day: false,
        source: Some("https://cppa.ca.gov/regulations/"),
        checked_on: "2026-11",
    },
    Rule {
        id: "us-state",
        places: STATES,
        period: Period::Days(45),
        working_day: false,
        source: None,
        checked_on: "2026-11",
    },
    Rule {
        id: "us-iowa",
        places: "US-IA",
        period: Period::Days(90),
        working_day: false,
        source: Some("https://www.legis.iowa.gov/docs/code/715D.pdf"),
        checked_on: "2026-11",
    },
    Rule {
        id: "canada",
        places: "CA",
        period: Period::Days(30),
        working_day: false,
        source: Some("https://laws-lois.justice.gc.ca/eng/acts/P-8.6/"),
        checked_on: "2026-11",
    },
    Rule {
        id: "brazil",
        places: "BR",
        period: Period::Days(15),
        working_day: false,
        source: Some("https://www.planalto.gov.br/ccivil_03/_ato2015-2018/2018/lei/l13709.htm"),
        checked_on: "2026-11",
    },
];

/// What holds in a country for a request of a day, seen today. None where no rule is known.
pub(crate) fn duty(country: &str, asked_on: i32, today: i32) -> Option<Duty> {
    let rule = RULES.iter().find(|rule| rule.places.split(' ').any(|place| place == country))?;
    let due = last_day(rule, asked_on).ok()?;
    Some(Duty {
        rule: rule.id.to_owned(),
        due: clock::day_text(due),
        over: today > due,
        source: rule.source.map(str::to_owned),
        checked_on: rule.checked_on.to_owned(),
    })
}

fn last_day(rule: &Rule, asked_on: i32) -> Result<i32> {
    let bad = |_| crate::wire::ApiError::new(crate::wire::Code::Internal);
    let asked: Date = clock::day_text(asked_on).parse().map_err(bad)?;
    let mut due = match rule.period {
        // The same day of the month, or the month's last.
        Period::Months(months) => asked.checked_add(months.months()),
        Period::Days(days) => asked.checked_add(days.days()),
    }
    .map_err(bad)?;
    while rule.working_day && matches!(due.weekday(), Weekday::Saturday | Weekday::Sunday) {
        due = due.tomorrow().map_err(bad)?;
    }
    clock::parse_day(&due.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn due(country: &str, asked: &str) -> Option<String> {
        let asked = clock::parse_day(asked).unwrap();
        duty(country, asked, asked).map(|duty| duty.due)
    }

    #[test]
    fn an_authority_stands_only_beside_the_places_that_it_is_for() {
        let source = |place: &str| duty(place, 20_000, 20_000).unwrap().source;
        assert!(source("US-CA").unwrap().contains("ca.gov"));
        assert_eq!((source("US-TX"), source("US-VA")), (None, None));
        assert!(source("DE").unwrap().contains("europa.eu"));
    }

    #[test]
    fn a_month_ends_on_the_same_day_or_the_last_and_then_on_a_working_day() {
        let cases = [
            ("2026-09-03", "2026-10-05"), // a Saturday
            ("2026-11-24", "2026-12-24"),
            ("2026-01-31", "2026-03-02"), // Feb 28 is a Saturday
            ("2024-01-31", "2024-02-29"),
            ("2025-12-31", "2026-02-02"), // Jan 31 is a Saturday
        ];
        for (asked, last) in cases {
            assert_eq!(due("DE", asked).as_deref(), Some(last), "{asked}");
            assert_eq!(due("GB", asked).as_deref(), Some(last), "{asked}");
        }
    }

    #[test]
    fn days_are_counted_as_days() {
        assert_eq!(due("US-CA", "2026-11-24").as_deref(), Some("2027-01-08"));
        assert_eq!(due("US-IA", "2026-11-24").as_deref(), Some("2027-02-22"));
        assert_eq!(due("CA", "2026-11-24").as_deref(), Some("2026-12-24"));
        assert_eq!(due("BR", "2026-11-24").as_deref(), Some("2026-12-09"));
    }

    #[test]
    fn where_no_rule_is_known_nothing_is_said() {
        for country in ["", "US", "US-FL", "XX", "AT BE"] {
            assert_eq!(due(country, "2026-11-24"), None, "{country:?}");
        }
    }

    #[test]
    fn the_last_day_is_not_over_and_the_next_one_is() {
        let asked = clock::parse_day("2026-11-24").unwrap();
        let last = clock::parse_day("2026-12-24").unwrap();
        assert!(!duty("FR", asked, last).unwrap().over);
        assert!(duty("FR", asked, last + 1).unwrap().over);
    }

    #[test]
    fn no_country_has_two_rules_and_sources_are_https() {
        let mut seen = std::collections::HashSet::new();
        for rule in RULES {
            assert!(rule.source.is_none_or(|source| source.starts_with("https://")));
            rule.places.split(' ').for_each(|place| assert!(seen.insert(place), "{place}"));
        }
        assert_eq!(RULES[0].places.split(' ').count(), 30, "27 of the Union and 3 beside");
    }
}
