//! Checks an exported log without the app, its database or its keys.
//!
//! Reading is all that this adds to `thinline_ledger::export`, where the format and the checks are. It opens one
//! file, sends nothing and writes nothing. What would surprise: that all checks hold says that the log is as it
//! was signed, not by whom. The `signature` check names the key, to be compared with the one that Thinline shows.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

pub use thinline_ledger::Check;
use thinline_ledger::ExportVerifier;

/// Far above any entry with its payload; a hostile file cannot make us read it whole into memory.
const LONGEST_LINE: usize = 16 << 20;

/// Why nothing could be checked.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// The file is not there or cannot be read.
    #[error("the file cannot be read: {0}")]
    Read(#[from] io::Error),
}

/// Checks the exported log in this file; every check is in the answer, whether it holds or not.
pub fn verify_log_file(path: &Path) -> Result<Vec<Check>, VerifyError> {
    verify_log(BufReader::new(File::open(path)?))
}

/// Checks an exported log from any reader.
pub fn verify_log(mut reader: impl BufRead) -> Result<Vec<Check>, VerifyError> {
    let mut verifier = ExportVerifier::new();
    let mut line = Vec::new();
    loop {
        line.clear();
        let length = (&mut reader).take(LONGEST_LINE as u64).read_until(b'\n', &mut line)?;
        if length == 0 {
            return Ok(verifier.finish());
        }
        if length == LONGEST_LINE {
            verifier.unreadable_line();
            return Ok(verifier.finish());
        }
        match std::str::from_utf8(line.strip_suffix(b"\n").unwrap_or(&line)) {
            Ok(text) => verifier.line(text),
            Err(_) => verifier.unreadable_line(),
        }
    }
}

/// Whether every check holds.
pub fn all_hold(checks: &[Check]) -> bool {
    checks.iter().all(|check| check.ok)
}
