//! Rules for whole categories (never import, hide), and what hiding does to records.
//!
//! Hiding changes no record but its facet, and can be taken back. Not here: what is remembered of single records that the
//! person hid (see `mark`). What would surprise: a rule is stronger than the absence of a mark, so a record of a hidden category
//! is shown again only with its category.

use crate::table::facet::twin;
use crate::table::mark::{self, Tellings};
use crate::table::rollup::{self, Deltas};
use crate::{Read, Result, StoreError, Write};
use rusqlite::Connection;
use std::collections::HashMap;
use thinline_model::{Category, Record, When};

/// Stands for every service in a rule.
const EVERY: &str = "*";

/// What a rule does to records of its category.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RuleKind {
    /// They are taken in hidden.
    Hide,
    /// They are not taken in at all, and neither are the rows that hold them.
    Never,
}

impl RuleKind {
    /// The id as it is stored and shown.
    pub fn id(self) -> &'static str {
        match self {
            Self::Hide => "hide",
            Self::Never => "never",
        }
    }

    /// The kind with this id.
    pub fn parse(id: &str) -> Option<Self> {
        [Self::Hide, Self::Never].into_iter().find(|kind| kind.id() == id)
    }
}

/// A rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleRow {
    /// Service id, or `*` for all of them.
    pub service: String,
    /// Category.
    pub category: Category,
    /// What it does.
    pub kind: RuleKind,
}

/// All rules, read once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rules(Vec<RuleRow>);

impl Rules {
    /// What is done with records of a category of a service: the strictest of the rules that fit.
    pub fn verdict(&self, service: &str, category: Category) -> Option<RuleKind> {
        let fits =
            |rule: &&RuleRow| rule.category == category && (rule.service == EVERY || rule.service == service);
        self.0.iter().filter(fits).map(|rule| rule.kind).max()
    }

    /// The rules, in order of service and category.
    pub fn rows(&self) -> &[RuleRow] {
        &self.0
    }
}

/// What an import needs to know to take records in hidden.
pub(crate) struct Hiding {
    service: String,
    rules: Rules,
    /// Seconds by the 48 bits of the hash.
    marks: HashMap<i64, Vec<i64>>,
    twins: HashMap<u32, u32>,
}

impl Hiding {
    pub fn load(conn: &Connection, service: &str) -> Result<Self> {
        let mut query = conn.prepare("SELECT second, rest FROM hidden_record WHERE service = ?1")?;
        let mut rows = query.query([service])?;
        let mut marks: HashMap<i64, Vec<i64>> = HashMap::new();
        while let Some(row) = rows.next()? {
            marks.entry(row.get(1)?).or_default().push(row.get(0)?);
        }
        Ok(Self { service: service.to_owned(), rules: rules(conn)?, marks, twins: HashMap::new() })
    }

    /// The facet that the record gets: its own, or the hidden twin of it.
    pub fn facet(&mut self, conn: &Connection, facet: u32, record: &Record) -> Result<u32> {
        if !self.is_marked(record)
            && self.rules.verdict(&self.service, record.category) != Some(RuleKind::Hide)
        {
            return Ok(facet);
        }
        if let Some(twin) = self.twins.get(&facet) {
            return Ok(*twin);
        }
        let hidden = twin(conn, facet, true)?;
        self.twins.insert(facet, hidden);
        Ok(hidden)
    }
}

impl Hiding {
    /// A mark on one telling of a fact holds for the other, which lies within a minute of it.
    fn is_marked(&self, record: &Record) -> bool {
        if self.marks.is_empty() {
            return false;
        }
        let Some(marks) = self.marks.get(&(record.hash.rest() as i64)) else { return false };
        let second = if let When::Dated { at, .. } = record.when { at.0 } else { 0 };
        let span = mark::span(record.fact.as_ref().map(|fact| fact.rank), second);
        marks.iter().any(|mark| span.contains(mark))
    }
}

fn rules(conn: &Connection) -> Result<Rules> {
    let mut query =
        conn.prepare_cached("SELECT service, category, what FROM rule ORDER BY service, category")?;
    let mut rows = query.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let (category, what): (String, String) = (row.get(1)?, row.get(2)?);
        found.push(RuleRow {
            service: row.get(0)?,
            category: Category::parse(&category).map_err(|_| StoreError::Unreadable)?,
            kind: RuleKind::parse(&what).ok_or(StoreError::Unreadable)?,
        });
    }
    Ok(Rules(found))
}

/// (rest of the hash, facet, service, category) of a record, and whether it is hidden.
type Place = (i64, u32, String, String, bool);

fn place(conn: &Connection, id: i64) -> Result<Place> {
    let mut query = conn.prepare_cached(
        "SELECT r.hash48, r.facet, f.service, f.category, f.hidden FROM record r JOIN facet f ON f.id = r.facet
         WHERE r.id = ?1",
    )?;
    let row =
        query.query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)));
    Ok(row?)
}

impl Read<'_> {
    /// Every rule.
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn rules(&self) -> Result<Rules> {
        rules(self.conn)
    }
}

impl Write<'_> {
    /// Hides records, or shows them again; answers how many changed. One whose category is hidden stays hidden.
    ///
    /// # Errors
    /// `Missing` if one is not there; else if they cannot be written.
    pub fn hide(&self, ids: &[i64], hidden: bool) -> Result<u64> {
        let conn = &*self.tx;
        let rules = rules(conn)?;
        let mut deltas = Deltas::default();
        let mut changed = 0;
        let tellings = Tellings::load(conn)?;
        for id in ids {
            let (rest, facet, service, category, now) = place(conn, *id)?;
            if hidden {
                mark::set(conn, *id, rest, &service, &category)?;
            } else {
                tellings.forget(conn, *id, facet, rest)?;
            }
            let category = Category::parse(&category).map_err(|_| StoreError::Unreadable)?;
            let wanted = hidden || rules.verdict(&service, category) == Some(RuleKind::Hide);
            if wanted != now {
                self.turn(&mut deltas, *id, facet, wanted)?;
                changed += 1;
            }
        }
        deltas.write(conn)?;
        crate::table::removal::forget_facets(conn)?;
        Ok(changed)
    }

    /// Sets or lifts a rule. What is there already is hidden or shown as the rules then say; a rule never to import leaves
    /// it as it is. Answers how many records changed.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn set_rule(&self, service: &str, category: Category, kind: Option<RuleKind>) -> Result<u64> {
        let conn = &*self.tx;
        match kind {
            Some(kind) => conn.execute(
                "INSERT OR REPLACE INTO rule (service, category, what) VALUES (?1, ?2, ?3)",
                (service, category.id(), kind.id()),
            )?,
            None => conn
                .execute("DELETE FROM rule WHERE service = ?1 AND category = ?2", (service, category.id()))?,
        };
        let rules = rules(conn)?;
        let mut query = conn.prepare("SELECT id, service, kind, hidden FROM facet WHERE category = ?1")?;
        let facets = query
            .query_map([category.id()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
        let facets: Vec<(u32, String, String, bool)> = facets.collect::<rusqlite::Result<_>>()?;
        let mut changed = 0;
        for (facet, service, kind, hidden) in facets {
            let own = thinline_model::Kind::parse(&kind).is_ok_and(thinline_model::Kind::is_own);
            let verdict = rules.verdict(&service, category);
            let wanted = verdict == Some(RuleKind::Hide);
            if !own && hidden != wanted && verdict != Some(RuleKind::Never) {
                changed += self.turn_all(facet, wanted)?;
            }
        }
        // What was hidden by itself stays hidden when its category is shown again.
        let mut deltas = Deltas::default();
        for id in mark::records_of(conn, category)? {
            let (_, facet, _, _, hidden) = place(conn, id)?;
            if !hidden {
                self.turn(&mut deltas, id, facet, true)?;
                changed = changed.saturating_sub(1);
            }
        }
        deltas.write(conn)?;
        crate::table::removal::forget_facets(conn)?;
        Ok(changed)
    }

    fn turn(&self, deltas: &mut Deltas, id: i64, facet: u32, hidden: bool) -> Result<()> {
        let to = twin(&self.tx, facet, hidden)?;
        self.tx.prepare_cached("UPDATE record SET facet = ?2 WHERE id = ?1")?.execute((id, to))?;
        deltas.add(&self.zone, id, facet, -1);
        deltas.add(&self.zone, id, to, 1);
        Ok(())
    }

    /// Every record of a facet, with its daily counts.
    fn turn_all(&self, facet: u32, hidden: bool) -> Result<u64> {
        let conn = &*self.tx;
        let to = twin(conn, facet, hidden)?;
        let changed = conn.execute("UPDATE record SET facet = ?2 WHERE facet = ?1", (facet, to))?;
        rollup::give(conn, facet, to)?;
        Ok(changed as u64)
    }
}
