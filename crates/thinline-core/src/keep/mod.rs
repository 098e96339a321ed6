//! Keeping data: backups, putting one back, damage, and moving to another computer. Described in `docs/backup.md`.
//!
//! A backup is a file of its own ([`file`]); it is encrypted because what lies in it is. What would surprise: putting one back
//! changes several files, so it is written down first ([`swap`]), and whoever comes next finishes it.

mod backup;
mod check;
mod damage;
mod file;
mod moving;
mod plan;
mod restore;
mod swap;

pub(crate) use damage::{older, tidy};
pub(crate) use moving::left_behind;
pub(crate) use restore::explained;
pub(crate) use swap::is_pending;

use crate::session::lock_file;
use crate::wire::Code;
use crate::{Dirs, Result, fault};
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// Held while a backup is made or put back: one at a time. What lies in staging folders then is left from a crash.
fn hold(dirs: &Dirs) -> Result<File> {
    crate::vault::make_private_dir(&dirs.data).map_err(|error| fault::io(&error, Code::ReadOnly))?;
    let held = lock_file(dirs.data.join("keep.lock"), Code::Busy)?;
    if !swap::is_pending(dirs) {
        for entry in fs::read_dir(&dirs.data).into_iter().flatten().flatten() {
            if entry.file_name().to_string_lossy().starts_with(STAGING) {
                let _ = fs::remove_dir_all(entry.path());
            }
        }
    }
    Ok(held)
}

const STAGING: &str = ".staging-";

/// A folder of its own in the data folder; deleted when dropped, unless kept.
struct Staging(Option<PathBuf>);

impl Staging {
    fn new(dirs: &Dirs) -> Result<Self> {
        let mut random = [0; 8];
        getrandom::fill(&mut random).map_err(|_| Code::Internal)?;
        let path = dirs.data.join(format!("{STAGING}{}", hex::encode(random)));
        crate::vault::make_private_dir(&path).map_err(|error| fault::io(&error, Code::ReadOnly))?;
        Ok(Self(Some(path)))
    }

    fn path(&self) -> &Path {
        self.0.as_deref().unwrap_or(Path::new("."))
    }

    /// Leaves it where it is.
    fn keep(mut self) {
        self.0 = None;
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        if let Some(path) = &self.0 {
            let _ = fs::remove_dir_all(path);
        }
    }
}

/// Makes names and contents of a folder survive a power cut.
fn sync_dir(dir: &Path) -> std::io::Result<()> {
    if cfg!(unix) { File::open(dir)?.sync_all() } else { Ok(()) }
}
