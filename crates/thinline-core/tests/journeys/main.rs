//! Whole journeys through `Core`: import, timeline, choices, profile export, log; with invented archives whose totals are
//! known from the way they were made.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panic, as the tests do")]

mod again;
mod archives;
mod backups;
mod checks;
mod choices;
mod erase;
mod forms;
mod home;
mod imports;
mod keys;
mod log;
mod orders;
mod people;
mod private;
mod profile;
mod recovery;
mod requests;
mod sample;
mod timeline;
mod totals;
mod twofold;
