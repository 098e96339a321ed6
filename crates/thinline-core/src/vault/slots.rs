//! One slot: the vault's keys, wrapped for one way to unlock.
//!
//! The work factors of a passphrase come from the file and are not yet trusted when they are used: below the floor
//! a changed file could make guessing cheap at the next rewrap, above the ceiling it could hang the program.

use std::fmt;

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::error::{Result, VaultError};
use super::file::{VaultId, hex_bytes};
use super::keys::{Keys, Secret, WRAPPED, random};

const WRAP_DOMAIN: &[u8] = b"thinline/wrap/v1";
const TAG: usize = 16;
/// Wrapped keys with their tag.
pub(super) const SEALED: usize = WRAPPED + TAG;

/// A way to unlock, as the file names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SlotKind {
    /// A key in the keyring of the system.
    Keyring,
    /// A passphrase.
    Passphrase,
    /// Fifteen words on paper.
    Recovery,
    /// A file of 32 bytes.
    KeyFile,
}

impl SlotKind {
    /// As the file and the log name it.
    pub fn id(self) -> &'static str {
        match self {
            SlotKind::Keyring => "keyring",
            SlotKind::Passphrase => "passphrase",
            SlotKind::Recovery => "recovery",
            SlotKind::KeyFile => "key-file",
        }
    }
}

impl fmt::Display for SlotKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            SlotKind::Keyring => "keyring key",
            SlotKind::Passphrase => "passphrase",
            SlotKind::Recovery => "recovery code",
            SlotKind::KeyFile => "key file",
        })
    }
}

/// The name of a slot within its vault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SlotId(#[serde(with = "hex_bytes")] [u8; 8]);

impl fmt::Display for SlotId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

/// How much work one guess at a passphrase is: the parameters of Argon2id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// Memory in KiB.
    pub m: u32,
    /// Passes over it.
    pub t: u32,
    /// Lanes.
    pub p: u32,
}

impl Cost {
    /// What people get: about half a second on one core of a laptop.
    pub const DEFAULT: Cost = Cost { m: 128 << 10, t: 3, p: 4 };
    /// The least that is accepted, in a file or from a caller; for tests.
    pub const FLOOR: Cost = Cost { m: 19 << 10, t: 2, p: 1 };
    /// The most that is accepted: 1 GiB.
    const CEILING: Cost = Cost { m: 1 << 20, t: 64, p: 64 };

    fn check(self) -> Result<Self> {
        let (low, high) = (Self::FLOOR, Self::CEILING);
        let accepted = (low.m..=high.m).contains(&self.m)
            && (low.t..=high.t).contains(&self.t)
            && (low.p..=high.p).contains(&self.p);
        if accepted { Ok(self) } else { Err(VaultError::Cost) }
    }

    fn stretch(self, passphrase: &[u8], salt: &[u8; 16]) -> Result<Secret> {
        if passphrase.is_empty() {
            return Err(VaultError::EmptyPassphrase);
        }
        let Cost { m, t, p } = self.check()?;
        let params = Params::new(m, t, p, Some(32)).map_err(|_| VaultError::Cost)?;
        let mut kek = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(passphrase, salt, &mut *kek)
            .map_err(|_| VaultError::Cost)?;
        Ok(kek)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kdf {
    m: u32,
    t: u32,
    p: u32,
    #[serde(with = "hex_bytes")]
    salt: [u8; 16],
}

impl Kdf {
    fn cost(&self) -> Cost {
        Cost { m: self.m, t: self.t, p: self.p }
    }
}

/// A slot as it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Slot {
    id: SlotId,
    kind: SlotKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    kdf: Option<Kdf>,
    #[serde(with = "hex_bytes")]
    nonce: [u8; 24],
    #[serde(with = "hex_bytes")]
    ct: [u8; SEALED],
}

impl Slot {
    /// A slot for a passphrase.
    pub(super) fn passphrase(passphrase: &[u8], cost: Cost, keys: &Keys, vault: &VaultId) -> Result<Self> {
        let salt = random()?;
        let kek = cost.stretch(passphrase, &salt)?;
        let slot = Self::wrap(SlotKind::Passphrase, &kek, keys, vault)?;
        Ok(Self { kdf: Some(Kdf { m: cost.m, t: cost.t, p: cost.p, salt }), ..slot })
    }

    /// A slot for a key that needs no stretching.
    pub(super) fn wrap(kind: SlotKind, kek: &Secret, keys: &Keys, vault: &VaultId) -> Result<Self> {
        let id = SlotId(random()?);
        let (nonce, ct) = seal(kek, keys, &aad(&id, vault))?;
        Ok(Self { id, kind, kdf: None, nonce, ct })
    }

    /// Other keys, wrapped for the same way.
    pub(super) fn rewrap(&self, kek: &Secret, keys: &Keys, vault: &VaultId) -> Result<Self> {
        Ok(Self { kdf: self.kdf.clone(), ..Self::wrap(self.kind, kek, keys, vault)? })
    }

    /// The keys; `None` when the key is another one or anything about the slot was changed.
    pub(super) fn unwrap_keys(&self, kek: &Secret, vault: &VaultId) -> Option<Keys> {
        unseal(kek, &self.nonce, &self.ct, &aad(&self.id, vault))
    }

    /// The key that this passphrase gives for this slot.
    pub(super) fn stretch(&self, passphrase: &[u8]) -> Result<Secret> {
        let kdf = self.kdf.as_ref().ok_or(VaultError::Damaged("kdf"))?;
        kdf.cost().stretch(passphrase, &kdf.salt)
    }

    /// What can be checked without a key.
    pub(super) fn check(&self) -> Result<()> {
        match (self.kind, &self.kdf) {
            (SlotKind::Passphrase, Some(kdf)) => kdf.cost().check().map(drop),
            (SlotKind::Passphrase, None) => Err(VaultError::Damaged("kdf")),
            (SlotKind::Keyring | SlotKind::Recovery | SlotKind::KeyFile, None) => Ok(()),
            (SlotKind::Keyring | SlotKind::Recovery | SlotKind::KeyFile, Some(_)) => {
                Err(VaultError::Damaged("kdf"))
            }
        }
    }

    pub(super) fn id(&self) -> SlotId {
        self.id
    }

    pub(super) fn kind(&self) -> SlotKind {
        self.kind
    }
}

/// Keys, encrypted for `kek`: a nonce and what is kept.
pub(super) fn seal(kek: &Secret, keys: &Keys, aad: &[u8]) -> Result<([u8; 24], [u8; SEALED])> {
    let nonce = random()?;
    let payload = Payload { msg: &*keys.to_wrapped(), aad };
    let ct = cipher(kek).encrypt(&XNonce::from(nonce), payload).ok();
    let ct = ct.and_then(|ct| ct.try_into().ok()).ok_or(VaultError::Damaged("ct"))?;
    Ok((nonce, ct))
}

/// What [`seal`] encrypted; `None` when key or text is another.
pub(super) fn unseal(kek: &Secret, nonce: &[u8; 24], ct: &[u8; SEALED], aad: &[u8]) -> Option<Keys> {
    let opened = cipher(kek).decrypt(&XNonce::from(*nonce), Payload { msg: ct, aad }).map(Zeroizing::new);
    Keys::from_wrapped(&opened.ok()?)
}

fn cipher(kek: &Secret) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&Key::from(**kek))
}

/// Binds a slot to its name and its vault, so that slots cannot be swapped. Both ids have a fixed length.
fn aad(slot: &SlotId, vault: &VaultId) -> Vec<u8> {
    [WRAP_DOMAIN, slot.to_string().as_bytes(), vault.to_string().as_bytes()].concat()
}
