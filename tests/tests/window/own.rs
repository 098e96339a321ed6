//! The second journey: a vault of one's own, a service's archive in it and out again, and nothing of it left on the disk.

use thinline_tests::harness::{Computer, Planted, Start, Window};

use crate::steps::{
    checked, close_dialog, go, import, number, open_service, pick_for_import, plain, search, summary, titles,
};

/// What a planted control file is called; the search must find it, or it proves nothing.
const CONTROL: &str = "control";

#[test]
fn an_export_can_be_imported_locked_away_and_undone_and_leaves_no_trace() {
    let computer = Computer::new();
    let planted = Planted::write(&computer.desk().join("my_spotify_data.zip"));
    let window = computer.open(Start { pick: Some(planted.archive.clone()), ..Start::default() });

    set_up_with_spotify(&window);
    first_import_adds_up(&window, &planted);
    it_is_on_the_timeline(&window, &planted);
    the_same_again_is_known(&window, &planted);
    assert_nothing_readable(&computer, "while it is open");
    lock(&window);
    assert_nothing_readable(&computer, "while it is locked");
    window.test_id("unlock-keyring").click();
    it_is_on_the_timeline(&window, &planted);
    take_back(&window, &planted);
    window.close();
    assert_nothing_readable(&computer, "after it was closed");
    the_search_can_find(&computer);
}

fn set_up_with_spotify(window: &Window<'_>) {
    window.find("label.check input[type=checkbox]"); // the services are there
    let offered = plain(&window.find("main").text());
    for alias in ["Spotify Premium", "Netflix Games"] {
        assert!(offered.contains(alias), "services are found by any name: {offered}");
    }
    window.by_xpath("//label[.//span[starts-with(normalize-space(.), 'Spotify')]]").click();
    let key = window.present("[role=radiogroup] input[value=keyring]");
    assert!(key.is_selected(), "the system's keyring keeps the key unless one says otherwise");
    window.test_id("door-services").click();
    window.test_id("service-spotify");
}

/// The numbers of the last line of the files: rows, new, known, left out, not read, records.
fn totals(window: &Window<'_>) -> [u64; 6] {
    let cells = window.find("tfoot tr");
    let numbers: Vec<u64> = cells.all("td").iter().map(|cell| number(&cell.text())).collect();
    numbers.try_into().expect("six numbers")
}

fn first_import_adds_up(window: &Window<'_>, planted: &Planted) {
    let item = import(window);
    assert_eq!(item.attribute("data-stage").as_deref(), Some("ended"), "{}", item.text());
    let [rows, new, known, skipped, failed, records] = totals(window);
    assert_eq!(rows, new + known + skipped + failed);
    assert_eq!(rows, planted.rows, "every row that was written");
    assert_eq!([new, records], [planted.records, planted.records], "{}", item.text());
    assert_eq!([known, failed], [0, 0]);
    let headline = plain(&window.test_id("import-headline").text());
    let sums = plain(&window.test_id("import-sums").text());
    assert_eq!(number(sums.split(" rows from Spotify").next().unwrap_or_default()), rows, "{sums}");
    assert!(!headline.contains("do not add up"), "{headline}");
    // Dates are put together by the web view, which no other test has.
    let covers = window.find("table.ranges .words").text();
    assert!(covers.contains("2025"), "what it covers is told in years: {covers}");
    close_dialog(window);
}

fn it_is_on_the_timeline(window: &Window<'_>, planted: &Planted) {
    go(window, "timeline");
    let all = number(summary(window, "records").split('·').next().unwrap_or_default());
    assert_eq!(all, planted.records);
    assert_eq!(titles(window)[..2], [Planted::TITLE, Planted::TITLE], "the newest two");
    search(window, "quastenfl");
    summary(window, "2 of ");
    assert_eq!(titles(window), [Planted::TITLE, Planted::TITLE]);
    window.find(".rec .title").click();
    let sheet = window.test_id("record-sheet");
    window.wait("the original row", || sheet.text().contains("master_metadata_track_name").then_some(()));
    let told = sheet.text();
    assert!(told.contains(Planted::ARTIST), "{told}");
    assert!(
        !told.contains("2001:db8:5eed:cafe::77"),
        "addresses of devices are masked until asked for: {told}"
    );
    window.by_role("button", "Show").click();
    window.wait("the address", || sheet.text().contains("2001:db8:5eed:cafe::77").then_some(()));
    window.by_role("button", "Clear all").click();
}

fn the_same_again_is_known(window: &Window<'_>, planted: &Planted) {
    pick_for_import(window);
    let item = checked(window);
    assert!(plain(&item.text()).contains("This very archive was imported on"), "{}", item.text());
    assert!(
        window.all("[data-testid=import-begin]").is_empty(),
        "there is nothing to import: {}",
        item.text()
    );
    close_dialog(window);
    it_is_on_the_timeline(window, planted);
}

fn lock(window: &Window<'_>) {
    go(window, "timeline");
    titles(window);
    window.test_id("lock-now").click();
    window.test_id("unlock-keyring");
    let page = window.source();
    for word in Planted::WORDS.iter().chain(&["Spotify", "my_spotify_data"]) {
        assert!(!page.contains(word), "the locked page holds “{word}”");
    }
}

fn take_back(window: &Window<'_>, planted: &Planted) {
    open_service(window, "spotify");
    window.test_id("tab-holds").click();
    window.by_role("button", "Undo this import: my_spotify_data.zip").click();
    let goes = window.find("dialog[open]").text();
    assert!(plain(&goes).contains(&format!("up to {} records", planted.records)), "{goes}");
    window.by_role("button", "Undo the import").click();
    window.by_text("The import was undone.");
    go(window, "timeline");
    window.by_text("Nothing here yet");
    go(window, "log");
    window.test_id("log-entries");
    window.wait("the undo in the log", || {
        plain(&window.text()).contains("You took back an import of Spotify").then_some(())
    });
}

fn assert_nothing_readable(computer: &Computer, when: &str) {
    assert_eq!(computer.traces_of(Planted::WORDS), [], "{when}");
}

/// The same search, with the archive where the search looks.
fn the_search_can_find(computer: &Computer) {
    let folder = computer.home().join(CONTROL);
    std::fs::create_dir(&folder).expect("a folder can be made");
    Planted::write(&folder.join("control.zip"));
    std::fs::write(
        folder.join("control.txt"),
        Planted::TITLE.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>(),
    )
    .expect("a file can be written");
    let found = computer.traces_of(Planted::WORDS);
    let in_file =
        |name: &str, word: &str| found.iter().any(|trace| trace.file.ends_with(name) && trace.word == word);
    assert!(in_file("control.zip", Planted::ARTIST), "packed in a zip: {found:?}");
    assert!(in_file("control.txt", Planted::TITLE), "in UTF-16: {found:?}");
}
