//! Original rows: what a row looked like in its file, for the side sheet and for making records anew.
//!
//! Rows are packed in blocks, and a block is kept once: a file that is imported again, in another archive, points to the blocks
//! that are there. Blocks are found by a hash of 128 bits whose seed lies in the database: nobody can make one stand for another.
//! What would surprise: `row` carries its part in the upper bits, so that two lists of one file do not meet.

use crate::pack::{self, Packer, RowBlock};
use crate::{Read, Result, StoreError};
use rusqlite::{Connection, OptionalExtension};
use std::collections::{BTreeSet, HashMap};
use xxhash_rust::xxh3::xxh3_128_with_seed;

/// Rows of one part that have a place of their own; later ones share the last.
const ROWS_PER_PART: u32 = 1 << 27;

/// The number of a row inside its file: its part (a list of the file) and its place there, 1-based.
pub fn row_of(part: u32, number: u32) -> u32 {
    (part.min(31) << 27) | number.min(ROWS_PER_PART - 1)
}

/// The 1-based place of a row in its part.
pub fn number_of(row: u32) -> u32 {
    row & (ROWS_PER_PART - 1)
}

/// The part of a row.
pub fn part_of(row: u32) -> u32 {
    row >> 27
}

/// Collects the original rows of a file that is being read.
pub(crate) struct Originals {
    file: i64,
    parts: Vec<RowBlock>,
    packer: Packer,
}

impl Originals {
    pub fn new(file: i64) -> Result<Self> {
        Ok(Self { file, parts: Vec::new(), packer: Packer::new()? })
    }

    pub fn push(&mut self, conn: &Connection, part: u32, number: u32, bytes: &[u8]) -> Result<()> {
        let at = part.min(31) as usize;
        if self.parts.len() <= at {
            self.parts.resize_with(at + 1, RowBlock::default);
        }
        let block = &mut self.parts[at];
        block.push(row_of(part, number), bytes);
        if block.is_full() { write(conn, self.file, block, &mut self.packer) } else { Ok(()) }
    }

    pub fn finish(&mut self, conn: &Connection) -> Result<()> {
        let Self { file, parts, packer } = self;
        parts.iter_mut().try_for_each(|block| write(conn, *file, block, packer))
    }
}

fn write(conn: &Connection, file: i64, block: &mut RowBlock, packer: &mut Packer) -> Result<()> {
    let Some(first) = block.first() else { return Ok(()) };
    let kept = keep(conn, block.raw(), packer)?;
    conn.prepare_cached("INSERT OR REPLACE INTO original (id, block) VALUES (?1, ?2)")?
        .execute(((file << 32) | i64::from(first), kept))?;
    block.clear();
    Ok(())
}

/// The id of the block with this content, stored now if it is new.
fn keep(conn: &Connection, raw: &[u8], packer: &mut Packer) -> Result<i64> {
    let hash = hash(conn, raw)?;
    let mut known = conn.prepare_cached("SELECT id FROM block WHERE hash = ?1")?;
    if let Some(id) = known.query_row([hash], |row| row.get(0)).optional()? {
        return Ok(id);
    }
    conn.prepare_cached("INSERT INTO block (hash, data) VALUES (?1, ?2)")?
        .execute((hash, packer.pack(raw)?))?;
    Ok(conn.last_insert_rowid())
}

/// 128 bits, so that no two blocks meet by chance; under a number that only this database knows, so that none are made to.
fn hash(conn: &Connection, raw: &[u8]) -> Result<[u8; 16]> {
    let mut seed = conn.prepare_cached("SELECT value FROM meta WHERE key = 'block-seed'")?;
    let seed: [u8; 8] = seed.query_row([], |row| row.get(0)).optional()?.ok_or(StoreError::Damaged)?;
    Ok(xxh3_128_with_seed(raw, u64::from_le_bytes(seed)).to_be_bytes())
}

/// The block of a file that would hold a row: (id in `original`, block).
fn block_at(conn: &Connection, file: i64, row: u32) -> Result<Option<(i64, i64)>> {
    let mut query = conn.prepare_cached(
        "SELECT id, block FROM original WHERE id <= ?1 AND id >= ?2 ORDER BY id DESC LIMIT 1",
    )?;
    // Blocks hold rows of one part only: one of the part before does not hold this row.
    let low = (file << 32) | i64::from(row_of(part_of(row), 0));
    let found = query.query_row(((file << 32) | i64::from(row), low), |r| Ok((r.get(0)?, r.get(1)?)));
    Ok(found.optional()?)
}

fn raw_block(conn: &Connection, block: i64) -> Result<Vec<u8>> {
    let data: Vec<u8> = conn
        .prepare_cached("SELECT data FROM block WHERE id = ?1")?
        .query_row([block], |row| row.get(0))
        .optional()?
        .ok_or(StoreError::Damaged)?;
    pack::unpack_block(&data)
}

/// Deletes the original rows of files; blocks that no other file points to go as well.
pub(crate) fn remove_files(conn: &Connection, files: &[i64]) -> Result<()> {
    let mut blocks = BTreeSet::new();
    for file in files {
        let span = (file << 32, (file + 1) << 32);
        let mut query = conn.prepare_cached("SELECT block FROM original WHERE id >= ?1 AND id < ?2")?;
        for block in query.query_map(span, |row| row.get(0))? {
            blocks.insert(block?);
        }
        conn.prepare_cached("DELETE FROM original WHERE id >= ?1 AND id < ?2")?.execute(span)?;
    }
    drop_unused(conn, &blocks)
}

fn drop_unused(conn: &Connection, blocks: &BTreeSet<i64>) -> Result<()> {
    let mut delete = conn.prepare_cached(
        "DELETE FROM block WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM original WHERE block = ?1)",
    )?;
    for block in blocks {
        delete.execute([block])?;
    }
    Ok(())
}

/// Takes rows out of the blocks of a file. The others of those blocks are packed anew.
pub(crate) fn remove_rows(conn: &Connection, file: i64, rows: &[u32]) -> Result<()> {
    let rows: BTreeSet<u32> = rows.iter().copied().collect();
    let mut packer = Packer::new()?;
    let mut touched = BTreeSet::new();
    for row in &rows {
        touched.extend(block_at(conn, file, *row)?);
    }
    for (place, block) in &touched {
        let raw = raw_block(conn, *block)?;
        let mut rest = RowBlock::default();
        for (row, bytes) in pack::rows_of_block(&raw)? {
            if !rows.contains(&row) {
                rest.push(row, bytes);
            }
        }
        conn.prepare_cached("DELETE FROM original WHERE id = ?1")?.execute([place])?;
        write(conn, file, &mut rest, &mut packer)?;
    }
    drop_unused(conn, &touched.into_iter().map(|(_, block)| block).collect())
}

impl Read<'_> {
    /// The original row of a file, if originals were kept. `row` is as records carry it.
    ///
    /// # Errors
    /// `Damaged` if its block does not unpack.
    pub fn original(&self, file: i64, row: u32) -> Result<Option<Vec<u8>>> {
        let Some((_, block)) = block_at(self.conn, file, row)? else { return Ok(None) };
        let raw = raw_block(self.conn, block)?;
        let found = pack::rows_of_block(&raw)?.into_iter().find(|(at, _)| *at == row);
        Ok(found.map(|(_, bytes)| bytes.to_vec()))
    }

    /// Original rows of a file, for as many as were kept. Given in rising order, each block is unpacked once.
    ///
    /// # Errors
    /// `Damaged` if a block does not unpack.
    pub fn originals(&self, file: i64, rows: &[u32]) -> Result<Vec<Option<Vec<u8>>>> {
        let mut open: Option<(i64, HashMap<u32, Vec<u8>>)> = None;
        let mut found = Vec::with_capacity(rows.len());
        for row in rows {
            let Some((_, block)) = block_at(self.conn, file, *row)? else {
                found.push(None);
                continue;
            };
            if open.as_ref().is_none_or(|(id, _)| *id != block) {
                let raw = raw_block(self.conn, block)?;
                let held = pack::rows_of_block(&raw)?;
                open = Some((block, held.into_iter().map(|(at, bytes)| (at, bytes.to_vec())).collect()));
            }
            // Two records can come from one row.
            found.push(open.as_ref().and_then(|(_, held)| held.get(row).cloned()));
        }
        Ok(found)
    }
}
