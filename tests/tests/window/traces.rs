//! The window as people start it, undriven: what it leaves on the disk. A driven web view keeps more than an ordinary one, so the
//! searches in driven windows are the stricter ones; this one is the true one.

use thinline_tests::harness::{Computer, PlainWindow, Planted, Start, Window};

use crate::steps::{go, titles};

const ARCHIVE: &str = "my_spotify_data.zip";

/// A computer with a vault that the keyring opens and the planted archive in it.
pub fn prepared() -> Computer {
    let computer = Computer::new();
    let planted = Planted::write(&computer.desk().join(ARCHIVE));
    computer.thinline(&["init"]);
    computer.thinline(&["import", &planted.archive.to_string_lossy()]);
    computer
}

/// Unlocks an ordinary window and goes to the timeline. A driven one on another computer with the same archive goes ahead: it knows
/// what it shows, and where. Pictures of both are kept under `name`.
pub fn look_at_the_timeline(driven: &Window<'_>, plain: &PlainWindow<'_>, name: &str) {
    let named = |which: &str| format!("{name}-{which}");
    let (twin, window) = (driven.computer().window_titled("Thinline"), plain.window());
    let button = driven.place_of("[data-testid=unlock-keyring]");
    twin.wait_until_drawn(button, &named("twin-locked"));
    window.wait_until_it_looks_like(&named("plain-locked"), &twin, &named("twin-locked"));

    window.focus();
    window.key("Return");
    driven.test_id("unlock-keyring").click();
    let timeline = driven.place_of("[data-testid=nav-timeline]");
    window.wait_until_drawn(timeline, &named("plain-unlocked"));
    window.click(timeline);
    go(driven, "timeline");
    assert_eq!(titles(driven)[0], Planted::TITLE);
    twin.wait_until_drawn(driven.place_of(".rec .title"), &named("twin-timeline"));
    window.wait_until_it_looks_like(&named("plain-timeline"), &twin, &named("twin-timeline"));
}

#[test]
fn an_ordinary_start_shows_the_timeline_and_leaves_no_trace() {
    let (other, computer) = (prepared(), prepared());
    let driven = other.open(Start::default());
    let plain = computer.open_plain(Start::default());
    look_at_the_timeline(&driven, &plain, "traces");
    assert_eq!(computer.traces_of(Planted::WORDS), [], "while the timeline is on the screen");
    plain.close();
    driven.close();
    assert_eq!(computer.traces_of(Planted::WORDS), [], "after the window was closed");

    std::fs::write(computer.home().join("control"), Planted::TITLE).expect("a file can be written");
    assert_ne!(computer.traces_of(Planted::WORDS), [], "the search finds what is there");
}
