//! "Are these bytes anywhere in the memory of that program?" For the promise that a locked program holds no key.
//!
//! Linux: `/proc/PID/maps` says what there is, `/proc/PID/mem` is it. Readable by root, and by whoever started the program, unless
//! the program closed itself against that.

use memchr::memmem::Finder;
use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _, SeekFrom};

/// Read at once; pieces overlap by more than any key is long.
const PIECE: usize = 4 << 20;
const OVERLAP: usize = 256;
/// Bytes of a page on the machines that this is tested on.
const PAGE: usize = 4096;

/// A key as it can stand in memory, in pieces of eight bytes: as bytes, and as digits small and large. What was freed is
/// written over in part, so a whole key would be missed.
pub fn forms_of(name: &str, key: &[u8]) -> Vec<(String, Vec<u8>)> {
    let digits = |piece: &[u8]| piece.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let forms = key.chunks(8).flat_map(|piece| {
        let digits = digits(piece);
        [
            (format!("{name} as bytes"), piece.to_vec()),
            (format!("{name} as digits"), digits.clone().into_bytes()),
            (format!("{name} as large digits"), digits.to_uppercase().into_bytes()),
        ]
    });
    forms.collect()
}

/// Names of what was found in the memory of a process, with where and the number of places.
///
/// # Errors
/// If the memory cannot be read at all.
pub fn found_in_memory(process: u32, wanted: &[(String, Vec<u8>)]) -> io::Result<Vec<String>> {
    let maps = fs::read_to_string(format!("/proc/{process}/maps"))?;
    let mut memory = File::open(format!("/proc/{process}/mem"))?;
    let mut pages = File::open(format!("/proc/{process}/pagemap"))?;
    let finders: Vec<_> = wanted.iter().map(|(name, bytes)| (name, Finder::new(bytes))).collect();
    let (mut found, mut read) = (Vec::new(), 0);
    for (start, end, name) in maps.lines().filter_map(readable) {
        let mut at = start;
        while at < end {
            let size = PIECE.min((end - at) as usize);
            // Programs reserve far more than they use.
            if !is_used(&mut pages, at, size) {
                at += size as u64;
                continue;
            }
            let mut piece = vec![0; size];
            memory.seek(SeekFrom::Start(at))?;
            let Ok(length) = memory.read(&mut piece) else { break };
            read += length;
            for (what, finder) in &finders {
                let places = finder.find_iter(&piece[..length]).count();
                if places > 0 {
                    found.push(format!("{what}: {places} in {name}"));
                }
            }
            if length < PIECE || length == 0 {
                break;
            }
            at += (length - OVERLAP) as u64;
        }
    }
    if read == 0 { Err(io::Error::other("no memory could be read")) } else { Ok(found) }
}

/// Whether a page of a piece may be in memory or swapped out; if so, its entry differs from those that are not.
fn is_used(pages: &mut File, at: u64, size: usize) -> bool {
    let mut entries = vec![0; size.div_ceil(PAGE) * 8];
    let read = pages.seek(SeekFrom::Start(at / PAGE as u64 * 8)).and_then(|_| pages.read_exact(&mut entries));
    let first_is_used = entries[7] & 0b1100_0000 != 0;
    read.is_err() || first_is_used || entries[8..] != entries[..entries.len() - 8]
}

/// Start, end and name of a part of the memory that can hold data.
fn readable(line: &str) -> Option<(u64, u64, &str)> {
    let mut words = line.split_whitespace();
    let (start, end) = words.next()?.split_once('-')?;
    let rights = words.next()?;
    let name = words.nth(3).unwrap_or("unnamed");
    let number = |text| u64::from_str_radix(text, 16).ok();
    let data = rights.starts_with('r') && !name.starts_with("[v") && !name.starts_with("/dev/dri");
    data.then_some((number(start)?, number(end)?, name))
}
