//! From archive to records: detect whose export it is, plan its files, read rows, make records.
//!
//! Pure: bytes in, records out. This crate has no store, clock, network or path of this computer; the caller opens
//! the file or the folder and hands in something that reads. Whether a record is already known is the caller's matter.
//! Nothing is unpacked to disk, and memory does not grow with a file: one element or line is held at a time.
//! Errors never carry what stands in a file, and reports only the header of a table and the names of lists: those are
//! for the screen, not for logs.

mod account;
mod archive;
#[doc(hidden)]
pub mod by_hand;
mod cell;
mod check;
mod date_order;
mod detect;
mod error;
mod frame;
mod input;
mod key;
mod lines;
mod list;
mod lists;
mod look;
mod make;
mod plan;
mod read;
mod report;
mod reread;
mod rowmaker;
mod scala;
mod scrub;
mod secret;
mod series;
mod slots;
mod time;
mod transform;
mod trie;

pub use account::account_id;
pub use archive::{Archive, Folder, FolderEntry, Joined, Limits, Member, ReadSeek, Sealed};
pub use check::{Glance, Seen, glance, languages, wider};
pub use date_order::{DateColumn, DateOrder, date_column};
pub use detect::{Detection, Match, detect};
pub use error::{ImportError, Limit, ReadError};
pub use plan::{FileState, OTHER_FORMAT, PlannedFile, UNKNOWN_COLUMNS, offered_as, plan};
pub use read::{Context, RowOutcome, RowRead, Sink, read_file};
pub use report::{FailReason, FileReport, Note, PartReport, PartState, SkipReason};
pub use reread::private_values;
pub use series::{Hole, Series, series, years};
