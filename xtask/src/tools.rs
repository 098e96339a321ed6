//! Tools built from crates.io, each in a folder of its exact version, so that a new version never meets an old binary.

use std::path::PathBuf;

use crate::command::{Failure, Run};
use crate::project::Project;

/// A program from crates.io.
pub struct Tool {
    pub name: &'static str,
    pub version: &'static str,
}

/// Licenses, banned crates, sources.
pub const CARGO_DENY: Tool = Tool { name: "cargo-deny", version: "0.20.2" };

/// Bills of materials.
pub const CARGO_CYCLONEDX: Tool = Tool { name: "cargo-cyclonedx", version: "0.5.9" };

/// The tool's binary; builds it first if it is not there.
pub fn binary(project: &Project, tool: &Tool) -> Result<PathBuf, Failure> {
    let folder = project.tools().join(format!("{}-{}", tool.name, tool.version));
    let binary = folder.join("bin").join(format!("{}{}", tool.name, std::env::consts::EXE_SUFFIX));
    if !binary.is_file() {
        Run::cargo()
            .args(["install", tool.name, "--locked", "--version", tool.version, "--root"])
            .args([&folder])
            .without_env("CARGO_TARGET_DIR") // its own, thrown away afterwards
            .go()?;
    }
    Ok(binary)
}

/// Whether `cargo nextest` is on this machine. It runs tests side by side; plain `cargo test` gives the same answer.
pub fn has_nextest() -> bool {
    Run::cargo().args(["nextest", "--version"]).answer().is_some()
}
