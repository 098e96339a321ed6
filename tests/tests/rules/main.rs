//! The rules of this codebase, as tests instead of review comments.
//!
//! They read the repository: cargo's own account of the dependencies, and the sources as text. They never run the program.
//! Whoever changes a table here changes a decision: say why in `docs/adr/`.

mod crates;
mod doors;
mod promises;
mod sources;
mod supply;
mod tree;
