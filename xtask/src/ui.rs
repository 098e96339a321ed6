//! The web part: Node's version, npm packages, `ui/dist`. What the scripts do stands in ui/package.json.

use std::path::PathBuf;

use crate::command::{Failure, Run};
use crate::project::Project;
use crate::stamp::Stamp;

/// The oldest Node that Vite runs on.
const NODE: (u32, u32) = (20, 19);

/// npm packages exactly as the lock file says; nothing is called when they are there.
pub fn packages(project: &Project) -> Result<(), Failure> {
    let node = node_version()?;
    let ui = project.ui();
    let inputs = [ui.join("package.json"), ui.join("package-lock.json")];
    // Kept inside the folder that it speaks of: gone when that is gone.
    let file = ui.join("node_modules/.thinline-stamp");
    let stamp = Stamp::of(file, &inputs, &format!("{}.{}", node.0, node.1))?;
    if stamp.is_fresh() {
        return Ok(());
    }
    Run::npm(&ui).args(["ci", "--no-audit", "--no-fund"]).go()?;
    stamp.keep()
}

/// `ui/dist`, which is compiled into the app. Left alone when nothing changed, so that the app is not built again.
pub fn build(project: &Project) -> Result<(), Failure> {
    let ui = project.ui();
    let stamp = Stamp::of(project.target.join("ui-dist-stamp"), &sources(project)?, "")?;
    if stamp.is_fresh() && ui.join("dist/index.html").is_file() {
        return Ok(());
    }
    Run::npm(&ui).args(["run", "build"]).go()?;
    stamp.keep()
}

/// Everything in ui/ but what is made from it.
fn sources(project: &Project) -> Result<Vec<PathBuf>, Failure> {
    let entries = std::fs::read_dir(project.ui())
        .map_err(|error| Failure::new(format!("cannot read {}: {error}", project.ui().display())))?;
    let made = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        name == "node_modules" || name.starts_with("dist") || name.starts_with('.')
    };
    Ok(entries.flatten().map(|entry| entry.path()).filter(|path| !made(path)).collect())
}

/// The version of Node, or what to install.
fn node_version() -> Result<(u32, u32), Failure> {
    let wanted = format!("Node.js {}.{} or newer with npm", NODE.0, NODE.1);
    let answer = Run::new("node").args(["--version"]).answer();
    let answer = answer.ok_or_else(|| Failure::new(format!("{wanted} is needed; `node` was not found")))?;
    let found = parse_version(&answer).unwrap_or((0, 0));
    if found < NODE {
        return Err(Failure::new(format!("{wanted} is needed; this machine has {answer}")));
    }
    Ok(found)
}

fn parse_version(answer: &str) -> Option<(u32, u32)> {
    let mut numbers = answer.trim_start_matches('v').split('.').map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_of_node_compare_as_numbers() {
        assert_eq!(parse_version("v20.20.2"), Some((20, 20)));
        assert!(parse_version("v9.11.0") < parse_version("v20.19.0"));
        assert_eq!(parse_version("nonsense"), None);
    }
}
