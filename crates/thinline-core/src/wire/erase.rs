//! Erasing for good, hiding, and rules for what is imported.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What is to be erased or hidden.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// `record`, `day`, `category`, `import`, `service` or `all`; for hiding only the first two.
    pub what: String,
    /// The record's id, the day (`YYYY-MM-DD`), the category id, the import's number, the service id; empty for `all`.
    pub of: String,
    /// For a category: of this service only.
    pub service: Option<String>,
}

/// What an erasure would take. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ErasePlan {
    /// Records that go for good.
    pub records: u32,
    /// Records that stay because another import holds them too; only for an import.
    pub kept: u32,
    /// Log entries whose content goes. The entries themselves stay.
    pub log_entries: u32,
}

/// What an erasure took.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Erased {
    /// As asked.
    pub what: String,
    /// Records.
    pub records: u32,
    /// Original rows.
    pub rows: u32,
    /// Log entries whose content went.
    pub log_entries: u32,
    /// Older copies of the database beside it that went as well.
    pub copies: u32,
    /// Log sequence of the entry that says so; none if there was nothing to erase.
    pub log: Option<u32>,
}

/// What hiding changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Hidden {
    /// Records that changed.
    pub records: u32,
    /// Whether they are hidden now.
    pub hidden: bool,
    /// Log sequence of the entry; none if nothing changed.
    pub log: Option<u32>,
}

/// Every rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Rules {
    /// In order of service and category.
    pub rules: Vec<Rule>,
}

/// A rule for a category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Rule {
    /// Service id, or `*` for all.
    pub service: String,
    /// Category id.
    pub category: String,
    /// `never` (not imported) or `hide`.
    pub rule: String,
    /// Records of it that are there.
    pub records: u32,
}

/// Sets a rule, or lifts it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SetRule {
    /// Service id, or `*` for all.
    pub service: String,
    /// Category id.
    pub category: String,
    /// `never`, `hide` or `none`.
    pub rule: String,
}
