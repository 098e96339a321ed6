//! The window as people start it, undriven: what it leaves on the disk. A driven web view keeps more than an ordinary one, so the
//! searches in driven windows are the stricter ones; this one is the true one.

use thinline_tests::harness::{Computer, Planted, Start};

use crate::steps::{go, titles};

const ARCHIVE: &str = "my_spotify_data.zip";

/// A computer with a vault that the keyring opens and the planted archive in it.
fn prepared() -> Computer {
    let computer = Computer::new();
    let planted = Planted::write(&computer.desk().join(ARCHIVE));
    computer.thinline(&["init"]);
    computer.thinline(&["import", &planted.archive.to_string_lossy()]);
    computer
}

#[test]
fn an_ordinary_start_shows_the_timeline_and_leaves_no_trace() {
    // A driven window on another computer with the same archive goes ahead: it knows what it shows, and where.
    let (other, computer) = (prepared(), prepared());
    let driven = other.open(Start::default());
    let plain = computer.open_plain(Start::default());
    let (twin, window) = (other.window_titled("Thinline"), plain.window());
    let button = driven.place_of("[data-testid=unlock-keyring]");
    twin.wait_until_drawn(button, "twin-locked");
    window.wait_until_it_looks_like("plain-locked", &twin, "twin-locked");

    window.focus();
    window.key("Return");
    driven.test_id("unlock-keyring").click();
    let timeline = driven.place_of("[data-testid=nav-timeline]");
    window.wait_until_drawn(timeline, "plain-unlocked");
    window.click(timeline);
    go(&driven, "timeline");
    assert_eq!(titles(&driven)[0], Planted::TITLE);
    twin.wait_until_drawn(driven.place_of(".rec .title"), "twin-timeline");
    window.wait_until_it_looks_like("plain-timeline", &twin, "twin-timeline");
    assert_eq!(computer.traces_of(Planted::WORDS), [], "while the timeline is on the screen");
    plain.close();
    driven.close();
    assert_eq!(computer.traces_of(Planted::WORDS), [], "after the window was closed");

    std::fs::write(computer.home().join("control"), Planted::TITLE).expect("a file can be written");
    assert_ne!(computer.traces_of(Planted::WORDS), [], "the search finds what is there");
}
