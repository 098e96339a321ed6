//! Checkpoints (c2sp.org/tlog-checkpoint): "this log had so many entries and this root", signed.
//!
//! Three lines and no extension lines: origin, size, root. Two different checkpoints of one size, both signed
//! by one key, are the proof that a log was rewritten; nothing here can keep a caller from signing both.

use base64::{Engine, engine::general_purpose::STANDARD};

use crate::entry::{self, DeviceId};
use crate::note::{self, NoteError, SigningKey, VerifyingKey};
use crate::tree::Hash;

/// Why a note is no checkpoint of the expected log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// The note itself is not accepted.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The signed text is not origin, size and root.
    #[error("the checkpoint is malformed")]
    Malformed,
    /// Signed by this key, yet about another log.
    #[error("the checkpoint is about another log")]
    Origin,
}

/// The state of a log at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which log; also the name of the key that signs it.
    pub origin: String,
    /// How many entries it had.
    pub size: u64,
    /// The root of the tree over them.
    pub root: Hash,
}

const ORIGIN_PREFIX: &str = "thinline.local/log/";

/// The origin of a device's log: `thinline.local/log/` and the first 8 digits of the device id.
pub fn origin(device: &DeviceId) -> String {
    format!("{ORIGIN_PREFIX}{:.8}", device.to_string())
}

/// Whether some device could have this origin.
pub(crate) fn is_origin(text: &str) -> bool {
    text.strip_prefix(ORIGIN_PREFIX).and_then(entry::lower_hex::<4>).is_some()
}

impl Checkpoint {
    /// The text that is signed.
    pub fn text(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, STANDARD.encode(self.root))
    }

    /// Signs it. The key must carry the origin as its name.
    pub fn sign(&self, key: &SigningKey) -> Result<String, CheckpointError> {
        if key.name() != self.origin {
            return Err(CheckpointError::Origin);
        }
        Ok(note::sign(&self.text(), &[key])?)
    }

    /// Reads a checkpoint that `key` signed and that is about the log of that key.
    pub fn open(signed: &str, key: &VerifyingKey) -> Result<Self, CheckpointError> {
        let text = note::open(signed, std::slice::from_ref(key))?;
        let checkpoint = Self::parse(text)?;
        if checkpoint.origin == key.name() { Ok(checkpoint) } else { Err(CheckpointError::Origin) }
    }

    fn parse(text: &str) -> Result<Self, CheckpointError> {
        let lines: Vec<&str> = text.split_terminator('\n').collect();
        let [origin, size, root] = lines[..] else { return Err(CheckpointError::Malformed) };
        let root = STANDARD.decode(root).map_err(|_| CheckpointError::Malformed)?;
        let checkpoint = Self {
            origin: origin.to_owned(),
            size: size.parse().map_err(|_| CheckpointError::Malformed)?,
            root: root.try_into().map_err(|_| CheckpointError::Malformed)?,
        };
        // Leading zeros and signs read as numbers too; one state has one text.
        if checkpoint.text() == text { Ok(checkpoint) } else { Err(CheckpointError::Malformed) }
    }
}
