//! The catalogue of this build reads, and mistakes in catalogue texts are told with file and line.

use thinline_catalogue::{Catalogue, CatalogueError, FileName, fold};
use thinline_model::{Category, Purpose, Wish};

const SERVICE: &str = include_str!("../../../catalogue/netflix/service.toml");
const RECIPES: &str = include_str!("../../../catalogue/netflix/recipes.toml");

fn read(service: &str, recipes: &str) -> Result<Catalogue, CatalogueError> {
    Catalogue::from_texts(&[("netflix/service.toml", service), ("netflix/recipes.toml", recipes)])
}

/// Replaces a text that must be there and returns the mistake.
fn spoiled(from: &str, to: &str) -> CatalogueError {
    assert!(SERVICE.contains(from) || RECIPES.contains(from), "{from:?} is in no text");
    read(&SERVICE.replacen(from, to, 1), &RECIPES.replacen(from, to, 1)).expect_err("a mistake is found")
}

#[test]
fn the_builtin_catalogue_reads() {
    let catalogue = Catalogue::builtin();
    let ids: Vec<_> = catalogue.services.iter().map(|service| service.id.as_str()).collect();
    let mut sorted = ids.clone();
    sorted.sort_unstable();
    assert_eq!(ids, sorted);
    for id in ["netflix", "spotify"] {
        let service = catalogue.service(id).expect("is in the catalogue");
        assert!(!service.recipes.is_empty() && !service.uses.is_empty());
        let purposes: Vec<_> = service.purposes.iter().map(|info| info.purpose).collect();
        assert_eq!(purposes, Purpose::ALL);
        for purpose in Purpose::ALL {
            assert_eq!(service.purpose(*purpose).purpose, *purpose);
        }
    }
    assert!(catalogue.service("nobody").is_none());
}

#[test]
fn the_version_changes_with_any_text() {
    let one = read(SERVICE, RECIPES).expect("reads").version;
    assert_eq!(read(SERVICE, RECIPES).expect("reads").version, one);
    assert_ne!(read(&format!("{SERVICE}\n"), RECIPES).expect("reads").version, one);
    assert_ne!(read(SERVICE, &format!("{RECIPES}#")).expect("reads").version, one);
}

#[test]
fn a_setting_is_offered_under_every_purpose_it_changes_narrowest_first() {
    let spotify = Catalogue::builtin().service("spotify").expect("is in the catalogue");
    let labels = |purpose| -> Vec<&str> {
        spotify.purpose(purpose).settings.iter().map(|setting| setting.label.as_str()).collect()
    };
    assert_eq!(labels(Purpose::FromElsewhere), ["Process my Facebook data", "Tailored Ads"]);
    assert_eq!(labels(Purpose::AdsHere), ["Tailored Ads"]);
    assert_eq!(labels(Purpose::Improvement), [""; 0]);
}

#[test]
fn consent_values_say_on_or_off_about_their_purpose() {
    let netflix = Catalogue::builtin().service("netflix").expect("is in the catalogue");
    let consents = netflix.recipe("netflix/consents").expect("is there");
    let state = |column, value| consents.state_of(column, value).map(|(rule, wish)| (rule.purpose, wish));
    assert_eq!(
        state("Marketing Communications Matched Identifiers", "YES"),
        Some((Purpose::AdsElsewhere, Wish::On))
    );
    assert_eq!(state("test_participation", "false"), Some((Purpose::Improvement, Wish::Off)));
    assert_eq!(state("Netflix Games (Email)", "opted-out"), Some((Purpose::Messages, Wish::Off)));
    assert_eq!(state("Netflix Games (Email)", "MAYBE"), None);
}

#[test]
fn unpivoted_columns_are_consents_and_not_the_mail_address() {
    let netflix = Catalogue::builtin().service("netflix").expect("is in the catalogue");
    let unpivot = netflix.recipe("netflix/consents").and_then(|r| r.unpivot.as_ref()).expect("is there");
    let takes = |header| unpivot.columns.iter().any(|column| column.matches(header));
    for header in [
        "Email Consent Kids Activity",
        "Sms Account Related",
        "What You Watch (Push Notification)",
        "Kid's Activity Report  (EMAIL)",
        "Whats App",
    ] {
        assert!(takes(header), "{header}");
    }
    for header in ["Email Address", "Contact Email", "Phone Number", "Membership Status"] {
        assert!(!takes(header), "{header}");
    }
}

#[test]
fn every_known_file_is_known_once() {
    let catalogue = Catalogue::builtin();
    for service in &catalogue.services {
        for path in
            ["MyData/endsong_0.json", "CONTENT_INTERACTION/ViewingActivity.csv", "a/Read_Me_First.pdf"]
        {
            let read = service
                .recipes
                .iter()
                .flat_map(|r| &r.files)
                .filter(|f| f.matches(&FileName::new(path)))
                .count();
            let unused = service
                .unused
                .iter()
                .flat_map(|u| &u.files)
                .filter(|f| f.matches(&FileName::new(path)))
                .count();
            assert!(read + unused <= 1, "{path} at {}", service.id);
        }
    }
}

#[test]
fn file_names_match_in_any_case_composition_and_folder() {
    let netflix = Catalogue::builtin().service("netflix").expect("is in the catalogue");
    let unused =
        |path: &str| netflix.unused.iter().flat_map(|u| &u.files).any(|f| f.matches(&FileName::new(path)));
    assert!(unused("1234/Informac\u{327}o\u{303}es adicionais.PDF"), "decomposed accents");
    let read =
        |path: &str| netflix.recipes.iter().flat_map(|r| &r.files).any(|f| f.matches(&FileName::new(path)));
    assert!(read("x/Devices/devices.csv"));
    assert!(!read("x/Other/devices.csv"), "the folder is part of the pattern");
    assert!(!read("Ratings.csv/other.csv"), "only the base name counts");
}

#[test]
fn names_fold_to_letters_and_digits() {
    assert_eq!(fold("Utc_Timestamp "), "utctimestamp");
    assert_eq!(fold("U\u{308}ber"), fold("ÜBER"));
    assert_eq!(fold("Star－Value"), "starvalue");
}

#[test]
fn mistakes_are_told_with_file_and_line() {
    let line =
        |text: &str, needle: &str| text.lines().position(|line| line.contains(needle)).expect("is there") + 1;
    let error = spoiled("person   = [\"Profile Name\"]", "persona  = [\"Profile Name\"]");
    assert_eq!((error.file.as_str(), error.line), ("netflix/recipes.toml", line(RECIPES, "person   = ")));
    assert!(error.problem.contains("persona"), "{error}");

    let error = spoiled("files    = [\"ViewingActivity.csv\"]", "files    = [\"Viewing[Activity.csv\"]");
    assert_eq!(error.line, line(RECIPES, "files    = [\"ViewingActivity.csv\"]"), "{error}");

    let error =
        spoiled("address = \"https://www.netflix.com/account\"", "address = \"https://example.org/account\"");
    assert_eq!(error.file, "netflix/service.toml");
    assert_eq!(error.line, line(SERVICE, "address = \"https://www.netflix.com/account\""), "{error}");
}

#[test]
fn what_is_wrong_is_refused() {
    for (from, to, says) in [
        ("kind     = \"collected\"", "kind     = \"consumed\"", "consumed"),
        ("kind     = \"collected\"", "kind     = \"choice\"", "own"),
        ("category = \"viewing\"", "", "category"),
        ("reader   = \"csv\"", "reader   = \"html\"", "html"),
        ("name     = \"searches\"", "name     = \"viewing\"", "viewing"),
        ("\"SearchHistory.csv\"", "\"ViewingActivity.csv\"", "twice"),
        ("\"ExtraMembers.csv\"", "\"ViewingActivity.csv\"", "two places"),
        ("form = \"iso\"", "form = \"iso\", zone = \"utc\"", "zone"),
        ("checked  = \"2026-11\"", "checked  = \"11/2026\"", "date"),
        ("why   = \"explains-archive\"", "why   = \"boring\"", "boring"),
        ("header = [\"Profile Name\"", "keys = [\"Profile Name\"", "sniff"),
        ("present = true", "present = false", "needed"),
        ("detail   = [\"@value\"]", "detail   = [\"@path\"]", "@path"),
        ("scope = \"person\"", "scope = \"everywhere\"", "everywhere"),
        ("id = \"netflix\"", "id = \"notflix\"", "folder"),
        ("color = \"#8f2f3a\"", "color = \"red\"", "red"),
        (
            "promises = []",
            "promises = [{ flow = \"sell\", source = \"https://example.org\", checked_on = \"2026-11\" }]",
            "sell",
        ),
        ("[purpose.improvement]", "[purpose.profit]", "profit"),
        ("[purpose.improvement]\navailability = [\"letter\"]", "", "improvement"),
        (
            "[purpose.improvement]\navailability = [\"letter\"]",
            "[purpose.improvement]\navailability = []",
            "says nothing",
        ),
        ("affects = [\"messages\"]", "affects = [\"improvement\"]", "agree"),
        ("packages = [\"small-list\"]", "packages = [\"large-list\"]", "large-list"),
        ("what = [\"time-of-day\"", "what = [\"weather\"", "weather"),
        ("categories = [\"account\", \"settings\"]", "categories = [\"account\"]", "settings"),
        (
            "categories = [\"account\", \"settings\"]",
            "categories = [\"account\", \"settings\", \"people\"]",
            "people",
        ),
        (
            "categories = [\"account\", \"settings\"]",
            "categories = [\"viewing\", \"settings\"]",
            "two `shows`",
        ),
        ("domains = [\"netflix.com\"]", "domains = [\"https://netflix.com\"]", "domain"),
    ] {
        let error = spoiled(from, to);
        assert!(error.problem.contains(says), "{from} -> {to}: {error}");
        assert!(error.line > 0);
    }
}

#[test]
fn what_recipes_read_is_what_packages_are_said_to_show() {
    for service in &Catalogue::builtin().services {
        let said = |category| service.shows.iter().any(|one| one.category == category);
        for recipe in &service.recipes {
            let classified = recipe.classify.iter().filter_map(|rule| rule.category);
            for category in classified.chain([recipe.category]) {
                assert!(said(category), "{}: no `shows` speaks of {}", recipe.id, category.id());
            }
        }
    }
}

#[test]
fn every_category_of_a_recipe_has_its_uses() {
    for service in &Catalogue::builtin().services {
        for recipe in &service.recipes {
            let settings = [Category::Settings, Category::Shown];
            let known = service.uses.iter().any(|one| one.category == recipe.category);
            assert!(known || settings.contains(&recipe.category), "{} has no uses", recipe.id);
        }
    }
}
