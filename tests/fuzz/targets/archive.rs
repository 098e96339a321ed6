//! Any bytes as a picked file: whatever form they have is listed, planned and read under limits.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::io::Cursor;
use thinline_fuzz::{LIMITS, is_a_sentence, read_all};
use thinline_import::Archive;

fuzz_target!(|data: &[u8]| {
    match Archive::file("picked.zip", None, Box::new(Cursor::new(data.to_vec())), LIMITS) {
        Err(error) => is_a_sentence(&error.to_string()),
        Ok(mut archive) => read_all(&mut archive),
    }
});
