//! What will be done with each file of an archive, before any row is read.

use crate::{
    Archive, DateOrder, ImportError,
    look::{Look, look},
};
use thinline_catalogue::{FileName, Reader, Recipe, Service};

/// A file that says that there is nothing is one sentence. A longer one of that name says something else.
const PLACEHOLDER: u64 = 2 << 10;

/// Why a file is not used that a recipe knows by name: its columns or keys are not those that it knows. It may be in another
/// language, or of a newer form.
pub const UNKNOWN_COLUMNS: &str = "unknown-columns";
/// Why a file is not used that stands for a table or list: it is a page or a document.
pub const OTHER_FORMAT: &str = "other-format";
/// Endings of what people save or print instead of what the service offers.
const PAGES: &[&str] = &["html", "htm", "mhtml", "xml", "pdf", "xls", "xlsx", "ods", "doc", "docx"];

/// One file of the archive and what will be done with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedFile {
    /// Its place in [`Archive::members`].
    pub index: usize,
    /// Its path inside the archive.
    pub path: String,
    /// Unpacked bytes.
    pub size: u64,
    /// What will be done.
    pub state: FileState,
    /// How the person says that its dates are to be read; only used if the file does not show it.
    pub date_order: Option<DateOrder>,
    /// Places in `Service::recipes` of the recipes that read it.
    pub(crate) recipes: Vec<usize>,
}

/// What will be done with a file.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum FileState {
    /// Read by at least one recipe.
    Read,
    /// Recognized but not read.
    Unused {
        /// One of `thinline_catalogue::UNUSED_REASONS`, [`UNKNOWN_COLUMNS`], [`OTHER_FORMAT`], or of an archive inside that
        /// was not opened: [`crate::Sealed::id`].
        why: String,
    },
    /// No recipe and no list of the catalogue knows it.
    Unknown,
    /// Zero bytes, or the service's way of saying "nothing here".
    Empty,
}

impl FileState {
    /// The stable id.
    pub fn id(&self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Unused { .. } => "unused",
            Self::Unknown => "unknown",
            Self::Empty => "empty",
        }
    }
}

/// Plans every file of an archive, in its order.
///
/// # Errors
/// [`ImportError::RecipesClash`] if the catalogue is wrong.
pub fn plan(archive: &mut Archive, service: &Service) -> Result<Vec<PlannedFile>, ImportError> {
    (0..archive.members().len()).map(|index| plan_one(archive, service, index)).collect()
}

pub(crate) fn plan_one(
    archive: &mut Archive,
    service: &Service,
    index: usize,
) -> Result<PlannedFile, ImportError> {
    let (path, size) = (archive.members()[index].path.clone(), archive.members()[index].size);
    let name = FileName::new(&path);
    let mut recipes: Vec<usize> = Vec::new();
    let placeholder = size <= PLACEHOLDER && service.empty.iter().any(|file| file.matches(&name));
    let mut blank = size == 0 || placeholder;
    let mut misfit = None;
    for (place, recipe) in service.recipes.iter().enumerate() {
        if blank || !recipe.files.iter().any(|file| file.matches(&name)) {
            continue;
        }
        match look(archive, index, recipe) {
            Look::Other => {
                misfit = Some(UNKNOWN_COLUMNS);
                continue;
            }
            Look::Page => {
                misfit = Some(OTHER_FORMAT);
                continue;
            }
            Look::Blank => blank = true,
            // That it cannot be unpacked is told where it is read.
            Look::Fits | Look::Unreadable => {}
        }
        let others = recipes.iter().map(|at| &service.recipes[*at]);
        if let Some(other) = others.into_iter().find(|other| claims_same(other, recipe)) {
            return Err(ImportError::RecipesClash(other.id.to_string(), recipe.id.to_string()));
        }
        recipes.push(place);
    }
    let sealed = archive.members()[index].sealed;
    let state = match (blank, sealed) {
        (true, _) => FileState::Empty,
        (false, Some(sealed)) => FileState::Unused { why: sealed.id().to_owned() },
        (false, None) => state(service, &path, &name, &recipes, misfit),
    };
    Ok(PlannedFile { index, path, size, state, date_order: None, recipes })
}

fn state(
    service: &Service,
    path: &str,
    name: &FileName,
    recipes: &[usize],
    misfit: Option<&str>,
) -> FileState {
    if !recipes.is_empty() {
        return FileState::Read;
    }
    let page = || stands_for(service, path).map(|_| OTHER_FORMAT);
    let listed = || service.unused.iter().find(|one| one.files.iter().any(|file| file.matches(name)));
    let why = misfit.or_else(page).or_else(|| listed().map(|one| one.why.as_str()));
    why.map_or(FileState::Unknown, |why| FileState::Unused { why: why.to_owned() })
}

/// The path that a page or document would have if it were the table or list that the service offers.
pub fn offered_as(service: &Service, path: &str) -> Option<String> {
    let own = Some(path).filter(|path| is_known(service, path)).map(str::to_owned);
    own.or_else(|| stands_for(service, path))
}

/// The same for what is a page or document by its name.
pub(crate) fn stands_for(service: &Service, path: &str) -> Option<String> {
    let (stem, ending) = path.rsplit_once('.')?;
    let page = PAGES.iter().any(|page| page.eq_ignore_ascii_case(ending));
    let offered = || ["csv", "json"].into_iter().map(|ending| format!("{stem}.{ending}"));
    page.then(|| offered().find(|path| is_known(service, path)))?
}

fn is_known(service: &Service, path: &str) -> bool {
    let name = FileName::new(path);
    service.recipes.iter().any(|recipe| recipe.files.iter().any(|file| file.matches(&name)))
}

fn claims_same(one: &Recipe, other: &Recipe) -> bool {
    // A recipe that reads beside another says so.
    one.also.is_none()
        && other.also.is_none()
        && (one.reader != other.reader || one.reader != Reader::Json || one.rows.meets(&other.rows))
}
