//! The tamper-evident log as arithmetic: canonical entries, a Merkle tree over them, signed checkpoints
//! and the exported form that anybody can check.
//!
//! No I/O, no clock and no randomness: whoever appends brings the time, the salt and the seed. Storage is
//! elsewhere; so is the decision what to log. What would surprise: an entry holds no content, only a
//! commitment to it, so that content can be erased while the log stays whole. And a log that verifies says
//! that its past was not changed since the checkpoint was signed. It does not say who signed it: for that
//! the key must be compared with one kept elsewhere.

pub mod checkpoint;
pub mod entry;
pub mod erasure;
pub mod export;
pub mod frontier;
pub mod note;
pub mod tree;

pub use checkpoint::{Checkpoint, CheckpointError, origin};
pub use entry::{DeviceId, Entry, EntryError, EntryKind, EntryTime, canonical, commitment};
pub use export::{Check, ExportHeader, ExportVerifier, Opening, verify_export};
pub use frontier::{Frontier, FrontierError};
pub use note::{NoteError, SigningKey, VerifyingKey};
pub use tree::{Hash, ProofError};
