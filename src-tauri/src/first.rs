//! The one window of a data folder: a second start shows the first, and says so if the first hangs.
//!
//! Where data can lie elsewhere, it is another program in this respect: it gets a name of its own. Core's lock on the folder is
//! what really guards it; this is a courtesy. What would surprise: the plugin that hands a second start over waits for the first
//! without an end. So it is asked before, for three seconds, whether it answers; if not, there is no plugin, and the window opens
//! with what is wrong.

use crate::window;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::atomic::{AtomicBool, Ordering};
use tauri::plugin::TauriPlugin;
use tauri::{Manager, Wry};

static HANGS: AtomicBool = AtomicBool::new(false);

/// Whether another start of this program has this data and does not answer.
pub fn hangs() -> bool {
    HANGS.load(Ordering::Relaxed)
}

/// Hands a second start over to the first; none if the first would not take it.
pub fn single_instance() -> Option<TauriPlugin<Wry>> {
    let name = name();
    if hung(&name) {
        HANGS.store(true, Ordering::Relaxed);
        return None;
    }
    let plugin =
        tauri_plugin_single_instance::Builder::new().dbus_id(name).callback(|app, _arguments, _folder| {
            if let Some(window) = app.get_webview_window(window::LABEL) {
                let _ = window.unminimize();
                let _ = window.set_focus();
            }
        });
    Some(plugin.build())
}

fn name() -> String {
    let mut place = DefaultHasher::new();
    ["THINLINE_DATA_DIR", "XDG_DATA_HOME", "HOME"].map(std::env::var_os).hash(&mut place);
    format!("org.thinline.app.v{:x}", place.finish())
}

/// Whether a program has the name and does not answer for it. A bus that says nothing at all counts as well: the plugin would
/// wait for it, too.
#[cfg(target_os = "linux")]
fn hung(name: &str) -> bool {
    use std::time::Duration;
    const PATIENCE: Duration = Duration::from_secs(3);
    let (told, wait) = std::sync::mpsc::channel();
    let name = format!("{name}.SingleInstance");
    std::thread::spawn(move || told.send(answers(&name, PATIENCE).unwrap_or(true)));
    // The thread knows by then; what is added is for a bus that does not let it connect.
    !wait.recv_timeout(PATIENCE + Duration::from_secs(1)).unwrap_or(false)
}

/// Whether whoever has the name answers; true if nobody has it.
#[cfg(target_os = "linux")]
fn answers(name: &str, patience: std::time::Duration) -> zbus::Result<bool> {
    let bus = zbus::blocking::connection::Builder::session()?.method_timeout(patience).build()?;
    const BUS: &str = "org.freedesktop.DBus";
    let owned = bus.call_method(Some(BUS), "/org/freedesktop/DBus", Some(BUS), "NameHasOwner", &(name,))?;
    if !owned.body().deserialize::<bool>()? {
        return Ok(true);
    }
    let ping = bus.call_method(Some(name), "/", Some("org.freedesktop.DBus.Peer"), "Ping", &());
    Ok(ping.is_ok())
}

#[cfg(not(target_os = "linux"))]
fn hung(_name: &str) -> bool {
    false
}
