//! The window and its locks.
//!
//! The web view shows the program's own pages and nothing else: it cannot navigate away, open windows, download, or use
//! devices, and it keeps nothing on disk (the few files that WebKit writes all the same lie in the cache directory, away
//! from the vault). A web view that is driven by a test cannot be ephemeral (WebKit refuses), so debug builds give that
//! up under automation; release builds never do, and therefore cannot be driven. When the vault is locked, the view is emptied:
//! its steps back and forward are those of the start again, and (if no test drives it) its process is replaced.

use crate::desk::Desk;
use crate::picked::{Pick, Purpose};
use std::path::PathBuf;
use std::sync::OnceLock;
use std::time::Duration;
use tauri::webview::{NewWindowResponse, PageLoadEvent, PermissionResponse};
use tauri::window::Color;
use tauri::{
    App, AppHandle, DragDropEvent, Emitter, Manager, RunEvent, Theme, Url, WebviewWindow,
    WebviewWindowBuilder, WindowEvent,
};

/// The label of the one window.
pub const LABEL: &str = "main";
/// `--paper` of ui/src/app.css: shown until the page is drawn.
const PAPER: Color = Color(0xfb, 0xfa, 0xf8, 0xff);
const PAPER_DARK: Color = Color(0x15, 0x18, 0x1b, 0xff);
/// Files taken from one drop; far more than anybody means to import at once.
const DROPPED: usize = 32;

/// Starts core and opens the window.
pub fn open(app: &App) -> tauri::Result<()> {
    app.manage(Desk::new(app.handle()));
    app.manage(Start::default());
    let config = app.config().app.windows.first().ok_or(tauri::Error::WindowNotFound)?;
    let window = WebviewWindowBuilder::from_config(app, config)?
        .incognito(!automated())
        .data_directory(app.path().app_cache_dir()?.join("webview"))
        .proxy_url(nowhere()?)
        .devtools(cfg!(debug_assertions))
        .background_color(PAPER)
        .on_navigation(is_own_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .on_permission_request(|_, _| PermissionResponse::Deny)
        .on_page_load(|window, page| {
            if page.event() == PageLoadEvent::Finished {
                remember_start(&window);
            }
        })
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

/// The web view's steps back and forward as they were when its first page had been loaded: none.
#[derive(Default)]
struct Start(OnceLock<Vec<u8>>);

/// Where the person is: the part of the address after `#`.
pub fn place(app: &AppHandle) -> Option<String> {
    let address = app.get_webview_window(LABEL)?.url().ok()?;
    address.fragment().filter(|place| place.starts_with('/')).map(str::to_owned)
}

/// Takes everything out of the window: page, steps back and forward, what its scripts hold. What is shown next is the first page.
pub fn empty(app: &AppHandle) {
    let Some(window) = app.get_webview_window(LABEL) else { return };
    let Ok(mut address) = window.url() else { return };
    address.set_fragment(None);
    address.set_query(None);
    address.set_path("/");
    load_emptied(&window, address);
}

#[cfg(target_os = "linux")]
fn load_emptied(window: &WebviewWindow, address: Url) {
    use webkit2gtk::{WebViewExt as _, WebViewSessionState, glib};
    let start = window.state::<Start>().0.get().cloned();
    let _ = window.with_webview(move |view| {
        let view = view.inner();
        if !automated() {
            // What the page held goes with its process. A driver would lose its page with it.
            view.terminate_web_process();
        }
        if let Some(start) = start {
            view.restore_session_state(&WebViewSessionState::new(&glib::Bytes::from_owned(start)));
        }
        view.load_uri(address.as_str());
    });
}

#[cfg(not(target_os = "linux"))]
fn load_emptied(window: &WebviewWindow, address: Url) {
    let _ = window.navigate(address);
}

/// After the first page, before anybody went anywhere.
#[cfg(target_os = "linux")]
fn remember_start(window: &WebviewWindow) {
    use webkit2gtk::WebViewExt as _;
    let app = window.app_handle().clone();
    if app.state::<Start>().0.get().is_some() {
        return;
    }
    let _ = window.with_webview(move |view| {
        let state = view.inner().session_state().and_then(|state| state.serialize());
        if let Some(bytes) = state {
            let _ = app.state::<Start>().0.set(bytes.to_vec());
        }
    });
}

#[cfg(not(target_os = "linux"))]
fn remember_start(_window: &WebviewWindow) {}

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

/// A proxy that nobody can listen as. The pages ask for nothing from the network; what foreign code in them would ask for ends here,
/// and so do hints such as `preconnect`, which no content policy stops: with a proxy, no name is looked up for them.
fn nowhere() -> tauri::Result<Url> {
    Url::parse("http://127.0.0.1:0").map_err(|_| tauri::Error::InvalidWebviewUrl("the proxy to nowhere"))
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
