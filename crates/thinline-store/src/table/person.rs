//! Accounts at services, and the household profiles (persons) inside them.

use crate::{Read, Result, Write};
use rusqlite::{Connection, OptionalExtension};

/// A household profile inside an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRow {
    /// Row id.
    pub id: i64,
    /// Its account.
    pub account: i64,
    /// Service of the account.
    pub service: String,
    /// Name of the account.
    pub account_name: String,
    /// Its name.
    pub name: String,
    /// `mine`, `not-mine` or `undecided`.
    pub whose: String,
}

pub(crate) fn account_id(conn: &Connection, service: &str, name: &str) -> Result<i64> {
    let found = conn
        .query_row("SELECT id FROM account WHERE service = ?1 AND name = ?2", (service, name), |row| {
            row.get(0)
        })
        .optional()?;
    if let Some(id) = found {
        return Ok(id);
    }
    conn.execute("INSERT INTO account (service, name) VALUES (?1, ?2)", (service, name))?;
    Ok(conn.last_insert_rowid())
}

pub(crate) fn person_id(conn: &Connection, account: i64, name: &str) -> Result<i64> {
    let found = conn
        .query_row("SELECT id FROM person WHERE account = ?1 AND name = ?2", (account, name), |row| {
            row.get(0)
        })
        .optional()?;
    if let Some(id) = found {
        return Ok(id);
    }
    conn.execute("INSERT INTO person (account, name) VALUES (?1, ?2)", (account, name))?;
    Ok(conn.last_insert_rowid())
}

/// An account with a single name is that person's own; with several, nobody is decided for.
///
/// Only names that nobody decided about are touched.
pub(crate) fn settle_whose(conn: &Connection, account: i64) -> Result<()> {
    let names: i64 =
        conn.query_row("SELECT count(*) FROM person WHERE account = ?1", [account], |row| row.get(0))?;
    if names == 1 {
        conn.execute(
            "UPDATE person SET whose = 'mine' WHERE account = ?1 AND whose = 'undecided'",
            [account],
        )?;
    }
    Ok(())
}

impl Read<'_> {
    /// Accounts: (id, service, name).
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn accounts(&self) -> Result<Vec<(i64, String, String)>> {
        let mut query = self.conn.prepare_cached("SELECT id, service, name FROM account ORDER BY id")?;
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Every person of every account.
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn persons(&self) -> Result<Vec<PersonRow>> {
        let mut query = self.conn.prepare_cached(
            "SELECT p.id, p.account, a.service, a.name, p.name, p.whose FROM person p JOIN account a ON a.id = p.account
             ORDER BY p.id",
        )?;
        let rows = query.query_map([], |row| {
            Ok(PersonRow {
                id: row.get(0)?,
                account: row.get(1)?,
                service: row.get(2)?,
                account_name: row.get(3)?,
                name: row.get(4)?,
                whose: row.get(5)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

impl Write<'_> {
    /// The account's id, made if it is new.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn account(&self, service: &str, name: &str) -> Result<i64> {
        account_id(&self.tx, service, name)
    }
}
