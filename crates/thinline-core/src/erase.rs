//! Erasing for good, and hiding. An erasure, the log entry about it and what older entries say of it are one transaction.
//!
//! Not here: what cannot be reached, which whoever asks is told before: backups, exports that were written, and that a
//! record comes back if another export that holds it is imported.
//! What would surprise: Thinline's own records (choices, for example) are part of the log's story; only `all` takes them.

use crate::filter::Groups;
use crate::session::Session;
use crate::shown::read_cursor;
use crate::wire::{ApiError, Code, ErasePlan, Erased, Hidden, Target};
use crate::{Core, Result, Topic, clock, imports, journal, services};
use serde_json::{Value, json};
use thinline_ledger::{Entry, EntryKind, erasure};
use thinline_model::Category;
use thinline_store::{Read, Write, key};

/// A target that was understood.
enum Scope {
    Record(i64),
    /// Ids from and before.
    Day(i64, i64),
    Category(Category, Option<String>),
    Import(i64),
    Service(String),
    All,
}

/// Log entries that tell of what is erased.
#[derive(Default)]
struct Told {
    seqs: Vec<u64>,
    /// How many of them still have their content.
    standing: u64,
}

impl Scope {
    fn of(session: &Session, target: &Target) -> Result<Self> {
        let fits = target.service.is_none() || target.what == "category";
        let of = target.of.as_str();
        match target.what.as_str() {
            _ if !fits => Err(Code::BadValue.into()),
            "record" => Ok(Self::Record(read_cursor(of).map_err(|_| Code::NoSuch)?)),
            "day" => {
                let day = clock::parse_day(of)?;
                let zone = session.store.zone();
                Ok(Self::Day(
                    key::first_id(zone.day_start(day)).max(1),
                    key::first_id(zone.day_start(day + 1)),
                ))
            }
            "category" => {
                let category = Category::parse(of).map_err(|_| Code::BadValue)?;
                let service = target.service.as_deref().map(services::known).transpose()?;
                Ok(Self::Category(category, service.map(|service| service.id.to_string())))
            }
            "import" => Ok(Self::Import(i64::from(of.parse::<u32>().map_err(|_| Code::BadValue)?))),
            "service" => Ok(Self::Service(services::known(of)?.id.to_string())),
            "all" if of.is_empty() => Ok(Self::All),
            _ => Err(Code::BadValue.into()),
        }
    }

    /// The records that it means, of services only.
    fn ids(&self, read: &Read<'_>) -> Result<Vec<i64>> {
        let groups = Groups::load(read)?;
        let theirs = |wanted: &dyn Fn(&thinline_store::FacetRow) -> bool| -> Vec<u32> {
            groups.facets.values().filter(|f| !f.kind.is_own() && wanted(f)).map(|f| f.id).collect()
        };
        match self {
            Self::Record(id) => {
                let row = read.record(*id)?;
                let facet = groups.facets.get(&row.facet).ok_or(Code::Internal)?;
                if facet.kind.is_own() { Err(Code::OwnRecord.into()) } else { Ok(vec![*id]) }
            }
            Self::Day(low, high) => Ok(read.ids_of(&theirs(&|_| true), *low, *high)?),
            Self::Category(category, service) => {
                let fits = |f: &thinline_store::FacetRow| {
                    f.category == *category && service.as_ref().is_none_or(|service| f.service == *service)
                };
                Ok(read.ids_of(&theirs(&fits), i64::MIN, i64::MAX)?)
            }
            Self::Service(service) => {
                Ok(read.ids_of(&theirs(&|f| f.service == *service), i64::MIN, i64::MAX)?)
            }
            Self::Import(_) | Self::All => Ok(Vec::new()),
        }
    }

    fn plan(&self, read: &Read<'_>) -> Result<ErasePlan> {
        let (records, kept) = match self {
            Self::Import(id) => {
                let import = read.import(*id)?;
                if import.state == "open" {
                    return Err(Code::NoSuch.into());
                }
                let only = read.only_in(*id)?;
                (only, read.held_by(*id)?.saturating_sub(only))
            }
            Self::All => (read.count()?, 0),
            _ => (self.ids(read)?.len() as u64, 0),
        };
        let log_entries = self.told_in(read)?.standing;
        Ok(ErasePlan {
            records: journal::small(records),
            kept: journal::small(kept),
            log_entries: journal::small(log_entries),
        })
    }

    /// Log entries whose payloads tell of it.
    fn told_in(&self, read: &Read<'_>) -> Result<Told> {
        let imports: Vec<i64> = match self {
            Self::Import(id) => vec![*id],
            Self::Service(service) => {
                read.imports()?.iter().filter(|import| import.service == *service).map(|i| i.id).collect()
            }
            Self::All => Vec::new(),
            _ => return Ok(Told::default()),
        };
        let mut told = Told::default();
        let mut from = 0;
        loop {
            let rows = read.log_rows_from(from, 1000)?;
            let Some(last) = rows.last() else { return Ok(told) };
            from = last.seq + 1;
            for row in &rows {
                let Some((_, payload)) = &row.payload else {
                    // What erased it goes as well, and then nothing else would say so.
                    told.seqs.extend(matches!(self, Self::All).then_some(row.seq));
                    continue;
                };
                let kind = Entry::decode(&row.entry, row.seq).map(|entry| entry.kind);
                let payload: Value = serde_json::from_str(payload).unwrap_or_default();
                let tells =
                    matches!(self, Self::All) || kind.is_ok_and(|kind| self.tells(kind, &payload, &imports));
                if tells {
                    told.seqs.push(row.seq);
                    told.standing += 1;
                }
            }
        }
    }

    fn tells(&self, kind: EntryKind, payload: &Value, imports: &[i64]) -> bool {
        let of = |value: &Value| matches!(self, Self::Service(service) if value["service"] == **service);
        match kind {
            EntryKind::ImportDone | EntryKind::ImportUndone => {
                of(payload) || payload["import"].as_i64().is_some_and(|id| imports.contains(&id))
            }
            EntryKind::SettingsChanged => {
                of(&payload["account"]) || payload["people"].as_array().is_some_and(|all| all.iter().any(of))
            }
            _ => false,
        }
    }

    /// Marks of what was hidden, also where an undo took the records: how many were forgotten.
    fn forget_marks(&self, write: &Write<'_>) -> Result<u64> {
        Ok(match self {
            Self::Category(category, service) => write.forget_marks_of(*category, service.as_deref())?,
            Self::Day(low, high) => write.forget_marks((low >> 16)..(high >> 16))?,
            // With their records, or with their imports.
            Self::Record(_) | Self::Import(_) | Self::Service(_) | Self::All => 0,
        })
    }

    fn erase(&self, write: &Write<'_>, ids: &[i64]) -> Result<thinline_store::Erased> {
        let erased = match self {
            Self::Record(_) | Self::Category(..) | Self::Day(..) => write.erase_records(ids)?,
            Self::Import(id) => write.erase_import(*id)?,
            Self::Service(service) => write.erase_service(service)?,
            Self::All => write.erase_everything()?,
        };
        imports::retell(write, &erased.bereft)?;
        for import in &erased.imports {
            // A report that does not read tells nothing that it should not, once it is gone.
            write.set_report(import.id, &mended(import).unwrap_or_default())?;
        }
        Ok(erased)
    }
}

/// A report without what it told of erased records: its sentences, first and last dates that are none any more, and gaps,
/// which name the days on both sides.
fn mended(import: &thinline_store::Touched) -> Option<String> {
    let mut report: Value = serde_json::from_str(&import.report).ok()?;
    report["told"] = json!([]);
    report["again"] = Value::Null;
    let lines = report["coverage"].as_array_mut()?;
    lines.retain(|line| import.coverage.iter().any(|row| line["category"] == *row.category));
    for line in lines {
        let Some(row) = import.coverage.iter().find(|row| line["category"] == *row.category) else {
            continue;
        };
        (line["first"], line["last"]) = (json!(clock::rfc3339(row.first)), json!(clock::rfc3339(row.last)));
        if import.categories.contains(&row.category) {
            line["gaps"] = json!([]);
        }
    }
    serde_json::to_string(&report).ok()
}

impl Core {
    /// What an erasure would take.
    ///
    /// # Errors
    /// `NoSuch`, `BadValue`; `OwnRecord` for a record of Thinline's own.
    pub fn erase_plan(&self, target: &Target) -> Result<ErasePlan> {
        let session = self.session()?;
        let scope = Scope::of(&session, target)?;
        session.store.read(|read| scope.plan(read))
    }

    /// Erases for good and logs that, with counts only. Nothing is logged if there was nothing.
    ///
    /// # Errors
    /// As [`Core::erase_plan`]; `Busy` while an import runs.
    pub fn erase(&self, target: &Target) -> Result<Erased> {
        let session = self.session()?;
        let _lock = session.writer_lock()?;
        session.use_home_zone()?;
        let scope = Scope::of(&session, target)?;
        let (plan, ids, told) = session
            .store
            .read::<_, ApiError>(|read| Ok((scope.plan(read)?, scope.ids(read)?, scope.told_in(read)?)))?;
        let whole = matches!(scope, Scope::Import(_) | Scope::Service(_) | Scope::All);
        let done = session.store.write::<_, ApiError>(|write| {
            let marks = scope.forget_marks(write)?;
            if plan.records == 0 && marks == 0 && !whole {
                return Ok(None);
            }
            let erased = scope.erase(write, &ids)?;
            if let Scope::Service(service) = &scope {
                write.forget_requests(Some(service))?;
            }
            if matches!(scope, Scope::All) {
                imports::forget_dismissed(&session, write)?;
            }
            write.erase_payloads(&told.seqs)?;
            let payload = json!({
                "scope": target.what, "records": erased.records, "rows": erased.rows,
                "payloads": erasure::ranges(&told.seqs),
            });
            Ok(Some((erased, session.append(write, EntryKind::PayloadErased, &payload)?)))
        })?;
        let Some((erased, log)) = done else { return Ok(nothing(target)) };
        session.note_anchor(log);
        // Older pages lie in the write-ahead log until it is moved into the file, and bytes of moved rows in unused parts of
        // pages until those are written anew; if another program is at it just now, that happens another time.
        let _ = session.store.settle();
        let _ = session.store.rewrite();
        let copies = session.store.delete_copies()?;
        self.tell(&[Topic::Records, Topic::Imports, Topic::Choices, Topic::Log]);
        Ok(Erased {
            what: target.what.clone(),
            records: journal::small(erased.records),
            rows: journal::small(erased.rows),
            log_entries: journal::small(told.standing),
            copies,
            log: Some(journal::small(log.seq)),
        })
    }

    /// Hides a record or the records of a day, or shows them again. Nothing is logged if nothing changes.
    ///
    /// # Errors
    /// `NoSuch`, `OwnRecord`, `BadValue` for anything else than a record or a day; `Busy` while an import runs.
    pub fn hide(&self, target: &Target, hidden: bool) -> Result<Hidden> {
        let session = self.session()?;
        let _lock = session.writer_lock()?;
        session.use_home_zone()?;
        let scope = Scope::of(&session, target)?;
        if !matches!(scope, Scope::Record(_) | Scope::Day(..)) {
            return Err(Code::BadValue.into());
        }
        let ids = session.store.read(|read| scope.ids(read))?;
        let done = session.store.write::<_, ApiError>(|write| {
            let records = write.hide(&ids, hidden)?;
            let marks = if hidden { 0 } else { scope.forget_marks(write)? };
            if records == 0 && marks == 0 {
                return Ok((0, None));
            }
            let payload = json!({ "hidden": { "what": target.what, "hidden": hidden, "records": records } });
            Ok((records, Some(session.append(write, EntryKind::SettingsChanged, &payload)?)))
        })?;
        if let Some(log) = done.1 {
            session.note_anchor(log);
            self.tell(&[Topic::Records, Topic::Choices, Topic::Log]);
        }
        Ok(Hidden { records: journal::small(done.0), hidden, log: done.1.map(|log| journal::small(log.seq)) })
    }
}

fn nothing(target: &Target) -> Erased {
    Erased { what: target.what.clone(), records: 0, rows: 0, log_entries: 0, copies: 0, log: None }
}
