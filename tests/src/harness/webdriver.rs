//! WebDriver, as much of it as the tests need, straight to WebKitWebDriver.
//!
//! Written by hand because it is small: JSON over local HTTP, one answer for one question. Client libraries bring an asynchronous
//! runtime and switch on features of crates that the program itself is built with, so that the tests would test another program.

use std::fmt;
use std::time::Duration;

use serde_json::{Value, json};

/// The key under which the protocol wraps the id of an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A refusal by the driver: the protocol's code, such as `no such element`, and its words.
#[derive(Debug)]
pub(super) struct Refusal {
    pub code: String,
    pub words: String,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.words)
    }
}

/// One session of the driver: one window of the app.
pub(super) struct Session {
    agent: ureq::Agent,
    address: String,
}

impl Session {
    /// Starts `binary` and waits until its page can be driven.
    pub fn start(driver: &str, binary: &str, arguments: &[String]) -> Result<Self, Refusal> {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .proxy(None)
            .timeout_global(Some(Duration::from_secs(60)))
            .build();
        let agent = ureq::Agent::new_with_config(config);
        let options = json!({ "binary": binary, "args": arguments });
        let body = json!({ "capabilities": { "alwaysMatch": { "webkitgtk:browserOptions": options } } });
        let mut session = Self { agent, address: driver.to_owned() };
        let answer = session.post("/session", body)?;
        let id = answer["sessionId"].as_str().expect("a session has an id");
        session.address = format!("{driver}/session/{id}");
        let limits = json!({ "script": 30_000, "pageLoad": 30_000, "implicit": 0 });
        session.post("/timeouts", limits)?;
        Ok(session)
    }

    pub fn get(&self, path: &str) -> Result<Value, Refusal> {
        value_of(self.agent.get(format!("{}{path}", self.address)).call())
    }

    pub fn post(&self, path: &str, body: Value) -> Result<Value, Refusal> {
        let request =
            self.agent.post(format!("{}{path}", self.address)).header("content-type", "application/json");
        value_of(request.send(body.to_string()))
    }

    /// Ends the app as closing its window would.
    pub fn end(&self) -> Result<(), Refusal> {
        value_of(self.agent.delete(&self.address).call()).map(drop)
    }

    /// Ids of the elements that match, in the order of the page; below `from` if it is given.
    pub fn elements(&self, from: Option<&str>, using: &str, what: &str) -> Result<Vec<String>, Refusal> {
        let path = from.map_or("/elements".to_owned(), |id| format!("/element/{id}/elements"));
        let found = self.post(&path, json!({ "using": using, "value": what }))?;
        let ids = found.as_array().into_iter().flatten().filter_map(|one| one[ELEMENT].as_str());
        Ok(ids.map(str::to_owned).collect())
    }

    /// Runs a function body in the page; `arguments[0]…` are `arguments`.
    pub fn execute(&self, script: &str, arguments: Value) -> Result<Value, Refusal> {
        self.post("/execute/sync", json!({ "script": script, "args": arguments }))
    }

    /// The same for a body that calls its last argument when it is done.
    pub fn execute_async(&self, script: &str, arguments: Value) -> Result<Value, Refusal> {
        self.post("/execute/async", json!({ "script": script, "args": arguments }))
    }
}

/// How an element is handed to a script.
pub(super) fn reference(id: &str) -> Value {
    json!({ ELEMENT: id })
}

fn value_of(answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Result<Value, Refusal> {
    let broken = |error: ureq::Error| Refusal { code: "no answer".to_owned(), words: error.to_string() };
    let mut answer = answer.map_err(broken)?;
    let went_well = answer.status().is_success();
    // Pictures are large; the default limit of the client is for strangers.
    let text = answer.body_mut().with_config().limit(64 << 20).read_to_string().map_err(broken)?;
    let mut body: Value = serde_json::from_str(&text).unwrap_or_default();
    let value = body["value"].take();
    if went_well {
        return Ok(value);
    }
    let word = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
    Err(Refusal { code: word("error"), words: word("message") })
}
