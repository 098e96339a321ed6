//! An archive as a list of members that can be opened one at a time: a zip, or a folder that was unpacked before.
//!
//! Limits come first: names, counts and declared sizes are checked before anything is opened, and the bytes that
//! really come out are counted again. Archives inside archives are not opened.

mod folder;
mod zipped;

use crate::{ImportError, Limit, ReadError};
use std::io::{self, Read, Seek};
use thinline_model::Timestamp;

pub use folder::{Folder, FolderEntry};

/// Something that can be read at any place.
pub trait ReadSeek: Read + Seek + Send {}

impl<T: Read + Seek + Send> ReadSeek for T {}

/// How much is read at most. A service's export stays far below; an archive made to harm does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Files.
    pub entries: usize,
    /// Unpacked bytes of all files.
    pub total_bytes: u64,
    /// Unpacked to packed bytes of a file, once it is larger than [`Limits::RATIO_FROM`].
    pub ratio: u64,
    /// Bytes of one row; a longer one fails, and the next is read.
    pub row_bytes: usize,
    /// Bytes of a name.
    pub path_length: usize,
}

impl Limits {
    /// Small files may shrink as much as they like.
    pub const RATIO_FROM: u64 = 8 << 20;
}

impl Default for Limits {
    fn default() -> Self {
        Self { entries: 200_000, total_bytes: 64 << 30, ratio: 500, row_bytes: 8 << 20, path_length: 1_024 }
    }
}

/// A file inside an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Path inside the archive, with `/` between its parts.
    pub path: String,
    /// Unpacked bytes, as declared.
    pub size: u64,
    /// When it was written, as the archive says (often in local time): the best date of an undated export.
    pub modified: Option<Timestamp>,
}

/// A member and where it lies in its source.
struct Found {
    member: Member,
    place: usize,
    /// Packed bytes; for a folder the same as unpacked.
    packed: u64,
}

enum Source {
    Zip(Box<zip::ZipArchive<Box<dyn ReadSeek>>>),
    Folder(Box<dyn Folder>),
}

/// An opened archive.
pub struct Archive {
    members: Vec<Member>,
    places: Vec<(usize, u64)>,
    source: Source,
    limits: Limits,
}

impl std::fmt::Debug for Archive {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Names inside an archive can be personal.
        f.debug_struct("Archive").field("members", &self.members.len()).finish_non_exhaustive()
    }
}

impl Archive {
    /// Opens a zip and lists it under limits.
    ///
    /// # Errors
    /// [`ImportError`] if it is no zip, cut off, encrypted, unsafe, or too large.
    pub fn zip(reader: Box<dyn ReadSeek>, limits: Limits) -> Result<Self, ImportError> {
        let mut archive = zipped::open(reader, &limits)?;
        let found = zipped::list(&mut archive, &limits)?;
        Self::new(Source::Zip(Box::new(archive)), found, limits)
    }

    /// Lists a folder under limits.
    ///
    /// # Errors
    /// [`ImportError`] if it cannot be listed, or is unsafe or too large.
    pub fn folder(folder: Box<dyn Folder>, limits: Limits) -> Result<Self, ImportError> {
        let found = folder::list(folder.as_ref(), &limits)?;
        Self::new(Source::Folder(folder), found, limits)
    }

    fn new(source: Source, found: Vec<Found>, limits: Limits) -> Result<Self, ImportError> {
        let mut total = 0_u64;
        for one in &found {
            total = total.saturating_add(one.member.size);
            let large = one.member.size > Limits::RATIO_FROM;
            if large && one.member.size / one.packed.max(1) > limits.ratio {
                return Err(ImportError::Limit(Limit::Ratio));
            }
        }
        if total > limits.total_bytes {
            return Err(ImportError::Limit(Limit::TotalBytes));
        }
        let places = found.iter().map(|one| (one.place, one.packed)).collect();
        let members = found.into_iter().map(|one| one.member).collect();
        Ok(Self { members, places, source, limits })
    }

    /// Its files, without directories and without what operating systems leave behind.
    pub fn members(&self) -> &[Member] {
        &self.members
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Opens a member for reading from its beginning. What comes out is counted against the limits.
    pub(crate) fn open(&mut self, index: usize) -> Result<Box<dyn Read + '_>, ReadError> {
        let Some(&(place, packed)) = self.places.get(index) else {
            return Err(ReadError::Io(io::ErrorKind::NotFound.into()));
        };
        // A member may not yield more than it declared: only so does the checked total hold.
        let declared = self.members.get(index).map_or(0, |member| member.size);
        let most = match self.source {
            Source::Zip(_) => packed.saturating_mul(self.limits.ratio).max(Limits::RATIO_FROM).min(declared),
            Source::Folder(_) => self.limits.total_bytes,
        };
        let (left, limit) = if most < self.limits.total_bytes {
            (most, Limit::Ratio)
        } else {
            (self.limits.total_bytes, Limit::TotalBytes)
        };
        let inner: Box<dyn Read + '_> = match &mut self.source {
            Source::Zip(archive) => Box::new(zipped::file(archive, place)?),
            Source::Folder(folder) => folder.open(place).map_err(ReadError::Io)?,
        };
        Ok(Box::new(Counted { inner, left, limit }))
    }

    /// The first bytes of a member.
    pub(crate) fn beginning(&mut self, index: usize, bytes: usize) -> Result<Vec<u8>, ReadError> {
        let mut beginning = Vec::new();
        let mut reader = self.open(index)?.take(bytes as u64);
        reader.read_to_end(&mut beginning).map_err(read_error)?;
        Ok(beginning)
    }
}

/// Ends with an error once more comes out than the limits allow, whatever the archive declared.
struct Counted<R> {
    inner: R,
    left: u64,
    limit: Limit,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.left =
            self.left.checked_sub(count as u64).ok_or_else(|| io::Error::other(OverLimit(self.limit)))?;
        Ok(count)
    }
}

#[derive(Debug, thiserror::Error)]
#[error("over the limit on {0}")]
struct OverLimit(Limit);

/// What a failed read of a member says about it.
pub(crate) fn read_error(error: io::Error) -> ReadError {
    if let Some(over) = error.get_ref().and_then(|inner| inner.downcast_ref::<OverLimit>()) {
        return ReadError::Limit(over.0);
    }
    match error.kind() {
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::UnexpectedEof => {
            ReadError::Damaged
        }
        io::ErrorKind::Unsupported => ReadError::Method,
        _ => ReadError::Io(error),
    }
}

/// Brings a name to `/`, and refuses one that points outside. Nothing is ever written to disk, so this only keeps out
/// archives that no service makes.
fn safe_path(name: &str, limits: &Limits) -> Result<String, ImportError> {
    if name.len() > limits.path_length {
        return Err(ImportError::Limit(Limit::PathLength));
    }
    let path = name.replace('\\', "/");
    let drive = path.as_bytes().get(1) == Some(&b':') && path.as_bytes()[0].is_ascii_alphabetic();
    let outside =
        drive || path.starts_with('/') || path.contains('\0') || path.split('/').any(|part| part == "..");
    if outside || path.is_empty() { Err(ImportError::UnsafePath) } else { Ok(path) }
}

/// What operating systems leave in archives and folders.
fn is_litter(path: &str) -> bool {
    let base = path.rsplit('/').next().unwrap_or_default();
    path.split('/').any(|part| part == "__MACOSX")
        || base.starts_with("._")
        || [".ds_store", "thumbs.db", "desktop.ini"].contains(&base.to_ascii_lowercase().as_str())
}
