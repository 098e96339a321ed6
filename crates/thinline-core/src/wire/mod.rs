//! What core answers, as it is written to `--json` and sent to the window: one shape for both.
//!
//! The command line's contract: fields may be added, never renamed. Numbers that can pass 2^53 do not occur;
//! record ids are opaque strings. Texts from exports stand here as they are: whoever shows them shows text.
//! The TypeScript types in `ui/src/ipc/bindings` are generated from here.

mod catalogue;
mod check;
mod erase;
mod error;
mod imports;
mod keep;
mod keys;
mod lock;
mod log;
mod people;
mod profile;
mod recovery;
mod requests;
mod services;
mod state;
mod timeline;
mod todo;
mod watch;

pub use catalogue::*;
pub use check::*;
pub use erase::*;
pub use error::*;
pub use imports::*;
pub use keep::*;
pub use keys::*;
pub use lock::*;
pub use log::*;
pub use people::*;
pub use profile::*;
pub use recovery::*;
pub use requests::*;
pub use services::*;
pub use state::*;
pub use timeline::*;
pub use todo::*;
pub use watch::*;
