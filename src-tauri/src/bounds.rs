//! How long a value from the window may be.
//!
//! The shapes are held by the wire types (unknown fields are refused), the meaning by core. Here only sizes: so that a
//! window gone wrong can neither fill the memory nor make a question take for ever.

use thinline_core::Result;
use thinline_core::wire::{
    AskedFor, Choose, Code, Filter, ImportAsk, PageAt, Preferences, ProfileRequest, ReadyNow, SetRule, SetUp,
    Target, Unlock, Whose,
};

/// Ids of the program: services, purposes, kinds, tokens.
pub const ID: usize = 64;
/// Ids of records and cursors: opaque, made by core.
const OPAQUE: usize = 512;
/// Names of accounts and persons, as services write them.
const NAME: usize = 1024;
const PASSPHRASE: usize = 1024;
const SEARCH: usize = 200;
/// Days, times, zones, words.
const SHORT: usize = 64;
/// Host names: 253 by the rules of DNS.
const SITE: usize = 253;
/// Entries of a list.
const LIST: usize = 1000;

/// A value whose size is checked before core sees it.
pub trait Bounded {
    /// Whether it fits.
    fn fits(&self) -> bool;
}

/// The value itself, if it fits.
pub fn checked<T: Bounded>(value: T) -> Result<T> {
    if value.fits() { Ok(value) } else { Err(Code::BadValue.into()) }
}

/// An id or a token.
pub fn id(value: String) -> Result<String> {
    if short(&value, ID) { Ok(value) } else { Err(Code::BadValue.into()) }
}

/// One or more words of a recovery code.
pub fn words(value: String) -> Result<String> {
    if short(&value, PASSPHRASE) { Ok(value) } else { Err(Code::BadValue.into()) }
}

/// An id of a record.
pub fn record_id(value: String) -> Result<String> {
    if short(&value, OPAQUE) { Ok(value) } else { Err(Code::BadValue.into()) }
}

/// A name that the person gives.
pub fn name(value: String) -> Result<String> {
    if short(&value, NAME) { Ok(value) } else { Err(Code::BadValue.into()) }
}

fn short(value: &str, most: usize) -> bool {
    value.chars().take(most + 1).count() <= most
}

fn maybe(value: &Option<String>, most: usize) -> bool {
    value.as_deref().is_none_or(|text| short(text, most))
}

fn list(values: &[String], most: usize) -> bool {
    values.len() <= LIST && values.iter().all(|text| short(text, most))
}

impl Bounded for ImportAsk {
    fn fits(&self) -> bool {
        let word = |text: &Option<String>, most| text.as_deref().is_none_or(|text| short(text, most));
        word(&self.service, ID) && word(&self.account, NAME) && word(&self.date_order, SHORT)
    }
}

impl Bounded for SetUp {
    fn fits(&self) -> bool {
        maybe(&self.passphrase, PASSPHRASE)
            && maybe(&self.key_file, ID)
            && list(&self.services, ID)
            && short(&self.country, SHORT)
    }
}

impl Bounded for Unlock {
    fn fits(&self) -> bool {
        maybe(&self.passphrase, PASSPHRASE) && maybe(&self.key_file, ID)
    }
}

impl Bounded for AskedFor {
    fn fits(&self) -> bool {
        short(&self.service, ID) && list(&self.packages, ID) && maybe(&self.asked_on, SHORT)
    }
}

impl Bounded for ReadyNow {
    fn fits(&self) -> bool {
        maybe(&self.ready_on, SHORT) && maybe(&self.link_expires, SHORT)
    }
}

impl Bounded for Target {
    fn fits(&self) -> bool {
        short(&self.what, SHORT) && short(&self.of, OPAQUE) && maybe(&self.service, ID)
    }
}

impl Bounded for SetRule {
    fn fits(&self) -> bool {
        short(&self.service, ID) && short(&self.category, ID) && short(&self.rule, SHORT)
    }
}

impl Bounded for Vec<Whose> {
    fn fits(&self) -> bool {
        self.len() <= LIST && self.iter().all(|one| short(&one.whose, SHORT))
    }
}

impl Bounded for Choose {
    fn fits(&self) -> bool {
        short(&self.service, ID)
            && short(&self.what, ID)
            && short(&self.value, ID)
            && maybe(&self.until, SHORT)
            && list(&self.except, SITE)
    }
}

impl Bounded for Filter {
    fn fits(&self) -> bool {
        list(&self.services, ID)
            && list(&self.accounts, NAME)
            && list(&self.persons, NAME)
            && list(&self.kinds, ID)
            && list(&self.categories, ID)
            && maybe(&self.usable_for, ID)
            && maybe(&self.from, SHORT)
            && maybe(&self.to, SHORT)
            && short(&self.search, SEARCH)
    }
}

impl Bounded for PageAt {
    fn fits(&self) -> bool {
        maybe(&self.cursor, OPAQUE) && maybe(&self.day, SHORT)
    }
}

impl Bounded for ProfileRequest {
    fn fits(&self) -> bool {
        self.filter.fits() && short(&self.precision, SHORT)
    }
}

impl Bounded for Preferences {
    fn fits(&self) -> bool {
        short(&self.appearance, SHORT) && short(&self.home_zone, SHORT) && short(&self.country, SHORT)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use thinline_core::wire::SlotKind;

    #[test]
    fn a_search_is_counted_in_characters() {
        let filter = |search: String| Filter { search, ..Filter::default() };
        assert!(filter("é".repeat(SEARCH)).fits());
        assert!(!filter("é".repeat(SEARCH + 1)).fits());
    }

    #[test]
    fn a_passphrase_of_the_greatest_length_fits_and_one_more_does_not() {
        let unlock =
            |n| Unlock { key: SlotKind::Passphrase, passphrase: Some("a".repeat(n)), key_file: None };
        assert!(unlock(1024).fits());
        assert!(!unlock(1025).fits());
    }

    #[test]
    fn a_list_with_too_many_entries_is_refused() {
        let filter = |n| Filter { kinds: vec!["inferred".into(); n], ..Filter::default() };
        assert!(filter(LIST).fits());
        assert!(!filter(LIST + 1).fits());
    }

    #[test]
    fn the_filter_inside_a_profile_request_is_checked() {
        let filter = Filter { services: vec!["x".repeat(ID + 1)], ..Filter::default() };
        assert!(!ProfileRequest { filter, ..ProfileRequest::default() }.fits());
    }
}
