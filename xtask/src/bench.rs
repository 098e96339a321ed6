//! `cargo xtask bench`: the release command line and its own benchmarks. What is measured stands there, not here.

use std::process::ExitCode;

use crate::command::{Failure, Run};
use crate::project::Project;
use crate::system;

/// Builds `thinline` for release and hands it every argument.
pub fn run(project: &Project, arguments: &[String]) -> Result<ExitCode, Failure> {
    system::for_run(project)?;
    Run::cargo().args(["build", "--release", "--package=thinline-cli"]).dir(&project.root).go()?;
    let thinline = project.binary("thinline", true);
    Run::new(&thinline.to_string_lossy()).args(["bench"]).args(arguments).dir(&project.root).go()?;
    Ok(ExitCode::SUCCESS)
}
