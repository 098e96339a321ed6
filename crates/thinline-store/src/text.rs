//! How text reaches the full-text index: runs of Han, kana and hangul become overlapping bigrams, the rest stays.
//!
//! `unicode61` makes one word of a whole run of ideographs; with bigrams two characters of it can be found.

use std::borrow::Cow;

/// Prepares a text for the index. Borrowed when it has no CJK run, which is almost always.
pub(crate) fn for_index(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || !text.chars().any(is_cjk) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() * 3);
    for (cjk, run) in runs(text) {
        if cjk {
            out.push(' ');
            out.push_str(&bigrams(run).join(" "));
            out.push(' ');
        } else {
            out.push_str(run);
        }
    }
    Cow::Owned(out)
}

/// Turns what a person typed into an FTS5 expression: all words, the last one as a prefix from four letters on.
///
/// `None` if there is nothing to look for. Quoting makes every operator of FTS5 plain text. Words are cut exactly where
/// `unicode61` cuts them: the index holds no positions, so a quoted text of two words would be refused.
pub(crate) fn match_expression(typed: &str) -> Option<String> {
    let mut terms = Vec::new();
    for word in typed.split(|c: char| !in_word(c)).filter(|w| !w.is_empty()) {
        for (cjk, run) in runs(word) {
            if cjk {
                terms.extend(bigrams(run).into_iter().map(|gram| (gram, false)));
            } else {
                terms.push((run.to_owned(), false));
            }
        }
    }
    let ends_in_word = typed.chars().next_back().is_some_and(char::is_alphanumeric);
    if let Some((word, prefix)) = terms.last_mut() {
        *prefix = ends_in_word && (word.chars().count() >= 4 || word.chars().all(is_cjk));
    }
    if terms.is_empty() {
        return None;
    }
    let quoted = terms.iter().map(|(word, prefix)| format!("\"{word}\"{}", if *prefix { "*" } else { "" }));
    Some(quoted.collect::<Vec<_>>().join(" "))
}

/// Letters, numbers and the accents that `unicode61` folds away; other marks (vowel signs, say) separate for it.
fn in_word(c: char) -> bool {
    let folded = matches!(u32::from(c), 768..=817);
    folded || c.is_alphanumeric() && !unicode_normalization::char::is_combining_mark(c)
}

fn is_cjk(c: char) -> bool {
    matches!(u32::from(c),
        0x3040..=0x30ff | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xac00..=0xd7af | 0xf900..=0xfaff | 0x20000..=0x3ffff)
}

/// Splits into maximal runs that are CJK or not.
fn runs(text: &str) -> Vec<(bool, &str)> {
    let mut found: Vec<(bool, &str)> = Vec::new();
    let mut start = 0;
    let mut kind = None;
    for (at, c) in text.char_indices() {
        let cjk = is_cjk(c);
        if let Some(before) = kind
            && before != cjk
        {
            found.push((before, &text[start..at]));
            start = at;
        }
        kind = Some(cjk);
    }
    if let Some(last) = kind {
        found.push((last, &text[start..]));
    }
    found
}

fn bigrams(run: &str) -> Vec<String> {
    let chars: Vec<char> = run.chars().collect();
    if chars.len() < 2 {
        return vec![run.to_owned()];
    }
    chars.windows(2).map(|pair| pair.iter().collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latin_text_is_left_alone_and_cjk_becomes_bigrams() {
        assert!(matches!(for_index("Low Water"), Cow::Borrowed("Low Water")));
        assert_eq!(for_index("港の灯 live").trim(), "港の の灯  live");
        assert_eq!(for_index("港").trim(), "港");
    }

    #[test]
    fn what_a_person_types_is_never_an_operator() {
        assert_eq!(match_expression("low wat").as_deref(), Some("\"low\" \"wat\""));
        assert_eq!(match_expression("low wate").as_deref(), Some("\"low\" \"wate\"*"));
        assert_eq!(match_expression("a OR \"b* NEAR(").as_deref(), Some("\"a\" \"OR\" \"b\" \"NEAR\""));
        assert_eq!(match_expression(" -- \"*"), None);
        assert_eq!(match_expression("港の灯").as_deref(), Some("\"港の\" \"の灯\"*"));
        assert_eq!(match_expression("हिन्दी ").as_deref(), Some("\"ह\" \"न\" \"द\""));
    }
}
