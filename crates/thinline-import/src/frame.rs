//! Finds where a JSON value ends, without reading what stands in it.
//!
//! Only quotes and one pair of brackets are looked at: whether the value is valid is found out by whoever parses it.
//! A value longer than the limit is passed over in constant memory.

use crate::input::Input;
use memchr::{memchr2, memchr3};

/// How a value ended. The bytes lie at the beginning of the input's window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Frame {
    /// So many bytes.
    Whole(usize),
    /// It was longer than the limit and has been passed over; its beginning is kept.
    TooLong(Vec<u8>),
    /// The stream ended inside it, after so many bytes in the window.
    CutOff(usize),
}

/// How much of a value that is too long is kept, to show where it is.
const KEPT: usize = 256;

/// Whether the value that begins at the window's first byte is no longer than this. Uses up nothing. A value that the
/// stream cuts off counts as whole: there is nothing more to come.
pub(crate) fn whole(input: &mut Input<'_>, limit: usize) -> bool {
    let (mut scan, mut at) = (Scan::of(input.window()), 0);
    loop {
        if scan.ends(input.window(), &mut at) {
            return at <= limit;
        }
        if input.window().len() > limit {
            return false;
        }
        if !input.more() {
            return true;
        }
    }
}

/// Frames the value that begins at the window's first byte.
pub(crate) fn frame(input: &mut Input<'_>, limit: usize) -> Frame {
    let mut scan = Scan::of(input.window());
    let mut at = 0;
    let mut kept: Option<Vec<u8>> = None;
    loop {
        let window = input.window();
        let ended = scan.ends(window, &mut at);
        if ended && at <= limit {
            return kept.map_or(Frame::Whole(at), |kept| passed(input, at, kept));
        }
        if ended || window.len() > limit {
            let beginning = kept.take().unwrap_or_else(|| window[..KEPT.min(window.len())].to_vec());
            if ended {
                return passed(input, at, beginning);
            }
            // An escaped byte may lie just beyond the window: `at` then keeps how far beyond.
            let used = window.len().min(at);
            at -= used;
            input.consume(used);
            kept = Some(beginning);
        }
        if !input.more() {
            // A scalar at the very end of the stream is whole.
            return match (&scan, kept) {
                (Scan::Scalar, None) if at > 0 => Frame::Whole(at),
                (_, Some(kept)) => passed(input, at, kept),
                _ => Frame::CutOff(input.window().len()),
            };
        }
    }
}

enum Scan {
    Scalar,
    Brackets { pair: (u8, u8), depth: usize, quoted: bool },
}

impl Scan {
    fn of(window: &[u8]) -> Self {
        match window.first() {
            Some(b'{') => Self::Brackets { pair: (b'{', b'}'), depth: 0, quoted: false },
            Some(b'[') => Self::Brackets { pair: (b'[', b']'), depth: 0, quoted: false },
            Some(b'"') => Self::Brackets { pair: (b'"', b'"'), depth: 0, quoted: false },
            _ => Self::Scalar,
        }
    }

    /// Goes on from `at`; whether the value ends in the window.
    fn ends(&mut self, window: &[u8], at: &mut usize) -> bool {
        match self {
            Self::Scalar => scan_scalar(window, at),
            Self::Brackets { pair, depth, quoted } => scan_brackets(window, at, *pair, depth, quoted),
        }
    }
}

fn passed(input: &mut Input<'_>, bytes: usize, kept: Vec<u8>) -> Frame {
    input.consume(bytes);
    Frame::TooLong(kept)
}

fn scan_scalar(window: &[u8], at: &mut usize) -> bool {
    let rest = window.get(*at..).unwrap_or_default();
    let is_end = |b: &u8| matches!(b, b',' | b']' | b'}' | b':' | b' ' | b'\n' | b'\r' | b'\t');
    match rest.iter().position(is_end) {
        Some(length) => {
            // A stray sign where a value should be is a value of its own, so that reading goes on behind it.
            *at = (*at + length).max(1);
            true
        }
        None => {
            *at = window.len().max(*at);
            false
        }
    }
}

fn scan_brackets(
    window: &[u8],
    at: &mut usize,
    pair: (u8, u8),
    depth: &mut usize,
    quoted: &mut bool,
) -> bool {
    loop {
        let Some(rest) = window.get(*at..) else { return false };
        let found = if *quoted { memchr2(b'"', b'\\', rest) } else { memchr3(b'"', pair.0, pair.1, rest) };
        let Some(offset) = found else {
            *at = window.len();
            return false;
        };
        *at += offset + 1;
        match rest[offset] {
            b'\\' => *at += 1,
            b'"' => {
                *quoted = !*quoted;
                if !*quoted && pair.0 == b'"' {
                    return true;
                }
            }
            sign if sign == pair.0 => *depth += 1,
            _ => {
                *depth = depth.saturating_sub(1);
                if *depth == 0 {
                    return true;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::io::{self, Read};

    /// Gives so many bytes at a time.
    struct Drip<'a>(&'a [u8], usize);

    impl Read for Drip<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let count = self.0.len().min(self.1).min(buffer.len());
            buffer[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    fn framed(text: &str, step: usize, limit: usize) -> (Frame, String) {
        let mut input = Input::new(Box::new(Drip(text.as_bytes(), step)));
        let frame = frame(&mut input, limit);
        while input.more() {}
        (frame, String::from_utf8_lossy(input.window()).into_owned())
    }

    #[test]
    fn values_end_where_they_end() {
        for (value, rest) in [
            ("{}", ",{}"),
            (r#"{"a":"}\"","b":{"c":[]}}"#, "]"),
            (r#"["a]",["b"],{}]"#, ",1"),
            (r#""a\\""#, r#","b""#),
            (r#""\u00e4\"""#, "]"),
            ("12.5", ",3"),
            ("null", "]"),
            ("}", ",{}"),
        ] {
            for step in [1, 2, 3, 1000] {
                let (frame, window) = framed(&format!("{value}{rest}"), step, 1000);
                assert_eq!(frame, Frame::Whole(value.len()), "{value} by {step}");
                assert!(window.starts_with(value));
            }
        }
    }

    #[test]
    fn a_value_without_end_is_cut_off() {
        for value in ["{\"a\":1", "[1,2", "\"abc", "\"abc\\", "{\"a\":\"}"] {
            assert!(matches!(framed(value, 2, 1000).0, Frame::CutOff(_)), "{value}");
        }
        assert_eq!(framed("17", 1, 1000).0, Frame::Whole(2));
    }

    #[test]
    fn a_value_that_is_too_long_is_passed_over() {
        let long = format!("{{\"a\":\"{}\\\"}}\"}}", "x".repeat(400_000));
        for step in [1_000, 70_000, 1_000_000] {
            let (frame, window) = framed(&format!("{long},{{}}"), step, 1_000);
            assert!(matches!(frame, Frame::TooLong(kept) if kept.len() <= KEPT), "by {step}");
            assert_eq!(window, ",{}");
        }
    }

    proptest! {
        /// Whatever the pieces in which bytes arrive, the same end is found.
        #[test]
        fn pieces_do_not_matter(text in r#"[{"][ab{}"\[\]\\,: ]{0,60}"#, step in 1_usize..9) {
            prop_assert_eq!(framed(&text, step, 10_000), framed(&text, 10_000, 10_000));
        }
    }
}
