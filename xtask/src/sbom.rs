//! `cargo xtask sbom`: bills of materials in CycloneDX form, one for each program that people install and one for the window's packages,
//! in `target/sbom`. Needs no network.
//!
//! A bill is only worth something if it is whole: each is held against cargo's own account of the program and against npm's lock file,
//! and a part that is missing is a failure. One too many is said: the tool resolves features for all programs at once.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::command::{Failure, Run};
use crate::project::Project;
use crate::{say, tools, ui};

/// What people install, and the folder of each.
const PROGRAMS: &[(&str, &str)] = &[
    ("thinline-app", "src-tauri"),
    ("thinline-cli", "crates/thinline-cli"),
    ("thinline-verify", "crates/thinline-verify"),
];

/// The system that the bills are for: which crates are linked differs between systems.
const TARGET: &str = "x86_64-unknown-linux-gnu";

/// Name and version of a part.
type Parts = BTreeSet<(String, String)>;

/// Writes all bills and checks them.
pub fn run(project: &Project) -> Result<(), Failure> {
    ui::packages(project)?;
    let folder = project.target.join("sbom");
    fs::create_dir_all(&folder).map_err(|error| failed(&folder, &error))?;
    for (name, bill) in crates(project)? {
        compare(&name, &parts(&bill)?, &linked(project, &name)?)?;
        write(&folder.join(format!("{name}.cdx.json")), &bill)?;
    }
    let bill = window(project)?;
    compare("the window", &parts(&bill)?, &locked(project)?)?;
    write(&folder.join("thinline-window.cdx.json"), &bill)?;
    say::line(&format!("the bills of materials are in {}", folder.display()));
    Ok(())
}

/// The tool writes a file beside each manifest of the workspace; none of them stays there.
fn crates(project: &Project) -> Result<Vec<(String, String)>, Failure> {
    let tool = tools::binary(project, &tools::CARGO_CYCLONEDX)?;
    let arguments =
        ["cyclonedx", "--format", "json", "--no-build-deps", "--all-features", "--target", TARGET];
    let ran = Run::new(&tool.to_string_lossy()).args(arguments).dir(&project.root).go();
    let bills: Vec<_> = PROGRAMS
        .iter()
        .filter_map(|(name, folder)| {
            let file = project.root.join(folder).join(format!("{name}.cdx.json"));
            fs::read_to_string(file).ok().map(|bill| ((*name).to_owned(), bill))
        })
        .collect();
    for file in left_beside_manifests(&project.root) {
        fs::remove_file(&file).map_err(|error| failed(&file, &error))?;
    }
    ran?;
    if bills.len() == PROGRAMS.len() {
        Ok(bills)
    } else {
        Err(Failure::new("a program has no bill of materials"))
    }
}

fn left_beside_manifests(root: &Path) -> Vec<PathBuf> {
    let list =
        |folder: PathBuf| fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut folders: Vec<PathBuf> = list(root.join("crates")).collect();
    folders.extend(["src-tauri", "tests", "xtask"].map(|name| root.join(name)));
    let is_bill = |path: &PathBuf| path.to_string_lossy().ends_with(".cdx.json");
    folders.into_iter().flat_map(list).filter(is_bill).collect()
}

/// Packages of the window with the tools that build it; npm marks which are which.
fn window(project: &Project) -> Result<String, Failure> {
    let arguments = ["sbom", "--package-lock-only", "--sbom-format", "cyclonedx"];
    let bill = Run::npm(&project.ui()).args(arguments).answer();
    bill.ok_or_else(|| Failure::new("npm wrote no bill of materials"))
}

/// What a bill lists.
fn parts(bill: &str) -> Result<Parts, Failure> {
    let bill: Value =
        serde_json::from_str(bill).map_err(|_| Failure::new("a bill of materials is no JSON"))?;
    if bill["bomFormat"] != "CycloneDX" {
        return Err(Failure::new("a bill of materials is not in CycloneDX form"));
    }
    let text = |part: &Value, key: &str| part[key].as_str().unwrap_or_default().to_owned();
    let parts = bill["components"].as_array().map_or(&[][..], Vec::as_slice);
    Ok(parts.iter().map(|part| (text(part, "name"), text(part, "version"))).collect())
}

/// What cargo links into a program, without the program itself.
fn linked(project: &Project, name: &str) -> Result<Parts, Failure> {
    let arguments =
        ["tree", "--locked", "--edges=normal", "--prefix=none", "--all-features", "--target", TARGET];
    let tree = Run::cargo().args(arguments).args(["--package", name]).dir(&project.root).answer();
    let tree = tree.ok_or_else(|| Failure::new("cargo tree failed"))?;
    let part = |line: &str| {
        let (name, rest) = line.split_once(" v")?;
        Some((name.to_owned(), rest.split(' ').next()?.to_owned()))
    };
    Ok(tree.lines().filter_map(part).filter(|(part, _)| part != name).collect())
}

/// What npm's lock file lists.
fn locked(project: &Project) -> Result<Parts, Failure> {
    let file = project.ui().join("package-lock.json");
    let text = fs::read_to_string(&file).map_err(|error| failed(&file, &error))?;
    let lock: Value =
        serde_json::from_str(&text).map_err(|_| Failure::new("package-lock.json is no JSON"))?;
    let packages = lock["packages"].as_object().into_iter().flatten();
    let part = |(path, package): (&String, &Value)| {
        let (_, name) = path.rsplit_once("node_modules/")?;
        Some((name.to_owned(), package["version"].as_str()?.to_owned()))
    };
    Ok(packages.filter_map(part).collect())
}

fn compare(name: &str, bill: &Parts, truth: &Parts) -> Result<(), Failure> {
    let shown = |parts: Vec<&(String, String)>| {
        parts.iter().map(|(name, version)| format!("{name} {version}")).collect::<Vec<_>>().join(", ")
    };
    let missing: Vec<_> = truth.difference(bill).collect();
    if truth.is_empty() || !missing.is_empty() {
        return Err(Failure::new(format!("the bill of {name} lacks [{}]", shown(missing))));
    }
    say::line(&format!("{name}: {} parts", bill.len()));
    let more: Vec<_> = bill.difference(truth).collect();
    if !more.is_empty() {
        say::line(&format!("  of these only under features of other programs: {}", shown(more)));
    }
    Ok(())
}

fn write(file: &Path, bill: &str) -> Result<(), Failure> {
    fs::write(file, bill).map_err(|error| failed(file, &error))
}

fn failed(path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bill_that_lacks_a_part_does_not_pass() {
        let of =
            |names: &[&str]| names.iter().map(|name| ((*name).to_owned(), "1".to_owned())).collect::<Parts>();
        assert!(compare("x", &of(&["a", "b"]), &of(&["a", "b"])).is_ok());
        assert!(compare("x", &of(&["a"]), &of(&["a", "b"])).is_err());
        assert!(compare("x", &of(&["a", "b"]), &of(&["a"])).is_ok(), "one too many is said");
        assert!(compare("x", &of(&[]), &of(&[])).is_err(), "nothing was compared");
    }

    #[test]
    fn only_cyclonedx_is_a_bill() {
        let bill = r#"{"bomFormat":"CycloneDX","components":[{"name":"a","version":"1.0.0"}]}"#;
        assert_eq!(parts(bill).unwrap(), Parts::from([("a".to_owned(), "1.0.0".to_owned())]));
        assert!(parts("{}").is_err() && parts("x").is_err());
    }
}
