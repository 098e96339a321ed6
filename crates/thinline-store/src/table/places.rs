//! Finding places for records: own slot, then the displaced ones of the second, then the next free slot.
//!
//! Looks into the table and notes displaced records; it inserts no record itself.

use crate::Result;
use crate::key::{home, next_slot};
use rusqlite::{Connection, OptionalExtension};
use std::collections::HashMap;

/// Finds places for the records of one batch, which come in ascending order of their own slot.
pub(super) struct Places {
    /// The last place that a record of the batch can have.
    last: i64,
    /// What the table holds around the place that is looked at.
    window: Window,
    /// Places taken in this batch: of the current second, or of all undated ones.
    fresh: HashMap<i64, u64>,
    second: i64,
}

/// A stretch of the table, read ahead: places are asked for in rising order, so one walk answers many of them.
struct Window {
    low: i64,
    high: i64,
    rows: Vec<(i64, u64)>,
    used: usize,
    size: usize,
}

/// Rows read ahead at least and at most. The number doubles while the rows are needed and halves while they are not, so
/// that a sparse batch in a large table reads little and a dense one walks.
const AHEAD: (usize, usize) = (4, 4096);

/// Records of one second that may lie outside their own slot. With so many there are still free slots: a second never
/// fills up, and looking one up stays short.
const MOST_DISPLACED: usize = 4096;

impl Places {
    pub fn new(conn: &Connection, order: &[(i64, u32)]) -> Result<Self> {
        let (first, last) = match (order.first(), order.last()) {
            // A displaced record can lie anywhere in its second.
            (Some(first), Some(last)) => (first.0 & !0xffff, last.0 | 0xffff),
            _ => (0, 0),
        };
        let mut window = Window { low: first, high: i64::MIN, rows: Vec::new(), used: 0, size: AHEAD.0 };
        window.read(conn, first, last)?;
        Ok(Self { last, window, fresh: HashMap::new(), second: i64::MIN })
    }

    /// The record's place, and whether it is new there; none if its second is crowded.
    pub fn find(
        &mut self,
        conn: &Connection,
        slot: i64,
        rest: u64,
        displaced: &mut HashMap<i64, Vec<i64>>,
    ) -> Result<Option<(i64, bool)>> {
        if slot >= 0 && slot >> 16 != self.second {
            self.second = slot >> 16;
            self.fresh.clear();
        }
        if slot > self.window.high {
            self.window.read(conn, slot, self.last)?;
        }
        match self.at(conn, slot)? {
            Some(found) if found == rest => return Ok(Some((slot, false))),
            own => {
                for &id in displaced.get(&home(slot)).into_iter().flatten() {
                    if self.at(conn, id)? == Some(rest) {
                        return Ok(Some((id, false)));
                    }
                }
                if own.is_none() {
                    self.fresh.insert(slot, rest);
                    return Ok(Some((slot, true)));
                }
            }
        }
        if displaced.get(&home(slot)).is_some_and(|list| list.len() >= MOST_DISPLACED) {
            return Ok(None);
        }
        let mut id = next_slot(slot);
        while self.at(conn, id)?.is_some() {
            id = next_slot(id);
        }
        conn.execute("INSERT OR IGNORE INTO displaced (home, id) VALUES (?1, ?2)", (home(slot), id))?;
        displaced.entry(home(slot)).or_default().push(id);
        self.fresh.insert(id, rest);
        Ok(Some((id, true)))
    }

    /// The 48 bits of the record at a place, if there is one.
    fn at(&mut self, conn: &Connection, id: i64) -> Result<Option<u64>> {
        if let Some(rest) = self.fresh.get(&id) {
            return Ok(Some(*rest));
        }
        if (self.window.low..=self.window.high).contains(&id) {
            return Ok(self.window.get(id));
        }
        let mut query = conn.prepare_cached("SELECT hash48 FROM record WHERE id = ?1")?;
        let found: Option<i64> = query.query_row([id], |row| row.get(0)).optional()?;
        Ok(found.map(|rest| rest as u64))
    }
}

impl Window {
    /// Reads ahead from `low`; what this batch inserts is not in it, but in `fresh`.
    fn read(&mut self, conn: &Connection, low: i64, last: i64) -> Result<()> {
        let needed = self.used * 2 >= self.rows.len();
        self.size = if needed { self.size * 2 } else { self.size / 2 }.clamp(AHEAD.0, AHEAD.1);
        self.rows.clear();
        self.used = 0;
        let mut query = conn.prepare_cached(
            "SELECT id, hash48 FROM record WHERE id BETWEEN ?1 AND ?2 ORDER BY id LIMIT ?3",
        )?;
        let mut rows = query.query((low, last, self.size as i64))?;
        while let Some(row) = rows.next()? {
            self.rows.push((row.get(0)?, row.get::<_, i64>(1)? as u64));
        }
        self.low = low;
        let whole = self.rows.len() < self.size;
        self.high = if whole { last } else { self.rows.last().map_or(last, |row| row.0) };
        Ok(())
    }

    fn get(&mut self, id: i64) -> Option<u64> {
        let at = self.rows.binary_search_by_key(&id, |row| row.0);
        self.used += 1;
        at.ok().map(|at| self.rows[at].1)
    }
}
