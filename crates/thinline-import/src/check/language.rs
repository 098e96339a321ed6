//! In which language the titles and labels of an export are: as far as a service says so, in a column or by the name of
//! a file that it translates. Most say it nowhere; then nothing is guessed.

use crate::{
    Archive,
    input::Input,
    lines::{Line, Lines},
};
use std::collections::BTreeSet;
use thinline_catalogue::{FileName, LanguageIn, Service, fold};

/// How much of a file is looked at.
const LOOKED_AT: usize = 64 << 10;

/// BCP 47 tags from the first place of the catalogue that says any; several where profiles or times differ.
pub fn languages(archive: &mut Archive, service: &Service) -> BTreeSet<String> {
    for place in &service.language {
        let mut found = BTreeSet::new();
        for index in 0..archive.members().len() {
            let name = FileName::new(&archive.members()[index].path);
            if place.files.iter().any(|file| file.matches(&name)) {
                found.extend(said(archive, index, place));
            }
        }
        if !found.is_empty() {
            return found;
        }
    }
    BTreeSet::new()
}

fn said(archive: &mut Archive, index: usize, place: &LanguageIn) -> BTreeSet<String> {
    match place {
        LanguageIn { is: Some(tag), .. } => BTreeSet::from([tag.clone()]),
        LanguageIn { field: Some(field), .. } => {
            archive.beginning(index, LOOKED_AT).map_or_else(|_| BTreeSet::new(), |text| cells(text, field))
        }
        _ => BTreeSet::new(),
    }
}

/// Tags in a column.
fn cells(text: Vec<u8>, wanted: &str) -> BTreeSet<String> {
    let text = text.strip_prefix(b"\xef\xbb\xbf").map(<[u8]>::to_vec).unwrap_or(text);
    let (mut input, mut lines) = (Input::over(text), Lines::new());
    let (mut column, mut found) = (None, BTreeSet::new());
    while let Line::Whole(used) = lines.next(&mut input, LOOKED_AT) {
        if let Some(mut cells) = lines.cells() {
            match column {
                None => {
                    column = cells.position(|name| fold(name) == wanted);
                    if column.is_none() {
                        break;
                    }
                }
                Some(column) => found.extend(cells.nth(column).and_then(tag)),
            }
        }
        input.consume(used);
    }
    found
}

/// A language, perhaps with script and region: `pt`, `nl-NL`, `zh_Hant_TW`. Anything else is no tag.
fn tag(text: &str) -> Option<String> {
    let mut parts = text.trim().split(['-', '_']);
    let language = parts.next().filter(|part| (2..=3).contains(&part.len()) && is_letters(part))?;
    let mut tag = language.to_ascii_lowercase();
    let mut rest = parts.peekable();
    if let Some(script) = rest.next_if(|part| part.len() == 4 && is_letters(part)) {
        tag.push('-');
        tag.push_str(&script[..1].to_ascii_uppercase());
        tag.push_str(&script[1..].to_ascii_lowercase());
    }
    let digits = |part: &str| part.len() == 3 && part.bytes().all(|byte| byte.is_ascii_digit());
    if let Some(region) = rest.next_if(|part| (part.len() == 2 && is_letters(part)) || digits(part)) {
        tag.push('-');
        tag.push_str(&region.to_ascii_uppercase());
    }
    rest.next().is_none().then_some(tag)
}

fn is_letters(part: &str) -> bool {
    part.bytes().all(|byte| byte.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_brought_to_one_form_and_words_are_no_tags() {
        for (text, expected) in [
            ("pt", Some("pt")),
            (" nl-NL ", Some("nl-NL")),
            ("zh_hant_tw", Some("zh-Hant-TW")),
            ("es-419", Some("es-419")),
            ("EN-us", Some("en-US")),
            ("English", None),
            ("--", None),
            ("", None),
            ("nl-NL-x", None),
            ("é", None),
        ] {
            assert_eq!(tag(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_column_tells_each_language_once() {
        let text = "\u{feff}A,Account Locale\n1,nl-NL\n2,nl-NL\n3,--\n4,en\n5";
        let found = cells(text.as_bytes().to_vec(), "accountlocale");
        assert_eq!(found.into_iter().collect::<Vec<_>>(), ["en", "nl-NL"]);
        assert!(cells(b"A,B\n1,nl\n".to_vec(), "accountlocale").is_empty());
    }
}
