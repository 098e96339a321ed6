//! Every screen in light and dark, with data and without: nothing serious for axe, nothing stopped by the content policy, the
//! isolation frame out of sight.

use thinline_tests::harness::{Computer, Equipment, Start, Window};

use crate::steps::{ROOMS, go, open_own, open_sample, open_service, titles};

fn on_both_desktops(look: impl Fn(&Window<'_>, &str)) {
    for (dark, name) in [(false, "light"), (true, "dark")] {
        let computer = Computer::with(Equipment { dark, ..Equipment::default() });
        let window = computer.open(Start::default());
        look(&window, name);
        window.close();
    }
}

fn every_room(window: &Window<'_>, name: &str) {
    for room in ROOMS {
        go(window, room);
        if *room == "timeline" && name.starts_with("sample") {
            titles(window);
        }
        sound(window, &format!("{name}-{room}"));
    }
}

/// Looks once nothing is on its way any more, and keeps a picture.
fn sound(window: &Window<'_>, name: &str) {
    window.wait_gone("[aria-busy=true], [role=status][aria-label=Loading]");
    window.picture(name);
    window.assert_sound(name);
}

#[test]
fn the_first_run_the_empty_rooms_and_the_locked_screen_are_sound() {
    on_both_desktops(|window, shade| {
        window.test_id("door-sample");
        sound(window, &format!("first-run-{shade}"));
        open_own(window);
        every_room(window, &format!("empty-{shade}"));
        go(window, "services");
        window.by_role("button", "Import an export").click();
        window.find("dialog[open]");
        sound(window, &format!("import-{shade}"));
        window.press(&["Escape"]);
        window.wait_gone("dialog[open]");
        window.test_id("lock-now").click();
        window.test_id("unlock-keyring");
        sound(window, &format!("locked-{shade}"));
    });
}

#[test]
fn every_room_is_sound_with_the_sample_data_in_it() {
    on_both_desktops(|window, shade| {
        open_sample(window);
        every_room(window, &format!("sample-{shade}"));
        for service in ["spotify", "netflix"] {
            open_service(window, service);
            for tab in ["choices", "holds", "data"] {
                window.test_id(&format!("tab-{tab}")).click();
                window.find(&format!("[data-testid=tab-{tab}][aria-selected=true]"));
                sound(window, &format!("sample-{shade}-{service}-{tab}"));
            }
        }
        go(window, "timeline");
        titles(window);
        window.find(".rec .title").click();
        window.test_id("record-sheet");
        sound(window, &format!("sample-{shade}-record"));
    });
}

#[test]
fn the_sample_leaves_no_readable_trace_on_the_disk() {
    let computer = Computer::new();
    let window = computer.open(Start::default());
    open_sample(&window);
    go(&window, "timeline");
    let title = titles(&window).remove(0);
    assert!(title.len() > 4, "a record with a title to look for, not “{title}”");
    assert_eq!(computer.traces_of(&[&title]), [], "while it is open");
    window.close();
    assert_eq!(computer.traces_of(&[&title]), [], "after it was closed");
}
