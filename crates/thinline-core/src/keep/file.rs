//! The file of a backup: a tar with three members in a fixed order, the first of which says what the others must be.
//!
//! `manifest.json` (below), `vault.json` and `thinline.db`. Nothing in it is encrypted anew: the database is, and the vault's
//! file holds keys only wrapped. The manifest is sealed with the data key, so it cannot be changed without it. What would
//! surprise: whoever has the file and any key that opened the vault then can read it, also after that key was removed.

use crate::profile::{self, Out, cannot};
use crate::wire::{ApiError, Code};
use crate::{Result, fault, vault};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, BufReader, Read, Write};
use std::path::Path;

const VERSION: u32 = 1;
const MANIFEST: &str = "manifest.json";
/// Names inside the file, and beside each other in a data folder.
pub(super) const VAULT: &str = "vault.json";
pub(super) const DATABASE: &str = "thinline.db";
/// Far above what a manifest or a vault's file takes.
const SMALL: u64 = 64 << 10;

/// What a backup is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Purpose {
    /// To be put back.
    Backup,
    /// To go on elsewhere.
    Move,
}

/// What is said about a backup, in the clear: no counts and no names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Manifest {
    v: u32,
    pub purpose: Purpose,
    /// RFC 3339.
    pub made_at: String,
    /// Version of the program that made it.
    pub program: String,
    /// Schema of the database in it.
    pub schema: u32,
    pub vault_id: String,
    /// The log as it stood.
    pub log: LogState,
    vault: Part,
    database: Part,
    /// Derived from the data key and everything else here; empty while it is made.
    seal: String,
}

/// How long the log was, and its root.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LogState {
    pub size: u64,
    pub root: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Part {
    bytes: u64,
    sha256: String,
}

impl Manifest {
    pub fn new(purpose: Purpose, made_at: String, schema: u32, vault_id: String, log: LogState) -> Self {
        Self {
            v: VERSION,
            purpose,
            made_at,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            schema,
            vault_id,
            log,
            vault: Part::default(),
            database: Part::default(),
            seal: String::new(),
        }
    }

    fn seal(&self, data_key: &[u8; 32]) -> Result<String> {
        let open = Self { seal: String::new(), ..self.clone() };
        let text = serde_json::to_vec(&open).map_err(|_| Code::Internal)?;
        let name = format!("backup/{}", hex::encode(Sha256::digest(text)));
        Ok(hex::encode(*vault::derive(data_key, &name)))
    }

    /// Whether somebody with this data key wrote it as it is.
    pub fn is_sealed_with(&self, data_key: &[u8; 32]) -> Result<bool> {
        Ok(self.seal(data_key)? == self.seal)
    }
}

/// The answer to anything that is no backup as it was written.
fn broken() -> ApiError {
    Code::BackupFile.into()
}

/// Writes a backup file to `path`, beside its place first. Answers its bytes.
pub(super) fn write(
    path: &Path,
    overwrite: bool,
    manifest: &mut Manifest,
    vault: &[u8],
    database: &Path,
    data_key: &[u8; 32],
) -> Result<u64> {
    manifest.vault = Part { bytes: vault.len() as u64, sha256: hex::encode(Sha256::digest(vault)) };
    manifest.database = part_of(database)?;
    manifest.seal = manifest.seal(data_key)?;
    let text = serde_json::to_vec_pretty(manifest).map_err(|_| Code::Internal)?;
    let written = profile::write_file(path, overwrite, |out: &mut Out| {
        let mut tar = tar::Builder::new(out);
        put(&mut tar, MANIFEST, text.len() as u64, &text[..])?;
        put(&mut tar, VAULT, vault.len() as u64, vault)?;
        let file = File::open(database).map_err(|error| cannot(&error))?;
        put(&mut tar, DATABASE, manifest.database.bytes, file)?;
        tar.into_inner().and_then(|out| out.flush()).map_err(|error| cannot(&error))
    })
    .map(|((), written)| written)?;
    written.put_in_place(path)?;
    let bytes = written.into_wire(path, 0).bytes;
    let dir = path.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."));
    super::sync_dir(dir).map_err(|error| cannot(&error))?;
    Ok(bytes)
}

fn put(tar: &mut tar::Builder<&mut Out>, name: &str, bytes: u64, content: impl Read) -> Result<()> {
    let mut header = tar::Header::new_gnu();
    header.set_size(bytes);
    header.set_mode(0o600);
    tar.append_data(&mut header, name, content).map_err(|error| cannot(&error))
}

fn part_of(path: &Path) -> Result<Part> {
    let failed = |error: io::Error| fault::io(&error, Code::CannotWrite);
    let mut file = File::open(path).map_err(failed)?;
    let mut hash = Sha256::new();
    let (mut bytes, mut buffer) = (0, vec![0; 256 << 10]);
    loop {
        let n = file.read(&mut buffer).map_err(failed)?;
        if n == 0 {
            return Ok(Part { bytes, sha256: hex::encode(hash.finalize()) });
        }
        hash.update(&buffer[..n]);
        bytes += n as u64;
    }
}

/// What a backup file says of itself. Only its beginning is read, so it is no proof that the rest is whole.
pub(super) fn manifest(path: &Path) -> Result<Manifest> {
    let mut tar = open(path)?;
    let mut members = tar.entries().map_err(|_| broken())?;
    read_manifest(&mut next(&mut members, MANIFEST)?)
}

/// Unpacks a backup into a folder, and answers what it is. Each part is what the manifest says, or nothing is answered.
pub(super) fn unpack(path: &Path, into: &Path) -> Result<Manifest> {
    let mut tar = open(path)?;
    let mut members = tar.entries().map_err(|_| broken())?;
    let manifest = read_manifest(&mut next(&mut members, MANIFEST)?)?;
    if manifest.vault.bytes > SMALL {
        return Err(broken());
    }
    take(&mut next(&mut members, VAULT)?, &manifest.vault, &into.join(VAULT))?;
    take(&mut next(&mut members, DATABASE)?, &manifest.database, &into.join(DATABASE))?;
    if members.next().is_some() { Err(broken()) } else { Ok(manifest) }
}

fn open(path: &Path) -> Result<tar::Archive<BufReader<File>>> {
    let file = File::open(path).map_err(|error| fault::io(&error, Code::NotFound))?;
    if !file.metadata().is_ok_and(|about| about.is_file()) {
        return Err(broken());
    }
    Ok(tar::Archive::new(BufReader::with_capacity(256 << 10, file)))
}

type Member<'a> = tar::Entry<'a, BufReader<File>>;

fn next<'a>(members: &mut tar::Entries<'a, BufReader<File>>, name: &str) -> Result<Member<'a>> {
    let member = members.next().ok_or_else(broken)?.map_err(|_| broken())?;
    let fits = member.header().entry_type().is_file() && *member.path_bytes() == *name.as_bytes();
    if fits { Ok(member) } else { Err(broken()) }
}

fn read_manifest(member: &mut Member<'_>) -> Result<Manifest> {
    #[derive(Deserialize)]
    struct VersionOnly {
        v: u32,
    }
    let mut text = Vec::new();
    member.take(SMALL + 1).read_to_end(&mut text).map_err(|_| broken())?;
    let VersionOnly { v } = serde_json::from_slice(&text).map_err(|_| broken())?;
    if v > VERSION {
        return Err(ApiError {
            message: "The backup was made by a newer version of Thinline.".to_owned(),
            next: "Nothing was changed. Update Thinline and try again.".to_owned(),
            ..broken()
        });
    }
    let manifest: Manifest = serde_json::from_slice(&text).map_err(|_| broken())?;
    let whole = v == VERSION && text.len() as u64 <= SMALL && manifest.made_at.len() <= 32;
    if whole { Ok(manifest) } else { Err(broken()) }
}

fn take(member: &mut Member<'_>, part: &Part, to: &Path) -> Result<()> {
    if member.size() != part.bytes {
        return Err(broken());
    }
    let failed = |error: &io::Error| fault::io(error, Code::ReadOnly);
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(to).map_err(|error| failed(&error))?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 256 << 10];
    loop {
        // A file that ends too early is no backup; a disk that is full is another matter.
        let n = member.read(&mut buffer).map_err(|_| broken())?;
        if n == 0 {
            break;
        }
        hash.update(&buffer[..n]);
        file.write_all(&buffer[..n]).map_err(|error| failed(&error))?;
    }
    file.sync_all().map_err(|error| failed(&error))?;
    if hex::encode(hash.finalize()) == part.sha256 { Ok(()) } else { Err(broken()) }
}
