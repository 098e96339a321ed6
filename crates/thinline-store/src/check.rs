//! Whether the database is whole: every page against its code, every table against its indexes, counts against each other.
//!
//! It only looks. What would surprise: a page that is damaged and not asked for is found by this alone, or by a copy, since
//! SQLite reads the pages that an answer needs and no others.

use crate::{Result, Store, StoreError};
use rusqlite::Connection;
use std::collections::HashMap;

/// What a check found. Nothing here is content.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// `pages`, `structure`, `references`, `counts`: what does not fit, in this order.
    pub faults: Vec<&'static str>,
    /// Records that are stored.
    pub records: u64,
    /// Imports that stand.
    pub imports: u64,
    /// Services with records.
    pub services: u64,
}

impl Store {
    /// Checks everything. Reads the whole file.
    ///
    /// # Errors
    /// If something other than damage is in the way.
    pub fn check(&self) -> Result<Checked> {
        self.read(|read| {
            let mut checked = Checked::default();
            let parts: [(&'static str, Look); 4] =
                [("pages", pages), ("structure", structure), ("references", references), ("counts", counts)];
            for (name, fits) in parts {
                if !sound(fits(read.conn))? {
                    checked.faults.push(name);
                }
            }
            let count = |sql: &str| -> Result<u64> {
                Ok(read.conn.query_row(sql, [], |row| row.get::<_, i64>(0))?.unsigned_abs())
            };
            // Of a damaged table there is no number; that it is damaged is said above.
            checked.records = count("SELECT count(*) FROM record").unwrap_or_default();
            checked.imports = count("SELECT count(*) FROM import WHERE state = 'done'").unwrap_or_default();
            checked.services = count(
                "SELECT count(DISTINCT service) FROM facet WHERE account > 0
                 AND EXISTS (SELECT 1 FROM record WHERE record.facet = facet.id)",
            )
            .unwrap_or_default();
            Ok(checked)
        })
    }
}

/// Whether a part fits.
type Look = fn(&Connection) -> Result<bool>;

/// Damage is an answer here, no failure.
fn sound(looked: Result<bool>) -> Result<bool> {
    match looked {
        Err(StoreError::Damaged | StoreError::NotADatabase | StoreError::Unreadable) => Ok(false),
        other => other,
    }
}

/// Reads past the pager, so a page that is just being written can look damaged: what is, is so twice.
fn pages(conn: &Connection) -> Result<bool> {
    Ok(none(conn, "PRAGMA cipher_integrity_check")? || none(conn, "PRAGMA cipher_integrity_check")?)
}

fn structure(conn: &Connection) -> Result<bool> {
    let found: String = conn.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    Ok(found == "ok")
}

fn references(conn: &Connection) -> Result<bool> {
    none(conn, "PRAGMA foreign_key_check")
}

/// The daily counts are kept beside the records, in the same transactions.
fn counts(conn: &Connection) -> Result<bool> {
    let mut counted = crate::table::rollup::by_facet(conn)?;
    counted.retain(|_, count| *count > 0);
    let mut query =
        conn.prepare("SELECT facet, count(*) FROM record INDEXED BY record_by_facet GROUP BY facet")?;
    let mut rows = query.query([])?;
    let mut stored = HashMap::new();
    while let Some(row) = rows.next()? {
        stored.insert(row.get::<_, u32>(0)?, row.get::<_, i64>(1)?.unsigned_abs());
    }
    Ok(stored == counted)
}

fn none(conn: &Connection, sql: &str) -> Result<bool> {
    Ok(conn.prepare(sql)?.query([])?.next()?.is_none())
}
