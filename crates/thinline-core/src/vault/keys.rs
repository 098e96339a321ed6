//! The two secrets of a vault, and keys derived from the first. Wiped when dropped, never printed.

use hkdf::Hkdf;
use sha2::Sha256;
use thinline_ledger::DeviceId;
use zeroize::Zeroizing;

use super::error::Result;

/// 32 secret bytes.
pub(super) type Secret = Zeroizing<[u8; 32]>;

/// What a slot wraps, in this order: data key, signing seed, device id.
pub(super) const WRAPPED: usize = 32 + 32 + 16;

/// The keys of an unlocked vault.
pub struct Keys {
    /// The raw key of the database.
    pub data_key: Zeroizing<[u8; 32]>,
    /// The seed of the key that signs the log.
    pub signing_seed: Zeroizing<[u8; 32]>,
    /// Wrapped too, so that the device id in the open part of the file cannot be changed unnoticed.
    device: DeviceId,
}

impl Keys {
    pub(super) fn random(device: DeviceId) -> Result<Self> {
        Ok(Self { data_key: random_secret()?, signing_seed: random_secret()?, device })
    }

    /// The same data on another device.
    pub(super) fn on_device(device: DeviceId, data_key: Secret, signing_seed: Secret) -> Self {
        Self { data_key, signing_seed, device }
    }

    /// A new data key; the seed of the log and the device stay.
    pub(super) fn renewed(&self) -> Result<Self> {
        let signing_seed = Zeroizing::new(*self.signing_seed);
        Ok(Self { data_key: random_secret()?, signing_seed, device: self.device })
    }

    pub(super) fn is_of(&self, device: DeviceId) -> bool {
        self.device == device
    }

    pub(super) fn to_wrapped(&self) -> Zeroizing<[u8; WRAPPED]> {
        let mut bytes = Zeroizing::new([0; WRAPPED]);
        bytes[..32].copy_from_slice(&*self.data_key);
        bytes[32..64].copy_from_slice(&*self.signing_seed);
        bytes[64..].copy_from_slice(&self.device.bytes());
        bytes
    }

    /// `None` when the length is not that of wrapped keys.
    pub(super) fn from_wrapped(bytes: &[u8]) -> Option<Self> {
        let (data_key, rest) = bytes.split_first_chunk::<32>()?;
        let (signing_seed, rest) = rest.split_first_chunk::<32>()?;
        let device = DeviceId::new(rest.try_into().ok()?);
        Some(Self {
            data_key: Zeroizing::new(*data_key),
            signing_seed: Zeroizing::new(*signing_seed),
            device,
        })
    }
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys(..)")
    }
}

/// A key for one purpose, derived from the data key. Names are fixed for good: `spool`, for example.
pub fn derive(data_key: &[u8; 32], name: &str) -> Zeroizing<[u8; 32]> {
    expand(data_key, &[b"thinline/derive/v1\n", name.as_bytes()])
}

/// HKDF-SHA256 without salt: the input has full entropy already.
pub(super) fn expand(key: &[u8], info: &[&[u8]]) -> Secret {
    let mut out = Zeroizing::new([0; 32]);
    // 32 bytes are one block; HKDF refuses only more than 255 of them.
    #[expect(clippy::expect_used, reason = "the length is fixed and allowed")]
    Hkdf::<Sha256>::new(None, key).expand_multi_info(info, &mut *out).expect("one block");
    out
}

pub(super) fn random_secret() -> Result<Secret> {
    let mut bytes = Zeroizing::new([0; 32]);
    getrandom::fill(&mut *bytes)?;
    Ok(bytes)
}

pub(super) fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}
