//! The words everyone uses: services, purposes, categories, records and choices.
//!
//! This crate has no I/O, no serialization and no clock. Ids (`Purpose::id` and its siblings) are
//! stored, exported and logged: they are never renamed. Names shown to people live in `ui/src/text`.

mod record;
mod service;
mod time;
mod words;

pub use record::{ContentHash, DetailShape, Fact, Private, Record, Text, When};
pub use service::{ServiceId, ServiceIdError};
pub use time::{Certainty, MAX_SECOND, Precision, Timestamp};
pub use words::{
    ALL_SITES, Availability, Category, EffectState, Kind, Origin, Party, Purpose, PurposeGroup, Sensitivity,
    UnknownWord, Wish,
};
