//! Choices: set, undone, expired. A choice, its record on the timeline and its log entry are one transaction.
//!
//! "On" means "leave on": it states nothing to anybody, and no consent is ever recorded. A choice whose time has come falls
//! back to what stood before it; since nothing runs while Thinline is closed, that is noticed when it is next used, and the
//! entry carries both times.

use crate::session::Session;
use crate::wire::{ApiError, Change, Changes, Choose, Code};
use crate::{Core, Result, Topic, clock, services};
use serde_json::{Value, json};
use thinline_catalogue::Catalogue;
use thinline_ledger::EntryKind;
use thinline_model::{ALL_SITES, Kind, Purpose, Timestamp, Wish};
use thinline_store::{ChoiceRow, OwnRecord, Write};

/// What a change is about, beside the service.
const HISTORY: &str = "history";
const SIGNAL: &str = "signal";
const BANNERS: &str = "banners";

pub(crate) fn choose(core: &Core, change: &Choose) -> Result<Changes> {
    let session = core.session()?;
    let value = checked_value(change)?;
    let until = match &change.until {
        None => 0,
        Some(text) => future(clock::parse_moment(text, &session.store.zone())?)?,
    };
    let except = excepted_sites(change)?;
    let targets = targets(change)?;
    let now = clock::now();
    let done = session.store.write::<_, ApiError>(|write| {
        let standing = write.choices()?;
        let mut pairs = Vec::new();
        for service in &targets {
            let old = standing_choice(&standing, service, &change.what);
            let new = ChoiceRow {
                service: service.clone(),
                what: change.what.clone(),
                value: value.clone(),
                until,
                by: "you".to_owned(),
                since: now,
                except: except.clone(),
            };
            if differ(&old, &new) {
                pairs.push((old, new));
            }
        }
        write_changes(&session, write, EntryKind::ChoiceSet, pairs, false, json!({}))
    })?;
    finish(core, &session, done)
}

pub(crate) fn undo(core: &Core) -> Result<Changes> {
    let session = core.session()?;
    let now = clock::now();
    let done = session.store.write::<_, ApiError>(|write| {
        let standing = write.choices()?;
        loop {
            let changes = write.last_changes()?;
            let Some(seq) = changes.first().map(|change| change.seq) else {
                return Err(Code::NothingToUndo.into());
            };
            write.mark_undone(seq)?;
            let mut pairs = Vec::new();
            for change in changes {
                let stands = standing_choice(&standing, &change.old.service, &change.old.what);
                let old = in_time(write, change.old, seq, now)?;
                if differ(&stands, &old) {
                    pairs.push((stands, old));
                }
            }
            // What ran out by itself leaves nothing to take back: then it is about the one before.
            if !pairs.is_empty() {
                return write_changes(
                    &session,
                    write,
                    EntryKind::ChoiceSet,
                    pairs,
                    true,
                    json!({ "undo_of": seq }),
                );
            }
        }
    })?;
    finish(core, &session, done)
}

/// What stood before; if its time has come meanwhile, what stood before that without an end.
fn in_time(write: &Write<'_>, old: ChoiceRow, seq: i64, now: i64) -> Result<ChoiceRow> {
    if old.until == 0 || old.until > now {
        return Ok(old);
    }
    Ok(write.lasting_before(&old.service, &old.what, seq)?)
}

fn differ(a: &ChoiceRow, b: &ChoiceRow) -> bool {
    (&a.value, a.until, &a.except) != (&b.value, b.until, &b.except)
}

/// Lets choices whose time has come fall back. Cheap when there is none.
pub(crate) fn expire(core: &Core) -> Result<()> {
    let session = core.session()?;
    let now = clock::now();
    let due = |choice: &ChoiceRow| choice.until != 0 && choice.until <= now;
    if !session.store.read(|read| read.choices())?.iter().any(due) {
        return Ok(());
    }
    let done = session.store.write::<_, ApiError>(|write| {
        let mut pairs = Vec::new();
        let mut planned = Vec::new();
        for choice in write.choices()?.into_iter().filter(due) {
            planned.push(clock::rfc3339(choice.until));
            let before = write.lasting_before(&choice.service, &choice.what, i64::MAX)?;
            pairs.push((choice, before));
        }
        write_changes(&session, write, EntryKind::ChoiceExpired, pairs, true, json!({ "planned": planned }))
    })?;
    finish(core, &session, done).map(|_| ())
}

type Done = Option<(Vec<Change>, thinline_store::Appended)>;

fn write_changes(
    session: &Session,
    write: &Write<'_>,
    kind: EntryKind,
    pairs: Vec<(ChoiceRow, ChoiceRow)>,
    is_undo: bool,
    mut payload: Value,
) -> Result<Done> {
    if pairs.is_empty() {
        return Ok(None);
    }
    let changes: Vec<Change> = pairs.iter().map(|(old, new)| wire_change(old, new)).collect();
    payload["changes"] = serde_json::to_value(&changes).map_err(|_| Code::Internal)?;
    if let Some(except) = pairs.first().map(|(_, new)| &new.except).filter(|except| !except.is_empty()) {
        payload["except"] = json!(except.split(' ').collect::<Vec<_>>());
    }
    let log = session.append(write, kind, &payload)?;
    for (nth, (old, new)) in pairs.iter().enumerate() {
        write.set_choice(log.seq, old, new, is_undo)?;
        write.add_own(&OwnRecord {
            at: Timestamp(clock::now()),
            seq: log.seq,
            kind: Kind::Choice,
            service: &new.service,
            title: &new.what,
            detail: &[("from", &old.value), ("to", &new.value)],
            nth: nth as u16,
        })?;
    }
    Ok(Some((changes, log)))
}

fn finish(core: &Core, session: &Session, done: Done) -> Result<Changes> {
    let Some((changes, log)) = done else { return Ok(Changes { changes: Vec::new(), log: None }) };
    session.note_anchor(log);
    core.tell(&[Topic::Choices, Topic::Records, Topic::Log]);
    Ok(Changes { changes, log: Some(crate::journal::small(log.seq)) })
}

fn wire_change(old: &ChoiceRow, new: &ChoiceRow) -> Change {
    Change {
        service: new.service.clone(),
        purpose: new.what.clone(),
        from: old.value.clone(),
        to: new.value.clone(),
        until: (new.until != 0).then(|| clock::rfc3339(new.until)),
    }
}

pub(crate) fn standing_choice(standing: &[ChoiceRow], service: &str, what: &str) -> ChoiceRow {
    let found = standing.iter().find(|choice| choice.service == service && choice.what == what);
    found.cloned().unwrap_or_else(|| ChoiceRow::undecided(service, what))
}

/// Services that a change is about: one, all of the catalogue, or all sites.
fn targets(change: &Choose) -> Result<Vec<String>> {
    let for_sites = [SIGNAL, BANNERS].contains(&change.what.as_str());
    match change.service.as_str() {
        ALL_SITES if for_sites => Ok(vec![ALL_SITES.to_owned()]),
        ALL_SITES => Err(Code::BadValue.into()),
        _ if for_sites => Err(Code::BadValue.into()),
        "all" => Ok(Catalogue::builtin().services.iter().map(|service| service.id.to_string()).collect()),
        id => services::known(id).map(|service| vec![service.id.to_string()]),
    }
}

fn checked_value(change: &Choose) -> Result<String> {
    let value = change.value.as_str();
    // Written one way only: no sign, no leading zero.
    let months = || value.parse::<u16>().is_ok_and(|n| (1..=240).contains(&n) && n.to_string() == value);
    if value == "undecided" && change.until.is_some() {
        return Err(Code::BadValue.into());
    }
    let fits = value == "undecided"
        || match change.what.as_str() {
            HISTORY => ["keep", "pause"].contains(&value) || months(),
            SIGNAL => ["on", "off"].contains(&value),
            BANNERS => ["leave", "refuse"].contains(&value),
            purpose => Purpose::parse(purpose).is_ok() && Wish::parse(value).is_ok(),
        };
    if fits { Ok(value.to_owned()) } else { Err(Code::BadValue.into()) }
}

fn future(second: i64) -> Result<i64> {
    // The last hours of the year 9999 cannot be written as a moment.
    let fits = second > clock::now() && !clock::rfc3339(second).is_empty();
    if fits { Ok(second) } else { Err(Code::BadValue.into()) }
}

/// Host names, only for the signal to all sites.
fn excepted_sites(change: &Choose) -> Result<String> {
    let label = |part: &str| {
        (1..=63).contains(&part.len())
            && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && !part.starts_with('-')
            && !part.ends_with('-')
    };
    let host = |site: &String| site.len() <= 253 && site.split('.').all(label);
    if !change.except.is_empty() && (change.what != SIGNAL || !change.except.iter().all(host)) {
        return Err(Code::BadValue.into());
    }
    let mut sites = change.except.clone();
    sites.sort_unstable();
    sites.dedup();
    Ok(sites.join(" "))
}

impl Core {
    /// Sets a choice and logs it, together or not at all.
    ///
    /// # Errors
    /// `NoSuch` for an unknown service, `BadValue` for what cannot be chosen.
    pub fn choose(&self, change: &Choose) -> Result<Changes> {
        expire(self)?;
        choose(self, change)
    }

    /// Takes back the last choice or preset that still stands.
    ///
    /// # Errors
    /// `NothingToUndo`.
    pub fn undo_choice(&self) -> Result<Changes> {
        expire(self)?;
        undo(self)
    }
}
