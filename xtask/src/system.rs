//! Packages of the operating system. On Debian and Ubuntu they are installed when that is allowed; anywhere else this says
//! what is needed and lets the build speak for itself.

use std::path::Path;

use crate::command::{Failure, Run};
use crate::project::Project;
use crate::say;

/// What building and opening the window needs.
const RUN: &[&str] = &[
    "build-essential",
    "libdbus-1-dev", // the app is alone on its desktop session
    "libgtk-3-dev",
    "librsvg2-dev",
    "libssl-dev",            // SQLCipher
    "libwebkit2gtk-4.1-dev", // the window
    "pkg-config",
];

/// What the tests need besides.
const TEST: &[&str] = &[
    "dbus",
    "faketime", // a clock that jumps
    "fonts-dejavu",
    "fonts-noto-cjk",
    "fonts-noto-color-emoji",
    "fonts-noto-core",
    "gnome-keyring",     // a real Secret Service
    "iproute2",          // a network of its own with loopback only
    "imagemagick",       // pictures of the whole screen
    "openbox",           // title bars and focus
    "valgrind",          // counts instructions
    "strace",            // what the app opens and connects to
    "webkit2gtk-driver", // drives the window
    "x11-utils",
    "xdotool",
    "xvfb",
];

/// Packages for `run`.
pub fn for_run(_: &Project) -> Result<(), Failure> {
    install(&[RUN])
}

/// Packages for `test`.
pub fn for_test(_: &Project) -> Result<(), Failure> {
    install(&[RUN, TEST])
}

/// Packages for `torture`, which builds the command line alone.
pub fn for_torture(_: &Project) -> Result<(), Failure> {
    install(&[&["build-essential", "faketime", "libssl-dev", "pkg-config", "strace"]])
}

fn install(lists: &[&[&'static str]]) -> Result<(), Failure> {
    if !cfg!(target_os = "linux") {
        return Ok(()); // macOS and Windows bring their web view; a compiler came with Rust
    }
    if !Path::new("/etc/debian_version").is_file() {
        return elsewhere();
    }
    let missing: Vec<&str> =
        lists.iter().flat_map(|list| list.iter().copied()).filter(|name| !is_installed(name)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let Some(prefix) = root_prefix() else {
        return Err(Failure::new(format!(
            "packages are missing and only root may install them. Run this, then try again:\n\n  \
             sudo apt-get update && sudo apt-get install --no-install-recommends {}\n",
            missing.join(" ")
        )));
    };
    apt(prefix, &["update"], &[])?;
    apt(prefix, &["install", "--yes", "--no-install-recommends"], &missing)
}

fn apt(prefix: &[&str], verb: &[&str], packages: &[&str]) -> Result<(), Failure> {
    let quiet = ["DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet=2", "-o", "DPkg::Lock::Timeout=300"];
    let words: Vec<&str> = [prefix, &["env"], &quiet, verb, packages].concat();
    Run::new(words[0]).args(&words[1..]).go()
}

fn is_installed(package: &str) -> bool {
    let query = ["--show", "--showformat=${db:Status-Abbrev}\n", package];
    Run::new("dpkg-query")
        .args(query)
        .answer()
        .is_some_and(|answer| answer.lines().any(|line| line.starts_with("ii")))
}

/// How to become root without being asked: not at all, by sudo, or not possible.
fn root_prefix() -> Option<&'static [&'static str]> {
    if Run::new("id").args(["-u"]).answer()? == "0" {
        return Some(&[]);
    }
    Run::new("sudo").args(["-n", "true"]).answer().map(|_| &["sudo", "-n"][..])
}

/// Other Linux distributions: look for the one library that nobody has by accident.
fn elsewhere() -> Result<(), Failure> {
    if Run::new("pkg-config").args(["--exists", "webkit2gtk-4.1", "libssl", "dbus-1"]).answer().is_some() {
        say::line("not Debian or Ubuntu: packages were not checked one by one");
        return Ok(());
    }
    Err(Failure::new(format!(
        "this distribution is not known here. Install a C compiler, pkg-config and the development files of WebKitGTK \
         4.1, GTK 3, librsvg, OpenSSL and D-Bus (on Debian: {}), for the tests also what corresponds to {}",
        RUN.join(" "),
        TEST.join(" ")
    )))
}
