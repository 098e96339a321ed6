//! Questions to the program, asked from inside its page as foreign code would ask them: past everything that the window's own
//! code does, through the frame that checks requests.

use serde_json::{Value, json};

use super::Window;

/// How long the page waits for an answer. A request that the frame refuses never gets one.
const UNANSWERED: u32 = 2_000;

const ASK: &str = "const [command, payload, patience, done] = arguments;
const asked = window.__TAURI_INTERNALS__.invoke(command, payload);
const late = new Promise((next) => setTimeout(() => next({ none: true }), patience));
Promise.race([asked.then((said) => ({ said: said ?? null }), (refused) => ({ refused })), late]).then(done);";

/// What came of a question.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// It was answered.
    Said(Value),
    /// It was understood and refused, with this code.
    Code(String),
    /// It was not understood: the words of the layer that reads requests.
    Misread(String),
    /// Nothing came back.
    Nothing,
}

impl Window<'_> {
    /// Asks for a command with these arguments.
    #[track_caller]
    pub fn invoke(&self, command: &str, arguments: &Value) -> Answer {
        let answer = self.session.execute_async(ASK, json!([command, arguments, UNANSWERED]));
        let mut answer = answer.unwrap_or_else(|refusal| panic!("{command}: {refusal}"));
        if !answer["none"].is_null() {
            return Answer::Nothing;
        }
        match answer.get_mut("refused").map(Value::take) {
            None => Answer::Said(answer["said"].take()),
            Some(Value::String(words)) => Answer::Misread(words),
            Some(error) => Answer::Code(error["code"].as_str().unwrap_or_default().to_owned()),
        }
    }
}
