//! How hits of a text search spread over days: counted over a bounded number of them, and said when cut.

use crate::{FacetSet, Read, Result, UNDATED_DAY, key};
use std::collections::BTreeMap;

/// Hits of one facet on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SearchBar {
    /// Day, or [`UNDATED_DAY`].
    pub day: i32,
    /// Facet.
    pub facet: u32,
    /// Hits.
    pub count: u32,
}

impl Read<'_> {
    /// Counts the newest `most` hits per day and facet; answers the bars, the hits counted, and whether there were more.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn search_bars(
        &self,
        typed: &str,
        facets: &FacetSet,
        low: i64,
        high: i64,
        most: u32,
    ) -> Result<(Vec<SearchBar>, u32, bool)> {
        let Some(expression) = self.match_expression(typed)? else { return Ok((Vec::new(), 0, false)) };
        let only = facets.lookup();
        let mut query = self.conn.prepare_cached(
            "SELECT t.rowid, r.facet FROM record_text t CROSS JOIN record r ON r.id = t.rowid
             WHERE t.record_text MATCH ?1 AND t.rowid >= ?2 AND t.rowid < ?3 ORDER BY t.rowid DESC",
        )?;
        let mut rows = query.query((&expression, low, high))?;
        let mut bars: BTreeMap<(i32, u32), u32> = BTreeMap::new();
        let (mut hits, mut cut) = (0, false);
        while let Some(row) = rows.next()? {
            let (id, facet): (i64, u32) = (row.get(0)?, row.get(1)?);
            if only.as_ref().is_some_and(|only| !only.contains(&facet)) {
                continue;
            }
            if hits == most {
                cut = true;
                break;
            }
            let day = key::second(id).map_or(UNDATED_DAY, |at| self.zone.day(at.0));
            *bars.entry((day, facet)).or_default() += 1;
            hits += 1;
        }
        let bars = bars.into_iter().map(|((day, facet), count)| SearchBar { day, facet, count }).collect();
        Ok((bars, hits, cut))
    }
}
