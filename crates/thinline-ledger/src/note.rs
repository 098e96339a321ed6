//! Signed notes (c2sp.org/signed-note) with Ed25519 keys: a text that people can read, then its signatures.
//!
//! Only key type 0x01. Signatures by keys that the reader does not know are ignored; a known key whose signature
//! does not fit makes the whole note worthless. A seed that comes in is wiped when the key is dropped, and a
//! [`SigningKey`] never prints it.

use base64::{Engine, engine::general_purpose::STANDARD};
use ed25519_dalek::Signer;
use sha2::{Digest, Sha256};

use crate::entry::lower_hex;

const ED25519: u8 = 0x01;

/// More than the 16 that must be accepted; a bound keeps a hostile note from costing time.
const MAX_SIGNATURES: usize = 64;

/// Why a note, a key or a name is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// Empty, or with a space or a plus sign.
    #[error("the key name is empty or holds a space or a plus sign")]
    Name,
    /// The text form of a verification key is broken, or its key id belongs to another key.
    #[error("the verification key is malformed")]
    Key,
    /// The text has control characters or does not end with a newline.
    #[error("the note's text holds control characters or does not end with a newline")]
    Text,
    /// The lines after the text are not signature lines.
    #[error("the note is malformed")]
    Malformed,
    /// More signatures than anybody needs.
    #[error("the note has too many signatures")]
    TooMany,
    /// The signature of a known key does not fit the text.
    #[error("a signature does not fit the note's text")]
    Invalid,
    /// Nobody known signed this.
    #[error("the note is not signed by a known key")]
    Unsigned,
}

// The inner key wipes itself when dropped; without its feature for that, this does not compile.
const _: () = {
    const fn is_wiped<T: zeroize::ZeroizeOnDrop>() {}
    is_wiped::<ed25519_dalek::SigningKey>();
};

/// The key that signs checkpoints, with its name. Prints its name only.
pub struct SigningKey {
    name: String,
    key: ed25519_dalek::SigningKey,
}

impl SigningKey {
    /// Makes the key from its seed, which the caller keeps (wrapped) and wipes.
    pub fn from_seed(name: &str, seed: &[u8; 32]) -> Result<Self, NoteError> {
        check_name(name)?;
        Ok(Self { name: name.to_owned(), key: ed25519_dalek::SigningKey::from_bytes(seed) })
    }

    /// The name that stands in signature lines.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The public half.
    pub fn verifying_key(&self) -> VerifyingKey {
        VerifyingKey { name: self.name.clone(), key: self.key.verifying_key() }
    }

    fn signature_line(&self, text: &str) -> String {
        let mut bytes = self.verifying_key().id().to_vec();
        bytes.extend_from_slice(&self.key.sign(text.as_bytes()).to_bytes());
        format!("\u{2014} {} {}\n", self.name, STANDARD.encode(bytes))
    }
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SigningKey").field("name", &self.name).finish_non_exhaustive()
    }
}

/// The public half of a key, with its name; written `name+keyid+base64`, the "vkey".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifyingKey {
    name: String,
    key: ed25519_dalek::VerifyingKey,
}

impl VerifyingKey {
    /// Reads the vkey form. The key id in it must be the one that name and key give.
    pub fn parse(vkey: &str) -> Result<Self, NoteError> {
        let mut parts = vkey.splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(NoteError::Key);
        };
        check_name(name)?;
        let typed = STANDARD.decode(key).map_err(|_| NoteError::Key)?;
        let Some((&ED25519, bytes)) = typed.split_first() else { return Err(NoteError::Key) };
        let bytes: [u8; 32] = bytes.try_into().map_err(|_| NoteError::Key)?;
        let key = ed25519_dalek::VerifyingKey::from_bytes(&bytes).map_err(|_| NoteError::Key)?;
        let parsed = Self { name: name.to_owned(), key };
        if lower_hex::<4>(id) == Some(parsed.id()) { Ok(parsed) } else { Err(NoteError::Key) }
    }

    /// The name that stands in signature lines.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The first four bytes of the hash over name, type and key.
    pub fn id(&self) -> [u8; 4] {
        let hash = Sha256::new()
            .chain_update(self.name.as_bytes())
            .chain_update([b'\n', ED25519])
            .chain_update(self.key.as_bytes())
            .finalize();
        [hash[0], hash[1], hash[2], hash[3]]
    }

    fn accepts(&self, text: &str, signature: &[u8]) -> bool {
        // Strict: neither weak keys nor a second form of the same signature pass.
        ed25519_dalek::Signature::from_slice(signature)
            .is_ok_and(|signature| self.key.verify_strict(text.as_bytes(), &signature).is_ok())
    }
}

impl std::fmt::Display for VerifyingKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut typed = vec![ED25519];
        typed.extend_from_slice(self.key.as_bytes());
        write!(f, "{}+{}+{}", self.name, hex::encode(self.id()), STANDARD.encode(typed))
    }
}

/// Signs `text`, which ends with a newline, with each key.
pub fn sign(text: &str, keys: &[&SigningKey]) -> Result<String, NoteError> {
    check_text(text)?;
    if keys.is_empty() {
        return Err(NoteError::Unsigned);
    }
    let lines: String = keys.iter().map(|key| key.signature_line(text)).collect();
    Ok(format!("{text}\n{lines}"))
}

/// The text of a note that at least one of `keys` signed. The text is worth nothing before this returned it.
pub fn open<'a>(note: &'a str, keys: &[VerifyingKey]) -> Result<&'a str, NoteError> {
    let end = note.rfind("\n\n").ok_or(NoteError::Malformed)?;
    let (text, lines) = (&note[..=end], &note[end + 2..]);
    check_text(text)?;
    let lines = lines.strip_suffix('\n').ok_or(NoteError::Malformed)?;
    let mut known = 0;
    for (count, line) in lines.split('\n').enumerate() {
        if count >= MAX_SIGNATURES {
            return Err(NoteError::TooMany);
        }
        let (name, id, signature) = parse_signature(line)?;
        for key in keys.iter().filter(|key| key.name == name && key.id() == id) {
            if !key.accepts(text, &signature) {
                return Err(NoteError::Invalid);
            }
            known += 1;
        }
    }
    if known > 0 { Ok(text) } else { Err(NoteError::Unsigned) }
}

fn parse_signature(line: &str) -> Result<(&str, [u8; 4], Vec<u8>), NoteError> {
    let rest = line.strip_prefix("\u{2014} ").ok_or(NoteError::Malformed)?;
    let (name, encoded) = rest.split_once(' ').ok_or(NoteError::Malformed)?;
    check_name(name).map_err(|_| NoteError::Malformed)?;
    let bytes = STANDARD.decode(encoded).map_err(|_| NoteError::Malformed)?;
    match bytes.split_first_chunk::<4>() {
        Some((id, signature)) if !signature.is_empty() => Ok((name, *id, signature.to_vec())),
        _ => Err(NoteError::Malformed),
    }
}

fn check_name(name: &str) -> Result<(), NoteError> {
    let bad = |c: char| c.is_whitespace() || c.is_control() || c == '+';
    if name.is_empty() || name.contains(bad) { Err(NoteError::Name) } else { Ok(()) }
}

fn check_text(text: &str) -> Result<(), NoteError> {
    let clean = text.chars().all(|c| c == '\n' || !c.is_control());
    if clean && text.ends_with('\n') { Ok(()) } else { Err(NoteError::Text) }
}
