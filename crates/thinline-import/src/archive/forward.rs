//! What was packed as one stream can only be read forward. Reading in the order of the archive is one pass; a step back
//! begins anew.

use super::window::Window;
use flate2::bufread::MultiGzDecoder;
use std::io::{self, BufReader, Read, Seek};

const CHUNK: usize = 64 << 10;

/// An unpacking stream that remembers where it is.
pub(super) struct Forward {
    window: Window,
    decoder: Option<MultiGzDecoder<BufReader<Window>>>,
    at: u64,
}

impl Forward {
    pub fn new(window: Window) -> Self {
        Self { window, decoder: None, at: 0 }
    }

    /// Goes to a place of the unpacked bytes.
    pub fn to(&mut self, place: u64) -> io::Result<()> {
        if place < self.at {
            self.decoder = None;
            self.at = 0;
        }
        let skip = place - self.at;
        let skipped = io::copy(&mut self.by_ref().take(skip), &mut io::sink())?;
        if skipped == skip { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
    }

    /// The name that the packing program noted, if it did.
    pub fn noted_name(&mut self) -> io::Result<Option<Vec<u8>>> {
        self.to(0)?;
        let _ = self.read(&mut [0])?;
        let header = self.decoder.as_ref().and_then(MultiGzDecoder::header);
        Ok(header.and_then(|header| header.filename()).map(<[u8]>::to_vec))
    }
}

impl Read for Forward {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let decoder = match &mut self.decoder {
            Some(decoder) => decoder,
            none => {
                let mut window = self.window.part(0, u64::MAX);
                window.rewind()?;
                none.insert(MultiGzDecoder::new(BufReader::with_capacity(CHUNK, window)))
            }
        };
        let count = decoder.read(buffer)?;
        self.at += count as u64;
        Ok(count)
    }
}

/// At least so many bytes: an earlier end is an error, not an end.
pub(super) struct Whole<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Whole<R> {
    pub fn new(inner: R, bytes: u64) -> Self {
        Self { inner, left: bytes }
    }
}

impl<R: Read> Read for Whole<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        if count == 0 && self.left > 0 && !buffer.is_empty() {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.left = self.left.saturating_sub(count as u64);
        Ok(count)
    }
}
