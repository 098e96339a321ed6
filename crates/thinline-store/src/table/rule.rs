//! Rules for whole categories (never import, hide), and single records that the person hid.
//!
//! Hiding changes no record but its facet, and can be taken back. What would surprise: a mark on a record is kept by what
//! the record says and when (its second and 48 bits of its hash), not by its id, so it outlives an undo; and a rule is
//! stronger than the absence of a mark, so a record of a hidden category is shown again only with its category.

use crate::table::facet::twin;
use crate::table::rollup::Deltas;
use crate::{Read, Result, StoreError, Write, key};
use rusqlite::Connection;
use std::collections::HashMap;
use thinline_model::{Category, Record, When};

/// How far two tellings of one fact can lie apart.
const MINUTE: i64 = 60;

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
        let span = match &record.fact {
            None => second..second + 1,
            Some(fact) if fact.rank > 0 => second..second + MINUTE,
            Some(_) => second - MINUTE + 1..second + 1,
        };
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

/// Where marks keep a record's time.
fn second_of(id: i64) -> i64 {
    key::second(id).map_or(0, |at| at.0)
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

/// Forgets that a record was hidden, also where the mark was set on another telling of it that is not there any more.
pub(crate) fn forget_mark(conn: &Connection, id: i64, rest: i64) -> Result<()> {
    let second = second_of(id);
    conn.prepare_cached(
        "DELETE FROM hidden_record WHERE rest = ?2 AND second > ?1 - ?3 AND second < ?1 + ?3 AND (second = ?1
         OR NOT EXISTS (SELECT 1 FROM record r WHERE r.id >= second << 16 AND r.id < (second + 1) << 16 AND r.hash48 = rest))",
    )?
    .execute((second, rest, if second > 0 { MINUTE } else { 1 }))?;
    Ok(())
}

/// Forgets the marks of a day or of undone imports, whose records are not there.
pub(crate) fn forget_marks(conn: &Connection, seconds: std::ops::Range<i64>) -> Result<()> {
    // 0 is no second but stands for records without a date.
    conn.execute(
        "DELETE FROM hidden_record WHERE second >= ?1 AND second < ?2",
        (seconds.start.max(1), seconds.end),
    )?;
    Ok(())
}

/// The records that a mark stands for: its own, or the other telling of it.
fn records_with(conn: &Connection, second: i64, rest: i64) -> Result<Vec<i64>> {
    let mut query =
        conn.prepare_cached("SELECT id FROM record WHERE id BETWEEN ?1 AND ?2 AND hash48 = ?3")?;
    let mut between = |low: i64, high: i64| -> Result<Vec<i64>> {
        let rows = query.query_map((low, high, rest), |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    };
    if second == 0 {
        return between(i64::MIN, -1);
    }
    let own = between(second << 16, (second << 16) | 0xffff)?;
    if own.is_empty() {
        between(((second - MINUTE + 1) << 16).max(0), ((second + MINUTE) << 16) - 1)
    } else {
        Ok(own)
    }
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
        for id in ids {
            let (rest, facet, service, category, now) = place(conn, *id)?;
            if hidden {
                conn.prepare_cached("INSERT OR IGNORE INTO hidden_record VALUES (?1, ?2, ?3, ?4)")?
                    .execute((second_of(*id), rest, &service, &category))?;
            } else {
                forget_mark(conn, *id, rest)?;
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

    /// Forgets the marks of a span of seconds, also of records that are not there just now.
    ///
    /// # Errors
    /// If they cannot be written.
    pub fn forget_marks(&self, seconds: std::ops::Range<i64>) -> Result<()> {
        forget_marks(&self.tx, seconds)
    }

    /// Forgets the marks of a category, of one service or all, also of records that are not there just now.
    ///
    /// # Errors
    /// If they cannot be written.
    pub fn forget_marks_of(&self, category: Category, service: Option<&str>) -> Result<()> {
        self.tx.execute(
            "DELETE FROM hidden_record WHERE category = ?1 AND (?2 IS NULL OR service = ?2)",
            (category.id(), service),
        )?;
        Ok(())
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
        for id in marked(conn, category)? {
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
        conn.execute(
            "INSERT INTO rollup (day, facet, count) SELECT day, ?2, count FROM rollup WHERE facet = ?1
             ON CONFLICT (day, facet) DO UPDATE SET count = count + excluded.count",
            (facet, to),
        )?;
        conn.execute("DELETE FROM rollup WHERE facet = ?1", [facet])?;
        Ok(changed as u64)
    }
}

/// Records of a category that carry a mark of their own.
fn marked(conn: &Connection, category: Category) -> Result<Vec<i64>> {
    let mut query = conn.prepare("SELECT second, rest FROM hidden_record WHERE category = ?1")?;
    let marks = query.query_map([category.id()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut ids = Vec::new();
    for mark in marks {
        let (second, rest) = mark?;
        ids.extend(records_with(conn, second, rest)?);
    }
    Ok(ids)
}
