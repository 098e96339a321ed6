//! One fact on the timeline, as a recipe made it from a row. Where it lies in the store is not known here.

use crate::{Category, Certainty, Kind, Origin, Party, Precision, Sensitivity, Timestamp};
use std::{fmt, sync::Arc};

/// When a record happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// At a second that is a date on the timeline ([`Timestamp::is_datable`]).
    Dated {
        /// The second; for [`Precision::Day`] and coarser, 10:00 UTC of the written day plus a spread by hash.
        at: Timestamp,
        /// How finely it was written.
        precision: Precision,
        /// Why the zone is believed.
        certainty: Certainty,
    },
    /// The service gave no (usable) time: true as of the export.
    Undated,
}

/// The 64 stored bits of the hash over a record's natural key (never over its time, archive or row).
///
/// Two records are the same record if they share the second (or are both undated) and these bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ContentHash(pub u64);

impl ContentHash {
    /// The low 16 bits: the place inside a second.
    pub fn slot(self) -> u16 {
        (self.0 & 0xffff) as u16
    }

    /// The 48 bits above the slot.
    pub fn rest(self) -> u64 {
        self.0 >> 16
    }
}

/// The names of a record's detail fields, in order; shared by all records of a recipe.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DetailShape {
    /// Field names as the service writes them, each with whether it is private (kept, masked, never searched).
    pub fields: Vec<(Text, bool)>,
}

/// By what one fact is recognized when two sources tell it (a play in the account data and in the extended history).
///
/// A coarser telling that begins at second s is the same fact as a finer one that begins in [s, s + 60), if account, name
/// and hash are equal, one to one. The store does the matching.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Fact {
    /// What kind of fact the recipes agree on, such as `play`.
    pub name: Arc<str>,
    /// Over the fields that both sources have; no time, account, archive or row is in it.
    pub hash: u64,
    /// How well its time is known: 0 to the second (the better source), 1 to the minute.
    pub rank: u8,
}

/// Text of a record. Most of it is short, and short text needs no memory of its own.
pub type Text = compact_str::CompactString;

/// One fact.
#[derive(Debug, Clone)]
pub struct Record {
    /// Its identity beside the second.
    pub hash: ContentHash,
    /// When it happened.
    pub when: When,
    /// By what another source's telling of it is recognized; none if no other source is known to tell it.
    pub fact: Option<Fact>,
    /// What sort of fact.
    pub kind: Kind,
    /// Where it comes from.
    pub origin: Origin,
    /// Kind of data.
    pub category: Category,
    /// Who made it.
    pub party: Party,
    /// Raised from the category's least, never lowered.
    pub sensitivity: Sensitivity,
    /// `service/name` of the recipe that read it.
    pub recipe: Arc<str>,
    /// The household profile inside the account, where the file names one.
    pub person: Option<Arc<str>>,
    /// What it is about.
    pub title: Text,
    /// Who made it (artist, show, advertiser); may be empty.
    pub by: Text,
    /// The other company or person involved; may be empty.
    pub counterparty: Text,
    /// Address or URI; may be empty.
    pub url: Text,
    /// The time as the service wrote it, also where it could not be used; empty if there is none.
    pub raw_time: Text,
    /// Values of the recipe's detail fields, in the order of `shape`; missing values are empty.
    pub detail: Vec<Text>,
    /// Names for `detail`.
    pub shape: Arc<DetailShape>,
}

/// A value that must not reach a log, an error or a panic message.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Private<T>(T);

impl<T> Private<T> {
    /// Wraps a value.
    pub fn new(value: T) -> Self {
        Self(value)
    }

    /// The only way in; search for it to review every use.
    pub fn expose(&self) -> &T {
        &self.0
    }
}

impl<T> fmt::Debug for Private<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Private(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_values_do_not_print() {
        assert_eq!(format!("{:?}", Private::new("secret")), "Private(..)");
    }

    #[test]
    fn a_hash_splits_into_slot_and_rest() {
        let hash = ContentHash(0x1234_5678_9abc_def0);
        assert_eq!((hash.slot(), hash.rest()), (0xdef0, 0x1234_5678_9abc));
    }
}
