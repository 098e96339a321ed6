//! The system's own file dialog, answered on the keyboard: elsewhere tests answer in its place.

use thinline_tests::harness::{Computer, Planted, Start};

use crate::steps::{go, let_in, number, open_own, pick_for_import, summary};

#[test]
fn an_archive_is_picked_in_the_dialog_of_the_system() {
    let computer = Computer::new();
    let planted = Planted::write(&computer.desk().join("my data (1).zip"));
    let window = computer.open(Start::default());
    open_own(&window);

    pick_for_import(&window);
    let dialog = computer.window_titled("Choose exports");
    dialog.focus();
    dialog.key("Escape");
    window.wait("the dialog to be gone without an import", || {
        let button = window.by_role("button", "Choose files");
        (button.is_enabled() && window.all("[data-testid=import-item]").is_empty()).then_some(())
    });

    window.by_role("button", "Choose files").click();
    let dialog = computer.window_titled("Choose exports");
    dialog.focus();
    let path = planted.archive.to_string_lossy();
    dialog.key_and_settle("slash", "dialog"); // a path can be typed then
    dialog.type_in(path.strip_prefix('/').expect("a whole path"));
    dialog.key("Return");
    let item = let_in(&window);
    assert_eq!(item.attribute("data-stage").as_deref(), Some("ended"), "{}", item.text());
    assert!(item.text().contains("my data (1).zip"), "{}", item.text());
    window.press(&["Escape"]);
    window.wait_gone("dialog[open]");
    go(&window, "timeline");
    assert_eq!(number(summary(&window, "records").split('·').next().unwrap_or_default()), planted.records);
    window.close();
}
