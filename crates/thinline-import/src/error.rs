//! What can go wrong with an archive or with one file in it; each variant is something a person can act on.

use std::io;

/// The archive as a whole cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// Neither an archive, nor a folder that can be listed, nor text that an export could consist of.
    #[error("this is no archive")]
    NotAnArchive,
    /// It begins like an archive, but some of it is missing or damaged: the download broke off.
    #[error("the archive is cut off or damaged")]
    Truncated,
    /// It is an archive of a form that is not read: 7z, rar and others.
    #[error("archives of this form are not read")]
    NotSupported,
    /// It is one piece of a zip that was split by a zip program.
    #[error("this is one piece of a split archive")]
    Split,
    /// Some of it needs a password.
    #[error("the archive is encrypted")]
    Encrypted,
    /// It breaks a limit that keeps this computer safe.
    #[error("the archive breaks the limit on {0}")]
    Limit(Limit),
    /// A name inside points outside, or is a link: no service sends that.
    #[error("the archive holds a name that points outside of it, or a link")]
    UnsafePath,
    /// Its files name two different accounts: it is two exports.
    #[error("the archive holds exports of two accounts")]
    TwoAccounts,
    /// Two recipes claim the same rows: a mistake in the catalogue, not in the archive.
    #[error("the recipes {0} and {1} claim the same rows")]
    RecipesClash(String, String),
    /// Reading failed.
    #[error("reading the archive failed")]
    Io(#[from] io::Error),
}

/// One file of the archive cannot be read, or not to its end. The other files can.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The packed bytes or their checksum are wrong.
    #[error("the file is damaged in the archive")]
    Damaged,
    /// It ends in the middle of a row or of a list.
    #[error("the file is cut off")]
    CutOff,
    /// It is packed in a way that is not supported.
    #[error("the file is packed in a way that is not supported")]
    Method,
    /// It needs a password.
    #[error("the file is encrypted")]
    Encrypted,
    /// It is not in the format that its name promises.
    #[error("the file is not what its name says")]
    Format,
    /// It breaks a limit that keeps this computer safe.
    #[error("the file breaks the limit on {0}")]
    Limit(Limit),
    /// Its dates can be read in two ways, and nobody said in which.
    #[error("the dates in the file can be read in two ways")]
    DateOrder,
    /// Reading failed.
    #[error("reading the file failed")]
    Io(#[source] io::Error),
}

/// The limits under which archives are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Limit {
    /// How many files.
    Entries,
    /// How many bytes, unpacked.
    TotalBytes,
    /// How many times larger unpacked than packed.
    Ratio,
    /// How long a name.
    PathLength,
}

impl Limit {
    /// The stable id.
    pub fn id(self) -> &'static str {
        match self {
            Self::Entries => "entries",
            Self::TotalBytes => "total-bytes",
            Self::Ratio => "ratio",
            Self::PathLength => "path-length",
        }
    }
}

impl std::fmt::Display for Limit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id())
    }
}
