//! Which records each imported file holds. A record goes when the last file that holds it goes.

use crate::Result;
use crate::pack::{PAIRS_PER_BLOCK, pack_pairs, unpack_pairs};
use rusqlite::Connection;

/// Stores the (id, row) pairs of a file; sorts them.
pub(crate) fn write(conn: &Connection, file: i64, pairs: &mut [(i64, u32)]) -> Result<()> {
    pairs.sort_unstable();
    let mut insert =
        conn.prepare_cached("INSERT INTO sighting (file, first, last, pairs) VALUES (?1, ?2, ?3, ?4)")?;
    for block in pairs.chunks(PAIRS_PER_BLOCK) {
        if let (Some(first), Some(last)) = (block.first(), block.last()) {
            insert.execute((file, first.0, last.0, pack_pairs(block)))?;
        }
    }
    Ok(())
}

/// All pairs of a file, sorted by id within each stored block.
pub(crate) fn of_file(conn: &Connection, file: i64) -> Result<Vec<(i64, u32)>> {
    let mut query = conn.prepare_cached("SELECT pairs FROM sighting WHERE file = ?1 ORDER BY id")?;
    let mut rows = query.query([file])?;
    let mut pairs = Vec::new();
    while let Some(row) = rows.next()? {
        pairs.extend(unpack_pairs(row.get_ref(0)?.as_blob().map_err(|_| crate::StoreError::Unreadable)?)?);
    }
    Ok(pairs)
}

/// Files that hold a record.
pub(crate) fn files_with(conn: &Connection, id: i64) -> Result<Vec<i64>> {
    let mut query = conn
        .prepare_cached("SELECT file, pairs FROM sighting WHERE first <= ?1 AND last >= ?1 ORDER BY file")?;
    let mut rows = query.query([id])?;
    let mut files = Vec::new();
    while let Some(row) = rows.next()? {
        let pairs = unpack_pairs(row.get_ref(1)?.as_blob().map_err(|_| crate::StoreError::Unreadable)?)?;
        if pairs.binary_search_by_key(&id, |pair| pair.0).is_ok() {
            files.push(row.get(0)?);
        }
    }
    files.dedup();
    Ok(files)
}
