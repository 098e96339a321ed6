//! What a person asked services for: the waiting state of each package, and the calendar file.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Requests, the newest first.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Requests {
    /// Each asking is one.
    pub requests: Vec<Request>,
    /// Today in the home zone, `YYYY-MM-DD`.
    pub today: String,
}

/// One package of a service that was asked for. Days are `YYYY-MM-DD` and stay what they are in every zone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Request {
    /// Id.
    pub id: u32,
    /// Service id.
    pub service: String,
    /// The service's name.
    pub name: String,
    /// Id of the package in the service's guide.
    pub package: String,
    /// The package, as the service prints it.
    pub label: String,
    /// `asked`, `ready`, `imported` or `gave-up`.
    pub state: String,
    /// Whether it is asked for and should have come by now.
    pub overdue: bool,
    /// When it was asked for.
    pub asked_on: String,
    /// When it comes at the latest, as the service says.
    pub expected_by: String,
    /// When the person said that it is ready.
    pub ready_on: Option<String>,
    /// Last day on which its link works.
    pub link_expires: Option<String>,
    /// When it was imported or given up.
    pub closed_on: Option<String>,
    /// The import that ended it.
    pub import: Option<u32>,
    /// Days until it is expected, or until its link ends; negative after that. None where nothing is known or it has ended.
    pub days_left: Option<i32>,
    /// What the law of the person's country says about the time, where that is known.
    pub duty: Option<Duty>,
    /// Where the service can be reached about data, as the catalogue has it.
    pub contact: Option<String>,
}

/// How long the law gives for an answer. No advice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Duty {
    /// `gdpr`, `uk-gdpr`, `us-state`, `us-iowa`, `canada` or `brazil`.
    pub rule: String,
    /// Last day, weekends rolled forward where the law does so; public holidays are not known here.
    pub due: String,
    /// Whether that day is over.
    pub over: bool,
    /// Where the law can be read; none where no one page covers the place.
    pub source: Option<String>,
    /// When it was noted, `YYYY-MM`.
    pub checked_on: String,
}

/// "I asked for it."
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AskedFor {
    /// Service id.
    pub service: String,
    /// Ids of packages in the service's guide.
    pub packages: Vec<String>,
    /// `YYYY-MM-DD`; today if none.
    pub asked_on: Option<String>,
}

/// "It is ready."
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReadyNow {
    /// Which request.
    pub id: u32,
    /// `YYYY-MM-DD`; today if none.
    pub ready_on: Option<String>,
    /// Last day of the link as the e-mail says; else by what the catalogue knows.
    pub link_expires: Option<String>,
}
