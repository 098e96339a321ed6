//! Takes pictures of the real window with the sample data in it: the one of the README, and every page in light and dark at two
//! sizes into `target/gallery`. `cargo xtask gallery` runs this.
//!
//! Not a test: it looks at nothing, and whoever runs it looks at the pictures.

use std::path::{Path, PathBuf};

use serde_json::json;
use thinline_tests::harness::{Computer, Equipment, Start, Window, repository};

const ROOMS: &[&str] = &["services", "timeline", "profile", "log", "settings"];

const TABS: &[&str] = &["choices", "holds", "data"];

/// Sizes of the page.
const SIZES: &[(u32, u32)] = &[(1280, 800), (900, 600)];

/// The picture of the README: shade, size, page.
const README: (&str, (u32, u32), &str) = ("light", (1280, 800), "timeline");

fn main() {
    let folder = std::env::var_os("THINLINE_GALLERY")
        .map_or_else(|| repository().join("target/gallery"), PathBuf::from);
    for made in [&folder, &images()] {
        std::fs::create_dir_all(made).expect("a folder can be made");
    }
    for (dark, shade) in [(false, "light"), (true, "dark")] {
        let computer = Computer::with(Equipment { dark, ..Equipment::default() });
        let window = computer.open(Start::default());
        let keep = |page: &str| {
            for size in SIZES {
                take(&window, *size, shade, page, &folder);
            }
        };
        window.test_id("door-sample");
        keep("first-run");
        window.test_id("door-sample").click();
        window.test_id("sample-banner");
        pages(&window, &keep);
        window.by_role("button", "Leave and delete it").click();
        window.test_id("door-services").click();
        own_pages(&window, &keep);
        window.close();
    }
}

fn pages(window: &Window<'_>, keep: &dyn Fn(&str)) {
    for room in ROOMS {
        go(window, room);
        keep(room);
    }
    for service in ["spotify", "netflix"] {
        go(window, "services");
        window.test_id(&format!("service-{service}")).click();
        for tab in TABS {
            window.test_id(&format!("tab-{tab}")).click();
            window.find(&format!("[data-testid=tab-{tab}][aria-selected=true]"));
            keep(&format!("{service}-{tab}"));
        }
    }
    go(window, "timeline");
    window.find(".rec:not(.wait) .title").click();
    window.test_id("record-sheet");
    keep("record");
}

/// What only a vault of one's own has: importing, and a lock.
fn own_pages(window: &Window<'_>, keep: &dyn Fn(&str)) {
    go(window, "services");
    window.by_role("button", "Import an export").click();
    window.find("dialog[open]");
    keep("import");
    window.press(&["Escape"]);
    window.wait_gone("dialog[open]");
    window.test_id("lock-now").click();
    window.test_id("unlock-keyring");
    keep("locked");
}

fn go(window: &Window<'_>, room: &str) {
    window.test_id(&format!("nav-{room}")).click();
    window.find(&format!("[data-testid=nav-{room}][aria-current=page]"));
    window.find("main h1");
}

fn take(window: &Window<'_>, (width, height): (u32, u32), shade: &str, page: &str, folder: &Path) {
    window.resize(width, height);
    window.wait("the window to have its size", || {
        let size = window.execute("return [innerWidth, innerHeight]", json!([]));
        (size == json!([width, height])).then_some(())
    });
    window.wait_gone("[aria-busy=true], [role=status][aria-label=Loading]");
    // Rows and the chart come a moment after their page; there is no mark for "all painted".
    std::thread::sleep(std::time::Duration::from_secs(1));
    let taken = window.picture(&format!("{page}-{shade}-{width}x{height}"));
    if (shade, (width, height), page) == README {
        std::fs::copy(&taken, images().join("timeline-light.png")).expect("a picture can be copied");
    }
    std::fs::rename(&taken, folder.join(taken.file_name().expect("a picture has a name")))
        .expect("a picture can be moved");
}

fn images() -> PathBuf {
    repository().join("docs/images")
}
