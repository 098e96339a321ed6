//! Records: reading whole rows, and writing Thinline's own ones.

use crate::key::{home, next_slot, own_slot, read_time, time_code};
use crate::table::facet::{FacetKey, facet_id};
use crate::table::rollup::Deltas;
use crate::{Read, Result, StoreError, Write, text};
use rusqlite::{CachedStatement, Connection, OptionalExtension, Row};
use std::borrow::Cow;
use std::rc::Rc;
use thinline_model::{
    Category, Certainty, ContentHash, DetailShape, Kind, Origin, Party, Precision, Sensitivity, Text,
    Timestamp, When,
};

/// A stored record.
#[derive(Debug, Clone)]
pub struct RecordRow {
    /// Its place: time order and identity at once. Stays inside.
    pub id: i64,
    /// Facet.
    pub facet: u32,
    /// Second, or none when undated.
    pub at: Option<Timestamp>,
    /// How finely the service wrote the time.
    pub precision: Precision,
    /// Why the zone is believed.
    pub certainty: Certainty,
    /// Second of the export that says so; 0 for own records.
    pub as_of: i64,
    /// File it was read from; 0 for own records.
    pub file: i64,
    /// Row of that file: part and number, see [`crate::number_of`].
    pub row: u32,
    /// What it is about.
    pub title: Text,
    /// Who made it.
    pub by: Text,
    /// The other company or person.
    pub counterparty: Text,
    /// Address or URI.
    pub url: Text,
    /// Time as the service wrote it, where that says more than `at`.
    pub raw: Text,
    /// Detail fields: (name, value, private).
    pub detail: Vec<(Rc<str>, Text, bool)>,
}

/// A record of Thinline's own: a choice, a signal, a request, a result.
#[derive(Debug, Clone)]
pub struct OwnRecord<'a> {
    /// When we acted.
    pub at: Timestamp,
    /// Sequence of its log entry: its identity.
    pub seq: u64,
    /// Choice, signal, request or result.
    pub kind: Kind,
    /// Service id or `all-sites`.
    pub service: &'a str,
    /// What it is about: the id of the purpose or lever.
    pub title: &'a str,
    /// Details as (name, value).
    pub detail: &'a [(&'a str, &'a str)],
    /// Several changes of one entry get one record each; this tells them apart.
    pub nth: u16,
}

const COLUMNS: &str =
    "id, facet, time, as_of, file, row, title, by, counterparty, url, raw, detail, shape FROM record";

/// Names of detail fields, and whether each is private; shared by the records of a question.
pub(crate) type Fields = Rc<Vec<(Rc<str>, bool)>>;

pub(crate) const SEPARATOR: char = '\u{1f}';

/// Stand for the two values that fill many fields of many records.
const TRUE: &str = "\u{1}";
const FALSE: &str = "\u{2}";

/// Adds a detail value in its stored form. Control characters that mean something here are shown as unreadable ones; the
/// original row keeps them.
pub(crate) fn push_value(out: &mut String, value: &str) {
    match value {
        "true" => out.push_str(TRUE),
        "false" => out.push_str(FALSE),
        TRUE | FALSE => out.push('\u{fffd}'),
        _ if value.contains(SEPARATOR) => out.push_str(&value.replace(SEPARATOR, "\u{fffd}")),
        _ => out.push_str(value),
    }
}

/// How many addresses begin; the first characters stand for them in the table.
const BEGINNINGS: [&str; 4] = ["spotify:track:", "spotify:episode:", "https://www.", "https://"];

/// An address in its stored form.
pub(crate) fn pack_url(url: &str) -> Cow<'_, str> {
    for (at, beginning) in BEGINNINGS.iter().enumerate() {
        if let Some(rest) = url.strip_prefix(beginning) {
            return Cow::Owned(format!("{}{rest}", char::from(at as u8 + 1)));
        }
    }
    let steers = url.starts_with(|c: char| (1..=BEGINNINGS.len()).contains(&(u32::from(c) as usize)));
    if steers { Cow::Owned(format!("\u{fffd}{}", &url[1..])) } else { Cow::Borrowed(url) }
}

/// An address as it was packed.
fn unpack_url(stored: &str) -> Text {
    let code = stored.bytes().next().map_or(0, usize::from);
    match BEGINNINGS.get(code.wrapping_sub(1)) {
        Some(beginning) => [beginning, &stored[1..]].concat().into(),
        None => stored.into(),
    }
}

/// A detail value as it was pushed.
fn value_of(stored: &str) -> &str {
    match stored {
        TRUE => "true",
        FALSE => "false",
        _ => stored,
    }
}

pub(crate) fn shape_text(shape: &DetailShape) -> String {
    let names = shape
        .fields
        .iter()
        .map(|(name, private)| if *private { format!("!{name}") } else { name.to_string() });
    names.collect::<Vec<_>>().join("\u{1f}")
}

pub(crate) fn shape_id(conn: &Connection, fields: &str) -> Result<i64> {
    let found =
        conn.query_row("SELECT id FROM shape WHERE fields = ?1", [fields], |row| row.get(0)).optional()?;
    if let Some(id) = found {
        return Ok(id);
    }
    conn.execute("INSERT INTO shape (fields) VALUES (?1)", [fields])?;
    Ok(conn.last_insert_rowid())
}

impl Read<'_> {
    fn read_row(&self, row: &Row<'_>) -> Result<RecordRow> {
        let (precision, certainty) = read_time(row.get(2)?).ok_or(StoreError::Unreadable)?;
        let id: i64 = row.get(0)?;
        let text = |at: usize| row.get_ref(at)?.as_str().map_err(|_| StoreError::Unreadable);
        let values = text(11)?;
        let fields = self.fields(row.get(12)?)?;
        let detail = fields
            .iter()
            .zip(values.split(SEPARATOR))
            .filter(|(_, value)| !value.is_empty())
            .map(|((name, private), value)| (Rc::clone(name), value_of(value).into(), *private))
            .collect();
        Ok(RecordRow {
            id,
            facet: row.get(1)?,
            at: crate::key::second(id),
            precision,
            certainty,
            as_of: row.get(3)?,
            file: row.get(4)?,
            row: row.get(5)?,
            title: text(6)?.into(),
            by: text(7)?.into(),
            counterparty: text(8)?.into(),
            url: unpack_url(text(9)?),
            raw: text(10)?.into(),
            detail,
        })
    }

    /// Shapes are few and asked for again and again.
    fn fields(&self, shape: i64) -> Result<Fields> {
        if let Some(fields) = self.shapes.borrow().get(&shape) {
            return Ok(Rc::clone(fields));
        }
        let mut query = self.conn.prepare_cached("SELECT fields FROM shape WHERE id = ?1")?;
        let text: Option<String> = query.query_row([shape], |row| row.get(0)).optional()?;
        let text = text.unwrap_or_default();
        let names = text.split(SEPARATOR).filter(|name| !name.is_empty());
        let fields: Fields = Rc::new(
            names
                .map(|name| name.strip_prefix('!').map_or((name.into(), false), |name| (name.into(), true)))
                .collect(),
        );
        self.shapes.borrow_mut().insert(shape, Rc::clone(&fields));
        Ok(fields)
    }

    /// Every record of a range in one walk.
    pub(crate) fn walk(&self, low: i64, high: i64, order: &str, limit: usize) -> Result<Vec<RecordRow>> {
        let sql = format!("SELECT {COLUMNS} WHERE id >= ?1 AND id < ?2 ORDER BY id {order} LIMIT ?3");
        let mut query = self.conn.prepare_cached(&sql)?;
        let mut rows = query.query((low, high, i64::try_from(limit).unwrap_or(i64::MAX)))?;
        let mut found = Vec::with_capacity(limit.min(1000));
        while let Some(row) = rows.next()? {
            found.push(self.read_row(row)?);
        }
        Ok(found)
    }
}

impl Read<'_> {
    /// Hands over the records of a range that have one of `facets` (sorted), newest first, until `each` answers false.
    ///
    /// # Errors
    /// If the store cannot be read, or what `each` answers.
    pub fn walk_back<E: From<StoreError>>(
        &self,
        facets: &[u32],
        low: i64,
        high: i64,
        mut each: impl FnMut(&RecordRow) -> std::result::Result<bool, E>,
    ) -> std::result::Result<(), E> {
        let sql = format!("SELECT {COLUMNS} WHERE id >= ?1 AND id < ?2 ORDER BY id DESC");
        let mut query = self.conn.prepare_cached(&sql).map_err(StoreError::from)?;
        let mut rows = query.query((low, high)).map_err(StoreError::from)?;
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            let facet: u32 = row.get(1).map_err(StoreError::from)?;
            if facets.binary_search(&facet).is_ok() && !each(&self.read_row(row)?)? {
                break;
            }
        }
        Ok(())
    }

    /// One record.
    ///
    /// # Errors
    /// `Missing` if there is none with this id.
    pub fn record(&self, id: i64) -> Result<RecordRow> {
        let mut query = self.conn.prepare_cached(&format!("SELECT {COLUMNS} WHERE id = ?1"))?;
        let mut rows = query.query([id])?;
        rows.next()?.map_or(Err(StoreError::Missing), |row| self.read_row(row))
    }
}

/// Writes the values of a record that has its place.
pub(crate) struct Values<'a> {
    pub id: i64,
    pub facet: u32,
    pub rest: u64,
    pub time: i64,
    pub file: i64,
    pub row: u32,
    pub shape: i64,
    pub as_of: i64,
    pub title: &'a str,
    pub by: &'a str,
    pub counterparty: &'a str,
    pub url: &'a str,
    pub raw: &'a str,
    pub detail: &'a str,
}

/// The statement that writes records, to be held while many are written.
pub(crate) fn inserter(conn: &Connection) -> Result<CachedStatement<'_>> {
    Ok(conn.prepare_cached(
        "INSERT INTO record (id, facet, hash48, time, file, row, shape, as_of, title, by, counterparty, url, raw, detail)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
    )?)
}

pub(crate) fn insert(inserter: &mut CachedStatement<'_>, v: &Values<'_>) -> Result<()> {
    inserter.execute((
        v.id,
        v.facet,
        v.rest as i64,
        v.time,
        v.file,
        v.row,
        v.shape,
        v.as_of,
        v.title,
        v.by,
        v.counterparty,
        v.url,
        v.raw,
        v.detail,
    ))?;
    Ok(())
}

/// The statement that adds words to the full-text index, to be held while many are added.
pub(crate) fn indexer(conn: &Connection) -> Result<CachedStatement<'_>> {
    Ok(conn
        .prepare_cached("INSERT INTO record_text (rowid, title, by, counterparty) VALUES (?1, ?2, ?3, ?4)")?)
}

/// Adds a record's words to the full-text index.
pub(crate) fn index(
    indexer: &mut CachedStatement<'_>,
    id: i64,
    title: &str,
    by: &str,
    counterparty: &str,
) -> Result<()> {
    indexer.execute((id, text::for_index(title), text::for_index(by), text::for_index(counterparty)))?;
    Ok(())
}

impl Write<'_> {
    /// Adds a record of our own. Never deduplicated, never undone.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn add_own(&self, own: &OwnRecord<'_>) -> Result<i64> {
        let conn = &*self.tx;
        let facet = facet_id(
            conn,
            &FacetKey {
                service: own.service,
                account: 0,
                person: 0,
                kind: own.kind,
                origin: Origin::Provided,
                category: Category::Settings,
                recipe: "",
                party: Party::First,
                sensitivity: Sensitivity::Ordinary,
                hidden: false,
            },
        )?;
        let when = When::Dated { at: own.at, precision: Precision::Second, certainty: Certainty::Explicit };
        let hash = ContentHash((own.seq << 16) | u64::from(own.nth));
        let start = own_slot(when, hash);
        let mut id = start;
        while conn.query_row("SELECT 1 FROM record WHERE id = ?1", [id], |_| Ok(())).optional()?.is_some() {
            id = next_slot(id);
            if id == start {
                return Err(StoreError::Missing);
            }
        }
        if id != start {
            conn.execute("INSERT OR IGNORE INTO displaced (home, id) VALUES (?1, ?2)", (home(start), id))?;
        }
        let names = own.detail.iter().map(|(name, _)| *name).collect::<Vec<_>>().join("\u{1f}");
        let mut values = String::new();
        for (at, (_, value)) in own.detail.iter().enumerate() {
            if at > 0 {
                values.push(SEPARATOR);
            }
            push_value(&mut values, value);
        }
        insert(
            &mut inserter(conn)?,
            &Values {
                id,
                facet,
                rest: hash.rest(),
                time: time_code(when),
                file: 0,
                row: 0,
                shape: shape_id(conn, &names)?,
                as_of: 0,
                title: own.title,
                by: "",
                counterparty: "",
                url: "",
                raw: "",
                detail: &values,
            },
        )?;
        index(&mut indexer(conn)?, id, own.title, "", "")?;
        let mut deltas = Deltas::default();
        deltas.add(&self.zone, id, facet, 1);
        deltas.write(conn)?;
        Ok(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_read_back_and_steering_characters_are_disarmed() {
        for url in ["", "spotify:track:0abc", "https://www.example.org/", "https://example.org", "x", "港"] {
            assert_eq!(unpack_url(&pack_url(url)), url);
        }
        assert_eq!(unpack_url(&pack_url("\u{1}x")), "\u{fffd}x");
    }

    #[test]
    fn detail_values_read_back_and_steering_characters_are_disarmed() {
        for value in ["true", "false", "", "True", "199784", "a b", "真"] {
            let mut out = String::new();
            push_value(&mut out, value);
            assert_eq!(value_of(&out), value);
        }
        for (value, shown) in [("\u{1}", "\u{fffd}"), ("\u{2}", "\u{fffd}"), ("a\u{1f}b", "a\u{fffd}b")] {
            let mut out = String::new();
            push_value(&mut out, value);
            assert_eq!(value_of(&out), shown);
        }
    }
}
