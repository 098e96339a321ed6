//! The whole store as sorted text, for "the store is unchanged". Never leaves the process but in tests.

use crate::Result;
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use std::fmt::Write;

pub(crate) fn dump(conn: &Connection) -> Result<String> {
    let mut tables = conn.prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'record_text%'
         ORDER BY name",
    )?;
    let names: Vec<String> = tables.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    let mut out = String::new();
    for name in names {
        let mut query = conn.prepare(&format!("SELECT * FROM \"{name}\""))?;
        let columns = query.column_count();
        let mut rows = query.query([])?;
        let mut lines = Vec::new();
        while let Some(row) = rows.next()? {
            let mut line = format!("{name}:");
            for at in 0..columns {
                match row.get_ref(at)? {
                    ValueRef::Null => line.push_str(" null"),
                    ValueRef::Integer(n) => {
                        let _ = write!(line, " {n}");
                    }
                    ValueRef::Real(n) => {
                        let _ = write!(line, " {n}");
                    }
                    ValueRef::Text(text) => {
                        let _ = write!(line, " {:?}", String::from_utf8_lossy(text));
                    }
                    ValueRef::Blob(bytes) => {
                        let _ = write!(line, " {bytes:02x?}");
                    }
                }
            }
            lines.push(line);
        }
        lines.sort_unstable();
        for line in lines {
            out.push_str(&line);
            out.push('\n');
        }
    }
    Ok(out)
}
