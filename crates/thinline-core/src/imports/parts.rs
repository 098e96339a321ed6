//! Archives that came in numbered pieces (`name.zip.001`, `.002`, …): picking one takes the others beside it. They are read
//! one after another, as if they were one file.

use crate::Result;
use crate::wire::{ApiError, Code};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use thinline_import::{Joined, ReadSeek};

/// More pieces than this are no download.
const MOST: u32 = 999;

/// The pieces of one archive, all there as far as their numbers tell.
pub(crate) struct Parts {
    /// The name of the whole.
    pub name: String,
    paths: Vec<PathBuf>,
}

impl Parts {
    /// The pieces that belong to a picked file; nothing if its name has no number at the end.
    pub fn beside(path: &Path) -> Result<Option<Self>> {
        let Some((stem, _)) = path.file_name().and_then(|name| numbered(name.to_str()?)) else {
            return Ok(None);
        };
        let folder = path.parent().unwrap_or(Path::new("."));
        let found = siblings(folder, stem).map_err(|error| crate::fault::io(&error, Code::NotFound))?;
        // One file with a number and nothing before or after it is a name like any other.
        if found.len() == 1 && !found.contains_key(&1) && !stem.contains('.') {
            return Ok(None);
        }
        let last = found.keys().copied().max().unwrap_or(1);
        match (1..=last).find(|number| !found.contains_key(number)) {
            Some(missing) => Err(missing_part(missing)),
            None => Ok(Some(Self { name: stem.to_owned(), paths: found.into_values().collect() })),
        }
    }

    /// All pieces as one.
    pub fn open(&self) -> io::Result<Joined> {
        let pieces = self.paths.iter().map(|path| Ok(Box::new(File::open(path)?) as Box<dyn ReadSeek>));
        Joined::new(pieces.collect::<io::Result<_>>()?)
    }

    /// That what was found does not reach the end of the archive.
    pub fn ends_early(&self) -> ApiError {
        missing_part(u32::try_from(self.paths.len()).unwrap_or(MOST) + 1)
    }
}

fn missing_part(number: u32) -> ApiError {
    let mut fault = ApiError::new(Code::PartMissing);
    fault.message = format!("Piece {number} of the archive is missing.");
    fault
}

/// The name of the whole and the number of a piece.
fn numbered(name: &str) -> Option<(&str, u32)> {
    let (stem, digits) = name.rsplit_once('.')?;
    let right = digits.len() == 3 && digits.bytes().all(|byte| byte.is_ascii_digit()) && !stem.is_empty();
    let number = right.then(|| digits.parse().ok())??;
    (1..=MOST).contains(&number).then_some((stem, number))
}

fn siblings(folder: &Path, stem: &str) -> io::Result<BTreeMap<u32, PathBuf>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        if let Some((other, number)) = name.to_str().and_then(numbered)
            && other == stem
            && entry.path().is_file()
        {
            found.insert(number, entry.path());
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(names: &[&str]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for name in names {
            fs::write(dir.path().join(name), name).unwrap();
        }
        dir
    }

    #[test]
    fn one_piece_takes_the_others_beside_it() {
        let dir = folder(&["a.zip.001", "a.zip.003", "a.zip.002", "b.zip.004", "a.zip", "a.zip.0001"]);
        let parts = Parts::beside(&dir.path().join("a.zip.002")).unwrap().unwrap();
        assert_eq!(parts.name, "a.zip");
        let mut all = String::new();
        io::Read::read_to_string(&mut parts.open().unwrap(), &mut all).unwrap();
        assert_eq!(all, "a.zip.001a.zip.002a.zip.003");
        assert!(parts.ends_early().message.contains('4'));
    }

    #[test]
    fn a_hole_in_the_numbers_is_said_by_its_number() {
        for (names, missing) in [
            (&["a.zip.001", "a.zip.003"][..], "Piece 2"),
            (&["a.zip.002", "a.zip.003"], "Piece 1"),
            (&["a.zip.001", "a.zip.002", "a.zip.004"], "Piece 3"),
        ] {
            let dir = folder(names);
            for name in names {
                let fault = Parts::beside(&dir.path().join(name)).err().unwrap();
                assert_eq!(fault.code, Code::PartMissing);
                assert!(fault.message.contains(missing), "{}", fault.message);
            }
        }
    }

    #[test]
    fn a_name_without_such_a_number_is_no_piece() {
        let dir = folder(&["a.zip", "b.7z", "notes.123", "c.000"]);
        for name in ["a.zip", "b.7z", "notes.123", "c.000", ".001"] {
            assert!(Parts::beside(&dir.path().join(name)).unwrap().is_none(), "{name}");
        }
    }
}
