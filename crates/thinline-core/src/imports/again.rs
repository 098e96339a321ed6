//! Reading an export again once recipes changed: what would be read otherwise, and the new reading in place of the old.
//!
//! The new reading and the end of the old one are one transaction: if the new one fails, reads nothing or is cancelled, the
//! old one stands as it did. It must be the very same archive. Taking the old one away first is what lets records whose
//! recipe was mended be made anew instead of being known.

use super::{ImportOptions, ImportWatch, Opened};
use crate::session::Session;
use crate::wire::{ApiError, CategoryChange, Code, ImportReport, ReadAgain, Stale};
use crate::{Core, Result, Topic, journal, services};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use thinline_catalogue::{Catalogue, FileName, Recipe, Service};
use thinline_import::DateOrder;
use thinline_store::ImportRow;

impl Core {
    /// Reads the archive of an import again under today's catalogue, in place of that import. How its dates are to be read is
    /// said again: an import does not note it.
    ///
    /// # Errors
    /// `NoSuch` if there is no such import that stands, `OtherArchive` if it read another archive; otherwise as an import.
    pub fn import_again(
        &self,
        job: u32,
        id: u32,
        path: &Path,
        date_order: Option<DateOrder>,
        watch: &dyn ImportWatch,
    ) -> Result<ImportReport> {
        let session = self.session()?;
        if session.sample {
            return Err(Code::SampleOpen.into());
        }
        let opened = Opened::path(path)?;
        let options = ImportOptions { date_order, ..options(&session, id, &opened)? };
        let report = super::run(&session, Some(self), job, opened, &options, watch)?;
        if report.id != 0 {
            self.tell(&[Topic::Records, Topic::Imports, Topic::Choices, Topic::Log]);
        }
        Ok(report)
    }
}

fn options(session: &Session, id: u32, opened: &Opened) -> Result<ImportOptions> {
    let (import, hash) = session
        .store
        .read::<_, ApiError>(|read| Ok((read.import(i64::from(id))?, read.archive_hash(i64::from(id))?)))?;
    if import.state != "done" {
        return Err(Code::NoSuch.into());
    }
    if opened.hash()?.as_slice() != hash {
        return Err(Code::OtherArchive.into());
    }
    Ok(ImportOptions {
        service: Some(import.service),
        account: Some(import.account_name),
        date_order: None,
        instead_of: Some(id),
    })
}

/// Does `work` in place of an import that stands: the old one goes and the new one comes in one transaction.
pub(super) fn instead_of(
    session: &Session,
    old: u32,
    work: impl FnOnce() -> Result<ImportReport>,
) -> Result<ImportReport> {
    let before = session.store.read(|read| read.import(i64::from(old)))?;
    let had = records(session, &before)?;
    let mut outcome = None;
    let stood = session.store.at_once::<_, ApiError>(|| {
        session.store.write::<_, ApiError>(|write| {
            let removed = write.undo_import(i64::from(old))?;
            super::retell::retell(write, &removed.bereft)
        })?;
        let report = work()?;
        let stands = report.id != 0;
        outcome = Some(report);
        // What read nothing takes no place: the transaction is given up, and the report says why.
        if stands { Ok(()) } else { Err(Code::NothingRead.into()) }
    });
    let Some(mut report) = outcome else { return Err(stood.err().unwrap_or_else(|| Code::Internal.into())) };
    match stood {
        Ok(()) => {
            let changes = changes(&had, &records(session, &before)?);
            let files_now_read = files_now_read(&before.report, &report);
            report.again = Some(ReadAgain { instead_of: old, changes, files_now_read });
            Ok(report)
        }
        Err(_) if report.id == 0 => Ok(report),
        Err(error) => Err(error),
    }
}

/// Records of the import's account, by category.
fn records(session: &Session, import: &ImportRow) -> Result<BTreeMap<String, u64>> {
    session.store.read::<_, ApiError>(|read| {
        let groups = crate::filter::Groups::counted(read)?;
        let mut all = BTreeMap::new();
        for facet in groups.facets.values().filter(|facet| facet.account == import.account) {
            *all.entry(facet.category.id().to_owned()).or_default() += facet.count;
        }
        Ok(all)
    })
}

fn changes(before: &BTreeMap<String, u64>, after: &BTreeMap<String, u64>) -> Vec<CategoryChange> {
    let categories: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let count = |of: &BTreeMap<String, u64>, category: &String| of.get(category).copied().unwrap_or(0);
    let changed = categories.into_iter().filter(|one| count(before, one) != count(after, one));
    changed
        .map(|category| CategoryChange {
            category: category.clone(),
            before: journal::small(count(before, category)),
            after: journal::small(count(after, category)),
        })
        .collect()
}

fn files_now_read(before: &str, after: &ImportReport) -> u32 {
    let Ok(before) = serde_json::from_str::<ImportReport>(before) else { return 0 };
    let then: BTreeSet<&str> =
        before.files.iter().filter(|file| file.state == "read").map(|file| file.path.as_str()).collect();
    let now = after.files.iter().filter(|file| file.state == "read" && !then.contains(file.path.as_str()));
    journal::small(now.count() as u64)
}

/// Why an import could be read again; none if its recipes are today's.
pub(super) fn stale(session: &Session, import: &ImportRow) -> Result<Option<Stale>> {
    if import.state != "done" {
        return Ok(None);
    }
    let then = session.store.read(|read| read.reading(import.id))?;
    let (Ok(service), Ok(report)) =
        (services::known(&import.service), serde_json::from_str::<ImportReport>(&import.report))
    else {
        return Ok(None);
    };
    // An import of before marks were kept cannot tell.
    if then.is_empty() {
        return Ok(None);
    }
    Ok(compare(service, &then, &Catalogue::builtin().marks(service), &report))
}

fn compare(
    service: &Service,
    then: &BTreeMap<String, i64>,
    now: &BTreeMap<String, i64>,
    report: &ImportReport,
) -> Option<Stale> {
    let differs = |recipe: &str| then.get(recipe) != now.get(recipe);
    let used: BTreeSet<&str> =
        report.files.iter().flat_map(|file| &file.parts).filter_map(|part| part.recipe.as_deref()).collect();
    let changed: Vec<String> =
        used.into_iter().filter(|id| differs(id)).map(|id| name(service, id)).collect();
    let other: Vec<&Recipe> = service.recipes.iter().filter(|recipe| differs(&recipe.id)).collect();
    let (mut new, mut files, mut rows) = (BTreeSet::new(), 0, 0);
    for file in &report.files {
        let path = FileName::new(&file.path);
        let fits = |recipe: &&&Recipe| recipe.files.iter().any(|pattern| pattern.matches(&path));
        let fitting: Vec<&&Recipe> = other.iter().filter(fits).collect();
        // Of a file that was read, lists may be left that no recipe read then.
        let left: u32 =
            file.parts.iter().filter(|part| part.recipe.is_none()).map(|part| part.totals.rows).sum();
        let unread = matches!(file.state.as_str(), "unused" | "unknown") || left > 0;
        if unread && !fitting.is_empty() {
            files += 1;
            rows += left;
            new.extend(fitting.iter().filter(|one| !then.contains_key(&*one.id)).map(|one| one.name.clone()));
        }
    }
    let stale = Stale { changed, new: new.into_iter().collect(), files, rows };
    (!stale.changed.is_empty() || stale.files > 0).then_some(stale)
}

/// The name that people read; of a recipe that is gone, its id.
fn name(service: &Service, id: &str) -> String {
    service.recipe(id).map_or_else(|| id.to_owned(), |recipe| recipe.name.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{FileLine, PartLine, Totals};

    fn service() -> &'static Service {
        Catalogue::builtin().service("spotify").unwrap()
    }

    fn now() -> BTreeMap<String, i64> {
        Catalogue::builtin().marks(service())
    }

    fn part(recipe: Option<&str>, rows: u32) -> PartLine {
        PartLine {
            at: "[]".into(),
            recipe: recipe.map(str::to_owned),
            state: "read".into(),
            totals: Totals { rows, ..Totals::default() },
            reasons: BTreeMap::new(),
            failed_at: Vec::new(),
            notes: BTreeMap::new(),
        }
    }

    fn report(files: &[(&str, &str, Vec<PartLine>)]) -> ImportReport {
        let files = files.iter().map(|(path, state, parts)| FileLine {
            path: (*path).to_owned(),
            state: (*state).to_owned(),
            totals: Totals::default(),
            reasons: BTreeMap::new(),
            why: None,
            parts: parts.clone(),
        });
        let text = serde_json::json!({
            "id": 1, "service": "spotify", "account": "default", "archive": "a.zip", "state": "done",
            "rows": 0, "records": 0, "read": 0, "known": 0, "skipped": 0, "failed": 0,
            "files": files.collect::<Vec<_>>(), "coverage": [], "warnings": [],
        });
        serde_json::from_value(text).unwrap()
    }

    #[test]
    fn an_import_of_todays_recipes_is_not_stale() {
        let read = report(&[("endsong_0.json", "read", vec![part(Some("spotify/plays"), 5)])]);
        assert_eq!(compare(service(), &now(), &now(), &read), None);
    }

    #[test]
    fn a_changed_recipe_that_read_a_file_is_named() {
        let read = report(&[("endsong_0.json", "read", vec![part(Some("spotify/plays"), 5)])]);
        let mut then = now();
        then.insert("spotify/plays".into(), 1);
        let stale = compare(service(), &then, &now(), &read).unwrap();
        assert_eq!(
            (stale.changed, stale.new, stale.files),
            (vec!["plays".to_owned()], Vec::<String>::new(), 0)
        );
    }

    #[test]
    fn a_changed_recipe_that_concerns_no_file_of_it_is_no_reason() {
        let read = report(&[("endsong_0.json", "read", vec![part(Some("spotify/plays"), 5)])]);
        let mut then = now();
        then.insert("spotify/inferences".into(), 1);
        assert_eq!(compare(service(), &then, &now(), &read), None);
    }

    #[test]
    fn a_new_recipe_that_fits_an_unread_file_is_a_reason() {
        let read = report(&[
            ("endsong_0.json", "read", vec![part(Some("spotify/plays"), 5)]),
            ("Inferences.json", "unused", Vec::new()),
            ("Read_Me_First.pdf", "unused", Vec::new()),
        ]);
        let mut then = now();
        then.remove("spotify/inferences");
        let stale = compare(service(), &then, &now(), &read).unwrap();
        assert_eq!((stale.new, stale.files), (vec!["inferences".to_owned()], 1));
    }

    #[test]
    fn rows_of_a_list_that_was_not_read_are_counted() {
        let read =
            report(&[("Inferences.json", "read", vec![part(None, 12), part(Some("spotify/plays"), 5)])]);
        let mut then = now();
        then.remove("spotify/inferences");
        assert_eq!(compare(service(), &then, &now(), &read).unwrap().rows, 12);
    }
}
