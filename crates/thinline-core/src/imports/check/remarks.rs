//! What is to be said about an export, the worst first: ids and values, no words.

use super::{Check, found::is_of};
use crate::journal;
use crate::wire::{ImportCheck, MissingPart, Sentence, Told};
use thinline_import::{FileState, Glance, OTHER_FORMAT, UNKNOWN_COLUMNS, offered_as};

pub(super) fn remark<const N: usize>(check: &mut ImportCheck, id: &str, values: [(&str, Told); N]) {
    let values = values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    check.warnings.push(id.to_owned());
    check.remarks.push(Sentence { id: id.to_owned(), values });
}

impl Check<'_> {
    pub(super) fn remarks(&mut self) {
        let count = |n: usize| Told::Count(journal::small(n as u64));
        let check = &mut self.check;
        let read =
            self.glances.iter().filter(|one| one.file.state == FileState::Read && one.broken.is_none());
        if read.count() == 0 {
            remark(check, "nothing-to-read", [("files", count(self.glances.len()))]);
        }
        if !check.space.enough {
            let (needed, free) = (Told::Bytes(check.space.needed), Told::Bytes(check.space.free));
            remark(check, "no-space", [("needed", needed), ("free", free)]);
        }
        let missing: Vec<MissingPart> = check.packages.iter().flat_map(|one| one.missing.clone()).collect();
        for part in missing {
            missing_part(check, part);
        }
        if let Some((number, of)) = self.beside {
            remark(check, "archive-part", [("part", Told::Count(number)), ("of", Told::Count(of))]);
        }
        let broken = self.glances.iter().filter(|one| one.broken.is_some()).count();
        if broken > 0 {
            remark(check, "files-damaged", [("count", count(broken))]);
        }
        if check.account.is_empty() {
            remark(check, "other-account", []);
        }
        if check.date_order.is_some() {
            remark(check, "date-order", []);
        }
        if let Some((have, better)) = self.lesser() {
            let values = [("have", Told::Text(have)), ("better", Told::Text(better))];
            remark(&mut self.check, "lesser-package", values);
        }
        self.other_forms();
        let check = &mut self.check;
        if let Some(known) = &check.imported {
            let at = Told::Date(known.at.clone());
            let id = if known.stale { "known-stale" } else { "known" };
            remark(check, id, [("at", at)]);
        }
        let unknown = check.counts.get("unknown").copied().unwrap_or(0);
        if unknown > 0 {
            remark(check, "unknown-files", [("count", Told::Count(unknown))]);
        }
    }

    /// Files that are known by name and come in a form or with columns that are not.
    fn other_forms(&mut self) {
        let why = |wanted: &'static str| {
            self.glances
                .iter()
                .filter(move |one| matches!(&one.file.state, FileState::Unused { why } if why == wanted))
        };
        let columns = why(UNKNOWN_COLUMNS).count();
        let pages: Vec<&Glance> = why(OTHER_FORMAT).collect();
        let known = pages.iter().find_map(|one| offered_as(self.service, &one.file.path));
        if let Some(known) = known {
            let package = self.service.export.packages.iter().find(|package| is_of(package, &known));
            let label = package.map_or_else(|| self.service.name.clone(), |package| package.label.clone());
            let form = known.rsplit('.').next().unwrap_or_default().to_uppercase();
            let values = [
                ("count", Told::Count(journal::small(pages.len() as u64))),
                ("form", Told::Text(form)),
                ("package", Told::Text(label)),
                ("address", Told::Text(self.service.export.address.clone())),
            ];
            remark(&mut self.check, OTHER_FORMAT, values);
        }
        if columns > 0 {
            let count = Told::Count(journal::small(columns as u64));
            remark(&mut self.check, UNKNOWN_COLUMNS, [("count", count)]);
        }
    }
}

fn missing_part(check: &mut ImportCheck, part: MissingPart) {
    let numbers: Vec<String> = part.numbers.iter().map(u32::to_string).collect();
    let count = Told::Count(journal::small(numbers.len() as u64));
    let (series, numbers) = (Told::Text(part.series), Told::Text(numbers.join(", ")));
    match part.of {
        Some(of) => {
            let values = [("count", count), ("numbers", numbers), ("of", Told::Count(of))];
            remark(check, "archive-parts-missing", values);
        }
        None => {
            remark(check, "parts-missing", [("count", count), ("numbers", numbers), ("series", series)]);
        }
    }
}
