//! "Has this changed since it was last built?" for what cargo does not watch. By content, not by time: a fresh clone and a
//! branch switch touch times without changing anything.

use std::collections::BTreeSet;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use crate::command::Failure;

/// A fingerprint of some files, kept in a file of its own when the work that depends on them is done.
pub struct Stamp {
    file: PathBuf,
    fingerprint: String,
}

impl Stamp {
    /// `inputs` are files or folders; what is missing counts as missing. `salt` is anything else the work depends on.
    pub fn of(file: PathBuf, inputs: &[PathBuf], salt: &str) -> Result<Self, Failure> {
        let mut files = BTreeSet::new();
        for input in inputs {
            collect(input, &mut files)?;
        }
        let mut hasher = DefaultHasher::new();
        salt.hash(&mut hasher);
        for input in &files {
            input.hash(&mut hasher);
            fs::read(input).map_err(|error| unreadable(input, &error))?.hash(&mut hasher);
        }
        Ok(Self { file, fingerprint: format!("{:016x}", hasher.finish()) })
    }

    /// Whether the work was done for exactly these inputs.
    pub fn is_fresh(&self) -> bool {
        fs::read_to_string(&self.file).is_ok_and(|kept| kept == self.fingerprint)
    }

    /// Call when the work is done.
    pub fn keep(&self) -> Result<(), Failure> {
        let folder = self.file.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(&self.file, &self.fingerprint))
            .map_err(|error| Failure::new(format!("cannot write {}: {error}", self.file.display())))
    }
}

fn collect(path: &Path, files: &mut BTreeSet<PathBuf>) -> Result<(), Failure> {
    if path.is_file() {
        files.insert(path.to_path_buf());
    } else if path.is_dir() {
        for entry in fs::read_dir(path).map_err(|error| unreadable(path, &error))? {
            collect(&entry.map_err(|error| unreadable(path, &error))?.path(), files)?;
        }
    }
    Ok(())
}

fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(format!("cannot read {}: {error}", path.display()))
}
