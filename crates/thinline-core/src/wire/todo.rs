//! What is to be done, by date.

use super::Request;
use serde::Serialize;
use ts_rs::TS;

/// The list.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Todo {
    /// What waits for the person, the most urgent first.
    pub now: Vec<TodoItem>,
    /// What waits for a service, the next first.
    pub waiting: Vec<TodoItem>,
    /// What is done, the newest first.
    pub done: Vec<TodoItem>,
    /// Today in the home zone, `YYYY-MM-DD`.
    pub today: String,
}

/// One item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TodoItem {
    /// Names it for `todo_later`; the same item has the same id next time.
    pub id: String,
    /// `request`, `recovery`, `people`, `again` (an import to be read again), `ask`, or
    /// `moved-watch` (a folder was watched on the computer that the data came from).
    pub what: String,
    /// Service id, where it is about one.
    pub service: Option<String>,
    /// The service's name.
    pub name: Option<String>,
    /// `YYYY-MM-DD` by which it stands in the list.
    pub day: Option<String>,
    /// How many (persons, files), else 0.
    pub count: u32,
    /// For `request`.
    pub request: Option<Request>,
    /// Whether it can be put off.
    pub can_wait: bool,
}
