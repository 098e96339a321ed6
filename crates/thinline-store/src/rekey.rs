//! Another key for the whole database.
//!
//! `PRAGMA rekey` writes every page anew in one transaction: in the write-ahead log until its commit, so that whoever is
//! killed in the middle leaves the old database, and whoever is killed after it the new one. What would surprise: SQLCipher
//! does not look at how that commit ended and reports success all the same. So nobody believes it here: a new
//! connection tries the new key.

use crate::open::{connect, raw_key};
use crate::{Result, Store, StoreError};
use std::path::Path;

impl Store {
    /// Whether this key opens the database at `path`. `false` for another key, and for no database at all.
    ///
    /// # Errors
    /// If the file cannot be read for another reason.
    pub fn opens(path: &Path, key: &[u8; 32]) -> Result<bool> {
        if std::fs::metadata(path).map_or(true, |about| about.len() == 0) {
            return Ok(false);
        }
        match connect(path, key, true) {
            Ok(_) => Ok(true),
            Err(StoreError::NotADatabase) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Encrypts the database at `path` with `new` in place of `old`. Nobody else may have it open. Takes as much free space
    /// as the database is large, for a while. After a failure the old key opens it, and nothing was lost.
    ///
    /// # Errors
    /// `NotADatabase` for a wrong old key, `Damaged` for a page that does not read, `DiskFull`, `ReadOnly`, `Busy`.
    pub fn rekey(path: &Path, old: &[u8; 32], new: &[u8; 32]) -> Result<()> {
        let conn = connect(path, old, true)?;
        // Before, so that the log holds nothing but this; afterwards, so that no page stays under the old key.
        settle(&conn)?;
        let done = conn.pragma_update(None, "rekey", raw_key(new).as_str());
        // This connection no longer knows which key the file has.
        drop(conn);
        if !Self::opens(path, new)? {
            return Err(done.err().map_or(StoreError::DiskFull, StoreError::from));
        }
        // The new key holds from here on, also if moving the log into the file must wait for the next start.
        let _ = connect(path, new, true).and_then(|conn| settle(&conn));
        Ok(())
    }
}

fn settle(conn: &rusqlite::Connection) -> Result<()> {
    Ok(conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Zone;

    const OLD: [u8; 32] = [7; 32];
    const NEW: [u8; 32] = [8; 32];

    fn filled(path: &Path) -> String {
        let store = Store::open(path, &OLD, Zone::utc()).unwrap();
        for n in 0..200 {
            store.write::<_, StoreError>(|write| write.set_meta(&format!("m{n}"), &[n; 3000])).unwrap();
        }
        store.dump().unwrap()
    }

    #[test]
    fn the_new_key_opens_all_of_it_and_the_old_one_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("thinline.db");
        let before = filled(&path);
        Store::rekey(&path, &OLD, &NEW).unwrap();
        assert!(!Store::opens(&path, &OLD).unwrap());
        assert!(matches!(Store::open(&path, &OLD, Zone::utc()), Err(StoreError::NotADatabase)));
        let store = Store::open(&path, &NEW, Zone::utc()).unwrap();
        assert_eq!(store.dump().unwrap(), before);
        assert!(std::fs::metadata(dir.path().join("thinline.db-wal")).map_or(true, |about| about.len() == 0));
    }

    #[test]
    fn a_wrong_old_key_changes_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("thinline.db");
        let before = filled(&path);
        assert!(matches!(Store::rekey(&path, &NEW, &[9; 32]), Err(StoreError::NotADatabase)));
        assert!(!Store::opens(&path, &NEW).unwrap() && !Store::opens(&path, &[9; 32]).unwrap());
        assert_eq!(Store::open(&path, &OLD, Zone::utc()).unwrap().dump().unwrap(), before);
    }

    #[test]
    fn no_database_is_opened_by_any_key_and_none_is_made() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("thinline.db");
        assert!(!Store::opens(&path, &OLD).unwrap() && !path.exists());
    }

    /// What a kill at any moment of the change leaves behind: the file as it was, and a beginning of the log that the change
    /// wrote. Every such pair opens with one of the two keys, whole.
    #[test]
    fn any_beginning_of_the_change_opens_whole_with_the_old_key_or_the_new_one() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("thinline.db");
        let before = filled(&path);
        let conn = connect(&path, &OLD, true).unwrap();
        settle(&conn).unwrap();
        conn.pragma_update(None, "wal_autocheckpoint", 0).unwrap();
        let file = std::fs::read(&path).unwrap();
        conn.pragma_update(None, "rekey", raw_key(&NEW).as_str()).unwrap();
        let log = std::fs::read(dir.path().join("thinline.db-wal")).unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), file, "the file itself is written only after the commit");
        assert!(log.len() > file.len());
        let (mut old, mut new) = (0, 0);
        let cuts = (0..=log.len()).step_by(log.len() / 40).chain([log.len() - 1, log.len()]);
        for cut in cuts {
            let at = tempfile::tempdir().unwrap();
            let copy = at.path().join("thinline.db");
            std::fs::write(&copy, &file).unwrap();
            std::fs::write(at.path().join("thinline.db-wal"), &log[..cut]).unwrap();
            let key = if Store::opens(&copy, &NEW).unwrap() { NEW } else { OLD };
            *(if key == NEW { &mut new } else { &mut old }) += 1;
            assert_eq!(Store::open(&copy, &key, Zone::utc()).unwrap().dump().unwrap(), before, "{cut}");
        }
        assert!(new > 0 && old > 30, "{old} old, {new} new");
    }
}
