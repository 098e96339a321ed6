//! From "I have nothing" to "my data is here", without leaving the window: ask, wait, restart, import.

use std::fs::{self, File};
use std::io::{self, Cursor};
use std::path::Path;
use thinline_tests::harness::{Computer, Planted, Start, Window};

use zip::write::SimpleFileOptions;

use crate::steps::{close_dialog, go, import, number, summary};

#[test]
fn a_person_gets_from_nothing_to_their_data_inside_the_window() {
    let computer = Computer::new();
    let planted = Planted::write(&computer.desk().join("my_spotify_data.zip"));
    dateless(&planted.archive);
    let start = || Start { pick: Some(planted.archive.clone()), ..Start::default() };
    let window = computer.open(start());
    window.by_xpath("//label[.//span[starts-with(normalize-space(.), 'Spotify')]]").click();
    window.test_id("door-ask").click();
    ask(&window);
    waits(&window);
    window.close();

    // The wait survives a restart, and the file ends it.
    let window = computer.open(start());
    window.test_id("unlock-keyring").click();
    waits(&window);
    let item = import(&window);
    assert_eq!(item.attribute("data-stage").as_deref(), Some("ended"), "{}", item.text());
    close_dialog(&window);
    go(&window, "timeline");
    let shown = summary(&window, "records");
    assert!(number(shown.split('·').next().unwrap_or_default()) >= planted.records, "{shown}");
    go(&window, "todo");
    window.wait("the request for the history to be done", || {
        (!window.find("main").text().contains("Extended streaming history, asked")).then_some(())
    });
    window.by_text("Write down a recovery code");
    window.close();
    let requests = computer.thinline(&["requests"]);
    let state = |package: &str| {
        let all = requests["requests"].as_array().expect("a list").iter();
        all.filter(|one| one["package"] == package).map(|one| one["state"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(state("extended"), ["imported"], "{requests}");
    assert_eq!(state("account"), ["asked"], "{requests}");
}

/// The generator dates its exports in the past; one that is older than the request does not end it. Without dates it is of today.
fn dateless(archive: &Path) {
    let bytes = fs::read(archive).expect("the archive is there");
    let mut old = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut new = zip::ZipWriter::new(File::create(archive).expect("it can be replaced"));
    for at in 0..old.len() {
        let mut member = old.by_index(at).expect("a member");
        let name = member.name().expect("a name").into_owned();
        new.start_file(name, SimpleFileOptions::default()).expect("a file can be added");
        io::copy(&mut member, &mut new).expect("it can be copied");
    }
    new.finish().expect("the archive can be closed");
}

/// On the page of the service: the steps, and the note that one asked.
fn ask(window: &Window<'_>) {
    window.test_id("ask-form");
    let page = window.find("main").text();
    for words in ["Open Spotify in the browser", "Extended streaming history", "Account data"] {
        assert!(page.contains(words), "“{words}” in: {page}");
    }
    window.test_id("ask-do").click();
    window.test_id("request-extended");
}

fn waits(window: &Window<'_>) {
    go(window, "todo");
    window.by_text("Waiting for a service");
    window.test_id("request-extended");
}
