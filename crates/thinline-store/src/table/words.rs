//! The word index where records go: word by word, or made anew from what stays.
//!
//! Taking one record out costs as much as adding twenty to fifty, because each of its words is taken out of its list where it
//! lies. So if many go, their words stay until the last of them is gone, and then the whole index is made again. Either way it
//! ends in the same transaction, and no page holds a word of what went.

use crate::Result;
use crate::table::record::{index, indexer};
use crate::table::rollup;
use crate::{StoreError, text};
use rusqlite::Connection;

/// So many records are indexed in the time that one takes to be taken out of the index.
const DEARER: u64 = 16;

/// How words go while records do. [`Words::settle`] ends it.
#[must_use]
pub(crate) struct Words {
    anew: bool,
}

impl Words {
    /// Decides it for a number of records that are about to go.
    pub fn for_going(conn: &Connection, going: usize) -> Result<Self> {
        let staying = rollup::total(conn)?.saturating_sub(going as u64);
        Ok(Self { anew: (going as u64).saturating_mul(DEARER) > staying })
    }

    /// Takes the words of one record out, unless all are made anew at the end.
    pub fn remove(&self, conn: &Connection, id: i64, [title, by, counterparty]: &[String; 3]) -> Result<()> {
        if self.anew {
            return Ok(());
        }
        conn.prepare_cached(
            "INSERT INTO record_text (record_text, rowid, title, by, counterparty) VALUES ('delete', ?1, ?2, ?3, ?4)",
        )?
        .execute((id, text::for_index(title), text::for_index(by), text::for_index(counterparty)))?;
        Ok(())
    }

    /// To be called when the last of the records is gone.
    pub fn settle(self, conn: &Connection) -> Result<()> {
        if self.anew { make_anew(conn) } else { Ok(()) }
    }
}

/// Empties the index and adds every record's words, in the order of ids; those of an import that runs come when it ends.
fn make_anew(conn: &Connection) -> Result<()> {
    conn.execute("INSERT INTO record_text (record_text) VALUES ('delete-all')", [])?;
    let mut query = conn.prepare(
        "SELECT id, title, by, counterparty FROM record WHERE file NOT IN
         (SELECT f.id FROM import_file f JOIN import i ON i.id = f.import WHERE i.indexed = 0) ORDER BY id",
    )?;
    let mut rows = query.query([])?;
    let mut indexer = indexer(conn)?;
    while let Some(row) = rows.next()? {
        let text = |at: usize| row.get_ref(at)?.as_str().map_err(|_| StoreError::Unreadable);
        index(&mut indexer, row.get(0)?, text(1)?, text(2)?, text(3)?)?;
    }
    Ok(())
}
