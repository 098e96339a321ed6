//! Whether the tables fit together, beyond what [`Store::check`] asks of pages and indexes: days, sightings, original rows,
//! words, and nothing of what is gone.
//!
//! For tests that do harm: what it finds is a fault of the program, not of a disk. It names what does not fit and never says
//! what a record holds. Not here: the log, which has a check of its own. What would surprise: an import that is running
//! counts as a fault.

use crate::table::sighting;
use crate::{Result, Store};
use rusqlite::Connection;
use std::collections::{HashMap, HashSet};

/// Files of imports that stand.
const STANDING: &str =
    "(SELECT f.id FROM import_file f JOIN import i ON i.id = f.import WHERE i.state = 'done')";

/// A name, and a question that has no answer while all is well. `STANDING` stands for the files of standing imports.
const NONE_OF: &[(&str, &str)] = &[
    ("an import was left open", "SELECT 1 FROM import WHERE state = 'open'"),
    ("a standing import is not in the word index", "SELECT 1 FROM import WHERE state = 'done' AND indexed = 0"),
    ("a record has no facet", "SELECT 1 FROM record WHERE facet NOT IN (SELECT id FROM facet)"),
    ("a record has no shape", "SELECT 1 FROM record WHERE shape NOT IN (SELECT id FROM shape)"),
    ("a record is of a file that is gone", "SELECT 1 FROM record WHERE file <> 0 AND file NOT IN STANDING"),
    ("a sighting is of a file that is gone", "SELECT 1 FROM sighting WHERE file NOT IN STANDING"),
    ("an original row is of a file that is gone", "SELECT 1 FROM original WHERE id >> 32 NOT IN STANDING"),
    ("an original row has no block", "SELECT 1 FROM original WHERE block NOT IN (SELECT id FROM block)"),
    ("a block has no original row", "SELECT 1 FROM block WHERE id NOT IN (SELECT block FROM original)"),
    ("a displaced record is gone", "SELECT 1 FROM displaced WHERE id NOT IN (SELECT id FROM record)"),
    (
        "an import that is gone covers days",
        "SELECT 1 FROM coverage WHERE import NOT IN (SELECT id FROM import WHERE state = 'done')",
    ),
    (
        "an import that is gone notes recipes",
        "SELECT 1 FROM reading WHERE import NOT IN (SELECT id FROM import WHERE state = 'done')",
    ),
    ("a change of a choice has no log entry", "SELECT 1 FROM choice_change WHERE seq NOT IN (SELECT seq FROM log_entry)"),
    ("a payload has no log entry", "SELECT 1 FROM log_payload WHERE seq NOT IN (SELECT seq FROM log_entry)"),
    ("the word index names a record that is gone", "SELECT 1 FROM record_text_word WHERE doc NOT IN (SELECT id FROM record)"),
    (
        "a record is not in the word index",
        "SELECT 1 FROM record WHERE (title GLOB '*[A-Za-z]*' OR by GLOB '*[A-Za-z]*' OR counterparty GLOB '*[A-Za-z]*')
         AND id NOT IN (SELECT doc FROM record_text_word)",
    ),
];

impl Store {
    /// What does not fit together, by name; empty if all does.
    ///
    /// # Errors
    /// If the database is so damaged that it cannot be asked.
    pub fn faults(&self) -> Result<Vec<String>> {
        let mut faults: Vec<String> = self.check()?.faults.into_iter().map(str::to_owned).collect();
        self.read(|read| {
            for (name, question) in NONE_OF {
                if read.conn.prepare(&question.replace("STANDING", STANDING))?.exists([])? {
                    faults.push((*name).to_owned());
                }
            }
            faults.extend(sightings(read.conn)?.into_iter().map(str::to_owned));
            if read.rollup_by_scan()? != read.rollup()? {
                faults.push("the daily counts are not those of the records".to_owned());
            }
            Ok(faults)
        })
    }
}

/// Sightings against records, both ways, and against what imports say they hold.
fn sightings(conn: &Connection) -> Result<Vec<&'static str>> {
    let mut query = conn.prepare("SELECT id, file, row FROM record")?;
    let records = query.query_map([], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))?;
    let records: HashMap<i64, (i64, u32)> = records.collect::<rusqlite::Result<_>>()?;
    let mut query = conn.prepare(
        "SELECT f.id, i.id, i.records FROM import_file f JOIN import i ON i.id = f.import WHERE i.state = 'done'",
    )?;
    let files = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let files: Vec<(i64, i64, i64)> = files.collect::<rusqlite::Result<_>>()?;
    let mut faults = Vec::new();
    let mut read_there = HashSet::new();
    let mut held: HashMap<i64, (i64, HashSet<i64>)> = HashMap::new();
    for (file, import, records_of_import) in files {
        let held = held.entry(import).or_insert((records_of_import, HashSet::new()));
        for (id, row) in sighting::of_file(conn, file)? {
            held.1.insert(id);
            match records.get(&id) {
                None => faults.push("a sighting is of a record that is gone"),
                Some(place) if *place == (file, row) => {
                    read_there.insert(id);
                }
                Some(_) => {}
            }
        }
    }
    if records.iter().any(|(id, (file, _))| *file != 0 && !read_there.contains(id)) {
        faults.push("a record is not sighted where it was read");
    }
    if held.values().any(|(told, found)| *told != found.len() as i64) {
        faults.push("an import does not hold as many records as it says");
    }
    faults.dedup();
    Ok(faults)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Zone;

    /// What a hand could do to a database in which everything fits, and what is said then.
    const HARM: &[(&str, &str)] = &[
        ("UPDATE import SET state = 'open' WHERE id = 1", "an import was left open"),
        ("UPDATE import SET indexed = 0", "a standing import is not in the word index"),
        ("DELETE FROM facet", "a record has no facet"),
        ("DELETE FROM shape", "a record has no shape"),
        ("UPDATE record SET file = 9", "a record is of a file that is gone"),
        ("UPDATE sighting SET file = 9", "a sighting is of a file that is gone"),
        ("INSERT INTO original VALUES (9 << 32, 1)", "an original row is of a file that is gone"),
        ("DELETE FROM block", "an original row has no block"),
        ("DELETE FROM original", "a block has no original row"),
        ("INSERT INTO displaced VALUES (1, 1)", "a displaced record is gone"),
        ("INSERT INTO coverage VALUES (9, 'listening', 1, 1, x'')", "an import that is gone covers days"),
        ("INSERT INTO reading VALUES (9, 'a', 1)", "an import that is gone notes recipes"),
        (
            "INSERT INTO choice_change VALUES (9, 'a', 'b', '', 0, '', 0, '', '', 0, 0)",
            "a change of a choice has no log entry",
        ),
        ("INSERT INTO log_payload VALUES (9, x'', '')", "a payload has no log entry"),
        ("DELETE FROM record WHERE id = 65536000", "the word index names a record that is gone"),
        ("DELETE FROM record WHERE id = 65536000", "a sighting is of a record that is gone"),
        ("INSERT INTO record_text (record_text) VALUES ('delete-all')", "a record is not in the word index"),
        ("UPDATE record SET row = 7", "a record is not sighted where it was read"),
        ("UPDATE import SET records = 2", "an import does not hold as many records as it says"),
        ("DELETE FROM rollup", "the daily counts are not those of the records"),
        ("INSERT INTO import_file (import, path) VALUES (9, 'a')", "references"),
    ];

    fn store(dir: &tempfile::TempDir) -> Store {
        let store = Store::open(&dir.path().join("thinline.db"), &[7; 32], Zone::utc()).unwrap();
        let one = "INSERT INTO account (service, name) VALUES ('spotify', 'default');
             INSERT INTO facet (service, account, person, kind, origin, category, recipe, party, sensitivity)
                 VALUES ('spotify', 1, 0, 'used', 'observed', 'listening', 'spotify/plays', 'first', 1);
             INSERT INTO shape (fields) VALUES ('');
             INSERT INTO import (service, account, archive, archive_hash, catalogue, at, as_of, state, indexed, records)
                 VALUES ('spotify', 1, 'a.zip', x'00', '1', 1, 1, 'done', 1, 1);
             INSERT INTO import_file (import, path) VALUES (1, 'a.json');
             INSERT INTO record (id, facet, hash48, time, file, row, shape, title)
                 VALUES (65536000, 1, 5, 0, 1, 3, 1, 'Low Water');
             INSERT INTO record_text (rowid, title, by, counterparty) VALUES (65536000, 'Low Water', '', '');
             INSERT INTO block (id, hash, data) VALUES (1, x'00', x'00');
             INSERT INTO original VALUES ((1 << 32) + 3, 1);";
        store.alone(|conn| Ok(conn.execute_batch(one)?)).unwrap();
        store.write(|write| sighting::write(&write.tx, 1, &mut [(65_536_000, 3)])).unwrap();
        store.write(|write| crate::table::rollup::rebuild(&write.tx, &write.zone)).unwrap();
        store
    }

    #[test]
    fn what_fits_together_has_no_fault_and_each_harm_is_named() {
        for (harm, name) in HARM {
            let dir = tempfile::tempdir().unwrap();
            let store = store(&dir);
            assert_eq!(store.faults().unwrap(), [""; 0]);
            let harm = format!("PRAGMA foreign_keys = OFF; {harm}");
            store.alone(|conn| Ok(conn.execute_batch(&harm)?)).unwrap();
            let faults = store.faults().unwrap();
            assert!(faults.iter().any(|fault| fault == name), "{harm}: {faults:?}");
        }
    }

    #[test]
    fn every_question_is_one_that_a_harm_answers() {
        for (name, _) in NONE_OF {
            assert!(HARM.iter().any(|(_, named)| named == name), "{name}");
        }
    }
}
