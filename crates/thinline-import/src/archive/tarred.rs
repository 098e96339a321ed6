//! A tar archive, plain or packed as one stream (`.tgz`): its list, and where its files lie.
//!
//! Listing a packed one is one pass; what it sees of the beginning of each file is kept as far as a small store reaches, so
//! that looking into files does not unpack it again. Nothing goes to disk.

use super::forward::Forward;
use super::limits::{Counted, Limits, OverLimit, import_error as failed};
use super::nest::Picked;
use super::window::Window;
use super::{Found, Member, Sealed, is_litter, safe_path};
use crate::{ImportError, Limit};
use std::io::{self, Read, Seek};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tar::EntryType;
use thinline_model::Timestamp;

/// Bytes of headers before one file; a longer name or list of properties is no service's.
const HEADERS: u64 = 1 << 20;
/// Kept of the beginning of a file, and of all together.
const BEGINNING: u64 = 64 << 10;
const BEGINNINGS: usize = 16 << 20;

/// Where a file lies in the unpacked bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    pub start: u64,
    pub size: u64,
}

/// What listing found.
#[derive(Default)]
pub(super) struct Listed {
    pub found: Vec<Found>,
    pub spans: Vec<Span>,
    /// The beginnings of the first files, for those that fit.
    pub beginnings: Vec<Vec<u8>>,
}

/// Lists a plain tar by going from header to header.
pub(super) fn list(window: Window, limits: &Limits) -> Result<Listed, ImportError> {
    let len = window.len();
    let left = Arc::new(AtomicU64::new(HEADERS));
    let mut archive = tar::Archive::new(Headers { inner: window, left: Arc::clone(&left) });
    let mut listed = Listed::default();
    for entry in archive.entries_with_seek().map_err(failed)? {
        let entry = entry.map_err(failed)?;
        if let Some(one) = one(&entry, limits)? {
            if one.span.start.saturating_add(one.span.size) > len {
                return Err(ImportError::Truncated);
            }
            listed.add(one, limits)?;
        }
        left.store(HEADERS, Ordering::Relaxed);
    }
    Ok(listed)
}

/// Lists a packed tar in one pass to its very end, so that its checksum is checked, too.
pub(super) fn list_packed(window: &Window, limits: &Limits) -> Result<Listed, ImportError> {
    let left = Arc::new(AtomicU64::new(HEADERS));
    let counted = counted(window, limits);
    let mut archive = tar::Archive::new(Headers { inner: counted, left: Arc::clone(&left) });
    let mut listed = Listed::default();
    let mut kept = 0;
    for entry in archive.entries().map_err(failed)? {
        let mut entry = entry.map_err(failed)?;
        left.store(u64::MAX, Ordering::Relaxed);
        let one = one(&entry, limits)?;
        let size = entry.size();
        let mut beginning = Vec::new();
        let keep = one.is_some() && kept < BEGINNINGS;
        if keep {
            entry.by_ref().take(BEGINNING).read_to_end(&mut beginning).map_err(failed)?;
        }
        let read = beginning.len() as u64 + io::copy(&mut entry, &mut io::sink()).map_err(failed)?;
        if let Some(one) = one {
            if read < size && one.sealed.is_none() {
                return Err(ImportError::Truncated);
            }
            kept += beginning.len();
            listed.add(one, limits)?;
            if keep {
                listed.beginnings.push(beginning);
            }
        }
        left.store(HEADERS, Ordering::Relaxed);
    }
    left.store(u64::MAX, Ordering::Relaxed);
    io::copy(&mut archive.into_inner(), &mut io::sink()).map_err(failed)?;
    Ok(listed)
}

/// One file that was packed by itself.
pub(super) fn list_single(
    window: &Window,
    picked: &Picked<'_>,
    limits: &Limits,
) -> Result<Listed, ImportError> {
    let noted = Forward::new(window.part(0, u64::MAX)).noted_name().map_err(failed)?;
    let noted = noted.map(|name| String::from_utf8_lossy(&name).into_owned());
    let mut reader = counted(window, limits);
    let mut beginning = Vec::new();
    reader.by_ref().take(BEGINNING).read_to_end(&mut beginning).map_err(failed)?;
    let size = beginning.len() as u64 + io::copy(&mut reader, &mut io::sink()).map_err(failed)?;
    let outer = picked.name.rsplit('/').next().unwrap_or_default();
    let own = outer.strip_suffix(".gz").or_else(|| outer.strip_suffix(".GZ")).unwrap_or(outer);
    let path = safe_path(noted.as_deref().filter(|name| !name.is_empty()).unwrap_or(own), limits)?;
    let mut listed = Listed { beginnings: vec![beginning], ..Listed::default() };
    listed
        .add(One { path, modified: picked.modified, span: Span { start: 0, size }, sealed: None }, limits)?;
    Ok(listed)
}

/// The unpacked stream, under the limits on what may come out of so many bytes.
fn counted(window: &Window, limits: &Limits) -> Counted<Forward> {
    let most = window.len().saturating_mul(limits.ratio).max(Limits::RATIO_FROM);
    // Headers and padding are no file's bytes: a little more than all files may have.
    let all = limits.total_bytes.saturating_add(limits.total_bytes / 8).saturating_add(HEADERS);
    let (left, limit) = if most < all { (most, Limit::Ratio) } else { (all, Limit::TotalBytes) };
    Counted { inner: Forward::new(window.part(0, u64::MAX)), left, limit }
}

struct One {
    path: String,
    modified: Option<Timestamp>,
    span: Span,
    sealed: Option<Sealed>,
}

impl Listed {
    fn add(&mut self, one: One, limits: &Limits) -> Result<(), ImportError> {
        if self.found.len() >= limits.entries {
            return Err(ImportError::Limit(Limit::Entries));
        }
        let (size, slot) = (one.span.size, self.spans.len());
        self.spans.push(one.span);
        let member = Member { path: one.path, size, modified: one.modified, sealed: one.sealed };
        self.found.push(Found { member, slot, packed: size });
        Ok(())
    }
}

/// A file of the archive, or nothing for a folder and what systems leave behind.
fn one<R: Read>(entry: &tar::Entry<'_, R>, limits: &Limits) -> Result<Option<One>, ImportError> {
    let kind = entry.header().entry_type();
    match kind {
        EntryType::Directory | EntryType::XGlobalHeader => return Ok(None),
        EntryType::Symlink | EntryType::Link | EntryType::Char | EntryType::Block | EntryType::Fifo => {
            return Err(ImportError::UnsafePath);
        }
        _ => {}
    }
    let path = safe_path(&String::from_utf8_lossy(&entry.path_bytes()), limits)?;
    if is_litter(&path) || path.ends_with('/') {
        return Ok(None);
    }
    let plain = matches!(kind, EntryType::Regular | EntryType::Continuous);
    Ok(Some(One {
        path,
        modified: entry.header().mtime().ok().and_then(|at| i64::try_from(at).ok()).map(Timestamp),
        span: Span { start: entry.raw_file_position(), size: entry.size() },
        sealed: (!plain).then_some(Sealed::Form),
    }))
}

/// Ends with an error once the headers before one file are larger than any service's: they would be held in memory.
struct Headers<R> {
    inner: R,
    left: Arc<AtomicU64>,
}

impl<R: Read> Read for Headers<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        let left = self.left.load(Ordering::Relaxed);
        let left = left.checked_sub(count as u64);
        let left = left.ok_or_else(|| io::Error::other(OverLimit(Limit::PathLength)))?;
        self.left.store(left, Ordering::Relaxed);
        Ok(count)
    }
}

impl<R: Seek> Seek for Headers<R> {
    fn seek(&mut self, to: io::SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}
