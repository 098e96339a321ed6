//! The anchor: how long the log was and what its root was, kept outside the database.
//!
//! It shows that an older copy of the database was put in place of a newer one. It is a note to ourselves, not
//! evidence: whoever can write both places can write both. In a file it is weaker than in the keyring, because
//! backups tend to take database and configuration together.

use std::path::PathBuf;
use std::{fs, io};

use serde::{Deserialize, Serialize};
use thinline_ledger::Hash;

use super::error::{Result, VaultError};
use super::file::{hex_bytes, make_private_dir, write_private};
use super::keyring::{self, KeyringError};

const VERSION: u64 = 1;

/// The state of the log when it was last written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Anchor {
    /// How many entries.
    pub size: u64,
    /// The root over them.
    pub root: Hash,
}

/// Where an anchor lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AnchorPlace {
    /// In the keyring, under this name.
    Keyring {
        /// The name.
        user: String,
    },
    /// In this file.
    File(PathBuf),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct AnchorFile {
    v: u64,
    size: u64,
    #[serde(with = "hex_bytes")]
    root: Hash,
}

impl Anchor {
    /// The anchor; `None` when none was written yet, or when it was taken away.
    pub fn read(place: &AnchorPlace) -> Result<Option<Self>> {
        let bytes = match place {
            AnchorPlace::Keyring { user } => match keyring::get(user) {
                Ok(bytes) => bytes.to_vec(),
                Err(KeyringError::NoEntry) => return Ok(None),
                Err(error) => return Err(error.into()),
            },
            AnchorPlace::File(path) => match fs::read(path) {
                Ok(bytes) => bytes,
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
                Err(error) => return Err(error.into()),
            },
        };
        let read: AnchorFile = serde_json::from_slice(&bytes).map_err(|_| VaultError::AnchorDamaged)?;
        if read.v != VERSION {
            return Err(VaultError::AnchorDamaged);
        }
        Ok(Some(Self { size: read.size, root: read.root }))
    }

    /// Replaces the anchor.
    pub fn write(&self, place: &AnchorPlace) -> Result<()> {
        let file = AnchorFile { v: VERSION, size: self.size, root: self.root };
        let bytes = serde_json::to_vec(&file).map_err(|_| VaultError::AnchorDamaged)?;
        match place {
            AnchorPlace::Keyring { user } => Ok(keyring::set(user, &bytes)?),
            AnchorPlace::File(path) => {
                path.parent().map_or(Ok(()), make_private_dir)?;
                Ok(write_private(path, &bytes)?)
            }
        }
    }
}
