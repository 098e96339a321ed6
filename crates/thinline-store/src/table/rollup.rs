//! Daily counts per facet. Kept in the transaction that changes the records, so they are never approximate.

use crate::{Read, Result, UNDATED_DAY, Zone, key};
use rusqlite::Connection;
use std::collections::HashMap;

/// Changes of daily counts, collected and then written at once.
#[derive(Debug, Default)]
pub(crate) struct Deltas(HashMap<(i32, u32), i64>);

impl Deltas {
    pub(crate) fn add(&mut self, zone: &Zone, id: i64, facet: u32, by: i64) {
        let day = key::second(id).map_or(UNDATED_DAY, |at| zone.day(at.0));
        *self.0.entry((day, facet)).or_default() += by;
    }

    pub(crate) fn write(self, conn: &Connection) -> Result<()> {
        let mut sorted: Vec<_> = self.0.into_iter().filter(|(_, by)| *by != 0).collect();
        sorted.sort_unstable();
        let mut upsert = conn.prepare_cached(
            "INSERT INTO rollup (day, facet, count) VALUES (?1, ?2, ?3)
             ON CONFLICT (day, facet) DO UPDATE SET count = count + excluded.count",
        )?;
        let mut shrunk = false;
        for ((day, facet), by) in sorted {
            shrunk |= by < 0;
            upsert.execute((day, facet, by))?;
        }
        if shrunk {
            conn.execute("DELETE FROM rollup WHERE count = 0", [])?;
        }
        Ok(())
    }
}

/// Counts every record anew.
fn scan(conn: &Connection, zone: &Zone) -> Result<Deltas> {
    let mut deltas = Deltas::default();
    let mut query = conn.prepare("SELECT id, facet FROM record INDEXED BY record_by_facet")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        deltas.add(zone, row.get(0)?, row.get(1)?, 1);
    }
    Ok(deltas)
}

/// Counts everything anew for another zone.
pub(crate) fn rebuild(conn: &Connection, zone: &Zone) -> Result<()> {
    let deltas = scan(conn, zone)?;
    conn.execute("DELETE FROM rollup", [])?;
    deltas.write(conn)
}

impl Read<'_> {
    /// (day, facet, count), oldest first; undated ones under [`UNDATED_DAY`].
    ///
    /// # Errors
    /// If the roll-up cannot be read.
    pub fn rollup(&self) -> Result<Vec<(i32, u32, u32)>> {
        let mut query =
            self.conn.prepare_cached("SELECT day, facet, count FROM rollup ORDER BY day, facet")?;
        let rows = query.query_map([], |row| {
            Ok((row.get(0)?, row.get(1)?, u32::try_from(row.get::<_, i64>(2)?).unwrap_or(0)))
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The same as [`Read::rollup`], counted from the records themselves: slow, for checking.
    ///
    /// # Errors
    /// If records cannot be read.
    pub fn rollup_by_scan(&self) -> Result<Vec<(i32, u32, u32)>> {
        let counts = scan(self.conn, &self.zone)?.0;
        let rows =
            counts.into_iter().map(|((day, facet), n)| (day, facet, u32::try_from(n).unwrap_or(u32::MAX)));
        let mut rows: Vec<_> = rows.collect();
        rows.sort_unstable();
        Ok(rows)
    }

    /// Records per UTC day and service as SQL alone would count them, for benchmarks: how many groups there are.
    ///
    /// # Errors
    /// If records cannot be read.
    pub fn group_by(&self) -> Result<u64> {
        let mut query = self.conn.prepare(
            "SELECT (r.id >> 16) / 86400 AS day, f.service, count(*)
             FROM record r NOT INDEXED CROSS JOIN facet f ON f.id = r.facet GROUP BY day, f.service",
        )?;
        let mut rows = query.query([])?;
        let mut groups = 0;
        while rows.next()?.is_some() {
            groups += 1;
        }
        Ok(groups)
    }

    /// Records in all, by the roll-up.
    ///
    /// # Errors
    /// If the roll-up cannot be read.
    pub fn count(&self) -> Result<u64> {
        let n: i64 =
            self.conn.query_row("SELECT coalesce(sum(count), 0) FROM rollup", [], |row| row.get(0))?;
        Ok(n.unsigned_abs())
    }
}
