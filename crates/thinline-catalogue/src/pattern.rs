//! Patterns on file names and on column headers. A pattern never sees a full path: archives differ in their root.

use crate::fold::{fold, plain};
use globset::{GlobBuilder, GlobMatcher};

/// What `#` stands for in a file pattern: pages and hourly sums of one kind of event.
const PAGES: &str = "{,_hourly}{,_[0-9]*}";

/// A glob on the base name (`endsong_*.json`) or on the parent and the base name (`MESSAGES/*.csv`), in any case. `#` in it
/// stands for nothing, `_Hourly`, a page number, or both.
#[derive(Debug, Clone)]
pub struct FilePattern {
    written: String,
    /// What every name that matches begins with: compared first, since most names match nothing.
    begins: String,
    matcher: GlobMatcher,
    with_parent: bool,
}

impl PartialEq for FilePattern {
    fn eq(&self, other: &Self) -> bool {
        self.written == other.written
    }
}

impl Eq for FilePattern {}

impl FilePattern {
    /// Compiles a glob.
    pub(crate) fn new(written: &str) -> Result<Self, String> {
        let parts = written.matches('/').count();
        if written.is_empty() || parts > 1 || written.contains('\\') {
            return Err(format!("{written:?} is no pattern on `name` or `folder/name`"));
        }
        let plain = plain(written);
        let begins = plain.split(['*', '?', '[', '{', '#']).next().unwrap_or_default().to_owned();
        let glob = GlobBuilder::new(&plain.replace('#', PAGES))
            .literal_separator(true)
            .empty_alternates(true)
            .build()
            .map_err(|error| format!("{written:?} is no pattern: {}", error.kind()))?;
        let (written, with_parent) = (written.to_owned(), parts == 1);
        Ok(Self { written, begins, matcher: glob.compile_matcher(), with_parent })
    }

    /// As written in the catalogue.
    pub fn written(&self) -> &str {
        &self.written
    }

    /// Whether a name matches.
    pub fn matches(&self, name: &FileName) -> bool {
        let tail = if self.with_parent { &name.tail } else { &name.tail[name.base..] };
        let begins = self.begins.as_bytes();
        let could = (name.base > 0 || !self.with_parent)
            && begins.first().is_none_or(|first| tail.as_bytes().first() == Some(first))
            && tail.as_bytes().starts_with(begins);
        could && self.matcher.is_match(tail)
    }
}

/// The last two parts of a path in the form in which patterns see it; made once per file, since it is compared often.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileName {
    /// `parent/base`, or `base`.
    tail: String,
    /// Where the base name begins.
    base: usize,
}

impl FileName {
    /// Takes a path inside an archive, with `/` between its parts.
    pub fn new(path: &str) -> Self {
        let mut parts = path.rsplit('/');
        let base = plain(parts.next().unwrap_or_default());
        match parts.next() {
            None => Self { tail: base, base: 0 },
            Some(parent) => {
                let tail = format!("{}/{base}", plain(parent));
                Self { base: tail.len() - base.len(), tail }
            }
        }
    }
}

/// A column: a folded name, or a pattern with a `*` at one end or both that keeps punctuation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnPattern {
    written: String,
    wanted: Wanted,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Wanted {
    Name(String),
    Prefix(String),
    Suffix(String),
    Middle(String),
}

impl ColumnPattern {
    /// Compiles a pattern.
    pub(crate) fn new(written: &str) -> Result<Self, String> {
        let wanted = match (written.strip_prefix('*'), written.strip_suffix('*')) {
            (None, None) if !fold(written).is_empty() => Wanted::Name(fold(written)),
            (Some(rest), None) => Wanted::Suffix(plain(rest)),
            (None, Some(rest)) => Wanted::Prefix(plain(rest)),
            (Some(rest), Some(_)) if rest.len() > 1 => Wanted::Middle(plain(&rest[..rest.len() - 1])),
            _ => return Err(format!("{written:?} is no column, `start *`, `* end` or `* middle *`")),
        };
        let rest_is_plain = match &wanted {
            Wanted::Name(name) | Wanted::Prefix(name) | Wanted::Suffix(name) | Wanted::Middle(name) => {
                !name.is_empty() && !name.contains('*')
            }
        };
        if rest_is_plain && !written.trim_matches('*').contains('*') {
            Ok(Self { written: written.to_owned(), wanted })
        } else {
            Err(format!("{written:?} is no column, `start *`, `* end` or `* middle *`"))
        }
    }

    /// As written in the catalogue.
    pub fn written(&self) -> &str {
        &self.written
    }

    /// Whether a header matches.
    pub fn matches(&self, header: &str) -> bool {
        match &self.wanted {
            Wanted::Name(name) => fold(header) == *name,
            Wanted::Prefix(start) => plain(header).starts_with(start.as_str()),
            Wanted::Suffix(end) => plain(header).ends_with(end.as_str()),
            Wanted::Middle(part) => plain(header).contains(part.as_str()),
        }
    }
}
