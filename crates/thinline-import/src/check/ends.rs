//! The beginning and the end of a file, put together to a file that recipes can read: without the rows between them.
//!
//! A row that is cut at the edge of what was read is left out on both sides. Where the edge of a row cannot be told for
//! sure (a line break may stand inside of quotes, a list inside of a row), nothing is put together.

use crate::{
    input::Input,
    lines::{Line, Lines},
};
use serde::de::IgnoredAny;
use thinline_catalogue::{Reader, Recipe};

/// Places at which a row could begin or end that are tried.
const TRIED: usize = 8;

/// A shorter file with the same first and last rows; none where that cannot be made.
pub(super) fn joined(recipes: &[&Recipe], beginning: &[u8], end: &[u8]) -> Option<Vec<u8>> {
    let list = |recipe: &&Recipe| recipe.reader == Reader::Json && recipe.rows.written == "[]";
    let table = |recipe: &&Recipe| recipe.reader == Reader::Csv;
    if recipes.is_empty() {
        None
    } else if recipes.iter().all(table) {
        joined_lines(beginning, end)
    } else if recipes.iter().all(list) {
        joined_list(beginning, end)
    } else {
        None
    }
}

fn joined_list(beginning: &[u8], end: &[u8]) -> Option<Vec<u8>> {
    let beginning = beginning.strip_prefix(b"\xef\xbb\xbf").unwrap_or(beginning).trim_ascii_start();
    let is_list = |bytes: &[u8]| serde_json::from_slice::<Vec<IgnoredAny>>(bytes).is_ok();
    let head = edges(beginning).rev().take(TRIED).find_map(|(close, _)| {
        let head = [&beginning[..=close], b"]"].concat();
        is_list(&head).then_some(&beginning[..=close])
    })?;
    let tail = edges(end).take(TRIED).find_map(|(_, open)| {
        let tail = [b"[", &end[open..]].concat();
        is_list(&tail).then_some(&end[open..])
    })?;
    Some([head, b",", tail].concat())
}

/// Where an object ends and another one begins: `}`, a comma, `{`.
fn edges(text: &[u8]) -> impl DoubleEndedIterator<Item = (usize, usize)> {
    memchr::memchr_iter(b'}', text).collect::<Vec<_>>().into_iter().filter_map(|close| {
        let mut after = (close + 1..text.len()).filter(|at| !text[*at].is_ascii_whitespace());
        let (comma, open) = (after.next()?, after.next()?);
        (text[comma] == b',' && text[open] == b'{').then_some((close, open))
    })
}

fn joined_lines(beginning: &[u8], end: &[u8]) -> Option<Vec<u8>> {
    let (head, columns) = whole_lines(beginning, None)?;
    let starts = memchr::memchr_iter(b'\n', end).map(|at| at + 1);
    let tail = starts.take(TRIED).map(|at| &end[at..]).find(|tail| {
        // Seen from inside of quotes, lines have other numbers of cells.
        whole_lines(tail, Some(columns)).is_some_and(|(length, _)| length == tail.len())
    })?;
    Some([&beginning[..head], tail].concat())
}

/// How far whole lines reach, and how many cells the first one has; none if lines differ in that from `columns`.
fn whole_lines(text: &[u8], columns: Option<usize>) -> Option<(usize, usize)> {
    let mut input = Input::over(text.to_vec());
    let (mut lines, mut reached, mut first) = (Lines::new(), 0, None);
    while let Line::Whole(used) = lines.next(&mut input, text.len()) {
        let cells = lines.cells()?.count();
        if columns.is_some_and(|columns| columns != cells) {
            return None;
        }
        // The last line of a beginning may be cut; that of an end need not be ended.
        if matches!(input.window()[..used].last(), Some(b'\n' | b'\r')) || columns.is_some() {
            reached += used;
            first = first.or(Some(cells));
        }
        input.consume(used);
    }
    Some((reached, first?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(joined: Option<Vec<u8>>) -> Option<String> {
        joined.map(|bytes| String::from_utf8(bytes).unwrap())
    }

    #[test]
    fn a_list_is_cut_between_its_rows() {
        let cut = |beginning: &str, end: &str| text(joined_list(beginning.as_bytes(), end.as_bytes()));
        assert_eq!(
            cut("\u{feff}[{\"a\":1},{\"a\":2}, {\"a\"", ":8},\n{\"a\":9}]\n").unwrap(),
            "[{\"a\":1},{\"a\":2},{\"a\":9}]\n"
        );
        // An edge inside of a row, and one inside of a text, are none between rows.
        let nested = cut(r#"[{"a":[{},{}]},{"a":[{},{"b""#, r#"},{"c":2}]},{"t":"},{"},{"a":9}]"#).unwrap();
        assert_eq!(nested, r#"[{"a":[{},{}]},{"t":"},{"},{"a":9}]"#);
    }

    #[test]
    fn a_list_without_an_edge_or_without_its_end_is_not_put_together() {
        for (beginning, end) in
            [("[{\"a\":1", "{\"a\":2},{\"a\":3}]"), ("[{},{}", "{},{\"a"), ("[{},{}", "{}"), ("", "")]
        {
            assert_eq!(joined_list(beginning.as_bytes(), end.as_bytes()), None, "{beginning} {end}");
        }
    }

    #[test]
    fn a_table_is_cut_between_its_lines() {
        let cut = |beginning: &str, end: &str| text(joined_lines(beginning.as_bytes(), end.as_bytes()));
        assert_eq!(cut("A,B\r\n1,2\r\n3,", "7\r\n8,9").unwrap(), "A,B\r\n1,2\r8,9");
        let quoted = cut("A,B\n\"1\n1\",2\n\"3\n", "4\",\"a\nb\"\n\"7\n7\",8\n9,10\n").unwrap();
        assert_eq!(quoted, "A,B\n\"1\n1\",2\n\"7\n7\",8\n9,10\n");
    }

    #[test]
    fn a_table_whose_last_lines_cannot_be_told_is_not_put_together() {
        for (beginning, end) in
            [("A,B\n1,2\n", "3,4"), ("A,B\n1,2\n", "\n1,2,3\n4,5,6\n"), ("A,B", "\n1,2\n"), ("", "")]
        {
            assert_eq!(joined_lines(beginning.as_bytes(), end.as_bytes()), None, "{beginning} {end}");
        }
    }
}
