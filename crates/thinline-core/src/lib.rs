//! What the program does: the only place where the parts meet.
//!
//! [`Core`] is used by the window and by the command line alike. It knows no UI and no Tauri. Every answer is a type of
//! [`wire`]; every failure is a [`wire::ApiError`] with a closed code and no content of anybody's data.

#[doc(hidden)]
pub mod bench;
mod calendar;
mod catalogue;
mod choices;
mod clock;
mod dirs;
mod duties;
mod erase;
mod facade;
mod fault;
mod filter;
mod imports;
mod journal;
mod keep;
mod keys;
mod lock;
mod masked;
mod memory;
mod people;
mod profile;
mod recovery;
mod requests;
mod rules;
mod sample;
mod services;
mod session;
mod shown;
#[doc(hidden)]
pub mod sound;
mod stats;
mod timeline;
mod todo;
pub mod vault;
pub mod wire;

pub use dirs::Dirs;
pub use facade::{Core, Key, Listener, Topic};
pub use imports::{Arrival, ImportOptions, ImportWatch, Looks};
pub use lock::{Closing, Sealed};
pub use memory::close_memory;
pub use profile::ExportForm;
pub use stats::StatKey;
pub use thinline_import::DateOrder;

/// What core's functions answer.
pub type Result<T> = std::result::Result<T, wire::ApiError>;
