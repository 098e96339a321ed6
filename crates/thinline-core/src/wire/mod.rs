//! What core answers, as it is written to `--json` and sent to the window: one shape for both.
//!
//! The command line's contract: fields may be added, never renamed. Numbers that can pass 2^53 do not occur;
//! record ids are opaque strings. Texts from exports stand here as they are: whoever shows them shows text.
//! The TypeScript types in `ui/src/ipc/bindings` are generated from here.

mod error;
mod imports;
mod log;
mod profile;
mod services;
mod state;
mod timeline;

pub use error::*;
pub use imports::*;
pub use log::*;
pub use profile::*;
pub use services::*;
pub use state::*;
pub use timeline::*;
