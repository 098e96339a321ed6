//! What the catalogue of this build says about services, and how old each fact is.

use serde::Serialize;

/// `thinline catalogue list`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CatalogueList {
    /// A hash of all catalogue texts.
    pub version: String,
    /// `YYYY-MM-DD`: the day from which ages are counted.
    pub day: String,
    /// After so many days a fact may have changed.
    pub stale_after_days: u32,
    /// Sorted by id; of `--stale`, those with something stale.
    pub services: Vec<CatalogueService>,
}

/// A service and everything that is known of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CatalogueService {
    /// Service id.
    pub id: String,
    /// As the service writes it.
    pub name: String,
    /// How the files of its exports are read.
    pub recipes: Vec<CatalogueRecipe>,
    /// What can be set there.
    pub settings: Vec<CatalogueSetting>,
    /// Everything else that was typed in from a source.
    pub facts: Vec<CatalogueFact>,
}

/// A recipe.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CatalogueRecipe {
    /// `service/name`.
    pub id: String,
    /// Patterns on file names.
    pub files: Vec<String>,
    /// `json`, `csv` or `scala`.
    pub reader: String,
    /// `seen`, `parser`, `fixture`, `documented` or `unverified`: how well the form of the files is known.
    pub grade: String,
    /// The recipe whose rows it reads too.
    pub also: Option<String>,
    /// `YYYY-MM` or `YYYY-MM-DD`.
    pub checked_on: String,
    /// Whether that is long ago.
    pub stale: bool,
}

/// A setting at a service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CatalogueSetting {
    /// Id inside the service.
    pub id: String,
    /// As the service prints it.
    pub label: String,
    /// Where it is.
    pub address: String,
    /// Purposes that it changes.
    pub affects: Vec<String>,
    /// Where that was read.
    pub source: String,
    /// `YYYY-MM` or `YYYY-MM-DD`.
    pub checked_on: String,
    /// Whether that is long ago.
    pub stale: bool,
}

/// Something typed in from a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CatalogueFact {
    /// `controller`, `email`, `post`, `web`, `fax`, `export`, `uses`, `promise`, `no-promise` or `not-shown`.
    pub what: String,
    /// The value itself, or the id of what it is about.
    pub about: String,
    /// Where that was read; empty where exports themselves showed it.
    pub source: String,
    /// `YYYY-MM` or `YYYY-MM-DD`.
    pub checked_on: String,
    /// Whether that is long ago.
    pub stale: bool,
}
