//! Accounts at services, and the household profiles (persons) inside them: whose each is, and by what it is recognized.
//!
//! What would surprise: an account has a name and a stem. The stem is what its records are hashed with; it never changes, so
//! an account can be renamed and importing again still finds its records.

use crate::{Read, Result, StoreError, Write};
use rusqlite::{Connection, OptionalExtension};

/// An account at a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountRow {
    /// Row id.
    pub id: i64,
    /// Service id.
    pub service: String,
    /// Name, as the person calls it.
    pub name: String,
    /// What its records are hashed with.
    pub stem: String,
    /// Whether an id of an export is known to be this account's.
    pub recognized: bool,
}

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
    /// Whether the person said so; if not, it follows from how many names the account has.
    pub decided: bool,
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
    let stem = free_stem(conn, service, name)?;
    conn.execute("INSERT INTO account (service, name, stem) VALUES (?1, ?2, ?3)", (service, name, stem))?;
    Ok(conn.last_insert_rowid())
}

/// The name itself, unless another account was called so before it was renamed.
fn free_stem(conn: &Connection, service: &str, name: &str) -> Result<String> {
    let mut taken = conn.prepare_cached("SELECT 1 FROM account WHERE service = ?1 AND stem = ?2")?;
    let mut stem = name.to_owned();
    let mut n = 1;
    while taken.exists((service, &stem))? {
        n += 1;
        stem = format!("{name}\u{1f}{n}");
    }
    Ok(stem)
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

/// A single name of an account is the person's own; of several, nobody is decided for.
///
/// Only names with records count, and only names that the person did not decide about are touched, so it does not matter
/// in which order the names came.
pub(crate) fn settle_whose(conn: &Connection, account: i64) -> Result<()> {
    conn.execute(
        "UPDATE person SET whose = CASE
             WHEN (SELECT count(DISTINCT person) FROM facet WHERE account = ?1 AND person <> 0) = 1 THEN 'mine'
             ELSE 'undecided' END
         WHERE account = ?1 AND decided = 0",
        [account],
    )?;
    Ok(())
}

/// An account that no import belongs to and of whose people nothing was decided: its name came with an import that was
/// given up, and must not be taken for the account of the next one.
pub(crate) fn forget_unused(conn: &Connection, account: i64) -> Result<()> {
    let unused = "NOT EXISTS (SELECT 1 FROM import WHERE account = ?1) AND NOT EXISTS (SELECT 1 FROM person WHERE account = ?1)";
    conn.execute(&format!("DELETE FROM account_key WHERE account = ?1 AND {unused}"), [account])?;
    conn.execute(&format!("DELETE FROM account WHERE id = ?1 AND {unused}"), [account])?;
    Ok(())
}

impl Read<'_> {
    /// Accounts: (id, service, name).
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn accounts(&self) -> Result<Vec<(i64, String, String)>> {
        Ok(self.account_rows()?.into_iter().map(|row| (row.id, row.service, row.name)).collect())
    }

    /// Every account.
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn account_rows(&self) -> Result<Vec<AccountRow>> {
        let mut query = self.conn.prepare_cached(
            "SELECT id, service, name, stem, EXISTS (SELECT 1 FROM account_key k WHERE k.account = a.id) FROM account a
             ORDER BY id",
        )?;
        let rows = query.query_map([], |row| {
            Ok(AccountRow {
                id: row.get(0)?,
                service: row.get(1)?,
                name: row.get(2)?,
                stem: row.get(3)?,
                recognized: row.get(4)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The account that an id of an export, hashed with a key, is known to be.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn account_by_key(&self, service: &str, key: &[u8]) -> Result<Option<i64>> {
        let mut query =
            self.conn.prepare_cached("SELECT account FROM account_key WHERE service = ?1 AND key = ?2")?;
        Ok(query.query_row((service, key), |row| row.get(0)).optional()?)
    }

    /// What the records of an account are hashed with: its stem, or the name for one that is not there yet.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn stem(&self, service: &str, name: &str) -> Result<String> {
        let mut query =
            self.conn.prepare_cached("SELECT stem FROM account WHERE service = ?1 AND name = ?2")?;
        let found = query.query_row((service, name), |row| row.get(0)).optional()?;
        found.map_or_else(|| free_stem(self.conn, service, name), Ok)
    }

    /// Every person of every account, also those that are decided about and have no records just now.
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn persons(&self) -> Result<Vec<PersonRow>> {
        let mut query = self.conn.prepare_cached(
            "SELECT p.id, p.account, a.service, a.name, p.name, p.whose, p.decided
             FROM person p JOIN account a ON a.id = p.account ORDER BY p.id",
        )?;
        let rows = query.query_map([], |row| {
            Ok(PersonRow {
                id: row.get(0)?,
                account: row.get(1)?,
                service: row.get(2)?,
                account_name: row.get(3)?,
                name: row.get(4)?,
                whose: row.get(5)?,
                decided: row.get(6)?,
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

    /// Renames an account. What its records are hashed with stays.
    ///
    /// # Errors
    /// `Missing` if there is no such account; `Unreadable` if another one has the name.
    pub fn rename_account(&self, id: i64, name: &str) -> Result<()> {
        let mut taken = self.tx.prepare_cached(
            "SELECT 1 FROM account a JOIN account b ON b.service = a.service AND b.id <> a.id
             WHERE a.id = ?1 AND b.name = ?2",
        )?;
        if taken.exists((id, name))? {
            return Err(StoreError::Unreadable);
        }
        let renamed = self.tx.execute("UPDATE account SET name = ?2 WHERE id = ?1", (id, name))?;
        if renamed == 1 { Ok(()) } else { Err(StoreError::Missing) }
    }

    /// Remembers that an export's id, hashed with a key, is this account's. The first account that it was known for stays.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn know_account(&self, service: &str, key: &[u8], account: i64) -> Result<()> {
        self.tx.execute(
            "INSERT OR IGNORE INTO account_key (service, key, account) VALUES (?1, ?2, ?3)",
            (service, key, account),
        )?;
        Ok(())
    }

    /// Notes whose a person is, as the person said. `undecided` leaves it open, also if there is no other name: it does not
    /// become the person's own by itself again.
    ///
    /// # Errors
    /// `Missing` if there is no such person.
    pub fn set_whose(&self, person: i64, whose: &str) -> Result<()> {
        let changed =
            self.tx.execute("UPDATE person SET whose = ?2, decided = 1 WHERE id = ?1", (person, whose))?;
        if changed == 1 { Ok(()) } else { Err(StoreError::Missing) }
    }
}
