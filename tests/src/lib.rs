//! What the tests of the whole program stand on. The tests themselves lie in `tests/tests/`.
//!
//! Code here panics where a test would: a message with the place of the caller is what a person needs.

#[cfg(unix)]
pub mod harness;
