//! A zip archive: its list, and its files as they unpack. Also zip64. Names may repeat: each entry is a file of its own.
//!
//! Names that are not UTF-8 are read lossily: they are only matched and shown. The time of an entry is in the local
//! time of whoever packed it; it is taken as UTC, since it only dates an export roughly.

use super::{
    Found, Limits, Member, forward::Whole, is_litter, magic, read_error, safe_path, twins, window::Window,
};
use crate::{ImportError, Limit, ReadError, time::days_from_civil};
use std::io::{self, Read};
use thinline_model::Timestamp;
use zip::{CompressionMethod, ZipArchive, read::ZipFileEntry, result::ZipError};

/// A zip over the bytes of its layer.
pub(super) type Zip = Box<ZipArchive<Window>>;

/// Reads the directory at its end.
pub(super) fn open(window: &Window) -> Result<Zip, ImportError> {
    let archive = ZipArchive::new(window.part(0, u64::MAX)).map_err(failed)?;
    if !archive.has_duplicate_names() {
        return Ok(Box::new(archive));
    }
    let apart = twins::apart(window, archive.central_directory_start(), archive.offset())?;
    let archive = ZipArchive::new(apart).map_err(failed)?;
    // Names made to look like numbered ones: nothing may be passed over.
    if archive.has_duplicate_names() { Err(ImportError::Truncated) } else { Ok(Box::new(archive)) }
}

pub(super) fn list(window: &mut Window, limits: &Limits) -> Result<(Zip, Vec<Found>), ImportError> {
    if magic::is_last_piece(window)? {
        return Err(ImportError::Split);
    }
    let begins_with_file = window.beginning(4)? == b"PK\x03\x04";
    let archive = open(window)?;
    if archive.len() > limits.entries {
        return Err(ImportError::Limit(Limit::Entries));
    }
    let mut found = Vec::new();
    let (mut first, mut packed) = (u64::MAX, 0_u64);
    for slot in 0..archive.len() {
        let entry = archive.by_index_data(slot).map_err(failed)?;
        first = first.min(entry.header_start());
        packed = packed.saturating_add(entry.compressed_size());
        if let Some(member) = member(&entry, limits)? {
            found.push(Found { packed: entry.compressed_size(), member, slot });
        }
    }
    // Files before the first one of the directory would be passed over in silence: two zips glued together.
    if begins_with_file && first > 0 {
        return Err(ImportError::Truncated);
    }
    // Entries that share their bytes unpack to more than there is.
    if packed > window.len() {
        return Err(ImportError::Limit(Limit::Ratio));
    }
    Ok((archive, found))
}

/// The file of an entry, or nothing for a folder and what systems leave behind.
fn member(entry: &ZipFileEntry<'_>, limits: &Limits) -> Result<Option<Member>, ImportError> {
    let name = match entry.name() {
        Ok(name) => name.into_owned(),
        Err(_) => String::from_utf8_lossy(entry.name_raw()).into_owned(),
    };
    if name == "./" {
        return Ok(None);
    }
    let path = safe_path(&name, limits)?;
    if entry.is_symlink() {
        return Err(ImportError::UnsafePath);
    }
    if entry.is_dir() || is_litter(&path) {
        return Ok(None);
    }
    if entry.encrypted() {
        return Err(ImportError::Encrypted);
    }
    let modified = entry.last_modified().and_then(timestamp);
    Ok(Some(Member { path, size: entry.size(), modified, sealed: None }))
}

fn failed(error: ZipError) -> ImportError {
    match error {
        ZipError::Io(error) if error.kind() != io::ErrorKind::UnexpectedEof => ImportError::Io(error),
        ZipError::UnsupportedArchive(_) => ImportError::Split,
        _ => ImportError::Truncated,
    }
}

fn timestamp(time: zip::DateTime) -> Option<Timestamp> {
    if !time.is_valid() {
        return None;
    }
    let days = days_from_civil(i64::from(time.year()), time.month(), time.day());
    let second = i64::from(time.hour()) * 3600 + i64::from(time.minute()) * 60 + i64::from(time.second());
    Some(Timestamp(days * 86_400 + second))
}

pub(super) fn file(archive: &mut Zip, slot: usize) -> Result<impl Read + '_, ReadError> {
    let file = archive.by_index(slot).map_err(|error| match error {
        ZipError::Io(error) => read_error(error),
        ZipError::CompressionMethodNotSupported(_) => ReadError::Method,
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            ReadError::Encrypted
        }
        ZipError::UnsupportedArchive(_) => ReadError::Method,
        _ => ReadError::Damaged,
    })?;
    let size = file.size();
    Ok(Whole::new(file, size))
}

/// The bytes of a file that lies in the zip as it is, not packed; nothing if it is packed.
pub(super) fn unpacked(archive: &mut Zip, slot: usize, window: &Window) -> Option<Window> {
    let entry = archive.by_index_raw(slot).ok()?;
    if entry.compression() != CompressionMethod::Stored || entry.size() != entry.compressed_size() {
        return None;
    }
    let part = window.part(entry.data_start()?, entry.size());
    (part.len() == entry.size()).then_some(part)
}
