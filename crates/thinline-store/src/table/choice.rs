//! Choices as they stand, and what each log entry changed about them.

use crate::{Read, Result, Write};
use rusqlite::{Connection, Row};

/// A choice as it stands. No row means: not decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChoiceRow {
    /// Service id or `all-sites`.
    pub service: String,
    /// Purpose id or lever.
    pub what: String,
    /// The value.
    pub value: String,
    /// Second at which it falls back, or 0.
    pub until: i64,
    /// `you`, or the id of a preset.
    pub by: String,
    /// Second since which it stands.
    pub since: i64,
    /// Excepted sites, joined by spaces.
    pub except: String,
}

/// One change of a choice, tied to a log entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeRow {
    /// Log entry.
    pub seq: i64,
    /// What stood before; an undecided one has value `undecided`.
    pub old: ChoiceRow,
    /// The new value.
    pub new_value: String,
}

impl ChoiceRow {
    /// What stands for something that nobody decided.
    pub fn undecided(service: &str, what: &str) -> Self {
        Self {
            service: service.to_owned(),
            what: what.to_owned(),
            value: "undecided".to_owned(),
            until: 0,
            by: String::new(),
            since: 0,
            except: String::new(),
        }
    }
}

fn read_choice(row: &Row<'_>) -> rusqlite::Result<ChoiceRow> {
    Ok(ChoiceRow {
        service: row.get(0)?,
        what: row.get(1)?,
        value: row.get(2)?,
        until: row.get(3)?,
        by: row.get(4)?,
        since: row.get(5)?,
        except: row.get(6)?,
    })
}

fn read_change(row: &Row<'_>) -> rusqlite::Result<ChangeRow> {
    Ok(ChangeRow { old: read_choice(row)?, seq: row.get(7)?, new_value: row.get(8)? })
}

const CHANGE: &str = "SELECT service, what, old_value, old_until, old_by, old_since, old_except, seq, new_value FROM choice_change";

fn choices(conn: &Connection) -> Result<Vec<ChoiceRow>> {
    let mut query = conn.prepare_cached(
        "SELECT service, what, value, until, by, since, except_sites FROM choice ORDER BY service, what",
    )?;
    let rows = query.query_map([], read_choice)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

impl Read<'_> {
    /// Every choice that stands.
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn choices(&self) -> Result<Vec<ChoiceRow>> {
        choices(self.conn)
    }
}

impl Write<'_> {
    /// Every choice that stands, inside the transaction.
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn choices(&self) -> Result<Vec<ChoiceRow>> {
        choices(&self.tx)
    }

    /// Sets a choice (or takes it back, if the value is `undecided`) and remembers what stood before under a log entry.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn set_choice(&self, seq: u64, old: &ChoiceRow, new: &ChoiceRow, is_undo: bool) -> Result<()> {
        self.tx.execute(
            "INSERT INTO choice_change (seq, service, what, old_value, old_until, old_by, old_since, old_except, new_value,
             is_undo) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            (
                seq as i64, &old.service, &old.what, &old.value, old.until, &old.by, old.since, &old.except, &new.value,
                is_undo,
            ),
        )?;
        if new.value == "undecided" {
            self.tx
                .execute("DELETE FROM choice WHERE service = ?1 AND what = ?2", (&new.service, &new.what))?;
        } else {
            self.tx.execute(
                "INSERT OR REPLACE INTO choice (service, what, value, until, by, since, except_sites)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                (&new.service, &new.what, &new.value, new.until, &new.by, new.since, &new.except),
            )?;
        }
        Ok(())
    }

    /// The changes of the newest log entry about choices that nobody took back yet.
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn last_changes(&self) -> Result<Vec<ChangeRow>> {
        let sql = format!(
            "{CHANGE} WHERE seq = (SELECT max(seq) FROM choice_change WHERE is_undo = 0 AND undone = 0)
             ORDER BY service, what"
        );
        let mut query = self.tx.prepare(&sql)?;
        let rows = query.query_map([], read_change)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// What stood, without an end of its own, before the changes from log entry `before` on; undecided if nothing did.
    ///
    /// Changes that were taken back, and those that took them back, do not count.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn lasting_before(&self, service: &str, what: &str, before: i64) -> Result<ChoiceRow> {
        let sql = format!(
            "{CHANGE} WHERE service = ?1 AND what = ?2 AND seq <= ?3 AND is_undo = 0 AND undone = 0 AND old_until = 0
             ORDER BY seq DESC LIMIT 1"
        );
        let mut query = self.tx.prepare(&sql)?;
        let found = query.query_map((service, what, before), read_change)?.next().transpose()?;
        Ok(found.map_or_else(|| ChoiceRow::undecided(service, what), |change| change.old))
    }

    /// Marks the changes of an entry as taken back.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn mark_undone(&self, seq: i64) -> Result<()> {
        self.tx.execute("UPDATE choice_change SET undone = 1 WHERE seq = ?1", [seq])?;
        Ok(())
    }
}
