//! Key files: exactly 32 bytes, for scripts and for machines without a keyring.
//!
//! Whoever reads the file opens the vault. The bytes are random, so they need no stretching.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use zeroize::Zeroizing;

use super::error::{Result, VaultError};
use super::file::{VaultId, sync_dir, write_synced};
use super::keys::{Secret, expand, random_secret};

const DOMAIN: &[u8] = b"thinline/key-file/v1\n";

/// The key file at `path`.
pub(super) fn read(path: &Path) -> Result<Secret> {
    let mut file = File::open(path).map_err(|_| VaultError::KeyFileUnreadable)?;
    let mut bytes = Zeroizing::new([0; 33]);
    let mut length = 0;
    while length < bytes.len() {
        match file.read(&mut bytes[length..]).map_err(|_| VaultError::KeyFileUnreadable)? {
            0 => break,
            more => length += more,
        }
    }
    let Some(key) = bytes[..length].first_chunk::<32>().filter(|_| length == 32) else {
        let whole = file.metadata().map_or(0, |metadata| metadata.len());
        return Err(VaultError::KeyFileLength(whole.max(length as u64)));
    };
    Ok(Zeroizing::new(*key))
}

/// The key file at `path`; a new one when there is none. One that exists is never written to.
pub(super) fn read_or_write(path: &Path) -> Result<Secret> {
    let key = random_secret()?;
    match write_synced(path, &*key) {
        Ok(()) => {
            let dir = path.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."));
            sync_dir(dir)?;
            Ok(key)
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => read(path),
        Err(error) if error.kind() == io::ErrorKind::StorageFull => Err(error.into()),
        // It is the key file that cannot be written, not the data.
        Err(_) => Err(VaultError::KeyFileUnreadable),
    }
}

/// The key that this file gives for this vault; another vault with the same file has another key.
pub(super) fn kek(key: &Secret, vault: &VaultId) -> Secret {
    expand(&**key, &[DOMAIN, vault.to_string().as_bytes()])
}
