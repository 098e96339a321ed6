//! What a file is, from its first bytes: names can say anything.

use super::forward::Forward;
use super::window::Window;
use crate::ImportError;
use std::io::{self, Read, Seek, SeekFrom};

/// How a file is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packing {
    Zip,
    Tar,
    /// A tar archive, packed as one stream.
    TarGz,
    /// One file, packed.
    Gz,
    /// Text that may be a file of an export by itself.
    Loose,
}

/// Bytes that say enough.
const ENOUGH: u64 = 4 << 10;

/// Packed in ways that are not read.
const OTHERS: &[&[u8]] =
    &[b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\xfd7zXZ\0", b"BZh", b"\x28\xb5\x2f\xfd", b"LZIP", b"MSCF"];

pub(super) fn packing(window: &mut Window) -> Result<Packing, ImportError> {
    let start = window.beginning(ENOUGH)?;
    match &start[..] {
        [b'P', b'K', 7, 8, rest @ ..] if !rest.starts_with(b"PK\x03\x04") => Err(ImportError::Split),
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] | [b'P', b'K', 7, 8, ..] => Ok(Packing::Zip),
        [0x1f, 0x8b, 8, ..] => inside(window),
        _ if OTHERS.iter().any(|magic| start.starts_with(magic)) => Err(ImportError::NotSupported),
        _ if is_tar(&start) => Ok(Packing::Tar),
        _ if is_rows(&start) => Ok(Packing::Loose),
        _ => Err(ImportError::NotAnArchive),
    }
}

fn inside(window: &Window) -> Result<Packing, ImportError> {
    let mut start = Vec::new();
    let read = Forward::new(window.part(0, u64::MAX)).take(512).read_to_end(&mut start);
    match read {
        Ok(_) if is_tar(&start) => Ok(Packing::TarGz),
        Ok(_) => Ok(Packing::Gz),
        Err(_) if start.is_empty() && window.len() < 18 => Err(ImportError::NotAnArchive),
        Err(_) => Err(ImportError::Truncated),
    }
}

/// A header whose checksum fits, the field of the checksum itself being taken as blanks.
fn is_tar(start: &[u8]) -> bool {
    let Some(header) = start.get(..512) else { return false };
    let field = String::from_utf8_lossy(&header[148..156]);
    let Ok(written) = u64::from_str_radix(field.trim_matches([' ', '\0']), 8) else { return false };
    let sum: u64 = header.iter().map(|byte| u64::from(*byte)).sum();
    let own: u64 = header[148..156].iter().map(|byte| u64::from(*byte)).sum();
    written > 0 && written == sum - own + 8 * u64::from(b' ')
}

/// Whether it begins as JSON, or as a table: a first line in several cells. Whose it is, its name and content tell later.
fn is_rows(start: &[u8]) -> bool {
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    let Some(first) = start.iter().find(|byte| !byte.is_ascii_whitespace()) else { return false };
    let control = |byte: &u8| (*byte < b' ' || *byte == 0x7f) && !matches!(byte, b'\t' | b'\n' | b'\r');
    if start.iter().any(control) {
        return false;
    }
    let line = start.split(|byte| *byte == b'\n').next().unwrap_or_default();
    matches!(first, b'{' | b'[') || *first != b'<' && *first != b'%' && line.contains(&b',')
}

/// Whether the end of a zip says that it is the last of several pieces.
pub(super) fn is_last_piece(window: &mut Window) -> io::Result<bool> {
    let tail = window.len().min(22 + (64 << 10));
    window.seek(SeekFrom::Start(window.len() - tail))?;
    let mut end = Vec::new();
    window.read_to_end(&mut end)?;
    window.rewind()?;
    let Some(at) = memchr::memmem::rfind(&end, b"PK\x05\x06") else { return Ok(false) };
    let disk = end.get(at + 4..at + 6).map_or(0, |two| u16::from_le_bytes([two[0], two[1]]));
    Ok(disk != 0 && disk != u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn packed_as(bytes: &[u8]) -> Result<Packing, ImportError> {
        packing(&mut Window::whole(Box::new(Cursor::new(bytes.to_vec()))).expect("opens"))
    }

    #[test]
    fn other_packings_are_said_to_be_unsupported() {
        for magic in OTHERS {
            assert!(matches!(packed_as(magic), Err(ImportError::NotSupported)), "{magic:?}");
        }
        assert!(matches!(packed_as(b"PK\x07\x08and so on"), Err(ImportError::Split)));
    }

    #[test]
    fn text_in_cells_and_json_may_be_a_file_by_itself() {
        for rows in [&b"Title,Date\n"[..], b"\xef\xbb\xbf{\"a\":1}", b"\n [1]", "\u{1f600},x".as_bytes()] {
            assert!(matches!(packed_as(rows), Ok(Packing::Loose)), "{rows:?}");
        }
        for no in [&b""[..], b"hello", b"%PDF-1.7, x", b"<html>,", b"a,b\0c", &[0; 600], b"PK"] {
            assert!(matches!(packed_as(no), Err(ImportError::NotAnArchive)), "{no:?}");
        }
    }
}
