//! Marks: single records that the person hid.
//!
//! What would surprise: a mark is kept by what the record says and when (its second and 48 bits of its hash), not by its id. So
//! it outlives an undo, and importing again does not show what was hidden. An erasure forgets it: with its record, or with
//! the last undone import that can have held that. A mark on one telling of a fact (see `facts`) holds for the other.

use crate::{Result, Write, key};
use rusqlite::Connection;
use std::collections::HashMap;
use std::ops::Range;
use thinline_model::{Category, ContentHash, When};

/// How far two tellings of one fact can lie apart.
const MINUTE: i64 = 60;

/// Where the marks of a record can lie, by how well its recipe tells a fact that others tell too: the rough telling lies up to
/// a minute before the precise one.
pub(crate) fn span(rank: Option<u8>, second: i64) -> Range<i64> {
    match rank {
        None => second..second + 1,
        Some(0) => second - MINUTE + 1..second + 1,
        Some(_) => second..second + MINUTE,
    }
}

/// Where marks keep a record's time.
fn second_of(id: i64) -> i64 {
    key::second(id).map_or(0, |at| at.0)
}

/// Notes that the person hid a record.
pub(crate) fn set(conn: &Connection, id: i64, rest: i64, service: &str, category: &str) -> Result<()> {
    conn.prepare_cached("INSERT OR IGNORE INTO hidden_record VALUES (?1, ?2, ?3, ?4)")?.execute((
        second_of(id),
        rest,
        service,
        category,
    ))?;
    Ok(())
}

/// Records of a category that carry a mark of their own.
pub(crate) fn records_of(conn: &Connection, category: Category) -> Result<Vec<i64>> {
    let mut query = conn.prepare("SELECT second, rest FROM hidden_record WHERE category = ?1")?;
    let marks = query.query_map([category.id()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let tellings = Tellings::load(conn)?;
    let mut ids = Vec::new();
    for mark in marks {
        let (second, rest) = mark?;
        ids.extend(tellings.records(conn, second, rest)?);
    }
    Ok(ids)
}

/// Forgets the marks of a service on what is not there, once no undone import is left that can have held it.
pub(crate) fn forget_left(conn: &Connection, service: &str) -> Result<()> {
    let undone = "SELECT 1 FROM import WHERE service = ?1 AND state = 'undone'";
    if conn.prepare_cached(undone)?.exists([service])? {
        return Ok(());
    }
    let mut query = conn.prepare_cached("SELECT second, rest FROM hidden_record WHERE service = ?1")?;
    let marks = query.query_map([service], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let tellings = Tellings::load(conn)?;
    for (second, rest) in marks.collect::<rusqlite::Result<Vec<(i64, i64)>>>()? {
        if tellings.records(conn, second, rest)?.is_empty() {
            conn.prepare_cached("DELETE FROM hidden_record WHERE second = ?1 AND rest = ?2")?
                .execute((second, rest))?;
        }
    }
    Ok(())
}

/// Facets of recipes that tell facts which others tell too, with how well they do. Loaded once, then asked for many marks.
#[derive(Debug, Default)]
pub(crate) struct Tellings {
    ranks: HashMap<u32, u8>,
    none: bool,
}

impl Tellings {
    pub fn load(conn: &Connection) -> Result<Self> {
        let mut query =
            conn.prepare_cached("SELECT f.id, t.rank FROM facet f JOIN told t ON t.recipe = f.recipe")?;
        let ranks = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let none = !conn.prepare_cached("SELECT 1 FROM hidden_record")?.exists([])?;
        Ok(Self { ranks: ranks.collect::<rusqlite::Result<_>>()?, none })
    }

    /// Forgets that a record was hidden, also where the mark was set on another telling of it that is not there any more.
    pub fn forget(&self, conn: &Connection, id: i64, facet: u32, rest: i64) -> Result<()> {
        if self.none {
            return Ok(());
        }
        let second = second_of(id);
        let span = span(self.ranks.get(&facet).copied(), second);
        conn.prepare_cached(
            "DELETE FROM hidden_record WHERE rest = ?2 AND second >= ?3 AND second < ?4 AND (second = ?1
             OR NOT EXISTS (SELECT 1 FROM record r WHERE r.id >= second << 16 AND r.id < (second + 1) << 16 AND r.hash48 = rest))",
        )?
        .execute((second, rest, span.start, span.end))?;
        Ok(())
    }

    /// The records that a mark stands for: its own, or the other telling of it.
    fn records(&self, conn: &Connection, second: i64, rest: i64) -> Result<Vec<i64>> {
        if second == 0 {
            return undated(conn, rest);
        }
        let mut query =
            conn.prepare_cached("SELECT id, facet FROM record WHERE id BETWEEN ?1 AND ?2 AND hash48 = ?3")?;
        let mut between = |low: i64, high: i64| -> Result<Vec<(i64, u32)>> {
            let rows = query.query_map((low, high, rest), |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        };
        let own = between(second << 16, (second << 16) | 0xffff)?;
        if !own.is_empty() {
            return Ok(own.into_iter().map(|(id, _)| id).collect());
        }
        let near = between(((second - MINUTE + 1) << 16).max(0), ((second + MINUTE) << 16) - 1)?;
        let told =
            |(id, facet): &(i64, u32)| span(self.ranks.get(facet).copied(), second_of(*id)).contains(&second);
        Ok(near.into_iter().filter(told).map(|(id, _)| id).collect())
    }
}

/// Undated records with these bits of the hash: in the few places that the bits leave open, or displaced from there.
fn undated(conn: &Connection, rest: i64) -> Result<Vec<i64>> {
    let first = key::own_slot(When::Undated, ContentHash((rest as u64) << 16));
    let mut query = conn.prepare_cached(
        "SELECT id FROM record WHERE id BETWEEN ?1 AND ?2 AND hash48 = ?3
         UNION SELECT r.id FROM displaced d JOIN record r ON r.id = d.id WHERE d.home BETWEEN ?1 AND ?2 AND r.hash48 = ?3",
    )?;
    let rows = query.query_map((first, first | 0xffff, rest), |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

impl Write<'_> {
    /// Forgets the marks of a span of seconds, also of records that are not there just now; answers how many there were.
    ///
    /// # Errors
    /// If they cannot be written.
    pub fn forget_marks(&self, seconds: std::ops::Range<i64>) -> Result<u64> {
        // 0 is no second but stands for records without a date.
        let forgotten = self.tx.execute(
            "DELETE FROM hidden_record WHERE second >= ?1 AND second < ?2",
            (seconds.start.max(1), seconds.end),
        )?;
        Ok(forgotten as u64)
    }

    /// Forgets the marks of a category, of one service or all, also of records that are not there just now; answers how many
    /// there were.
    ///
    /// # Errors
    /// If they cannot be written.
    pub fn forget_marks_of(&self, category: Category, service: Option<&str>) -> Result<u64> {
        let forgotten = self.tx.execute(
            "DELETE FROM hidden_record WHERE category = ?1 AND (?2 IS NULL OR service = ?2)",
            (category.id(), service),
        )?;
        Ok(forgotten as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::open;
    use std::time::Instant;

    fn filled() -> (tempfile::TempDir, Connection) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("t.db");
        let mut conn = open::connect(&path, &[7; 32], true).unwrap();
        open::migrate(&mut conn, &path).unwrap();
        (dir, conn)
    }

    fn put(conn: &Connection, id: i64, hash: ContentHash) {
        conn.prepare_cached(
            "INSERT INTO record (id, facet, hash48, time, file, row, shape) VALUES (?1, 1, ?2, 56, 1, 1, 1)",
        )
        .unwrap()
        .execute((id, hash.rest() as i64))
        .unwrap();
    }

    #[test]
    fn marks_on_undated_records_are_looked_up_and_not_searched_for() {
        let (_dir, conn) = filled();
        let hash = |n: u64| ContentHash(n.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let tx = conn.unchecked_transaction().unwrap();
        (0..20_000).for_each(|n| put(&tx, key::own_slot(When::Undated, hash(n)), hash(n)));
        tx.commit().unwrap();
        let started = Instant::now();
        let all: i64 = conn
            .query_row("SELECT count(DISTINCT hash48) FROM record WHERE id < 0", [], |row| row.get(0))
            .unwrap();
        let scan = started.elapsed();
        assert_eq!(all, 20_000);
        let started = Instant::now();
        for n in 0..500 {
            let found = Tellings::default().records(&conn, 0, hash(n).rest() as i64).unwrap();
            assert_eq!(found, [key::own_slot(When::Undated, hash(n))]);
        }
        assert!(started.elapsed() < scan * 20, "{:?} for 500 marks, {scan:?} for a scan", started.elapsed());
    }

    #[test]
    fn a_mark_finds_an_undated_record_that_was_displaced_over_the_end_of_its_places() {
        let (_dir, conn) = filled();
        let (first, second) = (ContentHash(0xffff | 5 << 16), ContentHash(0xffff | (5 | 1 << 40) << 16));
        let own = key::own_slot(When::Undated, first);
        assert_eq!(own, key::own_slot(When::Undated, second), "they differ above what makes the place");
        put(&conn, own, first);
        put(&conn, key::next_slot(own), second);
        conn.execute("INSERT INTO displaced VALUES (?1, ?2)", (own, key::next_slot(own))).unwrap();
        assert_eq!(Tellings::default().records(&conn, 0, first.rest() as i64).unwrap(), [own]);
        assert_eq!(
            Tellings::default().records(&conn, 0, second.rest() as i64).unwrap(),
            [key::next_slot(own)]
        );
    }
}
