//! Several pieces, one after another, as if they were one file.

use super::ReadSeek;
use std::io::{self, Read, Seek, SeekFrom};

/// Pieces that are read as one.
pub struct Joined {
    /// Where each piece ends, and the piece.
    pieces: Vec<(u64, Box<dyn ReadSeek>)>,
    at: u64,
}

impl Joined {
    /// Takes the pieces in their order.
    ///
    /// # Errors
    /// If the length of a piece cannot be found.
    pub fn new(pieces: Vec<Box<dyn ReadSeek>>) -> io::Result<Self> {
        let mut end = 0_u64;
        let ends = |mut piece: Box<dyn ReadSeek>| {
            end = end.saturating_add(piece.seek(SeekFrom::End(0))?);
            Ok((end, piece))
        };
        Ok(Self { pieces: pieces.into_iter().map(ends).collect::<io::Result<_>>()?, at: 0 })
    }

    fn len(&self) -> u64 {
        self.pieces.last().map_or(0, |(end, _)| *end)
    }
}

impl Read for Joined {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let place = self.pieces.partition_point(|(end, _)| *end <= self.at);
        let start = place.checked_sub(1).map_or(0, |before| self.pieces[before].0);
        let Some((end, piece)) = self.pieces.get_mut(place) else { return Ok(0) };
        let most = usize::try_from(*end - self.at).unwrap_or(usize::MAX).min(buffer.len());
        piece.seek(SeekFrom::Start(self.at - start))?;
        let count = piece.read(&mut buffer[..most])?;
        self.at += count as u64;
        Ok(count)
    }
}

impl Seek for Joined {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let place = match to {
            SeekFrom::Start(place) => Some(place),
            SeekFrom::End(by) => self.len().checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = place.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    #[test]
    fn pieces_read_as_one_from_any_place() {
        let whole: Vec<u8> = (0..=255).collect();
        for cuts in [[0, 0], [1, 255], [100, 100], [7, 200], [256, 256]] {
            let parts = [&whole[..cuts[0]], &whole[cuts[0]..cuts[1]], &whole[cuts[1]..]];
            let pieces = parts.map(|part| Box::new(Cursor::new(part.to_vec())) as Box<dyn ReadSeek>);
            let mut joined = Joined::new(pieces.into()).expect("joins");
            for start in [0, 6, 7, 8, 99, 100, 255, 256] {
                joined.seek(SeekFrom::Start(start as u64)).expect("seeks");
                let mut rest = Vec::new();
                joined.read_to_end(&mut rest).expect("reads");
                assert_eq!(rest, whole[start..], "{cuts:?} {start}");
            }
            assert_eq!(joined.seek(SeekFrom::End(-1)).expect("seeks"), 255);
            assert!(joined.seek(SeekFrom::End(-257)).is_err());
        }
    }
}
