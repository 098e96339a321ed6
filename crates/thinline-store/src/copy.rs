//! A whole copy of the database as it stood at one moment, encrypted with the same key.
//!
//! Pages are read through the pager, so each is decrypted, checked against its code and encrypted anew: a copy that comes to
//! its end has read every page, the write-ahead log's included, and damage in any of them makes it none. Writers go on meanwhile;
//! what they write is not in the copy. What would surprise: the copy is a file of its own with its own salt, so equal
//! databases give different bytes.

use crate::{Read, Result, Store, StoreError, open};
use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};
use std::cell::RefCell;
use std::path::Path;

/// Pages copied between two looks at whether it shall go on: 16 MiB.
const AT_ONCE: i32 = 1024;

/// One state of the database, held still for as long as this lives.
pub struct Snapshot {
    conn: Connection,
    key: zeroize::Zeroizing<[u8; 32]>,
    zone: crate::Zone,
}

impl Store {
    /// Holds still what is committed now.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn snapshot(&self) -> Result<Snapshot> {
        let conn = open::connect(self.path(), self.key(), false)?;
        conn.execute_batch("BEGIN")?;
        // A transaction begins with its first read.
        conn.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
        Ok(Snapshot { conn, key: zeroize::Zeroizing::new(*self.key()), zone: self.zone() })
    }
}

impl Snapshot {
    /// Reads in this state.
    ///
    /// # Errors
    /// What `work` answers.
    pub fn read<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&Read<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        work(&Read { conn: &self.conn, zone: self.zone.clone(), shapes: RefCell::default() })
    }

    /// The key that the copy will have.
    pub fn key(&self) -> &[u8; 32] {
        &self.key
    }

    /// The schema's version.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn schema(&self) -> Result<u32> {
        Ok(self.conn.query_row("PRAGMA user_version", [], |row| row.get(0))?)
    }

    /// Writes the copy to a new file, as long as `go_on` says so; `false` if it was stopped. The file is not synced.
    ///
    /// # Errors
    /// `Damaged` if a page does not fit its code, `DiskFull`, `ReadOnly`.
    pub fn write_to(&self, path: &Path, go_on: &dyn Fn() -> bool) -> Result<bool> {
        let mut copy = open::connect(path, &self.key, true)?;
        // The file counts only when it is whole, so nothing need be undone in it.
        copy.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")?;
        let whole = {
            let backup = Backup::new(&self.conn, &mut copy)?;
            loop {
                if !go_on() {
                    break false;
                }
                match backup.step(AT_ONCE)? {
                    StepResult::Done => break true,
                    StepResult::More => {}
                    _ => return Err(StoreError::Busy),
                }
            }
        };
        // A page that does not fit its code is copied as zeros, and copying goes on; but from then on this connection answers
        // nothing any more, as soon as it has to read a page. What the copy holds must fit together as well.
        self.conn.execute_batch("PRAGMA shrink_memory")?;
        self.conn.query_row("SELECT count(*) FROM meta", [], |_| Ok(()))?;
        if whole {
            let sound: String = copy.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
            if sound != "ok" {
                return Err(StoreError::Damaged);
            }
        }
        copy.close().map_err(|(_, error)| error)?;
        Ok(whole)
    }
}
