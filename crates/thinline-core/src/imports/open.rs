//! Opening what a person picked: a file, its numbered pieces, or a folder of this computer becomes an archive that
//! `thinline-import` can read. What it is comes first, without reading all of it; its hash is made only when asked for.

use super::parts::Parts;
use crate::wire::{ApiError, Code};
use crate::{Result, clock, fault};
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, Read, Seek};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use thinline_import::{Archive, Folder, FolderEntry, ImportError, Joined, Limits, ReadSeek};
use thinline_model::Timestamp;

/// An archive with its base name, and what its hash is made of.
pub(crate) struct Opened {
    pub name: String,
    pub archive: Archive,
    content: Content,
}

enum Content {
    Hashed([u8; 32]),
    File(File),
    Parts(Parts),
    Folder(DiskFolder),
}

/// Where programs and disks that count in 32 bits cut off what they write.
const CUTS: [u64; 4] = [(1 << 31) - 1, 1 << 31, (1 << 32) - 1, 1 << 32];

impl Opened {
    pub fn path(path: &Path) -> Result<Self> {
        let path = path.canonicalize().map_err(not_found)?;
        let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        if path.is_dir() {
            let folder = DiskFolder::list(&path).map_err(not_found)?;
            let archive = Archive::folder(Box::new(folder.clone()), Limits::default())?;
            return Ok(Self { name, archive, content: Content::Folder(folder) });
        }
        // A pipe or a device would be read without end, or not at all.
        if !path.is_file() {
            return Err(Code::NotAnArchive.into());
        }
        match Parts::beside(&path)? {
            Some(parts) => Self::parts(parts),
            None => Self::file(name, File::open(&path).map_err(not_found)?),
        }
    }

    fn file(name: String, file: File) -> Result<Self> {
        let about = file.metadata().map_err(not_found)?;
        let reader = Box::new(file.try_clone().map_err(not_found)?);
        let archive = Archive::file(&name, modified(&about), reader, Limits::default());
        let archive = archive.map_err(|error| match error {
            ImportError::Truncated if CUTS.contains(&about.len()) => Code::CutAtSize.into(),
            error => ApiError::from(error),
        })?;
        Ok(Self { name, archive, content: Content::File(file) })
    }

    fn parts(parts: Parts) -> Result<Self> {
        let joined: Joined = parts.open().map_err(not_found)?;
        let archive = Archive::file(&parts.name, None, Box::new(joined), Limits::default());
        let archive = archive.map_err(|error| match error {
            ImportError::Truncated => parts.ends_early(),
            error => ApiError::from(error),
        })?;
        Ok(Self { name: parts.name.clone(), archive, content: Content::Parts(parts) })
    }

    /// By which it is recognized. All of it is read: asked for only once it is known to be an export.
    pub fn hash(&self) -> Result<[u8; 32]> {
        let hash = match &self.content {
            Content::Hashed(hash) => Ok(*hash),
            Content::File(file) => file.try_clone().and_then(hash_of),
            Content::Parts(parts) => parts.open().and_then(hash_of),
            Content::Folder(folder) => folder.hash(),
        };
        hash.map_err(not_found)
    }

    /// An archive that lies in memory.
    pub fn zip(name: &str, mut reader: Box<dyn ReadSeek>) -> Result<Self> {
        let hash = hash_of(&mut reader).map_err(not_found)?;
        let archive = Archive::zip(reader, Limits::default())?;
        Ok(Self { name: name.to_owned(), archive, content: Content::Hashed(hash) })
    }

    /// When the export was made, as well as can be told: its newest file, else now.
    pub fn made_at(&self) -> i64 {
        let now = clock::now();
        // Earlier than any such export: a clock that was not set.
        let year_2006 = 1_136_073_600;
        let dates = self.archive.members().iter().filter_map(|member| member.modified).map(|at| at.0);
        dates.filter(|at| (year_2006..=now).contains(at)).max().unwrap_or(now)
    }
}

fn not_found(error: io::Error) -> ApiError {
    fault::io(&error, Code::NotFound)
}

fn modified(about: &fs::Metadata) -> Option<Timestamp> {
    let seconds = about.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
    i64::try_from(seconds.as_secs()).ok().map(Timestamp)
}

fn hash_of(mut reader: impl Read + Seek) -> io::Result<[u8; 32]> {
    let mut hash = Sha256::new();
    reader.rewind()?;
    copy(&mut reader, &mut hash)?;
    reader.rewind()?;
    Ok(hash.finalize().into())
}

fn copy(from: &mut impl Read, into: &mut Sha256) -> io::Result<()> {
    let mut buffer = vec![0; 256 << 10];
    loop {
        match from.read(&mut buffer)? {
            0 => return Ok(()),
            n => into.update(&buffer[..n]),
        }
    }
}

/// A folder as it lies on disk. Links are not followed; what cannot be named in UTF-8 is no export of ours.
#[derive(Clone)]
struct DiskFolder {
    files: Arc<[Found]>,
}

/// Deeper folders than this are no service's export.
const DEPTH: usize = 12;

impl DiskFolder {
    fn list(root: &Path) -> io::Result<Self> {
        let mut files = Vec::new();
        walk(root, "", DEPTH, &mut files)?;
        files.sort_unstable_by(|a, b| a.1.cmp(&b.1));
        Ok(Self { files: files.into() })
    }

    fn hash(&self) -> io::Result<[u8; 32]> {
        let mut hash = Sha256::new();
        for (path, name, size, _) in self.files.iter() {
            hash.update((name.len() as u64).to_le_bytes());
            hash.update(name.as_bytes());
            hash.update(size.to_le_bytes());
            copy(&mut File::open(path)?, &mut hash)?;
        }
        Ok(hash.finalize().into())
    }
}

type Found = (PathBuf, String, u64, Option<Timestamp>);

fn walk(dir: &Path, prefix: &str, depth: usize, files: &mut Vec<Found>) -> io::Result<()> {
    for entry in fs::read_dir(dir)? {
        // One more than an archive may have: somebody named their whole disk, and it will be refused.
        if files.len() > Limits::default().entries {
            return Ok(());
        }
        let entry = entry?;
        let kind = entry.file_type()?;
        let Some(name) = entry.file_name().to_str().map(|name| format!("{prefix}{name}")) else { continue };
        if kind.is_dir() && depth > 0 {
            walk(&entry.path(), &format!("{name}/"), depth - 1, files)?;
        } else if kind.is_file() {
            let about = entry.metadata()?;
            files.push((entry.path(), name, about.len(), modified(&about)));
        }
    }
    Ok(())
}

impl Folder for DiskFolder {
    fn entries(&self) -> io::Result<Vec<FolderEntry>> {
        let entries = self.files.iter();
        Ok(entries
            .map(|(_, path, size, modified)| FolderEntry {
                path: path.clone(),
                size: *size,
                modified: *modified,
            })
            .collect())
    }

    fn open(&self, index: usize) -> io::Result<Box<dyn ReadSeek>> {
        let (path, ..) = self.files.get(index).ok_or(io::ErrorKind::NotFound)?;
        Ok(Box::new(File::open(path)?))
    }
}

impl From<io::ErrorKind> for ApiError {
    fn from(_: io::ErrorKind) -> Self {
        Self::new(Code::NotFound)
    }
}
