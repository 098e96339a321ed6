//! The real window, driven from outside.
//!
//! A [`Computer`] is what a person has before Thinline is started: a home, a display, a session bus, a keyring. A [`Window`] is
//! the debug app running on it, driven through WebKitWebDriver, the way a person would: by what is written and by roles. Tests
//! run side by side because nothing is common to two computers.
//!
//! ```no_run
//! use thinline_tests::harness::{Computer, Start};
//! let computer = Computer::new();
//! let window = computer.open(Start::default());
//! window.by_role("button", "Import").click();
//! window.by_text("Nothing was read yet");
//! window.close();
//! ```
//!
//! Not here: what the app should do. Surprising: `WEBKIT_DISABLE_DMABUF_RENDERER=1` makes pictures through WebDriver hang, so it
//! is never passed on; and there is no browser log, so the page collects policy violations itself.

mod audit;
mod calls;
mod computer;
mod desktop;
mod element;
mod hostile;
mod logind;
pub mod memory;
mod network;
mod planted;
mod process;
mod traces;
mod webdriver;
mod window;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

pub use calls::Answer;
pub use computer::{Computer, Equipment};
pub use desktop::{DesktopWindow, Picture, PlainWindow};
pub use element::Element;
pub use hostile::Hostile;
pub use logind::Logind;
pub use network::Tracer;
pub use planted::Planted;
pub use traces::{Trace, find_traces};
pub use window::{Start, Window, app};

/// How long is waited for anything. Longer than a person would: machines that run tests are busy, and a wait that is answered
/// costs nothing.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// The top of the repository.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ lies in the repository").to_path_buf()
}

/// Where pictures of a run are put; not under version control.
pub fn results() -> PathBuf {
    let folder = repository().join("test-results");
    std::fs::create_dir_all(&folder).expect("test-results can be made");
    folder
}

/// The SHA-256 of a file, in hex.
pub fn sha256(file: &Path) -> String {
    use sha2::Digest as _;
    hex::encode(sha2::Sha256::digest(std::fs::read(file).expect("the file can be read")))
}

/// Asks until there is an answer, or panics in the name of the caller.
#[track_caller]
pub fn wait_for<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(start.elapsed() < PATIENCE, "waited {} s for {what}", PATIENCE.as_secs());
        std::thread::sleep(Duration::from_millis(40));
    }
}
