//! The profile export: what is held about the person, what they chose; in a form that other programs read.
//!
//! Records of others' and undecided household profiles stay out unless a person is named. Private fields stay masked unless
//! asked for. The file is written beside its place and moved there when it is whole; its log entry is part of that.

mod forms;
mod write;

pub(crate) use write::{Out, cannot, put, write_file};

use crate::filter::{Groups, id_range};
use crate::session::Session;
use crate::shown::Shown;
use crate::wire::{ApiError, Code, Filter, ProfilePreview, ProfileRequest, ProfileWritten, TimelineRecord};
use crate::{Core, Result, Topic, journal, stats};
use forms::{Form, Head};
use serde_json::json;
use std::collections::BTreeMap;
use std::path::Path;
use thinline_ledger::EntryKind;
use thinline_store::{FacetRow, FacetSet, PageQuery, Read, RecordRow, Way};

/// Forms of a profile export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportForm {
    /// One JSON object.
    Json,
    /// A table of the records.
    Csv,
    /// One JSON object a line.
    Ndjson,
}

impl ExportForm {
    /// The form that a file's ending names.
    pub fn of_path(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()? {
            "json" => Some(Self::Json),
            "csv" => Some(Self::Csv),
            "ndjson" => Some(Self::Ndjson),
            _ => None,
        }
    }

    fn id(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Ndjson => "ndjson",
        }
    }
}

/// How finely times are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Grain {
    Exact,
    Day,
    Month,
    Counts,
}

impl Grain {
    fn parse(text: &str) -> Result<Self> {
        match text {
            "" | "exact" => Ok(Self::Exact),
            "day" => Ok(Self::Day),
            "month" => Ok(Self::Month),
            "counts" => Ok(Self::Counts),
            _ => Err(Code::BadValue.into()),
        }
    }

    fn id(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Day => "day",
            Self::Month => "month",
            Self::Counts => "counts",
        }
    }
}

/// Rows that a preview shows.
const PREVIEW_ROWS: usize = 20;
/// Records read at once while writing, where they are looked up one by one.
const AT_ONCE: usize = 5_000;
/// With one wanted record in so many, looking up is cheaper than passing by the others.
const SPARSE: u64 = 8;

/// Which records go in, decided once.
struct Scope {
    groups: Groups,
    facets: Vec<u32>,
    undecided: Vec<u32>,
    low: i64,
    high: i64,
}

impl Scope {
    fn of(session: &Session, read: &Read<'_>, request: &ProfileRequest) -> Result<Self> {
        let (low, high) = id_range(&request.filter, &session.store.zone())?;
        let groups = Groups::counted(read)?;
        // What the person hid is never exported.
        let shown = Filter { hidden: None, ..request.filter.clone() };
        let fitting: Vec<u32> = match groups.matching(&shown)? {
            FacetSet::Only(ids) => ids,
            FacetSet::All => groups.facets.keys().copied().collect(),
        };
        let named = |name: &str| request.filter.persons.iter().any(|person| person == name);
        let (mut facets, mut undecided) = (Vec::new(), Vec::new());
        for id in fitting {
            let person = groups.facets.get(&id).and_then(|facet| groups.person(facet));
            match person.map(|person| (person.whose.as_str(), person.name.as_str())) {
                None | Some(("mine", _)) => facets.push(id),
                Some(("undecided", name)) if named(name) => facets.push(id),
                Some(("undecided", _)) => undecided.push(id),
                Some(_) => {}
            }
        }
        facets.sort_unstable();
        undecided.sort_unstable();
        Ok(Self { groups, facets, undecided, low, high })
    }

    /// Records of a set of facets in range, by facet.
    fn counts(
        &self,
        session: &Session,
        read: &Read<'_>,
        request: &ProfileRequest,
        of: &[u32],
    ) -> Result<BTreeMap<u32, u64>> {
        let mut counts = BTreeMap::new();
        for (facet, count) in
            stats::facet_counts(session, read, &request.filter, &FacetSet::Only(of.to_vec()))?
        {
            *counts.entry(facet).or_default() += u64::from(count);
        }
        Ok(counts)
    }

    /// Hands the records over, newest first, none of them held longer than that.
    fn each(
        &self,
        read: &Read<'_>,
        search: &str,
        mut each: impl FnMut(&RecordRow) -> Result<bool>,
    ) -> Result<()> {
        let count = |facet: &FacetRow| facet.count;
        let held: u64 = self.groups.facets.values().map(count).sum();
        let wanted: u64 = self.facets.iter().filter_map(|id| self.groups.facets.get(id)).map(count).sum();
        if search.trim().is_empty() && wanted.saturating_mul(SPARSE) >= held {
            return read.walk_back(&self.facets, self.low, self.high, each);
        }
        let facets = FacetSet::Only(self.facets.clone());
        let mut high = self.high;
        loop {
            let query =
                PageQuery { facets: &facets, low: self.low, high, way: Way::Older, search, limit: AT_ONCE };
            let page = read.page(&query)?;
            let Some(last) = page.last() else { return Ok(()) };
            high = last.id;
            for row in &page {
                if !each(row)? {
                    return Ok(());
                }
            }
            if page.len() < AT_ONCE {
                return Ok(());
            }
        }
    }
}

pub(crate) fn preview(session: &Session, request: &ProfileRequest) -> Result<ProfilePreview> {
    let grain = Grain::parse(&request.precision)?;
    let zone = session.store.zone();
    session.store.read(|read| {
        let scope = Scope::of(session, read, request)?;
        let counts = scope.counts(session, read, request, &scope.facets)?;
        let left_out = scope.counts(session, read, request, &scope.undecided)?;
        let by = |of: &dyn Fn(&FacetRow) -> String| {
            let mut sums: BTreeMap<String, u32> = BTreeMap::new();
            for (id, count) in &counts {
                if let Some(facet) = scope.groups.facets.get(id) {
                    *sums.entry(of(facet)).or_default() += journal::small(*count);
                }
            }
            sums
        };
        let mut rows: Vec<TimelineRecord> = Vec::new();
        if grain != Grain::Counts {
            let mut shown = Shown::new(read, &scope.groups, &zone);
            scope.each(read, &request.filter.search, |row| {
                let n = rows.len() as u64 + 1;
                rows.push(forms::coarsen(shown.line(row, request.unmask)?, grain, n).into());
                Ok(rows.len() < PREVIEW_ROWS)
            })?;
        }
        Ok(ProfilePreview {
            records: journal::small(counts.values().sum()),
            services: by(&|facet| facet.service.clone()),
            categories: by(&|facet| facet.category.id().to_owned()),
            kinds: by(&|facet| facet.kind.id().to_owned()),
            undecided_persons: journal::small(left_out.values().sum()),
            undecided_names: names(&scope, left_out.keys()),
            choices: read.choices()?.len() as u32,
            rows,
        })
    })
}

fn names<'a>(scope: &Scope, facets: impl Iterator<Item = &'a u32>) -> Vec<(String, String)> {
    let mut names: Vec<(String, String)> = facets
        .filter_map(|id| scope.groups.facets.get(id))
        .filter_map(|facet| scope.groups.person(facet))
        .map(|person| (person.service.clone(), person.name.clone()))
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

pub(crate) fn export(
    core: &Core,
    path: &Path,
    form: ExportForm,
    request: &ProfileRequest,
    overwrite: bool,
) -> Result<ProfileWritten> {
    let session = core.session()?;
    let grain = Grain::parse(&request.precision)?;
    let (records, written) = write_file(path, overwrite, |out| {
        session.store.read(|read| {
            let scope = Scope::of(&session, read, request)?;
            let head = Head::of(read, grain)?;
            let mut form = Form::begin(form, out, &head)?;
            if grain == Grain::Counts {
                let counts = scope.counts(&session, read, request, &scope.facets)?;
                return form.counts(&scope.groups, &counts);
            }
            let zone = session.store.zone();
            let mut shown = Shown::new(read, &scope.groups, &zone);
            let mut n = 0;
            scope.each(read, &request.filter.search, |row| {
                n += 1;
                form.record(&forms::coarsen(shown.line(row, request.unmask)?, grain, n))?;
                Ok(true)
            })?;
            form.end()?;
            Ok(n)
        })
    })?;
    let log = session.store.write::<_, ApiError>(|write| {
        let payload = json!({
            "form": form.id(), "records": records, "precision": grain.id(), "sha256": hex::encode(written.sha256),
            "unmasked": request.unmask,
        });
        let log = session.append(write, EntryKind::ProfileExported, &payload)?;
        written.put_in_place(path)?;
        Ok(log)
    })?;
    session.note_anchor(log);
    core.tell(&[Topic::Log]);
    Ok(written.into_wire(path, journal::small(records)))
}

impl Core {
    /// What a profile export would hold.
    ///
    /// # Errors
    /// `BadValue`.
    pub fn profile_preview(&self, request: &ProfileRequest) -> Result<ProfilePreview> {
        preview(&*self.session()?, request)
    }

    /// Writes a profile export and logs it.
    ///
    /// # Errors
    /// `CannotWrite` if the file exists (and may not be replaced) or cannot be written.
    pub fn profile_export(
        &self,
        path: &Path,
        form: ExportForm,
        request: &ProfileRequest,
        overwrite: bool,
    ) -> Result<ProfileWritten> {
        export(self, path, form, request, overwrite)
    }
}
