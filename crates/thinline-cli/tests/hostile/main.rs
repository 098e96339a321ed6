//! Files that are made to harm, or came broken: each is given to the real `thinline import` in a process of its own, under
//! limits on time and memory. Refused ones leave everything as it was and say what to do next; of the others the account
//! adds up. Nothing is ever written beside the data. All is made here from seeds; no large file lies in the repository.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panic, as the tests do")]

mod bombs;
mod forms;
mod make;
mod names;
mod rows;
mod run;
mod space;
mod truncated;
