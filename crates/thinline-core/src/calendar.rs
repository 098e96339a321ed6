//! A calendar file (RFC 5545) of the requests that wait: one whole-day event each.
//!
//! It leaves the vault in the clear, so it says which service and which days, and nothing of the person: no account, no name,
//! no computer. The same request keeps its UID and counts its SEQUENCE up, so that a calendar that reads the file again moves
//! the event instead of doubling it.

use crate::requests::{self, READY};
use crate::wire::{ApiError, Code, ProfileWritten, Request};
use crate::{Core, Result, Topic, clock, profile};
use icalendar::{Alarm, Calendar, Component, Event, EventLike, Property, Trigger};
use serde_json::json;
use std::path::Path;
use thinline_ledger::EntryKind;
use thinline_store::RequestRow;

impl Core {
    /// Writes a calendar file of one request, or of all that wait (of the named services, if any are).
    ///
    /// # Errors
    /// `NoSuch` if nothing waits, `CannotWrite`, `NoSuch` for an unknown service.
    pub fn calendar_write(
        &self,
        path: &Path,
        only: Option<u32>,
        of: &[String],
        overwrite: bool,
    ) -> Result<ProfileWritten> {
        requests::settle(self)?;
        of.iter().try_for_each(|id| crate::services::known(id).map(|_| ()))?;
        let session = self.session()?;
        let rows = session.store.read(|read| read.requests())?;
        let wanted = |row: &&RequestRow| {
            !requests::is_closed(row)
                && only.is_none_or(|id| row.id == i64::from(id))
                && (of.is_empty() || of.contains(&row.service))
        };
        let rows: Vec<&RequestRow> = rows.iter().filter(wanted).collect();
        if rows.is_empty() {
            return Err(ApiError {
                message: "No request is waiting, so a calendar would be empty.".to_owned(),
                next: "Note what you asked a service for first; nothing was written.".to_owned(),
                ..ApiError::new(Code::NoSuch)
            });
        }
        let text = calendar(&rows, requests::today(&session), clock::now())?;
        let ((), written) = profile::write_file(path, overwrite, |out| profile::put(out, &text))?;
        let payload = json!({ "form": "ics", "requests": rows.len(), "sha256": hex::encode(written.sha256) });
        let log = session.store.write::<_, ApiError>(|write| {
            let log = session.append(write, EntryKind::ProfileExported, &payload)?;
            // Inside: the entry stands only if the file does.
            written.put_in_place(path)?;
            Ok(log)
        })?;
        session.note_anchor(log);
        self.tell(&[Topic::Log]);
        Ok(written.into_wire(path, rows.len() as u32))
    }
}

fn calendar(rows: &[&RequestRow], today: i32, now: i64) -> Result<String> {
    let mut calendar = Calendar::empty();
    calendar.append_property(Property::new("VERSION", "2.0"));
    calendar.append_property(Property::new("PRODID", "-//Thinline//Requests//EN"));
    calendar.append_property(Property::new("CALSCALE", "GREGORIAN"));
    calendar.append_property(Property::new("METHOD", "PUBLISH"));
    for row in rows {
        calendar.push(event(row, &requests::wire(row, today, ""), now)?);
    }
    Ok(calendar.to_string())
}

fn event(row: &RequestRow, request: &Request, now: i64) -> Result<Event> {
    let ready = row.state == READY;
    let (day, title) = match (ready, row.expires_on) {
        (true, 0) => (row.ready_on, format!("{}: your data is ready to fetch", request.name)),
        (true, last) => (last, format!("{}: last day to fetch your data", request.name)),
        (false, _) => (row.expected_by, format!("{}: your data should have come", request.name)),
    };
    let text = format!(
        "“{}”, asked for on {}, expected by {}.",
        request.label, request.asked_on, request.expected_by
    );
    let mut event = Event::new();
    event
        .uid(&format!("{}@thinline.invalid", row.uid))
        .sequence(row.revision)
        .summary(&title)
        .description(&text)
        .append_property(Property::new("DTSTAMP", basic(&clock::rfc3339(now))))
        .append_property(whole_day("DTSTART", day)?)
        .append_property(whole_day("DTEND", day + 1)?)
        .append_property(Property::new("TRANSP", "TRANSPARENT"));
    if ready && row.expires_on != 0 {
        // In the morning two days before: time enough to fetch it.
        event.alarm(Alarm::display(&title, Trigger::before_start(chrono::Duration::hours(39))));
    }
    Ok(event)
}

fn whole_day(name: &str, day: i32) -> Result<Property> {
    let text = basic(&clock::day_text(day));
    if text.len() != 8 {
        return Err(Code::Internal.into());
    }
    let mut property = Property::new(name, text);
    property.add_parameter("VALUE", "DATE");
    Ok(property)
}

/// `2026-11-24T08:00:00Z` as `20261124T080000Z`.
fn basic(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, '-' | ':')).collect()
}
