//! Writes the members of an archive: fixed times, fast compression, nothing taken from the machine.

use std::io::{self, Seek, Write};
use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

/// The smallest file that viewers open as a PDF: services put such read-me files into their archives.
pub(crate) const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n\
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n\
xref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000054 00000 n \n0000000105 00000 n \n\
trailer<</Size 4/Root 1 0 R>>\nstartxref\n171\n%%EOF\n";

/// An archive being written.
pub(crate) struct Pack<W: Write + Seek> {
    zip: ZipWriter<W>,
    options: SimpleFileOptions,
}

impl<W: Write + Seek> Pack<W> {
    /// Starts an archive whose members all carry the time `made` (seconds since 1970).
    pub(crate) fn new(inner: W, made: i64) -> Self {
        // Level 1: these archives are made to be read, and a million rows shall not take minutes.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(1))
            .last_modified_time(zip_time(made));
        Self { zip: ZipWriter::new(inner), options }
    }

    /// Compresses as far as it goes, whatever it costs.
    pub(crate) fn tight(mut self) -> Self {
        self.options = self.options.compression_level(Some(9));
        self
    }

    /// Writes one whole member.
    pub(crate) fn file(&mut self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.start(path)?.write_all(bytes)
    }

    /// Starts a member; what is written to the answer until the next member is its content.
    pub(crate) fn start(&mut self, path: &str) -> io::Result<&mut ZipWriter<W>> {
        self.zip.start_file(path, self.options)?;
        Ok(&mut self.zip)
    }

    /// Ends the archive.
    pub(crate) fn finish(self) -> io::Result<W> {
        Ok(self.zip.finish()?)
    }
}

/// The time as zip archives hold it (from 1980, every other second).
fn zip_time(seconds: i64) -> DateTime {
    let at = crate::clock::civil(seconds);
    let (year, month, day) = (u16::try_from(at.year()), at.month().unsigned_abs(), at.day().unsigned_abs());
    let (hour, minute, second) =
        (at.hour().unsigned_abs(), at.minute().unsigned_abs(), at.second().unsigned_abs());
    year.ok()
        .and_then(|year| DateTime::from_date_and_time(year, month, day, hour, minute, second).ok())
        .unwrap_or_default()
}
