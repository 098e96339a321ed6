//! Pages of the timeline by key: never by offset, never counting.
//!
//! Without a filter a page is a walk along the primary key. With one, each facet's own order (index `record_by_facet`) is
//! walked lazily and the newest of all is taken next: a page costs one seek per facet, wherever its rows lie.

use crate::{Read, RecordRow, Result, StoreError};
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashSet};

/// Which facets count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FacetSet {
    /// All of them.
    All,
    /// These only.
    Only(Vec<u32>),
}

impl FacetSet {
    pub(crate) fn lookup(&self) -> Option<HashSet<u32>> {
        match self {
            Self::All => None,
            Self::Only(ids) => Some(ids.iter().copied().collect()),
        }
    }
}

/// Towards older or newer records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Ids fall.
    Older,
    /// Ids rise.
    Newer,
}

/// A question for one page.
#[derive(Debug, Clone)]
pub struct PageQuery<'a> {
    /// Which facets.
    pub facets: &'a FacetSet,
    /// Lowest id that may be in it.
    pub low: i64,
    /// The id after the highest that may be in it.
    pub high: i64,
    /// Which way to go from `high` (older) or `low` (newer).
    pub way: Way,
    /// Words to find; empty for none.
    pub search: &'a str,
    /// Records at most.
    pub limit: usize,
}

/// A record of a page: its place.
pub type Hit = i64;

impl Read<'_> {
    /// Ids of a page, newest first whichever way it was found.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn page_ids(&self, query: &PageQuery<'_>) -> Result<Vec<Hit>> {
        let mut ids = match (self.match_expression(query.search)?, query.facets) {
            (Some(expression), _) => self.page_by_words(query, &expression)?,
            (None, _) if !query.search.trim().is_empty() => Vec::new(),
            (None, FacetSet::All) => self.page_of_all(query)?,
            (None, FacetSet::Only(facets)) => self.page_of_facets(query, facets)?,
        };
        if query.way == Way::Newer {
            ids.reverse();
        }
        Ok(ids)
    }

    /// A page of whole records.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn page(&self, query: &PageQuery<'_>) -> Result<Vec<RecordRow>> {
        if *query.facets == FacetSet::All && query.search.trim().is_empty() {
            let mut rows = self.walk(query.low, query.high, order(query.way), query.limit)?;
            if query.way == Way::Newer {
                rows.reverse();
            }
            return Ok(rows);
        }
        self.page_ids(query)?.into_iter().map(|id| self.record(id)).collect()
    }

    fn page_of_all(&self, q: &PageQuery<'_>) -> Result<Vec<Hit>> {
        let order = order(q.way);
        let sql = format!("SELECT id FROM record WHERE id >= ?1 AND id < ?2 ORDER BY id {order} LIMIT ?3");
        let mut query = self.conn.prepare_cached(&sql)?;
        let rows = query.query_map((q.low, q.high, q.limit as i64), |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn page_of_facets(&self, q: &PageQuery<'_>, facets: &[u32]) -> Result<Vec<Hit>> {
        let sql = format!(
            "SELECT id FROM record INDEXED BY record_by_facet WHERE facet = ?1 AND id >= ?2 AND id < ?3 ORDER BY id {}",
            order(q.way)
        );
        let mut queries = Vec::with_capacity(facets.len());
        for _ in facets {
            queries.push(self.conn.prepare_cached(&sql)?);
        }
        let mut walks = Vec::with_capacity(facets.len());
        for (query, facet) in queries.iter_mut().zip(facets) {
            walks.push(query.query((*facet, q.low, q.high))?);
        }
        // Ids sort the way the page goes: the heap's greatest is the next one.
        let rank = |id: i64| if q.way == Way::Older { id } else { -id };
        let mut heads = BinaryHeap::with_capacity(walks.len());
        for (at, walk) in walks.iter_mut().enumerate() {
            if let Some(row) = walk.next()? {
                let id: i64 = row.get(0)?;
                heads.push((rank(id), Reverse(at), id));
            }
        }
        let mut ids = Vec::with_capacity(q.limit);
        while ids.len() < q.limit {
            let Some((_, Reverse(at), id)) = heads.pop() else { break };
            ids.push(id);
            let walk = walks.get_mut(at).ok_or(StoreError::Unreadable)?;
            if let Some(row) = walk.next()? {
                let id: i64 = row.get(0)?;
                heads.push((rank(id), Reverse(at), id));
            }
        }
        Ok(ids)
    }

    fn page_by_words(&self, q: &PageQuery<'_>, expression: &str) -> Result<Vec<Hit>> {
        let only = q.facets.lookup();
        let sql = format!(
            "SELECT rowid FROM record_text WHERE record_text MATCH ?1 AND rowid >= ?2 AND rowid < ?3 ORDER BY rowid {}",
            order(q.way)
        );
        let mut query = self.conn.prepare_cached(&sql)?;
        let mut facet_of = self.conn.prepare_cached("SELECT facet FROM record WHERE id = ?1")?;
        let mut rows = query.query((expression, q.low, q.high))?;
        let mut ids = Vec::with_capacity(q.limit);
        while ids.len() < q.limit {
            let Some(row) = rows.next()? else { break };
            let id: i64 = row.get(0)?;
            let fits = match &only {
                None => true,
                Some(only) => only.contains(&facet_of.query_row([id], |row| row.get(0))?),
            };
            if fits {
                ids.push(id);
            }
        }
        Ok(ids)
    }
}

fn order(way: Way) -> &'static str {
    match way {
        Way::Older => "DESC",
        Way::Newer => "ASC",
    }
}
