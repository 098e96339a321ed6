//! What is to be done, by date: derived anew each time from what is stored. Only what was put off has a table.
//!
//! Three lists: what waits for the person, what waits for a service, what is done. Nothing is put off for good: a link that
//! ends does not wait, and everything else comes back.

use crate::requests::{ASKED, READY};
use crate::session::Session;
use crate::wire::{Code, Request, Todo, TodoItem};
use crate::{Core, Result, Topic, clock, imports, keep, recovery, requests, services};
use std::collections::{BTreeMap, BTreeSet};
use thinline_store::Read;

/// Days for which an item that is put off stays away.
const A_WEEK: i32 = 7;
/// Ended requests that are shown.
const MOST_DONE: usize = 50;

impl Core {
    /// The list.
    ///
    /// # Errors
    /// As all questions.
    pub fn todo(&self) -> Result<Todo> {
        requests::settle(self)?;
        let session = self.session()?;
        let today = requests::today(&session);
        let mut todo = of_requests(&session, today)?;
        todo.now.extend(of_recovery(&session)?);
        todo.now.extend(of_move(&session)?);
        todo.now.extend(stale(&session)?);
        session.store.read(|read| {
            let put_off: BTreeMap<String, i32> = read.put_off()?.into_iter().collect();
            let asked: BTreeSet<String> = read.requests()?.into_iter().map(|row| row.service).collect();
            todo.now.extend(undecided(read)?);
            todo.now.extend(never_asked(read, &asked)?);
            let waits = |item: &TodoItem| put_off.get(&item.id).is_some_and(|until| *until > today);
            todo.now.retain(|item| !item.can_wait || !waits(item));
            Ok::<_, crate::wire::ApiError>(())
        })?;
        todo.now.sort_by_cached_key(urgency);
        Ok(todo)
    }

    /// Puts an item off for a week.
    ///
    /// # Errors
    /// `NoSuch` if the list holds no such item, or it cannot wait.
    pub fn todo_later(&self, id: &str) -> Result<Todo> {
        let session = self.session()?;
        if !self.todo()?.now.iter().any(|item| item.id == id && item.can_wait) {
            return Err(Code::NoSuch.into());
        }
        let until = requests::today(&session) + A_WEEK;
        session.store.write::<_, crate::wire::ApiError>(|write| Ok(write.put_off(id, until)?))?;
        self.tell(&[Topic::Requests]);
        self.todo()
    }
}

/// Dated before undated, then what runs out before what does not.
fn urgency(item: &TodoItem) -> (bool, Option<String>, u8, String) {
    let order = match item.what.as_str() {
        "request" => 0,
        "recovery" => 1,
        "people" => 2,
        _ => 3,
    };
    let dated = item.what == "request";
    (!dated, item.day.clone().filter(|_| dated), order, item.id.clone())
}

fn of_requests(session: &Session, today: i32) -> Result<Todo> {
    let country = requests::country(session)?;
    let rows = session.store.read(|read| read.requests())?;
    let mut todo =
        Todo { now: Vec::new(), waiting: Vec::new(), done: Vec::new(), today: clock::day_text(today) };
    for row in &rows {
        let request = requests::wire(row, today, &country);
        let list = match request.state.as_str() {
            READY => &mut todo.now,
            ASKED if request.overdue => &mut todo.now,
            ASKED => &mut todo.waiting,
            _ => &mut todo.done,
        };
        list.push(of_request(request));
    }
    todo.waiting.sort_by(|a, b| a.day.cmp(&b.day));
    todo.done.sort_by(|a, b| b.day.cmp(&a.day));
    todo.done.truncate(MOST_DONE);
    Ok(todo)
}

fn of_request(request: Request) -> TodoItem {
    let day = match request.state.as_str() {
        ASKED => Some(request.expected_by.clone()),
        READY => request.link_expires.clone().or_else(|| request.ready_on.clone()),
        _ => request.closed_on.clone(),
    };
    // Only waiting for a service can wait; a link that ends cannot.
    let can_wait = request.overdue;
    TodoItem {
        id: format!("request-{}", request.id),
        what: "request".to_owned(),
        service: Some(request.service.clone()),
        name: Some(request.name.clone()),
        day,
        count: 0,
        request: Some(request),
        can_wait,
    }
}

fn of_recovery(session: &Session) -> Result<Option<TodoItem>> {
    if !recovery::is_missing(session)? {
        return Ok(None);
    }
    let day = recovery::asked_since(session)?.map(clock::day_text);
    Ok(Some(TodoItem { day, ..bare("recovery".to_owned(), "recovery") }))
}

/// What was set up on the computer that the data came from, and not yet on this one.
fn of_move(session: &Session) -> Result<Vec<TodoItem>> {
    let left = keep::left_behind(session)?.into_iter();
    Ok(left.map(|what| bare(format!("moved-{what}"), &format!("moved-{what}"))).collect())
}

/// Imports that would show more if they were read again, since recipes changed.
fn stale(session: &Session) -> Result<Vec<TodoItem>> {
    let rows = imports::list(session, None)?.imports;
    let item = |row: crate::wire::ImportRow| {
        let stale = row.stale?;
        let count = stale.files.max(1);
        Some(TodoItem { count, ..of_service(format!("again-{}", row.id), "again", &row.service) })
    };
    Ok(rows.into_iter().filter_map(item).collect())
}

/// Household profiles that nobody said whose they are, per service.
fn undecided(read: &Read<'_>) -> Result<Vec<TodoItem>> {
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    for person in read.persons()?.into_iter().filter(|person| person.whose == "undecided") {
        *counts.entry(person.service).or_default() += 1;
    }
    let item = |(service, count): (String, u32)| TodoItem {
        count,
        ..of_service(format!("people-{service}"), "people", &service)
    };
    Ok(counts.into_iter().map(item).collect())
}

/// Listed services that were never asked and of which nothing was imported.
fn never_asked(read: &Read<'_>, asked: &BTreeSet<String>) -> Result<Vec<TodoItem>> {
    let imports = read.imports()?;
    let held = |service: &str| imports.iter().any(|i| i.service == service && i.state == "done");
    let listed = read.listed()?.into_iter().filter(|service| !asked.contains(service) && !held(service));
    Ok(listed.map(|service| of_service(format!("ask-{service}"), "ask", &service)).collect())
}

fn of_service(id: String, what: &str, service: &str) -> TodoItem {
    let name = services::known(service).map_or_else(|_| service.to_owned(), |known| known.name.clone());
    TodoItem { service: Some(service.to_owned()), name: Some(name), ..bare(id, what) }
}

fn bare(id: String, what: &str) -> TodoItem {
    TodoItem {
        id,
        what: what.to_owned(),
        service: None,
        name: None,
        day: None,
        count: 0,
        request: None,
        can_wait: true,
    }
}
