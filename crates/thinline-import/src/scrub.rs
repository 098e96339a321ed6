//! Takes secrets out of rows before anything is read from them: in the place of each value stands a mark.
//!
//! The row that comes out is what records are made of and what is kept as the original, so that a secret is in neither. It goes
//! through bytes and not through a parser: a row that is broken, or cut off, loses its secrets just the same, and all else stays
//! byte by byte. What cannot be taken apart and holds one is not kept at all.

use crate::secret::{self, MARK, Secret};
use serde::de::IgnoredAny;
use std::borrow::Cow;
use thinline_catalogue::{Field, fold};

/// Values inside values; a parser gives up at that depth, too.
const DEPTH: usize = 128;
/// JSON that stands as text inside of JSON, and so on.
const TEXTS: usize = 3;

/// What is never kept of the rows of a recipe, beside what the names in them say.
#[derive(Debug, Default)]
pub(crate) struct Scrub {
    paths: Vec<Vec<String>>,
}

impl Scrub {
    /// With the fields that a recipe drops.
    pub fn new(drop: &[Field]) -> Self {
        Self { paths: drop.iter().map(|field| field.path.clone()).collect() }
    }

    /// Whether something of a row may have to go.
    pub fn may_drop(&self, row: &[u8]) -> bool {
        !self.paths.is_empty() || secret::may_be_in(row)
    }

    /// Whether all cells under a column go.
    pub fn column(&self, name: &str) -> Secret {
        let name = fold(name);
        let dropped = self.paths.iter().any(|path| path.first() == Some(&name));
        if dropped { Secret::Yes } else { secret::named(&name) }
    }

    /// A JSON value without its secrets, and how many there were; `key` is what it stands under.
    pub fn json<'o>(&self, value: &'o [u8], key: Option<&str>) -> (Cow<'o, [u8]>, u64) {
        let under = key.map_or(Secret::No, secret::named);
        if under == Secret::No && !self.may_drop(value) {
            return (Cow::Borrowed(value), 0);
        }
        let paths: Vec<&[String]> = self.paths.iter().map(Vec::as_slice).collect();
        let mut scan = Scan::new(value, TEXTS);
        scan.under(under, key.unwrap_or_default(), &paths, 0);
        let Scan { dropped, broken, .. } = scan;
        if dropped == 0 && !broken {
            return (Cow::Borrowed(value), 0);
        }
        let kept = scan.done();
        let whole = !broken && serde_json::from_slice::<IgnoredAny>(&kept).is_ok();
        (Cow::Owned(if whole { kept } else { Vec::new() }), dropped)
    }
}

impl Scrub {
    /// The inside of a map as Scala prints it, `key -> value, key -> value`, without its secrets.
    pub fn map<'m>(&self, map: &'m str) -> (Cow<'m, str>, u64) {
        let (mut kept, mut dropped, mut inside) = (Vec::new(), 0, false);
        for piece in map.split(',') {
            let Some((key, value)) = piece.split_once(" -> ") else {
                // The rest of a value with a comma in it.
                if !inside {
                    kept.push(Cow::Borrowed(piece));
                }
                continue;
            };
            let plain = value.trim();
            inside = match self.column(key) {
                Secret::Yes => !["", "None", MARK].contains(&plain),
                Secret::Perhaps => secret::looks_drawn(plain),
                Secret::No => false,
            };
            if inside {
                kept.push(Cow::Owned(format!("{key} -> {MARK}")));
                dropped += 1;
            } else {
                kept.push(Cow::Borrowed(piece));
            }
        }
        let kept = if dropped == 0 { Cow::Borrowed(map) } else { Cow::Owned(kept.join(",")) };
        match text(&kept) {
            Some((kept, more)) => (Cow::Owned(kept), dropped + more),
            None => (kept, dropped),
        }
    }
}

/// A plain text without the secrets in it: JSON as text, or `name=value` as in an address; none if it holds none.
pub(crate) fn text(text: &str) -> Option<(String, u64)> {
    within(text, TEXTS)
}

fn within(text: &str, texts: usize) -> Option<(String, u64)> {
    if texts == 0 || !secret::may_be_in(text.as_bytes()) {
        return None;
    }
    if text.trim_start().starts_with(['{', '[']) && serde_json::from_str::<IgnoredAny>(text).is_ok() {
        let mut scan = Scan::new(text.as_bytes(), texts - 1);
        scan.under(Secret::No, "", &[], 0);
        let dropped = scan.dropped;
        return (dropped > 0).then(|| (String::from_utf8_lossy(&scan.done()).into_owned(), dropped));
    }
    pairs(text)
}

/// Replaces the values of `name=value`, as they stand in addresses, in cookies and in what Scala prints.
fn pairs(text: &str) -> Option<(String, u64)> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
    let (mut kept, mut copied, mut dropped) = (String::new(), 0, 0);
    for (at, _) in text.match_indices('=') {
        let before = &text[copied.min(at)..at];
        let name = &before[before.trim_end_matches(is_name).len()..];
        let rest = &text[at + 1..];
        let end = rest.find(|c: char| "&;#,})\"'".contains(c) || c.is_whitespace()).unwrap_or(rest.len());
        let value = &rest[..end];
        let goes = match secret::named(name) {
            Secret::Yes => !value.is_empty() && value != MARK,
            Secret::Perhaps => secret::looks_drawn(value),
            Secret::No => false,
        };
        if goes && at >= copied {
            kept.push_str(&text[copied..=at]);
            kept.push_str(MARK);
            copied = at + 1 + end;
            dropped += 1;
        }
    }
    kept.push_str(&text[copied..]);
    (dropped > 0).then_some((kept, dropped))
}

/// One walk over the bytes of a JSON value.
struct Scan<'t> {
    bytes: &'t [u8],
    at: usize,
    /// What stands for the bytes up to `copied`.
    out: Vec<u8>,
    copied: usize,
    dropped: u64,
    broken: bool,
    texts: usize,
}

impl<'t> Scan<'t> {
    fn new(bytes: &'t [u8], texts: usize) -> Self {
        Self { bytes, at: 0, out: Vec::new(), copied: 0, dropped: 0, broken: false, texts }
    }

    fn done(mut self) -> Vec<u8> {
        self.out.extend_from_slice(&self.bytes[self.copied..]);
        self.out
    }

    fn peek(&mut self) -> Option<u8> {
        while self.bytes.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
        self.bytes.get(self.at).copied()
    }

    /// The value under a name.
    fn under(&mut self, what: Secret, name: &str, paths: &[&[String]], depth: usize) {
        let dropped = what == Secret::Yes || paths.iter().any(|path| path.is_empty());
        if !dropped {
            return self.value(what == Secret::Perhaps, paths, depth);
        }
        self.peek();
        let start = self.at;
        self.skip();
        let value = &self.bytes[start..self.at];
        let nothing: [&[u8]; 7] = [b"", b"null", b"true", b"false", b"\"\"", b"[]", b"{}"];
        let number = value.first().is_some_and(|b| b.is_ascii_digit() || *b == b'-');
        let marked = value == format!("\"{MARK}\"").as_bytes();
        if nothing.contains(&value) || marked || number && secret::counts(name) {
            return;
        }
        self.replace(start, &format!("\"{MARK}\""));
    }

    fn replace(&mut self, start: usize, by: &str) {
        self.out.extend_from_slice(&self.bytes[self.copied..start]);
        self.out.extend_from_slice(by.as_bytes());
        self.copied = self.at;
        self.dropped += 1;
    }

    /// Goes through a value. `mixed`: texts in it that look like secrets are some.
    fn value(&mut self, mixed: bool, paths: &[&[String]], depth: usize) {
        match self.peek() {
            Some(_) if depth > DEPTH => {
                self.broken = true;
                self.at = self.bytes.len();
            }
            Some(b'{') => self.object(mixed, paths, depth),
            Some(b'[') => {
                self.at += 1;
                loop {
                    match self.peek() {
                        None => return,
                        Some(b']') => break self.at += 1,
                        Some(b',' | b':' | b'}') => self.at += 1,
                        Some(_) => self.value(mixed, &[], depth + 1),
                    }
                }
            }
            Some(b'"') => self.text(mixed),
            Some(_) => self.skip(),
            None => {}
        }
    }

    fn object(&mut self, mixed: bool, paths: &[&[String]], depth: usize) {
        self.at += 1;
        loop {
            match self.peek() {
                None => return,
                Some(b'}') => break self.at += 1,
                Some(b'"') => {
                    let start = self.at;
                    self.skip();
                    let name =
                        serde_json::from_slice::<String>(&self.bytes[start..self.at]).unwrap_or_default();
                    if self.peek() != Some(b':') {
                        continue;
                    }
                    self.at += 1;
                    let key = if paths.is_empty() { String::new() } else { fold(&name) };
                    let below: Vec<&[String]> = paths
                        .iter()
                        .filter(|path| path.first() == Some(&key))
                        .map(|path| &path[1..])
                        .collect();
                    let what = match secret::named(&name) {
                        Secret::No if mixed => Secret::Perhaps,
                        what => what,
                    };
                    self.under(what, &name, &below, depth + 1);
                }
                Some(b',' | b':' | b']') => self.at += 1,
                Some(_) => self.value(mixed, &[], depth + 1),
            }
        }
    }

    fn text(&mut self, mixed: bool) {
        let start = self.at;
        self.skip();
        let bytes = &self.bytes[start..self.at];
        if !mixed && !secret::may_be_in(bytes) {
            return;
        }
        let Ok(text) = serde_json::from_slice::<String>(bytes) else { return };
        if mixed && secret::looks_drawn(&text) {
            return self.replace(start, &format!("\"{MARK}\""));
        }
        if let Some((kept, dropped)) = within(&text, self.texts)
            && let Ok(kept) = serde_json::to_string(&kept)
        {
            self.replace(start, &kept);
            self.dropped += dropped - 1;
        }
    }

    /// Passes over one value, as far as it goes.
    fn skip(&mut self) {
        let (mut depth, mut quoted) = (0_usize, false);
        while let Some(byte) = self.bytes.get(self.at) {
            match byte {
                b'\\' if quoted => self.at += 1,
                b'"' => quoted = !quoted,
                _ if quoted => {}
                b'{' | b'[' => depth += 1,
                b'}' | b']' if depth == 0 => return,
                b'}' | b']' => depth -= 1,
                b',' | b':' if depth == 0 => return,
                byte if byte.is_ascii_whitespace() && depth == 0 => return,
                _ => {}
            }
            self.at += 1;
            // A text or a bracket that was closed ends the value.
            if depth == 0 && !quoted && matches!(byte, b'"' | b'}' | b']') {
                return;
            }
        }
        self.at = self.bytes.len();
    }
}

/// A line as a CSV file has it, of these cells.
pub(crate) fn line<'t>(cells: impl Iterator<Item = &'t str>) -> Vec<u8> {
    let mut line = String::new();
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            line.push(',');
        }
        if cell.contains(['"', ',', '\n', '\r']) {
            line.push('"');
            line.push_str(&cell.replace('"', "\"\""));
            line.push('"');
        } else {
            line.push_str(cell);
        }
    }
    line.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use thinline_catalogue::FieldFrom;

    fn scrub(drop: &[&str]) -> Scrub {
        let field = |name: &&str| Field {
            name: (*name).to_owned(),
            from: FieldFrom::Row,
            path: name.split('.').map(fold).collect(),
            list: false,
            through: Vec::new(),
        };
        Scrub::new(&drop.iter().map(field).collect::<Vec<_>>())
    }

    fn json(row: &str, drop: &[&str]) -> (String, u64) {
        let scrub = scrub(drop);
        let (kept, dropped) = scrub.json(row.as_bytes(), None);
        (String::from_utf8(kept.into_owned()).expect("is text"), dropped)
    }

    #[test]
    fn secrets_are_gone_by_their_names_and_the_rest_stays_as_written() {
        for (row, kept, dropped) in [
            (
                r#"{"a": 1.50, "access_token" : "x","b":null}"#,
                r#"{"a": 1.50, "access_token" : "[dropped]","b":null}"#,
                1,
            ),
            (
                r#"{"deep":[{"Password":"p\"}"},{"ok":"q"}]}"#,
                r#"{"deep":[{"Password":"[dropped]"},{"ok":"q"}]}"#,
                1,
            ),
            (r#"{"credentials":{"user":"a","k":[1,2]},"x":1}"#, r#"{"credentials":"[dropped]","x":1}"#, 1),
            (
                r#"{"cvv":123,"total_tokens":456,"token":null,"secret":""}"#,
                r#"{"cvv":"[dropped]","total_tokens":456,"token":null,"secret":""}"#,
                1,
            ),
            (r#"{"t\u006fken":"x"}"#, r#"{"t\u006fken":"[dropped]"}"#, 1),
            (
                r#"{"cookies":["accepted","sid=4f5a6b7c8d9e0f"]}"#,
                r#"{"cookies":["accepted","[dropped]"]}"#,
                1,
            ),
            (
                r#"{"session":{"kind":"game","id":"a8f9e0c7d8b9a8f9"}}"#,
                r#"{"session":{"kind":"game","id":"[dropped]"}}"#,
                1,
            ),
            (r#"{"cookies":true,"session":"morning"}"#, r#"{"cookies":true,"session":"morning"}"#, 0),
            (
                r#"{"title":"The Secret: token, password","key":"session"}"#,
                r#"{"title":"The Secret: token, password","key":"session"}"#,
                0,
            ),
            (
                r#"{"url":"https://example.org/?a=1&nftoken=abc&b=2"}"#,
                r#"{"url":"https://example.org/?a=1&nftoken=[dropped]&b=2"}"#,
                1,
            ),
            (
                r#"{"p":"{\"token\":\"x\",\"a\":\"é\"}"}"#,
                r#"{"p":"{\"token\":\"[dropped]\",\"a\":\"é\"}"}"#,
                1,
            ),
            (r#"{"token":"[dropped]"}"#, r#"{"token":"[dropped]"}"#, 0),
        ] {
            assert_eq!(json(row, &[]), (kept.to_owned(), dropped), "{row}");
            assert_eq!(json(kept, &[]), (kept.to_owned(), 0), "a second time: {kept}");
        }
    }

    #[test]
    fn fields_that_a_recipe_drops_are_gone_too() {
        let row = r#"{"a":1,"Se_cret":"x", "deep":{"number":"y","k":[1, {"number":2}]}}"#;
        let kept = r#"{"a":1,"Se_cret":"[dropped]", "deep":{"number":"[dropped]","k":[1, {"number":2}]}}"#;
        assert_eq!(json(row, &["deep.number"]), (kept.to_owned(), 2));
        assert_eq!(json(r#"{"a":1,"b":{"c":2}}"#, &["b"]), (r#"{"a":1,"b":"[dropped]"}"#.to_owned(), 1));
    }

    #[test]
    fn a_value_under_a_secret_key_is_gone_whatever_it_is() {
        let plain = Scrub::default();
        assert_eq!(plain.json(br#""hunter2""#, Some("password")), (Cow::Borrowed(&br#""[dropped]""#[..]), 1));
        assert_eq!(plain.json(br#""hunter2""#, Some("nickname")), (Cow::Borrowed(&br#""hunter2""#[..]), 0));
    }

    #[test]
    fn what_is_broken_and_holds_a_secret_is_not_kept() {
        for row in [r#"{"a":1,"token":"x"#, r#"{"token":"x""#, r#"{"token":"x" "b"}"#, r#"{"token":{"a":"#] {
            assert_eq!(json(row, &[]).0, "", "{row}");
        }
        let deep = format!("{}{}", "[".repeat(400), r#"{"token":"x"}"#);
        assert_eq!(json(&deep, &[]).0, "");
        assert_eq!(json(r#"{"a":1,"title":"x"#, &[]).0, r#"{"a":1,"title":"x"#, "nothing to hide in it");
    }

    #[test]
    fn addresses_and_cookies_lose_the_values_of_their_secrets() {
        for (given, kept) in [
            ("https://example.org/a?token=abc#top", "https://example.org/a?token=[dropped]#top"),
            (
                "theme=dark; sessionid=abc; JSESSIONID=def",
                "theme=dark; sessionid=[dropped]; JSESSIONID=[dropped]",
            ),
            ("{k=1, auth_token=x}", "{k=1, auth_token=[dropped]}"),
            ("token=a=b", "token=[dropped]"),
        ] {
            assert_eq!(text(given).expect("holds some").0, kept);
            assert_eq!(text(kept), None, "a second time");
        }
        for given in ["https://example.org/?keys=1", "token", "=token", "token=", "1 + 1 = 2 tokens"] {
            assert_eq!(text(given), None, "{given}");
        }
    }

    #[test]
    fn maps_lose_their_secrets_with_all_that_belongs_to_them() {
        let plain = Scrub::default();
        for (map, kept, dropped) in [
            (
                "city -> Sample Town, token -> Some(a,b), street -> c, d",
                "city -> Sample Town, token -> [dropped], street -> c, d",
                1,
            ),
            ("token -> None, city -> x", "token -> None, city -> x", 0),
            ("city -> x, url -> a?token=b", "city -> x, url -> a?token=[dropped]", 1),
        ] {
            assert_eq!(plain.map(map), (Cow::Borrowed(kept), dropped));
            assert_eq!(plain.map(kept), (Cow::Borrowed(kept), 0), "a second time");
        }
        assert_eq!(scrub(&["City"]).map("city -> x, a -> y").0, "city -> [dropped], a -> y");
    }

    proptest! {
        /// Whatever stands around it: nothing is lost that is no secret, a second time changes nothing, and nothing panics.
        #[test]
        fn secrets_are_taken_out_once_and_for_all(before in "\\PC{0,12}", key in "[a-z ]{0,6}", cut in 0_usize..90) {
            let name = format!("{key}Token");
            let row = serde_json::json!({ "a": before, "deep": [{ name: "hunter2", "b": before }], "c": 1 }).to_string();
            let (kept, dropped) = json(&row, &[]);
            prop_assert_eq!((dropped, kept.contains("hunter2")), (1, false));
            prop_assert_eq!(&kept.replace(MARK, "hunter2"), &row);
            prop_assert_eq!(json(&kept, &[]), (kept.clone(), 0));
            let cut = (0..=cut.min(row.len())).rev().find(|at| row.is_char_boundary(*at)).unwrap_or(0);
            prop_assert!(!json(&row[..cut], &[]).0.contains("hunter2"));
            let _ = (json(&before, &[]), text(&before), Scrub::default().map(&before));
        }
    }

    #[test]
    fn lines_are_quoted_where_they_must_be() {
        let line = line(["a", MARK, "b,\"c\"", ""].into_iter());
        assert_eq!(String::from_utf8(line).expect("is text"), "a,[dropped],\"b,\"\"c\"\"\",");
    }
}
