//! Arguments that are one of a few words: enums, so that no other word comes through.

use serde::Deserialize;
use thinline_core::ExportForm;

/// What to pick for an import.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ArchiveKind {
    /// One file.
    File,
    /// A folder, for archives that were unpacked.
    Folder,
}

/// Form of a profile export.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// One object.
    Json,
    /// A table.
    Csv,
    /// One object a line.
    Ndjson,
}

impl Form {
    /// The ending of its files.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Ndjson => "ndjson",
        }
    }
}

impl From<Form> for ExportForm {
    fn from(form: Form) -> Self {
        match form {
            Form::Json => Self::Json,
            Form::Csv => Self::Csv,
            Form::Ndjson => Self::Ndjson,
        }
    }
}

/// Which address of a service to open.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Address {
    /// Where the person asks for their data.
    Export,
    /// One of its settings.
    Setting,
}

impl Address {
    /// The word that core knows it by.
    pub fn word(self) -> &'static str {
        match self {
            Self::Export => "export",
            Self::Setting => "setting",
        }
    }
}
