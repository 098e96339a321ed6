//! Takes pictures of the real window: the one of the README, and every page in light and dark at three sizes into
//! `target/gallery`: without data, with the sample data, and with imported archives. `cargo xtask gallery` runs this.
//!
//! Not a test: it looks at nothing, and whoever runs it looks at the pictures.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use serde_json::json;
use thinline_sample::{Plan, netflix_zip, spotify_zip};
use thinline_tests::harness::{Computer, Equipment, Start, Window, repository};

const ROOMS: &[&str] = &["services", "timeline", "profile", "todo", "log", "settings"];

const TABS: &[&str] = &["choices", "holds", "data"];

/// Sizes of the page.
const SIZES: &[(u32, u32)] = &[(1280, 800), (900, 600), (1920, 1080)];

/// Larger than the largest page with its title bar.
const SCREEN: (u32, u32) = (1960, 1160);

/// The picture of the README: shade, size, page.
const README: (&str, (u32, u32), &str) = ("light", (1280, 800), "timeline");

/// 2025-03-03, in the evening.
const UNTIL: i64 = 1_741_028_399;

fn main() {
    let folder = std::env::var_os("THINLINE_GALLERY")
        .map_or_else(|| repository().join("target/gallery"), PathBuf::from);
    for made in [&folder, &images()] {
        fs::create_dir_all(made).expect("a folder can be made");
    }
    for (dark, shade) in [(false, "light"), (true, "dark")] {
        let gallery = Gallery { shade, folder: &folder };
        let computer = Computer::with(Equipment { dark, screen: SCREEN, ..Equipment::default() });
        let answer = computer.desk().join("answer");
        let window = computer.open(Start { pick: Some(answer.clone()), ..Start::default() });
        window.test_id("door-sample");
        gallery.keep(&window, "first-run");
        window.test_id("door-sample").click();
        window.test_id("sample-banner");
        gallery.sample(&window);
        window.by_role("button", "Leave and delete it").click();
        for service in ["Spotify", "Netflix"] {
            let row = format!("//label[.//span[starts-with(normalize-space(.), '{service}')]]");
            window.by_xpath(&row).click();
        }
        window.test_id("door-services").click();
        window.test_id("nav-services");
        gallery.empty(&window);
        gallery.imports(&window, &archives(&computer.desk()), &answer);
        window.test_id("lock-now").click();
        window.test_id("unlock-keyring");
        gallery.keep(&window, "locked");
        window.close();
    }
}

/// A household's archive and one of a single person.
fn archives(desk: &Path) -> [PathBuf; 2] {
    let plan = Plan { seed: 7, rows: 12_000, until: UNTIL, years: 9 };
    let [netflix, spotify] = ["netflix-report.zip", "my_spotify_data.zip"].map(|name| desk.join(name));
    let file = |path: &Path| File::create(path).expect("an archive can be made");
    netflix_zip(file(&netflix), &plan).expect("an archive can be written");
    spotify_zip(file(&spotify), &plan).expect("an archive can be written");
    [netflix, spotify]
}

struct Gallery<'a> {
    shade: &'a str,
    folder: &'a Path,
}

impl Gallery<'_> {
    /// The page as it is, at every size.
    fn keep(&self, window: &Window<'_>, page: &str) {
        for size in SIZES {
            self.take(window, *size, page);
        }
    }

    fn sample(&self, window: &Window<'_>) {
        for room in ROOMS {
            go(window, room);
            self.keep(window, room);
        }
        for service in ["spotify", "netflix"] {
            open_service(window, service);
            for tab in TABS {
                open_tab(window, tab);
                self.keep(window, &format!("{service}-{tab}"));
            }
        }
        go(window, "timeline");
        window.find(".rec:not(.wait)");
        window.find(".heading .more").click();
        window.find("[role=menu]");
        self.keep(window, "day-menu");
        window.press(&["Escape"]);
        window.wait_gone("[role=menu]");
        window.find(".rec:not(.wait) .title").click();
        window.test_id("record-sheet");
        self.keep(window, "record");
    }

    /// A vault of one's own, before and after a service was asked.
    fn empty(&self, window: &Window<'_>) {
        for room in ROOMS {
            go(window, room);
            self.keep(window, &format!("empty-{room}"));
        }
        open_service(window, "spotify");
        open_tab(window, "data");
        window.test_id("ask-form");
        self.keep(window, "guide");
        window.test_id("ask-do").click();
        window.test_id("request-extended");
        self.keep(window, "guide-asked");
        go(window, "todo");
        window.test_id("request-extended");
        self.keep(window, "todo-waiting");
    }

    /// The import, from the door to the result, and what it leaves to do.
    fn imports(&self, window: &Window<'_>, archives: &[PathBuf], answer: &Path) {
        for archive in archives {
            let name = archive.file_stem().expect("a name").to_string_lossy();
            let _ = fs::remove_file(answer);
            std::os::unix::fs::symlink(archive, answer).expect("a link can be made");
            go(window, "services");
            window.by_role("button", "Import an export").click();
            window.find("dialog[open]");
            self.keep(window, "import");
            window.by_role("button", "Choose files").click();
            window.find("[data-testid=import-item][data-stage=checked]");
            self.keep(window, &format!("check-{name}"));
            window.test_id("import-begin").click();
            window.find("[data-testid=import-item][data-stage=ended]");
            self.keep(window, &format!("result-{name}"));
            if let Some(question) = window.all("[data-testid=import-whose]").first() {
                question.execute("arguments[0].scrollIntoView()");
                self.keep(window, &format!("whose-{name}"));
            }
            window.press(&["Escape"]);
            window.wait_gone("dialog[open]");
        }
        for room in ["todo", "settings", "timeline"] {
            go(window, room);
            self.keep(window, &format!("own-{room}"));
        }
        go(window, "settings");
        window.test_id("erase-all").click();
        window.test_id("erase-word");
        self.keep(window, "erase-all");
        window.press(&["Escape"]);
        window.wait_gone("dialog[open]");
    }

    fn take(&self, window: &Window<'_>, (width, height): (u32, u32), page: &str) {
        window.resize(width, height);
        window.wait("the window to have its size", || {
            let size = window.execute("return [innerWidth, innerHeight]", json!([]));
            (size == json!([width, height])).then_some(())
        });
        window.wait_gone("[aria-busy=true], [role=status][aria-label=Loading]");
        // Rows and the chart come a moment after their page; there is no mark for "all painted".
        std::thread::sleep(std::time::Duration::from_millis(700));
        let taken = window.picture(&format!("{page}-{}-{width}x{height}", self.shade));
        if (self.shade, (width, height), page) == README {
            fs::copy(&taken, images().join("timeline-light.png")).expect("a picture can be copied");
        }
        fs::rename(&taken, self.folder.join(taken.file_name().expect("a picture has a name")))
            .expect("a picture can be moved");
    }
}

fn go(window: &Window<'_>, room: &str) {
    window.test_id(&format!("nav-{room}")).click();
    window.find(&format!("[data-testid=nav-{room}][aria-current=page]"));
    window.find("main h1");
}

fn open_service(window: &Window<'_>, service: &str) {
    go(window, "services");
    window.test_id(&format!("service-{service}")).click();
    window.find("[role=tabpanel]");
}

fn open_tab(window: &Window<'_>, tab: &str) {
    window.test_id(&format!("tab-{tab}")).click();
    window.find(&format!("[data-testid=tab-{tab}][aria-selected=true]"));
}

fn images() -> PathBuf {
    repository().join("docs/images")
}
