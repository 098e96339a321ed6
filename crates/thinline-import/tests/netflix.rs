//! Netflix, over all its samples: what identifies somebody is masked, every table is known, and nothing is lowered.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use support::{Kept, folder, load, read_into, samples, service};
use thinline_catalogue::FileName;
use thinline_import::{Archive, FileState, Limits, account_id, plan};
use thinline_model::{Category, Kind, Record, Sensitivity};

fn records() -> Vec<Record> {
    let mut kept = Kept::default();
    for (_, _, path) in samples().into_iter().filter(|(id, ..)| id == "netflix") {
        let mut archive =
            Archive::folder(Box::new(load(&path.join("export"))), Limits::default()).expect("opens");
        for file in plan(&mut archive, service("netflix")).expect("plans") {
            if file.state == FileState::Read {
                read_into(&mut archive, &file, service("netflix"), &mut kept).expect("opens");
                kept.rows.clear();
            }
        }
    }
    kept.records
}

#[test]
fn what_identifies_somebody_is_masked_wherever_it_stands() {
    // Names of profiles are no secret inside the household: they tell whose a record is.
    let planted = [
        "robin@example.org",
        "kim@example.org",
        "+31000000000",
        "192.0.2.",
        "2001:db8",
        "EXAMPLE-00",
        "1988-02-11",
        "000.000.000-00",
        "0000 AA",
        "NON_BINARY",
        "robin_plays",
        "It costs too much",
    ];
    let mut seen = BTreeSet::new();
    for record in records() {
        let open = [&record.title, &record.by, &record.counterparty, &record.url, &record.raw_time];
        let named = record.shape.fields.iter().zip(&record.detail);
        let shown = named.clone().filter(|((_, private), _)| !private).map(|(_, value)| value);
        for text in open.into_iter().chain(shown) {
            for word in planted {
                assert!(!text.contains(word), "{word} stands open in a record of {}", record.recipe);
            }
        }
        let masked = named.filter(|((_, private), _)| *private).map(|(_, value)| value);
        seen.extend(masked.flat_map(|value| planted.into_iter().filter(|word| value.contains(word))));
    }
    assert_eq!(seen.len(), planted.len(), "the samples lack what is to be masked: {seen:?}");
}

#[test]
fn no_record_is_less_sensitive_than_its_category_and_places_are_sensitive() {
    let mut kinds: BTreeMap<(Category, Kind), u32> = BTreeMap::new();
    for record in records() {
        assert!(record.sensitivity >= record.category.sensitivity(), "{}", record.recipe);
        if record.category == Category::Location {
            assert_eq!(record.sensitivity, Sensitivity::Special);
        }
        *kinds.entry((record.category, record.kind)).or_default() += 1;
    }
    // The traces of use that an export without inferences has.
    for wanted in [
        (Category::Shown, Kind::Used),
        (Category::Settings, Kind::Setting),
        (Category::Location, Kind::Inferred),
        (Category::Account, Kind::Collected),
        (Category::Payments, Kind::Collected),
    ] {
        assert!(kinds.contains_key(&wanted), "no record is {wanted:?}");
    }
}

#[test]
fn every_table_is_read_or_recognized_and_its_placeholder_says_that_it_is_empty() {
    const TABLES: &[(&str, bool)] = &[
        ("ACCOUNT/AccountDetails", true),
        ("ACCOUNT/SubscriptionHistory", true),
        ("ACCOUNT/TermsOfUse", true),
        ("ACCOUNT/ExtraMembers", false),
        ("ACCOUNT/AccessAndDevices", true),
        ("CLICKSTREAM/Clickstream", true),
        ("CONTENT_INTERACTION/ViewingActivity", true),
        ("CONTENT_INTERACTION/SearchHistory", true),
        ("CONTENT_INTERACTION/PlaybackRelatedEvents", true),
        ("CONTENT_INTERACTION/Ratings", true),
        ("CONTENT_INTERACTION/MyList", true),
        ("CONTENT_INTERACTION/IndicatedPreferences", true),
        ("CONTENT_INTERACTION/InteractiveTitles", true),
        ("CONTENT_INTERACTION/TastePreferences", false),
        ("CUSTOMER_SERVICE/CSContact", true),
        ("CUSTOMER_SERVICE/ChatTranscripts", false),
        ("DEVICES/Devices", true),
        ("GAMES/GamePlaySession", false),
        ("GAMES/GamePlaySessions", false),
        ("IP_ADDRESSES/IpAddressesStreaming", true),
        ("IP_ADDRESSES/IpAddressesLogin", true),
        ("IP_ADDRESSES/IpAddressesAccountCreation", true),
        ("IP_ADDRESSES/IpAddresses", true),
        ("MESSAGES/MessagesSentByNetflix", true),
        ("PAYMENT_AND_BILLING/BillingHistory", true),
        ("PROFILES/Profiles", true),
        ("PROFILES/AvatarHistory", true),
        ("PROFILES/ParentalControlsRestrictedTitles", false),
        ("SOCIAL_MEDIA_CONNECTIONS/SocialMediaConnections", false),
        ("SURVEYS/ProductCancellationSurvey", false),
    ];
    let netflix = service("netflix");
    for (table, read) in TABLES {
        for path in [format!("{table}.csv"), format!("100000001/{}.csv", table.to_lowercase())] {
            let name = FileName::new(&path);
            let by = netflix.recipes.iter().filter(|recipe| recipe.files.iter().any(|f| f.matches(&name)));
            assert_eq!(by.count() > 0, *read, "{path}");
            let unused = netflix.unused.iter().find(|one| one.files.iter().any(|f| f.matches(&name)));
            assert_eq!(unused.map(|one| one.why.as_str()), (!read).then_some("form-unknown"), "{path}");
        }
        let placeholder = format!("{table}.txt");
        let mut archive = folder(&[(&placeholder, "No data found for this table on request")]);
        assert_eq!(plan(&mut archive, netflix).expect("plans")[0].state, FileState::Empty, "{placeholder}");
    }
}

#[test]
fn a_table_under_the_name_of_a_placeholder_is_not_called_empty() {
    let table = format!("Profile Name,Title Name\n{}", "Robin,Harbour Lights\n".repeat(200));
    let mut archive = folder(&[("CONTENT_INTERACTION/MyList.txt", &table)]);
    assert_eq!(plan(&mut archive, service("netflix")).expect("plans")[0].state, FileState::Unknown);
}

#[test]
fn the_account_is_told_by_its_address_and_not_guessed_where_there_is_none() {
    let details =
        "\"First Name\",\"Email Address\",\"Membership Status\"\r\n\"Robin\",\"robin@example.org\",\"X\"\r\n";
    let of = |files: &[(&str, &str)]| {
        account_id(&mut folder(files), service("netflix")).expect("reads").map(|id| id.expose().clone())
    };
    assert_eq!(of(&[("ACCOUNT/AccountDetails.csv", details)]).as_deref(), Some("robin@example.org"));
    assert_eq!(of(&[("ACCOUNT/AccountDetails.txt", "No data found for this table on request")]), None);
    assert_eq!(of(&[("NetflixViewingHistory.csv", "Title,Date\na,28/2/25\n")]), None);
}
