//! Putting other data in the place of what is here, or moving it aside: several files, and a crash may come between any two.
//!
//! So it is written down before the first file moves, in `restore.json` beside them, and whoever opens the data next finishes
//! it. Nothing is deleted: what was here goes into a folder beside. What would surprise: from the note on there is no way
//! back, only forward; until then nothing has changed.

use super::file::{DATABASE, VAULT};
use crate::session::lock_file;
use crate::vault::{Anchor, Vault};
use crate::wire::{ApiError, Code};
use crate::{Dirs, Result, clock, fault, vault};
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::{Path, PathBuf};

/// Side files of the database first: they belong to the one that goes.
const FILES: [&str; 5] = ["thinline.db-wal", "thinline.db-shm", DATABASE, VAULT, vault::COPY];

/// What is under way.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Swap {
    /// The folder with what comes; none where data only goes.
    staging: Option<String>,
    /// The folder for what goes.
    aside: String,
    /// The log as it will be, for its anchor.
    anchor: Option<(u64, String)>,
}

fn note(dirs: &Dirs) -> PathBuf {
    dirs.data.join("restore.json")
}

/// Whether something was begun and not finished.
pub(crate) fn is_pending(dirs: &Dirs) -> bool {
    note(dirs).symlink_metadata().is_ok()
}

fn failed(error: &std::io::Error) -> ApiError {
    fault::io(error, Code::ReadOnly)
}

/// Finishes what a crash interrupted. Nothing to do is no failure.
pub(crate) fn finish(dirs: &Dirs) -> Result<()> {
    if !is_pending(dirs) {
        return Ok(());
    }
    let _held = lock_file(dirs.data.join("keep.lock"), Code::Busy)?;
    let text = match fs::read(note(dirs)) {
        Ok(text) => text,
        // Whoever held the lock before finished it.
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(failed(&error)),
    };
    let swap: Swap = serde_json::from_slice(&text).map_err(|_| ApiError {
        message: "Putting a backup back was interrupted, and the note of it (restore.json) is damaged."
            .to_owned(),
        next: "Nothing was deleted. Delete restore.json and put the backup back again.".to_owned(),
        ..ApiError::new(Code::BackupFile)
    })?;
    go(dirs, &swap)
}

/// Writes down what shall happen, and does it. `prefix` names the folder for what is here now. Whoever calls holds the locks.
pub(super) fn run(
    dirs: &Dirs,
    prefix: &str,
    staging: Option<super::Staging>,
    anchor: Option<Anchor>,
) -> Result<Option<PathBuf>> {
    let aside = free_name(dirs, prefix);
    let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned());
    let swap = Swap {
        staging: staging.as_ref().and_then(|staging| name(staging.path())),
        aside: aside.clone(),
        anchor: anchor.map(|anchor| (anchor.size, hex::encode(anchor.root))),
    };
    if let Some(staging) = &staging {
        super::sync_dir(staging.path()).map_err(|error| failed(&error))?;
    }
    let text = serde_json::to_vec(&swap).map_err(|_| Code::Internal)?;
    vault::write_private(&note(dirs), &text).map_err(|error| failed(&error))?;
    // From here on the note needs it.
    if let Some(staging) = staging {
        staging.keep();
    }
    go(dirs, &swap)?;
    let aside = dirs.data.join(aside);
    Ok(aside.is_dir().then_some(aside))
}

fn free_name(dirs: &Dirs, prefix: &str) -> String {
    let time: String = clock::rfc3339(clock::now()).chars().filter(|c| *c != ':').collect();
    let first = format!("{prefix}-{time}");
    let names = std::iter::once(first.clone()).chain((2..).map(|n| format!("{first}-{n}")));
    names.into_iter().find(|name| dirs.data.join(name).symlink_metadata().is_err()).unwrap_or(first)
}

/// Each step can be done again: what has moved is not there any more.
fn go(dirs: &Dirs, swap: &Swap) -> Result<()> {
    let inside = |name: &str| Path::new(name).components().count() == 1 && !name.starts_with("..");
    if !inside(&swap.aside) || !swap.staging.as_deref().is_none_or(inside) {
        return Err(Code::BackupFile.into());
    }
    let aside = dirs.data.join(&swap.aside);
    let staging = swap.staging.as_ref().map(|name| dirs.data.join(name));
    // While the new database waits, what lies here is the old data.
    let still_old = |name: &str| match &staging {
        None => true,
        Some(staging) => match name {
            DATABASE | VAULT => staging.join(name).exists(),
            _ => staging.join(DATABASE).exists(),
        },
    };
    for name in FILES {
        let here = dirs.data.join(name);
        if here.symlink_metadata().is_ok() && still_old(name) {
            vault::make_private_dir(&aside).map_err(|error| failed(&error))?;
            fs::rename(&here, aside.join(name)).map_err(|error| failed(&error))?;
            super::sync_dir(&aside).map_err(|error| failed(&error))?;
        }
        let comes = staging.as_ref().map(|staging| staging.join(name)).filter(|path| path.exists());
        if let Some(comes) = comes.filter(|_| matches!(name, DATABASE | VAULT)) {
            fs::rename(comes, &here).map_err(|error| failed(&error))?;
        }
        super::sync_dir(&dirs.data).map_err(|error| failed(&error))?;
    }
    if let Some(anchor) = &swap.anchor {
        note_anchor(dirs, anchor);
    }
    fs::remove_file(note(dirs)).map_err(|error| failed(&error))?;
    super::sync_dir(&dirs.data).map_err(|error| failed(&error))?;
    if let Some(staging) = staging {
        let _ = fs::remove_dir_all(staging);
    }
    Ok(())
}

/// A failure shows at the next check, where the log's own entry explains it.
fn note_anchor(dirs: &Dirs, (size, root): &(u64, String)) {
    let mut bytes = [0; 32];
    if hex::decode_to_slice(root, &mut bytes).is_err() {
        return;
    }
    if let Ok(vault) = Vault::open(&dirs.data) {
        let _ = Anchor { size: *size, root: bytes }.write(&vault.anchor_place(&dirs.config));
    }
}
