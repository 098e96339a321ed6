//! By which recipes an import was read, and by which it could have been.

use crate::{Read, Result, StoreError, Write};
use rusqlite::OptionalExtension;
use std::collections::BTreeMap;

impl Read<'_> {
    /// The recipes of an import's service at the time, each with its mark. None for an import of before marks were kept.
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn reading(&self, import: i64) -> Result<BTreeMap<String, i64>> {
        let mut query = self.conn.prepare_cached("SELECT recipe, mark FROM reading WHERE import = ?1")?;
        let rows = query.query_map([import], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The hash of the archive that an import read.
    ///
    /// # Errors
    /// `Missing` if there is no such import.
    pub fn archive_hash(&self, import: i64) -> Result<Vec<u8>> {
        let sql = "SELECT archive_hash FROM import WHERE id = ?1";
        self.conn.query_row(sql, [import], |row| row.get(0)).optional()?.ok_or(StoreError::Missing)
    }
}

impl Write<'_> {
    /// Notes the recipes of an import's service with their marks.
    ///
    /// # Errors
    /// If they cannot be written.
    pub fn set_reading(&self, import: i64, marks: &BTreeMap<String, i64>) -> Result<()> {
        let sql = "INSERT OR REPLACE INTO reading (import, recipe, mark) VALUES (?1, ?2, ?3)";
        let mut insert = self.tx.prepare_cached(sql)?;
        for (recipe, mark) in marks {
            insert.execute((import, recipe, mark))?;
        }
        Ok(())
    }
}
