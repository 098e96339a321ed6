//! The window and its locks.
//!
//! The web view shows the program's own pages and nothing else: it cannot navigate away, open windows, download, or use
//! devices, and it keeps nothing on disk (the few files that WebKit writes all the same lie in the cache directory, away
//! from the vault). A web view that is driven by a test cannot be ephemeral (WebKit refuses), so debug builds give that
//! up under automation; release builds never do, and therefore cannot be driven.

use crate::desk::Desk;
use crate::picked::{Pick, Purpose};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;
use std::time::Duration;
use tauri::plugin::TauriPlugin;
use tauri::webview::{NewWindowResponse, PermissionResponse};
use tauri::window::Color;
use tauri::{
    App, AppHandle, DragDropEvent, Emitter, Manager, RunEvent, Theme, Url, WebviewWindow,
    WebviewWindowBuilder, WindowEvent, Wry,
};

/// The label of the one window.
pub const LABEL: &str = "main";
/// `--paper` of ui/src/app.css: shown until the page is drawn.
const PAPER: Color = Color(0xfb, 0xfa, 0xf8, 0xff);
const PAPER_DARK: Color = Color(0x15, 0x18, 0x1b, 0xff);
/// Files taken from one drop; far more than anybody means to import at once.
const DROPPED: usize = 32;

/// Makes a second start show the first window. Where data can lie elsewhere, it is another program in this respect: it
/// gets a name of its own. Core's lock on the vault is what really guards it; this is a courtesy.
pub fn single_instance() -> TauriPlugin<Wry> {
    let mut place = DefaultHasher::new();
    ["THINLINE_DATA_DIR", "XDG_DATA_HOME", "HOME"].map(std::env::var_os).hash(&mut place);
    tauri_plugin_single_instance::Builder::new()
        .dbus_id(format!("org.thinline.app.v{:x}", place.finish()))
        .callback(|app, _arguments, _directory| {
            if let Some(window) = app.get_webview_window(LABEL) {
                let _ = window.unminimize();
                let _ = window.set_focus();
            }
        })
        .build()
}

/// Starts core and opens the window.
pub fn open(app: &App) -> tauri::Result<()> {
    app.manage(Desk::new(app.handle()));
    let config = app.config().app.windows.first().ok_or(tauri::Error::WindowNotFound)?;
    let window = WebviewWindowBuilder::from_config(app, config)?
        .incognito(!automated())
        .data_directory(app.path().app_cache_dir()?.join("webview"))
        .devtools(cfg!(debug_assertions))
        .background_color(PAPER)
        .on_navigation(is_own_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .on_permission_request(|_, _| PermissionResponse::Deny)
        .build()?;
    paint(&window);
    let handle = app.handle().clone();
    window.on_window_event(move |event| match event {
        WindowEvent::DragDrop(drag) => dragged(&handle, drag),
        WindowEvent::ThemeChanged(_) => repaint(&handle),
        _ => {}
    });
    #[cfg(debug_assertions)]
    drops_of_a_test(app.handle());
    Ok(())
}

/// A test that drives this window cannot bring files from outside. While the link that `THINLINE_TEST_DROP` names is there,
/// what it leads to is held over the window; when it goes, it is let go. Never in a release build.
#[cfg(debug_assertions)]
fn drops_of_a_test(app: &AppHandle) {
    let Some(link) = std::env::var_os("THINLINE_TEST_DROP").filter(|_| automated()) else { return };
    let app = app.clone();
    std::thread::spawn(move || {
        let mut held: Option<PathBuf> = None;
        loop {
            std::thread::sleep(Duration::from_millis(50));
            let position = tauri::PhysicalPosition::default();
            match (std::fs::read_link(&link).ok(), held.take()) {
                (Some(path), None) => {
                    dragged(&app, &DragDropEvent::Enter { paths: vec![path.clone()], position });
                    held = Some(path);
                }
                (None, Some(path)) => dragged(&app, &DragDropEvent::Drop { paths: vec![path], position }),
                (_, before) => held = before,
            }
        }
    });
}

/// Says whether something is held over the window, and takes what is let go.
fn dragged(app: &AppHandle, drag: &DragDropEvent) {
    match drag {
        DragDropEvent::Enter { .. } => drop(app.emit("drag", true)),
        DragDropEvent::Leave => drop(app.emit("drag", false)),
        DragDropEvent::Drop { paths, .. } => {
            drop(app.emit("drag", false));
            dropped(app, paths.clone());
        }
        _ => {}
    }
}

/// Gives the window the appearance that was chosen: `light`, `dark`, or that of the system.
pub fn dress(app: &AppHandle, appearance: &str) {
    let theme = match appearance {
        "light" => Some(Theme::Light),
        "dark" => Some(Theme::Dark),
        _ => None,
    };
    if let Some(window) = app.get_webview_window(LABEL) {
        let _ = window.set_theme(theme);
        paint(&window);
    }
}

/// Ends a running import before the process goes, so that it can take back what it stored.
pub fn on_run_event(app: &AppHandle, event: RunEvent) {
    if let (RunEvent::Exit, Some(desk)) = (event, app.try_state::<Desk>()) {
        desk.imports.end_all(Duration::from_secs(5));
    }
}

/// Whether a test drives this window. Never in a release build.
fn automated() -> bool {
    cfg!(debug_assertions) && std::env::var("TAURI_WEBVIEW_AUTOMATION").as_deref() == Ok("true")
}

/// The program's own pages, and the frame in which requests are checked (its name is new in every build).
fn is_own_page(url: &Url) -> bool {
    let local = matches!(url.host_str(), Some("localhost"));
    let dev_server = cfg!(all(debug_assertions, not(feature = "custom-protocol")))
        && url.scheme() == "http"
        && url.port() == Some(1420);
    let own = url.scheme() == "tauri" || url.scheme().starts_with("isolation-") || dev_server;
    // Where web views know no schemes of their own, pages have a host of their own instead.
    let own_host = cfg!(windows)
        && url.scheme() == "http"
        && url.host_str().is_some_and(|host| {
            host == "tauri.localhost" || (host.starts_with("isolation-") && host.ends_with(".localhost"))
        });
    (local && own) || own_host
}

fn paint(window: &WebviewWindow) {
    let dark = matches!(window.theme(), Ok(Theme::Dark));
    let _ = window.set_background_color(Some(if dark { PAPER_DARK } else { PAPER }));
}

fn repaint(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(LABEL) {
        paint(&window);
    }
}

fn dropped(app: &AppHandle, paths: Vec<PathBuf>) {
    let app = app.clone();
    tauri::async_runtime::spawn_blocking(move || {
        let picks = &app.state::<Desk>().picks;
        let shown: Vec<_> = paths
            .into_iter()
            .take(DROPPED)
            .filter_map(|path| picks.add(Pick { path, purpose: Purpose::Archive, overwrite: false }).ok())
            .collect();
        let _ = app.emit("drop", shown);
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn goes(address: &str) -> bool {
        is_own_page(&Url::parse(address).unwrap())
    }

    #[test]
    fn the_window_stays_on_its_own_pages() {
        assert!(goes("tauri://localhost/#/timeline"));
        assert!(goes("isolation-0b1c2d3e://localhost/"));
        for address in [
            "https://example.org/",
            "http://localhost/",
            "file:///etc/passwd",
            "data:text/html,x",
            "about:blank",
        ] {
            assert!(!goes(address), "{address}");
        }
        assert!(!goes("tauri://example.org/"));
    }
}
