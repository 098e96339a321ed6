//! The running app and its page.

use std::ffi::OsString;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use base64::Engine as _;
use serde_json::{Value, json};

use super::network::Tracer;
use super::process::Process;
use super::webdriver::Session;
use super::{Computer, Element, repository, results, wait_for};

/// Answers when the page as it is now has been painted.
const PAINTED: &str = "const done = arguments[arguments.length - 1];
const frame = () => new Promise((next) => requestAnimationFrame(next));
document.fonts.ready.then(frame).then(frame).then(() => setTimeout(done, 100));";

/// How the app is started.
#[derive(Debug, Clone, Default)]
pub struct Start {
    /// The answer to every dialog that opens a file or folder.
    pub pick: Option<PathBuf>,
    /// The answer to every dialog that saves a file.
    pub save: Option<PathBuf>,
    /// More environment.
    pub environment: Vec<(String, OsString)>,
    /// Arguments of the app.
    pub arguments: Vec<String>,
    /// Writes down what it asks of the kernel.
    pub tracer: Option<Tracer>,
}

impl Start {
    /// Puts its environment on a command.
    pub(super) fn dress(&self, command: &mut Command) {
        command.envs(self.environment.iter().map(|(key, value)| (key, value)));
        command.envs(self.pick.iter().map(|path| ("THINLINE_TEST_PICK", path)));
        command.envs(self.save.iter().map(|path| ("THINLINE_TEST_SAVE", path)));
    }
}

/// An open window. Dropping it ends the app; [`Window::close`] does so in peace.
pub struct Window<'c> {
    pub(super) session: Session,
    computer: &'c Computer,
    closed: bool,
    _driver: Process,
}

impl<'c> Window<'c> {
    #[track_caller]
    pub(super) fn open(computer: &'c Computer, start: Start) -> Self {
        let port = free_port();
        let mut command = computer.command("WebKitWebDriver");
        command.args([format!("--port={port}"), "--host=127.0.0.1".to_owned()]);
        command.env("TAURI_AUTOMATION", "true").env("TAURI_WEBVIEW_AUTOMATION", "true");
        start.dress(&mut command);
        let driver = Process::start(command.stdout(Stdio::null()));
        wait_for("WebKitWebDriver", || TcpStream::connect((Ipv4Addr::LOCALHOST, port)).ok());
        let app = start.tracer.as_ref().map_or_else(app, |tracer| tracer.script(&computer.desk(), &app()));
        let session =
            Session::start(&format!("http://127.0.0.1:{port}"), &app.to_string_lossy(), &start.arguments);
        let session = session.unwrap_or_else(|refusal| panic!("{} did not open: {refusal}", app.display()));
        let window = Self { session, computer, closed: false, _driver: driver };
        wait_for("the page", || window.try_find("css selector", "body *").into_iter().next().map(drop));
        window
    }

    /// Ends the app and waits until it has ended.
    #[track_caller]
    pub fn close(mut self) {
        self.closed = true;
        let app = app().canonicalize().expect("the app is there");
        assert!(self.computer.runs(&app), "the app had ended before its window was closed");
        self.session.end().unwrap_or_else(|refusal| panic!("the window did not close: {refusal}"));
        // The driver answers a moment earlier. Started again in that moment, the app would find itself running already.
        wait_for("the end of the app", || {
            (!self.computer.runs(&app) && !self.computer.bus_knows_thinline()).then_some(())
        });
    }

    /// The computer that it runs on.
    pub fn computer(&self) -> &'c Computer {
        self.computer
    }

    /// Waits for an element that can be seen, by CSS.
    #[track_caller]
    pub fn find(&self, css: &str) -> Element<'_> {
        self.wait_shown(css, || self.all(css))
    }

    /// Waits for an element that may be out of sight: a radio whose label is drawn in its place.
    #[track_caller]
    pub fn present(&self, css: &str) -> Element<'_> {
        wait_for(css, || self.all(css).into_iter().next())
    }

    /// Waits for the element with this `data-testid`.
    #[track_caller]
    pub fn test_id(&self, id: &str) -> Element<'_> {
        self.find(&format!("[data-testid=\"{id}\"]"))
    }

    /// Waits for the innermost element whose whole text is `text`, apart from white space.
    #[track_caller]
    pub fn by_text(&self, text: &str) -> Element<'_> {
        let xpath = format!(
            "//body//*[normalize-space(.)={0} and not(*[normalize-space(.)={0}])]",
            xpath_string(text)
        );
        self.wait_shown(&format!("the text “{text}”"), || self.try_find("xpath", &xpath))
    }

    /// Waits for the innermost element that contains `text`.
    #[track_caller]
    pub fn containing(&self, text: &str) -> Element<'_> {
        let part = format!("contains(normalize-space(.), {})", xpath_string(text));
        let xpath = format!("//body//*[{part} and not(*[{part}])]");
        self.wait_shown(&format!("a text with “{text}”"), || self.try_find("xpath", &xpath))
    }

    /// Waits for an element by XPath.
    #[track_caller]
    pub fn by_xpath(&self, xpath: &str) -> Element<'_> {
        self.wait_shown(xpath, || self.try_find("xpath", xpath))
    }

    /// The text of the first match, if it is there now. The page may replace it meanwhile; then there is none.
    pub fn text_now(&self, css: &str) -> Option<String> {
        let script = "return document.querySelector(arguments[0])?.innerText ?? null";
        self.session.execute(script, json!([css])).ok()?.as_str().map(str::to_owned)
    }

    /// Waits for an element by its role and the name that a screen reader says.
    #[track_caller]
    pub fn by_role(&self, role: &str, name: &str) -> Element<'_> {
        let css = candidates(role);
        self.wait_shown(&format!("a {role} named “{name}”"), || {
            self.all(&css)
                .into_iter()
                .filter(|element| self.name_of(element).as_deref() == Some(name))
                .collect()
        })
    }

    /// Waits until what is asked for is there. What it is stands in the message.
    #[track_caller]
    pub fn wait<T>(&self, what: &str, ask: impl FnMut() -> Option<T>) -> T {
        wait_for(what, ask)
    }

    /// Everything that matches now, seen or not.
    #[track_caller]
    pub fn all(&self, css: &str) -> Vec<Element<'_>> {
        self.try_find("css selector", css)
    }

    /// Waits until nothing that matches can be seen.
    #[track_caller]
    pub fn wait_gone(&self, css: &str) {
        wait_for(&format!("{css} to go"), || self.shown(self.all(css)).is_none().then_some(()));
    }

    /// Everything that the page shows as text.
    #[track_caller]
    pub fn text(&self) -> String {
        self.execute("return document.body.innerText", json!([])).as_str().unwrap_or_default().to_owned()
    }

    /// Everything that the page holds, shown or not, with the values of fields.
    #[track_caller]
    pub fn source(&self) -> String {
        let script = "return document.documentElement.outerHTML + location.href + \
            Array.from(document.querySelectorAll('input, select, textarea'), (field) => field.value).join(' ')";
        self.execute(script, json!([])).as_str().expect("a page has a source").to_owned()
    }

    /// Where the first match lies in the window: left, top, width, height in pixels.
    #[track_caller]
    pub fn place_of(&self, css: &str) -> [u32; 4] {
        let script = "const box = arguments[0].getBoundingClientRect();
            return [box.x, box.y, box.width, box.height].map(Math.round)";
        let place = self.find(css).execute(script);
        serde_json::from_value(place).unwrap_or_else(|_| panic!("{css} has a place in the window"))
    }

    /// Runs a function body in the page.
    #[track_caller]
    pub fn execute(&self, script: &str, arguments: Value) -> Value {
        self.session.execute(script, arguments).unwrap_or_else(|refusal| panic!("execute: {refusal}"))
    }

    /// Presses keys one after the other wherever the focus is: names of the protocol's keys or single characters.
    #[track_caller]
    pub fn press(&self, keys: &[&str]) {
        let actions: Vec<Value> = keys
            .iter()
            .flat_map(|key| ["keyDown", "keyUp"].map(|kind| json!({ "type": kind, "value": key_code(key) })))
            .collect();
        let body = json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": actions }] });
        self.session.post("/actions", body).unwrap_or_else(|refusal| panic!("press: {refusal}"));
    }

    /// Gives the window another size, in CSS pixels with its frame.
    #[track_caller]
    pub fn resize(&self, width: u32, height: u32) {
        let rect = json!({ "width": width, "height": height });
        self.session.post("/window/rect", rect).unwrap_or_else(|refusal| panic!("resize: {refusal}"));
    }

    /// Waits until the page as it is now is on the screen.
    #[track_caller]
    pub fn wait_until_painted(&self) {
        self.session
            .execute_async(PAINTED, json!([]))
            .unwrap_or_else(|refusal| panic!("painting: {refusal}"));
    }

    /// A picture of the page in `test-results/`.
    #[track_caller]
    pub fn picture(&self, name: &str) -> PathBuf {
        // The driver hands out the last painted frame, which may be older than what the page says of itself.
        self.wait_until_painted();
        let picture = self.session.get("/screenshot").unwrap_or_else(|refusal| panic!("picture: {refusal}"));
        let bytes = base64::engine::general_purpose::STANDARD.decode(picture.as_str().unwrap_or_default());
        let path = results().join(format!("{name}.png"));
        std::fs::write(&path, bytes.expect("a picture is base64")).expect("a picture can be written");
        path
    }

    fn try_find(&self, using: &str, what: &str) -> Vec<Element<'_>> {
        // While the page loads there may be no document to look into.
        let ids = self.session.elements(None, using, what).unwrap_or_default();
        ids.into_iter().map(|id| Element { window: self, id }).collect()
    }

    #[track_caller]
    fn wait_shown<'w>(&'w self, what: &str, ask: impl Fn() -> Vec<Element<'w>>) -> Element<'w> {
        wait_for(what, || self.shown(ask()))
    }

    /// The first that can be seen. Asked without panicking: the page may replace elements meanwhile.
    fn shown<'w>(&self, elements: Vec<Element<'w>>) -> Option<Element<'w>> {
        elements.into_iter().find(|element| {
            let displayed = self.session.get(&format!("/element/{}/displayed", element.id));
            displayed.is_ok_and(|shown| shown == true)
        })
    }

    fn name_of(&self, element: &Element<'_>) -> Option<String> {
        let name = self.session.get(&format!("/element/{}/computedlabel", element.id)).ok()?;
        name.as_str().map(|name| name.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}

impl Drop for Window<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            // The test's name is the thread's. What was on the screen tells more than the message.
            let name = std::thread::current().name().unwrap_or("test").replace("::", "-");
            let path = results().join(format!("failed-{name}.png"));
            let _ = self.computer.command("import").args(["-window", "root"]).arg(path).status();
        }
        if !self.closed {
            let _ = self.session.end();
        }
    }
}

/// The app that is tested: the debug build, beside this test, unless told otherwise.
pub fn app() -> PathBuf {
    std::env::var_os("THINLINE_APP").map_or_else(|| built("thinline-app"), PathBuf::from)
}

/// A program of the debug build.
pub(super) fn built(name: &str) -> PathBuf {
    let here = std::env::current_exe().expect("this program has a path");
    let debug = here.ancestors().find(|folder| folder.ends_with("debug")).map(PathBuf::from);
    let program = debug.unwrap_or_else(|| repository().join("target/debug")).join(name);
    assert!(
        program.is_file(),
        "{} is not built; `cargo xtask test --only window` builds it",
        program.display()
    );
    program
}

fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port is free");
    listener.local_addr().expect("it has an address").port()
}

/// Elements that can have a role: those that have it by themselves and those that are given it.
fn candidates(role: &str) -> String {
    let own = match role {
        "button" => "button, input[type=submit], summary",
        "link" => "a[href]",
        "heading" => "h1, h2, h3, h4, h5, h6",
        "textbox" => {
            "input:not([type]), input[type=text], input[type=password], input[type=search], textarea"
        }
        "searchbox" => "input[type=search]",
        "checkbox" => "input[type=checkbox]",
        "radio" => "input[type=radio]",
        "combobox" => "select",
        "dialog" => "dialog",
        "navigation" => "nav",
        _ => "",
    };
    if own.is_empty() { format!("[role={role}]") } else { format!("{own}, [role={role}]") }
}

/// A string literal of XPath 1.0, which knows no escapes.
fn xpath_string(text: &str) -> String {
    if !text.contains('"') {
        return format!("\"{text}\"");
    }
    let parts: Vec<String> = text.split('"').map(|part| format!("\"{part}\"")).collect();
    format!("concat({})", parts.join(", '\"', "))
}

/// The protocol's private characters for keys that type nothing.
fn key_code(key: &str) -> String {
    let code = match key {
        "Backspace" => '\u{e003}',
        "Tab" => '\u{e004}',
        "Enter" => '\u{e007}',
        "Escape" => '\u{e00c}',
        "Space" => ' ',
        "PageUp" => '\u{e00e}',
        "PageDown" => '\u{e00f}',
        "End" => '\u{e010}',
        "Home" => '\u{e011}',
        "ArrowLeft" => '\u{e012}',
        "ArrowUp" => '\u{e013}',
        "ArrowRight" => '\u{e014}',
        "ArrowDown" => '\u{e015}',
        "Delete" => '\u{e017}',
        other => return other.to_owned(),
    };
    code.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_survive_in_xpath() {
        assert_eq!(xpath_string("plain"), "\"plain\"");
        assert_eq!(xpath_string("say \"no\""), "concat(\"say \", '\"', \"no\", '\"', \"\")");
    }
}
