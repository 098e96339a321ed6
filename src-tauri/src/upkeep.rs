//! Backups while the app is open: core is asked now and then whether one is due. When that is, core decides.

use crate::desk::Desk;
use std::time::Duration;
use tauri::{AppHandle, Manager};

/// Soon enough after unlocking, seldom enough to cost nothing.
const EVERY: Duration = Duration::from_secs(120);

/// Asks again and again, on a thread of its own, for as long as the program runs.
pub fn start(app: &AppHandle) {
    let app = app.clone();
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(EVERY);
            if let Ok(core) = app.state::<Desk>().core() {
                core.look_after();
            }
        }
    });
}
