//! The encrypted database: open, migrate, tables, queries.
//!
//! Connections and SQL never leave this crate. One writer, several readers; what must be written together is written in one
//! closure over [`Write`]. There is no clock, no randomness and no time-zone data here: core brings them.
//! What would surprise: a record's id is its place in time (see [`key`]), and undated records have negative ids.

mod check;
mod copy;
mod error;
#[doc(hidden)]
pub mod floor;
pub mod key;
mod open;
mod pack;
mod query;
mod rekey;
mod sound;
mod store;
mod table;
mod text;
mod zone;

pub use check::Checked;
pub use copy::Snapshot;
pub use error::StoreError;
pub use query::{FacetSet, Hit, PageQuery, SearchBar, Way};
pub use store::{Read, Store, Write};
pub use table::choice::{ChangeRow, ChoiceRow};
pub use table::erase::{Erased, Touched};
pub use table::facet::FacetRow;
pub use table::import::{CoverageRow, FileRow, ImportRow, NewImport};
pub use table::ingest::{Batch, BatchRow, FileTally, Ingest, RowFate, Span};
pub use table::log::{Appended, LogRow, Signer, Verified};
pub use table::original::{number_of, part_of, row_of};
pub use table::person::{AccountRow, PersonRow};
pub use table::record::{OwnRecord, RecordRow};
pub use table::removal::Removed;
pub use table::request::RequestRow;
pub use table::rule::{RuleKind, RuleRow, Rules};
pub use zone::{UNDATED_DAY, Zone};

/// What functions of this crate answer.
pub type Result<T> = std::result::Result<T, StoreError>;
