//! What the program does: the only place where the parts meet.
//!
//! [`Core`] is used by the window and by the command line alike. It knows no UI and no Tauri. Every answer is a type of
//! [`wire`]; every failure is a [`wire::ApiError`] with a closed code and no content of anybody's data.

pub mod vault;
pub mod wire;

mod facade;

pub use facade::{Core, Dirs, ExportForm, ImportOptions, ImportWatch, Key, StatKey, Topic};

/// What core's functions answer.
pub type Result<T> = std::result::Result<T, wire::ApiError>;
