//! Progress of an import on a terminal; nothing where stderr is none. Ctrl+C ends the program as always: an import that
//! was stopped so is removed when the data is next opened.

use indicatif::{HumanBytes, HumanCount, HumanDuration, ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::time::Duration;
use thinline_core::ImportWatch;
use thinline_core::wire::Progress;

/// Draws one bar per archive.
pub struct Bar(Option<ProgressBar>);

impl Bar {
    pub fn new(quiet: bool) -> Self {
        if quiet || !std::io::stderr().is_terminal() {
            return Self(None);
        }
        let bar = ProgressBar::new(0);
        if let Ok(style) = ProgressStyle::with_template("{prefix} [{bar:30}] {msg}") {
            bar.set_style(style.progress_chars("=> "));
        }
        Self(Some(bar))
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}

impl ImportWatch for Bar {
    fn progress(&self, p: Progress) {
        let Some(bar) = &self.0 else { return };
        bar.set_length(p.total as u64);
        bar.set_position(p.done as u64);
        bar.set_prefix(p.phase);
        let rate = if p.seconds > 0.0 { (f64::from(p.rows) / p.seconds) as u64 } else { 0 };
        let left = p
            .left
            .map_or_else(String::new, |s| format!(", {} left", HumanDuration(Duration::from_secs_f64(s))));
        bar.set_message(format!(
            "{} of {}, {} rows, {} a second{left}",
            HumanBytes(p.done as u64),
            HumanBytes(p.total as u64),
            HumanCount(u64::from(p.rows)),
            HumanCount(rate),
        ));
    }

    fn cancelled(&self) -> bool {
        false
    }
}
