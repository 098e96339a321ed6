//! One file per table or group of tables: row shape, reading, writing.

pub mod choice;
pub mod erase;
pub mod facet;
mod facts;
pub mod import;
pub mod ingest;
pub mod log;
mod mark;
pub mod meta;
pub mod original;
pub mod person;
mod places;
mod reading;
pub mod record;
pub(crate) mod removal;
pub mod request;
pub mod rollup;
pub mod rule;
pub mod sighting;
mod words;
