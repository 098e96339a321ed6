//! The forms: JSON, newline-delimited JSON and CSV. Read back by nothing here; described in `docs/profile.md`.

use super::write::{Out, cannot};
use super::{ExportForm, Grain};
use crate::filter::Groups;
use crate::shown::Line;
use crate::wire::Code;
use crate::{Result, clock, journal};
use serde::Serialize;
use serde_json::{Value, json};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Write;
use thinline_model::Text;
use thinline_store::Read;

/// Name and version of the JSON form.
const FORMAT: &str = "thinline-profile/v1";

/// What stands before the records in the JSON form.
#[derive(Serialize)]
pub(super) struct Head {
    format: &'static str,
    made_at: String,
    program: String,
    precision: &'static str,
    choices: Vec<Value>,
}

impl Head {
    pub fn of(read: &Read<'_>, grain: Grain) -> Result<Self> {
        let choices = read.choices()?.into_iter().map(|choice| {
            json!({
                "service": choice.service, "what": choice.what, "value": choice.value, "by": choice.by,
                "since": clock::rfc3339(choice.since),
                "until": (choice.until != 0).then(|| clock::rfc3339(choice.until)),
            })
        });
        Ok(Self {
            format: FORMAT,
            made_at: clock::rfc3339(clock::now()),
            program: format!("Thinline {}", env!("CARGO_PKG_VERSION")),
            precision: grain.id(),
            choices: choices.collect(),
        })
    }
}

/// A record for an export: with a number of its own instead of its id, and its time no finer than asked for.
pub(super) fn coarsen(mut line: Line<'_>, grain: Grain, n: u64) -> Line<'_> {
    line.id = Text::from(n.to_string());
    let keep = match grain {
        Grain::Exact | Grain::Counts => return line,
        Grain::Day => 10,
        Grain::Month => 7,
    };
    line.time = None;
    line.day = line.day.map(|day| day.chars().take(keep).collect());
    // The coarse date is the local one: the day that the person remembers.
    line.at.clone_from(&line.day);
    if line.precision != "none" {
        line.precision = if grain == Grain::Day && line.precision != "month" { "day" } else { "month" };
    }
    line.detail.forget_time();
    line
}

/// A form being written.
pub(super) enum Form<'a> {
    Json { out: &'a mut Out, first: bool },
    Ndjson(&'a mut Out),
    Csv(Box<csv::Writer<&'a mut Out>>),
}

const COLUMNS: &[&str] = &[
    "n",
    "service",
    "account",
    "person",
    "kind",
    "origin",
    "category",
    "at",
    "as_of",
    "precision",
    "certainty",
    "title",
    "by",
    "counterparty",
    "party",
    "sensitivity",
    "can_be_used_for",
    "archive",
    "path",
    "row",
    "detail",
];

const COUNT_COLUMNS: &[&str] = &["service", "account", "person", "kind", "category", "sensitivity", "count"];

impl<'a> Form<'a> {
    pub fn begin(form: ExportForm, out: &'a mut Out, head: &Head) -> Result<Self> {
        let counts = head.precision == Grain::Counts.id();
        match form {
            ExportForm::Ndjson => Ok(Self::Ndjson(out)),
            ExportForm::Csv => {
                let mut writer = csv::Writer::from_writer(out);
                writer.write_record(if counts { COUNT_COLUMNS } else { COLUMNS }).map_err(csv_failed)?;
                Ok(Self::Csv(Box::new(writer)))
            }
            ExportForm::Json => {
                // The head is an object; records are appended to it one by one, so that none need be held.
                let text = serde_json::to_string_pretty(head).map_err(|_| Code::Internal)?;
                let open = text.strip_suffix("\n}").ok_or(Code::Internal)?;
                let list = if counts { "counts" } else { "records" };
                write!(out, "{open},\n  \"{list}\": [").map_err(|error| cannot(&error))?;
                Ok(Self::Json { out, first: true })
            }
        }
    }

    pub fn record(&mut self, record: &Line<'_>) -> Result<()> {
        if let Self::Csv(writer) = self {
            let cells = cells(record);
            return writer
                .write_record(cells.iter().map(|cell| defused(cell).into_owned()))
                .map_err(csv_failed);
        }
        self.item(|out| record.write_json(out))
    }

    /// One object of the list, put together in memory first: it comes in dozens of small pieces.
    fn item(&mut self, item: impl FnOnce(&mut Vec<u8>)) -> Result<()> {
        let (out, before, after) = match self {
            Self::Json { out, first } => {
                (out, if std::mem::take(first) { &b"\n    "[..] } else { &b",\n    "[..] }, &b""[..])
            }
            Self::Ndjson(out) => (out, &b""[..], &b"\n"[..]),
            Self::Csv(_) => return Err(Code::Internal.into()),
        };
        out.piece(|piece| {
            piece.extend_from_slice(before);
            item(piece);
            piece.extend_from_slice(after);
        })
        .map_err(|error| cannot(&error))
    }

    /// Numbers instead of records; answers how many records they stand for.
    pub fn counts(mut self, groups: &Groups, counts: &BTreeMap<u32, u64>) -> Result<u64> {
        let mut sums: BTreeMap<[String; 6], u64> = BTreeMap::new();
        for (id, count) in counts {
            let Some(facet) = groups.facets.get(id) else { continue };
            let key = [
                facet.service.clone(),
                groups.account(facet).to_owned(),
                groups.person(facet).map_or_else(String::new, |person| person.name.clone()),
                facet.kind.id().to_owned(),
                facet.category.id().to_owned(),
                facet.sensitivity.level().to_string(),
            ];
            *sums.entry(key).or_default() += count;
        }
        for (key, count) in &sums {
            if let Self::Csv(writer) = &mut self {
                let cells = key.iter().map(|cell| defused(cell).into_owned()).chain([count.to_string()]);
                writer.write_record(cells).map_err(csv_failed)?;
                continue;
            }
            let [service, account, person, kind, category, sensitivity] = key;
            let count = json!({
                "service": service, "account": account, "person": person, "kind": kind, "category": category,
                "sensitivity": sensitivity.parse::<u8>().unwrap_or_default(), "count": journal::small(*count),
            });
            self.item(|out| out.extend_from_slice(count.to_string().as_bytes()))?;
        }
        self.end()?;
        Ok(sums.values().sum())
    }

    pub fn end(self) -> Result<()> {
        match self {
            Self::Json { out, .. } => out.write_all(b"\n  ]\n}\n").map_err(|error| cannot(&error)),
            Self::Ndjson(_) => Ok(()),
            Self::Csv(mut writer) => writer.flush().map_err(|error| cannot(&error)),
        }
    }
}

fn csv_failed(error: csv::Error) -> crate::wire::ApiError {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => cannot(&error),
        _ => Code::Internal.into(),
    }
}

fn cells(record: &Line<'_>) -> Vec<String> {
    let text = |value: &Option<Text>| value.as_deref().unwrap_or_default().to_owned();
    let source = record.source.as_ref();
    let mut detail = Vec::new();
    record.detail.write_json(&mut detail);
    vec![
        record.id.to_string(),
        record.service.to_owned(),
        record.account.to_owned(),
        record.person.unwrap_or_default().to_owned(),
        record.kind.to_owned(),
        record.origin.to_owned(),
        record.category.to_owned(),
        text(&record.at),
        text(&record.as_of),
        record.precision.to_owned(),
        record.certainty.to_owned(),
        record.title.to_owned(),
        record.by.to_owned(),
        record.counterparty.to_owned(),
        record.party.to_owned(),
        record.sensitivity.to_string(),
        record.can_be_used_for.join(" "),
        source.map_or_else(String::new, |source| source.archive.to_owned()),
        source.map_or_else(String::new, |source| source.path.to_owned()),
        source.map_or_else(String::new, |source| source.row.to_string()),
        String::from_utf8(detail).unwrap_or_default(),
    ]
}

/// A cell that a spreadsheet would run as a formula gets an apostrophe in front, as spreadsheets themselves do it.
fn defused(cell: &str) -> Cow<'_, str> {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_defused_and_plain_text_is_left_alone() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
            assert!(defused(formula).starts_with('\''), "{formula:?}");
        }
        assert_eq!(defused("Low Water"), "Low Water");
    }
}
