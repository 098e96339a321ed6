//! Whether there is room for an import: what the database will grow by, at most, against what is free where it lies.
//!
//! The growth is a measured multiple of the unpacked bytes of the files that will be read, with a reserve; the write-ahead
//! log, which holds a part of it twice while the import runs, is in the measure. An unknown amount of free space stops nothing.

use crate::Result;
use crate::wire::Code;
use std::path::Path;
use thinline_import::{FileState, PlannedFile};

/// Bytes that stay free whatever is imported: a disk that is full to the brim harms other programs.
const RESERVE: u64 = 64 << 20;

/// What reading these files needs at most.
pub(crate) fn needed(plan: &[PlannedFile]) -> u64 {
    let read = plan.iter().filter(|file| file.state == FileState::Read);
    read.map(growth).fold(0, u64::saturating_add)
}

/// What is free for this person in a folder; nothing if the system does not tell.
pub(crate) fn free(dir: &Path) -> Option<u64> {
    fs4::available_space(dir).ok()
}

/// Of a table, so much may consist of rows as short as a title and a date.
const SHORT_ROWS: u64 = 8 << 20;

/// How far the database grows for a file, its log included. Measured at the peak of imports of 150,000 rows: 220 to 430 bytes
/// a row, whatever its length, since a record's place, words, source and counts weigh more than a short row. That was 2.3 times
/// a list of plays, 3.7 times a table of views and 18 times a table of titles and dates.
fn growth(file: &PlannedFile) -> u64 {
    if !file.path.to_ascii_lowercase().ends_with(".csv") {
        return file.size.saturating_mul(3);
    }
    let short = file.size.min(SHORT_ROWS);
    (short * 20).saturating_add((file.size - short).saturating_mul(5))
}

/// Fails if there is too little room.
pub(crate) fn check(dir: &Path, plan: &[PlannedFile]) -> Result<()> {
    enough(needed(plan), free(dir))
}

fn enough(needed: u64, free: Option<u64>) -> Result<()> {
    match free {
        Some(free) if needed > 0 && needed.saturating_add(RESERVE) > free => Err(Code::NoSpace.into()),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn plan(files: &[(&str, usize)]) -> Vec<PlannedFile> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            std::io::Write::write_all(&mut zip, &vec![b' '; *bytes]).unwrap();
        }
        let bytes = zip.finish().unwrap();
        let limits = thinline_import::Limits::default();
        let mut archive = thinline_import::Archive::zip(Box::new(bytes), limits).unwrap();
        let catalogue = thinline_catalogue::Catalogue::builtin();
        thinline_import::plan(&mut archive, catalogue.service("spotify").unwrap()).unwrap()
    }

    #[test]
    fn only_files_that_are_read_need_room() {
        let mut all = plan(&[("endsong_0.json", 1_000), ("photo.jpg", 50_000)]);
        all.iter_mut()
            .filter(|file| file.path.ends_with(".json"))
            .for_each(|file| file.state = FileState::Read);
        assert_eq!(needed(&all), 3_000);
        assert_eq!(needed(&[]), 0);
    }

    #[test]
    fn too_little_room_is_said_before_anything_is_read() {
        assert_eq!(enough(1, Some(RESERVE)).unwrap_err().code, Code::NoSpace);
        assert_eq!(enough(1 << 40, Some(1 << 40)).unwrap_err().code, Code::NoSpace);
        assert!(enough(1, Some(RESERVE + 1)).is_ok());
        // Nothing to read needs no room, and a system that does not tell stops nothing.
        assert!(enough(0, Some(0)).is_ok());
        assert!(enough(1 << 40, None).is_ok());
    }

    #[test]
    fn the_system_tells_what_is_free_where_the_data_lies() {
        let dir = tempfile::tempdir().unwrap();
        assert!(free(dir.path()).unwrap() > 0);
        assert_eq!(free(&dir.path().join("not there")), None);
    }
}
