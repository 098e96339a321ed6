//! The exported log, `thinline-log/v1`: one JSON object a line, and the check that needs nothing else.
//!
//! ```text
//! {"format":"thinline-log/v1","origin":"thinline.local/log/…","size":2,"vkey":"…"}
//! {"entry":"<canonical text of entry 0>","payload":"<canonical JSON>","salt":"<64 hex>"}
//! {"entry":"<canonical text of entry 1>"}
//! {"checkpoint":"<signed note>"}
//! ```
//!
//! Every line ends with a newline. `salt` and `payload` come together or not at all: content may have been
//! erased, or left out on export. What would surprise: the key in the first line vouches for nothing by itself.
//! Whoever rewrites a log can sign it with a new key, so the report names the key for a person to compare.
//! No detail of a check holds content.

use serde::{Deserialize, Serialize};

use crate::checkpoint::{self, Checkpoint};
use crate::entry::{self, DeviceId, Entry, EntryError, EntryKind};
use crate::frontier::Frontier;
use crate::note::VerifyingKey;
use crate::tree;

/// The name and version of the format, as it stands in the first line.
pub const FORMAT: &str = "thinline-log/v1";

/// The first line of an exported log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExportHeader {
    /// Always [`FORMAT`].
    pub format: String,
    /// Which log this is.
    pub origin: String,
    /// The key that signed the checkpoint.
    pub vkey: String,
    /// How many entries follow.
    pub size: u64,
}

impl ExportHeader {
    /// The header of a log of `size` entries signed by `key`.
    pub fn new(key: &VerifyingKey, size: u64) -> Self {
        Self { format: FORMAT.to_owned(), origin: key.name().to_owned(), vkey: key.to_string(), size }
    }

    /// The first line.
    pub fn line(&self) -> Result<String, EntryError> {
        with_newline(self)
    }
}

/// What opens a commitment: the salt and the payload that it was made from.
#[derive(Debug, Clone, Copy)]
pub struct Opening<'a> {
    /// The salt.
    pub salt: &'a [u8; 32],
    /// The payload, canonical JSON.
    pub payload: &'a str,
}

/// Any line but the first.
#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    #[serde(skip_serializing_if = "Option::is_none")]
    checkpoint: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    entry: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    payload: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    salt: Option<String>,
}

/// The line of one entry, given its canonical text.
pub fn entry_line(entry: &str, opening: Option<Opening<'_>>) -> Result<String, EntryError> {
    with_newline(&Line {
        entry: Some(entry.to_owned()),
        payload: opening.map(|o| o.payload.to_owned()),
        salt: opening.map(|o| hex::encode(o.salt)),
        ..Line::default()
    })
}

/// The last line, given the signed checkpoint.
pub fn checkpoint_line(note: &str) -> Result<String, EntryError> {
    with_newline(&Line { checkpoint: Some(note.to_owned()), ..Line::default() })
}

fn with_newline<T: Serialize>(line: &T) -> Result<String, EntryError> {
    Ok(entry::canonical(line)? + "\n")
}

/// One thing that was checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// `format`, `entries`, `payloads`, `signature` or `root`.
    pub name: &'static str,
    /// Whether it holds.
    pub ok: bool,
    /// What was found, or the first thing that does not hold and where.
    pub detail: String,
}

/// Checks an exported log line by line; holds no line longer than it takes to read it.
#[derive(Default)]
pub struct ExportVerifier {
    lines: u64,
    header: Option<(ExportHeader, VerifyingKey)>,
    device: Option<DeviceId>,
    tree: Frontier,
    payloads: u64,
    checkpoint: Option<String>,
    bad_format: Option<String>,
    bad_entry: Option<String>,
    bad_payload: Option<String>,
}

impl ExportVerifier {
    /// Begins a check.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the next line, without its newline.
    pub fn line(&mut self, line: &str) {
        self.lines += 1;
        if self.lines == 1 {
            match header(line) {
                Ok(header) => self.header = Some(header),
                Err(why) => self.bad_format = Some(why.to_owned()),
            }
        } else if let Err(why) = self.body_line(line) {
            self.fail_format(why);
        }
    }

    /// Notes that a line could not even be read as text.
    pub fn unreadable_line(&mut self) {
        self.lines += 1;
        self.fail_format("not text in UTF-8, or too long");
    }

    /// The result of every check, always the same five in the same order.
    pub fn finish(self) -> Vec<Check> {
        let size = self.tree.size();
        let signed = self.signed_checkpoint();
        vec![
            check("format", self.whole_format(), || FORMAT.to_owned()),
            check("entries", first(&self.bad_entry), || format!("{size} in order")),
            check("payloads", first(&self.bad_payload), || {
                format!("{} of {size} given, all as committed", self.payloads)
            }),
            check("signature", signed.as_ref().map(drop).map_err(Clone::clone), || self.signer()),
            check("root", signed.and_then(|checkpoint| self.same_tree(&checkpoint)), || {
                hex::encode(self.tree.root())
            }),
        ]
    }

    fn body_line(&mut self, line: &str) -> Result<(), &'static str> {
        if self.checkpoint.is_some() {
            return Err("a line after the checkpoint");
        }
        let line: Line = serde_json::from_str(line).map_err(|_| "neither an entry nor a checkpoint")?;
        match line {
            Line { entry: Some(entry), payload, salt, checkpoint: None } => {
                let seq = self.tree.size();
                let entry_read = self.entry(&entry, seq);
                match (payload, salt) {
                    (None, None) => Ok(()),
                    (Some(payload), Some(salt)) => {
                        self.payload(&payload, &salt, entry_read, seq);
                        Ok(())
                    }
                    _ => Err("a payload without its salt, or a salt without its payload"),
                }
            }
            Line { checkpoint: Some(note), entry: None, payload: None, salt: None } => {
                self.checkpoint = Some(note);
                Ok(())
            }
            _ => Err("neither an entry nor a checkpoint"),
        }
    }

    /// The text goes into the tree whether or not it is an entry: the root is over what stands there.
    fn entry(&mut self, text: &str, seq: u64) -> Option<Entry> {
        self.tree.push(tree::leaf_hash(text.as_bytes()));
        let read = Entry::read(text);
        let fault = match &read {
            Ok(entry) => self.belongs_at(entry, seq).err(),
            Err(error) => Some(error.to_string()),
        };
        if let Some(why) = fault {
            self.bad_entry.get_or_insert_with(|| format!("entry {seq}: {why}"));
        }
        read.ok()
    }

    fn belongs_at(&mut self, entry: &Entry, seq: u64) -> Result<(), String> {
        entry.check_place(seq).map_err(|e| e.to_string())?;
        if (entry.kind == EntryKind::VaultMade) != (seq == 0) {
            return Err("the vault is made in the first entry and in no other".to_owned());
        }
        if *self.device.get_or_insert(entry.dev) != entry.dev {
            return Err("the entry is of another device than the first".to_owned());
        }
        let other_origin = |(header, _): &(ExportHeader, _)| header.origin != checkpoint::origin(&entry.dev);
        if self.header.as_ref().is_some_and(other_origin) {
            return Err("the entry's device is not the one that the origin names".to_owned());
        }
        Ok(())
    }

    fn payload(&mut self, payload: &str, salt: &str, entry: Option<Entry>, seq: u64) {
        self.payloads += 1;
        let fits = match (entry::lower_hex::<32>(salt), entry) {
            (Some(salt), Some(entry)) => entry::commitment(&salt, payload.as_bytes()) == entry.commit,
            _ => false,
        };
        if !fits {
            self.bad_payload.get_or_insert_with(|| {
                format!("entry {seq}: the payload is not the one that was committed to")
            });
        }
    }

    fn whole_format(&self) -> Result<(), String> {
        first(&self.bad_format)?;
        match (&self.header, &self.checkpoint) {
            (None, _) => Err("the first line is missing".to_owned()),
            (_, None) => Err("the checkpoint is missing".to_owned()),
            (Some((header, _)), Some(_)) if header.size != self.tree.size() => {
                Err(format!("{} entries announced, {} found", header.size, self.tree.size()))
            }
            _ => Ok(()),
        }
    }

    fn signed_checkpoint(&self) -> Result<Checkpoint, String> {
        let (_, key) = self.header.as_ref().ok_or("no readable first line, so no key")?;
        let note = self.checkpoint.as_ref().ok_or("no checkpoint")?;
        Checkpoint::open(note, key).map_err(|e| e.to_string())
    }

    fn same_tree(&self, checkpoint: &Checkpoint) -> Result<(), String> {
        let size = self.tree.size();
        if checkpoint.size != size {
            return Err(format!("the checkpoint is over {} entries, {size} found", checkpoint.size));
        }
        if checkpoint.root != self.tree.root() {
            return Err("the entries are not the ones that were signed".to_owned());
        }
        Ok(())
    }

    fn signer(&self) -> String {
        self.header.as_ref().map(|(header, _)| header.vkey.clone()).unwrap_or_default()
    }

    fn fail_format(&mut self, why: &str) {
        let line = self.lines;
        self.bad_format.get_or_insert_with(|| format!("line {line}: {why}"));
    }
}

/// Checks an exported log given as one text.
pub fn verify_export(text: &str) -> Vec<Check> {
    let mut verifier = ExportVerifier::new();
    text.split_terminator('\n').for_each(|line| verifier.line(line));
    verifier.finish()
}

fn header(line: &str) -> Result<(ExportHeader, VerifyingKey), &'static str> {
    let header: ExportHeader = serde_json::from_str(line).map_err(|_| "line 1: not the header of a log")?;
    if header.format != FORMAT {
        return Err("line 1: another format than thinline-log/v1");
    }
    if !checkpoint::is_origin(&header.origin) {
        return Err("line 1: the origin is not that of a log");
    }
    let key = VerifyingKey::parse(&header.vkey).map_err(|_| "line 1: the key is malformed")?;
    if key.name() != header.origin {
        return Err("line 1: the key is not named after the origin");
    }
    Ok((header, key))
}

fn first(failure: &Option<String>) -> Result<(), String> {
    failure.clone().map_or(Ok(()), Err)
}

fn check(name: &'static str, result: Result<(), String>, found: impl FnOnce() -> String) -> Check {
    match result {
        Ok(()) => Check { name, ok: true, detail: found() },
        Err(detail) => Check { name, ok: false, detail },
    }
}
