//! What is no export, in the window: told in words, and nothing is stored.

use thinline_sample::{Damage, damaged};
use thinline_tests::harness::{Computer, Start};

use crate::steps::{close_dialog, go, import, open_own};

/// A broken archive and the words it is told in.
const BROKEN: &[(Damage, &str, &[&str])] = &[
    (
        Damage::NotAnArchive,
        "letter.zip",
        &[
            "That is no archive that Thinline can open",
            "nothing was added to your records",
            "Pick the file as you downloaded it",
        ],
    ),
    (
        Damage::EncryptedZip,
        "my_spotify_data.zip",
        &["The archive has a password", "nothing was added to your records", "Unpack it with its password"],
    ),
    (
        Damage::TruncatedZip,
        "my_spotify_data (2).zip",
        &["The archive is cut off", "nothing was added to your records", "Download it again"],
    ),
];

#[test]
fn what_is_no_export_is_told_and_nothing_is_stored() {
    let computer = Computer::new();
    // The app asks where the link leads each time, so that the answer can change while it is open.
    let answer = computer.desk().join("answer");
    let window = computer.open(Start { pick: Some(answer.clone()), ..Start::default() });
    open_own(&window);
    for (damage, name, words) in BROKEN {
        let file = computer.desk().join(name);
        std::fs::write(&file, damaged(*damage).expect("made in memory")).expect("a file can be written");
        let _ = std::fs::remove_file(&answer);
        std::os::unix::fs::symlink(&file, &answer).expect("a link can be made");
        let item = import(&window);
        assert_eq!(item.attribute("data-stage").as_deref(), Some("failed"), "{name}");
        let told = item.text();
        for part in *words {
            assert!(told.contains(part), "{name}: “{part}” in: {told}");
        }
        close_dialog(&window);
    }
    go(&window, "timeline");
    window.by_text("Nothing here yet");
    go(&window, "settings");
    window.by_text("Nothing was imported yet.");
    window.close();
    let status = computer.thinline(&["status"]);
    assert_eq!([&status["records"], &status["imports"]], [0, 0], "{status}");
}
