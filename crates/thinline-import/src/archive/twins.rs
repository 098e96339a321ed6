//! A zip may hold the same name twice; a reader that keeps entries by name would pass over all but one. Here the list at
//! the end of such a zip is written anew in memory, with a number before each name that came before; its files stay.

use super::window::Window;
use super::{joined::Joined, limits::import_error as failed, numbered};
use crate::{ImportError, Limit};
use std::collections::HashMap;
use std::io::{Cursor, Read, Seek, SeekFrom};

/// A list longer than this is no service's.
const LIST: u64 = 64 << 20;
/// An entry's fixed part; where it tells the lengths of name, properties and comment.
const FIXED: usize = 46;
const NAME_LENGTH: usize = 28;

/// The same zip with names that differ. `list` is where its list begins, `offset` what stands before the zip.
pub(super) fn apart(window: &Window, list: u64, offset: u64) -> Result<Window, ImportError> {
    let mut old = Vec::new();
    let mut end = window.part(list, u64::MAX);
    if end.len() > LIST {
        return Err(ImportError::Limit(Limit::Entries));
    }
    end.seek(SeekFrom::Start(0)).and_then(|_| end.read_to_end(&mut old)).map_err(failed)?;
    let (mut new, count) = renamed(&old).ok_or(ImportError::Truncated)?;
    ending(&mut new, list - offset, count);
    let pieces = Joined::new(vec![Box::new(window.part(0, list)), Box::new(Cursor::new(new))]);
    Window::whole(Box::new(pieces.map_err(failed)?)).map_err(failed)
}

fn renamed(old: &[u8]) -> Option<(Vec<u8>, u64)> {
    let mut seen: HashMap<&[u8], u32> = HashMap::new();
    let (mut new, mut rest, mut count) = (Vec::with_capacity(old.len() + 64), old, 0);
    while rest.starts_with(b"PK\x01\x02") {
        let length = |at: usize| Some(usize::from(u16::from_le_bytes([*rest.get(at)?, *rest.get(at + 1)?])));
        let (name_length, more) = (length(NAME_LENGTH)?, length(NAME_LENGTH + 2)? + length(NAME_LENGTH + 4)?);
        let name = rest.get(FIXED..FIXED + name_length)?;
        let tail = rest.get(FIXED + name_length..FIXED + name_length + more)?;
        let times = seen.entry(name).or_insert(0);
        *times += 1;
        let name = numbered(*times, name);
        new.extend_from_slice(&rest[..NAME_LENGTH]);
        new.extend_from_slice(&u16::try_from(name.len()).ok()?.to_le_bytes());
        new.extend_from_slice(&rest[NAME_LENGTH + 2..FIXED]);
        new.extend_from_slice(&name);
        new.extend_from_slice(tail);
        count += 1;
        rest = &rest[FIXED + name_length + more..];
    }
    Some((new, count))
}

/// The end of a zip, always in its large form.
fn ending(new: &mut Vec<u8>, list: u64, count: u64) {
    let size = new.len() as u64;
    new.extend_from_slice(b"PK\x06\x06");
    new.extend_from_slice(&44_u64.to_le_bytes());
    new.extend_from_slice(&[45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    for value in [count, count, size, list] {
        new.extend_from_slice(&value.to_le_bytes());
    }
    new.extend_from_slice(b"PK\x06\x07\0\0\0\0");
    new.extend_from_slice(&(list + size).to_le_bytes());
    new.extend_from_slice(&1_u32.to_le_bytes());
    new.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    new.extend_from_slice(&[0xff; 12]);
    new.extend_from_slice(&[0, 0]);
}
