//! The log's tables: entries, payloads, checkpoints. Its bytes and its arithmetic are `thinline-ledger`'s.

use crate::{Read, Result, StoreError, Write};
use rusqlite::{Connection, OptionalExtension};
use thinline_ledger as ledger;

const FRONTIER: &str = "log.frontier";

/// Who appends: the device and its signing key.
pub struct Signer<'a> {
    /// Device id.
    pub device: &'a ledger::DeviceId,
    /// Key that signs checkpoints.
    pub key: &'a ledger::SigningKey,
}

/// An appended entry and the log after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appended {
    /// Its sequence number.
    pub seq: u64,
    /// Entries now.
    pub size: u64,
    /// Root now.
    pub root: ledger::Hash,
}

/// An entry with its payload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogRow {
    /// Sequence number.
    pub seq: u64,
    /// Canonical entry.
    pub entry: String,
    /// Salt and payload, unless erased.
    pub payload: Option<([u8; 32], String)>,
}

/// What a check of the log found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Entries.
    pub size: u64,
    /// Root over the entries as they are.
    pub root: ledger::Hash,
    /// First entry that does not fit.
    pub bad_entry: Option<u64>,
    /// `entry`, `payload`, `checkpoint` or `signature`.
    pub fault: Option<&'static str>,
    /// Leaves, for comparing with an older root.
    pub leaves: Vec<ledger::Hash>,
}

impl Write<'_> {
    /// Appends an entry whose payload is canonical JSON, and signs the log's new state.
    ///
    /// # Errors
    /// `Log` if the entry cannot be made; else if it cannot be written.
    pub fn append_log(
        &self,
        signer: &Signer<'_>,
        kind: ledger::EntryKind,
        time: &ledger::EntryTime,
        salt: [u8; 32],
        payload: &str,
    ) -> Result<Appended> {
        let mut frontier = frontier(&self.tx)?;
        let seq = frontier.size();
        let entry = ledger::Entry {
            seq,
            ts: time.clone(),
            kind,
            dev: *signer.device,
            commit: ledger::commitment(&salt, payload.as_bytes()),
        };
        let text = entry.encode().map_err(|_| StoreError::Log)?;
        let leaf = ledger::tree::leaf_hash(text.as_bytes());
        frontier.push(leaf);
        self.tx.execute(
            "INSERT INTO log_entry (seq, entry, leaf) VALUES (?1, ?2, ?3)",
            (seq as i64, &text, &leaf[..]),
        )?;
        self.tx.execute(
            "INSERT INTO log_payload (seq, salt, payload) VALUES (?1, ?2, ?3)",
            (seq as i64, &salt[..], payload),
        )?;
        self.set_meta(FRONTIER, &frontier.to_bytes())?;
        let root = frontier.root();
        let state = ledger::Checkpoint { origin: signer.key.name().to_owned(), size: frontier.size(), root };
        let note = state.sign(signer.key).map_err(|_| StoreError::Log)?;
        self.tx.execute("DELETE FROM checkpoint", [])?;
        self.tx
            .execute("INSERT INTO checkpoint (size, note) VALUES (?1, ?2)", (frontier.size() as i64, note))?;
        Ok(Appended { seq, size: frontier.size(), root })
    }

    /// The sequence number that the next entry will get.
    ///
    /// # Errors
    /// If the log cannot be read.
    pub fn next_seq(&self) -> Result<u64> {
        Ok(frontier(&self.tx)?.size())
    }
}

fn frontier(conn: &Connection) -> Result<ledger::Frontier> {
    let bytes: Option<Vec<u8>> =
        conn.query_row("SELECT value FROM meta WHERE key = ?1", [FRONTIER], |row| row.get(0)).optional()?;
    match bytes {
        None => Ok(ledger::Frontier::new()),
        Some(bytes) => ledger::Frontier::from_bytes(&bytes).map_err(|_| StoreError::Log),
    }
}

impl Read<'_> {
    /// Entries below `before`, newest first.
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn log_rows(&self, before: u64, limit: u32) -> Result<Vec<LogRow>> {
        log_rows(self.conn, "e.seq < ?1 ORDER BY e.seq DESC LIMIT ?2", before, limit)
    }

    /// Entries from `from` on, oldest first.
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn log_rows_from(&self, from: u64, limit: u32) -> Result<Vec<LogRow>> {
        log_rows(self.conn, "e.seq >= ?1 ORDER BY e.seq LIMIT ?2", from, limit)
    }

    /// Entries in all.
    ///
    /// # Errors
    /// If the log cannot be read.
    pub fn log_size(&self) -> Result<u64> {
        Ok(frontier(self.conn)?.size())
    }

    /// The root over all entries.
    ///
    /// # Errors
    /// If the log cannot be read.
    pub fn log_root(&self) -> Result<ledger::Hash> {
        Ok(frontier(self.conn)?.root())
    }

    /// The signed state of the log.
    ///
    /// # Errors
    /// `Missing` if the log is empty.
    pub fn checkpoint(&self) -> Result<String> {
        let mut query = self.conn.prepare_cached("SELECT note FROM checkpoint ORDER BY size DESC LIMIT 1")?;
        query.query_row([], |row| row.get(0)).optional()?.ok_or(StoreError::Missing)
    }
}

fn log_rows(conn: &Connection, which: &str, bound: u64, limit: u32) -> Result<Vec<LogRow>> {
    let sql = format!(
        "SELECT e.seq, e.entry, p.salt, p.payload FROM log_entry e LEFT JOIN log_payload p ON p.seq = e.seq WHERE {which}"
    );
    let mut query = conn.prepare_cached(&sql)?;
    let bound = i64::try_from(bound).unwrap_or(i64::MAX);
    let mut rows = query.query((bound, limit))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let salt: Option<Vec<u8>> = row.get(2)?;
        let payload: Option<String> = row.get(3)?;
        let payload = match (salt, payload) {
            (Some(salt), Some(payload)) => Some((salt.try_into().map_err(|_| StoreError::Log)?, payload)),
            _ => None,
        };
        found.push(LogRow { seq: row.get::<_, i64>(0)?.unsigned_abs(), entry: row.get(1)?, payload });
    }
    Ok(found)
}

/// Recomputes everything from the entries and compares it with what is stored and signed.
pub(crate) fn verify(conn: &Connection, key: &ledger::VerifyingKey) -> Result<Verified> {
    let mut leaves = Vec::new();
    let (mut bad_entry, mut fault) = (None, None);
    let erased = erased(conn)?;
    let mut query = conn.prepare(
        "SELECT e.seq, e.entry, e.leaf, p.salt, p.payload FROM log_entry e LEFT JOIN log_payload p ON p.seq = e.seq
         ORDER BY e.seq",
    )?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let expected = leaves.len() as u64;
        let (seq, text): (i64, String) = (row.get(0)?, row.get(1)?);
        let leaf = ledger::tree::leaf_hash(text.as_bytes());
        leaves.push(leaf);
        if fault.is_none() {
            fault = check_entry(row, seq, expected, &text, &leaf, &erased)?;
            bad_entry = fault.map(|_| expected);
        }
    }
    let root = ledger::tree::root(&leaves);
    if fault.is_none() {
        fault = check_signature(conn, key, leaves.len() as u64, &root)?;
    }
    Ok(Verified { size: leaves.len() as u64, root, bad_entry, fault, leaves })
}

/// What entries say of payloads that were erased. Whether those entries themselves fit is checked with all others.
fn erased(conn: &Connection) -> Result<Vec<[u64; 2]>> {
    let mut query = conn.prepare(
        "SELECT e.seq, e.entry, p.payload FROM log_entry e JOIN log_payload p ON p.seq = e.seq
         WHERE p.payload LIKE '%\"payloads\"%'",
    )?;
    let mut rows = query.query([])?;
    let mut ranges = Vec::new();
    while let Some(row) = rows.next()? {
        let (seq, text, payload): (i64, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let seq = seq.unsigned_abs();
        let kind = ledger::Entry::decode(&text, seq).map(|entry| entry.kind);
        if kind == Ok(ledger::EntryKind::PayloadErased) {
            ranges.extend(ledger::erasure::erased_by(seq, &payload));
        }
    }
    Ok(ranges)
}

fn check_entry(
    row: &rusqlite::Row<'_>,
    seq: i64,
    expected: u64,
    text: &str,
    leaf: &ledger::Hash,
    erased: &[[u64; 2]],
) -> Result<Option<&'static str>> {
    let stored: Vec<u8> = row.get(2)?;
    let Ok(entry) = ledger::Entry::decode(text, expected) else { return Ok(Some("entry")) };
    if seq.unsigned_abs() != expected || stored != leaf {
        return Ok(Some("entry"));
    }
    let (salt, payload): (Option<Vec<u8>>, Option<String>) = (row.get(3)?, row.get(4)?);
    let (Some(salt), Some(payload)) = (salt, payload) else {
        // One that is gone and that no later entry says is erased was taken away.
        let told = erased.iter().any(|[first, last]| (*first..=*last).contains(&expected));
        return Ok(if told { None } else { Some("payload") });
    };
    let fits = <[u8; 32]>::try_from(salt)
        .is_ok_and(|salt| ledger::commitment(&salt, payload.as_bytes()) == entry.commit);
    Ok(if fits { None } else { Some("payload") })
}

fn check_signature(
    conn: &Connection,
    key: &ledger::VerifyingKey,
    size: u64,
    root: &ledger::Hash,
) -> Result<Option<&'static str>> {
    let mut query = conn.prepare("SELECT note FROM checkpoint ORDER BY size DESC LIMIT 1")?;
    let note: Option<String> = query.query_row([], |row| row.get(0)).optional()?;
    let Some(note) = note else { return Ok((size > 0).then_some("checkpoint")) };
    let Ok(signed) = ledger::Checkpoint::open(&note, key) else { return Ok(Some("signature")) };
    Ok(if signed.size == size && signed.root == *root { None } else { Some("checkpoint") })
}
