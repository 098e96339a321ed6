//! The built `thinline` command as scripts meet it: the contract, keys, bad input, and rough handling.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panic, as the tests do")]

mod again;
mod bad_input;
mod catalogue;
mod contract;
mod erase;
mod home;
mod keys;
mod requests;
mod rough;
mod shape;
#[cfg(target_os = "linux")]
mod terminal;
mod ways;
