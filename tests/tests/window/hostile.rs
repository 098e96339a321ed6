//! Text that tries to be more than text, in every field that an export, a file name or a name of a person can fill: it is text in the
//! window, in the terminal and in tables.

use std::collections::BTreeSet;
use std::fs;

use serde_json::json;
use thinline_tests::harness::{Computer, Hostile, Start, Window};

use crate::steps::{checked, close_dialog, go, let_in, open_own, open_service, pick_for_import, titles};

/// What became of planted text on the page: elements that it made, scripts that ran, characters that steer.
const LOOK: &str = r#"const attributes = ['title', 'aria-label', 'alt', 'placeholder', 'value'];
const texts = [document.title];
const walk = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_ALL);
for (let node = walk.nextNode(); node; node = walk.nextNode()) {
  if (node.nodeType === Node.TEXT_NODE) texts.push(node.data);
  else if (node.nodeType === Node.ELEMENT_NODE) {
    for (const name of attributes) if (node.hasAttribute(name)) texts.push(node.getAttribute(name));
    if ('value' in node) texts.push(String(node.value));
  }
}
const steering = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e]/;
return {
  elements: document.querySelectorAll(arguments[0]).length,
  handlers: document.querySelectorAll('[onclick], [onerror], [onload]').length,
  ran: window.planted ?? null,
  steering: texts.filter((text) => steering.test(text)),
  shown: texts.some((text) => text.includes(arguments[1])),
};"#;

/// Marks the time of a record by its place among those in sight, from the top: the middle of a long title is cut off, and no place to click.
const MARK_ROW: &str = "document.getElementById('planted-row')?.removeAttribute('id');
const top = (title) => title.getBoundingClientRect().top;
const seen = [...document.querySelectorAll('.rec:not(.wait) .title')]
  .filter((title) => document.elementFromPoint(title.getBoundingClientRect().left + 5, top(title) + 8)?.closest('.rec')?.contains(title));
const title = seen.sort((a, b) => top(a) - top(b))[arguments[0]];
if (title) title.closest('.rec').querySelector('.time').id = 'planted-row';
return !!title";

/// Looks at the page, and tells whether planted text is on it.
#[track_caller]
fn only_text(window: &Window<'_>, screen: &str) -> bool {
    window.wait_gone("[aria-busy=true], [role=status][aria-label=Loading]");
    let found = window.execute(LOOK, json!([Hostile::ELEMENTS, Hostile::SHOWN]));
    let clean = json!({ "elements": 0, "handlers": 0, "ran": null, "steering": [], "shown": found["shown"] });
    assert_eq!(found, clean, "{screen}");
    assert_eq!(window.policy_violations(), [""; 0], "nothing even tried, on {screen}");
    found["shown"] == true
}

#[test]
fn planted_text_is_text_in_the_window_the_terminal_and_tables() {
    let computer = Computer::new();
    let hostile = Hostile::write(&computer.desk());
    // The app asks where the link leads each time, so that the answer can change while it is open.
    let answer = computer.desk().join("answer");
    let window = computer.open(Start { pick: Some(answer.clone()), ..Start::default() });
    open_own(&window);
    for archive in &hostile.archives {
        let _ = fs::remove_file(&answer);
        std::os::unix::fs::symlink(archive, &answer).expect("a link can be made");
        pick_for_import(&window);
        checked(&window);
        assert!(only_text(&window, "the check"), "the name of the archive is shown");
        let item = let_in(&window);
        assert_eq!(item.attribute("data-stage").as_deref(), Some("ended"), "{}", item.text());
        assert!(only_text(&window, "the result"));
        close_dialog(&window);
    }
    the_rooms(&window);
    the_records(&window);
    window.close();
    the_terminal(&computer);
    the_table(&computer);
}

fn the_rooms(window: &Window<'_>) {
    for (room, shows) in
        [("services", false), ("profile", true), ("todo", false), ("log", false), ("settings", true)]
    {
        go(window, room);
        if shows {
            window.wait(&format!("planted text in {room}"), || only_text(window, room).then_some(()));
        } else {
            only_text(window, room);
        }
    }
    for service in ["spotify", "netflix"] {
        open_service(window, service);
        for tab in ["choices", "holds", "data"] {
            window.test_id(&format!("tab-{tab}")).click();
            window.find(&format!("[data-testid=tab-{tab}][aria-selected=true]"));
            only_text(window, &format!("{service}, {tab}"));
        }
    }
}

/// The timeline to its end, and records of every category on the sheet with all their fields and the original row.
fn the_records(window: &Window<'_>) {
    go(window, "timeline");
    assert!(!titles(window).is_empty());
    assert!(only_text(window, "the timeline"));
    for filter in ["filter-persons", "filter-accounts", "filter-categories"] {
        if !window.all(&format!("[data-testid={filter}]")).is_empty() {
            window.test_id(filter).click();
            only_text(window, filter);
            window.press(&["Escape"]);
            window.wait_gone(".popover [role=dialog]");
        }
    }
    let mut seen = BTreeSet::new();
    for at in 0..9 {
        // Rows beyond the edge are there, too, and cannot be clicked.
        let marked = window.execute(MARK_ROW, json!([at]));
        assert_eq!(marked, true, "row {at}");
        window.find("#planted-row").click();
        std::thread::sleep(std::time::Duration::from_millis(200));
        window.wait("the record and its original row", || {
            window.text_now("[data-testid=record-sheet]").filter(|told| told.contains("Original row"))
        });
        assert!(only_text(window, "a record"));
        seen.extend(window.text_now("[data-testid=record-sheet]"));
    }
    assert!(seen.len() >= 8, "one record after the other was shown: {}", seen.len());
}

/// Everything that the command line prints of it.
fn the_terminal(computer: &Computer) {
    let mut shown = 0;
    for words in [
        "timeline --limit 500",
        "imports",
        "people",
        "services",
        "stats --by person",
        "stats --by account",
        "log",
        "rules",
        "requests",
        "todo",
        "status",
    ] {
        let words: Vec<&str> = words.split(' ').collect();
        for more in [&[][..], &["--json"]] {
            let asked = [&words[..], more].concat();
            let text = computer.thinline_says(&asked);
            assert_eq!(Hostile::steering(&text), [""; 0], "thinline {}", asked.join(" "));
            shown += usize::from(text.contains(Hostile::SHOWN));
        }
    }
    assert!(shown >= 6, "planted text was printed: {shown}");
}

/// No cell of a table is a formula, and quotes hold each cell together.
fn the_table(computer: &Computer) {
    let file = computer.desk().join("profile.csv");
    computer.thinline(&["profile", "export", &file.to_string_lossy()]);
    let mut table = csv::Reader::from_path(&file).expect("the table is there");
    let mut planted = 0;
    for row in table.records() {
        for cell in &row.expect("every row has as many cells as the first") {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell:?}");
            planted += usize::from(cell.contains(Hostile::SHOWN));
        }
    }
    assert!(planted > 50, "planted text is in the table: {planted}");
}
