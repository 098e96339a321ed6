//! For benchmarks only: what it costs to put the same rows into an encrypted table, and nothing else.
//!
//! No facets, no index, no full text, no sightings, no originals, no log: the floor under an import.

use crate::key::{own_slot, time_code};
use crate::{Read, Result, open};
use rusqlite::Connection;
use std::path::Path;
use thinline_model::Record;

/// The same settings without encryption: what encryption costs.
fn plain(path: &Path) -> Result<Connection> {
    let conn = Connection::open(path)?;
    conn.execute_batch(
        "PRAGMA page_size = 16384; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32768;
         PRAGMA journal_mode = WAL; PRAGMA secure_delete = ON;",
    )?;
    Ok(conn)
}

/// Sorts the records by their place and inserts them in one transaction. Clashes overwrite: this is no store.
///
/// # Errors
/// If the database cannot be written.
pub fn insert_bare(path: &Path, key: Option<&[u8; 32]>, records: &mut [Record]) -> Result<()> {
    let mut conn = match key {
        Some(key) => open::connect(path, key, true)?,
        None => plain(path)?,
    };
    conn.execute_batch(
        "PRAGMA synchronous = NORMAL;
         CREATE TABLE bare (id INTEGER PRIMARY KEY, facet INTEGER, hash48 INTEGER, time INTEGER, file INTEGER, row INTEGER,
         shape INTEGER, as_of INTEGER, title TEXT, by TEXT, counterparty TEXT, url TEXT, raw TEXT, detail TEXT) STRICT;",
    )?;
    records.sort_unstable_by_key(|record| own_slot(record.when, record.hash));
    let tx = conn.transaction()?;
    {
        let mut insert = tx.prepare(
            "INSERT OR REPLACE INTO bare VALUES (?1, 1, ?2, ?3, 1, ?4, 1, 0, ?5, ?6, ?7, ?8, '', ?9)",
        )?;
        let mut detail = String::new();
        for (row, record) in records.iter().enumerate() {
            detail.clear();
            for value in &record.detail {
                detail.push_str(value);
                detail.push('\u{1f}');
            }
            let id = own_slot(record.when, record.hash);
            let (rest, time) = (record.hash.rest() as i64, time_code(record.when));
            insert.execute((
                id,
                rest,
                time,
                row as i64,
                record.title.as_str(),
                record.by.as_str(),
                record.counterparty.as_str(),
                record.url.as_str(),
                &detail,
            ))?;
        }
    }
    tx.commit()?;
    Ok(())
}

/// Pages of 100 whole rows at places all over a bare table, each timed; ms of wall time.
///
/// # Errors
/// If the database cannot be read.
pub fn bare_pages(path: &Path, key: Option<&[u8; 32]>, rounds: u32) -> Result<Vec<f64>> {
    let conn = match key {
        Some(key) => open::connect(path, key, true)?,
        None => plain(path)?,
    };
    let (low, high): (i64, i64) =
        conn.query_row("SELECT min(id), max(id) FROM bare WHERE id > 0", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    let mut page =
        conn.prepare("SELECT id, title, by, url, detail FROM bare WHERE id < ?1 ORDER BY id DESC LIMIT 100")?;
    let mut random = 0x9e37_79b9_u64;
    let mut times = Vec::new();
    for _ in 0..rounds {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let from = low + (random >> 2) as i64 % (high - low + 1);
        let started = std::time::Instant::now();
        let mut rows = page.query([from])?;
        let mut bytes = 0;
        while let Some(row) = rows.next()? {
            for column in 1..5 {
                bytes += row.get_ref(column)?.as_str().map_or(0, str::len);
            }
        }
        std::hint::black_box(bytes);
        times.push(started.elapsed().as_secs_f64() * 1000.0);
    }
    Ok(times)
}

impl Read<'_> {
    /// Titles of records spread over the whole store, for searches.
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn some_titles(&self, most: u32) -> Result<Vec<String>> {
        let mut query = self.conn.prepare(
            "WITH RECURSIVE bounds (low, high) AS (SELECT min(id), max(id) FROM record WHERE id > 0),
             step (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM step WHERE n + 1 < ?1)
             SELECT (SELECT title FROM record WHERE id >= low + (high - low) / ?1 * n AND id > 0 ORDER BY id LIMIT 1)
             FROM step, bounds",
        )?;
        let rows = query.query_map([most], |row| row.get::<_, Option<String>>(0))?;
        Ok(rows.collect::<rusqlite::Result<Vec<_>>>()?.into_iter().flatten().collect())
    }
}
