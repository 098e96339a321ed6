//! Drag and drop: from what the system reports to the sheet that says what was dropped. What the system itself does while a
//! file is dragged is not reached by a driver; the app stands in for it (see `drops_of_a_test` in the shell).

use std::fs;
use std::os::unix::fs::symlink;

use thinline_tests::harness::{Computer, Planted, Start};

use crate::steps::{checked, close_dialog, let_in, open_own, open_sample};

#[test]
fn what_is_dropped_on_the_window_is_checked_and_imported_only_when_let_in() {
    let computer = Computer::new();
    let planted = Planted::write(&computer.desk().join("my_spotify_data.zip"));
    let link = computer.desk().join("held");
    let environment = vec![("THINLINE_TEST_DROP".to_owned(), link.clone().into_os_string())];
    let window = computer.open(Start { environment, ..Start::default() });

    // Invented data takes nothing in.
    open_sample(&window);
    symlink(&planted.archive, &link).expect("a link can be made");
    window.test_id("drop-hint");
    fs::remove_file(&link).expect("a link can be removed");
    window.by_text("Leave the sample to import your own data.");
    assert!(window.all("[data-testid=import-item]").is_empty());
    window.by_role("button", "Leave and delete it").click();
    open_own(&window);

    symlink(&planted.archive, &link).expect("a link can be made");
    window.test_id("drop-hint");
    assert!(window.all("dialog[open]").is_empty(), "held is not dropped");
    fs::remove_file(&link).expect("a link can be removed");
    let item = checked(&window);
    assert!(item.text().contains("my_spotify_data.zip"), "{}", item.text());
    window.wait_gone("[data-testid=drop-hint]");
    let page = window.source();
    assert!(!page.contains(&*computer.desk().to_string_lossy()), "the window learns no path");
    assert_eq!(let_in(&window).attribute("data-stage").as_deref(), Some("ended"));
    close_dialog(&window);
    window.close();
    let status = computer.thinline(&["status"]);
    assert_eq!(status["imports"], 1, "{status}");
}
