//! A window onto a stream: as large as the element that is being looked at, and no larger.

use std::io::{self, Read};

/// How much is asked for at a time, and at first: most files of an archive of thousands are small.
const CHUNK: usize = 128 << 10;
const FIRST: usize = 4 << 10;

/// The part of a stream that has been read and not used up.
pub(crate) struct Input<'r> {
    reader: Box<dyn Read + 'r>,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    read: u64,
    ended: bool,
    error: Option<io::Error>,
}

impl<'r> Input<'r> {
    /// Starts at the beginning, after a byte-order mark.
    pub fn new(reader: Box<dyn Read + 'r>) -> Self {
        let mut input =
            Self { reader, buffer: vec![0; FIRST], start: 0, end: 0, read: 0, ended: false, error: None };
        while input.window().len() < 3 && input.more() {}
        if input.window().starts_with(b"\xef\xbb\xbf") {
            input.consume(3);
        }
        input
    }

    /// A window onto what is already in memory, as it stands there.
    pub fn over(bytes: Vec<u8>) -> Input<'static> {
        let end = bytes.len();
        let reader: Box<dyn Read> = Box::new(io::empty());
        Input { reader, buffer: bytes, start: 0, end, read: 0, ended: true, error: None }
    }

    /// All that is in memory, used up or not: everything, for [`Input::over`].
    pub fn all(&self) -> &[u8] {
        &self.buffer[..self.end]
    }

    /// What has been read and not used up.
    pub fn window(&self) -> &[u8] {
        &self.buffer[self.start..self.end]
    }

    /// Uses up bytes of the window.
    pub fn consume(&mut self, bytes: usize) {
        self.start = (self.start + bytes).min(self.end);
    }

    /// Makes the window longer; false at the end of the stream or after an error.
    pub fn more(&mut self) -> bool {
        if self.ended {
            return false;
        }
        let wanted = usize::try_from(self.read).unwrap_or(CHUNK).clamp(FIRST, CHUNK) / 2;
        if self.buffer.len() - self.end < wanted {
            self.make_room(wanted);
        }
        loop {
            match self.reader.read(&mut self.buffer[self.end..]) {
                Ok(0) => self.ended = true,
                Ok(count) => {
                    self.end += count;
                    self.read += count as u64;
                    return true;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => {
                    self.ended = true;
                    self.error = Some(error);
                }
            }
            return false;
        }
    }

    fn make_room(&mut self, wanted: usize) {
        self.buffer.copy_within(self.start..self.end, 0);
        self.end -= self.start;
        self.start = 0;
        if self.buffer.len() - self.end < wanted {
            self.buffer.resize((self.buffer.len() * 2).max(wanted * 2), 0);
        }
    }

    /// The next byte that is no JSON white space, without using it up.
    pub fn peek(&mut self) -> Option<u8> {
        loop {
            let blank =
                self.window().iter().take_while(|b| matches!(b, b' ' | b'\n' | b'\r' | b'\t')).count();
            self.consume(blank);
            if let Some(&byte) = self.window().first() {
                return Some(byte);
            }
            if !self.more() {
                return None;
            }
        }
    }

    /// Unpacked bytes so far.
    pub fn read(&self) -> u64 {
        self.read
    }

    /// Why the stream ended early, if it did.
    pub fn take_error(&mut self) -> Option<io::Error> {
        self.error.take()
    }
}
