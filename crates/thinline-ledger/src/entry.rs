//! One entry of the log: what kind of thing happened, when, on which device, and a commitment to the rest.
//!
//! An entry is text in canonical JSON (RFC 8785), and the text is what is hashed: decoding accepts exactly
//! the bytes that encoding would write and nothing else. It names no service, no file and no person; those are
//! in the payload, which is kept beside the log with its salt and can be erased.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::tree::{self, Hash};

/// The version of the entry's form. Entries of another version are refused, not guessed at.
const VERSION: u64 = 1;

/// Canonical JSON writes numbers as doubles do; beyond this, whole numbers would lose digits.
const MAX_SEQ: u64 = (1 << 53) - 1;

const PAYLOAD_DOMAIN: &[u8] = b"thinline/payload/v1\n";

/// Why a text is no entry, or a value no part of one. Carries no content.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EntryError {
    /// Not JSON, a field is missing or unknown, or a value has another type.
    #[error("the entry does not have the fields of an entry")]
    Fields,
    /// The same meaning in other bytes.
    #[error("the entry is not in canonical form")]
    NotCanonical,
    /// A form that this program does not know.
    #[error("the entry has version {0}, this program reads version 1")]
    Version(u64),
    /// An entry is missing, doubled or out of order.
    #[error("the entry has number {found} where {expected} belongs")]
    Sequence {
        /// The number that belongs there.
        expected: u64,
        /// The number that was found.
        found: u64,
    },
    /// A kind outside the closed table.
    #[error("the entry's kind is unknown")]
    Kind,
    /// Not a whole second in the form 2026-01-31T23:59:59Z.
    #[error("the entry's time is not a UTC time to the second")]
    Time,
    /// Not 32 lower-case hexadecimal digits.
    #[error("the entry's device is not a device id")]
    Device,
    /// Not 64 lower-case hexadecimal digits.
    #[error("the entry's commitment is not a SHA-256 value")]
    Commitment,
    /// The value cannot be written as canonical JSON.
    #[error("the value cannot be written as canonical JSON")]
    Unwritable,
}

/// What an entry is about. Closed: a kind is added here, never renamed and never removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EntryKind {
    /// The vault was made; always entry 0.
    VaultMade,
    /// A choice was set or taken back.
    ChoiceSet,
    /// A preset was applied.
    PresetApplied,
    /// A choice with an end date reached it.
    ChoiceExpired,
    /// A service export was imported.
    ImportDone,
    /// An import was undone as a whole.
    ImportUndone,
    /// The profile, or a part of it, was exported.
    ProfileExported,
    /// An exported profile was taken up.
    ProfileTakenUp,
    /// The content of an earlier entry was erased.
    PayloadErased,
    /// The log is signed with a new key from here on.
    KeyRotated,
    /// A checkpoint was handed out.
    CheckpointKept,
    /// The app unlocked the vault.
    VaultUnlocked,
    /// Thinline's own settings changed.
    SettingsChanged,
    /// A service was asked for data.
    RequestAsked,
    /// What was asked for is ready at the service.
    RequestReady,
    /// A request ended: it was imported, or given up.
    RequestClosed,
    /// A request that had ended goes on.
    RequestReopened,
    /// A backup was put back: the log goes on from where that stood.
    VaultRestored,
}

impl EntryKind {
    /// Every kind, in the order of the table.
    pub const ALL: [EntryKind; 18] = [
        EntryKind::VaultMade,
        EntryKind::ChoiceSet,
        EntryKind::PresetApplied,
        EntryKind::ChoiceExpired,
        EntryKind::ImportDone,
        EntryKind::ImportUndone,
        EntryKind::ProfileExported,
        EntryKind::ProfileTakenUp,
        EntryKind::PayloadErased,
        EntryKind::KeyRotated,
        EntryKind::CheckpointKept,
        EntryKind::VaultUnlocked,
        EntryKind::SettingsChanged,
        EntryKind::RequestAsked,
        EntryKind::RequestReady,
        EntryKind::RequestClosed,
        EntryKind::RequestReopened,
        EntryKind::VaultRestored,
    ];

    /// The id as it stands in entries.
    pub fn id(self) -> &'static str {
        match self {
            EntryKind::VaultMade => "vault.made",
            EntryKind::ChoiceSet => "choice.set",
            EntryKind::PresetApplied => "preset.applied",
            EntryKind::ChoiceExpired => "choice.expired",
            EntryKind::ImportDone => "import.done",
            EntryKind::ImportUndone => "import.undone",
            EntryKind::ProfileExported => "profile.exported",
            EntryKind::ProfileTakenUp => "profile.taken-up",
            EntryKind::PayloadErased => "payload.erased",
            EntryKind::KeyRotated => "key.rotated",
            EntryKind::CheckpointKept => "checkpoint.kept",
            EntryKind::VaultUnlocked => "vault.unlocked",
            EntryKind::SettingsChanged => "settings.changed",
            EntryKind::RequestAsked => "request.asked",
            EntryKind::RequestReady => "request.ready",
            EntryKind::RequestClosed => "request.closed",
            EntryKind::RequestReopened => "request.reopened",
            EntryKind::VaultRestored => "vault.restored",
        }
    }

    /// The kind with this id.
    pub fn from_id(id: &str) -> Result<Self, EntryError> {
        Self::ALL.into_iter().find(|kind| kind.id() == id).ok_or(EntryError::Kind)
    }
}

/// The device that keeps a log: 16 bytes, written as 32 lower-case hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DeviceId([u8; 16]);

impl DeviceId {
    /// An id from its bytes, which the caller draws at random once per device.
    pub fn new(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// Reads the written form.
    pub fn parse(text: &str) -> Result<Self, EntryError> {
        lower_hex::<16>(text).map(Self).ok_or(EntryError::Device)
    }

    /// The 16 bytes.
    pub fn bytes(&self) -> [u8; 16] {
        self.0
    }
}

impl std::fmt::Display for DeviceId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

/// A UTC time to the second, `2026-01-31T23:59:59Z`. A claim of the device's clock; the order is `seq`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntryTime(String);

impl EntryTime {
    /// Reads the one accepted form; a leap second is none.
    pub fn parse(text: &str) -> Result<Self, EntryError> {
        if is_utc_second(text.as_bytes()) { Ok(Self(text.to_owned())) } else { Err(EntryError::Time) }
    }

    /// The written form.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One entry. Its canonical text is the leaf of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The place in the log, from 0 without gaps.
    pub seq: u64,
    /// When, by the device's clock.
    pub ts: EntryTime,
    /// What kind of thing happened.
    pub kind: EntryKind,
    /// The device that recorded it.
    pub dev: DeviceId,
    /// The commitment to the payload, see [`commitment`].
    pub commit: Hash,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fields {
    v: u64,
    seq: u64,
    ts: String,
    kind: String,
    dev: String,
    commit: String,
}

impl Entry {
    /// The canonical text of this entry.
    pub fn encode(&self) -> Result<String, EntryError> {
        if self.seq > MAX_SEQ {
            return Err(EntryError::Fields);
        }
        canonical(&Fields {
            v: VERSION,
            seq: self.seq,
            ts: self.ts.0.clone(),
            kind: self.kind.id().to_owned(),
            dev: self.dev.to_string(),
            commit: hex::encode(self.commit),
        })
    }

    /// Reads the entry that belongs at place `seq`, and only from the bytes that `encode` writes.
    pub fn decode(text: &str, seq: u64) -> Result<Self, EntryError> {
        let entry = Self::read(text)?;
        entry.check_place(seq)?;
        Ok(entry)
    }

    pub(crate) fn read(text: &str) -> Result<Self, EntryError> {
        let fields: Fields = serde_json::from_str(text).map_err(|_| EntryError::Fields)?;
        if fields.v != VERSION {
            return Err(EntryError::Version(fields.v));
        }
        let entry = Self {
            seq: fields.seq,
            ts: EntryTime::parse(&fields.ts)?,
            kind: EntryKind::from_id(&fields.kind)?,
            dev: DeviceId::parse(&fields.dev)?,
            commit: lower_hex(&fields.commit).ok_or(EntryError::Commitment)?,
        };
        if entry.encode()? == text { Ok(entry) } else { Err(EntryError::NotCanonical) }
    }

    pub(crate) fn check_place(&self, seq: u64) -> Result<(), EntryError> {
        if self.seq == seq { Ok(()) } else { Err(EntryError::Sequence { expected: seq, found: self.seq }) }
    }

    /// The hash of this entry as a leaf of the tree.
    pub fn leaf(&self) -> Result<Hash, EntryError> {
        Ok(tree::leaf_hash(self.encode()?.as_bytes()))
    }
}

/// The commitment to a payload. The salt keeps anybody from guessing short payloads out of the commitment.
pub fn commitment(salt: &[u8; 32], payload: &[u8]) -> Hash {
    Sha256::new().chain_update(PAYLOAD_DOMAIN).chain_update(salt).chain_update(payload).finalize().into()
}

/// Any value as canonical JSON; payloads are written with it.
pub fn canonical<T: Serialize>(value: &T) -> Result<String, EntryError> {
    serde_json_canonicalizer::to_string(value).map_err(|_| EntryError::Unwritable)
}

/// Upper case is refused: the same bytes must have one written form.
pub(crate) fn lower_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.bytes().any(|b| b.is_ascii_uppercase()) {
        return None;
    }
    let mut bytes = [0; N];
    hex::decode_to_slice(text, &mut bytes).ok()?;
    Some(bytes)
}

fn is_utc_second(text: &[u8]) -> bool {
    const FORM: &[u8; 20] = b"0000-00-00T00:00:00Z";
    let formed = text.len() == FORM.len()
        && text.iter().zip(FORM).all(|(b, f)| if *f == b'0' { b.is_ascii_digit() } else { b == f });
    if !formed {
        return false;
    }
    let number =
        |from: usize, to: usize| text[from..to].iter().fold(0_u32, |n, b| n * 10 + u32::from(b - b'0'));
    let (year, month, day) = (number(0, 4), number(5, 7), number(8, 10));
    let in_day = number(11, 13) < 24 && number(14, 16) < 60 && number(17, 19) < 60;
    in_day && (1..=days_in_month(year, month)).contains(&day)
}

/// 0 for a month that does not exist, so that no day is in it.
fn days_in_month(year: u32, month: u32) -> u32 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u32::from(leap),
        _ => 0,
    }
}
