//! Any bytes as every CSV file of every service.
#![no_main]

use libfuzzer_sys::fuzz_target;
use thinline_catalogue::Reader;

fuzz_target!(|data: &[u8]| thinline_fuzz::read_as(Reader::Csv, data));
