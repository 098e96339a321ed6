//! Taking in what an import reads: places for records, known or new, sightings, originals, daily counts.
//!
//! A batch is one transaction. Records are inserted in ascending order of their place, which is what keeps the table small.
//! What would surprise: a record whose slot is taken by another one gets the next free slot of its second and is listed in
//! `displaced`; look-up is always own slot first, then that list, so a row is never stored twice after deletions.

use crate::key::time_code;
use crate::table::facet::{FacetKey, facet_id};
use crate::table::facts::{self, Facts};
use crate::table::original::{Originals, row_of};
use crate::table::places::Places;
use crate::table::record::{
    SEPARATOR, Values, index, indexer, insert, inserter, pack_url, push_value, shape_id, shape_text,
};
use crate::table::rollup::{self, Deltas};
use crate::table::rule::Hiding;
use crate::table::{import, person, sighting};
use crate::{NewImport, Result, Store, Write, pack};
use rusqlite::{CachedStatement, Connection};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::Arc;
use thinline_model::{
    Category, Certainty, DetailShape, Kind, Origin, Party, Precision, Record, Sensitivity, When,
};

/// Rows of one file, in file order, with what they gave.
#[derive(Debug, Default)]
pub struct Batch {
    /// The rows.
    pub rows: Vec<BatchRow>,
    /// Records of all rows, in row order.
    pub records: Vec<Record>,
    /// Original bytes of all rows.
    pub originals: Vec<u8>,
}

/// One row of a batch.
#[derive(Debug, Clone, Copy)]
pub struct BatchRow {
    /// Part of the file (a list inside it).
    pub part: u32,
    /// Row number.
    pub row: u32,
    /// How many of the batch's records are this row's.
    pub records: u32,
    /// How many of the batch's original bytes are this row's.
    pub original: u32,
}

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowFate {
    /// It gave at least one new record.
    Read,
    /// Everything it says was there, from another file or import.
    Known,
    /// The same file says the same already.
    Repeated,
    /// Its second holds more records than can be told apart. Thousands of rows with one and the same time are a default
    /// value, not a history.
    Crowded,
}

/// What a file held, for the list of its import.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FileTally {
    /// Distinct records that it holds.
    pub records: u64,
}

/// From when to when a category is covered, and on which days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// First dated second.
    pub first: i64,
    /// Last dated second.
    pub last: i64,
    /// Days (UTC, since 1970) that hold a record.
    pub days: BTreeSet<i32>,
    latest: i32,
}

/// A running import.
pub struct Ingest {
    import: i64,
    account: i64,
    service: String,
    as_of: i64,
    first_file: i64,
    fresh: Fresh,
    facts: Facts,
    keep_originals: bool,
    persons: HashMap<Arc<str>, i64>,
    facets: HashMap<FacetCacheKey, u32>,
    shapes: Vec<(Arc<DetailShape>, i64)>,
    last_facet: Option<(FacetCacheKey, u32)>,
    displaced: HashMap<i64, Vec<i64>>,
    hiding: Hiding,
    coverage: BTreeMap<Category, Span>,
    file: Option<OpenFile>,
    detail: String,
}

struct OpenFile {
    id: i64,
    pairs: Vec<(i64, u32)>,
    seen: HashSet<i64, Spread>,
    originals: Originals,
    rough: bool,
}

/// Places are hash bits already: one multiplication spreads them enough.
type Spread = BuildHasherDefault<Multiply>;

#[derive(Default)]
struct Multiply(u64);

impl Hasher for Multiply {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_i64(i64::from(*byte));
        }
    }

    fn write_i64(&mut self, n: i64) {
        let mixed = (self.0 ^ n as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = mixed ^ (mixed >> 32);
    }
}

type FacetCacheKey = (i64, Kind, Origin, Category, Arc<str>, Party, Sensitivity);

impl Ingest {
    /// Starts an import; its row is `open` until [`Ingest::finish`].
    ///
    /// # Errors
    /// If the store cannot be written.
    pub fn begin(store: &Store, new: &NewImport<'_>, keep_originals: bool) -> Result<Self> {
        let (import, account) = store.write(|write| import::begin(&write.tx, new))?;
        store.read(|read| Self::of(read.conn, (import, account), new.service, new.as_of, keep_originals))
    }

    /// An import that has ended, whose files are to give some records once more.
    pub(crate) fn standing(write: &Write<'_>, file: i64) -> Result<Self> {
        let conn = &*write.tx;
        let (import, account, service, as_of) = conn.query_row(
            "SELECT i.id, i.account, i.service, i.as_of FROM import_file f JOIN import i ON i.id = f.import WHERE f.id = ?1",
            [file],
            |row| Ok((row.get(0)?, row.get(1)?, row.get::<_, String>(2)?, row.get(3)?)),
        )?;
        Self::of(conn, (import, account), &service, as_of, false)
    }

    fn of(
        conn: &Connection,
        (import, account): (i64, i64),
        service: &str,
        as_of: i64,
        keep_originals: bool,
    ) -> Result<Self> {
        Ok(Self {
            import,
            account,
            service: service.to_owned(),
            as_of,
            first_file: i64::MAX,
            fresh: Fresh::default(),
            facts: Facts::load(conn)?,
            keep_originals,
            persons: HashMap::new(),
            facets: HashMap::new(),
            shapes: Vec::new(),
            last_facet: None,
            displaced: all_displaced(conn)?,
            hiding: Hiding::load(conn, service)?,
            coverage: BTreeMap::new(),
            file: None,
            detail: String::new(),
        })
    }

    /// The import's id.
    pub fn id(&self) -> i64 {
        self.import
    }

    /// Starts a file. The one before must be closed.
    ///
    /// # Errors
    /// If the store cannot be written.
    pub fn open_file(&mut self, store: &Store, path: &str) -> Result<()> {
        let id = store.write(|write| import::add_file(&write.tx, self.import, path))?;
        self.first_file = self.first_file.min(id);
        self.file = Some(OpenFile {
            id,
            pairs: Vec::new(),
            seen: HashSet::default(),
            originals: Originals::new(id)?,
            rough: false,
        });
        Ok(())
    }

    /// Takes in a batch of the open file, in one transaction; answers a fate per row.
    ///
    /// # Errors
    /// If the store cannot be written; nothing of the batch stands then.
    pub fn batch(&mut self, store: &Store, batch: &Batch) -> Result<Vec<RowFate>> {
        let Some(mut file) = self.file.take() else { return Err(crate::StoreError::Missing) };
        let fates = store.write(|write| self.take_in(write, &mut file, batch));
        self.file = Some(file);
        fates
    }

    /// Ends the open file: what it holds is written down.
    ///
    /// # Errors
    /// If the store cannot be written.
    pub fn close_file(&mut self, store: &Store, header: &str) -> Result<FileTally> {
        let Some(mut file) = self.file.take() else { return Ok(FileTally::default()) };
        let records = file.pairs.len() as u64;
        store.write(|write| {
            file.originals.finish(&write.tx)?;
            import::end_file(&write.tx, file.id, header, file.rough)?;
            sighting::write(&write.tx, file.id, &mut file.pairs)
        })?;
        Ok(FileTally { records })
    }

    /// Ends the import inside `write`: indexes its words in one ascending pass and marks it done.
    ///
    /// # Errors
    /// If the store cannot be written.
    pub fn finish(&self, write: &Write<'_>, report: &str) -> Result<()> {
        let conn = &*write.tx;
        if self.facts.may_meet() {
            facts::meet(write, self.account)?;
        }
        self.fresh.index(conn, self.import, self.first_file)?;
        for (category, span) in &self.coverage {
            conn.execute(
                "INSERT INTO coverage (import, category, first, last, days) VALUES (?1, ?2, ?3, ?4, ?5)",
                (
                    self.import,
                    category.id(),
                    span.first,
                    span.last,
                    pack::pack_days(span.days.iter().copied()),
                ),
            )?;
        }
        person::settle_whose(conn, self.account)?;
        import::finish(conn, self.import, report)
    }

    fn take_in(&mut self, write: &Write<'_>, file: &mut OpenFile, batch: &Batch) -> Result<Vec<RowFate>> {
        let conn = &*write.tx;
        let owners = owners(batch);
        let mut order: Vec<(i64, u32)> =
            batch.records.iter().enumerate().map(|(at, r)| (facts::slot(r), at as u32)).collect();
        order.sort_unstable();
        let mut places = Places::new(conn, &order)?;
        let mut inserter = inserter(conn)?;
        let mut deltas = Deltas::default();
        let mut fates = vec![RowFate::Repeated; batch.rows.len()];
        for &(slot, at) in &order {
            let record = &batch.records[at as usize];
            let owner = owners[at as usize] as usize;
            let row = row_of(batch.rows[owner].part, batch.rows[owner].row);
            if record.fact.as_ref().is_some_and(|fact| fact.rank > 0) {
                // Also if all that it tells is known already: the precise source can go before this one does.
                file.rough = true;
                self.facts.note(conn, record)?;
            }
            let told = self.facts.precise_one(conn, record)?;
            let place = match told {
                Some(id) => Some((id, false)),
                None => places.find(conn, slot, record.hash.rest(), &mut self.displaced)?,
            };
            let Some((id, new)) = place else {
                fates[owner] = stronger(fates[owner], RowFate::Crowded);
                continue;
            };
            if new {
                let facet = self.insert(conn, &mut inserter, (file.id, row), id, record)?;
                deltas.add(&write.zone, id, facet, 1);
            }
            self.cover(record);
            let fate = if !file.seen.insert(id) {
                RowFate::Repeated
            } else {
                file.pairs.push((id, row));
                if new { RowFate::Read } else { RowFate::Known }
            };
            fates[owner] = stronger(fates[owner], fate);
        }
        deltas.write(conn)?;
        if self.keep_originals {
            keep_originals(conn, file, batch, &fates)?;
        }
        Ok(fates)
    }

    pub(crate) fn account(&self) -> i64 {
        self.account
    }

    /// Stores one record with its words and counts, unless it is there; answers its place, if its second is not crowded.
    pub(crate) fn put(
        &mut self,
        write: &Write<'_>,
        source: (i64, u32),
        record: &Record,
    ) -> Result<Option<i64>> {
        let conn = &*write.tx;
        let slot = facts::slot(record);
        let place =
            Places::new(conn, &[(slot, 0)])?.find(conn, slot, record.hash.rest(), &mut self.displaced)?;
        if let Some((id, true)) = place {
            let facet = self.insert(conn, &mut inserter(conn)?, source, id, record)?;
            index(&mut indexer(conn)?, id, &record.title, &record.by, &record.counterparty)?;
            let mut deltas = Deltas::default();
            deltas.add(&write.zone, id, facet, 1);
            deltas.write(conn)?;
        }
        Ok(place.map(|(id, _)| id))
    }

    fn insert(
        &mut self,
        conn: &Connection,
        inserter: &mut CachedStatement<'_>,
        (file, row): (i64, u32),
        id: i64,
        record: &Record,
    ) -> Result<u32> {
        let facet = self.facet(conn, record)?;
        let facet = self.hiding.facet(conn, facet, record)?;
        let shape = self.shape(conn, &record.shape)?;
        self.fresh.add(id);
        self.detail.clear();
        for (at, value) in record.detail.iter().enumerate() {
            if at > 0 {
                self.detail.push(SEPARATOR);
            }
            push_value(&mut self.detail, value);
        }
        // Missing values at the end need no separators.
        self.detail.truncate(self.detail.trim_end_matches(SEPARATOR).len());
        insert(
            inserter,
            &Values {
                id,
                facet,
                rest: record.hash.rest(),
                time: time_code(record.when),
                file,
                row,
                shape,
                as_of: if matches!(record.when, When::Undated) { self.as_of } else { 0 },
                title: &record.title,
                by: &record.by,
                counterparty: &record.counterparty,
                url: &pack_url(&record.url),
                raw: raw_time(record),
                detail: &self.detail,
            },
        )?;
        Ok(facet)
    }

    fn facet(&mut self, conn: &Connection, r: &Record) -> Result<u32> {
        let person = match &r.person {
            None => 0,
            Some(name) => match self.persons.get(name) {
                Some(id) => *id,
                None => {
                    let id = person::person_id(conn, self.account, name)?;
                    self.persons.insert(Arc::clone(name), id);
                    id
                }
            },
        };
        if let Some((last, id)) = &self.last_facet
            && (last.0, last.1, last.2, last.3, last.5, last.6)
                == (person, r.kind, r.origin, r.category, r.party, r.sensitivity)
            && Arc::ptr_eq(&last.4, &r.recipe)
        {
            return Ok(*id);
        }
        self.facts.note(conn, r)?;
        let cached = (person, r.kind, r.origin, r.category, Arc::clone(&r.recipe), r.party, r.sensitivity);
        if let Some(id) = self.facets.get(&cached) {
            self.last_facet = Some((cached, *id));
            return Ok(*id);
        }
        let id = facet_id(
            conn,
            &FacetKey {
                service: &self.service,
                account: self.account,
                person,
                kind: r.kind,
                origin: r.origin,
                category: r.category,
                recipe: &r.recipe,
                party: r.party,
                sensitivity: r.sensitivity,
                hidden: false,
            },
        )?;
        self.facets.insert(cached, id);
        Ok(id)
    }

    fn shape(&mut self, conn: &Connection, shape: &Arc<DetailShape>) -> Result<i64> {
        // One per recipe: a handful, and the same one again and again.
        if let Some((_, id)) = self.shapes.iter().rev().find(|(known, _)| Arc::ptr_eq(known, shape)) {
            return Ok(*id);
        }
        let id = shape_id(conn, &shape_text(shape))?;
        self.shapes.push((Arc::clone(shape), id));
        Ok(id)
    }

    fn cover(&mut self, record: &Record) {
        let When::Dated { at, .. } = record.when else { return };
        let day = at.0.div_euclid(86_400) as i32;
        let span = self.coverage.entry(record.category).or_insert_with(|| Span {
            first: at.0,
            last: at.0,
            days: BTreeSet::from([day]),
            latest: day,
        });
        (span.first, span.last) = (span.first.min(at.0), span.last.max(at.0));
        // Records come in order of time: most are of the day of the one before.
        if span.latest != day {
            span.latest = day;
            span.days.insert(day);
        }
    }

    /// What is covered per category, so far.
    pub fn coverage(&self) -> &BTreeMap<Category, Span> {
        &self.coverage
    }
}

/// The records that an import added: how many, and between which places.
#[derive(Debug)]
struct Fresh {
    count: u64,
    lowest: i64,
    highest: i64,
}

impl Default for Fresh {
    fn default() -> Self {
        Self { count: 0, lowest: i64::MAX, highest: i64::MIN }
    }
}

impl Fresh {
    fn add(&mut self, id: i64) {
        self.count += 1;
        (self.lowest, self.highest) = (self.lowest.min(id), self.highest.max(id));
    }

    /// Adds their words to the index. Most imports fill their stretch of the table: it is walked once, in order. One whose few
    /// records lie scattered among many others is looked up record by record instead.
    fn index(&self, conn: &Connection, import: i64, first_file: i64) -> Result<()> {
        if self.count == 0 {
            return Ok(());
        }
        if self.count.saturating_mul(SCATTERED) >= rollup::total(conn)? {
            return index_range(conn, self.lowest, self.highest, first_file);
        }
        let mut ids = Vec::new();
        let mut files = conn.prepare_cached("SELECT id FROM import_file WHERE import = ?1")?;
        for file in files.query_map([import], |row| row.get(0))? {
            ids.extend(sighting::of_file(conn, file?)?.into_iter().map(|(id, _)| id));
        }
        ids.sort_unstable();
        ids.dedup();
        for id in ids {
            index_range(conn, id, id, first_file)?;
        }
        Ok(())
    }
}

/// With this many stored records for each new one, looking up is faster than walking.
const SCATTERED: u64 = 16;

fn all_displaced(conn: &Connection) -> Result<HashMap<i64, Vec<i64>>> {
    let mut query = conn.prepare("SELECT home, id FROM displaced")?;
    let mut rows = query.query([])?;
    let mut all: HashMap<i64, Vec<i64>> = HashMap::new();
    while let Some(row) = rows.next()? {
        all.entry(row.get(0)?).or_default().push(row.get(1)?);
    }
    Ok(all)
}

/// For each record of a batch, the index of its row.
fn owners(batch: &Batch) -> Vec<u32> {
    let mut owners = Vec::with_capacity(batch.records.len());
    for (at, row) in batch.rows.iter().enumerate() {
        owners.extend(std::iter::repeat_n(at as u32, row.records as usize));
    }
    owners
}

fn stronger(a: RowFate, b: RowFate) -> RowFate {
    match (a, b) {
        (RowFate::Read, _) | (_, RowFate::Read) => RowFate::Read,
        (RowFate::Known, _) | (_, RowFate::Known) => RowFate::Known,
        (RowFate::Crowded, _) | (_, RowFate::Crowded) => RowFate::Crowded,
        _ => RowFate::Repeated,
    }
}

/// The written time is kept only where the second does not say it all.
fn raw_time(record: &Record) -> &str {
    match record.when {
        When::Dated {
            precision: Precision::Second,
            certainty: Certainty::Explicit | Certainty::Documented,
            ..
        } => "",
        _ => &record.raw_time,
    }
}

fn keep_originals(conn: &Connection, file: &mut OpenFile, batch: &Batch, fates: &[RowFate]) -> Result<()> {
    let mut start = 0;
    for (row, fate) in batch.rows.iter().zip(fates) {
        let end = start + row.original as usize;
        if row.records > 0 && row.original > 0 && !matches!(fate, RowFate::Repeated | RowFate::Crowded) {
            let bytes = batch.originals.get(start..end).unwrap_or_default();
            file.originals.push(conn, row.part, row.row, bytes)?;
        }
        start = end;
    }
    Ok(())
}

fn index_range(conn: &Connection, low: i64, high: i64, first_file: i64) -> Result<()> {
    let mut query = conn.prepare_cached(
        "SELECT id, title, by, counterparty FROM record WHERE id BETWEEN ?1 AND ?2 AND file >= ?3 ORDER BY id",
    )?;
    let mut rows = query.query((low, high, first_file))?;
    let unreadable = |_| crate::StoreError::Unreadable;
    let mut indexer = indexer(conn)?;
    while let Some(row) = rows.next()? {
        let text = |at: usize| row.get_ref(at)?.as_str().map_err(unreadable);
        index(&mut indexer, row.get(0)?, text(1)?, text(2)?, text(3)?)?;
    }
    Ok(())
}
