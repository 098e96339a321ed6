//! Sample data: a vault of its own with an invented household, deleted when the person leaves it.
//!
//! Its key lies beside it in a file: there is nothing in it to protect, and no keyring need be asked.

use crate::imports::{self, Opened};
use crate::session::Session;
use crate::vault::{NewKey, Unlock, Vault};
use crate::wire::{ApiError, Code};
use crate::{Dirs, Result, clock, journal};
use std::io::Cursor;
use std::path::PathBuf;

fn key_file(sample: &Dirs) -> PathBuf {
    sample.data.join("sample.key")
}

/// Makes it anew, with the newest invented record a moment ago.
pub(crate) fn make(own: &Dirs) -> Result<Session> {
    delete(own)?;
    let dirs = own.sample();
    let made = fill(&dirs);
    if made.is_err() {
        // Half a sample is none.
        delete(own)?;
    }
    made
}

fn fill(dirs: &Dirs) -> Result<Session> {
    let failed = |error: std::io::Error| crate::fault::io(&error, Code::ReadOnly);
    crate::vault::make_private_dir(&dirs.data).map_err(failed)?;
    let (vault, keys) = Vault::create(&dirs.data, &NewKey::KeyFile(&key_file(dirs)))?;
    let session = Session::open(dirs, &vault, &keys, true)?;
    journal::begin(&session, &["netflix".to_owned(), "spotify".to_owned()], "")?;
    for (service, name, bytes) in thinline_sample::sample_exports(clock::now()).map_err(failed)? {
        let opened = Opened::zip(name, Box::new(Cursor::new(bytes)))?;
        imports::quietly(&session, opened, service)?;
    }
    Ok(session)
}

/// The sample left from last time, if it is whole.
pub(crate) fn reopen(own: &Dirs) -> Option<Session> {
    let dirs = own.sample();
    if !Vault::exists(&dirs.data) {
        return None;
    }
    let vault = Vault::open(&dirs.data).ok()?;
    let keys = vault.unlock(&Unlock::KeyFile(&key_file(&dirs))).ok()?;
    Session::open(&dirs, &vault, &keys, true).ok()
}

/// Deletes the folder and everything in it: all of it was made here.
pub(crate) fn delete(own: &Dirs) -> Result<()> {
    match std::fs::remove_dir_all(own.sample().data) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(ApiError { ..crate::fault::io(&error, Code::ReadOnly) }),
    }
}
