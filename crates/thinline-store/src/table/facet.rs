//! Facets: what a group of records shares. A filter is a set of facet ids.
//!
//! What would surprise: hiding is part of it. A hidden record carries the twin of its facet, so that lists and counts leave
//! it out without looking at records.

use crate::table::rollup;
use crate::{Read, Result, StoreError};
use rusqlite::{Connection, OptionalExtension, Statement};
use thinline_model::{Category, Kind, Origin, Party, Sensitivity};

/// One facet with the number of its records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetRow {
    /// Id, as in records and roll-ups.
    pub id: u32,
    /// Service id, or `all-sites`.
    pub service: String,
    /// Account row, or 0.
    pub account: i64,
    /// Person row, or 0.
    pub person: i64,
    /// Kind.
    pub kind: Kind,
    /// Origin.
    pub origin: Origin,
    /// Category.
    pub category: Category,
    /// `service/name`, or empty for own records.
    pub recipe: String,
    /// Party.
    pub party: Party,
    /// Sensitivity.
    pub sensitivity: Sensitivity,
    /// Whether the person hid its records.
    pub hidden: bool,
    /// Records, by the roll-up.
    pub count: u64,
}

/// What makes a facet, as core and ingest know it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct FacetKey<'a> {
    pub service: &'a str,
    pub account: i64,
    pub person: i64,
    pub kind: Kind,
    pub origin: Origin,
    pub category: Category,
    pub recipe: &'a str,
    pub party: Party,
    pub sensitivity: Sensitivity,
    pub hidden: bool,
}

pub(crate) fn facet_id(conn: &Connection, key: &FacetKey<'_>) -> Result<u32> {
    let values = (
        key.service,
        key.account,
        key.person,
        key.kind.id(),
        key.origin.id(),
        key.category.id(),
        key.recipe,
        key.party.id(),
        key.sensitivity.level(),
        key.hidden,
    );
    let found = conn
        .query_row(
            "SELECT id FROM facet WHERE service = ?1 AND account = ?2 AND person = ?3 AND kind = ?4 AND origin = ?5
             AND category = ?6 AND recipe = ?7 AND party = ?8 AND sensitivity = ?9 AND hidden = ?10",
            values,
            |row| row.get(0),
        )
        .optional()?;
    if let Some(id) = found {
        return Ok(id);
    }
    conn.execute(
        "INSERT INTO facet (service, account, person, kind, origin, category, recipe, party, sensitivity, hidden)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        values,
    )?;
    u32::try_from(conn.last_insert_rowid()).map_err(|_| StoreError::Unreadable)
}

/// The facet with the same values that is hidden, or shown; made if there is none yet.
pub(crate) fn twin(conn: &Connection, facet: u32, hidden: bool) -> Result<u32> {
    let values = "service, account, person, kind, origin, category, recipe, party, sensitivity";
    conn.execute(
        &format!(
            "INSERT OR IGNORE INTO facet ({values}, hidden) SELECT {values}, ?2 FROM facet WHERE id = ?1"
        ),
        (facet, hidden),
    )?;
    let found = conn.query_row(
        "SELECT b.id FROM facet a JOIN facet b ON b.service = a.service AND b.account = a.account AND b.person = a.person
         AND b.kind = a.kind AND b.origin = a.origin AND b.category = a.category AND b.recipe = a.recipe
         AND b.party = a.party AND b.sensitivity = a.sensitivity AND b.hidden = ?2 WHERE a.id = ?1",
        (facet, hidden),
        |row| row.get(0),
    )?;
    Ok(found)
}

impl Read<'_> {
    /// Every facet that has records.
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn facets(&self) -> Result<Vec<FacetRow>> {
        let counts = rollup::by_facet(self.conn)?;
        let mut facets = self.facet_table()?;
        facets.retain_mut(|facet| {
            facet.count = counts.get(&facet.id).copied().unwrap_or(0);
            facet.count > 0
        });
        Ok(facets)
    }
}

impl Read<'_> {
    /// Every facet ever used, without its count (0): cheap, for reading pages.
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn facet_table(&self) -> Result<Vec<FacetRow>> {
        let mut query = self.conn.prepare_cached(
            "SELECT id, service, account, person, kind, origin, category, recipe, party, sensitivity, hidden, 0 FROM facet
             ORDER BY id",
        )?;
        read_facets(&mut query)
    }
}

fn read_facets(query: &mut Statement<'_>) -> Result<Vec<FacetRow>> {
    let mut rows = query.query([])?;
    let mut facets = Vec::new();
    while let Some(row) = rows.next()? {
        facets.push(read_facet(row)?);
    }
    Ok(facets)
}

fn read_facet(row: &rusqlite::Row<'_>) -> Result<FacetRow> {
    let word = |at: usize| -> Result<String> { Ok(row.get(at)?) };
    let unreadable = |_| StoreError::Unreadable;
    Ok(FacetRow {
        id: row.get(0)?,
        service: row.get(1)?,
        account: row.get(2)?,
        person: row.get(3)?,
        kind: Kind::parse(&word(4)?).map_err(unreadable)?,
        origin: Origin::parse(&word(5)?).map_err(unreadable)?,
        category: Category::parse(&word(6)?).map_err(unreadable)?,
        recipe: row.get(7)?,
        party: Party::parse(&word(8)?).map_err(unreadable)?,
        sensitivity: Sensitivity::from_level(row.get(9)?).map_err(unreadable)?,
        hidden: row.get(10)?,
        count: row.get::<_, i64>(11)?.unsigned_abs(),
    })
}
