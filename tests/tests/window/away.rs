//! Ways out of the window's own pages: links, scripts, new windows, forms, frames, a dragged link. None leads anywhere.

use serde_json::{Value, json};
use thinline_tests::harness::{Computer, Start, Window};

use crate::steps::{go, open_own};

/// A mark on the page as it was loaded: it is gone when another page, or this one anew, takes its place.
const MARK: &str = "window.__stays = 'here'; return location.href";

/// What foreign code could do to lead the window away. `arguments[0]` is the address.
const WAYS: &[(&str, &str)] = &[
    ("location", "location.href = arguments[0]"),
    ("replace", "location.replace(arguments[0])"),
    ("open", "window.open(arguments[0])"),
    ("open here", "window.open(arguments[0], '_self')"),
    ("link", "const a = Object.assign(document.createElement('a'), { href: arguments[0] }); document.body.append(a); a.click()"),
    (
        "link to a new window",
        "const a = Object.assign(document.createElement('a'), { href: arguments[0], target: '_blank' });
         document.body.append(a); a.click()",
    ),
    (
        "download",
        "const a = Object.assign(document.createElement('a'), { href: arguments[0], download: 'planted.txt' });
         document.body.append(a); a.click()",
    ),
    (
        "form",
        "const f = Object.assign(document.createElement('form'), { action: arguments[0], method: 'post' });
         document.body.append(f); f.submit()",
    ),
    (
        "refresh",
        "document.head.append(Object.assign(document.createElement('meta'),
         { httpEquiv: 'refresh', content: '0; url=' + arguments[0] }))",
    ),
    ("top of a frame", "document.getElementById('__tauri_isolation__').contentWindow.location.href = arguments[0]"),
];

/// Where to: the web, the disk, pages made on the spot.
const ADDRESSES: &[&str] = &[
    "https://planted.example.org/",
    "file:///etc/passwd",
    "data:text/html,<h1 id=planted>x</h1>",
    "tauri://planted.example.org/",
];

#[test]
fn nothing_leads_the_window_away_from_its_own_pages() {
    let computer = Computer::new();
    let window = computer.open(Start::default());
    open_own(&window);
    go(&window, "log");
    let before = computer.titles_of_windows();
    let home = window.execute(MARK, json!([]));
    for (way, script) in WAYS {
        for address in ADDRESSES {
            // A refusal may be an exception, too.
            window.execute(
                &format!("try {{ {script} }} catch (error) {{ return error.name }}"),
                json!([address]),
            );
            std::thread::sleep(std::time::Duration::from_millis(120));
            stays(&window, &home, &format!("{way} to {address}"));
        }
    }
    // Before the drag: what is dragged is drawn in a window of its own.
    assert_eq!(computer.titles_of_windows(), before, "no window was opened besides");
    drag_a_link(&window);
    stays(&window, &home, "a dragged link");
    assert!(
        !computer.home().join("Downloads/planted.txt").exists()
            && !computer.home().join("planted.txt").exists()
    );
    go(&window, "settings");
    window.close();
}

#[track_caller]
fn stays(window: &Window<'_>, home: &Value, by: &str) {
    let now = window.execute(
        "return [location.href, window.__stays ?? null, !!document.getElementById('planted')]",
        json!([]),
    );
    assert_eq!(now, json!([home, "here", false]), "{by}");
}

/// With the real pointer: from a link onto the page beside it.
fn drag_a_link(window: &Window<'_>) {
    let make = "const a = Object.assign(document.createElement('a'), { href: 'https://planted.example.org/', id: 'dragged' });
        a.textContent = 'Planted'; a.draggable = true;
        Object.assign(a.style, { position: 'fixed', left: '400px', top: '300px', zIndex: 9999, fontSize: '40px' });
        document.body.append(a)";
    window.execute(make, json!([]));
    let [x, y, width, height] = window.place_of("#dragged");
    let on_the_desktop = window.computer().window_titled("Thinline");
    on_the_desktop.drag([x + width / 2, y + height / 2], [x + 40, y + 200]);
}
