//! Writing a file that a person asked for: beside its place first, owner-only, hashed on the way, moved when it is whole.

use crate::wire::{ApiError, Code, ProfileWritten};
use crate::{Result, fault};
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A whole file that lies beside its place. Dropping it before it is put there deletes it.
pub(crate) struct Written {
    beside: Option<PathBuf>,
    overwrite: bool,
    bytes: u64,
    pub sha256: [u8; 32],
}

/// A file being written: in large pieces, since a record comes in dozens of small ones.
pub(crate) struct Out {
    pending: Vec<u8>,
    to: Hashed,
}

/// Bytes that are written at once.
const AT_ONCE: usize = 256 << 10;

impl Out {
    /// Adds a piece that is put together in memory.
    pub fn piece(&mut self, put: impl FnOnce(&mut Vec<u8>)) -> io::Result<()> {
        put(&mut self.pending);
        if self.pending.len() < AT_ONCE { Ok(()) } else { self.flush() }
    }
}

/// A file, and what went into it so far.
struct Hashed {
    file: File,
    hash: Sha256,
    bytes: u64,
}

impl Write for Hashed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = self.file.write(bytes)?;
        self.hash.update(&bytes[..n]);
        self.bytes += n as u64;
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.piece(|pending| pending.extend_from_slice(bytes))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let written = self.to.write_all(&self.pending);
        self.pending.clear();
        written
    }
}

/// Text as it is: lines bring their own end.
pub(crate) fn put(out: &mut Out, text: &str) -> Result<()> {
    out.write_all(text.as_bytes()).map_err(|error| cannot(&error))
}

pub(crate) fn cannot(error: &io::Error) -> ApiError {
    fault::io(error, Code::CannotWrite)
}

/// Writes a file beside `path`; the caller puts it in place.
pub(crate) fn write_file<T>(
    path: &Path,
    overwrite: bool,
    content: impl FnOnce(&mut Out) -> Result<T>,
) -> Result<(T, Written)> {
    if !overwrite && path.symlink_metadata().is_ok() {
        return Err(Code::CannotWrite.into());
    }
    let (beside, file) = new_beside(path)?;
    let mut written = Written { beside: Some(beside), overwrite, bytes: 0, sha256: [0; 32] };
    let hashed = Hashed { file, hash: Sha256::new(), bytes: 0 };
    let mut out = Out { pending: Vec::with_capacity(AT_ONCE + (16 << 10)), to: hashed };
    let answer = content(&mut out)?;
    out.flush().map_err(|error| cannot(&error))?;
    let hashed = out.to;
    hashed.file.sync_all().map_err(|error| cannot(&error))?;
    written.bytes = hashed.bytes;
    written.sha256 = hashed.hash.finalize().into();
    Ok((answer, written))
}

/// A new file with a name of its own: one that lies there already is somebody's.
fn new_beside(path: &Path) -> Result<(PathBuf, File)> {
    let mut random = [0; 8];
    getrandom::fill(&mut random).map_err(|_| Code::Internal)?;
    let mut beside = path.as_os_str().to_owned();
    beside.push(format!(".{}.part", hex::encode(random)));
    let beside = PathBuf::from(beside);
    let file = private_options().open(&beside).map_err(|error| cannot(&error))?;
    Ok((beside, file))
}

fn private_options() -> fs::OpenOptions {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

impl Written {
    /// Moves the file to its place. Without leave to replace, a file that came in between is kept.
    pub fn put_in_place(&self, path: &Path) -> Result<()> {
        let Some(beside) = &self.beside else { return Err(Code::Internal.into()) };
        let moved = if self.overwrite {
            fs::rename(beside, path)
        } else {
            // A link is made only where nothing is; where links are not to be had, a rename has to do.
            match fs::hard_link(beside, path) {
                Ok(()) => fs::remove_file(beside),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
                Err(_) => fs::rename(beside, path),
            }
        };
        moved.map_err(|error| cannot(&error))
    }

    /// What is told about it.
    pub fn into_wire(mut self, path: &Path, records: u32) -> ProfileWritten {
        self.beside = None;
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        ProfileWritten {
            path: path.display().to_string(),
            records,
            bytes: self.bytes,
            sha256: hex::encode(self.sha256),
        }
    }
}

impl Drop for Written {
    fn drop(&mut self) {
        if let Some(beside) = &self.beside {
            let _ = fs::remove_file(beside);
        }
    }
}
