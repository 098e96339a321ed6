//! Private values are shown masked until asked for: in the fields of a record, and in the row from which it was read.
//!
//! A row holds more than the record shows: what every recipe that reads it calls private is masked, and so is whatever looks
//! like an address of a computer or of mail, in columns that no recipe knows.

use crate::Result;
use crate::wire::Original;
use std::net::IpAddr;
use thinline_catalogue::Catalogue;
use thinline_store::{FacetRow, Read, RecordRow};

/// What stands for a value, or a row, of which nothing is shown.
const NOTHING: &str = "…";
/// Characters of a value of which two are shown.
const LONG: usize = 5;

/// Enough of a private value to tell two apart, not enough to use it.
pub(crate) fn mask(value: &str) -> String {
    let kept = match value.parse::<IpAddr>() {
        Ok(IpAddr::V4(_)) => value.split('.').take(1).collect::<Vec<_>>().join("."),
        Ok(IpAddr::V6(_)) => value.split(':').take(1).collect::<Vec<_>>().join(":"),
        Err(_) if value.chars().count() < LONG => String::new(),
        Err(_) => value.chars().take(2).collect(),
    };
    format!("{kept}{NOTHING}")
}

/// The row from which a record was read, if it was kept.
pub(crate) fn original(
    read: &Read<'_>,
    row: &RecordRow,
    facet: &FacetRow,
    unmask: bool,
) -> Result<Option<Original>> {
    if row.file == 0 {
        return Ok(None);
    }
    let Some(bytes) = read.original(row.file, row.row)? else { return Ok(None) };
    let file = read.file(row.file)?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let header = Some(file.header).filter(|header| !header.is_empty());
    if unmask {
        return Ok(Some(Original { header, text, masked: false }));
    }
    let service = Catalogue::builtin().service(&facet.service);
    let reread = service.and_then(|service| {
        let header = header.as_deref().unwrap_or_default();
        thinline_import::private_values(service, &facet.recipe, &file.path, header, &bytes)
    });
    let own = row.detail.iter().filter(|(.., private)| *private).map(|(_, value, _)| value.to_string());
    let values: Vec<String> = own.chain(reread.unwrap_or_default()).collect();
    let shown = without_addresses(&without(&text, values));
    let masked = shown != text;
    Ok(Some(Original { header, text: shown, masked }))
}

/// A row with these values masked. If one cannot be found, since it is written in another way, none of the row is shown.
fn without(text: &str, mut values: Vec<String>) -> String {
    values.retain(|value| !value.is_empty());
    // A value that is a piece of another one must not break it.
    values.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    values.dedup();
    let mut shown = text.to_owned();
    for value in values {
        let json = serde_json::to_string(&value).unwrap_or_default();
        let forms = [
            value.as_str(),
            json.get(1..json.len().saturating_sub(1)).unwrap_or_default(),
            &value.replace('"', "\"\""),
        ]
        .map(str::to_owned);
        match forms.iter().find(|form| text.contains(form.as_str())) {
            Some(form) => shown = replaced(&shown, form, &mask(&value)),
            None => return NOTHING.to_owned(),
        }
    }
    shown
}

/// With every occurrence replaced that stands on its own; if none does, with all of them.
fn replaced(text: &str, value: &str, by: &str) -> String {
    let (mut shown, mut copied) = (String::new(), 0);
    for (at, _) in text.match_indices(value) {
        let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let ends = (text[..at].chars().next_back(), text[at + value.len()..].chars().next());
        if !inside(ends.0) && !inside(ends.1) {
            shown.push_str(&text[copied..at]);
            shown.push_str(by);
            copied = at + value.len();
        }
    }
    if copied == 0 {
        return text.replace(value, by);
    }
    shown + &text[copied..]
}

/// With addresses of computers and of mail masked.
fn without_addresses(text: &str) -> String {
    let of_address = |c: char| c.is_alphanumeric() || ".:@_+-%".contains(c);
    let (mut shown, mut rest) = (String::new(), text);
    while let Some(start) = rest.find(of_address) {
        let length = rest[start..].find(|c| !of_address(c)).unwrap_or(rest.len() - start);
        let word = &rest[start..start + length];
        shown.push_str(&rest[..start]);
        let bare = word.trim_matches(['.', ':']);
        let mail = bare.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
        if mail || bare.parse::<IpAddr>().is_ok() || word.parse::<IpAddr>().is_ok() {
            shown.push_str(&mask(if mail { bare } else { word }));
        } else {
            shown.push_str(word);
        }
        rest = &rest[start + length..];
    }
    shown + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_values_are_masked() {
        assert_eq!(mask("192.0.2.10"), "192…");
        assert_eq!(mask("2001:db8::1"), "2001…");
        assert_eq!(mask("NFANDROID-123"), "NF…");
        assert_eq!(mask("NL"), "…", "two letters of two would be all");
    }

    #[test]
    fn values_are_masked_where_they_stand_on_their_own() {
        let values = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>();
        assert_eq!(without(r#"{"n":1,"at":"2021-01-11"}"#, values(&["1"])), r#"{"n":…,"at":"2021-01-11"}"#);
        assert_eq!(without("Robin,Robin Example", values(&["Robin", "Robin Example"])), "Ro…,Ro…");
        assert_eq!(without(r#"{"a":"x\"yz12"}"#, values(&["x\"yz12"])), r#"{"a":"x"…"}"#);
        assert_eq!(without("abc", values(&["not there"])), NOTHING);
        assert_eq!(without("abc", values(&[""])), "abc");
    }

    #[test]
    fn addresses_are_masked_in_columns_that_nobody_knows() {
        let row = "a,192.0.2.10,2001:db8::7,robin@example.org,20:14:07,2024-05-06T06:41:10Z,1.2,::";
        assert_eq!(without_addresses(row), "a,192…,2001…,ro…,20:14:07,2024-05-06T06:41:10Z,1.2,…");
        assert_eq!(without_addresses("x (192.0.2.1)."), "x (192…).");
    }
}
