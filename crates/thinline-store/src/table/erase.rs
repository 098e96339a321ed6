//! Erasing for good: records with their words, sightings, original rows and marks; imports; services; everything.
//!
//! All of it happens in the caller's transaction. Not here: what is written into the log about it, and copies that lie
//! elsewhere. What would surprise: a row of a file that gave several records stays until the last of them goes, and
//! `erase_everything` names what stays, not what goes, so that a table that is added later is erased too.

use crate::table::mark::Tellings;
use crate::table::original::remove_rows;
use crate::table::removal::{self, Gone};
use crate::table::rollup::Deltas;
use crate::table::words::Words;
use crate::table::{import, mark, person, sighting};
use crate::{CoverageRow, Read, Result, Store, StoreError, Write, key, pack};
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// What an erasure took.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Erased {
    /// Records.
    pub records: u64,
    /// Original rows.
    pub rows: u64,
    /// Imports that held some of it and still stand.
    pub imports: Vec<Touched>,
    /// Records that stay and are to be made anew from what still holds them, as after an undo.
    pub bereft: Vec<(i64, i64, u32)>,
}

/// An import that an erasure took something from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touched {
    /// Id.
    pub id: i64,
    /// Its report, as core wrote it.
    pub report: String,
    /// Categories of what was taken.
    pub categories: Vec<String>,
    /// What it covers now.
    pub coverage: Vec<CoverageRow>,
}

/// Bytes that are copied for an erasure: some seconds' work, and as much memory meanwhile.
const MOST_REWRITTEN: i64 = 256 << 20;
/// Bytes of a page (see `open`).
const PAGE: i64 = 16_384;

/// (id, row) pairs of one file.
type Pairs = Vec<(i64, u32)>;

impl Write<'_> {
    /// Erases records, wherever they are known.
    ///
    /// # Errors
    /// `Missing` if one is not there; else if they cannot be written.
    pub fn erase_records(&self, ids: &[i64]) -> Result<Erased> {
        let conn = &*self.tx;
        let mut ids = ids.to_vec();
        ids.sort_unstable();
        ids.dedup();
        let taken = take_sightings(conn, &ids)?;
        let categories = categories(conn)?;
        let tellings = Tellings::load(conn)?;
        let words = Words::for_going(conn, ids.len())?;
        let mut seconds: BTreeMap<String, BTreeSet<i64>> = BTreeMap::new();
        let mut deltas = Deltas::default();
        for id in &ids {
            let Gone { facet, rest } = removal::remove_record(conn, *id, Some(&words))?;
            tellings.forget(conn, *id, facet, rest)?;
            deltas.add(&self.zone, *id, facet, -1);
            if let Some(category) = categories.get(&facet) {
                let seconds = seconds.entry(category.clone()).or_default();
                seconds.extend(key::second(*id).map(|at| at.0));
            }
        }
        words.settle(conn)?;
        deltas.write(conn)?;
        let mut erased = Erased { records: ids.len() as u64, ..Erased::default() };
        let mut imports = BTreeSet::new();
        for (file, pairs) in &taken {
            let rows = unneeded(conn, *file, pairs)?;
            remove_rows(conn, *file, &rows)?;
            erased.rows += rows.len() as u64;
            let import: i64 =
                conn.query_row("SELECT import FROM import_file WHERE id = ?1", [file], |row| row.get(0))?;
            imports.insert(import);
        }
        for import in imports {
            import::count_anew(conn, import)?;
            cover_anew(conn, import, &seconds)?;
            erased.imports.push(touched(conn, import, seconds.keys().cloned().collect())?);
        }
        for account in accounts(conn)? {
            removal::forget_groups(conn, account)?;
        }
        Ok(erased)
    }

    /// Erases an import: what only it holds, and that it was.
    ///
    /// # Errors
    /// `Missing` if there is no such import, or it is still open.
    pub fn erase_import(&self, id: i64) -> Result<Erased> {
        let conn = &*self.tx;
        let import = import::by_id(conn, id)?;
        if import.state == "open" {
            return Err(StoreError::Missing);
        }
        let rows = rows_of(conn, id)?;
        let removed = removal::remove(self, &import, true)?;
        conn.execute("DELETE FROM import_file WHERE import = ?1", [id])?;
        conn.execute("DELETE FROM reading WHERE import = ?1", [id])?;
        conn.execute("DELETE FROM import WHERE id = ?1", [id])?;
        person::forget_unused(conn, import.account)?;
        mark::forget_left(conn, &import.service)?;
        Ok(Erased { records: removed.records, rows, bereft: removed.bereft, ..Erased::default() })
    }

    /// Erases everything that came from a service, its accounts and its people. Rules and choices stay.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn erase_service(&self, service: &str) -> Result<Erased> {
        let conn = &*self.tx;
        let mut query = conn.prepare("SELECT id FROM import WHERE service = ?1 ORDER BY id")?;
        let imports = query.query_map([service], |row| row.get(0))?;
        let imports: Vec<i64> = imports.collect::<rusqlite::Result<_>>()?;
        conn.execute("DELETE FROM hidden_record WHERE service = ?1", [service])?;
        let mut erased = Erased::default();
        for id in imports {
            let one = self.erase_import(id)?;
            erased.records += one.records;
            erased.rows += one.rows;
        }
        let accounts = "SELECT id FROM account WHERE service = ?1";
        conn.execute(&format!("DELETE FROM person WHERE account IN ({accounts})"), [service])?;
        conn.execute("DELETE FROM account_key WHERE service = ?1", [service])?;
        conn.execute("DELETE FROM account WHERE service = ?1", [service])?;
        Ok(erased)
    }

    /// Erases every table but the log's entries, the settings and the rules. The contents of the log's entries go.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn erase_everything(&self) -> Result<Erased> {
        const KEPT: [&str; 5] = ["meta", "rule", "listed", "log_entry", "checkpoint"];
        let conn = &*self.tx;
        let count = |sql: &str| conn.query_row(sql, [], |row| row.get::<_, i64>(0));
        let records = count("SELECT count(*) FROM record")?;
        let mut rows = 0;
        let mut query = conn.prepare("SELECT id FROM import")?;
        for id in query.query_map([], |row| row.get(0))? {
            rows += rows_of(conn, id?)?;
        }
        conn.execute_batch("PRAGMA defer_foreign_keys = ON;")?;
        let mut query = conn.prepare(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
             AND name NOT LIKE 'record\\_text%' ESCAPE '\\'",
        )?;
        let names = query.query_map([], |row| row.get::<_, String>(0))?;
        for name in names.collect::<rusqlite::Result<Vec<_>>>()? {
            if !KEPT.contains(&name.as_str()) {
                conn.execute(&format!("DELETE FROM \"{name}\""), [])?;
            }
        }
        conn.execute("INSERT INTO record_text (record_text) VALUES ('delete-all')", [])?;
        Ok(Erased { records: records.unsigned_abs(), rows, ..Erased::default() })
    }

    /// Erases what log entries say: payload and salt. The entries stay, and so does the log's root.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn erase_payloads(&self, seqs: &[u64]) -> Result<()> {
        let mut delete = self.tx.prepare_cached("DELETE FROM log_payload WHERE seq = ?1")?;
        for seq in seqs {
            delete.execute([*seq as i64])?;
        }
        Ok(())
    }

    /// Replaces the stored report of an import.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn set_report(&self, import: i64, report: &str) -> Result<()> {
        self.tx.execute("UPDATE import SET report = ?2 WHERE id = ?1", (import, report))?;
        Ok(())
    }
}

/// Rewrites the sightings of all files without some records; answers what they said of them.
fn take_sightings(conn: &Connection, ids: &[i64]) -> Result<BTreeMap<i64, Pairs>> {
    let mut taken: BTreeMap<i64, Pairs> = BTreeMap::new();
    let (Some(first), Some(last)) = (ids.first(), ids.last()) else { return Ok(taken) };
    let mut query =
        conn.prepare("SELECT id, file, pairs FROM sighting WHERE first <= ?2 AND last >= ?1 ORDER BY id")?;
    let mut rows = query.query((first, last))?;
    let mut changed: Vec<(i64, Pairs)> = Vec::new();
    while let Some(row) = rows.next()? {
        let (sighting, file): (i64, i64) = (row.get(0)?, row.get(1)?);
        let pairs = pack::unpack_pairs(row.get_ref(2)?.as_blob().map_err(|_| StoreError::Unreadable)?)?;
        let (gone, rest): (Pairs, Pairs) =
            pairs.into_iter().partition(|(id, _)| ids.binary_search(id).is_ok());
        if !gone.is_empty() {
            taken.entry(file).or_default().extend(gone);
            changed.push((sighting, rest));
        }
    }
    for (sighting, pairs) in changed {
        match (pairs.first(), pairs.last()) {
            (Some(first), Some(last)) => conn
                .prepare_cached("UPDATE sighting SET first = ?2, last = ?3, pairs = ?4 WHERE id = ?1")?
                .execute((sighting, first.0, last.0, pack::pack_pairs(&pairs)))?,
            _ => conn.prepare_cached("DELETE FROM sighting WHERE id = ?1")?.execute([sighting])?,
        };
    }
    Ok(taken)
}

/// Rows of removed pairs that no other record of the file needs.
fn unneeded(conn: &Connection, file: i64, removed: &Pairs) -> Result<Vec<u32>> {
    let mut rows: BTreeSet<u32> = removed.iter().map(|(_, row)| *row).collect();
    for (_, row) in sighting::of_file(conn, file)? {
        rows.remove(&row);
    }
    Ok(rows.into_iter().collect())
}

/// Distinct rows that gave records, over the files of an import.
fn rows_of(conn: &Connection, import: i64) -> Result<u64> {
    let mut rows = 0;
    for file in removal::files_of(conn, import)? {
        let held: HashSet<u32> = sighting::of_file(conn, file)?.into_iter().map(|(_, row)| row).collect();
        rows += held.len() as u64;
    }
    Ok(rows)
}

fn categories(conn: &Connection) -> Result<HashMap<u32, String>> {
    let mut query = conn.prepare("SELECT id, category FROM facet")?;
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn accounts(conn: &Connection) -> Result<Vec<i64>> {
    let mut query = conn.prepare("SELECT id FROM account")?;
    let rows = query.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What an import covers of the categories that lost records: seconds and days of erased records would tell of them.
fn cover_anew(conn: &Connection, import: i64, erased: &BTreeMap<String, BTreeSet<i64>>) -> Result<()> {
    let categories = categories(conn)?;
    let mut found: HashMap<&str, (i64, i64, BTreeSet<i32>)> = HashMap::new();
    let mut facet_of = conn.prepare_cached("SELECT facet FROM record WHERE id = ?1")?;
    for file in removal::files_of(conn, import)? {
        for (id, _) in sighting::of_file(conn, file)? {
            let Some(at) = key::second(id) else { continue };
            let facet: u32 = facet_of.query_row([id], |row| row.get(0))?;
            let Some(category) = categories.get(&facet).filter(|one| erased.contains_key(*one)) else {
                continue;
            };
            let span = found.entry(category).or_insert((at.0, at.0, BTreeSet::new()));
            (span.0, span.1) = (span.0.min(at.0), span.1.max(at.0));
            span.2.insert(at.0.div_euclid(86_400) as i32);
        }
    }
    for category in erased.keys() {
        match found.get(category.as_str()) {
            Some((first, last, days)) => conn.execute(
                "UPDATE coverage SET first = ?3, last = ?4, days = ?5 WHERE import = ?1 AND category = ?2",
                (import, category, first, last, pack::pack_days(days.iter().copied())),
            )?,
            None => {
                conn.execute("DELETE FROM coverage WHERE import = ?1 AND category = ?2", (import, category))?
            }
        };
    }
    Ok(())
}

fn touched(conn: &Connection, import: i64, categories: Vec<String>) -> Result<Touched> {
    let report = conn.query_row("SELECT report FROM import WHERE id = ?1", [import], |row| row.get(0))?;
    Ok(Touched { id: import, report, categories, coverage: import::coverage(conn, import)? })
}

impl Read<'_> {
    /// Records of facets in a range of ids, lowest first.
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn ids_of(&self, facets: &[u32], low: i64, high: i64) -> Result<Vec<i64>> {
        let mut query = self.conn.prepare_cached(
            "SELECT id FROM record INDEXED BY record_by_facet WHERE facet = ?1 AND id >= ?2 AND id < ?3",
        )?;
        let mut ids = Vec::new();
        for facet in facets {
            for id in query.query_map((facet, low, high), |row| row.get(0))? {
                ids.push(id?);
            }
        }
        ids.sort_unstable();
        Ok(ids)
    }

    /// Records that only this import holds, and whose erasure its erasure is.
    ///
    /// # Errors
    /// `Missing` if there is no such import.
    pub fn only_in(&self, import: i64) -> Result<u64> {
        removal::only_in(self.conn, &import::by_id(self.conn, import)?)
    }

    /// Records that an import holds, read or known.
    ///
    /// # Errors
    /// If sightings cannot be read.
    pub fn held_by(&self, import: i64) -> Result<u64> {
        removal::held(self.conn, import)
    }
}

impl Store {
    /// Writes the database anew without what its pages still hold of erased records. Where rows were moved between pages, SQLite
    /// leaves their old bytes in the unused middle of a page, and does not know them when the row is erased later. Done only
    /// if what stays is not too much to be copied; answers whether it was.
    ///
    /// # Errors
    /// If there is no room for it, or somebody else writes: the erasure stands.
    pub fn rewrite(&self) -> Result<bool> {
        self.alone(|conn| {
            let number = |name: &str| conn.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
            let staying = (number("page_count")? - number("freelist_count")?) * PAGE;
            if staying > MOST_REWRITTEN {
                return Ok(false);
            }
            conn.execute_batch("VACUUM; PRAGMA wal_checkpoint(TRUNCATE);")?;
            Ok(true)
        })
    }

    /// Deletes copies of the database that migrations put beside it: they hold what was erased. Answers how many.
    ///
    /// # Errors
    /// If the folder cannot be read or a copy cannot be deleted.
    pub fn delete_copies(&self) -> Result<u32> {
        let stem = self.path().file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let folder = self.path().parent().unwrap_or(std::path::Path::new("."));
        let mut deleted = 0;
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with(&format!("{stem}.schema-")) && name.ends_with(".db") {
                std::fs::remove_file(entry.path())?;
                deleted += 1;
            }
        }
        Ok(deleted)
    }
}
