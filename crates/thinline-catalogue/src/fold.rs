//! One form for names, keys and headers, so that case, spaces, underscores and composed accents do not matter.

use unicode_normalization::UnicodeNormalization as _;

/// NFKC, lower case, letters and digits only.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text
            .bytes()
            .filter(u8::is_ascii_alphanumeric)
            .map(|b| b.to_ascii_lowercase() as char)
            .collect();
    }
    text.nfkc().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect()
}

/// NFKC, lower case, runs of white space as one space; punctuation stays. For patterns with `*`.
pub(crate) fn plain(text: &str) -> String {
    let lower = if text.is_ascii() {
        text.to_ascii_lowercase()
    } else {
        text.nfkc().flat_map(char::to_lowercase).collect()
    };
    if !lower.contains(char::is_whitespace) {
        return lower;
    }
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}
