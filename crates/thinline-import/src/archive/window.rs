//! A part of something that can be read at any place, as if it were whole. Windows share what they look at: an archive
//! that lies unpacked inside another is read where it lies.

use super::ReadSeek;
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::{Arc, Mutex, PoisonError};

/// A stretch of shared bytes with a place of its own.
pub(super) struct Window {
    shared: Arc<Mutex<Box<dyn ReadSeek>>>,
    start: u64,
    len: u64,
    at: u64,
}

impl Window {
    /// All of a reader.
    pub fn whole(mut reader: Box<dyn ReadSeek>) -> io::Result<Self> {
        let len = reader.seek(SeekFrom::End(0))?;
        Ok(Self { shared: Arc::new(Mutex::new(reader)), start: 0, len, at: 0 })
    }

    /// A part of this window; what would reach beyond it is cut.
    pub fn part(&self, start: u64, len: u64) -> Self {
        let start = start.min(self.len);
        let len = len.min(self.len - start);
        Self { shared: Arc::clone(&self.shared), start: self.start + start, len, at: 0 }
    }

    /// How long it is.
    pub fn len(&self) -> u64 {
        self.len
    }

    /// The first bytes, or fewer if there are no more; the place is the beginning again.
    pub fn beginning(&mut self, bytes: u64) -> io::Result<Vec<u8>> {
        let mut beginning = Vec::new();
        self.at = 0;
        (&mut *self).take(bytes).read_to_end(&mut beginning)?;
        self.at = 0;
        Ok(beginning)
    }
}

impl Read for Window {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.len.saturating_sub(self.at)).unwrap_or(usize::MAX);
        let most = left.min(buffer.len());
        if most == 0 {
            return Ok(0);
        }
        let mut reader = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        reader.seek(SeekFrom::Start(self.start + self.at))?;
        let count = reader.read(&mut buffer[..most])?;
        self.at += count as u64;
        Ok(count)
    }
}

impl Seek for Window {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let place = match to {
            SeekFrom::Start(place) => Some(place),
            SeekFrom::End(by) => self.len.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = place.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}
