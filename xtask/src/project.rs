//! Where things lie: the repository, its target folder, the folder for tools. Reads nothing from HOME but a cache place.

use std::path::{Path, PathBuf};

use crate::command::Failure;

/// Features of every cargo call on the workspace. One set, so that nothing is built twice: a build without
/// `custom-protocol` would look for a development server, and switching it rebuilds the shell.
pub const FEATURES: &str = "--features=thinline-app/custom-protocol";

/// As [`FEATURES`], with the tests that open a window.
pub const FEATURES_AND_WINDOW: &str = "--features=thinline-app/custom-protocol,thinline-tests/window";

/// This checkout.
pub struct Project {
    pub root: PathBuf,
    pub target: PathBuf,
    /// `check --fix`: mend instead of complaining, where a tool can.
    pub fix: bool,
}

impl Project {
    pub fn here() -> Result<Self, Failure> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf);
        let root = root.filter(|root| root.join("Cargo.toml").is_file()).ok_or_else(|| {
            Failure::new("the repository has moved since xtask was built; run `cargo xtask` inside it again")
        })?;
        let target = target_of_this_program().unwrap_or_else(|| root.join("target"));
        Ok(Self { root, target, fix: false })
    }

    pub fn ui(&self) -> PathBuf {
        self.root.join("ui")
    }

    pub fn binary(&self, name: &str, release: bool) -> PathBuf {
        let profile = if release { "release" } else { "debug" };
        self.target.join(profile).join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
    }

    /// Where tools from crates.io are kept, by exact version; outlives `cargo clean` and serves several checkouts.
    pub fn tools(&self) -> PathBuf {
        let cache = absolute("XDG_CACHE_HOME").or_else(|| absolute("HOME").map(|home| home.join(".cache")));
        cache.unwrap_or_else(|| self.target.clone()).join("thinline-tools")
    }
}

/// The target folder is the one this program was built into, whatever set it (environment, configuration).
fn target_of_this_program() -> Option<PathBuf> {
    let program = std::env::current_exe().ok()?;
    program.ancestors().find(|dir| dir.join("CACHEDIR.TAG").is_file()).map(Path::to_path_buf)
}

fn absolute(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable).map(PathBuf::from).filter(|path| path.is_absolute())
}
