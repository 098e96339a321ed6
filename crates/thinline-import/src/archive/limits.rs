//! How much is read at most, and the reader that counts.

use crate::{ImportError, Limit, ReadError};
use std::io::{self, Read};

/// How much is read at most. A service's export stays far below; an archive made to harm does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Files, those of inner archives too.
    pub entries: usize,
    /// Unpacked bytes of all files.
    pub total_bytes: u64,
    /// Unpacked to packed bytes: of a file, once it is larger than [`Limits::RATIO_FROM`], and of all files together.
    pub ratio: u64,
    /// Bytes of one row; a longer one fails, and the next is read.
    pub row_bytes: usize,
    /// Bytes of a name.
    pub path_length: usize,
    /// How deep archives may lie in one another; the outermost is the first.
    pub depth: usize,
    /// Bytes of inner archives that are held in memory, as they have no place to be read at.
    pub held_bytes: u64,
}

impl Limits {
    /// Small files may shrink as much as they like.
    pub const RATIO_FROM: u64 = 8 << 20;
    /// So may all files together.
    pub const TOTAL_RATIO_FROM: u64 = 64 << 20;
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            entries: 200_000,
            total_bytes: 64 << 30,
            ratio: 500,
            row_bytes: 8 << 20,
            path_length: 1_024,
            depth: 4,
            held_bytes: 64 << 20,
        }
    }
}

/// Ends with an error once more comes out than the limits allow, whatever the archive declared.
pub(super) struct Counted<R> {
    pub inner: R,
    pub left: u64,
    pub limit: Limit,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        let left = self.left.checked_sub(count as u64);
        self.left = left.ok_or_else(|| io::Error::other(OverLimit(self.limit)))?;
        Ok(count)
    }
}

#[derive(Debug, thiserror::Error)]
#[error("over the limit on {0}")]
pub(super) struct OverLimit(pub Limit);

/// The limit that was broken, if that is why reading failed: also below what another reader says about it.
fn over_limit(error: &io::Error) -> Option<Limit> {
    let inner = error.get_ref()?;
    match inner.downcast_ref::<OverLimit>() {
        Some(over) => Some(over.0),
        None => inner.source()?.downcast_ref().and_then(over_limit),
    }
}

/// What a failed read of a member says about it.
pub(crate) fn read_error(error: io::Error) -> ReadError {
    if let Some(limit) = over_limit(&error) {
        return ReadError::Limit(limit);
    }
    match error.kind() {
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::UnexpectedEof => {
            ReadError::Damaged
        }
        io::ErrorKind::Unsupported => ReadError::Method,
        _ => ReadError::Io(error),
    }
}

/// What a failed read says about the whole archive.
pub(super) fn import_error(error: io::Error) -> ImportError {
    // What is wrong inside of a tar is told as `Other`.
    let other = error.kind() == io::ErrorKind::Other;
    match read_error(error) {
        ReadError::Limit(limit) => ImportError::Limit(limit),
        ReadError::Io(error) if !other => ImportError::Io(error),
        _ => ImportError::Truncated,
    }
}
