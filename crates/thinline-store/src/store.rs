//! The open database: one writer, a few readers, and closures over them.
//!
//! Functions of [`Read`] and [`Write`] are grouped by table in `table/` and by question in `query/`.

use crate::open::BUSY;
use crate::table::log;
use crate::{Result, Zone, open};
use rusqlite::{Connection, Savepoint, Transaction, TransactionBehavior};
use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError, RwLock};
use std::thread::ThreadId;
use std::time::Instant;
use zeroize::Zeroizing;

/// An unlocked database. Dropping it closes every connection and wipes the key.
pub struct Store {
    path: PathBuf,
    key: Zeroizing<[u8; 32]>,
    /// Before the writer: the last to close moves the write-ahead log into the file, and those who only read cannot.
    readers: Mutex<Vec<Connection>>,
    writer: Mutex<Connection>,
    zone: RwLock<Zone>,
    /// The thread whose writes are one transaction just now.
    whole: Mutex<Option<ThreadId>>,
    /// Told when that transaction ends.
    ended: Condvar,
}

/// A consistent view for reading.
pub struct Read<'a> {
    pub(crate) conn: &'a Connection,
    pub(crate) zone: Zone,
    pub(crate) shapes: RefCell<HashMap<i64, crate::table::record::Fields>>,
}

/// An open transaction: what is written through it is written together or not at all.
pub struct Write<'a> {
    pub(crate) tx: Scope<'a>,
    pub(crate) zone: Zone,
}

/// A transaction, or a part of one ([`Store::at_once`]).
pub(crate) enum Scope<'a> {
    Whole(Transaction<'a>),
    Part(Savepoint<'a>),
}

impl Scope<'_> {
    fn commit(self) -> rusqlite::Result<()> {
        match self {
            Self::Whole(tx) => tx.commit(),
            Self::Part(part) => part.commit(),
        }
    }
}

impl Deref for Scope<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        match self {
            Self::Whole(tx) => tx,
            Self::Part(part) => part,
        }
    }
}

impl Write<'_> {
    /// Reads what stands now, what this transaction wrote included.
    pub fn reader(&self) -> Read<'_> {
        Read { conn: &self.tx, zone: self.zone.clone(), shapes: RefCell::default() }
    }
}

impl Store {
    /// Opens (and makes, and migrates) the database at `path` with a raw key.
    ///
    /// # Errors
    /// `NotADatabase` for a wrong key or another file, `TooNew`, `Damaged`, `Busy`, `ReadOnly`, `DiskFull`.
    pub fn open(path: &Path, key: &[u8; 32], zone: Zone) -> Result<Self> {
        let mut writer = open::connect(path, key, true)?;
        open::migrate(&mut writer, path)?;
        Ok(Self {
            path: path.to_owned(),
            key: Zeroizing::new(*key),
            writer: Mutex::new(writer),
            readers: Mutex::new(Vec::new()),
            zone: RwLock::new(zone),
            whole: Mutex::new(None),
            ended: Condvar::new(),
        })
    }

    /// The zone that defines days.
    pub fn zone(&self) -> Zone {
        self.zone.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn key(&self) -> &[u8; 32] {
        &self.key
    }

    /// Reads in one snapshot.
    ///
    /// # Errors
    /// What `work` answers (any error type that a store error turns into), or a failure to open a reader.
    pub fn read<T, E: From<crate::StoreError>>(
        &self,
        work: impl FnOnce(&Read<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let idle = lock(&self.readers).pop();
        let conn = match idle {
            Some(conn) => conn,
            None => open::connect(&self.path, &self.key, false)?,
        };
        let snapshot = conn.unchecked_transaction().map_err(crate::StoreError::from)?;
        let answer = work(&Read { conn: &snapshot, zone: self.zone(), shapes: RefCell::default() });
        drop(snapshot);
        let mut readers = lock(&self.readers);
        if readers.len() < 3 {
            readers.push(conn);
        }
        answer
    }

    /// Writes in one transaction: committed if `work` succeeds, else nothing happened.
    ///
    /// # Errors
    /// What `work` answers (any error type that a store error turns into), or `Busy`, `DiskFull`, `ReadOnly`.
    pub fn write<T, E: From<crate::StoreError>>(
        &self,
        work: impl FnOnce(&Write<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let mut writer = self.writer()?;
        let tx = match *lock(&self.whole) {
            Some(_) => Savepoint::new(&mut writer).map(Scope::Part),
            None => Transaction::new(&mut writer, TransactionBehavior::Immediate).map(Scope::Whole),
        };
        let write = Write { tx: tx.map_err(crate::StoreError::from)?, zone: self.zone() };
        let answer = work(&write)?;
        write.tx.commit().map_err(crate::StoreError::from)?;
        Ok(answer)
    }

    /// Makes all writes of this thread inside `work` one: they stand together, or none of them. Readers see what was before
    /// until then; writes of other threads wait, and are refused as `Busy` if it takes long.
    ///
    /// # Errors
    /// What `work` answers, or `Busy`, `DiskFull`, `ReadOnly`; nothing happened then.
    pub fn at_once<T, E: From<crate::StoreError>>(
        &self,
        work: impl FnOnce() -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let whole = AtOnce::begin(self).map_err(E::from)?;
        let answer = work()?;
        whole.commit().map_err(E::from)?;
        Ok(answer)
    }

    /// While a bulk load runs, commits need not wait for the disk: the last, full commit makes them durable together.
    ///
    /// # Errors
    /// If the pragma fails.
    pub fn set_bulk(&self, bulk: bool) -> Result<()> {
        // Pages of indexes change with every batch: they are moved into the file fewer times.
        let (mode, pages) = if bulk { ("NORMAL", 6000) } else { ("FULL", 1000) };
        let writer = lock(&self.writer);
        // Inside one transaction there is one commit, and how it is made cannot be changed.
        if lock(&self.whole).is_some() {
            return Ok(());
        }
        writer.pragma_update(None, "synchronous", mode)?;
        writer.pragma_update(None, "wal_autocheckpoint", pages)?;
        Ok(())
    }

    /// Changes the zone that defines days and counts every day anew, together with what `also` writes.
    ///
    /// # Errors
    /// If the rebuild or `also` fails; the old zone then stands.
    pub fn set_zone<T, E: From<crate::StoreError>>(
        &self,
        zone: Zone,
        also: impl FnOnce(&Write<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let mut writer = self.writer()?;
        if lock(&self.whole).is_some() {
            return Err(crate::StoreError::Busy.into());
        }
        let tx =
            Transaction::new(&mut writer, TransactionBehavior::Immediate).map_err(crate::StoreError::from)?;
        if self.zone() != zone {
            crate::table::rollup::rebuild(&tx, &zone)?;
        }
        let write = Write { tx: Scope::Whole(tx), zone: zone.clone() };
        let answer = also(&write)?;
        write.tx.commit().map_err(crate::StoreError::from)?;
        // Before the next writer gets its turn, so that none counts by the old zone.
        self.adopt_zone(zone);
        Ok(answer)
    }

    /// Uses a zone by which the days were counted before, without counting them again.
    pub fn adopt_zone(&self, zone: Zone) {
        *self.zone.write().unwrap_or_else(PoisonError::into_inner) = zone;
    }

    /// Versions of SQLite and SQLCipher.
    ///
    /// # Errors
    /// If SQLite does not answer.
    pub fn versions(&self) -> Result<String> {
        self.read(|read| {
            let sqlite: String = read.conn.query_row("SELECT sqlite_version()", [], |row| row.get(0))?;
            let cipher: String = read.conn.query_row("PRAGMA cipher_version", [], |row| row.get(0))?;
            Ok(format!("SQLite {sqlite}, SQLCipher {cipher}"))
        })
    }

    /// The writing connection, outside of any transaction.
    pub(crate) fn alone<T>(&self, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        work(&*self.writer()?)
    }

    /// The writing connection, once no other thread holds a transaction on it; waits for that, but not for ever. Inside one
    /// of this thread it is at hand.
    fn writer(&self) -> Result<MutexGuard<'_, Connection>> {
        let until = Instant::now() + BUSY;
        let here = std::thread::current().id();
        loop {
            let writer = lock(&self.writer);
            let whole = lock(&self.whole);
            if whole.is_none_or(|thread| thread == here) {
                return Ok(writer);
            }
            drop(writer);
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(crate::StoreError::Busy);
            }
            drop(self.ended.wait_timeout(whole, left));
        }
    }

    /// Moves the write-ahead log into the file; called when there is time.
    ///
    /// # Errors
    /// If SQLite refuses; nothing is lost then.
    pub fn settle(&self) -> Result<()> {
        lock(&self.writer).query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(())
    }

    /// A dump of every table as text, sorted: what "the store is unchanged" means. For tests and repair.
    ///
    /// # Errors
    /// If a table cannot be read.
    pub fn dump(&self) -> Result<String> {
        self.read(|read| crate::query::dump(read.conn))
    }

    /// Checks the log against its last checkpoint, on a reader.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub fn verify_log(&self, key: &thinline_ledger::VerifyingKey) -> Result<log::Verified> {
        self.read(|read| log::verify(read.conn, key))
    }
}

/// The open transaction of [`Store::at_once`]: rolled back if it is dropped before its commit, after a panic too.
struct AtOnce<'a>(Option<&'a Store>);

impl<'a> AtOnce<'a> {
    fn begin(store: &'a Store) -> Result<Self> {
        let writer = store.writer()?;
        let mut whole = lock(&store.whole);
        if whole.is_some() {
            return Err(crate::StoreError::Busy);
        }
        writer.execute_batch("BEGIN IMMEDIATE")?;
        *whole = Some(std::thread::current().id());
        Ok(Self(Some(store)))
    }

    fn commit(mut self) -> Result<()> {
        let ended = self.0.take().map_or(Ok(()), |store| Self::end(store, "COMMIT"));
        Ok(ended?)
    }

    fn end(store: &Store, how: &str) -> rusqlite::Result<()> {
        let writer = lock(&store.writer);
        let ended = writer.execute_batch(how);
        if ended.is_err() && !writer.is_autocommit() {
            let _ = writer.execute_batch("ROLLBACK");
        }
        *lock(&store.whole) = None;
        store.ended.notify_all();
        ended
    }
}

impl Drop for AtOnce<'_> {
    fn drop(&mut self) {
        if let Some(store) = self.0.take() {
            let _ = Self::end(store, "ROLLBACK");
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
