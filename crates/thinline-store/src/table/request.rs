//! What a person asked services for, and what they put off. Days are day numbers, free of any zone.

use crate::{Read, Result, StoreError, Write};
use rusqlite::{Connection, OptionalExtension, Row};

/// A request for one package of a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestRow {
    /// Id; 0 before it is stored.
    pub id: i64,
    /// Service id.
    pub service: String,
    /// Id of the package in the service's guide.
    pub package: String,
    /// Random; its name in calendars.
    pub uid: String,
    /// `asked`, `ready`, `imported` or `gave-up`.
    pub state: String,
    /// How often it changed.
    pub revision: u32,
    /// Day on which it was asked for.
    pub asked_on: i32,
    /// Day by which the service says that it comes.
    pub expected_by: i32,
    /// Day on which it was ready, or 0.
    pub ready_on: i32,
    /// Last day of the link, or 0.
    pub expires_on: i32,
    /// Day on which it ended, or 0.
    pub closed_on: i32,
    /// The import that ended it, or 0.
    pub import: i64,
    /// Only imports after this one can end it.
    pub after_import: i64,
}

const COLUMNS: &str =
    "SELECT id, service, package, uid, state, revision, asked_on, expected_by, ready_on, expires_on,
     closed_on, import, after_import FROM request";

fn read_request(row: &Row<'_>) -> rusqlite::Result<RequestRow> {
    Ok(RequestRow {
        id: row.get(0)?,
        service: row.get(1)?,
        package: row.get(2)?,
        uid: row.get(3)?,
        state: row.get(4)?,
        revision: row.get(5)?,
        asked_on: row.get(6)?,
        expected_by: row.get(7)?,
        ready_on: row.get(8)?,
        expires_on: row.get(9)?,
        closed_on: row.get(10)?,
        import: row.get(11)?,
        after_import: row.get(12)?,
    })
}

fn requests(conn: &Connection) -> Result<Vec<RequestRow>> {
    let mut query = conn.prepare_cached(&format!("{COLUMNS} ORDER BY asked_on, id"))?;
    let rows = query.query_map([], read_request)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

impl Read<'_> {
    /// Every request, oldest first.
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn requests(&self) -> Result<Vec<RequestRow>> {
        requests(self.conn)
    }

    /// What was put off, with the day from which it is shown again.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn put_off(&self) -> Result<Vec<(String, i32)>> {
        let mut query = self.conn.prepare_cached("SELECT item, until FROM later ORDER BY item")?;
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

impl Write<'_> {
    /// Every request, inside the transaction.
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn requests(&self) -> Result<Vec<RequestRow>> {
        requests(&self.tx)
    }

    /// One request, inside the transaction.
    ///
    /// # Errors
    /// `Missing` if there is none.
    pub fn request(&self, id: i64) -> Result<RequestRow> {
        let mut query = self.tx.prepare_cached(&format!("{COLUMNS} WHERE id = ?1"))?;
        query.query_row([id], read_request).optional()?.ok_or(StoreError::Missing)
    }

    /// The newest import of any state; 0 if there is none.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn newest_import(&self) -> Result<i64> {
        Ok(self.tx.query_row("SELECT ifnull(max(id), 0) FROM import", [], |row| row.get(0))?)
    }

    /// Stores a request: a new one if its id is 0. Answers with its id.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn put_request(&self, row: &RequestRow) -> Result<i64> {
        let id = (row.id != 0).then_some(row.id);
        self.tx.execute(
            "INSERT OR REPLACE INTO request (id, service, package, uid, state, revision, asked_on, expected_by,
             ready_on, expires_on, closed_on, import, after_import)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
            (
                id,
                &row.service,
                &row.package,
                &row.uid,
                &row.state,
                row.revision,
                row.asked_on,
                row.expected_by,
                row.ready_on,
                row.expires_on,
                row.closed_on,
                row.import,
                row.after_import,
            ),
        )?;
        Ok(id.unwrap_or_else(|| self.tx.last_insert_rowid()))
    }

    /// Forgets the requests of a service, or all of them.
    ///
    /// # Errors
    /// If they cannot be deleted.
    pub fn forget_requests(&self, service: Option<&str>) -> Result<()> {
        self.tx.execute("DELETE FROM request WHERE ?1 IS NULL OR service = ?1", [service])?;
        Ok(())
    }

    /// Puts an item off until a day.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn put_off(&self, item: &str, until: i32) -> Result<()> {
        self.tx.execute("INSERT OR REPLACE INTO later (item, until) VALUES (?1, ?2)", (item, until))?;
        Ok(())
    }
}
