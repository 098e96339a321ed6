//! The real window, driven from outside: what only a whole app can get wrong.
#![cfg(unix)]

use thinline_tests::harness::{Computer, Equipment, Start, Window};

const ROOMS: &[&str] = &["services", "timeline", "profile", "log", "settings"];

/// Through the first door: invented exports in a vault of their own.
fn open_sample(window: &Window<'_>) {
    window.test_id("door-sample").click();
    window.find("[data-testid=sample-banner]");
}

#[test]
fn the_first_window_is_sound_in_light_and_dark() {
    for dark in [false, true] {
        let computer = Computer::with(Equipment { dark, ..Equipment::default() });
        let window = computer.open(Start::default());
        window.test_id("door-sample");
        window.assert_sound("the first run");
        window.picture(if dark { "first-run-dark" } else { "first-run-light" });
        window.close();
    }
}

#[test]
fn every_room_is_sound_with_the_sample_data_in_it() {
    let computer = Computer::new();
    let window = computer.open(Start::default());
    open_sample(&window);
    for room in ROOMS {
        window.test_id(&format!("nav-{room}")).click();
        window.find(&format!("[data-testid=nav-{room}][aria-current=page]"));
        window.find("main h1");
        window.assert_sound(room);
        window.picture(&format!("room-{room}"));
    }
    window.close();
}

#[test]
fn the_sample_leaves_no_readable_trace_on_the_disk() {
    let computer = Computer::new();
    let window = computer.open(Start::default());
    open_sample(&window);
    window.test_id("nav-timeline").click();
    let title = window.find("[role=gridcell] .title").text();
    assert!(title.len() > 4, "a record with a title to look for, not “{title}”");
    assert_eq!(computer.traces_of(&[&title]), [], "while it is open");
    window.close();
    assert_eq!(computer.traces_of(&[&title]), [], "after it was closed");
}
