//! What `check` and `test` consist of, in order, and how they report. A step that fails does not keep the next from running:
//! one run shows everything that is wrong. Only preparation stops the rest.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use crate::command::{Failure, Run};
use crate::project::{FEATURES, FEATURES_AND_WINDOW, Project};
use crate::{bench, fuzz, say, sbom, system, tools, ui};

/// One thing that is right or wrong.
pub struct Step {
    name: &'static str,
    run: fn(&Project) -> Result<(), Failure>,
}

const fn step(name: &'static str, run: fn(&Project) -> Result<(), Failure>) -> Step {
    Step { name, run }
}

pub const BEFORE_CHECK: &[Step] = &[
    step("system-packages", system::for_run),
    step("npm-packages", ui::packages),
    step("ui-build", ui::build),
];

pub const BEFORE_TEST: &[Step] = &[
    step("system-packages", system::for_test),
    step("npm-packages", ui::packages),
    step("ui-build", ui::build),
];

pub const CHECK: &[Step] = &[
    step("fmt", fmt),
    step("clippy", clippy),
    step("ui-types", ui_types),
    step("ui-lint", ui_lint),
    step("deny", deny),
    step("rules", rules),
    step("bindings", bindings),
];

/// Rules and bindings are tests of the workspace: they run as part of `rust`.
pub const TEST: &[Step] = &[
    step("fmt", fmt),
    step("clippy", clippy),
    step("ui-types", ui_types),
    step("ui-lint", ui_lint),
    step("deny", deny),
    step("sbom", sbom::run),
    step("rust", rust),
    step("rust-docs", rust_docs),
    step("fuzz", fuzz::briefly),
    step("instructions", instructions),
    step("ui", ui_tests),
    step("window", window),
];

/// The names of the steps, for the help text.
pub fn names(steps: &[Step]) -> String {
    steps.iter().map(|step| step.name).collect::<Vec<_>>().join(", ")
}

/// Runs the preparation, then the steps (all, or those named), then prints one line for each.
pub fn run(project: &Project, before: &[Step], steps: &[Step], only: &[String]) -> ExitCode {
    if let Some(unknown) = only.iter().find(|name| steps.iter().all(|step| step.name != name.as_str())) {
        say::error(&Failure::new(format!("there is no step `{unknown}`; there are: {}", names(steps))));
        return ExitCode::FAILURE;
    }
    let mut report = Report::default();
    let steps = steps.iter().filter(|step| only.is_empty() || only.iter().any(|name| name == step.name));
    if before.iter().all(|step| report.run(project, step)) {
        for step in steps {
            report.run(project, step);
        }
    } else {
        report.not_run.extend(steps.map(|step| step.name));
    }
    report.finish()
}

/// What came of the steps so far.
#[derive(Default)]
struct Report {
    rows: Vec<(&'static str, Duration, Option<Failure>)>,
    not_run: Vec<&'static str>,
}

impl Report {
    fn run(&mut self, project: &Project, step: &Step) -> bool {
        say::heading(step.name);
        let start = Instant::now();
        let failure = (step.run)(project).err();
        let went_well = failure.is_none();
        failure.iter().for_each(say::error);
        say::line(&row(step.name, start.elapsed(), failure.as_ref()));
        self.rows.push((step.name, start.elapsed(), failure));
        went_well
    }

    fn finish(self) -> ExitCode {
        say::heading("summary");
        for (name, time, failure) in &self.rows {
            say::line(&row(name, *time, failure.as_ref()));
        }
        for name in &self.not_run {
            say::line(&format!("not run {name}"));
        }
        let failed = self.rows.iter().filter(|(.., failure)| failure.is_some()).count();
        let total: Duration = self.rows.iter().map(|(_, time, _)| *time).sum();
        let skipped =
            if self.not_run.is_empty() { String::new() } else { format!(", {} not run", self.not_run.len()) };
        say::line(&format!("\n{} steps, {failed} failed{skipped}, {} s", self.rows.len(), total.as_secs()));
        if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

fn row(name: &str, time: Duration, failure: Option<&Failure>) -> String {
    let time = time.as_secs_f32();
    match failure {
        None => format!("ok      {name:<16} {time:>7.1} s"),
        Some(failure) => {
            let words = failure.to_string();
            format!("FAILED  {name:<16} {time:>7.1} s  {}", words.lines().next().unwrap_or_default())
        }
    }
}

fn fmt(project: &Project) -> Result<(), Failure> {
    let mode = if project.fix { &[][..] } else { &["--check"] };
    Run::cargo().args(["fmt", "--all", "--"]).args(mode).dir(&project.root).go()
}

fn clippy(project: &Project) -> Result<(), Failure> {
    let arguments = ["clippy", "--workspace", "--all-targets", "--locked", FEATURES_AND_WINDOW];
    let fix = if project.fix { &["--fix", "--allow-dirty", "--allow-staged"][..] } else { &[] };
    Run::cargo().args(arguments).args(fix).args(["--", "-Dwarnings"]).dir(&project.root).go()
}

fn ui_types(project: &Project) -> Result<(), Failure> {
    Run::npm(&project.ui()).args(["run", "check"]).go()
}

fn ui_lint(project: &Project) -> Result<(), Failure> {
    let fix = if project.fix { &["--", "--fix"][..] } else { &[] };
    Run::npm(&project.ui()).args(["run", "lint"]).args(fix).go()
}

/// Needs no network of its own: the advisory data base is not asked.
fn deny(project: &Project) -> Result<(), Failure> {
    let deny = tools::binary(project, &tools::CARGO_DENY)?;
    // Every platform's packages are judged, so all of them must be there.
    Run::cargo().args(["fetch", "--locked"]).dir(&project.root).go()?;
    let deny = || Run::new(&deny.to_string_lossy()).args(["--offline", "--locked"]).dir(&project.root);
    deny().args(["check", "bans", "licenses", "sources"]).go()?;
    // What ships is held to more than tests and tools are.
    deny().args(["--config", "deny-shipped.toml", "check", "bans"]).go()
}

fn rules(project: &Project) -> Result<(), Failure> {
    workspace_test("--test=rules").dir(&project.root).go()
}

fn bindings(project: &Project) -> Result<(), Failure> {
    workspace_test("--test=bindings").dir(&project.root).go()
}

/// Writes the TypeScript types from the Rust ones: the test that compares them also writes them.
pub fn write_bindings(project: &Project) -> Result<(), Failure> {
    workspace_test("--test=bindings").env("THINLINE_WRITE_BINDINGS", "1").dir(&project.root).go()
}

/// One test binary, with the features that the whole workspace is built with.
fn workspace_test(binary: &str) -> Run {
    Run::cargo().args(["test", "--workspace", "--locked", FEATURES, binary])
}

fn rust(project: &Project) -> Result<(), Failure> {
    // Binaries and tests in one build: tests bring features of their own, and apart the shell would be built twice.
    build_all(project, FEATURES)?;
    let arguments = ["--workspace", "--locked", FEATURES];
    let cargo = if tools::has_nextest() {
        Run::cargo().args(["nextest", "run", "--no-fail-fast"])
    } else {
        Run::cargo().args(["test", "--no-fail-fast", "--all-targets"])
    };
    cargo.args(arguments).dir(&project.root).go()
}

fn build_all(project: &Project, features: &str) -> Result<(), Failure> {
    Run::cargo()
        .args(["build", "--workspace", "--bins", "--tests", "--locked", features])
        .dir(&project.root)
        .go()
}

fn rust_docs(project: &Project) -> Result<(), Failure> {
    Run::cargo().args(["test", "--workspace", "--locked", FEATURES, "--doc"]).dir(&project.root).go()
}

/// What reading by recipes costs, counted: the only figure that is the same on every machine. Linux only, as valgrind.
fn instructions(project: &Project) -> Result<(), Failure> {
    if cfg!(target_os = "linux") {
        bench::within(project)
    } else {
        say::line("left out: instructions are counted on Linux only");
        Ok(())
    }
}

fn ui_tests(project: &Project) -> Result<(), Failure> {
    Run::npm(&project.ui()).args(["run", "test"]).go()
}

/// The debug app in its real window. Each test brings its own display, session bus, keyring and home.
fn window(project: &Project) -> Result<(), Failure> {
    if !cfg!(target_os = "linux") {
        say::line("left out: windows can be driven on Linux only");
        return Ok(());
    }
    build_all(project, FEATURES_AND_WINDOW)?;
    let arguments = ["--locked", FEATURES_AND_WINDOW, "--test=window", "--workspace"];
    let cargo = if tools::has_nextest() {
        Run::cargo().args(["nextest", "run", "--no-fail-fast", "--test-threads=2"]).args(arguments)
    } else {
        Run::cargo().args(["test", "--no-fail-fast"]).args(arguments).args(["--", "--test-threads=2"])
    };
    cargo.env("THINLINE_APP", project.binary("thinline-app", false)).dir(&project.root).go()
}

/// The picture of the README and all others, with the same build that the tests drive.
pub fn gallery(project: &Project) -> Result<(), Failure> {
    for step in BEFORE_TEST {
        (step.run)(project)?;
    }
    build_all(project, FEATURES_AND_WINDOW)?;
    let folder = project.target.join("gallery");
    Run::new(&project.binary("gallery", false).to_string_lossy())
        .env("THINLINE_GALLERY", &folder)
        .dir(&project.root)
        .go()?;
    say::line(&format!("the pictures are in {} and docs/images", folder.display()));
    Ok(())
}
