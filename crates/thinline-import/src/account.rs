//! Finds the account's own id (a user name, a mail address) in the beginnings of the files that the catalogue names.
//!
//! What is found never reaches an error, a log or a record: the caller makes a keyed hash of it and forgets it.
//! What would surprise: all of the files are asked, not the first that answers. Two exports that somebody put into one folder
//! must not become one account.

use crate::{
    Archive, ImportError,
    input::Input,
    lines::{Line, Lines},
};
use thinline_catalogue::{AccountIn, FileName, Reader, Service, fold};
use thinline_model::Private;

/// How much of a file is looked at: an export can have hundreds of parts, and the id stands in every row or in a small file.
const LOOKED_AT: usize = 16 << 10;

/// The id of the account whose export this is, trimmed and in lower case; none if no file says it.
///
/// # Errors
/// [`ImportError::TwoAccounts`] if two files name different ones: their records would become those of one person.
pub fn account_id(archive: &mut Archive, service: &Service) -> Result<Option<Private<String>>, ImportError> {
    let mut known: Option<String> = None;
    for index in 0..archive.members().len() {
        let name = FileName::new(&archive.members()[index].path);
        let names_it = |place: &&AccountIn| place.files.iter().any(|file| file.matches(&name));
        for place in service.account.iter().filter(names_it) {
            // A damaged file says nothing; that it is damaged is told where it is read.
            let Ok(beginning) = archive.beginning(index, LOOKED_AT) else { continue };
            let found = id_in(&beginning, place).map(|id| id.trim().to_lowercase());
            let Some(id) = found.filter(|id| !id.is_empty()) else { continue };
            if known.as_ref().is_some_and(|known| *known != id) {
                return Err(ImportError::TwoAccounts);
            }
            known = Some(id);
        }
    }
    Ok(known.map(Private::new))
}

fn id_in(beginning: &[u8], place: &AccountIn) -> Option<String> {
    let beginning = beginning.strip_prefix(b"\xef\xbb\xbf").unwrap_or(beginning);
    match place.reader {
        Reader::Json => json_text(beginning, &place.field),
        Reader::Csv => csv_cell(beginning, &place.field),
        Reader::Scala => None,
    }
}

/// The first text under a key, however deep. The beginning may end anywhere, so it is not parsed as a whole.
fn json_text(mut rest: &[u8], wanted: &str) -> Option<String> {
    loop {
        rest = &rest[memchr::memchr(b'"', rest)?..];
        let (text, behind) = text(rest)?;
        let after = behind.trim_ascii_start();
        rest = behind;
        if after.first() == Some(&b':') && fold(&text) == wanted {
            let value = after[1..].trim_ascii_start();
            if value.first() == Some(&b'"') {
                let (id, behind) = self::text(value)?;
                if !id.trim().is_empty() {
                    return Some(id);
                }
                rest = behind;
            }
        }
    }
}

/// The JSON text at the beginning, and what is behind it.
fn text(rest: &[u8]) -> Option<(String, &[u8])> {
    let mut texts = serde_json::Deserializer::from_slice(rest).into_iter::<String>();
    let text = texts.next()?.ok()?;
    let used = texts.byte_offset();
    Some((text, &rest[used..]))
}

/// The cell of the first line under a column.
fn csv_cell(beginning: &[u8], wanted: &str) -> Option<String> {
    let mut input = Input::new(Box::new(beginning));
    let mut lines = Lines::new();
    let mut next = |lines: &mut Lines| match lines.next(&mut input, LOOKED_AT) {
        Line::Whole(used) => {
            input.consume(used);
            true
        }
        Line::TooLong(_) | Line::CutOff(_) | Line::End => false,
    };
    let column = next(&mut lines).then(|| lines.cells()?.position(|name| fold(name) == wanted)).flatten()?;
    next(&mut lines).then(|| lines.cells()?.nth(column).map(str::to_owned)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_is_found_under_its_key_and_not_in_a_value() {
        let found = |text: &str| json_text(text.as_bytes(), "username");
        assert_eq!(found(r#"[{"a":"username","b":1,"user_name": null},{"Username":"robin.example"#), None);
        assert_eq!(
            found(r#"[{"user_name":null},{"Username": "robin\u002eexample","x":"#),
            Some("robin.example".to_owned())
        );
        assert_eq!(found(r#"{"username":"","username":"x"}"#), Some("x".to_owned()));
        assert_eq!(found(""), None);
    }

    #[test]
    fn the_id_is_found_under_its_column() {
        let found = |text: &str| csv_cell(text.as_bytes(), "emailaddress");
        assert_eq!(
            found("\"A\",\"Email Address\"\r\n\"x, y\",\"robin@example.org\"\r\n"),
            Some("robin@example.org".to_owned())
        );
        for text in ["", "A,B\n1,2\n", "Email Address\n", "A,Email Address\n1\n"] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
