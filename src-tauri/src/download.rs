//! What becomes of an archive once it was read: it still lies there as it came, and unencrypted.
//!
//! The window asks; only this file moves anything, and only to the system's bin. A bin does not delete: copies, backups and
//! what a solid-state disk keeps are beyond it, which the window says beside the question.

use crate::picked::{Pick, Picks, Purpose};
use std::path::Path;
use thinline_core::Result;
use thinline_core::wire::{Code, Download};

/// Remembers an archive that was read, for the question about it. A folder is none, nor is one piece of several.
pub fn offer(picks: &Picks, path: &Path) -> Option<Download> {
    if !path.is_file() || is_piece(path) {
        return None;
    }
    let pick = Pick { path: path.to_owned(), purpose: Purpose::Download, overwrite: false };
    let picked = picks.add(pick).ok()?;
    Some(Download { token: picked.token, name: picked.name, bytes: picked.bytes })
}

/// `export.zip.001`: its siblings would stay.
fn is_piece(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    ending.len() >= 2 && ending.bytes().all(|b| b.is_ascii_digit())
}

/// Moves the archive to the bin. If that fails, the token stays good.
pub fn to_bin(picks: &Picks, token: String) -> Result<()> {
    let pick = picks.take(&token, Purpose::Download)?;
    if trash::delete(&pick.path).is_ok() {
        return Ok(());
    }
    let there = pick.path.exists();
    picks.give_back(token, pick);
    Err(if there { Code::CannotWrite } else { Code::NotFound }.into())
}

/// Leaves the archive where it is.
pub fn keep(picks: &Picks, token: &str) -> Result<()> {
    picks.take(token, Purpose::Download).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::process::Command;

    const CHILD: &str = "THINLINE_TEST_BIN_DIR";

    /// The bin's place is read from the environment, so the move runs in a process with one of its own.
    #[test]
    fn an_archive_that_was_read_goes_to_the_bin_once() {
        if let Some(dir) = std::env::var_os(CHILD) {
            return in_the_child(Path::new(&dir));
        }
        let dir = tempfile::tempdir().unwrap();
        let name = "download::tests::an_archive_that_was_read_goes_to_the_bin_once";
        let child = Command::new(std::env::current_exe().unwrap())
            .args([name, "--exact"])
            .env(CHILD, dir.path())
            .env("HOME", dir.path())
            .env("XDG_DATA_HOME", dir.path().join("share"))
            .output()
            .unwrap();
        assert!(child.status.success(), "{}", String::from_utf8_lossy(&child.stdout));
        assert!(!dir.path().join("export.zip").exists());
        #[cfg(target_os = "linux")]
        assert_eq!(fs::read(dir.path().join("share/Trash/files/export.zip")).unwrap(), b"invented");
    }

    fn in_the_child(dir: &Path) {
        let (picks, path) = (Picks::default(), dir.join("export.zip"));
        fs::write(&path, "invented").unwrap();
        let download = offer(&picks, &path).unwrap();
        assert_eq!((download.name.as_str(), download.bytes), ("export.zip", 8.0));
        to_bin(&picks, download.token.clone()).unwrap();
        assert_eq!(to_bin(&picks, download.token).unwrap_err().code, Code::PickGone);
    }

    #[test]
    fn an_archive_that_is_gone_already_is_said_so() {
        let dir = tempfile::tempdir().unwrap();
        let (picks, path) = (Picks::default(), dir.path().join("export.zip"));
        fs::write(&path, "invented").unwrap();
        let download = offer(&picks, &path).unwrap();
        fs::remove_file(&path).unwrap();
        assert_eq!(to_bin(&picks, download.token).unwrap_err().code, Code::NotFound);
    }

    #[test]
    fn what_is_kept_is_not_asked_about_again() {
        let dir = tempfile::tempdir().unwrap();
        let (picks, path) = (Picks::default(), dir.path().join("export.zip"));
        fs::write(&path, "invented").unwrap();
        let download = offer(&picks, &path).unwrap();
        keep(&picks, &download.token).unwrap();
        assert!(keep(&picks, &download.token).is_err());
        assert!(path.exists());
    }

    #[test]
    fn neither_folders_nor_pieces_nor_archives_to_read_are_offered() {
        let dir = tempfile::tempdir().unwrap();
        let (picks, piece) = (Picks::default(), dir.path().join("export.zip.001"));
        fs::write(&piece, "invented").unwrap();
        assert!(offer(&picks, dir.path()).is_none());
        assert!(offer(&picks, &piece).is_none());
        let archive = Pick { path: piece, purpose: Purpose::Archive, overwrite: false };
        let token = picks.add(archive).unwrap().token;
        assert!(to_bin(&picks, token).is_err());
    }
}
