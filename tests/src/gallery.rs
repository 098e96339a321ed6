//! Takes the pictures of the README: the real window with the sample data in it. `cargo xtask gallery` runs this.
//!
//! Not a test: it looks at nothing, and whoever runs it looks at the pictures.

use std::path::Path;

use thinline_tests::harness::{Computer, Equipment, Start, repository};

/// Room and name of the picture.
const PICTURES: &[(&str, &str)] = &[("timeline", "timeline"), ("services", "services"), ("log", "log")];

fn main() {
    let images = repository().join("docs/images");
    std::fs::create_dir_all(&images).expect("docs/images can be made");
    for (dark, suffix) in [(false, "light"), (true, "dark")] {
        let computer = Computer::with(Equipment { dark, ..Equipment::default() });
        let window = computer.open(Start::default());
        window.test_id("door-sample").click();
        window.test_id("sample-banner");
        for (room, name) in PICTURES {
            window.test_id(&format!("nav-{room}")).click();
            window.find(&format!("[data-testid=nav-{room}][aria-current=page]"));
            window.find("main h1");
            // Rows and the chart come a moment after the heading; there is no mark for "all painted".
            std::thread::sleep(std::time::Duration::from_secs(2));
            keep(&window.picture(name), &images.join(format!("{name}-{suffix}.png")));
        }
        window.close();
    }
}

fn keep(taken: &Path, kept: &Path) {
    std::fs::rename(taken, kept).expect("a picture can be moved inside the repository");
}
