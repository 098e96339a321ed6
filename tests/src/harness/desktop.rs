//! The desktop from outside: windows by their titles, a real pointer and keyboard, pictures of what is on the screen.
//!
//! For what a driven window cannot show: dialogs of the system, and the app as people start it. There is no page to ask here,
//! so a test waits until the window looks as a driven one does that shows the same.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use super::process::Process;
use super::{Computer, Start, results, wait_for, window};

/// Parts of a million by which two pictures of the same page may differ: a caret, the pointer over something.
const ALIKE: u64 = 1_500;

/// A picture of a window.
#[derive(Debug, Clone)]
pub struct Picture {
    file: PathBuf,
}

/// A window on the desktop, by its number.
#[derive(Clone, Copy)]
pub struct DesktopWindow<'c> {
    computer: &'c Computer,
    id: u64,
}

/// The app as people start it: nothing drives it. Dropping it ends it.
pub struct PlainWindow<'c> {
    program: Process,
    window: DesktopWindow<'c>,
}

impl Computer {
    /// Starts Thinline without automation and waits for its window.
    #[track_caller]
    pub fn open_plain(&self, start: Start) -> PlainWindow<'_> {
        self.open_plain_as(start, &window::app())
    }

    /// The same through a program that starts it.
    #[track_caller]
    pub(super) fn open_plain_as(&self, start: Start, program: &Path) -> PlainWindow<'_> {
        let mut command = self.command(program);
        start.dress(&mut command);
        let program = Process::start(command.stdout(Stdio::null()).stderr(Stdio::null()));
        PlainWindow { program, window: self.window_titled("Thinline") }
    }

    /// Waits for a visible window with exactly this title.
    #[track_caller]
    pub fn window_titled(&self, title: &str) -> DesktopWindow<'_> {
        let pattern = format!("^{title}$");
        let id = wait_for(&format!("a window with the title “{title}”"), || {
            let found = self.xdotool(&["search", "--onlyvisible", "--name", &pattern])?;
            found.lines().last()?.parse().ok()
        });
        DesktopWindow { computer: self, id }
    }

    /// Titles of the windows that can be seen, in no order that means anything.
    #[track_caller]
    pub fn titles_of_windows(&self) -> Vec<String> {
        let found = self.xdotool(&["search", "--onlyvisible", "--name", "."]).expect("a window can be seen");
        found.lines().filter_map(|id| Some(self.xdotool(&["getwindowname", id])?.trim().to_owned())).collect()
    }

    /// What xdotool prints, if it went well.
    fn xdotool(&self, arguments: &[&str]) -> Option<String> {
        let output = self.command("xdotool").args(arguments).output().expect("xdotool is installed");
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
    }
}

impl DesktopWindow<'_> {
    /// Gives the window the keyboard.
    #[track_caller]
    pub fn focus(&self) {
        let id = self.id.to_string();
        wait_for("the window to get the keyboard", || {
            self.computer.xdotool(&["windowactivate", &id])?;
            (self.computer.xdotool(&["getwindowfocus"])?.trim() == id).then_some(())
        });
    }

    /// Presses a key, in the words of X.
    #[track_caller]
    pub fn key(&self, key: &str) {
        assert!(self.computer.xdotool(&["key", key]).is_some(), "the key {key} could not be pressed");
    }

    /// Types on the keyboard.
    #[track_caller]
    pub fn type_in(&self, words: &str) {
        assert!(self.computer.xdotool(&["type", "--delay", "20", words]).is_some(), "nothing could be typed");
    }

    /// Presses a key and waits until the window has changed by it and stays so: what is typed earlier gets lost.
    #[track_caller]
    pub fn key_and_settle(&self, key: &str, name: &str) {
        let [before, even, odd] = ["before", "even", "odd"].map(|which| format!("{name}-{which}"));
        let before = self.picture(&before);
        self.key(key);
        let mut last = before.clone();
        let mut names = [even, odd].into_iter().cycle();
        wait_for(&format!("{name} to change"), || {
            let now = self.picture(&names.next()?);
            let steady = difference(self.computer, &last, &now)? < ALIKE;
            last = now;
            (steady && difference(self.computer, &before, &last)? >= ALIKE).then_some(())
        });
    }

    /// Clicks into the middle of a part of the window.
    #[track_caller]
    pub fn click(&self, [x, y, width, height]: [u32; 4]) {
        let (id, x, y) = (self.id.to_string(), (x + width / 2).to_string(), (y + height / 2).to_string());
        let arguments = ["mousemove", "--window", &id, &x, &y, "click", "1"];
        assert!(self.computer.xdotool(&arguments).is_some(), "nothing could be clicked");
    }

    /// Presses the first button of the pointer at one place of the window and lets it go at another.
    #[track_caller]
    pub fn drag(&self, from: [u32; 2], to: [u32; 2]) {
        let id = self.id.to_string();
        let [[x, y], [right, down]] = [from, to].map(|place| place.map(|at| at.to_string()));
        let middle = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2].map(|at| at.to_string());
        // One step at a time: what moves at once is no drag.
        for step in [
            &["mousemove", "--window", &id, &x, &y, "mousedown", "1"][..],
            &["mousemove", "--window", &id, &middle[0], &middle[1]],
            &["mousemove", "--window", &id, &right, &down],
            &["mouseup", "1"],
        ] {
            assert!(self.computer.xdotool(step).is_some(), "the pointer could not be moved");
            std::thread::sleep(std::time::Duration::from_millis(200));
        }
    }

    /// A picture of the window as it is on the screen, without its title bar, in `test-results/`.
    #[track_caller]
    pub fn picture(&self, name: &str) -> Picture {
        let file = results().join(format!("{name}.png"));
        let mut command = self.computer.command("import");
        let status = command.args(["-window", &self.id.to_string()]).arg(&file).status();
        assert!(status.is_ok_and(|status| status.success()), "no picture of the window");
        Picture { file }
    }

    /// Waits until something is drawn in a part of the window: that a page holds a text does not mean that it is painted.
    #[track_caller]
    pub fn wait_until_drawn(&self, [x, y, width, height]: [u32; 4], name: &str) {
        let part = format!("{width}x{height}+{x}+{y}");
        wait_for(&format!("something at {part} of {name}"), || {
            let picture = self.picture(name);
            let mut ask = self.computer.command("convert");
            ask.arg(&picture.file).args(["-crop", &part, "-format", "%[fx:standard_deviation]", "info:"]);
            let spread: f64 = String::from_utf8_lossy(&ask.output().ok()?.stdout).trim().parse().ok()?;
            (spread > 0.03).then_some(())
        });
    }

    /// Waits until the window looks as another one does. What they look like is kept under the names.
    #[track_caller]
    pub fn wait_until_it_looks_like(&self, name: &str, twin: &DesktopWindow<'_>, name_of_twin: &str) {
        wait_for(&format!("{name} to look like {name_of_twin}"), || {
            let (own, other) = (self.picture(name), twin.picture(name_of_twin));
            (difference(self.computer, &own, &other)? < ALIKE).then_some(())
        });
    }
}

impl<'c> PlainWindow<'c> {
    /// Its window.
    pub fn window(&self) -> DesktopWindow<'c> {
        self.window
    }

    /// Closes the window as people do, and waits for the end of the program.
    #[track_caller]
    pub fn close(mut self) {
        self.window.focus();
        self.window.key("alt+F4");
        assert!(
            self.program.has_ended_within(super::PATIENCE),
            "the program went on after its window was closed"
        );
    }
}

/// How many pixels of a million differ visibly; None if the pictures differ in size.
pub(super) fn difference(computer: &Computer, one: &Picture, other: &Picture) -> Option<u64> {
    let size = computer.command("identify").args(["-format", "%[fx:w*h]"]).arg(&one.file).output().ok()?;
    let pixels: f64 = String::from_utf8_lossy(&size.stdout).trim().parse().ok()?;
    let mut compare = computer.command("compare");
    let output = compare
        .args(["-metric", "AE", "-fuzz", "10%"])
        .arg(&one.file)
        .arg(&other.file)
        .arg("null:")
        .output()
        .ok()?;
    // Its exit code says only whether there is a difference; the count is on stderr, and words if they cannot be compared.
    let differ: f64 = String::from_utf8_lossy(&output.stderr).split_whitespace().next()?.parse().ok()?;
    Some((differ * 1e6 / pixels.max(1.0)) as u64)
}
