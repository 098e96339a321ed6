//! A folder that was unpacked before. The caller lists and opens; this crate knows no paths of this computer.

use super::{Found, Limits, Member, ReadSeek, is_litter, safe_path};
use crate::{ImportError, Limit};
use std::io;
use thinline_model::Timestamp;

/// A folder that the caller can list.
pub trait Folder: Send {
    /// Every file below the folder; links must be neither followed nor listed.
    ///
    /// # Errors
    /// If the folder cannot be listed.
    fn entries(&self) -> io::Result<Vec<FolderEntry>>;

    /// Opens the file at a place in `entries`.
    ///
    /// # Errors
    /// If the file cannot be opened.
    fn open(&self, index: usize) -> io::Result<Box<dyn ReadSeek>>;
}

/// A file below a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FolderEntry {
    /// Relative, with `/` between its parts.
    pub path: String,
    /// Bytes.
    pub size: u64,
    /// When it was last changed.
    pub modified: Option<Timestamp>,
}

pub(super) fn list(folder: &dyn Folder, limits: &Limits) -> Result<Vec<Found>, ImportError> {
    let entries = folder.entries()?;
    if entries.len() > limits.entries {
        return Err(ImportError::Limit(Limit::Entries));
    }
    let mut found = Vec::with_capacity(entries.len());
    for (slot, entry) in entries.into_iter().enumerate() {
        let path = safe_path(&entry.path, limits)?;
        if !is_litter(&path) {
            let member = Member { path, size: entry.size, modified: entry.modified, sealed: None };
            found.push(Found { packed: member.size, member, slot });
        }
    }
    Ok(found)
}
