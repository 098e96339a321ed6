//! One element of the page. An element that was replaced by the page since it was found is gone: find it again.

use serde_json::{Value, json};

use super::Window;
use super::wait_for;
use super::webdriver::{Refusal, reference};

/// Found by one of the methods of [`Window`].
pub struct Element<'w> {
    pub(super) window: &'w Window<'w>,
    pub(super) id: String,
}

impl Element<'_> {
    /// Waits until the element can be clicked, scrolls to it, and clicks its middle.
    #[track_caller]
    pub fn click(&self) {
        // Something may lie over it for the time of a transition.
        wait_for("an element to become clickable", || match self.post("click", json!({})) {
            Ok(_) => Some(()),
            Err(refusal) if is_passing(&refusal) => None,
            Err(refusal) => panic!("click: {refusal}"),
        });
    }

    /// Types into the element, as keys.
    #[track_caller]
    pub fn type_in(&self, words: &str) {
        self.post("value", json!({ "text": words })).unwrap_or_else(|refusal| panic!("type: {refusal}"));
    }

    /// Empties a field.
    #[track_caller]
    pub fn clear(&self) {
        self.post("clear", json!({})).unwrap_or_else(|refusal| panic!("clear: {refusal}"));
    }

    /// The text as it is shown.
    #[track_caller]
    pub fn text(&self) -> String {
        self.text_of("text").unwrap_or_default()
    }

    /// An attribute as it stands in the page, or None.
    #[track_caller]
    pub fn attribute(&self, name: &str) -> Option<String> {
        self.text_of(&format!("attribute/{name}"))
    }

    /// The value of a field.
    #[track_caller]
    pub fn value(&self) -> String {
        self.text_of("property/value").unwrap_or_default()
    }

    /// The name that a screen reader says.
    #[track_caller]
    pub fn label(&self) -> String {
        self.text_of("computedlabel").unwrap_or_default()
    }

    /// Whether it can be seen.
    #[track_caller]
    pub fn is_shown(&self) -> bool {
        self.get("displayed") == Value::Bool(true)
    }

    /// Whether it takes input.
    #[track_caller]
    pub fn is_enabled(&self) -> bool {
        self.get("enabled") == Value::Bool(true)
    }

    /// Whether a checkbox, radio or option is chosen.
    #[track_caller]
    pub fn is_selected(&self) -> bool {
        self.get("selected") == Value::Bool(true) || self.attribute("aria-checked").as_deref() == Some("true")
    }

    /// Runs a script with the element as `arguments[0]`.
    #[track_caller]
    pub fn execute(&self, script: &str) -> Value {
        let arguments = json!([reference(&self.id)]);
        self.window.session.execute(script, arguments).unwrap_or_else(|refusal| panic!("execute: {refusal}"))
    }

    /// Elements below this one, by CSS; does not wait.
    #[track_caller]
    pub fn all(&self, css: &str) -> Vec<Element<'_>> {
        let ids = self.window.session.elements(Some(&self.id), "css selector", css);
        let ids = ids.unwrap_or_else(|refusal| panic!("{css}: {refusal}"));
        ids.into_iter().map(|id| Element { window: self.window, id }).collect()
    }

    #[track_caller]
    fn text_of(&self, what: &str) -> Option<String> {
        self.get(what).as_str().map(str::to_owned)
    }

    #[track_caller]
    fn get(&self, what: &str) -> Value {
        let answer = self.window.session.get(&format!("/element/{}/{what}", self.id));
        answer.unwrap_or_else(|refusal| panic!("{what}: {refusal}"))
    }

    fn post(&self, what: &str, body: Value) -> Result<Value, Refusal> {
        self.window.session.post(&format!("/element/{}/{what}", self.id), body)
    }
}

fn is_passing(refusal: &Refusal) -> bool {
    ["element click intercepted", "element not interactable"].contains(&refusal.code.as_str())
}
