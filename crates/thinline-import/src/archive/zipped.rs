//! A zip archive: its list, and its files as they unpack. Also zip64.
//!
//! Names that are not UTF-8 are read lossily: they are only matched and shown. The time of an entry is in the local
//! time of whoever packed it; it is taken as UTC, since it only dates an export roughly.

use super::{Found, Limits, Member, ReadSeek, is_litter, read_error, safe_path};
use crate::{ImportError, Limit, ReadError, time::days_from_civil};
use std::io::{self, Read, SeekFrom};
use thinline_model::Timestamp;
use zip::{ZipArchive, result::ZipError};

pub(super) fn open(
    mut reader: Box<dyn ReadSeek>,
    limits: &Limits,
) -> Result<ZipArchive<Box<dyn ReadSeek>>, ImportError> {
    let begins_as_zip = begins_as_zip(&mut reader)?;
    let archive = ZipArchive::new(reader).map_err(|error| match error {
        ZipError::Io(error) if error.kind() != io::ErrorKind::UnexpectedEof => ImportError::Io(error),
        _ if begins_as_zip => ImportError::Truncated,
        _ => ImportError::NotAnArchive,
    })?;
    if archive.len() > limits.entries {
        return Err(ImportError::Limit(Limit::Entries));
    }
    Ok(archive)
}

fn begins_as_zip(reader: &mut Box<dyn ReadSeek>) -> Result<bool, ImportError> {
    let mut magic = [0_u8; 4];
    reader.seek(SeekFrom::Start(0))?;
    let full = match reader.read_exact(&mut magic) {
        Ok(()) => true,
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => false,
        Err(error) => return Err(error.into()),
    };
    reader.seek(SeekFrom::Start(0))?;
    Ok(full && magic == *b"PK\x03\x04")
}

pub(super) fn list(
    archive: &mut ZipArchive<Box<dyn ReadSeek>>,
    limits: &Limits,
) -> Result<Vec<Found>, ImportError> {
    let mut found = Vec::with_capacity(archive.len());
    for place in 0..archive.len() {
        let entry = archive.by_index_data(place).map_err(|_| ImportError::Truncated)?;
        let path = safe_path(&String::from_utf8_lossy(entry_name(&entry).as_bytes()), limits)?;
        if entry.is_symlink() {
            return Err(ImportError::UnsafePath);
        }
        if entry.is_dir() || is_litter(&path) {
            continue;
        }
        if entry.encrypted() {
            return Err(ImportError::Encrypted);
        }
        let member = Member { path, size: entry.size(), modified: entry.last_modified().and_then(timestamp) };
        found.push(Found { packed: entry.compressed_size(), member, place });
    }
    Ok(found)
}

fn entry_name(entry: &zip::read::ZipFileEntry<'_>) -> String {
    match entry.name() {
        Ok(name) => name.into_owned(),
        Err(_) => String::from_utf8_lossy(entry.name_raw()).into_owned(),
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

pub(super) fn file(
    archive: &mut ZipArchive<Box<dyn ReadSeek>>,
    place: usize,
) -> Result<impl Read + '_, ReadError> {
    archive.by_index(place).map_err(|error| match error {
        ZipError::Io(error) => read_error(error),
        ZipError::CompressionMethodNotSupported(_) => ReadError::Method,
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            ReadError::Encrypted
        }
        ZipError::UnsupportedArchive(_) => ReadError::Method,
        _ => ReadError::Damaged,
    })
}
