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

/// What a person typed, cut into words exactly where `unicode61` cuts: the index holds no positions, so a quoted text of
/// two words would be refused.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Sought {
    words: Vec<String>,
    /// The last word, while it may still be typed: from four letters on it stands for all words that begin so.
    pub beginning: Option<String>,
}

/// None if there is nothing to look for.
pub(crate) fn sought(typed: &str) -> Option<Sought> {
    let mut words = Vec::new();
    for word in typed.split(|c: char| !in_word(c)).filter(|w| !w.is_empty()) {
        for (cjk, run) in runs(word) {
            if cjk {
                words.extend(bigrams(run));
            } else {
                words.push(run.to_owned());
            }
        }
    }
    let ends_in_word = typed.chars().next_back().is_some_and(char::is_alphanumeric);
    let open = |word: &&String| ends_in_word && (word.chars().count() >= 4 || word.chars().all(is_cjk));
    let beginning = words.last().filter(open).cloned();
    if beginning.is_some() {
        words.pop();
    }
    (beginning.is_some() || !words.is_empty()).then_some(Sought { words, beginning })
}

impl Sought {
    /// As an FTS5 expression. `endings` are the words that begin as the last one does, if they are known; else FTS5 finds
    /// them itself. Quoting makes every operator of FTS5 plain text.
    pub(crate) fn expression(&self, endings: Option<&[String]>) -> String {
        let quoted = |word: &String| format!("\"{word}\"");
        let mut parts: Vec<String> = self.words.iter().map(quoted).collect();
        match (&self.beginning, endings) {
            (Some(_), Some(endings)) if !endings.is_empty() => {
                parts.push(format!("({})", endings.iter().map(quoted).collect::<Vec<_>>().join(" OR ")));
            }
            (Some(beginning), Some(_)) => parts.push(quoted(beginning)),
            (Some(beginning), None) => parts.push(format!("{}*", quoted(beginning))),
            (None, _) => {}
        }
        parts.join(" AND ")
    }
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
        let expression = |typed: &str| sought(typed).map(|sought| sought.expression(None));
        assert_eq!(expression("low wat").as_deref(), Some("\"low\" AND \"wat\""));
        assert_eq!(expression("low wate").as_deref(), Some("\"low\" AND \"wate\"*"));
        assert_eq!(expression("low wate ").as_deref(), Some("\"low\" AND \"wate\""));
        assert_eq!(expression("a OR \"b* NEAR(").as_deref(), Some("\"a\" AND \"OR\" AND \"b\" AND \"NEAR\""));
        assert_eq!(expression(" -- \"*"), None);
        assert_eq!(expression("港の灯").as_deref(), Some("\"港の\" AND \"の灯\"*"));
        assert_eq!(expression("हिन्दी ").as_deref(), Some("\"ह\" AND \"न\" AND \"द\""));
    }

    #[test]
    fn known_endings_stand_for_an_open_word() {
        let sought = sought("low wate").unwrap();
        assert_eq!(
            sought.expression(Some(&["water".into(), "waters".into()])),
            "\"low\" AND (\"water\" OR \"waters\")"
        );
        assert_eq!(sought.expression(Some(&[])), "\"low\" AND \"wate\"");
    }
}
