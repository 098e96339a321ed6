//! What will be done with each file of an archive, before any row is read.

use crate::{Archive, ImportError};
use thinline_catalogue::{Reader, Recipe, Service};

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
        /// One of `thinline_catalogue::UNUSED_REASONS`.
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

fn plan_one(archive: &mut Archive, service: &Service, index: usize) -> Result<PlannedFile, ImportError> {
    let (path, size) = (archive.members()[index].path.clone(), archive.members()[index].size);
    let mut recipes = Vec::new();
    for (place, recipe) in service.recipes.iter().enumerate() {
        let named = recipe.files.iter().any(|file| file.matches(&path));
        if named && size > 0 && (recipe.sniff.is_none() || shows(archive, index, recipe)) {
            if let Some(other) = recipes.iter().map(|&at: &usize| &service.recipes[at]).find(|o| claims_same(o, recipe)) {
                return Err(ImportError::RecipesClash(other.id.to_string(), recipe.id.to_string()));
            }
            recipes.push(place);
        }
    }
    let state = if size == 0 || service.empty.iter().any(|file| file.matches(&path)) {
        FileState::Empty
    } else if !recipes.is_empty() {
        FileState::Read
    } else if let Some(unused) = service.unused.iter().find(|u| u.files.iter().any(|f| f.matches(&path))) {
        FileState::Unused { why: unused.why.clone() }
    } else if path.to_ascii_lowercase().ends_with(".zip") {
        FileState::Unused { why: "nested-archive".to_owned() }
    } else {
        FileState::Unknown
    };
    Ok(PlannedFile { index, path, size, state, recipes })
}

fn claims_same(one: &Recipe, other: &Recipe) -> bool {
    one.reader != other.reader || one.reader == Reader::Csv || one.rows.keys == other.rows.keys
}

/// Whether the beginning of a file shows what the recipe's `sniff` expects. A file that cannot be opened counts as
/// showing it when planned, so that the failure is told where the file is read; see `Archive::beginning`.
pub(crate) fn shows(archive: &mut Archive, index: usize, recipe: &Recipe) -> bool {
    let _ = (archive, index, recipe);
    todo!("skeleton")
}
