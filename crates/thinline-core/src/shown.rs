//! A stored record as people and files see it: words instead of facets, texts instead of seconds, private fields masked.
//!
//! [`Line`] borrows what it shows, and what all records of a facet share is written as JSON once, so that an export of a
//! million records spends its time on what differs; the window gets a [`TimelineRecord`]. What would surprise: dates and
//! days are kept from one record to the next, since records come in the order of time; and [`Line::write_json`] writes by
//! hand what `serde_json` would write of a [`TimelineRecord`], byte for byte (a test holds it).

use crate::filter::{Groups, usable_for};
use crate::masked::mask;
use crate::wire::{Code, Source, TimelineRecord};
use crate::{Result, clock};
use std::borrow::Cow;
use std::collections::HashMap;
use thinline_model::{Precision, Text};
use thinline_store::{FacetRow, Read, RecordRow, Zone};

/// A record as shown. Its fields are those of [`TimelineRecord`], in the same order.
pub(crate) struct Line<'a> {
    pub id: Text,
    pub service: &'a str,
    pub account: &'a str,
    pub person: Option<&'a str>,
    pub kind: &'static str,
    pub origin: &'static str,
    pub category: &'static str,
    pub at: Option<Text>,
    pub day: Option<Text>,
    pub time: Option<Text>,
    pub as_of: Option<Text>,
    pub precision: &'static str,
    pub certainty: &'static str,
    pub title: &'a str,
    pub by: &'a str,
    pub counterparty: &'a str,
    pub party: &'static str,
    pub sensitivity: u8,
    pub can_be_used_for: &'a [&'static str],
    pub source: Option<LineSource<'a>>,
    pub detail: Fields<'a>,
    pub masked: Vec<&'a str>,
    pub hidden: bool,
    shared: &'a Shared,
}

/// Where it was read.
pub(crate) struct LineSource<'a> {
    pub archive: &'a str,
    pub path: &'a str,
    pub row: u32,
    /// The same up to the row, as JSON.
    json: &'a [u8],
}

/// What records of one facet share.
struct Shared {
    uses: Vec<&'static str>,
    /// As JSON: from the service to the category.
    head: Vec<u8>,
    /// As JSON: from the party to the purposes.
    tail: Vec<u8>,
}

/// What records of one file share.
struct File {
    archive: String,
    path: String,
    /// As JSON, up to the row.
    json: Vec<u8>,
}

/// Detail fields, by name.
pub(crate) struct Fields<'a>(Vec<(&'a str, Cow<'a, str>)>);

/// The field that holds the time as the service wrote it.
const AS_WRITTEN: &str = "time as written";

impl<'a> Fields<'a> {
    /// The fields of a record, and which of them are masked.
    fn of(row: &'a RecordRow, unmask: bool) -> (Self, Vec<&'a str>) {
        let mut fields = Vec::with_capacity(row.detail.len() + 1);
        let mut masked = Vec::new();
        for (name, value, private) in &row.detail {
            let name = name.trim_start_matches('@');
            let hide = *private && !unmask;
            if hide {
                masked.push(name);
            }
            fields.push((name, if hide { Cow::Owned(mask(value)) } else { Cow::Borrowed(value.as_str()) }));
        }
        if !row.raw.is_empty() {
            fields.push((AS_WRITTEN, Cow::Borrowed(row.raw.as_str())));
        }
        fields.sort_by_key(|(name, _)| *name);
        // Of two with one name the later counts.
        fields.dedup_by(|later, kept| {
            let same = later.0 == kept.0;
            if same {
                std::mem::swap(later, kept);
            }
            same
        });
        (Self(fields), masked)
    }

    /// Without the time as the service wrote it, which would be finer than asked for.
    pub fn forget_time(&mut self) {
        self.0.retain(|(name, _)| *name != AS_WRITTEN);
    }
}

impl Fields<'_> {
    /// An object.
    pub fn write_json(&self, out: &mut Vec<u8>) {
        out.push(b'{');
        for (at, (name, value)) in self.0.iter().enumerate() {
            if at > 0 {
                out.push(b',');
            }
            quote(out, name);
            out.push(b':');
            quote(out, value);
        }
        out.push(b'}');
    }
}

impl Line<'_> {
    /// An object, on one line.
    pub fn write_json(&self, out: &mut Vec<u8>) {
        let mut field = |name: &[u8], value: &str| {
            out.extend_from_slice(name);
            quote(out, value);
        };
        field(b"{\"id\":", &self.id);
        out.push(b',');
        out.extend_from_slice(&self.shared.head);
        for (name, value) in [
            (&b",\"at\":"[..], &self.at),
            (b",\"day\":", &self.day),
            (b",\"time\":", &self.time),
            (b",\"as_of\":", &self.as_of),
        ] {
            out.extend_from_slice(name);
            maybe(out, value.as_deref());
        }
        let mut field = |name: &[u8], value: &str| {
            out.extend_from_slice(name);
            quote(out, value);
        };
        field(b",\"precision\":", self.precision);
        field(b",\"certainty\":", self.certainty);
        field(b",\"title\":", self.title);
        field(b",\"by\":", self.by);
        field(b",\"counterparty\":", self.counterparty);
        out.push(b',');
        out.extend_from_slice(&self.shared.tail);
        out.extend_from_slice(b",\"source\":");
        match &self.source {
            None => out.extend_from_slice(b"null"),
            Some(source) => {
                out.extend_from_slice(source.json);
                number(out, source.row);
                out.push(b'}');
            }
        }
        out.extend_from_slice(b",\"detail\":");
        self.detail.write_json(out);
        out.extend_from_slice(b",\"masked\":");
        list(out, &self.masked);
        out.extend_from_slice(if self.hidden { b",\"hidden\":true}" } else { b"}" });
    }
}

fn quote(out: &mut Vec<u8>, text: &str) {
    // Writing to memory cannot fail, and neither can a text.
    let _ = serde_json::to_writer(out, text);
}

fn number(out: &mut Vec<u8>, number: u32) {
    let _ = serde_json::to_writer(out, &number);
}

fn maybe(out: &mut Vec<u8>, text: Option<&str>) {
    match text {
        None => out.extend_from_slice(b"null"),
        Some(text) => quote(out, text),
    }
}

fn list(out: &mut Vec<u8>, texts: &[&str]) {
    out.push(b'[');
    for (at, text) in texts.iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        quote(out, text);
    }
    out.push(b']');
}

impl Shared {
    fn of(groups: &Groups, facet: &FacetRow) -> Self {
        let uses: Vec<&'static str> = usable_for(facet).map(|purpose| purpose.id()).collect();
        let mut head = Vec::new();
        let mut field = |name: &str, value: &str| {
            head.extend_from_slice(name.as_bytes());
            quote(&mut head, value);
        };
        field("\"service\":", &facet.service);
        field(",\"account\":", groups.account(facet));
        head.extend_from_slice(b",\"person\":");
        maybe(&mut head, groups.person(facet).map(|person| person.name.as_str()));
        let mut field = |name: &str, value: &str| {
            head.extend_from_slice(name.as_bytes());
            quote(&mut head, value);
        };
        field(",\"kind\":", facet.kind.id());
        field(",\"origin\":", facet.origin.id());
        field(",\"category\":", facet.category.id());
        let mut tail = b"\"party\":".to_vec();
        quote(&mut tail, facet.party.id());
        tail.extend_from_slice(b",\"sensitivity\":");
        number(&mut tail, u32::from(facet.sensitivity.level()));
        tail.extend_from_slice(b",\"can_be_used_for\":");
        list(&mut tail, &uses);
        Self { uses, head, tail }
    }
}

impl File {
    fn new(archive: String, path: String) -> Self {
        let mut json = b"{\"archive\":".to_vec();
        quote(&mut json, &archive);
        json.extend_from_slice(b",\"path\":");
        quote(&mut json, &path);
        json.extend_from_slice(b",\"row\":");
        Self { archive, path, json }
    }
}

impl From<Line<'_>> for TimelineRecord {
    fn from(line: Line<'_>) -> Self {
        let text = |text: Option<Text>| text.map(String::from);
        Self {
            id: line.id.into(),
            service: line.service.to_owned(),
            account: line.account.to_owned(),
            person: line.person.map(str::to_owned),
            kind: line.kind.to_owned(),
            origin: line.origin.to_owned(),
            category: line.category.to_owned(),
            at: text(line.at),
            day: text(line.day),
            time: text(line.time),
            as_of: text(line.as_of),
            precision: line.precision.to_owned(),
            certainty: line.certainty.to_owned(),
            title: line.title.to_owned(),
            by: line.by.to_owned(),
            counterparty: line.counterparty.to_owned(),
            party: line.party.to_owned(),
            sensitivity: line.sensitivity,
            can_be_used_for: line.can_be_used_for.iter().map(|&purpose| purpose.to_owned()).collect(),
            source: line.source.map(|source| Source {
                archive: source.archive.to_owned(),
                path: source.path.to_owned(),
                row: source.row,
            }),
            detail: (line.detail.0.into_iter())
                .map(|(name, value)| (name.to_owned(), value.into_owned()))
                .collect(),
            masked: line.masked.into_iter().map(str::to_owned).collect(),
            hidden: line.hidden,
        }
    }
}

/// Turns stored records into shown ones; remembers what many records share.
pub(crate) struct Shown<'a> {
    read: &'a Read<'a>,
    groups: &'a Groups,
    zone: &'a Zone,
    files: HashMap<i64, File>,
    shared: HashMap<u32, Shared>,
    day: Option<(i32, Text)>,
    as_of: Option<(i64, Text)>,
}

impl<'a> Shown<'a> {
    pub fn new(read: &'a Read<'a>, groups: &'a Groups, zone: &'a Zone) -> Self {
        Self { read, groups, zone, files: HashMap::new(), shared: HashMap::new(), day: None, as_of: None }
    }

    pub fn facet(&self, row: &RecordRow) -> Result<&'a FacetRow> {
        Ok(self.groups.facets.get(&row.facet).ok_or(Code::Internal)?)
    }

    pub fn record(&mut self, row: &RecordRow, unmask: bool) -> Result<TimelineRecord> {
        Ok(self.line(row, unmask)?.into())
    }

    pub fn line<'b>(&'b mut self, row: &'b RecordRow, unmask: bool) -> Result<Line<'b>> {
        let facet = self.facet(row)?;
        self.learn_file(row.file)?;
        let shared = self.shared.entry(facet.id).or_insert_with(|| Shared::of(self.groups, facet));
        let at = row.at.map(|at| at.0);
        let day = at.map(|at| remembered(&mut self.day, self.zone.day(at), clock::day_text));
        let as_of = (row.as_of != 0).then(|| remembered(&mut self.as_of, row.as_of, clock::rfc3339));
        let timed = matches!(row.precision, Precision::Second | Precision::Minute);
        let (detail, masked) = Fields::of(row, unmask);
        Ok(Line {
            id: cursor(row.id),
            service: &facet.service,
            account: self.groups.account(facet),
            person: self.groups.person(facet).map(|person| person.name.as_str()),
            kind: facet.kind.id(),
            origin: facet.origin.id(),
            category: facet.category.id(),
            at: at.map(|at| clock::rfc3339(at).into()),
            day,
            time: at.filter(|_| timed).map(|at| clock::time_text(at, self.zone).into()),
            as_of,
            precision: row.precision.id(),
            certainty: row.certainty.id(),
            title: &row.title,
            by: &row.by,
            counterparty: &row.counterparty,
            party: facet.party.id(),
            sensitivity: facet.sensitivity.level(),
            can_be_used_for: &shared.uses,
            source: self.files.get(&row.file).map(|file| LineSource {
                archive: &file.archive,
                path: &file.path,
                row: thinline_store::number_of(row.row),
                json: &file.json,
            }),
            detail,
            masked,
            hidden: facet.hidden,
            shared,
        })
    }

    /// Own records have no file.
    fn learn_file(&mut self, file: i64) -> Result<()> {
        if file != 0 && !self.files.contains_key(&file) {
            let row = self.read.file(file)?;
            let archive = self.read.import(row.import)?.archive;
            self.files.insert(file, File::new(archive, row.path));
        }
        Ok(())
    }
}

/// The text of a value, made anew only when it is another one than before.
fn remembered<T: Copy + PartialEq>(
    last: &mut Option<(T, Text)>,
    value: T,
    text: impl Fn(T) -> String,
) -> Text {
    match last {
        Some((known, text)) if *known == value => text.clone(),
        _ => last.insert((value, text(value).into())).1.clone(),
    }
}

/// Cursors and record ids are opaque outside; only here it is known that they are places in time.
pub(crate) fn cursor(id: i64) -> Text {
    let mut text = [0; 7];
    text.copy_from_slice(&id.wrapping_add(1 << 52).to_be_bytes()[1..]);
    let mut out = [0; 14];
    // Cannot fail: 14 is twice 7.
    let _ = hex::encode_to_slice(text, &mut out);
    std::str::from_utf8(&out).unwrap_or_default().into()
}

pub(crate) fn read_cursor(text: &str) -> Result<i64> {
    if text.len() != 14 {
        return Err(Code::BadValue.into());
    }
    let id = i64::from_str_radix(text, 16).map_err(|_| Code::BadValue)?;
    Ok(id.wrapping_sub(1 << 52))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::rc::Rc;

    #[test]
    fn cursors_read_back_and_others_are_refused() {
        for id in [-(1 << 52), -1, 0, 1, (1 << 52) - 1] {
            assert_eq!(read_cursor(&cursor(id)).unwrap(), id);
        }
        for bad in ["", "12", "zzzzzzzzzzzzzz", "-0000000000001"] {
            assert!(read_cursor(bad).is_err() || bad.starts_with('-'), "{bad}");
        }
    }

    #[test]
    fn fields_come_by_name_and_the_later_of_two_counts() {
        let field = |name: &str, value: &str, private| (Rc::from(name), Text::from(value), private);
        let row = RecordRow {
            id: 1,
            facet: 1,
            at: None,
            precision: Precision::Day,
            certainty: thinline_model::Certainty::Explicit,
            as_of: 0,
            file: 0,
            row: 0,
            title: Text::default(),
            by: Text::default(),
            counterparty: Text::default(),
            url: Text::default(),
            raw: "2026-03-01".into(),
            detail: vec![
                field("z", "1", false),
                field("@a", "2", false),
                field("a", "3", false),
                field("b", "secret", true),
            ],
        };
        let text = |unmask| {
            let mut out = Vec::new();
            Fields::of(&row, unmask).0.write_json(&mut out);
            String::from_utf8(out).unwrap()
        };
        assert_eq!(text(false), r#"{"a":"3","b":"se…","time as written":"2026-03-01","z":"1"}"#);
        assert_eq!(text(true), r#"{"a":"3","b":"secret","time as written":"2026-03-01","z":"1"}"#);
        assert_eq!(Fields::of(&row, false).1, ["b"]);
    }
}
