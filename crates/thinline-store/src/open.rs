//! Opening the database: key, pragmas, migrations. The key is the first statement on every connection.
//!
//! Raw key, 16 KiB pages and HMAC-SHA256 are fixed at creation: another tool needs `PRAGMA cipher_page_size = 16384` and
//! `PRAGMA cipher_hmac_algorithm = HMAC_SHA256` after the key to open the file. Nothing is ever deleted here: a newer
//! database is refused, and before a migration a copy is put beside the file.

use crate::{Result, StoreError};
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use std::path::Path;
use std::time::Duration;
use zeroize::Zeroizing;

/// Schema steps, oldest first. Step `n` takes `user_version` from `n` to `n + 1`. A released file is frozen.
pub(crate) const STEPS: &[&str] = &[
    include_str!("../migrations/0001_journey.sql"),
    include_str!("../migrations/0002_rules.sql"),
    include_str!("../migrations/0003_requests.sql"),
    include_str!("../migrations/0004_reading.sql"),
];

/// How long a write waits for another one, of this program or another.
pub(crate) const BUSY: Duration = Duration::from_secs(5);

/// Opens a connection with key and pragmas. `write` makes the file if it is missing.
pub(crate) fn connect(path: &Path, key: &[u8; 32], write: bool) -> Result<Connection> {
    let flags = if write {
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE
    } else {
        OpenFlags::SQLITE_OPEN_READ_ONLY
    };
    let conn = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    conn.busy_timeout(BUSY)?;
    set_key(&conn, key)?;
    conn.execute_batch(
        "PRAGMA cipher_page_size = 16384; PRAGMA cipher_hmac_algorithm = HMAC_SHA256;
         PRAGMA cipher_memory_security = OFF; PRAGMA cipher_log_level = NONE; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF;
         PRAGMA foreign_keys = ON; PRAGMA cache_size = -32768;",
    )?;
    conn.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    if write {
        conn.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;",
        )?;
    }
    conn.set_prepared_statement_cache_capacity(64);
    Ok(conn)
}

fn set_key(conn: &Connection, key: &[u8; 32]) -> Result<()> {
    tell_key(conn, "key", key)?;
    let cipher: rusqlite::Result<String> = conn.query_row("PRAGMA cipher_version", [], |row| row.get(0));
    if cipher.is_ok_and(|version| !version.is_empty()) { Ok(()) } else { Err(StoreError::NotEncrypted) }
}

/// Tells SQLCipher a key (`key` or `rekey`) and leaves no text of it behind. SQLite copies a statement and frees the copies as
/// they are; the same statement in zeros, under a name that means nothing, takes their places.
pub(crate) fn tell_key(conn: &Connection, pragma: &str, key: &[u8; 32]) -> rusqlite::Result<()> {
    let statement = |name: &str, key: &[u8; 32]| {
        let mut text = Zeroizing::new(String::with_capacity(128));
        for part in ["PRAGMA ", name, " = \"", &raw_key(key), "\""] {
            text.push_str(part);
        }
        text
    };
    let told = conn.execute_batch(&statement(pragma, key));
    let nothing = "_".repeat(pragma.len());
    conn.execute_batch(&statement(&nothing, &[0; 32]))?;
    told
}

/// A raw key as SQLCipher reads it.
pub(crate) fn raw_key(key: &[u8; 32]) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(67));
    text.push_str("x'");
    for byte in key {
        for nibble in [byte >> 4, byte & 15] {
            text.push(char::from_digit(u32::from(nibble), 16).unwrap_or('0'));
        }
    }
    text.push('\'');
    text
}

/// Brings the schema up to date, or refuses a newer one.
pub(crate) fn migrate(conn: &mut Connection, path: &Path) -> Result<()> {
    let found = user_version(conn)?;
    let known = STEPS.len() as u32;
    if found > known {
        return Err(StoreError::TooNew { found, known });
    }
    if found == known {
        return Ok(());
    }
    if found > 0 {
        copy_beside(conn, path, found)?;
    }
    let tx = Transaction::new_unchecked(conn, TransactionBehavior::Immediate)?;
    for step in STEPS.iter().skip(user_version(&tx)? as usize) {
        tx.execute_batch(step)?;
    }
    tx.pragma_update(None, "user_version", known)?;
    tx.commit()?;
    Ok(())
}

fn user_version(conn: &Connection) -> Result<u32> {
    Ok(conn.query_row("PRAGMA user_version", [], |row| row.get(0))?)
}

/// A whole, encrypted copy named after the schema it holds; an older one of that name is replaced.
fn copy_beside(conn: &Connection, path: &Path, version: u32) -> Result<()> {
    conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    std::fs::copy(path, path.with_extension(format!("schema-{version}.db")))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: [u8; 32] = [7; 32];

    fn fresh() -> (tempfile::TempDir, std::path::PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("thinline.db");
        let mut conn = connect(&path, &KEY, true).unwrap();
        migrate(&mut conn, &path).unwrap();
        (dir, path)
    }

    #[test]
    fn the_file_is_encrypted_and_another_key_does_not_open_it() {
        let (_dir, path) = fresh();
        let bytes = std::fs::read(&path).unwrap();
        assert!(!bytes.starts_with(b"SQLite format 3"));
        assert!(matches!(connect(&path, &[8; 32], false), Err(StoreError::NotADatabase)));
    }

    #[test]
    fn a_newer_database_is_refused_and_left_alone() {
        let (_dir, path) = fresh();
        let mut conn = connect(&path, &KEY, true).unwrap();
        conn.pragma_update(None, "user_version", 99).unwrap();
        assert!(matches!(migrate(&mut conn, &path), Err(StoreError::TooNew { found: 99, .. })));
        assert_eq!(user_version(&conn).unwrap(), 99);
    }

    #[test]
    fn migrating_twice_changes_nothing() {
        let (_dir, path) = fresh();
        let mut conn = connect(&path, &KEY, true).unwrap();
        migrate(&mut conn, &path).unwrap();
        assert_eq!(user_version(&conn).unwrap(), STEPS.len() as u32);
    }
}
