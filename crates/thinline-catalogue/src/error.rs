//! What can be wrong with a catalogue, with the place where a person has to look.

/// A mistake in a catalogue text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {problem}")]
pub struct CatalogueError {
    /// For example `spotify/recipes.toml`.
    pub file: String,
    /// 1-based.
    pub line: usize,
    /// What is wrong, for the person who edits the catalogue.
    pub problem: String,
}

impl CatalogueError {
    /// A mistake at a byte offset of a text.
    pub(crate) fn at(file: &str, text: &str, offset: usize, problem: impl Into<String>) -> Self {
        let before = text.get(..offset.min(text.len())).unwrap_or(text);
        Self { file: file.to_owned(), line: before.matches('\n').count() + 1, problem: problem.into() }
    }
}

impl From<(&str, &str, toml::de::Error)> for CatalogueError {
    fn from((file, text, error): (&str, &str, toml::de::Error)) -> Self {
        Self::at(file, text, error.span().map_or(0, |span| span.start), error.message())
    }
}
