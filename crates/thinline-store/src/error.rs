//! What can go wrong in the store. Nothing here carries content of a record or SQL with values.

/// A failure of the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The key does not open the file, or the file is no database.
    #[error("the key does not open the database, or it is damaged")]
    NotADatabase,
    /// The database was written by a newer version.
    #[error("the database has schema {found}, this program knows {known}")]
    TooNew {
        /// Schema of the file.
        found: u32,
        /// Newest schema known here.
        known: u32,
    },
    /// SQLite found damage.
    #[error("the database is damaged")]
    Damaged,
    /// Another connection holds the write lock.
    #[error("another program is writing to the database")]
    Busy,
    /// The disk is full.
    #[error("the disk is full")]
    DiskFull,
    /// The file or its folder cannot be written.
    #[error("the database cannot be written")]
    ReadOnly,
    /// The linked SQLite is not SQLCipher: nothing would be encrypted.
    #[error("the program was built without encryption")]
    NotEncrypted,
    /// What was asked for is not there.
    #[error("there is no such row")]
    Missing,
    /// A stored value is not one that this program writes.
    #[error("a stored value is not readable")]
    Unreadable,
    /// The log could not be written or read.
    #[error("the log does not fit together")]
    Log,
    /// Anything else that SQLite reports; the number is its extended result code.
    #[error("the database reports code {0}")]
    Sqlite(i32),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        let rusqlite::Error::SqliteFailure(failure, _) = &error else {
            return match error {
                rusqlite::Error::QueryReturnedNoRows => Self::Missing,
                _ => Self::Unreadable,
            };
        };
        match failure.code {
            Code::NotADatabase => Self::NotADatabase,
            Code::DatabaseCorrupt => Self::Damaged,
            Code::DatabaseBusy | Code::DatabaseLocked => Self::Busy,
            Code::DiskFull => Self::DiskFull,
            Code::ReadOnly | Code::CannotOpen | Code::PermissionDenied => Self::ReadOnly,
            _ => Self::Sqlite(failure.extended_code),
        }
    }
}

impl From<std::io::Error> for StoreError {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::StorageFull => Self::DiskFull,
            std::io::ErrorKind::NotFound => Self::Missing,
            _ => Self::ReadOnly,
        }
    }
}
