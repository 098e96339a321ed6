//! Opening what a person picked: a file or a folder of this computer becomes an archive that `thinline-import` can read.

use crate::wire::{ApiError, Code};
use crate::{Result, clock, fault};
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use thinline_import::{Archive, Folder, FolderEntry, Limits, ReadSeek};
use thinline_model::Timestamp;

/// An archive with its base name, and what its hash is made of.
pub(crate) struct Opened {
    pub name: String,
    pub archive: Archive,
    content: Content,
}

enum Content {
    Hashed([u8; 32]),
    Folder(DiskFolder),
}

impl Opened {
    pub fn path(path: &Path) -> Result<Self> {
        let not_found = |error: io::Error| fault::io(&error, Code::NotFound);
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
        let file = File::open(&path).map_err(not_found)?;
        Self::zip(&name, Box::new(file))
    }

    /// By which it is recognized. For a folder every file is read: asked for only once it is known to be an export.
    pub fn hash(&self) -> Result<[u8; 32]> {
        match &self.content {
            Content::Hashed(hash) => Ok(*hash),
            Content::Folder(folder) => folder.hash().map_err(|error| fault::io(&error, Code::NotFound)),
        }
    }

    pub fn zip(name: &str, mut reader: Box<dyn ReadSeek>) -> Result<Self> {
        let failed = |error: io::Error| fault::io(&error, Code::NotFound);
        // What it is comes first: hashing gigabytes only to say "no archive" would be rude.
        reader.seek(SeekFrom::Start(0)).map_err(failed)?;
        let mut hash = Sha256::new();
        let mut start = [0; 4];
        let looks_like_zip = reader.read_exact(&mut start).is_ok() && start.starts_with(b"PK");
        if !looks_like_zip {
            return Err(Code::NotAnArchive.into());
        }
        reader.seek(SeekFrom::Start(0)).map_err(failed)?;
        copy(&mut reader, &mut hash).map_err(failed)?;
        reader.seek(SeekFrom::Start(0)).map_err(failed)?;
        let archive = Archive::zip(reader, Limits::default())?;
        Ok(Self { name: name.to_owned(), archive, content: Content::Hashed(hash.finalize().into()) })
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
            let seconds = about.modified().ok().and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
            let modified = seconds.and_then(|at| i64::try_from(at.as_secs()).ok()).map(Timestamp);
            files.push((entry.path(), name, about.len(), modified));
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

    fn open(&self, index: usize) -> io::Result<Box<dyn Read + Send>> {
        let (path, ..) = self.files.get(index).ok_or(io::ErrorKind::NotFound)?;
        Ok(Box::new(File::open(path)?))
    }
}

impl From<io::ErrorKind> for ApiError {
    fn from(_: io::ErrorKind) -> Self {
        Self::new(Code::NotFound)
    }
}
