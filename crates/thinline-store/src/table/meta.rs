//! Small named values that live in the vault (preferences and the like).

use crate::{Read, Result, Write};
use rusqlite::OptionalExtension;

impl Read<'_> {
    /// A named value.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn meta(&self, key: &str) -> Result<Option<Vec<u8>>> {
        Ok(self
            .conn
            .query_row("SELECT value FROM meta WHERE key = ?1", [key], |row| row.get(0))
            .optional()?)
    }

    /// Services that the person listed, with when.
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn listed(&self) -> Result<Vec<String>> {
        let mut query = self.conn.prepare_cached("SELECT service FROM listed ORDER BY service")?;
        let rows = query.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

impl Write<'_> {
    /// Sets a named value.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn set_meta(&self, key: &str, value: &[u8]) -> Result<()> {
        self.tx.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)", (key, value))?;
        Ok(())
    }

    /// Lists a service, or takes it off the list.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn set_listed(&self, service: &str, listed: bool, at: i64) -> Result<()> {
        if listed {
            self.tx.execute("INSERT OR IGNORE INTO listed (service, at) VALUES (?1, ?2)", (service, at))?;
        } else {
            self.tx.execute("DELETE FROM listed WHERE service = ?1", [service])?;
        }
        Ok(())
    }
}
