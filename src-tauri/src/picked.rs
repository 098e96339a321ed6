//! Files that the person picked or dropped: the window holds tokens, only this file knows the paths.
//!
//! A token is for one use: an archive cannot become the target of an export. Tokens for imports and exports are spent by
//! using them; a key file may be tried again. A failed import gives its token back, since the person may only have to say
//! which service it is from.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use thinline_core::Result;
use thinline_core::wire::{Code, Picked};

/// The oldest are forgotten beyond this.
const MOST: usize = 64;

/// What a path was picked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To be read by an import.
    Archive,
    /// To unlock with, or to be written when the vault is made.
    KeyFile,
    /// To be written by a profile export.
    Export,
    /// To be moved to the bin or kept, once it was read.
    Download,
}

/// A picked path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pick {
    /// Where it is.
    pub path: PathBuf,
    /// What for.
    pub purpose: Purpose,
    /// Whether the person agreed to replace what is there (the dialog asks).
    pub overwrite: bool,
}

/// The tokens in circulation.
#[derive(Default)]
pub struct Picks(Mutex<VecDeque<(String, Pick)>>);

impl Picks {
    /// Remembers a path and answers with what the window may know of it.
    pub fn add(&self, pick: Pick) -> Result<Picked> {
        let token = new_token()?;
        let shown = Picked { token: token.clone(), name: base_name(&pick.path), bytes: size(&pick.path) };
        self.put(token, pick);
        Ok(shown)
    }

    /// Spends a token.
    pub fn take(&self, token: &str, purpose: Purpose) -> Result<Pick> {
        let mut picks = self.lock();
        let at = picks.iter().position(|(known, pick)| known == token && pick.purpose == purpose);
        at.and_then(|at| picks.remove(at)).map(|(_, pick)| pick).ok_or_else(|| Code::PickGone.into())
    }

    /// Looks at a token without spending it.
    pub fn peek(&self, token: &str, purpose: Purpose) -> Result<Pick> {
        let picks = self.lock();
        let found = picks.iter().find(|(known, pick)| known == token && pick.purpose == purpose);
        found.map(|(_, pick)| pick.clone()).ok_or_else(|| Code::PickGone.into())
    }

    /// Makes a spent token good again.
    pub fn give_back(&self, token: String, pick: Pick) {
        self.put(token, pick);
    }

    fn put(&self, token: String, pick: Pick) {
        let mut picks = self.lock();
        if picks.len() == MOST {
            picks.pop_front();
        }
        picks.push_back((token, pick));
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<(String, Pick)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn new_token() -> Result<String> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).map_err(|_| Code::Internal)?;
    Ok(hex::encode(bytes))
}

fn base_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

#[expect(clippy::cast_precision_loss, reason = "no file comes near 2^53 bytes")]
fn size(path: &Path) -> f64 {
    std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file).map_or(0.0, |file| file.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn archive(name: &str) -> Pick {
        Pick { path: Path::new("/invented").join(name), purpose: Purpose::Archive, overwrite: false }
    }

    #[test]
    fn a_token_is_spent_by_taking_it() {
        let picks = Picks::default();
        let shown = picks.add(archive("export.zip")).unwrap();
        assert_eq!(shown.name, "export.zip");
        assert_eq!(picks.take(&shown.token, Purpose::Archive).unwrap(), archive("export.zip"));
        assert!(picks.take(&shown.token, Purpose::Archive).is_err());
    }

    #[test]
    fn an_archive_cannot_become_the_target_of_an_export() {
        let picks = Picks::default();
        let shown = picks.add(archive("export.zip")).unwrap();
        assert!(picks.take(&shown.token, Purpose::Export).is_err());
        assert!(picks.take(&shown.token, Purpose::Archive).is_ok());
    }

    #[test]
    fn a_token_that_is_given_back_is_good_again() {
        let picks = Picks::default();
        let shown = picks.add(archive("export.zip")).unwrap();
        let pick = picks.take(&shown.token, Purpose::Archive).unwrap();
        picks.give_back(shown.token.clone(), pick);
        assert!(picks.take(&shown.token, Purpose::Archive).is_ok());
    }

    #[test]
    fn the_oldest_token_is_forgotten_first() {
        let picks = Picks::default();
        let first = picks.add(archive("0")).unwrap();
        let second = picks.add(archive("1")).unwrap();
        for n in 2..=MOST {
            picks.add(archive(&n.to_string())).unwrap();
        }
        assert!(picks.peek(&first.token, Purpose::Archive).is_err());
        assert!(picks.peek(&second.token, Purpose::Archive).is_ok());
    }

    #[test]
    fn a_folder_has_no_size_and_a_file_has_its_own() {
        assert_eq!(size(Path::new(env!("CARGO_MANIFEST_DIR"))), 0.0);
        assert!(size(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))) > 0.0);
    }
}
