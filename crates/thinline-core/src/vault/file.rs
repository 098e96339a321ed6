//! `vault.json`: strict to read, atomic to write, for its owner alone.
//!
//! A file from a newer program is refused by its version before anything else in it is looked at.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use thinline_ledger::DeviceId;

use super::copy::{drop_copy, put_copy};
use super::error::{Result, VaultError};
use super::keys::random;
use super::next::Next;
use super::slots::{Slot, SlotId, SlotKind};

const VERSION: u64 = 1;
const MAX_SLOTS: usize = 16;
/// Far above sixteen slots.
const MAX_BYTES: u64 = 64 << 10;

pub(super) fn path(dir: &Path) -> PathBuf {
    dir.join("vault.json")
}

/// The name of a vault; also the beginning of its names in the keyring.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct VaultId(#[serde(with = "hex_bytes")] [u8; 16]);

impl VaultId {
    /// The first 8 digits.
    pub(super) fn short(&self) -> String {
        hex::encode(&self.0[..4])
    }
}

impl fmt::Display for VaultId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

/// The file's content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct VaultFile {
    v: u64,
    vault_id: VaultId,
    #[serde(with = "hex_bytes")]
    device_id: [u8; 16],
    slots: Vec<Slot>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    next: Option<Next>,
}

/// A file without one of its slots, and that slot.
pub(super) struct Removed {
    pub(super) file: VaultFile,
    pub(super) slot: Slot,
}

#[derive(Deserialize)]
struct VersionOnly {
    v: u64,
}

impl VaultFile {
    /// A file with new ids and no slot yet.
    pub(super) fn new() -> Result<Self> {
        Ok(Self {
            v: VERSION,
            vault_id: VaultId(random()?),
            device_id: random()?,
            slots: Vec::new(),
            next: None,
        })
    }

    pub(super) fn read(dir: &Path) -> Result<Self> {
        let file = File::open(path(dir)).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => VaultError::NoVault,
            _ => VaultError::Io(error),
        })?;
        let mut text = Vec::new();
        file.take(MAX_BYTES + 1).read_to_end(&mut text)?;
        if text.len() as u64 > MAX_BYTES {
            return Err(VaultError::Damaged("length"));
        }
        Self::parse(&text)
    }

    /// Reads the text of a file.
    pub(super) fn parse(text: &[u8]) -> Result<Self> {
        let VersionOnly { v } = serde_json::from_slice(text).map_err(|_| VaultError::Damaged("form"))?;
        match v {
            VERSION => {}
            0 => return Err(VaultError::Damaged("v")),
            newer => return Err(VaultError::TooNew(newer)),
        }
        let file: Self = serde_json::from_slice(text).map_err(|_| VaultError::Damaged("form"))?;
        file.check()?;
        Ok(file)
    }

    /// Writes the file in place of an older one; whoever reads sees the one or the other.
    pub(super) fn write(&self, dir: &Path) -> Result<()> {
        let text = self.text()?;
        drop_copy(dir)?;
        write_private(&path(dir), &text)?;
        // The file stands: that its copy does not yet is mended when it is next opened.
        let _ = put_copy(dir, &text);
        Ok(())
    }

    /// The text of the file.
    pub(super) fn text(&self) -> Result<Vec<u8>> {
        let mut text = serde_json::to_vec_pretty(self).map_err(|_| VaultError::Damaged("form"))?;
        text.push(b'\n');
        Ok(text)
    }

    pub(super) fn with(&self, slot: Slot) -> Result<Self> {
        if self.slots.len() >= MAX_SLOTS {
            return Err(VaultError::TooManySlots);
        }
        let mut file = self.clone();
        file.slots.push(slot);
        Ok(file)
    }

    pub(super) fn without(&self, id: &SlotId) -> Result<Removed> {
        let at = self.slots.iter().position(|slot| slot.id() == *id).ok_or(VaultError::Damaged("slots"))?;
        if self.slots.len() == 1 {
            return Err(VaultError::LastSlot);
        }
        let mut file = self.clone();
        let slot = file.slots.remove(at);
        Ok(Removed { file, slot })
    }

    /// With these slots in place of all others.
    pub(super) fn with_slots(&self, slots: Vec<Slot>) -> Self {
        Self { slots, ..self.clone() }
    }

    pub(super) fn with_next(&self, next: Option<Next>) -> Self {
        Self { next, ..self.clone() }
    }

    pub(super) fn next(&self) -> Option<&Next> {
        self.next.as_ref()
    }

    /// Without any slot of a kind; may be left with none.
    pub(super) fn without_kind(&self, kind: SlotKind) -> Self {
        let mut file = self.clone();
        file.slots.retain(|slot| slot.kind() != kind);
        file
    }

    pub(super) fn vault_id(&self) -> &VaultId {
        &self.vault_id
    }

    pub(super) fn device_id(&self) -> DeviceId {
        DeviceId::new(self.device_id)
    }

    pub(super) fn slots(&self) -> &[Slot] {
        &self.slots
    }

    fn check(&self) -> Result<()> {
        check_slots(&self.slots)?;
        // A change of the key leads to ways of its own, under the same rules.
        self.next.as_ref().map_or(Ok(()), |next| check_slots(&next.slots))
    }
}

fn check_slots(slots: &[Slot]) -> Result<()> {
    if slots.is_empty() || slots.len() > MAX_SLOTS {
        return Err(VaultError::Damaged("slots"));
    }
    for (n, slot) in slots.iter().enumerate() {
        slot.check()?;
        if slots[..n].iter().any(|other| other.id() == slot.id()) {
            return Err(VaultError::Damaged("slots"));
        }
    }
    Ok(())
}

/// Makes a directory, and those above it, for its owner alone. One that exists keeps its mode: it may be shared
/// on purpose, and what lies in it is encrypted or for its owner alone.
pub fn make_private_dir(dir: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir)
}

/// Waits until no other program holds this directory, and holds it until the answer is dropped: for the moments in which
/// something is made that must be made once.
pub fn hold_dir(dir: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(dir.join("writer.lock"))?;
    file.lock()?;
    Ok(file)
}

/// A new file for its owner alone; fails when there is one.
pub(super) fn create_private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Replaces a file as a whole: after a crash there is the old one or the new one.
pub(crate) fn write_private(path: &Path, content: &[u8]) -> io::Result<()> {
    let dir = path.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let unique: [u8; 8] = random().map_err(|_| io::Error::other("no random numbers"))?;
    let temporary = dir.join(format!(".thinline-{}.tmp", hex::encode(unique)));
    let written = write_synced(&temporary, content).and_then(|()| fs::rename(&temporary, path));
    if let Err(error) = written {
        let _ = fs::remove_file(&temporary);
        return Err(error);
    }
    step();
    sync_dir(dir)
}

/// Between two steps of writing a file: in tests the program can end here, as a kill would end it.
fn step() {
    #[cfg(test)]
    super::stops::step();
}

/// Takes away what a program that was killed left of a file it was about to put in place. For who holds the writer's lock: then
/// nobody else is writing here.
pub fn sweep(dir: &Path) {
    let Ok(found) = fs::read_dir(dir) else { return };
    for entry in found.flatten() {
        let name = entry.file_name();
        let ours = name.to_str().and_then(|name| name.strip_prefix(".thinline-")?.strip_suffix(".tmp"));
        if ours.is_some_and(|unique| unique.len() == 16 && unique.bytes().all(|b| b.is_ascii_hexdigit())) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

pub(super) fn write_synced(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut file = create_private(path)?;
    step();
    file.write_all(content)?;
    step();
    file.sync_all()?;
    step();
    Ok(())
}

/// Without this the new name itself could be lost in a crash.
#[cfg(unix)]
pub(super) fn sync_dir(dir: &Path) -> io::Result<()> {
    File::open(dir)?.sync_all()
}

#[cfg(not(unix))]
pub(super) fn sync_dir(_dir: &Path) -> io::Result<()> {
    Ok(())
}

/// Bytes of a fixed length as lower-case hexadecimal text.
pub(super) mod hex_bytes {
    use serde::de::{Error, Unexpected};
    use serde::{Deserialize, Deserializer, Serializer};

    pub(crate) fn serialize<const N: usize, S: Serializer>(
        bytes: &[u8; N],
        to: S,
    ) -> Result<S::Ok, S::Error> {
        to.serialize_str(&hex::encode(bytes))
    }

    pub(crate) fn deserialize<'de, const N: usize, D: Deserializer<'de>>(
        from: D,
    ) -> Result<[u8; N], D::Error> {
        let text = String::deserialize(from)?;
        let mut bytes = [0; N];
        let read = hex::decode_to_slice(&text, &mut bytes);
        if read.is_err() || text.bytes().any(|b| b.is_ascii_uppercase()) {
            return Err(Error::invalid_value(Unexpected::Other("text"), &"lower-case hexadecimal digits"));
        }
        Ok(bytes)
    }
}
