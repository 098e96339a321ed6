//! An archive as a list of members that can be opened one at a time: a zip, or a folder that was unpacked before.

use crate::ImportError;
use std::io::{Read, Seek};
use thinline_model::Timestamp;

/// Something that can be read at any place.
pub trait ReadSeek: Read + Seek + Send {}

impl<T: Read + Seek + Send> ReadSeek for T {}

/// A folder that the caller has listed; this crate knows no paths.
pub trait Folder: Send {
    /// Every file below the folder; links must not be followed or listed.
    ///
    /// # Errors
    /// If the folder cannot be listed.
    fn entries(&self) -> std::io::Result<Vec<FolderEntry>>;

    /// Opens the file at a place in `entries`.
    ///
    /// # Errors
    /// If the file cannot be opened.
    fn open(&self, index: usize) -> std::io::Result<Box<dyn Read + Send>>;
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

/// How much is read at most. A service's export stays far below; an archive made to harm does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Files.
    pub entries: usize,
    /// Unpacked bytes of all files.
    pub total_bytes: u64,
    /// Unpacked to packed bytes of a file, once it is larger than a few megabytes.
    pub ratio: u64,
    /// Bytes of one row.
    pub row_bytes: usize,
    /// Bytes of a name.
    pub path_length: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            entries: 200_000,
            total_bytes: 64 << 30,
            ratio: 500,
            row_bytes: 8 << 20,
            path_length: 1_024,
        }
    }
}

/// A file inside an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Path inside the archive, with `/` between its parts.
    pub path: String,
    /// Unpacked bytes.
    pub size: u64,
    /// When it was written, as the archive says (often in local time): the best date of an undated export.
    pub modified: Option<Timestamp>,
}

/// An opened archive.
pub struct Archive {
    members: Vec<Member>,
}

impl Archive {
    /// Opens a zip and lists it under limits.
    ///
    /// # Errors
    /// [`ImportError`] if it is no zip, cut off, encrypted, unsafe, or too large.
    pub fn zip(reader: Box<dyn ReadSeek>, limits: Limits) -> Result<Self, ImportError> {
        let _ = (reader, limits);
        todo!("skeleton")
    }

    /// Lists a folder under limits.
    ///
    /// # Errors
    /// [`ImportError`] if it cannot be listed, or is unsafe or too large.
    pub fn folder(folder: Box<dyn Folder>, limits: Limits) -> Result<Self, ImportError> {
        let _ = (folder, limits);
        todo!("skeleton")
    }

    /// Its files, without directories and without what operating systems leave behind.
    pub fn members(&self) -> &[Member] {
        &self.members
    }
}
