//! Questions of the timeline: pages, one record, facets, densities. How a record is shown is in `shown.rs`.

use crate::filter::{Groups, id_range, usable_for};
use crate::masked::original;
use crate::session::Session;
use crate::shown::{Shown, cursor, read_cursor};
use crate::wire::{Code, Facet, Filter, Page, PageAt, RecordDetail, SearchDensity};
use crate::{Core, Result, clock, imports, journal};
use thinline_store::{FacetRow, PageQuery, Read, RecordRow, RuleKind, Way, Zone, key};

/// Hits of a search that its density is counted from, at most.
const DENSITY_HITS: u32 = 50_000;
/// The same where the answer is wanted at once: many times what a window shows.
const FIRST_HITS: u32 = 500;

pub(crate) fn page(session: &Session, filter: &Filter, at: &PageAt) -> Result<Page> {
    let zone = session.store.zone();
    let (low, high) = id_range(filter, &zone)?;
    let (low, high) = start(at, low, high, &zone)?;
    let limit = usize::from(at.limit.clamp(1, 500));
    session.store.read(|read| {
        let groups = Groups::load(read)?;
        let facets = groups.matching(filter)?;
        let way = if at.newer { Way::Newer } else { Way::Older };
        let query = PageQuery { facets: &facets, low, high, way, search: &filter.search, limit };
        let rows = read.page(&query)?;
        let full = rows.len() == limit;
        let edge =
            |row: Option<&RecordRow>, open: bool| row.filter(|_| open).map(|row| cursor(row.id).into());
        // The side that the page came from is open if it did not start at that end.
        let started = at.cursor.is_some() || at.day.is_some() || at.undated;
        let next = edge(rows.last(), if at.newer { started } else { full });
        let previous = edge(rows.first(), if at.newer { full } else { started });
        let mut shown = Shown::new(read, &groups, &zone);
        let records = rows.iter().map(|row| shown.record(row, false)).collect::<Result<_>>()?;
        Ok(Page { records, next, previous })
    })
}

/// Narrows the range of a filter to where a page starts.
fn start(at: &PageAt, low: i64, high: i64, zone: &Zone) -> Result<(i64, i64)> {
    let cursor = at.cursor.as_deref().map(read_cursor).transpose()?;
    let day = at.day.as_deref().map(clock::parse_day).transpose()?;
    if at.newer {
        let from = match (cursor, day) {
            (Some(id), _) => id.saturating_add(1),
            (None, Some(day)) => key::first_id(zone.day_start(day)),
            (None, None) => i64::MIN,
        };
        return Ok((low.max(from), high));
    }
    let before = match (cursor, day) {
        (Some(id), _) => id,
        (None, Some(day)) => key::first_id(zone.day_start(day.saturating_add(1))),
        (None, None) if at.undated => 0,
        (None, None) => i64::MAX,
    };
    Ok((low, high.min(before)))
}

pub(crate) fn detail(session: &Session, id: &str, unmask: bool) -> Result<RecordDetail> {
    let id = read_cursor(id).map_err(|_| Code::NoSuch)?;
    let zone = session.store.zone();
    session.store.read(|read| {
        let row = read.record(id)?;
        let groups = Groups::load(read)?;
        let mut shown = Shown::new(read, &groups, &zone);
        let seen_in = if row.file == 0 { Vec::new() } else { read.imports_with(id)? };
        Ok(RecordDetail {
            record: shown.record(&row, unmask)?,
            url: row.url.to_string(),
            recipe: shown.facet(&row)?.recipe.clone(),
            original: original(read, &row, shown.facet(&row)?, unmask)?,
            seen_in: seen_in.into_iter().map(imports::wire_row).collect(),
            hidden_by: hidden_by(read, shown.facet(&row)?)?,
        })
    })
}

fn hidden_by(read: &Read<'_>, facet: &FacetRow) -> Result<Option<String>> {
    if !facet.hidden {
        return Ok(None);
    }
    let rule = read.rules()?.verdict(&facet.service, facet.category) == Some(RuleKind::Hide);
    Ok(Some(if rule { "category" } else { "record" }.to_owned()))
}

pub(crate) fn facets(session: &Session) -> Result<Vec<Facet>> {
    session.store.read(|read| {
        let groups = Groups::counted(read)?;
        let mut facets: Vec<Facet> = groups.facets.values().map(|facet| wire_facet(&groups, facet)).collect();
        facets.sort_unstable_by_key(|facet| facet.id);
        Ok(facets)
    })
}

fn wire_facet(groups: &Groups, facet: &FacetRow) -> Facet {
    Facet {
        id: facet.id,
        service: facet.service.clone(),
        account: groups.account(facet).to_owned(),
        person: groups.person(facet).map(|person| person.name.clone()),
        kind: facet.kind.id().to_owned(),
        category: facet.category.id().to_owned(),
        sensitivity: facet.sensitivity.level(),
        usable_for: usable_for(facet).map(|purpose| purpose.id().to_owned()).collect(),
        count: journal::small(facet.count),
        hidden: facet.hidden,
    }
}

pub(crate) fn density(session: &Session) -> Result<Vec<u8>> {
    let rows = session.store.read(|read| read.rollup())?;
    let mut bytes = Vec::with_capacity(4 + rows.len() * 12);
    bytes.extend((rows.len() as u32).to_le_bytes());
    bytes.extend(rows.iter().flat_map(|row| row.0.to_le_bytes()));
    bytes.extend(rows.iter().flat_map(|row| row.1.to_le_bytes()));
    bytes.extend(rows.iter().flat_map(|row| row.2.to_le_bytes()));
    Ok(bytes)
}

pub(crate) fn search_density(session: &Session, filter: &Filter, first: bool) -> Result<SearchDensity> {
    let (low, high) = id_range(filter, &session.store.zone())?;
    let most = if first { FIRST_HITS } else { DENSITY_HITS };
    session.store.read(|read| {
        let facets = Groups::load(read)?.matching(filter)?;
        let (bars, hits, cut) = read.search_bars(&filter.search, &facets, low, high, most)?;
        let bars = bars.iter().flat_map(|bar| [bar.day, bar.facet as i32, bar.count as i32]).collect();
        Ok(SearchDensity { bars, hits, cut })
    })
}

impl Core {
    /// What groups of records there are.
    ///
    /// # Errors
    /// As all questions.
    pub fn facets(&self) -> Result<Vec<Facet>> {
        facets(&*self.session()?)
    }

    /// Daily counts. Little-endian: u32 n, n i32 days, n u32 facets, n u32 counts.
    ///
    /// # Errors
    /// As all questions.
    pub fn density(&self) -> Result<Vec<u8>> {
        density(&*self.session()?)
    }

    /// How hits of a text search spread over days; `first`: only the newest of them, in a few milliseconds.
    ///
    /// # Errors
    /// `BadValue` for a filter that does not fit.
    pub fn search_density(&self, filter: &Filter, first: bool) -> Result<SearchDensity> {
        search_density(&*self.session()?, filter, first)
    }

    /// A page of the timeline.
    ///
    /// # Errors
    /// `BadValue` for a filter or cursor that does not fit.
    pub fn timeline_page(&self, filter: &Filter, at: &PageAt) -> Result<Page> {
        page(&*self.session()?, filter, at)
    }

    /// One record with its original row.
    ///
    /// # Errors
    /// `NoSuch`.
    pub fn record(&self, id: &str, unmask: bool) -> Result<RecordDetail> {
        detail(&*self.session()?, id, unmask)
    }
}
