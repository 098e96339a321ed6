//! The files of an export as a check sees them.

use super::super::report;
use crate::wire::{CheckedFile, FileLine, Totals};
use crate::{clock, journal};
use std::collections::BTreeMap;
use thinline_import::{FileState, Glance};

pub(super) fn line(path: &str, state: &str, bytes: u64) -> CheckedFile {
    CheckedFile {
        line: FileLine {
            path: path.to_owned(),
            state: state.to_owned(),
            totals: Totals::default(),
            reasons: BTreeMap::new(),
            why: None,
            parts: Vec::new(),
        },
        bytes: bytes as f64,
        first: None,
        last: None,
        exact: false,
        whole: false,
        categories: Vec::new(),
    }
}

pub(super) fn checked_file(glance: &Glance, made: i64) -> CheckedFile {
    let state = if glance.broken.is_some() { "failed" } else { glance.file.state.id() };
    let mut file = line(&glance.file.path, state, glance.file.size);
    file.line.why = match (&glance.file.state, &glance.broken) {
        (_, Some(error)) => Some(report::broken(error).to_owned()),
        (FileState::Unused { why }, None) => Some(why.clone()),
        _ => None,
    };
    let (skipped, failed) = (glance.skipped.values().sum(), glance.failed);
    file.line.reasons =
        glance.skipped.iter().map(|(reason, n)| ((*reason).to_owned(), journal::small(*n))).collect();
    file.line.totals = Totals {
        rows: journal::small(glance.rows),
        records: journal::small(glance.records),
        read: journal::small(glance.rows.saturating_sub(skipped + failed)),
        known: 0,
        skipped: journal::small(skipped),
        failed: journal::small(failed),
    };
    if let Some((first, last)) = glance.range(made) {
        (file.first, file.last) = (Some(clock::rfc3339(first)), Some(clock::rfc3339(last)));
    }
    file.line.why = file.line.why.take().or_else(|| report::left(&file.line).map(str::to_owned));
    (file.exact, file.whole) = (glance.exact(), glance.whole);
    file.categories = glance.categories.keys().map(|category| category.id().to_owned()).collect();
    file
}
