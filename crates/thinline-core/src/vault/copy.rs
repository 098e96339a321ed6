//! The second copy of `vault.json`, beside it: one damaged sector must not cost all data.
//!
//! It is always of the file that stands. Where that changes, the copy goes first and comes back last, so a way to unlock that
//! was taken away is never left in it. What would surprise: it is no backup. It helps against damage, not against a lost disk.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::Vault;
use super::error::VaultError;
use super::file::{self, VaultFile, sync_dir, write_private};

/// Its name.
pub const COPY: &str = "vault-copy.json";

pub(super) fn drop_copy(dir: &Path) -> io::Result<()> {
    match fs::remove_file(dir.join(COPY)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Ok(()) => sync_dir(dir),
        Err(_) => Ok(()),
    }
}

pub(super) fn put_copy(dir: &Path, text: &[u8]) -> io::Result<()> {
    write_private(&dir.join(COPY), text)
}

/// Whether the file reads and its copy is the same.
pub fn is_whole(dir: &Path) -> bool {
    let text = fs::read(file::path(dir)).ok();
    text.as_ref().is_some_and(|text| VaultFile::parse(text).is_ok()) && text == fs::read(dir.join(COPY)).ok()
}

/// Makes file and copy equal again: a damaged or missing file is made from the copy, a missing or older copy from the file.
/// Answers where the damaged file lies now, if there was one (a missing one lies nowhere). For who holds the writer's lock.
pub fn mend(dir: &Path) -> io::Result<Option<Option<PathBuf>>> {
    let path = file::path(dir);
    let copy = fs::read(dir.join(COPY)).ok();
    match Vault::open(dir) {
        Ok(_) => {
            let text = fs::read(&path)?;
            if copy.as_ref() != Some(&text) {
                put_copy(dir, &text)?;
            }
            return Ok(None);
        }
        Err(VaultError::Damaged(_) | VaultError::NoVault | VaultError::Cost) => {}
        Err(_) => return Ok(None),
    }
    let Some(text) = copy.filter(|text| VaultFile::parse(text).is_ok()) else { return Ok(None) };
    let mut aside = None;
    if path.symlink_metadata().is_ok() {
        let names = (1..).map(|n| dir.join(format!("vault-damaged-{n}.json")));
        let free = names.into_iter().find(|name| name.symlink_metadata().is_err());
        let free = free.ok_or_else(|| io::Error::other("no name is free"))?;
        // A second name first: at no moment is there none.
        fs::hard_link(&path, &free).or_else(|_| fs::copy(&path, &free).map(drop))?;
        aside = Some(free);
    }
    write_private(&path, &text)?;
    Ok(Some(aside))
}
