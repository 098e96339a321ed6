//! An archive as a list of members that can be opened one at a time: a zip, a tar, a packed tar, a single file, or a
//! folder that was unpacked before; and the archives inside of it, whose files stand as `inner.zip/file.csv`.
//!
//! What a file is, its first bytes say. Limits come first: names, counts and declared sizes are checked before anything is
//! opened, over all levels, and the bytes that really come out are counted again. Nothing is unpacked to disk.

mod folder;
mod forward;
mod joined;
mod limits;
mod magic;
mod nest;
mod tarred;
mod twins;
mod window;
mod zipped;

use crate::{ImportError, Limit, ReadError};
use limits::Counted;
use nest::{Layer, Nest, Picked, Place};
use std::collections::HashMap;
use std::io::{self, Read, Seek};
use thinline_model::Timestamp;
use window::Window;

pub use folder::{Folder, FolderEntry};
pub use joined::Joined;
pub use limits::Limits;
pub(crate) use limits::read_error;

/// Something that can be read at any place.
pub trait ReadSeek: Read + Seek + Send {}

impl<T: Read + Seek + Send> ReadSeek for T {}

/// A file inside an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Path inside the archive, with `/` between its parts. A name that an archive holds twice stands as `(2)/name`.
    pub path: String,
    /// Unpacked bytes, as declared.
    pub size: u64,
    /// When it was written, as the archive says (often in local time): the best date of an undated export.
    pub modified: Option<Timestamp>,
    /// Why what is inside of it cannot be reached, if it cannot.
    pub sealed: Option<Sealed>,
}

/// Why an archive inside an archive is listed as a file and not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Sealed {
    /// It is packed, and larger than what is held in memory.
    TooLarge,
    /// It lies too deep.
    TooDeep,
    /// It needs a password.
    Encrypted,
    /// It is cut off, damaged, or no archive at all.
    Damaged,
    /// It is of a form that is not read.
    Form,
}

impl Sealed {
    /// The stable id.
    pub fn id(self) -> &'static str {
        match self {
            Self::TooLarge => "nested-too-large",
            Self::TooDeep => "nested-too-deep",
            Self::Encrypted => "nested-encrypted",
            Self::Damaged => "nested-damaged",
            Self::Form => "nested-not-supported",
        }
    }
}

/// A member and where it lies in its layer.
struct Found {
    member: Member,
    slot: usize,
    /// Packed bytes; for a folder the same as unpacked.
    packed: u64,
}

/// An opened archive.
pub struct Archive {
    members: Vec<Member>,
    places: Vec<Place>,
    layers: Vec<Layer>,
    limits: Limits,
}

impl std::fmt::Debug for Archive {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Names inside an archive can be personal.
        f.debug_struct("Archive").field("members", &self.members.len()).finish_non_exhaustive()
    }
}

impl Archive {
    /// Opens a file, whatever it is, and lists it under limits. Text by itself is an archive of one member.
    ///
    /// # Errors
    /// [`ImportError`] if it is no archive, of an unsupported form, cut off, encrypted, unsafe, or too large.
    pub fn file(
        name: &str,
        modified: Option<Timestamp>,
        reader: Box<dyn ReadSeek>,
        limits: Limits,
    ) -> Result<Self, ImportError> {
        let nest = Nest::file(Window::whole(reader)?, &Picked { name, modified }, limits)?;
        Ok(Self::new(nest, limits))
    }

    /// Opens a zip and lists it under limits.
    ///
    /// # Errors
    /// [`ImportError`] if it is no zip, cut off, encrypted, unsafe, or too large.
    pub fn zip(reader: Box<dyn ReadSeek>, limits: Limits) -> Result<Self, ImportError> {
        let mut window = Window::whole(reader)?;
        if !window.beginning(4)?.starts_with(b"PK") {
            return Err(ImportError::NotAnArchive);
        }
        Ok(Self::new(Nest::file(window, &Picked { name: "", modified: None }, limits)?, limits))
    }

    /// Lists a folder under limits.
    ///
    /// # Errors
    /// [`ImportError`] if it cannot be listed, or is unsafe or too large.
    pub fn folder(folder: Box<dyn Folder>, limits: Limits) -> Result<Self, ImportError> {
        Ok(Self::new(Nest::folder(folder, limits)?, limits))
    }

    fn new(nest: Nest, limits: Limits) -> Self {
        let Nest { mut members, places, layers, .. } = nest;
        tell_apart(&mut members);
        Self { members, places, layers, limits }
    }

    /// Its files, without directories and without what operating systems leave behind.
    pub fn members(&self) -> &[Member] {
        &self.members
    }

    /// Whether some of it is a stream: its files should be opened in their order, as each step back unpacks it anew.
    pub fn is_stream(&self) -> bool {
        self.layers.iter().any(nest::is_stream)
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.limits
    }

    fn place(&self, index: usize) -> Result<Place, ReadError> {
        self.places.get(index).copied().ok_or_else(|| ReadError::Io(io::ErrorKind::NotFound.into()))
    }

    /// Opens a member for reading from its beginning. What comes out is counted against the limits.
    pub(crate) fn open(&mut self, index: usize) -> Result<Box<dyn Read + '_>, ReadError> {
        let place = self.place(index)?;
        let declared = self.members.get(index).map_or(0, |member| member.size);
        let most = nest::most(&self.layers, place, declared, &self.limits);
        let (left, limit) = if most < self.limits.total_bytes {
            (most, Limit::Ratio)
        } else {
            (self.limits.total_bytes, Limit::TotalBytes)
        };
        Ok(Box::new(Counted { inner: nest::open(&mut self.layers, place)?, left, limit }))
    }

    /// The first bytes of a member.
    pub(crate) fn beginning(&mut self, index: usize, bytes: usize) -> Result<Vec<u8>, ReadError> {
        let (place, size) = (self.place(index)?, self.members[index].size);
        if let Some(kept) = nest::kept_beginning(&self.layers, place)
            && (kept.len() as u64 >= size || kept.len() >= bytes)
        {
            return Ok(kept[..kept.len().min(bytes)].to_vec());
        }
        let mut beginning = Vec::new();
        let mut reader = self.open(index)?.take(bytes as u64);
        reader.read_to_end(&mut beginning).map_err(read_error)?;
        Ok(beginning)
    }

    /// The last bytes of a member that lies unpacked; none if all that comes before would have to be unpacked first.
    pub(crate) fn end(&mut self, index: usize, bytes: u64) -> Result<Option<Vec<u8>>, ReadError> {
        let place = self.place(index)?;
        let Some(mut window) = nest::in_place(&mut self.layers, place)? else { return Ok(None) };
        let start = window.len().saturating_sub(bytes);
        window.seek(io::SeekFrom::Start(start)).map_err(read_error)?;
        let mut end = Vec::new();
        window.take(bytes).read_to_end(&mut end).map_err(read_error)?;
        Ok(Some(end))
    }
}

/// Gives names that repeat a number in front.
fn tell_apart(members: &mut [Member]) {
    let mut seen: HashMap<String, u32> = HashMap::with_capacity(members.len());
    for member in members {
        let times = seen.entry(member.path.clone()).or_insert(0);
        *times += 1;
        if *times > 1 {
            member.path = String::from_utf8_lossy(&numbered(*times, member.path.as_bytes())).into_owned();
        }
    }
}

/// A name that came before, with a number in front: so patterns on names still match.
fn numbered(times: u32, name: &[u8]) -> Vec<u8> {
    if times < 2 {
        return name.to_vec();
    }
    let mut numbered = format!("({times})/").into_bytes();
    numbered.extend_from_slice(name);
    numbered
}

/// A file by itself. Browsers number what they save twice; the number is no part of the name that the service gave.
fn loose(picked: &Picked<'_>, size: u64, limits: &Limits) -> Result<Found, ImportError> {
    // Rows where an archive was promised: a saved web page or a letter, under the name of the download.
    let name = picked.name.to_ascii_lowercase();
    if [".zip", ".tgz", ".gz", ".tar"].iter().any(|end| name.ends_with(end)) {
        return Err(ImportError::NotAnArchive);
    }
    let (stem, end) = picked.name.rsplit_once('.').unwrap_or((picked.name, ""));
    let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let plain = stem
        .strip_suffix(')')
        .and_then(|stem| stem.rsplit_once(" ("))
        .filter(|(_, text)| number(text))
        .map(|(stem, _)| format!("{stem}.{end}"));
    let path = safe_path(plain.as_deref().unwrap_or(picked.name), limits)?;
    let member = Member { path, size, modified: picked.modified, sealed: None };
    Ok(Found { member, slot: 0, packed: size })
}

/// Brings a name to `/`, and refuses one that points outside. Nothing is ever written to disk, so this only keeps out
/// archives that no service makes.
fn safe_path(name: &str, limits: &Limits) -> Result<String, ImportError> {
    if name.len() > limits.path_length {
        return Err(ImportError::Limit(Limit::PathLength));
    }
    let path = name.replace('\\', "/");
    let path = path.trim_start_matches("./");
    let drive = path.as_bytes().get(1) == Some(&b':') && path.as_bytes()[0].is_ascii_alphabetic();
    let outside =
        drive || path.starts_with('/') || path.contains('\0') || path.split('/').any(|part| part == "..");
    if outside || path.is_empty() { Err(ImportError::UnsafePath) } else { Ok(path.to_owned()) }
}

/// What operating systems leave in archives and folders.
fn is_litter(path: &str) -> bool {
    let base = path.rsplit('/').next().unwrap_or_default();
    path.split('/').any(|part| part == "__MACOSX")
        || base.starts_with("._")
        || [".ds_store", "thumbs.db", "desktop.ini"].contains(&base.to_ascii_lowercase().as_str())
}
