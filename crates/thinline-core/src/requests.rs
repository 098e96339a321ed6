//! Asking services for data: asked, ready, imported or given up. A step, its record on the timeline and its log entry are one
//! transaction.
//!
//! Days are the person's: a request of March 3 stays one of March 3 when the home zone changes. What runs out is not stored but
//! seen when somebody looks, since nothing runs while Thinline is closed; for the same reason an import ends the request that it
//! answers when requests are next looked at. Only an import made after the request was noted, of an export that is not older
//! than the request, ends it: reading last year's archive again is no answer.

use crate::session::Session;
use crate::wire::{ApiError, AskedFor, Code, ImportReport, ReadyNow, Request, Requests};
use crate::{Core, Result, Topic, clock, duties, services};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use thinline_catalogue::{FileName, Package, Service};
use thinline_ledger::EntryKind;
use thinline_model::{Kind, Timestamp};
use thinline_store::{Appended, ImportRow, OwnRecord, RequestRow, Write};

pub(crate) const ASKED: &str = "asked";
pub(crate) const READY: &str = "ready";
pub(crate) const IMPORTED: &str = "imported";
const GAVE_UP: &str = "gave-up";

/// Nobody asks for the data of a time before there were such exports.
const FIRST_DAY: &str = "2006-01-01";
/// A link that works longer than this is a slip of the pen.
const LONGEST_LINK: i32 = 3 * 366;

impl Core {
    /// What was asked for, the newest first.
    ///
    /// # Errors
    /// As all questions.
    pub fn requests(&self) -> Result<Requests> {
        settle(self)?;
        let session = self.session()?;
        let today = today(&session);
        let country = country(&session)?;
        let mut rows = session.store.read(|read| read.requests())?;
        rows.reverse();
        let requests = rows.iter().map(|row| wire(row, today, &country)).collect();
        Ok(Requests { requests, today: clock::day_text(today) })
    }

    /// Notes that packages of a service were asked for. One that still waits is given up: asking again starts anew.
    ///
    /// # Errors
    /// `NoSuch` for an unknown service or package, `BadValue` for none or for a day that has not come.
    pub fn request_asked(&self, asked: &AskedFor) -> Result<Requests> {
        settle(self)?;
        let session = self.session()?;
        let service = services::known(&asked.service)?;
        let packages = packages(service, &asked.packages)?;
        let asked_on = past_day(&session, asked.asked_on.as_deref())?;
        let done = session.store.write::<_, ApiError>(|write| {
            let mut steps = Vec::new();
            let newest = write.newest_import()?;
            for package in &packages {
                for mut waits in open_of(write, service, &package.id)? {
                    close(&mut waits, GAVE_UP, today(&session), 0);
                    steps.push(take(&session, write, EntryKind::RequestClosed, &waits)?);
                }
                let mut row = new_request(service, package, asked_on)?;
                row.after_import = newest;
                row.id = write.put_request(&row)?;
                steps.push(note(&session, write, EntryKind::RequestAsked, &row)?);
            }
            write.set_listed(service.id.as_str(), true, clock::now())?;
            Ok(steps)
        })?;
        self.told(&session, done)
    }

    /// Notes that it can be fetched, and until when.
    ///
    /// # Errors
    /// `NoSuch`, `BadValue` if it waits no more or a day does not fit.
    pub fn request_ready(&self, ready: &ReadyNow) -> Result<Requests> {
        let session = self.session()?;
        let on = past_day(&session, ready.ready_on.as_deref())?;
        let said = ready.link_expires.as_deref().map(clock::parse_day).transpose()?;
        if said.is_some_and(|day| day < on || day - on > LONGEST_LINK) {
            return Err(Code::BadValue.into());
        }
        self.step(ready.id, EntryKind::RequestReady, |row| {
            if ![ASKED, READY].contains(&row.state.as_str()) || on < row.asked_on {
                return Err(Code::BadValue.into());
            }
            row.state = READY.to_owned();
            row.ready_on = on;
            row.expires_on = said.or_else(|| usual_end(row, on)).unwrap_or(0);
            Ok(())
        })
    }

    /// Ends a request without an import.
    ///
    /// # Errors
    /// `NoSuch`, `BadValue` if it has ended.
    pub fn request_give_up(&self, id: u32) -> Result<Requests> {
        let today = today(&*self.session()?);
        self.step(id, EntryKind::RequestClosed, |row| {
            if is_closed(row) {
                return Err(Code::BadValue.into());
            }
            close(row, GAVE_UP, today, 0);
            Ok(())
        })
    }

    /// Lets a request that has ended go on: it was given up too early, or another import was meant.
    ///
    /// # Errors
    /// `NoSuch`, `BadValue` if it has not ended.
    pub fn request_reopen(&self, id: u32) -> Result<Requests> {
        self.step(id, EntryKind::RequestReopened, |row| {
            if !is_closed(row) {
                return Err(Code::BadValue.into());
            }
            reopen(row);
            Ok(())
        })
    }

    fn step(
        &self,
        id: u32,
        kind: EntryKind,
        change: impl FnOnce(&mut RequestRow) -> Result<()>,
    ) -> Result<Requests> {
        settle(self)?;
        let session = self.session()?;
        let done = session.store.write::<_, ApiError>(|write| {
            let mut row = write.request(i64::from(id))?;
            change(&mut row)?;
            take(&session, write, kind, &row)
        })?;
        self.told(&session, vec![done])
    }

    fn told(&self, session: &Session, steps: Vec<Appended>) -> Result<Requests> {
        if let Some(last) = steps.into_iter().last() {
            session.note_anchor(last);
            self.tell(&[Topic::Requests, Topic::Records, Topic::Choices, Topic::Log]);
        }
        self.requests()
    }
}

/// Ends requests that an import answered, and lets those go on whose import was taken back. Cheap when there is nothing to do.
pub(crate) fn settle(core: &Core) -> Result<()> {
    let session = core.session()?;
    let (rows, imports) =
        session.store.read::<_, ApiError>(|read| Ok((read.requests()?, read.imports()?)))?;
    if due(&session, &rows, &imports).is_empty() {
        return Ok(());
    }
    let steps = session.store.write::<_, ApiError>(|write| {
        // Asked again inside: another program may have been faster.
        let due = due(&session, &write.requests()?, &imports);
        due.iter().map(|(kind, row)| take(&session, write, *kind, row)).collect::<Result<Vec<_>>>()
    })?;
    if let Some(last) = steps.into_iter().last() {
        session.note_anchor(last);
        core.tell(&[Topic::Requests, Topic::Records, Topic::Log]);
    }
    Ok(())
}

/// Requests as they are after what imports changed about them.
fn due(session: &Session, rows: &[RequestRow], imports: &[ImportRow]) -> Vec<(EntryKind, RequestRow)> {
    let zone = session.store.zone();
    let mut due = Vec::new();
    for row in rows {
        let mut row = row.clone();
        let stands = |import: &ImportRow| import.id == row.import && import.state == "done";
        let lost = row.state == IMPORTED && row.import != 0 && !imports.iter().any(stands);
        if lost {
            reopen(&mut row);
        } else if is_closed(&row) {
            continue;
        }
        // The first that answers it: newest first is how they are listed. One may have taken the place of another meanwhile.
        let answer = imports.iter().rev().find(|import| answers(import, &row, zone.day(import.as_of)));
        if let Some(import) = answer {
            let on = zone.day(import.at).max(row.asked_on);
            close(&mut row, IMPORTED, on, import.id);
            due.push((EntryKind::RequestClosed, row));
        } else if lost {
            due.push((EntryKind::RequestReopened, row));
        }
    }
    due
}

fn answers(import: &ImportRow, row: &RequestRow, exported_on: i32) -> bool {
    // A day of grace: the export's clock and the person's day need not agree.
    import.state == "done"
        && import.service == row.service
        && import.id > row.after_import
        && exported_on + 1 >= row.asked_on
        && found_packages(import).iter().any(|package| *package == row.package)
}

/// Which packages an import held, by the names of its files; several if somebody put them together. What people have without
/// asking is none of them.
fn found_packages(import: &ImportRow) -> Vec<&'static str> {
    let Ok(service) = services::known(&import.service) else { return Vec::new() };
    let Ok(report) = serde_json::from_str::<ImportReport>(&import.report) else { return Vec::new() };
    let held = |package: &&Package| {
        report.files.iter().any(|file| {
            let name = FileName::new(&file.path);
            package.files.iter().any(|pattern| pattern.matches(&name))
        })
    };
    service.export.packages.iter().filter(held).map(|package| package.id.as_str()).collect()
}

fn package<'a>(service: &'a Service, id: &str) -> Option<&'a Package> {
    service.export.packages.iter().find(|package| package.id == id)
}

fn packages<'a>(service: &'a Service, ids: &[String]) -> Result<Vec<&'a Package>> {
    let ids: BTreeSet<&String> = ids.iter().collect();
    if ids.is_empty() {
        return Err(Code::BadValue.into());
    }
    ids.into_iter().map(|id| package(service, id).ok_or_else(|| Code::NoSuch.into())).collect()
}

fn open_of(write: &Write<'_>, service: &Service, package: &str) -> Result<Vec<RequestRow>> {
    let rows = write.requests()?;
    let of = |row: &RequestRow| row.service == service.id.as_str() && row.package == package;
    Ok(rows.into_iter().filter(|row| of(row) && !is_closed(row)).collect())
}

fn new_request(service: &Service, package: &Package, asked_on: i32) -> Result<RequestRow> {
    let mut uid = [0; 16];
    getrandom::fill(&mut uid).map_err(|_| Code::Internal)?;
    Ok(RequestRow {
        id: 0,
        service: service.id.as_str().to_owned(),
        package: package.id.clone(),
        uid: hex::encode(uid),
        state: ASKED.to_owned(),
        revision: 0,
        asked_on,
        expected_by: asked_on + i32::from(package.days),
        ready_on: 0,
        expires_on: 0,
        closed_on: 0,
        import: 0,
        after_import: 0,
    })
}

pub(crate) fn is_closed(row: &RequestRow) -> bool {
    row.state == IMPORTED || row.state == GAVE_UP
}

fn close(row: &mut RequestRow, state: &str, on: i32, import: i64) {
    row.state = state.to_owned();
    row.closed_on = on;
    row.import = import;
}

fn reopen(row: &mut RequestRow) {
    row.state = if row.ready_on == 0 { ASKED } else { READY }.to_owned();
    row.closed_on = 0;
    // What ended it by mistake does not end it again.
    row.after_import = row.after_import.max(row.import);
    row.import = 0;
}

fn usual_end(row: &RequestRow, ready_on: i32) -> Option<i32> {
    let days = services::known(&row.service).ok()?.export.link_expires_days?;
    Some(ready_on + i32::from(days))
}

/// Stores a changed request with its entry and its record.
fn take(session: &Session, write: &Write<'_>, kind: EntryKind, row: &RequestRow) -> Result<Appended> {
    let row = RequestRow { revision: row.revision + 1, ..row.clone() };
    write.put_request(&row)?;
    note(session, write, kind, &row)
}

fn note(session: &Session, write: &Write<'_>, kind: EntryKind, row: &RequestRow) -> Result<Appended> {
    let log = session.append(write, kind, &payload(row))?;
    let (asked, expected) = (clock::day_text(row.asked_on), clock::day_text(row.expected_by));
    let expires = clock::day_text(row.expires_on);
    let mut detail = vec![("state", row.state.as_str()), ("asked", &*asked), ("expected", &*expected)];
    if row.expires_on != 0 {
        detail.push(("link-expires", &*expires));
    }
    write.add_own(&OwnRecord {
        at: Timestamp(clock::now()),
        seq: log.seq,
        kind: Kind::Request,
        service: &row.service,
        title: &label(row),
        detail: &detail,
        nth: 0,
    })?;
    Ok(log)
}

fn payload(row: &RequestRow) -> Value {
    let mut payload = json!({
        "request": row.id, "service": row.service, "package": row.package, "state": row.state,
        "asked_on": clock::day_text(row.asked_on), "expected_by": clock::day_text(row.expected_by),
    });
    for (name, day) in [("ready_on", row.ready_on), ("link_expires", row.expires_on)] {
        if day != 0 {
            payload[name] = clock::day_text(day).into();
        }
    }
    if row.import != 0 {
        payload["import"] = row.import.into();
    }
    payload
}

/// As the service prints it; a package that the catalogue has no more keeps its id.
pub(crate) fn label(row: &RequestRow) -> String {
    let service = services::known(&row.service).ok();
    let known = service.and_then(|service| package(service, &row.package));
    known.map_or_else(|| row.package.clone(), |package| package.label.clone())
}

/// A request as it stands on a day.
pub(crate) fn wire(row: &RequestRow, today: i32, country: &str) -> Request {
    let service = services::known(&row.service).ok();
    let some = |day: i32| (day != 0).then(|| clock::day_text(day));
    let contact = service.and_then(|service| {
        let ways = ["web", "email"].into_iter();
        let fact = |way| service.contact.iter().find(|fact| fact.what == way);
        ways.filter_map(fact).next().map(|fact| fact.value.clone())
    });
    let days_left = match row.state.as_str() {
        ASKED => Some(row.expected_by - today),
        READY if row.expires_on != 0 => Some(row.expires_on - today),
        _ => None,
    };
    Request {
        id: crate::journal::small(row.id.unsigned_abs()),
        service: row.service.clone(),
        name: service.map_or_else(|| row.service.clone(), |service| service.name.clone()),
        package: row.package.clone(),
        label: label(row),
        state: row.state.clone(),
        overdue: row.state == ASKED && today > row.expected_by,
        asked_on: clock::day_text(row.asked_on),
        expected_by: clock::day_text(row.expected_by),
        ready_on: some(row.ready_on),
        link_expires: some(row.expires_on),
        closed_on: some(row.closed_on),
        import: u32::try_from(row.import).ok().filter(|import| *import != 0),
        days_left,
        duty: if row.state == ASKED { duties::duty(country, row.asked_on, today) } else { None },
        contact,
    }
}

pub(crate) fn today(session: &Session) -> i32 {
    session.store.zone().day(clock::now())
}

pub(crate) fn country(session: &Session) -> Result<String> {
    Ok(session.store.read(|read| session.preferences(read))?.map_or_else(String::new, |p| p.country))
}

/// A day that has come; today if none is named.
fn past_day(session: &Session, text: Option<&str>) -> Result<i32> {
    let today = today(session);
    let day = text.map_or(Ok(today), clock::parse_day)?;
    let fits = day <= today && day >= clock::parse_day(FIRST_DAY)?;
    if fits { Ok(day) } else { Err(Code::BadValue.into()) }
}
