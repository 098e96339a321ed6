//! What a person does again and again in the window, for all tests of it.

use std::path::Path;

use thinline_tests::harness::{Element, Window};

/// The rooms in the rail.
pub const ROOMS: &[&str] = &["services", "timeline", "profile", "todo", "log", "settings"];

/// Through the first door: invented exports in a vault of their own.
pub fn open_sample(window: &Window<'_>) {
    window.test_id("door-sample").click();
    window.test_id("sample-banner");
}

/// Makes a vault of one's own that the keyring opens, and goes to the services.
pub fn open_own(window: &Window<'_>) {
    window.test_id("door-services").click();
    window.test_id("nav-services");
}

/// Goes to a room by the rail.
pub fn go(window: &Window<'_>, room: &str) {
    window.test_id(&format!("nav-{room}")).click();
    window.find(&format!("[data-testid=nav-{room}][aria-current=page]"));
    window.find("main h1");
}

/// Opens the page of a service.
pub fn open_service(window: &Window<'_>, id: &str) {
    go(window, "services");
    window.test_id(&format!("service-{id}")).click();
    window.find("[role=tabpanel]");
}

/// Opens the import dialog from the services, and has the dialog of the system answer.
pub fn pick_for_import(window: &Window<'_>) {
    go(window, "services");
    window.by_role("button", "Import an export").click();
    window.by_role("button", "Choose files").click();
}

/// What the check found, or that it could not be opened.
pub fn checked<'w>(window: &'w Window<'_>) -> Element<'w> {
    window.find("[data-testid=import-item]:is([data-stage=checked], [data-stage=failed])")
}

/// Lets in what was checked, and waits for the end. What could not be opened has ended already.
pub fn let_in<'w>(window: &'w Window<'_>) -> Element<'w> {
    let item = checked(window);
    if item.attribute("data-stage").as_deref() == Some("checked") {
        window.test_id("import-begin").click();
    }
    window.find("[data-testid=import-item]:is([data-stage=ended], [data-stage=failed])")
}

/// Imports what the dialog of the system answers with, and waits for the end. The result stays on the screen.
pub fn import<'w>(window: &'w Window<'_>) -> Element<'w> {
    pick_for_import(window);
    let_in(window)
}

/// Closes the dialog that is open.
pub fn close_dialog(window: &Window<'_>) {
    window.find("dialog[open] footer").all("button").pop().expect("a dialog has a way out").click();
    window.wait_gone("dialog[open]");
}

/// The summary of the timeline, once it says `part`.
pub fn summary(window: &Window<'_>, part: &str) -> String {
    window.wait(&format!("the timeline to count “{part}”"), || {
        let text = window.text_now("[data-testid=timeline-summary]")?;
        text.contains(part).then_some(text)
    })
}

/// Titles of the records that the timeline shows now, from the top, once all of them are there and there is one.
pub fn titles(window: &Window<'_>) -> Vec<String> {
    column(window, ".title", "textContent")
}

/// Something of each record that the timeline shows now.
pub fn column(window: &Window<'_>, css: &str, property: &str) -> Vec<String> {
    let script = "if (document.querySelector('[role=row] .rec.wait')) return null;
        const rows = Array.from(document.querySelectorAll('[role=row]:has(.rec)'));
        rows.sort((a, b) => a.ariaRowIndex - b.ariaRowIndex);
        return rows.map((row) => row.querySelector(arguments[0])[arguments[1]])";
    window.wait("records in the timeline", || {
        let found = window.execute(script, serde_json::json!([css, property]));
        let texts: Vec<String> = serde_json::from_value(found).ok()?;
        (!texts.is_empty()).then_some(texts)
    })
}

/// Searches the timeline.
pub fn search(window: &Window<'_>, words: &str) {
    let field = window.test_id("timeline-search");
    field.clear();
    field.type_in(words);
    window.wait("the search to reach the address", || {
        let query = window.execute(
            "return new URLSearchParams(location.hash.split('?')[1]).get('q')",
            serde_json::json!([]),
        );
        (query == words).then_some(())
    });
}

/// All digits of a text as one number: `1,234 records` is 1234.
pub fn number(text: &str) -> u64 {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits.parse().unwrap_or_else(|_| panic!("a number in “{text}”"))
}

/// A text without the invisible marks that keep directions of writing apart.
pub fn plain(text: &str) -> String {
    text.chars().filter(|c| !('\u{2066}'..='\u{2069}').contains(c)).collect()
}

/// What a file holds as JSON.
pub fn read_json(path: &Path) -> serde_json::Value {
    serde_json::from_slice(&std::fs::read(path).expect("the file is there")).expect("the file is JSON")
}
