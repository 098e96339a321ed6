//! What a recipe can say, key by key, with a catalogue made for the test.

mod support;

use support::{Files, Kept};
use thinline_catalogue::{Catalogue, Service};
use thinline_import::{
    Archive, Context, FileReport, FileState, ImportError, Limits, Match, detect, plan, read_file,
};
use thinline_model::{Category, Certainty, Kind, Precision, Record, Sensitivity, When, Wish};

const SERVICE: &str = include_str!("../../../catalogue/netflix/service.toml");

const HEAD: &str = r#"
[defaults]
zone = "utc"
null = ["", "N/A"]

[[recipe]]
name = "things"
grade = "fixture"
checked = "2026-11"
origin = "observed"
party = "first"
"#;

fn catalogue(recipe: &str) -> Catalogue {
    Catalogue::from_texts(&[
        ("netflix/service.toml", SERVICE),
        ("netflix/recipes.toml", &format!("{HEAD}{recipe}")),
    ])
    .expect("the recipe reads")
}

fn archive(files: &[(&str, &str)]) -> Archive {
    let files = files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect();
    Archive::folder(Box::new(Files(files)), Limits::default()).expect("opens")
}

fn read_as(service: &Service, account: &str, path: &str, text: &str) -> (FileReport, Vec<Record>) {
    let mut archive = archive(&[(path, text)]);
    let planned = plan(&mut archive, service).expect("plans");
    assert_eq!(planned[0].state, FileState::Read);
    let mut kept = Kept::default();
    let report =
        read_file(&mut archive, &planned[0], &Context { service, account }, &mut kept).expect("opens");
    support::reconcile(&report, &kept);
    (report, kept.records)
}

fn read(recipe: &str, path: &str, text: &str) -> (FileReport, Vec<Record>) {
    read_as(&catalogue(recipe).services[0], "default", path, text)
}

fn titles(records: &[Record]) -> Vec<&str> {
    records.iter().map(|record| &*record.title).collect()
}

const JSON: &str = r#"
files = ["things*.json"]
reader = "json"
rows = "a.b list[]"
kind = "collected"
category = "listening"
at = { f = ["when", "date"], form = "iso" }
title = ["inner.title"]
counterparty = ["shop"]
person = ["who"]
private = ["ip"]
where = [{ f = "event", in = ["END", ""] }]
"#;

#[test]
fn rows_lie_under_keys_and_fields_under_paths() {
    let text = r#"{"skip":{"deep":[1,2]},"A":{"b_List":[
        {"inner":{"title":"one"},"shop":"Example Shop","who":"Robin","ip":"192.0.2.1","event":"END","when":"2024-05-06T00:00:00Z"},
        {"inner":{"title":"two"},"event":"START"},
        {"inner":{"title":"N/A"},"date":"2024-05"},
        {"inner":{"title":"four"},"who":"Robin","date":"2024-05-06"}]}}"#;
    let (report, records) = read(JSON, "things.json", text);
    assert_eq!(titles(&records), ["one", "", "four"]);
    assert_eq!((&*records[0].counterparty, records[0].person.as_deref()), ("Example Shop", Some("Robin")));
    assert_eq!(records[0].shape.fields, [("ip".into(), true)]);
    assert_eq!(&*records[0].detail[0], "192.0.2.1");
    assert_eq!(report.parts[0].skipped.get("filtered"), Some(&1));
    assert_eq!(
        report.parts.iter().map(|part| part.at.as_str()).collect::<Vec<_>>(),
        ["a.b list[]", "skip.deep[]"]
    );
    let precisions: Vec<_> = records.iter().map(|record| record.when).collect();
    assert!(matches!(
        precisions[0],
        When::Dated { precision: Precision::Second, certainty: Certainty::Explicit, .. }
    ));
    assert!(matches!(precisions[1], When::Dated { precision: Precision::Month, .. }));
    assert!(matches!(
        precisions[2],
        When::Dated { precision: Precision::Day, certainty: Certainty::LocalUnknown, .. }
    ));
}

#[test]
fn the_key_holds_service_account_person_kind_category_and_the_named_fields() {
    let one = |title: &str, who: &str| {
        format!(r#"{{"a":{{"b list":[{{"inner":{{"title":"{title}"}},"who":"{who}"}}]}}}}"#)
    };
    let hash = |recipe: &str, account: &str, text: &str| {
        read_as(&catalogue(recipe).services[0], account, "things.json", text).1[0].hash
    };
    let base = hash(JSON, "default", &one("a", "Robin"));
    assert_eq!(hash(JSON, "default", &one("a", "Robin")), base);
    assert_ne!(hash(JSON, "second", &one("a", "Robin")), base);
    assert_ne!(hash(JSON, "default", &one("a", "Kim")), base);
    assert_ne!(hash(JSON, "default", &one("b", "Robin")), base);
    for (from, to) in [("\"collected\"", "\"used\""), ("\"listening\"", "\"viewing\"")] {
        assert_ne!(hash(&JSON.replace(from, to), "default", &one("a", "Robin")), base, "{to}");
    }
    // Time, and fields that are not named, do not count.
    let timed =
        one("a", "Robin").replace("}]}}", ",\"when\":\"2020-01-01T00:00:00Z\",\"ip\":\"192.0.2.1\"}]}}");
    assert_eq!(hash(JSON, "default", &timed), base);
    let keyed = format!("{JSON}key = [\"title\", \"ip\"]\n");
    assert_ne!(hash(&keyed, "default", &timed), hash(&keyed, "default", &one("a", "Robin")));
}

#[test]
fn classify_takes_the_first_match_and_only_raises_sensitivity() {
    let recipe = r#"
files = ["things.json"]
reader = "json"
rows = "[]"
kind = "collected"
category = "location"
at = "as-of"
title = ["@value"]
classify = [
    { f = "title", contains = "health", sensitivity = 3, go-on = true },
    { f = "title", equals = ["exact"], kind = "used", category = "shown" },
    { f = "title", suffix = ["-end"], category = "listening", sensitivity = 1 },
    { f = "title", prefix = ["ÄX"], category = "viewing" },
]
"#;
    let (_, records) =
        read(recipe, "things.json", r#"["EXACT", "health-End", "äx exact", "plain", 12, true]"#);
    let found: Vec<_> = records.iter().map(|r| (r.kind, r.category, r.sensitivity)).collect();
    let (ordinary, special) = (Sensitivity::Ordinary, Sensitivity::Special);
    assert_eq!(
        found,
        [
            (Kind::Used, Category::Shown, ordinary),
            (Kind::Collected, Category::Listening, special),
            (Kind::Collected, Category::Viewing, Sensitivity::Revealing),
            (Kind::Collected, Category::Location, special),
            (Kind::Collected, Category::Location, special),
            (Kind::Collected, Category::Location, special),
        ]
    );
    assert_eq!(titles(&records)[4..], ["12", "true"]);
}

#[test]
fn unpivoted_cells_split_into_values_and_share_the_row() {
    let recipe = r#"
files = ["things.csv"]
reader = "csv"
kind = "setting"
category = "settings"
at = { f = "Day", form = "iso" }
title = ["@column"]
person = ["Who"]
detail = ["@value"]
unpivot = { columns = ["Topic *"], split = "; " }
states = { purpose = "messages", on = ["Yes"], off = ["No"], scope = "person" }
"#;
    let text = "Who,Day,Topic One,Other,Topic Two\nRobin,2024-05-06 10:30,Yes; No,x,N/A\nKim,,,,\n";
    let catalogue = catalogue(recipe);
    let (report, records) = read_as(&catalogue.services[0], "default", "things.csv", text);
    assert_eq!(titles(&records), ["Topic One", "Topic One"]);
    assert_eq!(records.iter().map(|record| &*record.detail[0]).collect::<Vec<_>>(), ["Yes", "No"]);
    assert_ne!(records[0].hash, records[1].hash, "a new value is a new record");
    assert!(records.iter().all(|record| record.person.as_deref() == Some("Robin")));
    assert!(matches!(
        records[0].when,
        When::Dated { precision: Precision::Minute, certainty: Certainty::Documented, .. }
    ));
    assert_eq!((report.parts[0].rows, report.parts[0].skipped.get("empty")), (2, Some(&1)));
    let states: Vec<_> = (records.iter())
        .filter_map(|record| catalogue.services[0].recipes[0].state_of(&record.title, &record.detail[0]))
        .map(|(_, wish)| wish)
        .collect();
    assert_eq!(states, [Wish::On, Wish::Off]);
}

#[test]
fn two_recipes_on_the_same_rows_clash() {
    let two = |rows: &str| {
        let second = HEAD.replace("things", "others").split_once("[[recipe]]").expect("has one").1.to_owned();
        let body = JSON.replace("things*.json", "*.json").replace("a.b list[]", rows);
        catalogue(&format!("{JSON}\n[[recipe]]{second}{body}"))
    };
    let mut archive = archive(&[("things.json", r#"{"a":{"b list":[1]},"c":[{"inner":{"title":"x"}}]}"#)]);
    let clash = plan(&mut archive, &two("a.b list[]").services[0]);
    assert!(matches!(clash, Err(ImportError::RecipesClash(_, _))), "{clash:?}");
    let catalogue = two("c[]");
    let planned = plan(&mut archive, &catalogue.services[0]).expect("different lists of one file");
    let mut kept = Kept::default();
    let context = Context { service: &catalogue.services[0], account: "default" };
    let report = read_file(&mut archive, &planned[0], &context, &mut kept).expect("opens");
    support::reconcile(&report, &kept);
    assert_eq!(titles(&kept.records), ["x"]);
    assert_eq!(kept.rows.iter().map(|row| row.part).collect::<Vec<_>>(), [0, 1]);
}

#[test]
fn a_recipe_without_sniff_gives_no_certainty() {
    let catalogue = catalogue(JSON);
    let found =
        |files: &[(&str, &str)]| detect(&mut archive(files), &catalogue).expect("detects").services[0].1;
    assert_eq!(found(&[("things.json", "{}")]), Match::No, "a name alone");
    assert_eq!(found(&[("things.json", "{}"), ("things2.json", "{}")]), Match::Maybe);
}
