//! Who may use whom, from `cargo metadata`.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use std::sync::OnceLock;

use serde_json::Value;

use crate::tree;

/// Which of our crates each of our crates may use. A crate is missing from a row because it must be *unable* to do something:
/// import cannot write, verify can be read alone, the model knows nobody.
const MAY_USE: &[(&str, &[&str])] = &[
    ("thinline-model", &[]),
    ("thinline-ledger", &[]),
    ("thinline-sample", &[]),
    ("thinline-verify", &["thinline-ledger"]),
    ("thinline-catalogue", &["thinline-model"]),
    ("thinline-import", &["thinline-catalogue", "thinline-model"]),
    ("thinline-store", &["thinline-ledger", "thinline-model"]),
    (
        "thinline-core",
        &[
            "thinline-catalogue",
            "thinline-import",
            "thinline-ledger",
            "thinline-model",
            "thinline-sample",
            "thinline-store",
            "thinline-verify",
        ],
    ),
    ("thinline-cli", &["thinline-core", "thinline-model", "thinline-sample"]),
    ("thinline-app", &["thinline-core", "thinline-model"]),
    ("thinline-tests", &["thinline-core", "thinline-model", "thinline-sample", "thinline-verify"]),
    ("xtask", &[]),
];

/// What people install.
const SHIPPED: &[&str] = &["thinline-app", "thinline-cli", "thinline-verify"];

/// Crates that open connections to web addresses, or find them. (`http` is only words: Tauri uses it for its own scheme.)
const WEB_CLIENTS: &[&str] = &[
    "attohttpc",
    "curl",
    "curl-sys",
    "h2",
    "h3",
    "hickory-resolver",
    "hyper",
    "hyper-util",
    "isahc",
    "minreq",
    "native-tls",
    "openssl",
    "quinn",
    "reqwest",
    "rustls",
    "surf",
    "tiny_http",
    "tungstenite",
    "ureq",
];

#[test]
fn crates_use_only_what_the_table_allows() {
    for package in graph().ours() {
        let row = MAY_USE.iter().find(|(name, _)| *name == package.name);
        let (_, allowed) = row.unwrap_or_else(|| panic!("{} is not in the table of crates", package.name));
        for (used, kind) in package.declared.iter().filter(|(used, _)| used.starts_with("thinline-")) {
            // Tests anywhere may read invented exports.
            let fine = allowed.contains(&used.as_str()) || (kind == "dev" && used == "thinline-sample");
            assert!(fine, "{} must not use {used}", package.name);
        }
    }
}

#[test]
fn every_row_of_the_table_is_a_crate() {
    let ours: BTreeSet<&str> = graph().ours().map(|package| package.name.as_str()).collect();
    for (name, _) in MAY_USE {
        assert!(ours.contains(name), "the table of crates names {name}, which does not exist");
    }
}

#[test]
fn only_the_store_touches_the_database() {
    for package in graph().ours().filter(|package| package.name != "thinline-store") {
        assert!(!package.declares("rusqlite"), "{} must reach the database through the store", package.name);
    }
}

#[test]
fn only_the_shell_knows_the_window() {
    for package in graph().ours().filter(|package| package.name != "thinline-app") {
        let used: Vec<_> = package.declared.iter().filter(|(name, _)| name.starts_with("tauri")).collect();
        assert!(used.is_empty(), "{} must not know Tauri: {used:?}", package.name);
    }
    let below = graph().reach("thinline-core");
    assert!(!below.contains("tauri"), "something below core brings Tauri in");
}

#[test]
fn reading_an_export_brings_in_no_database_no_keyring_and_no_sockets() {
    let reach = graph().reach("thinline-import");
    assert!(reach.contains("zip"), "the dependencies of thinline-import were not found");
    for forbidden in ["rusqlite", "keyring-core", "socket2", "mio", "directories", "jiff", "tokio"] {
        assert!(!reach.contains(forbidden), "thinline-import must not be able to use {forbidden}");
    }
}

#[test]
fn what_people_install_contains_no_web_client() {
    for shipped in SHIPPED {
        let reach = graph().reach(shipped);
        assert!(reach.len() > 10, "the dependencies of {shipped} were not found");
        for client in WEB_CLIENTS {
            assert!(!reach.contains(*client), "{shipped} contains {client}");
        }
    }
}

/// The workspace on Linux, as cargo resolves it.
struct Graph {
    packages: Vec<Package>,
    /// By package id: name, and the ids of what it uses at run time.
    uses: BTreeMap<String, (String, Vec<String>)>,
}

struct Package {
    name: String,
    id: String,
    /// What its Cargo.toml names, with the kind: normal, dev or build.
    declared: Vec<(String, String)>,
}

impl Package {
    /// Whether it uses a crate itself. Its tests may, where they change data behind the program's back.
    fn declares(&self, name: &str) -> bool {
        self.declared.iter().any(|(used, kind)| used == name && kind != "dev")
    }
}

impl Graph {
    fn ours(&self) -> impl Iterator<Item = &Package> {
        self.packages.iter()
    }

    /// Names of everything that ends up in the same program as `name`.
    fn reach(&self, name: &str) -> BTreeSet<&str> {
        let start = self.packages.iter().find(|package| package.name == name);
        let mut waiting = vec![start.unwrap_or_else(|| panic!("no crate {name}")).id.as_str()];
        let (mut seen, mut names) = (BTreeSet::new(), BTreeSet::new());
        while let Some(id) = waiting.pop() {
            if seen.insert(id) {
                let (name, uses) = &self.uses[id];
                names.insert(name.as_str());
                waiting.extend(uses.iter().map(String::as_str));
            }
        }
        names
    }
}

fn graph() -> &'static Graph {
    static GRAPH: OnceLock<Graph> = OnceLock::new();
    GRAPH.get_or_init(|| read(&metadata()))
}

fn metadata() -> Value {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let output = Command::new(cargo)
        .args(["metadata", "--format-version=1", "--offline"])
        .args(["--filter-platform=x86_64-unknown-linux-gnu", "--features=thinline-app/custom-protocol"])
        .current_dir(tree::root())
        .output()
        .expect("cargo can be run");
    assert!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("cargo metadata is JSON")
}

fn read(metadata: &Value) -> Graph {
    let members: BTreeSet<&str> =
        list(&metadata["workspace_members"]).iter().filter_map(Value::as_str).collect();
    let mut names = BTreeMap::new();
    let mut packages = Vec::new();
    for package in list(&metadata["packages"]) {
        let (id, name) = (text(&package["id"]), text(&package["name"]));
        names.insert(id.clone(), name.clone());
        if members.contains(id.as_str()) {
            let kind = |dependency: &Value| dependency["kind"].as_str().unwrap_or("normal").to_owned();
            let declared =
                list(&package["dependencies"]).iter().map(|used| (text(&used["name"]), kind(used))).collect();
            packages.push(Package { name, id, declared });
        }
    }
    let uses = list(&metadata["resolve"]["nodes"]).iter().map(|node| {
        let id = text(&node["id"]);
        let used = list(&node["deps"])
            .iter()
            .filter(|used| is_normal(used))
            .map(|used| text(&used["pkg"]))
            .collect();
        (id.clone(), (names[&id].clone(), used))
    });
    Graph { uses: uses.collect(), packages }
}

fn is_normal(dependency: &Value) -> bool {
    list(&dependency["dep_kinds"]).iter().any(|kind| kind["kind"].is_null())
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
