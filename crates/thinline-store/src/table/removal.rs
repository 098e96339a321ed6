//! Taking back what an import brought, and only that; and taking a single record out of every table that knows it.
//!
//! What would surprise: an undo keeps the marks of hidden records, so that importing again does not show them; an erasure
//! forgets them.

use crate::table::import::ImportRow;
use crate::table::mark::Tellings;
use crate::table::rollup::{self, Deltas};
use crate::table::words::Words;
use crate::table::{facts, original, sighting};
use crate::{Result, StoreError, Write, pack};
use rusqlite::Connection;
use std::collections::HashMap;

/// What taking an import back did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Removed {
    /// Records that went.
    pub records: u64,
    /// Records that stay, told precisely by the import that went: (id, file and row that hold them now). If that file tells
    /// them roughly, they are to be made anew from it.
    pub bereft: Vec<(i64, i64, u32)>,
}

/// Removes sightings, originals and coverage of an import, and every record that no other import holds.
///
/// A record that stays but was read from this import now points to the row of another one that holds it.
pub(crate) fn remove(write: &Write<'_>, import: &ImportRow, forget_marks: bool) -> Result<Removed> {
    let conn = &*write.tx;
    let files = files_of(conn, import.id)?;
    let mut mine = ids_of(conn, &files)?;
    if import.state == "open" {
        // Its open file has no sightings yet: what it brought is found by where it was read.
        mine.extend(read_from(conn, &files)?);
        mine.sort_unstable();
        mine.dedup();
    }
    let held = held_elsewhere(conn, import, &mine)?;
    let mut deltas = Deltas::default();
    let tellings = Tellings::load(conn)?;
    let going = if import.indexed { mine.len() - held.len() } else { 0 };
    let words = Words::for_going(conn, going)?;
    let precise = facts::precise_facets(conn)?;
    let mut removed = Removed::default();
    for id in &mine {
        if let Some(&(file, row, rough)) = held.get(id) {
            let facet = repoint(conn, *id, &files, file, row)?;
            if rough && facet.is_some_and(|facet| precise.contains(&facet)) {
                removed.bereft.push((*id, file, row));
            }
        } else {
            let gone = remove_record(conn, *id, import.indexed.then_some(&words))?;
            if forget_marks {
                tellings.forget(conn, *id, gone.facet, gone.rest)?;
            }
            deltas.add(&write.zone, *id, gone.facet, -1);
            removed.records += 1;
        }
    }
    words.settle(conn)?;
    deltas.write(conn)?;
    for file in &files {
        conn.execute("DELETE FROM sighting WHERE file = ?1", [file])?;
    }
    original::remove_files(conn, &files)?;
    conn.execute("DELETE FROM coverage WHERE import = ?1", [import.id])?;
    forget_groups(conn, import.account)?;
    Ok(removed)
}

/// Facets without records and persons without facets go too: a name that came by mistake must not count later. A person
/// that was decided about stays, so that nobody is asked again when the name comes back.
pub(crate) fn forget_groups(conn: &Connection, account: i64) -> Result<()> {
    forget_facets(conn)?;
    conn.execute(
        "DELETE FROM person WHERE account = ?1 AND (decided = 0 OR whose = 'undecided')
         AND id NOT IN (SELECT person FROM facet WHERE account = ?1)",
        [account],
    )?;
    crate::table::person::settle_whose(conn, account)
}

/// Facets that no record carries any more. Only while no import runs: it remembers the facets that it uses.
pub(crate) fn forget_facets(conn: &Connection) -> Result<()> {
    let used = rollup::by_facet(conn)?;
    let mut ids = conn.prepare_cached("SELECT id FROM facet")?;
    let ids: Vec<u32> = ids.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    let mut forget = conn.prepare_cached("DELETE FROM facet WHERE id = ?1")?;
    for id in ids.iter().filter(|id| !used.contains_key(id)) {
        forget.execute([id])?;
    }
    Ok(())
}

pub(crate) fn files_of(conn: &Connection, import: i64) -> Result<Vec<i64>> {
    let mut query = conn.prepare_cached("SELECT id FROM import_file WHERE import = ?1 ORDER BY id")?;
    let rows = query.query_map([import], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn ids_of(conn: &Connection, files: &[i64]) -> Result<Vec<i64>> {
    let mut ids = Vec::new();
    for file in files {
        ids.extend(sighting::of_file(conn, *file)?.into_iter().map(|(id, _)| id));
    }
    // Not unstable: each file's part is in order already, and that is made use of.
    ids.sort();
    ids.dedup();
    Ok(ids)
}

fn read_from(conn: &Connection, files: &[i64]) -> Result<Vec<i64>> {
    let (Some(first), Some(last)) = (files.first(), files.last()) else { return Ok(Vec::new()) };
    let mut query = conn.prepare("SELECT id FROM record WHERE file BETWEEN ?1 AND ?2")?;
    let rows = query.query_map((first, last), |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// For each of `mine` that another standing import of the same account holds: where it can be read there.
///
/// A file that tells facts roughly only counts where no other holds the record: answered last, and said.
fn held_elsewhere(
    conn: &Connection,
    import: &ImportRow,
    mine: &[i64],
) -> Result<HashMap<i64, (i64, u32, bool)>> {
    let mut held = HashMap::new();
    let (Some(first), Some(last)) = (mine.first(), mine.last()) else { return Ok(held) };
    let mut query = conn.prepare(
        "SELECT s.file, s.pairs, f.rough FROM sighting s JOIN import_file f ON f.id = s.file JOIN import i ON i.id = f.import
         WHERE i.id <> ?1 AND i.account = ?2 AND i.state <> 'undone' AND s.first <= ?4 AND s.last >= ?3
         ORDER BY f.rough, s.file",
    )?;
    let mut rows = query.query((import.id, import.account, first, last))?;
    while let Some(row) = rows.next()? {
        let file: i64 = row.get(0)?;
        let pairs = row.get_ref(1)?.as_blob().map_err(|_| StoreError::Unreadable)?;
        let rough: bool = row.get(2)?;
        for (id, row) in pack::unpack_pairs(pairs)? {
            if mine.binary_search(&id).is_ok() {
                held.entry(id).or_insert((file, row, rough));
            }
        }
    }
    Ok(held)
}

/// How many records an import holds.
pub(crate) fn held(conn: &Connection, import: i64) -> Result<u64> {
    Ok(ids_of(conn, &files_of(conn, import)?)?.len() as u64)
}

/// Records that no other standing import of the account holds.
pub(crate) fn only_in(conn: &Connection, import: &ImportRow) -> Result<u64> {
    let mine = ids_of(conn, &files_of(conn, import.id)?)?;
    let held = held_elsewhere(conn, import, &mine)?;
    Ok((mine.len() - held.len()) as u64)
}

/// Lets a record that was read from one of these files point to another that holds it; answers its facet if it did.
fn repoint(conn: &Connection, id: i64, files: &[i64], file: i64, row: u32) -> Result<Option<u32>> {
    let (now, facet): (i64, u32) = conn
        .prepare_cached("SELECT file, facet FROM record WHERE id = ?1")?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    if files.binary_search(&now).is_err() {
        return Ok(None);
    }
    conn.prepare_cached("UPDATE record SET file = ?2, row = ?3 WHERE id = ?1")?.execute((id, file, row))?;
    Ok(Some(facet))
}

/// What a removed record was.
pub(crate) struct Gone {
    pub facet: u32,
    /// The 48 bits that it kept of its hash.
    pub rest: i64,
}

/// Deletes a record with its words, if they are in the index, and its place in the list of displaced ones.
pub(crate) fn remove_record(conn: &Connection, id: i64, words: Option<&Words>) -> Result<Gone> {
    let mut query =
        conn.prepare_cached("SELECT facet, hash48, title, by, counterparty FROM record WHERE id = ?1")?;
    let (gone, said) = query.query_row([id], |row| {
        let said: [String; 3] = [row.get(2)?, row.get(3)?, row.get(4)?];
        Ok((Gone { facet: row.get(0)?, rest: row.get(1)? }, said))
    })?;
    if let Some(words) = words {
        words.remove(conn, id, &said)?;
    }
    conn.prepare_cached("DELETE FROM record WHERE id = ?1")?.execute([id])?;
    if id >= 0 {
        conn.prepare_cached("DELETE FROM displaced WHERE home = ?1 AND id = ?2")?.execute((id >> 16, id))?;
    } else {
        conn.prepare_cached("DELETE FROM displaced WHERE id = ?1")?.execute([id])?;
    }
    Ok(gone)
}
