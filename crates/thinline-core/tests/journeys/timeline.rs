//! Pages, days, counts and searches of one household's timeline: they tell the same story from every side.

use crate::archives;
use crate::home::{Home, change, walk};
use std::collections::{BTreeMap, HashSet};
use thinline_core::StatKey;
use thinline_core::wire::{Code, Filter, PageAt, TimelineRecord};
use thinline_sample::{NetflixGeneration, SpotifyGeneration};

fn household() -> Home {
    let home = Home::new();
    home.import(&archives::spotify(home.path(), 1_500, SpotifyGeneration::Current).path);
    home.import(&archives::spotify_account(home.path(), 400).path);
    home.import(&archives::netflix(home.path(), 900, NetflixGeneration::Of2021).path);
    home.choose("netflix", "messages", "off").unwrap();
    home
}

fn words(list: &[&str]) -> Vec<String> {
    list.iter().map(|word| (*word).to_owned()).collect()
}

/// Filters of every sort, each of which lets something through.
fn filters(home: &Home) -> Vec<Filter> {
    let all = home.walk(&Filter::default());
    // Words that occur: from the middle of the list, one of them cut short.
    let title = &all[all.len() / 3].title;
    let word = title.split(|c: char| !c.is_alphanumeric()).find(|word| word.chars().count() > 4).unwrap();
    let start: String = word.chars().take(4).collect();
    let by = all.iter().find(|record| !record.by.is_empty()).unwrap().by.clone();
    let some = Filter::default;
    vec![
        some(),
        Filter { services: words(&["netflix"]), ..some() },
        Filter { kinds: words(&["inferred", "received"]), ..some() },
        Filter { kinds: words(&["choice"]), ..some() },
        Filter { categories: words(&["searches", "settings"]), ..some() },
        Filter { persons: words(&["Robin"]), ..some() },
        Filter { usable_for: Some("ads-here".to_owned()), ..some() },
        Filter { max_sensitivity: Some(1), ..some() },
        Filter { from: Some("2024-02-28".to_owned()), to: Some("2024-03-02".to_owned()), ..some() },
        Filter { to: Some("2023-01-01".to_owned()), services: words(&["spotify"]), ..some() },
        Filter { search: word.to_owned(), ..some() },
        Filter { search: word.to_uppercase(), kinds: words(&["collected"]), ..some() },
        Filter { search: start, from: Some("2023-06-01".to_owned()), ..some() },
        Filter { search: by, ..some() },
    ]
}

fn ids(records: &[TimelineRecord]) -> Vec<String> {
    records.iter().map(|record| record.id.clone()).collect()
}

/// From the oldest record on, towards newer ones; answers them newest first.
fn walk_back(home: &Home, filter: &Filter, limit: u16) -> Vec<TimelineRecord> {
    let mut pages = Vec::new();
    let mut at = PageAt { newer: true, limit, ..PageAt::default() };
    loop {
        let page = home.page(filter, &at);
        at.cursor.clone_from(&page.previous);
        pages.push(page.records);
        if at.cursor.is_none() {
            return pages.into_iter().rev().flatten().collect();
        }
    }
}

#[test]
fn walking_either_way_reaches_every_record_once() {
    let home = household();
    for filter in filters(&home) {
        let forward = walk(&home.core, &filter, 97);
        assert!(!forward.is_empty(), "{filter:?} finds nothing");
        assert_eq!(forward.iter().map(|r| &r.id).collect::<HashSet<_>>().len(), forward.len(), "{filter:?}");
        assert_eq!(forward.len() as u32, home.total(&filter), "{filter:?}");
        assert_eq!(ids(&walk_back(&home, &filter, 61)), ids(&forward), "{filter:?}");
        // Newest first, and undated ones after all dated ones.
        let order: Vec<_> = forward.iter().map(|record| record.at.clone()).collect();
        assert!(order.is_sorted_by(|a, b| a >= b), "{filter:?}");
        assert!(forward.iter().all(|record| record.at.is_some() || record.as_of.is_some()));
    }
}

#[test]
fn filters_let_through_what_they_say_and_nothing_is_missing() {
    let home = household();
    let all = home.walk(&Filter::default());
    for filter in filters(&home).into_iter().filter(|filter| filter.search.is_empty()) {
        let one_of = |list: &[String], value: &str| list.is_empty() || list.iter().any(|one| one == value);
        let fits = |record: &&TimelineRecord| {
            one_of(&filter.services, &record.service)
                && one_of(&filter.kinds, &record.kind)
                && one_of(&filter.categories, &record.category)
                && one_of(&filter.persons, record.person.as_deref().unwrap_or_default())
                && filter.usable_for.as_ref().is_none_or(|purpose| record.can_be_used_for.contains(purpose))
                && filter.max_sensitivity.is_none_or(|most| record.sensitivity <= most)
                && filter.from.as_ref().is_none_or(|from| record.day.as_ref().is_some_and(|day| from <= day))
                && filter.to.as_ref().is_none_or(|to| record.day.as_ref().is_some_and(|day| day <= to))
        };
        let expected: Vec<String> = all.iter().filter(fits).map(|record| record.id.clone()).collect();
        assert_eq!(ids(&home.walk(&filter)), expected, "{filter:?}");
    }
}

#[test]
fn a_page_before_a_page_is_the_page_one_came_from() {
    let home = household();
    let all = Filter::default();
    let first = home.page(&all, &PageAt { limit: 40, ..PageAt::default() });
    assert_eq!(first.previous, None);
    let second = home.page(&all, &PageAt { limit: 40, cursor: first.next.clone(), ..PageAt::default() });
    let back = PageAt { limit: 40, cursor: second.previous, newer: true, ..PageAt::default() };
    assert_eq!(ids(&home.page(&all, &back).records), ids(&first.records));
}

#[test]
fn the_number_of_a_day_opens_to_exactly_its_rows_wherever_one_lives() {
    let home = household();
    for zone in ["UTC", "America/New_York", "Pacific/Kiritimati", "Australia/Lord_Howe"] {
        home.live_in(zone);
        assert_eq!(home.core.settings_info().unwrap().preferences.home_zone, zone);
        for filter in [Filter::default(), Filter { services: words(&["spotify"]), ..Filter::default() }] {
            let mut by_day: BTreeMap<String, u32> = BTreeMap::new();
            for record in home.walk(&filter) {
                *by_day.entry(record.day.unwrap_or_else(|| "undated".to_owned())).or_default() += 1;
            }
            let counted: BTreeMap<String, u32> = home.counts(StatKey::Day, &filter).into_iter().collect();
            assert_eq!(counted, by_day, "{zone}");
            for (day, count) in counted.iter().filter(|(day, _)| *day != "undated").step_by(29) {
                let one = Filter { from: Some(day.clone()), to: Some(day.clone()), ..filter.clone() };
                let records = home.walk(&one);
                assert_eq!(records.len() as u32, *count, "{day} in {zone}");
                assert!(records.iter().all(|record| record.day.as_ref() == Some(day)), "{day} in {zone}");
                assert_eq!(home.total(&one), *count);
            }
        }
    }
}

#[test]
fn a_record_moves_to_another_day_with_the_home_zone_but_not_in_time() {
    let home = Home::new();
    let row = r#"[{"ts":"2024-12-31T23:30:00Z","ms_played":1000,"master_metadata_track_name":"Ebb"}]"#;
    home.import(&archives::zip_of(&home.path().join("a.zip"), &[("MyData/endsong_0.json", row)]));
    for (zone, day, time) in [
        ("UTC", "2024-12-31", "23:29"),
        ("Europe/Berlin", "2025-01-01", "00:29"),
        ("America/Anchorage", "2024-12-31", "14:29"),
        ("UTC", "2024-12-31", "23:29"),
    ] {
        home.live_in(zone);
        let record = home.walk(&Filter::default()).remove(0);
        assert_eq!(record.at.as_deref(), Some("2024-12-31T23:29:59Z"));
        assert_eq!((record.day.as_deref(), record.time.as_deref()), (Some(day), Some(time)), "{zone}");
        assert_eq!(home.counts(StatKey::Day, &Filter::default()), [(day.to_owned(), 1)]);
        // And it is still so after closing.
        assert_eq!(walk(&home.reopened(), &Filter::default(), 9)[0].day.as_deref(), Some(day));
    }
}

#[test]
fn a_page_of_a_day_starts_at_its_end_and_the_way_back_at_its_beginning() {
    let home = household();
    let all = home.walk(&Filter::default());
    let days: Vec<String> = all.iter().filter_map(|record| record.day.clone()).collect();
    for day in
        [&days[0], &days[days.len() / 2], &days[days.len() - 1], "2024-02-29", "2010-01-01", "2030-01-01"]
    {
        let newer: Vec<&TimelineRecord> =
            all.iter().filter(|r| r.day.as_deref().is_some_and(|d| d >= day)).collect();
        let older: Vec<&TimelineRecord> =
            all.iter().filter(|r| r.day.as_deref().is_none_or(|d| d <= day)).collect();
        let at = PageAt { day: Some(day.to_owned()), limit: 30, ..PageAt::default() };
        let page = home.page(&Filter::default(), &at);
        let expected: Vec<String> = older.iter().take(30).map(|record| record.id.clone()).collect();
        assert_eq!(ids(&page.records), expected, "from {day}");
        let page = home.page(&Filter::default(), &PageAt { newer: true, ..at });
        let expected: Vec<String> =
            newer[newer.len().saturating_sub(30)..].iter().map(|record| record.id.clone()).collect();
        assert_eq!(ids(&page.records), expected, "back from {day}");
    }
    let undated = home.page(&Filter::default(), &PageAt { undated: true, limit: 500, ..PageAt::default() });
    let expected: Vec<String> =
        all.iter().filter(|r| r.day.is_none()).take(500).map(|r| r.id.clone()).collect();
    assert_eq!(ids(&undated.records), expected);
    assert!(expected.len() > 100);
}

#[test]
fn the_density_is_the_counts_and_a_search_has_the_density_of_its_hits() {
    let home = household();
    let bytes = home.core.density().unwrap();
    let number = |at: usize| u32::from_le_bytes(bytes[4 * at..4 * at + 4].try_into().unwrap());
    let n = number(0) as usize;
    assert_eq!(bytes.len(), 4 + 12 * n);
    let sum: u32 = (0..n).map(|at| number(1 + 2 * n + at)).sum();
    assert_eq!(sum, home.total(&Filter::default()));
    let mut facets: BTreeMap<u32, u32> = BTreeMap::new();
    for at in 0..n {
        *facets.entry(number(1 + n + at)).or_default() += number(1 + 2 * n + at);
    }
    for facet in home.core.facets().unwrap() {
        assert_eq!(facets.get(&facet.id).copied().unwrap_or_default(), facet.count);
    }
    let mut cut = 0;
    let common = Filter { search: "the".to_owned(), ..Filter::default() };
    let filters = filters(&home).into_iter().filter(|filter| !filter.search.is_empty());
    for filter in filters.chain([common]) {
        let density = home.core.search_density(&filter, false).unwrap();
        let hits = home.walk(&filter).len();
        assert_eq!((density.hits as usize, density.cut), (hits, false));
        let sum = |bars: &[i32]| bars.chunks(3).map(|bar| bar[2]).sum::<i32>() as usize;
        assert_eq!(sum(&density.bars), hits);
        let first = home.core.search_density(&filter, true).unwrap();
        assert_eq!((first.hits as usize, first.cut), (hits.min(500), hits > 500));
        assert_eq!(sum(&first.bars), hits.min(500));
        cut += usize::from(first.cut);
    }
    assert!(cut > 0, "some search has more than the first hits");
}

#[test]
fn searches_find_what_is_written_and_odd_ones_do_no_harm() {
    let home = household();
    let all = home.walk(&Filter::default());
    let titled: Vec<&TimelineRecord> = all.iter().filter(|r| r.title.chars().count() > 4).collect();
    for record in titled.iter().step_by(titled.len() / 25) {
        let filter = Filter { search: record.title.clone(), ..Filter::default() };
        assert!(home.walk(&filter).iter().any(|hit| hit.id == record.id), "a title does not find its record");
    }
    let long = "x".repeat(200);
    let odd = [
        "\"",
        "'",
        "*",
        "a*",
        "(",
        "NEAR(a b)",
        "title:a",
        "a OR b",
        "-a",
        "^a",
        "\u{0}",
        "%",
        "\\",
        "🚲",
        "ü",
        "港",
        "  ",
        "AND",
        "{}",
        "a AND",
        "\u{202e}",
        &long,
    ];
    for search in odd {
        let filter = Filter { search: search.to_owned(), ..Filter::default() };
        let hits = walk(&home.core, &filter, 500).len() as u32;
        if !search.trim().is_empty() {
            assert_eq!(home.total(&filter), hits, "{search:?}");
        }
    }
    let longer = Filter { search: "x".repeat(201), ..Filter::default() };
    assert_eq!(home.core.timeline_page(&longer, &PageAt::default()).unwrap_err().code, Code::BadValue);
}

#[test]
fn values_that_do_not_fit_are_refused() {
    let home = Home::new();
    let some = Filter::default;
    let bad = [
        Filter { kinds: words(&["seen"]), ..some() },
        Filter { categories: words(&["Listening"]), ..some() },
        Filter { usable_for: Some("fun".to_owned()), ..some() },
        Filter { max_sensitivity: Some(0), ..some() },
        Filter { max_sensitivity: Some(4), ..some() },
        Filter { from: Some("2024-02-30".to_owned()), ..some() },
        Filter { to: Some("yesterday".to_owned()), ..some() },
        Filter { from: Some("2024-1-1".to_owned()), ..some() },
    ];
    for filter in bad {
        assert_eq!(
            home.core.timeline_page(&filter, &PageAt::default()).unwrap_err().code,
            Code::BadValue,
            "{filter:?}"
        );
        assert_eq!(home.core.stats(&[StatKey::Day], &filter).unwrap_err().code, Code::BadValue, "{filter:?}");
    }
    let unknown = Filter { services: words(&["myspace"]), ..some() };
    assert_eq!(home.core.timeline_page(&unknown, &PageAt::default()).unwrap_err().code, Code::NoSuch);
    for cursor in ["", "x", "12345678901234567", "000000000000zz", "日本語日本"] {
        let at = PageAt { cursor: Some(cursor.to_owned()), ..PageAt::default() };
        assert_eq!(home.core.timeline_page(&some(), &at).unwrap_err().code, Code::BadValue, "{cursor}");
        assert!(home.core.record(cursor, false).is_err());
    }
    assert_eq!(home.core.record("10000000000000", false).unwrap_err().code, Code::NoSuch);
    for day in ["9999-12-31", "0001-01-01"] {
        for newer in [false, true] {
            let at = PageAt { day: Some(day.to_owned()), newer, ..PageAt::default() };
            assert!(home.core.timeline_page(&some(), &at).unwrap().records.is_empty());
        }
    }
}

#[test]
fn private_fields_are_masked_unless_one_asks() {
    let home = Home::new();
    home.import(&archives::spotify(home.path(), 300, SpotifyGeneration::Endsong).path);
    let records = home.walk(&Filter::default());
    let shown = serde_json::to_string(&records).unwrap();
    assert!(shown.contains("192…") && shown.contains("2001…"));
    for full in ["192.0.2.", "2001:db8", "robin-example"] {
        assert!(!shown.contains(full), "{full} is shown");
    }
    for record in records.iter().step_by(50) {
        let detail = home.core.record(&record.id, false).unwrap();
        let text = serde_json::to_string(&detail).unwrap();
        for full in ["192.0.2.", "2001:db8", "robin-example"] {
            assert!(!text.contains(full), "{full} is shown in a detail");
        }
        assert!(detail.original.unwrap().masked);
        let open = serde_json::to_string(&home.core.record(&record.id, true).unwrap()).unwrap();
        assert!(open.contains("robin-example") && (open.contains("192.0.2.") || open.contains("2001:db8")));
    }
}

#[test]
fn own_records_stand_on_the_timeline_newest_first() {
    let home = household();
    home.core.choose(&change("all", "ai-training", "off")).unwrap();
    let newest = home.page(&Filter::default(), &PageAt { limit: 1, ..PageAt::default() }).records.remove(0);
    assert_eq!((newest.kind.as_str(), newest.title.as_str()), ("choice", "ai-training"));
    assert!(newest.source.is_none());
    let detail = home.core.record(&newest.id, false).unwrap();
    assert!(detail.original.is_none() && detail.seen_in.is_empty());
}
