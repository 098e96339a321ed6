//! For benchmarks only: what it costs to put the same rows into an encrypted table, and nothing else.
//!
//! No facets, no index, no full text, no sightings, no originals, no log: the floor under an import.

use crate::key::{own_slot, time_code};
use crate::{Result, open};
use std::path::Path;
use thinline_model::Record;

/// Sorts the records by their place and inserts them in one transaction. Clashes overwrite: this is no store.
///
/// # Errors
/// If the database cannot be written.
pub fn insert_bare(path: &Path, key: &[u8; 32], records: &mut [Record]) -> Result<()> {
    let mut conn = open::connect(path, key, true)?;
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
