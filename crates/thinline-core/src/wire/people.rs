//! Accounts and household profiles: whose they are, and how much is left out of counts because of it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// `thinline people`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct People {
    /// Accounts that something was imported for.
    pub accounts: Vec<AccountLine>,
    /// Household profiles with records.
    pub people: Vec<PersonLine>,
}

/// An account at a service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AccountLine {
    /// For renaming.
    pub id: u32,
    /// Service id.
    pub service: String,
    /// Name.
    pub name: String,
    /// Whether exports of it are recognized by an id that they hold.
    pub recognized: bool,
    /// Records.
    pub records: u32,
}

/// A household profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PersonLine {
    /// For deciding.
    pub id: u32,
    /// Service id.
    pub service: String,
    /// Name of the account.
    pub account: String,
    /// Name, as the service has it.
    pub name: String,
    /// `mine`, `not-mine` or `undecided`.
    pub whose: String,
    /// Whether the person said so; if not, it is the only name of its account.
    pub decided: bool,
    /// Records.
    pub records: u32,
}

/// Whose a household profile is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Whose {
    /// Id of the [`PersonLine`].
    pub id: u32,
    /// `mine`, `not-mine` or `undecided`.
    pub whose: String,
}

/// Records that fit a question and are not in its counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
pub struct LeftOut {
    /// Of household profiles that nobody decided about.
    pub undecided: u32,
    /// Of household profiles of others.
    pub not_mine: u32,
    /// Hidden ones.
    pub hidden: u32,
}
