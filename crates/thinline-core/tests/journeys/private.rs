//! What is private in an export: secrets that are kept nowhere, and values that are shown when asked for.

use crate::archives;
use crate::home::Home;
use thinline_core::wire::{Filter, RecordDetail, TimelineRecord};

/// What stands for a secret: if it is found anywhere, it was kept.
const SECRET: &str = "hunter2";

fn details(home: &Home, unmask: bool) -> Vec<(TimelineRecord, RecordDetail)> {
    let walked = home.walk(&Filter { everyone: Some(true), ..Filter::default() });
    walked
        .into_iter()
        .map(|record| {
            let detail = home.core.record(&record.id, unmask).unwrap();
            (record, detail)
        })
        .collect()
}

#[test]
fn secrets_of_an_export_are_kept_nowhere_and_counted() {
    let home = Home::new();
    let user = r#"{"username":"robin","country":"NL","password":"hunter2"}"#;
    let plays = r#"[{"ts":"2024-05-06T06:41:10Z","ms_played":187340,"master_metadata_track_name":"Low Water","ip_addr":"192.0.2.10","session_token":"hunter2"}]"#;
    let library = r#"{"tracks":[{"artist":"The Example Tides","track":"Ebb","uri":"https://example.org/?token=hunter2"}]}"#;
    let path = archives::zip_of(
        &home.path().join("secrets.zip"),
        &[
            ("Spotify Account Data/Userdata.json", user),
            ("Spotify Account Data/YourLibrary.json", library),
            ("Spotify Account Data/Streaming_History_Audio_2024_0.json", plays),
        ],
    );
    let report = home.import(&path);
    let dropped = |name: &str| {
        let file = report.files.iter().find(|file| file.path.ends_with(name)).unwrap();
        file.parts.iter().filter_map(|part| part.notes.get("dropped")).sum::<u32>()
    };
    assert_eq!(["Userdata.json", "YourLibrary.json", "2024_0.json"].map(dropped), [1, 1, 1]);
    assert!(
        report.warnings.is_empty(),
        "that no secret is kept is no reason to worry: {:?}",
        report.warnings
    );
    let all = details(&home, true);
    assert!(all.len() >= 4);
    for (record, detail) in &all {
        let told = format!("{record:?} {detail:?}");
        assert!(!told.contains(SECRET), "{told}");
    }
    let text = serde_json::to_string(&all.iter().map(|(_, detail)| detail).collect::<Vec<_>>()).unwrap();
    assert!(text.contains("[dropped]"), "a mark stands in their place");
    // The same export in another zip brings nothing new.
    let twin = archives::zip_of(
        &home.path().join("twin.zip"),
        &[
            ("Spotify Account Data/Streaming_History_Audio_2024_0.json", plays),
            ("Spotify Account Data/Userdata.json", user),
            ("Spotify Account Data/YourLibrary.json", library),
        ],
    );
    let again = home.import(&twin);
    assert_eq!((again.totals.read, again.totals.records), (0, report.totals.records));
}

#[test]
fn an_original_row_masks_what_any_recipe_that_reads_it_calls_private() {
    let home = Home::new();
    let account = "\"First Name\",\"Email Address\",\"Phone Number\",\"Membership Status\",\"Netflix Offers\",\"Cookie Disclosure\"\r\n\
                   \"Robin\",\"robin@example.org\",\"0201234567\",\"CURRENT\",\"YES\",\"opted in\"\r\n";
    let devices = "Esn,Country,Localized Device Description,Device Description,Ip,Region Code Display Name,Ts,Near Location\n\
                   NFEXAMPLE-0001,NL,TV,TV,192.0.2.10,North Holland,2025-03-02T20:14:07.000Z,Sample Town\n";
    let viewing =
        "Profile Name,Start Time,Duration,Title\nRobin,2025-03-02 20:14:07,00:41:53,Harbour Lights\n";
    let path = archives::zip_of(
        &home.path().join("netflix.zip"),
        &[
            ("ACCOUNT/AccountDetails.csv", account),
            ("IP_ADDRESSES/IpAddressesStreaming.csv", devices),
            ("CONTENT_INTERACTION/ViewingActivity.csv", viewing),
        ],
    );
    home.import(&path);
    let private = ["robin@example.org", "0201234567", "192.0.2.10", "NFEXAMPLE-0001"];
    let mut kinds = std::collections::BTreeSet::new();
    for (_, detail) in details(&home, false) {
        let told = format!("{detail:?}");
        assert!(private.iter().all(|value| !told.contains(value)), "{}: {told}", detail.recipe);
        kinds.insert(detail.recipe);
    }
    for recipe in
        ["netflix/consents", "netflix/places of connections", "netflix/account details", "netflix/viewing"]
    {
        assert!(kinds.contains(recipe), "{recipe} made no record: {kinds:?}");
    }
    let originals: String = details(&home, true)
        .into_iter()
        .filter_map(|(_, detail)| detail.original)
        .map(|one| one.text)
        .collect();
    assert!(private.iter().all(|value| originals.contains(value)), "asked for, they are there");
}
