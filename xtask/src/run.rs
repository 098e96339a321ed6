//! `cargo xtask run`: from a clone to the open window.

use std::process::ExitCode;

use crate::command::{Failure, Run};
use crate::project::{FEATURES, Project};
use crate::{say, system, ui};

/// Builds the app and stays until its window is closed. Words after `--` go to the app.
pub fn run(project: &Project, arguments: &[String]) -> Result<ExitCode, Failure> {
    let (own, for_app) = match arguments.iter().position(|argument| argument == "--") {
        Some(at) => (&arguments[..at], &arguments[at + 1..]),
        None => (arguments, &[][..]),
    };
    let release = match own {
        [] => false,
        [only] if only == "--release" => true,
        [first, ..] => return Err(crate::unexpected(first)),
    };
    system::for_run(project)?;
    ui::packages(project)?;
    ui::build(project)?;
    let profile = if release { &["--release"][..] } else { &[] };
    Run::cargo().args(["build", "--package=thinline-app", FEATURES]).args(profile).dir(&project.root).go()?;
    let app = project.binary("thinline-app", release);
    if !has_display() {
        return Err(Failure::new(format!(
            "built {}, but there is no display to open a window on",
            app.display()
        )));
    }
    say::heading("Thinline is open; this ends when its window is closed");
    Run::new(&app.to_string_lossy()).args(for_app).go()?;
    Ok(ExitCode::SUCCESS)
}

fn has_display() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}
