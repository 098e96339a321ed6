//! Copying and comparing folders, and what may lie in a data folder that nobody uses just now.

use super::failed;
use crate::command::Failure;
use std::fs;
use std::path::{Path, PathBuf};

fn cannot(path: &Path, error: &std::io::Error) -> Failure {
    failed(&format!("{}: {error}", path.display()))
}

pub fn make_dir(path: &Path) -> Result<(), Failure> {
    fs::create_dir_all(path).map_err(|error| cannot(path, &error))
}

/// A copy of a folder in place of whatever is there.
pub fn copy(from: &Path, to: &Path) -> Result<(), Failure> {
    match fs::remove_dir_all(to) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(cannot(to, &error)),
        _ => make_dir(to)?,
    }
    for (path, name) in all(from)? {
        let target = to.join(name);
        target.parent().map_or(Ok(()), make_dir)?;
        fs::copy(&path, &target).map_err(|error| cannot(&path, &error))?;
    }
    Ok(())
}

/// Every file below a folder, with its path inside, in order.
pub fn all(folder: &Path) -> Result<Vec<(PathBuf, PathBuf)>, Failure> {
    let (mut found, mut open) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(dir) = open.pop() {
        for entry in fs::read_dir(&dir).map_err(|error| cannot(&dir, &error))?.flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else {
                let inside = path.strip_prefix(folder).unwrap_or(&path).to_owned();
                found.push((path, inside));
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Names and contents of a folder, to see whether anything in it changed.
pub fn contents(folder: &Path) -> Result<Vec<(PathBuf, Vec<u8>)>, Failure> {
    let read = |(path, name): (PathBuf, PathBuf)| Ok((name, fs::read(&path).map_err(|e| cannot(&path, &e))?));
    all(folder)?.into_iter().map(read).collect()
}

/// What lies in a data folder.
const KEPT: &[&str] =
    &["vault.json", "vault-copy.json", "thinline.db", "writer.lock", "window.lock", "use.lock", "keep.lock"];

/// A file that has no business in a data folder once no program runs.
pub fn left_over(data: &Path) -> Option<String> {
    let names = all(data).ok()?.into_iter().map(|(_, name)| name.to_string_lossy().into_owned());
    let known = |name: &str| {
        KEPT.contains(&name)
            // SQLite's own: what lies in them is looked at with the database.
            || name == "thinline.db-wal" || name == "thinline.db-shm"
            || name.starts_with("config/anchor-") && name.ends_with(".json")
            || name.starts_with("thinline.schema-") && name.ends_with(".db")
    };
    names.into_iter().find(|name| !known(name))
}
