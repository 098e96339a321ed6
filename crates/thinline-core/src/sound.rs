//! For `cargo xtask torture` only: whether everything in an open vault fits together, and what it holds, as one JSON value.
//!
//! Two vaults to which the same was done hold the same here: times, random numbers and row numbers are left out. Not for the
//! window, which never needs everything at once; and not the person's way to look for damage.

use crate::wire::ApiError;
use crate::{Core, Result, recovery};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use thinline_ledger::Entry;
use thinline_store::Read;

/// What of a log entry's content differs from one run to the next.
const CHANCE: [&str; 8] = ["import", "instead_of", "sha256", "bytes", "at", "noticed", "path", "key"];

/// `faults` (names, none if all fits), `holds` (what can be compared), `dump` (a hash over every table as it is).
///
/// # Errors
/// If the vault is locked, or so damaged that it cannot be read.
pub fn look(core: &Core) -> Result<Value> {
    let session = core.session()?;
    let log = core.log_verify()?;
    let mut faults = session.store.faults()?;
    faults.extend(log.fault.map(|fault| format!("the log does not fit together: {fault}")));
    let mut holds = session.store.read(holds)?;
    holds.insert("recovery code".to_owned(), recovery::has_code(&session)?.into());
    let dump = hex::encode(Sha256::digest(session.store.dump()?));
    Ok(json!({ "faults": faults, "anchor": log.anchor, "holds": holds, "dump": dump }))
}

fn holds(read: &Read<'_>) -> Result<Map<String, Value>> {
    let mut records: BTreeMap<String, u64> = BTreeMap::new();
    for facet in read.facets()? {
        let hidden = if facet.hidden { " hidden" } else { "" };
        let name = format!("{} {} {}{hidden}", facet.service, facet.kind.id(), facet.category.id());
        *records.entry(name).or_default() += facet.count;
    }
    let imports = read.imports()?.into_iter();
    let imports = imports.map(|i| format!("{} {} {} {}", i.service, i.archive, i.state, i.records));
    let choices = read.choices()?.into_iter();
    let choices = choices.map(|c| format!("{} {} {} {} {}", c.service, c.what, c.value, c.by, c.except));
    let rules = read.rules()?;
    let rules = rules.rows().iter().map(|r| format!("{} {} {}", r.service, r.category.id(), r.kind.id()));
    let people = read.persons()?.into_iter().map(|p| format!("{} {} {}", p.service, p.name, p.whose));
    let requests = read.requests()?.into_iter();
    let requests = requests.map(|r| format!("{} {} {} {}", r.service, r.package, r.state, r.revision));
    let holds = json!({
        "records": records, "imports": sorted(imports), "choices": sorted(choices), "rules": sorted(rules),
        "people": sorted(people), "requests": sorted(requests), "listed": read.listed()?, "log": log(read)?,
    });
    Ok(holds.as_object().cloned().unwrap_or_default())
}

fn sorted(lines: impl Iterator<Item = String>) -> Vec<String> {
    let mut lines: Vec<String> = lines.collect();
    lines.sort();
    lines
}

/// What each entry is and says, oldest first.
fn log(read: &Read<'_>) -> Result<Vec<String>> {
    let mut lines = Vec::new();
    for row in read.log_rows_from(0, u32::MAX)? {
        let kind = Entry::decode(&row.entry, row.seq).map_or("unreadable", |entry| entry.kind.id());
        let said = row.payload.and_then(|(_, text)| serde_json::from_str::<Value>(&text).ok());
        let said = said.and_then(|said| said.as_object().cloned()).map(|mut said| {
            said.retain(|name, _| !CHANCE.contains(&name.as_str()));
            Value::Object(said).to_string()
        });
        lines.push(format!("{kind} {}", said.unwrap_or_default()));
    }
    Ok::<_, ApiError>(lines)
}
