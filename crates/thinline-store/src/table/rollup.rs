//! Daily counts per facet. Kept in the transaction that changes the records, so they are never approximate.
//!
//! Packed by stretches of 32 days: all of them are a few hundred rows, read and unpacked in well under a millisecond, where
//! one row per day and facet took ten times that. What would surprise: SQL alone cannot add them up.

use crate::pack::{pack_counts, unpack_counts};
use crate::{Read, Result, StoreError, UNDATED_DAY, Zone, key};
use rusqlite::{Connection, OptionalExtension};
use std::collections::{BTreeMap, HashMap};

/// Days of one stored row, as a power of two.
const STRETCH: u32 = 5;

/// A day of a stretch, and a facet.
type Spot = (u8, u32);

/// Changes of daily counts, collected and then written at once.
#[derive(Debug, Default)]
pub(crate) struct Deltas(HashMap<(i32, u32), i64>);

impl Deltas {
    pub(crate) fn add(&mut self, zone: &Zone, id: i64, facet: u32, by: i64) {
        let day = key::second(id).map_or(UNDATED_DAY, |at| zone.day(at.0));
        *self.0.entry((day, facet)).or_default() += by;
    }

    pub(crate) fn write(self, conn: &Connection) -> Result<()> {
        let mut stretches: BTreeMap<i32, Vec<(Spot, i64)>> = BTreeMap::new();
        for ((day, facet), by) in self.0.into_iter().filter(|(_, by)| *by != 0) {
            stretches.entry(day >> STRETCH).or_default().push(((offset(day), facet), by));
        }
        let mut put =
            conn.prepare_cached("INSERT OR REPLACE INTO rollup (stretch, counts) VALUES (?1, ?2)")?;
        for (stretch, changes) in stretches {
            let mut counts = of_stretch(conn, stretch)?;
            for (key, by) in changes {
                let count = counts.entry(key).or_default();
                *count = u32::try_from(i64::from(*count) + by).map_err(|_| StoreError::Unreadable)?;
            }
            counts.retain(|_, count| *count != 0);
            if counts.is_empty() {
                conn.prepare_cached("DELETE FROM rollup WHERE stretch = ?1")?.execute([stretch])?;
            } else {
                put.execute((stretch, pack_counts(counts)))?;
            }
        }
        Ok(())
    }
}

fn offset(day: i32) -> u8 {
    (day & ((1 << STRETCH) - 1)) as u8
}

fn of_stretch(conn: &Connection, stretch: i32) -> Result<BTreeMap<Spot, u32>> {
    let mut query = conn.prepare_cached("SELECT counts FROM rollup WHERE stretch = ?1")?;
    let packed: Option<Vec<u8>> = query.query_row([stretch], |row| row.get(0)).optional()?;
    let mut counts = BTreeMap::new();
    unpack_counts(&packed.unwrap_or_default(), |day, facet, count| {
        counts.insert((day, facet), count);
    })?;
    Ok(counts)
}

/// (day, facet, count), oldest first.
pub(crate) fn counts(conn: &Connection) -> Result<Vec<(i32, u32, u32)>> {
    let mut query = conn.prepare_cached("SELECT stretch, counts FROM rollup ORDER BY stretch")?;
    let mut rows = query.query([])?;
    let mut counts = Vec::new();
    while let Some(row) = rows.next()? {
        let first = row.get::<_, i32>(0)? << STRETCH;
        let packed = row.get_ref(1)?.as_blob().map_err(|_| StoreError::Unreadable)?;
        unpack_counts(packed, |day, facet, count| counts.push((first + i32::from(day), facet, count)))?;
    }
    Ok(counts)
}

/// Records in all.
pub(crate) fn total(conn: &Connection) -> Result<u64> {
    Ok(counts(conn)?.iter().map(|(_, _, count)| u64::from(*count)).sum())
}

/// Records of each facet that has any.
pub(crate) fn by_facet(conn: &Connection) -> Result<HashMap<u32, u64>> {
    let mut sums = HashMap::new();
    for (_, facet, count) in counts(conn)? {
        *sums.entry(facet).or_default() += u64::from(count);
    }
    Ok(sums)
}

/// Gives every count of one facet to another.
pub(crate) fn give(conn: &Connection, from: u32, to: u32) -> Result<()> {
    let mut deltas = Deltas::default();
    for (day, _, count) in counts(conn)?.into_iter().filter(|(_, facet, _)| *facet == from) {
        deltas.0.insert((day, from), -i64::from(count));
        deltas.0.insert((day, to), i64::from(count));
    }
    deltas.write(conn)
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
        counts(self.conn)
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
        total(self.conn)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_before_1970_and_the_undated_keep_their_place() {
        for day in [UNDATED_DAY, -40, -32, -1, 0, 31, 32, 2_932_896] {
            assert_eq!(((day >> STRETCH) << STRETCH) + i32::from(offset(day)), day);
        }
    }
}
