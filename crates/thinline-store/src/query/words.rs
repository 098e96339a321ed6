//! From what a person typed to what the full-text index is asked.
//!
//! A beginning of a word is looked up in the list of words first and asked for as those words: the index walks their hits
//! lazily from the newest one. Asked for a beginning itself, it would merge every hit of every such word before the first
//! is known, which takes longer the more is held. The list costs nothing: it is the index itself, read word by word.

use crate::{Read, Result, text};
use rusqlite::OptionalExtension;

/// Words that a beginning is spelled out as, at most; with more of them the index does it.
const MOST_ENDINGS: usize = 100;

impl Read<'_> {
    /// None if there is nothing to look for.
    pub(crate) fn match_expression(&self, typed: &str) -> Result<Option<String>> {
        let Some(sought) = text::sought(typed) else { return Ok(None) };
        let endings = match &sought.beginning {
            // Only here it is certain how the index folded case and accents.
            Some(beginning) if beginning.is_ascii() => self.words_from(&beginning.to_ascii_lowercase())?,
            _ => None,
        };
        Ok(Some(sought.expression(endings.as_deref())))
    }

    /// All words with a beginning; none if there are too many.
    fn words_from(&self, beginning: &str) -> Result<Option<Vec<String>>> {
        let mut next =
            self.conn.prepare_cached("SELECT term FROM record_text_word WHERE term >= ?1 LIMIT 1")?;
        let mut words = Vec::new();
        let mut from = beginning.to_owned();
        loop {
            let found: Option<String> = next.query_row([&from], |row| row.get(0)).optional()?;
            let Some(word) = found.filter(|word| word.starts_with(beginning)) else { return Ok(Some(words)) };
            if words.len() == MOST_ENDINGS {
                return Ok(None);
            }
            // The least text that sorts behind this word: no word of the index has a control character.
            from = format!("{word}\u{1}");
            words.push(word);
        }
    }
}
