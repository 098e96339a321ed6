//! One fact told by two sources: a play in account data (to the minute) and in the extended history (to the second) is one record.
//!
//! The key's own order does the matching. Recipes of one fact have the same natural key and work out the same start, so both
//! tellings have the same hash and lie within one minute: the rough one at its beginning. Whichever comes first, the precise one's values stand and both stay sighted.
//! No index of fingerprints is kept; `told` only says which recipes tell a fact, so that others pay nothing.

use crate::key::own_slot;
use crate::table::ingest::Ingest;
use crate::table::rollup::Deltas;
use crate::table::words::Words;
use crate::table::{import, removal, sighting};
use crate::{Result, StoreError, Write, pack};
use rusqlite::{Connection, OptionalExtension};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;
use thinline_model::{ContentHash, Precision, Record, Timestamp, When};

/// A rough time covers this many seconds.
const MINUTE: i64 = 60;

/// What an import has met of facts that other sources tell too.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    told: HashSet<Arc<str>>,
    /// Whether precise and rough tellings can be in the store.
    precise: bool,
    rough: bool,
    /// Whether this import brought precise ones.
    brought: bool,
}

impl Facts {
    pub fn load(conn: &Connection) -> Result<Self> {
        let has = |rank: u8| -> Result<bool> {
            Ok(conn
                .query_row("SELECT EXISTS (SELECT 1 FROM told WHERE rank = ?1)", [rank], |row| row.get(0))?)
        };
        Ok(Self { precise: has(0)?, rough: has(1)?, ..Self::default() })
    }

    /// Notes that the recipe of this record tells a fact. Called once for each group of records, and for each rough one.
    pub fn note(&mut self, conn: &Connection, record: &Record) -> Result<()> {
        let Some(fact) = &record.fact else { return Ok(()) };
        self.precise |= fact.rank == 0;
        self.brought |= fact.rank == 0;
        self.rough |= fact.rank > 0;
        if !self.told.contains(&record.recipe) {
            self.told.insert(Arc::clone(&record.recipe));
            conn.execute(
                "INSERT OR IGNORE INTO told (recipe, fact, rank) VALUES (?1, ?2, ?3)",
                (&*record.recipe, &*fact.name, fact.rank),
            )?;
        }
        Ok(())
    }

    /// The precise telling of a roughly told record, if one is stored.
    pub fn precise_one(&self, conn: &Connection, record: &Record) -> Result<Option<i64>> {
        let (Some(fact), When::Dated { at, .. }) = (&record.fact, record.when) else { return Ok(None) };
        if !self.precise || fact.rank == 0 {
            return Ok(None);
        }
        find(conn, at, record.hash.rest())
    }

    /// Whether rough tellings may have met their precise ones in this import.
    pub fn may_meet(&self) -> bool {
        self.brought && self.rough
    }
}

/// The first precise telling within the minute. Rough tellings with one hash are whole minutes apart, so none competes for it.
fn find(conn: &Connection, at: Timestamp, rest: u64) -> Result<Option<i64>> {
    let mut query = conn.prepare_cached(
        "SELECT id FROM record WHERE id >= ?1 AND id < ?2 AND hash48 = ?3 AND time / 8 = ?4 ORDER BY id LIMIT 1",
    )?;
    let range = (at.0 << 16, (at.0 + MINUTE) << 16, rest as i64, code(Precision::Second));
    Ok(query.query_row(range, |row| row.get(0)).optional()?)
}

/// The first precise telling within the minute of a rough one, apart from those that are going.
fn other_precise(conn: &Connection, record: &Record, going: &HashSet<i64>) -> Result<Option<i64>> {
    let (Some(fact), When::Dated { at, .. }) = (&record.fact, record.when) else { return Ok(None) };
    if fact.rank == 0 {
        return Ok(None);
    }
    let mut query = conn.prepare_cached(
        "SELECT id FROM record WHERE id >= ?1 AND id < ?2 AND hash48 = ?3 AND time / 8 = ?4 ORDER BY id",
    )?;
    let range = (at.0 << 16, (at.0 + MINUTE) << 16, record.hash.rest() as i64, code(Precision::Second));
    for id in query.query_map(range, |row| row.get(0))? {
        let id = id?;
        if !going.contains(&id) {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

/// The place of a record by its own hash. A rough telling takes the one beside it: one that begins on the full minute has the
/// second of its precise one, and the two must not be one row before they have met.
pub(crate) fn slot(record: &Record) -> i64 {
    let rank = record.fact.as_ref().map_or(0, |fact| fact.rank);
    own_slot(record.when, ContentHash(record.hash.0 ^ u64::from(rank)))
}

fn code(precision: Precision) -> i64 {
    Precision::ALL.iter().position(|one| *one == precision).map_or(-1, |at| at as i64)
}

/// Lets the rough tellings of an account go whose precise ones are there now; their sightings pass to those.
pub(crate) fn meet(write: &Write<'_>, account: i64) -> Result<()> {
    let conn = &*write.tx;
    let mut moved = BTreeMap::new();
    for (id, rest) in rough_ones(conn, account)? {
        if let Some(precise) = find(conn, Timestamp(id >> 16), rest)? {
            moved.insert(id, precise);
        }
    }
    replace(write, account, &moved)
}

/// Facets of recipes that tell facts precisely, if there are any that tell the same roughly.
pub(crate) fn precise_facets(conn: &Connection) -> Result<HashSet<u32>> {
    let mut query = conn.prepare(
        "SELECT f.id FROM facet f JOIN told t ON t.recipe = f.recipe
         WHERE t.rank = 0 AND EXISTS (SELECT 1 FROM told WHERE rank > 0)",
    )?;
    let rows = query.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

impl Write<'_> {
    /// Replaces records of an account by what a file of a standing import says of the same facts: (old id, row, new record).
    /// Used when the import that told them better was taken back.
    ///
    /// # Errors
    /// If they cannot be written.
    pub fn retell(&self, file: i64, told: &[(i64, u32, Record)]) -> Result<()> {
        let mut ingest = Ingest::standing(self, file)?;
        let account = ingest.account();
        let mut moved = BTreeMap::new();
        let going: HashSet<i64> = told.iter().map(|(old, ..)| *old).collect();
        for (old, row, record) in told {
            // Another precise telling of its minute may stand.
            let new = match other_precise(&self.tx, record, &going)? {
                Some(other) => Some(other),
                None => ingest.put(self, (file, *row), record)?,
            };
            if let Some(new) = new.filter(|new| new != old) {
                moved.insert(*old, new);
            }
        }
        replace(self, account, &moved)?;
        // What told them before may have named people whom nothing names any more.
        removal::forget_groups(&self.tx, account)
    }
}

/// Records that an earlier reading told roughly: (id, 48 bits).
fn rough_ones(conn: &Connection, account: i64) -> Result<Vec<(i64, u64)>> {
    let mut query = conn.prepare(
        "SELECT r.id, r.hash48 FROM facet f JOIN told t ON t.recipe = f.recipe JOIN record r ON r.facet = f.id
         WHERE f.account = ?1 AND t.rank > 0 AND r.time / 8 = ?2 AND r.id > 0 ORDER BY r.id",
    )?;
    let rows = query.query_map((account, code(Precision::Minute)), |row| {
        Ok((row.get(0)?, row.get::<_, i64>(1)? as u64))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Deletes records and gives their sightings to those that stand for them.
pub(crate) fn replace(write: &Write<'_>, account: i64, moved: &BTreeMap<i64, i64>) -> Result<()> {
    let conn = &*write.tx;
    let (Some((first, _)), Some((last, _))) = (moved.first_key_value(), moved.last_key_value()) else {
        return Ok(());
    };
    let mut deltas = Deltas::default();
    let words = Words::for_going(conn, moved.len())?;
    for id in moved.keys() {
        let gone = removal::remove_record(conn, *id, indexed(conn, *id)?.then_some(&words))?;
        deltas.add(&write.zone, *id, gone.facet, -1);
    }
    words.settle(conn)?;
    deltas.write(conn)?;
    let mut imports: BTreeSet<i64> = BTreeSet::new();
    for file in files_between(conn, account, *first, *last, moved)? {
        let mut pairs = sighting::of_file(conn, file)?;
        for pair in &mut pairs {
            pair.0 = moved.get(&pair.0).copied().unwrap_or(pair.0);
        }
        conn.execute("DELETE FROM sighting WHERE file = ?1", [file])?;
        sighting::write(conn, file, &mut pairs)?;
        imports.insert(
            conn.query_row("SELECT import FROM import_file WHERE id = ?1", [file], |row| row.get(0))?,
        );
    }
    // Two records of one import can have become one.
    imports.into_iter().try_for_each(|import| import::count_anew(conn, import))
}

/// Whether the words of a record are in the index: those of a running import are not yet.
fn indexed(conn: &Connection, id: i64) -> Result<bool> {
    let mut query = conn.prepare_cached(
        "SELECT i.indexed FROM record r JOIN import_file f ON f.id = r.file JOIN import i ON i.id = f.import WHERE r.id = ?1",
    )?;
    Ok(query.query_row([id], |row| row.get(0))?)
}

/// Files of an account that hold one of the records.
fn files_between(
    conn: &Connection,
    account: i64,
    first: i64,
    last: i64,
    moved: &BTreeMap<i64, i64>,
) -> Result<Vec<i64>> {
    let mut query = conn.prepare(
        "SELECT s.file, s.pairs FROM sighting s JOIN import_file f ON f.id = s.file JOIN import i ON i.id = f.import
         WHERE i.account = ?1 AND s.first <= ?3 AND s.last >= ?2 ORDER BY s.file",
    )?;
    let mut rows = query.query((account, first, last))?;
    let mut files = Vec::new();
    while let Some(row) = rows.next()? {
        let file: i64 = row.get(0)?;
        let pairs = row.get_ref(1)?.as_blob().map_err(|_| StoreError::Unreadable)?;
        if files.last() != Some(&file)
            && pack::unpack_pairs(pairs)?.iter().any(|(id, _)| moved.contains_key(id))
        {
            files.push(file);
        }
    }
    Ok(files)
}
