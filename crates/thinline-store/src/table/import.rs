//! Imports, their files and what they cover.

use crate::table::removal::Removed;
use crate::table::{person, removal, sighting};
use crate::{Read, Result, StoreError, Write, pack};
use rusqlite::{Connection, OptionalExtension, Row};

/// What is known of an import before its first row.
#[derive(Debug, Clone, Copy)]
pub struct NewImport<'a> {
    /// Service id.
    pub service: &'a str,
    /// Account name.
    pub account: &'a str,
    /// Base name of the archive.
    pub archive: &'a str,
    /// Hash over the archive.
    pub archive_hash: &'a [u8],
    /// Version of the catalogue that reads it.
    pub catalogue: &'a str,
    /// Now.
    pub at: i64,
    /// Date of the export.
    pub as_of: i64,
}

/// An import as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportRow {
    /// Id.
    pub id: i64,
    /// Service id.
    pub service: String,
    /// Account row.
    pub account: i64,
    /// Account name.
    pub account_name: String,
    /// Base name of the archive.
    pub archive: String,
    /// When it was made.
    pub at: i64,
    /// Date of the export.
    pub as_of: i64,
    /// `open`, `done` or `undone`.
    pub state: String,
    /// Whether its words are in the full-text index.
    pub indexed: bool,
    /// Records it holds.
    pub records: u64,
    /// The report as core wrote it.
    pub report: String,
}

/// A file of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRow {
    /// Id.
    pub id: i64,
    /// Its import.
    pub import: i64,
    /// Path inside the archive.
    pub path: String,
    /// Header line of a table, or empty.
    pub header: String,
}

/// From when to when an import covers a category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoverageRow {
    /// Category id.
    pub category: String,
    /// First second.
    pub first: i64,
    /// Last second.
    pub last: i64,
    /// Days (UTC, since 1970) on which it holds something, in order.
    pub days: Vec<i32>,
}

const COLUMNS: &str =
    "i.id, i.service, i.account, a.name, i.archive, i.at, i.as_of, i.state, i.indexed, i.records, i.report
                       FROM import i JOIN account a ON a.id = i.account";

fn read_import(row: &Row<'_>) -> rusqlite::Result<ImportRow> {
    Ok(ImportRow {
        id: row.get(0)?,
        service: row.get(1)?,
        account: row.get(2)?,
        account_name: row.get(3)?,
        archive: row.get(4)?,
        at: row.get(5)?,
        as_of: row.get(6)?,
        state: row.get(7)?,
        indexed: row.get(8)?,
        records: row.get::<_, i64>(9)?.unsigned_abs(),
        report: row.get(10)?,
    })
}

pub(crate) fn begin(conn: &Connection, new: &NewImport<'_>) -> Result<(i64, i64)> {
    let account = person::account_id(conn, new.service, new.account)?;
    conn.execute(
        "INSERT INTO import (service, account, archive, archive_hash, catalogue, at, as_of, state)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'open')",
        (new.service, account, new.archive, new.archive_hash, new.catalogue, new.at, new.as_of),
    )?;
    Ok((conn.last_insert_rowid(), account))
}

pub(crate) fn add_file(conn: &Connection, import: i64, path: &str) -> Result<i64> {
    conn.execute("INSERT INTO import_file (import, path) VALUES (?1, ?2)", (import, path))?;
    Ok(conn.last_insert_rowid())
}

pub(crate) fn end_file(conn: &Connection, file: i64, header: &str, rough: bool) -> Result<()> {
    conn.execute("UPDATE import_file SET header = ?2, rough = ?3 WHERE id = ?1", (file, header, rough))?;
    Ok(())
}

pub(crate) fn finish(conn: &Connection, import: i64, report: &str) -> Result<()> {
    conn.execute(
        "UPDATE import SET state = 'done', indexed = 1, report = ?2 WHERE id = ?1",
        (import, report),
    )?;
    count_anew(conn, import)
}

/// Notes how many records an import holds, after its sightings changed. One that is open is counted when it ends.
pub(crate) fn count_anew(conn: &Connection, import: i64) -> Result<()> {
    let records = removal::held(conn, import)?;
    conn.prepare_cached("UPDATE import SET records = ?2 WHERE id = ?1 AND state = 'done'")?
        .execute((import, records as i64))?;
    Ok(())
}

pub(crate) fn by_id(conn: &Connection, id: i64) -> Result<ImportRow> {
    let mut query = conn.prepare_cached(&format!("SELECT {COLUMNS} WHERE i.id = ?1"))?;
    query.query_row([id], read_import).optional()?.ok_or(StoreError::Missing)
}

pub(crate) fn coverage(conn: &Connection, import: i64) -> Result<Vec<CoverageRow>> {
    let mut query = conn.prepare_cached(
        "SELECT category, first, last, days FROM coverage WHERE import = ?1 ORDER BY category",
    )?;
    let mut rows = query.query([import])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let days = pack::unpack_days(row.get_ref(3)?.as_blob().map_err(|_| StoreError::Unreadable)?)?;
        all.push(CoverageRow { category: row.get(0)?, first: row.get(1)?, last: row.get(2)?, days });
    }
    Ok(all)
}

impl Read<'_> {
    /// Every import, newest first.
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn imports(&self) -> Result<Vec<ImportRow>> {
        let mut query = self.conn.prepare_cached(&format!("SELECT {COLUMNS} ORDER BY i.id DESC"))?;
        let rows = query.query_map([], read_import)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The import that stands for this archive under this catalogue and account, if there is one.
    ///
    /// # Errors
    /// If imports cannot be read.
    pub fn known_archive(
        &self,
        hash: &[u8],
        catalogue: &str,
        service: &str,
        account: &str,
    ) -> Result<Option<ImportRow>> {
        let sql = format!(
            "SELECT {COLUMNS} WHERE i.archive_hash = ?1 AND i.catalogue = ?2 AND i.service = ?3 AND a.name = ?4
             AND i.state = 'done'"
        );
        let mut query = self.conn.prepare_cached(&sql)?;
        Ok(query.query_row((hash, catalogue, service, account), read_import).optional()?)
    }

    /// A file of an import.
    ///
    /// # Errors
    /// `Missing` if there is none with this id.
    pub fn file(&self, id: i64) -> Result<FileRow> {
        let mut query =
            self.conn.prepare_cached("SELECT id, import, path, header FROM import_file WHERE id = ?1")?;
        let row = query.query_row([id], |row| {
            Ok(FileRow { id: row.get(0)?, import: row.get(1)?, path: row.get(2)?, header: row.get(3)? })
        });
        row.optional()?.ok_or(StoreError::Missing)
    }

    /// One import.
    ///
    /// # Errors
    /// `Missing` if there is none with this id.
    pub fn import(&self, id: i64) -> Result<ImportRow> {
        by_id(self.conn, id)
    }

    /// What an import covers.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn coverage(&self, import: i64) -> Result<Vec<CoverageRow>> {
        coverage(self.conn, import)
    }

    /// Imports that hold a record.
    ///
    /// # Errors
    /// If sightings cannot be read.
    pub fn imports_with(&self, record: i64) -> Result<Vec<ImportRow>> {
        let mut imports = Vec::new();
        for file in sighting::files_with(self.conn, record)? {
            imports.push(self.file(file)?.import);
        }
        imports.sort_unstable();
        imports.dedup();
        imports.into_iter().map(|id| by_id(self.conn, id)).collect()
    }
}

impl Write<'_> {
    /// Takes an import back: records that no other import holds go, the rest stay.
    ///
    /// # Errors
    /// `Missing` if there is no such import, or it is undone already.
    pub fn undo_import(&self, id: i64) -> Result<Removed> {
        let import = by_id(&self.tx, id)?;
        if import.state == "undone" {
            return Err(StoreError::Missing);
        }
        let removed = removal::remove(self, &import, false)?;
        self.tx
            .execute("UPDATE import SET state = 'undone', records = 0, report = '' WHERE id = ?1", [id])?;
        Ok(removed)
    }

    /// Removes an import that never ended, with its row: it was cancelled, or the program was stopped.
    ///
    /// # Errors
    /// If it cannot be removed.
    pub fn discard_import(&self, id: i64) -> Result<()> {
        let import = by_id(&self.tx, id)?;
        if import.state != "open" {
            return Err(StoreError::Missing);
        }
        removal::remove(self, &import, false)?;
        self.tx.execute("DELETE FROM import_file WHERE import = ?1", [id])?;
        self.tx.execute("DELETE FROM import WHERE id = ?1", [id])?;
        person::forget_unused(&self.tx, import.account)
    }
}
