//! What the window may ask, one file per area. Each command checks sizes, asks core once, and answers.

pub mod erase;
pub mod import;
pub mod keys;
pub mod log;
pub mod profile;
pub mod recovery;
pub mod requests;
pub mod services;
pub mod settings;
pub mod state;
pub mod timeline;
