//! The states that operations start from, made once with the program itself; copies of them to be tortured; and the look at
//! what is left.
//!
//! A state is a folder with `data` in it; key and exports lie in the home of each worker. A case begins with a copy of a
//! state and ends with a look: the program opens it, everything fits together, and it holds either what was before or what
//! the operation leaves when nothing goes wrong. What was told to be done has to be there.

use super::failed;
use super::operations::{Base, OPERATIONS, Operation};
use super::program::{Program, Ran};
use super::{archives, files};
use crate::command::Failure;
use serde_json::Value;
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What an operation does when nothing goes wrong.
pub struct Known {
    pub operation: &'static Operation,
    pub words: Vec<String>,
    pub before: Value,
    pub after: Value,
    pub took: Duration,
}

impl Known {
    pub fn words(&self) -> Vec<&str> {
        self.words.iter().map(String::as_str).collect()
    }
}

/// Everything that cases share.
pub struct World {
    pub root: PathBuf,
    pub binary: PathBuf,
    pub known: Vec<Known>,
    total_weight: u64,
}

const LIVED: &[&[&str]] = &[
    &["import", "{home}/tides"],
    &["import", "{home}/tower"],
    &["choose", "spotify", "ads-here", "off"],
    &["choose", "netflix", "messages", "off"],
    &["choose", "all-sites", "signal", "on"],
    &["hide", "category", "viewing"],
    &["hide", "day", "2020-02-02"],
    &["people", "netflix", "--mine", "Robin"],
    &["requests", "--asked", "netflix"],
];

impl World {
    /// Makes the states, and learns what each operation does and how long it takes.
    pub fn make(root: &Path, binary: &Path) -> Result<Self, Failure> {
        let mut world =
            Self { root: root.to_owned(), binary: binary.to_owned(), known: Vec::new(), total_weight: 0 };
        let program = world.home("making")?;
        files::make_dir(&world.state(Base::Nothing))?;
        well(&program, &["init"])?;
        files::copy(&program.data(), &world.state(Base::Fresh))?;
        for words in LIVED {
            well(&program, words)?;
        }
        files::copy(&program.data(), &world.state(Base::Lived))?;
        // The key was made with the first vault; every home has the same.
        fs::copy(program.home.join("key"), root.join("key")).map_err(|_| failed("the key is missing"))?;
        for operation in OPERATIONS {
            let known = world.learn(operation)?;
            world.known.push(known);
        }
        world.total_weight = OPERATIONS.iter().map(|operation| operation.weight).sum();
        Ok(world)
    }

    pub fn state(&self, base: Base) -> PathBuf {
        self.root.join("states").join(base.folder())
    }

    /// A folder of its own for a worker, with key and exports.
    pub fn home(&self, name: &str) -> Result<Program, Failure> {
        let home = self.root.join(name);
        files::make_dir(&home.join("tmp"))?;
        archives::plays(&home.join("tides"), 0..600)?;
        archives::plays(&home.join("later"), 600..1000)?;
        archives::plays(&home.join("overlap"), 300..900)?;
        archives::plays(&home.join("large"), 500..6500)?;
        archives::views(&home.join("tower"), 0..200)?;
        let key = self.root.join("key");
        if key.exists() {
            fs::copy(key, home.join("key")).map_err(|_| failed("the key cannot be copied"))?;
        }
        Ok(Program { binary: self.binary.clone(), home })
    }

    /// Puts a state in place of whatever a worker's folder holds, and takes away what operations wrote beside it.
    pub fn reset(&self, program: &Program, base: Base) -> Result<(), Failure> {
        files::copy(&self.state(base), &program.data())?;
        while let Some(left) = part(&program.home) {
            fs::remove_file(program.home.join(left)).map_err(|_| failed("half a file cannot be removed"))?;
        }
        for operation in OPERATIONS {
            if let Some(written) = operation.writes {
                let _ = fs::remove_file(program.home.join(written));
            }
        }
        Ok(())
    }

    fn learn(&self, operation: &'static Operation) -> Result<Known, Failure> {
        let program = self.home("learning")?;
        self.reset(&program, operation.base)?;
        let before = look(&program)?.map_err(|what| failed(&format!("a state is not sound: {what}")))?;
        let words: Vec<String> =
            operation.words.iter().map(|word| word.replace("{record}", &record(&program))).collect();
        let mut took = Duration::MAX;
        let mut after = Vec::new();
        for _ in 0..2 {
            self.reset(&program, operation.base)?;
            let ran = program.run(&words.iter().map(String::as_str).collect::<Vec<_>>())?;
            if ran.json().is_none() {
                return Err(failed(&format!("{} does not work: {}", operation.name, ran.brief())));
            }
            took = took.min(ran.took);
            let looked = look(&program)?;
            after.push(looked.map_err(|what| failed(&format!("{} leaves: {what}", operation.name)))?);
        }
        let [first, second] = &after[..] else { return Err(failed("two runs are two")) };
        if let Some(line) = first_difference(first, second) {
            return Err(failed(&format!("{} does not do the same twice: {line}", operation.name)));
        }
        if *first == before && operation.base != Base::Nothing && operation.writes.is_none() {
            return Err(failed(&format!("{} changes nothing, so nothing can be lost", operation.name)));
        }
        Ok(Known { operation, words, before, after: after.swap_remove(0), took })
    }

    /// Draws one of the operations.
    pub fn draw(&self, random: &mut super::random::Random) -> &Known {
        let mut at = random.below(self.total_weight);
        for known in &self.known {
            match at.checked_sub(known.operation.weight) {
                Some(left) => at = left,
                None => return known,
            }
        }
        &self.known[0]
    }

    /// What is left after an operation that something happened to: the old or the new state, whole. Then the operation is
    /// done again where it had not been: nothing stands in its way.
    pub fn settle(
        &self,
        program: &Program,
        known: &Known,
        done: bool,
    ) -> Result<Result<(), String>, Failure> {
        let found = match look(program)? {
            Ok(found) => found,
            Err(what) => return Ok(Err(what)),
        };
        let stands = found == known.after;
        if !stands && found != known.before {
            let line = first_difference(&known.before, &found).unwrap_or_default();
            return Ok(Err(format!("neither before nor after: {line}")));
        }
        if done && !stands {
            return Ok(Err("what was told to be done is not there".to_owned()));
        }
        if let Some(left) = files::left_over(&program.data()).or_else(|| part(&program.home)) {
            return Ok(Err(format!("left over: {left}")));
        }
        if stands || known.operation.base == Base::Nothing {
            return Ok(Ok(()));
        }
        if let Some(written) = known.operation.writes {
            let _ = fs::remove_file(program.home.join(written));
        }
        let again = program.run(&known.words())?;
        if again.json().is_none() {
            return Ok(Err(format!("cannot be done any more: {}", again.brief())));
        }
        Ok(look(program)?.and_then(|found| match first_difference(&known.after, &found) {
            None => Ok(()),
            Some(line) => Err(format!("done again it differs: {line}")),
        }))
    }
}

/// Half an exported file.
fn part(home: &Path) -> Option<String> {
    let names =
        fs::read_dir(home).ok()?.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    names.into_iter().find(|name| name.ends_with(".part"))
}

fn well(program: &Program, words: &[&str]) -> Result<Ran, Failure> {
    let ran = program.run(words)?;
    if ran.json().is_some() { Ok(ran) } else { Err(failed(&format!("{words:?} failed: {}", ran.brief()))) }
}

/// A record that is there, for operations on one.
fn record(program: &Program) -> String {
    let page = program.run(&["timeline", "--service", "spotify", "--kind", "collected", "--limit", "3"]).ok();
    let page = page.and_then(|ran| ran.json()).unwrap_or_default();
    page["records"][1]["id"].as_str().unwrap_or("none").to_owned()
}

/// What a vault holds, if the program opens it and finds that everything fits together; else what is wrong.
pub fn look(program: &Program) -> Result<Result<Value, String>, Failure> {
    let ran = program.run(&["bench", "look"])?;
    if let Some(broke) = ran.broke() {
        return Ok(Err(format!("looking at it {broke}")));
    }
    let Some(mut found) = ran.json() else { return Ok(Err(format!("it does not open: {}", ran.brief()))) };
    let faults: Vec<String> =
        found["faults"].as_array().into_iter().flatten().map(ToString::to_string).collect();
    if !faults.is_empty() {
        return Ok(Err(faults.join(", ")));
    }
    Ok(Ok(found["holds"].take()))
}

/// Where two states differ, in a few words.
pub fn first_difference(one: &Value, other: &Value) -> Option<String> {
    let lines = |value: &Value| -> HashMap<String, usize> {
        let mut lines = HashMap::new();
        for (name, part) in value.as_object().into_iter().flatten() {
            let parts: Vec<String> = match part {
                Value::Array(list) => list.iter().map(ToString::to_string).collect(),
                Value::Object(map) => map.iter().map(|(key, value)| format!("{key} {value}")).collect(),
                other => vec![other.to_string()],
            };
            parts.iter().for_each(|part| *lines.entry(format!("{name}: {part}")).or_default() += 1);
        }
        lines
    };
    let (one, other) = (lines(one), lines(other));
    let missing =
        one.iter().filter(|(line, n)| other.get(*line) != Some(n)).map(|(line, _)| format!("- {line}"));
    let added =
        other.iter().filter(|(line, n)| one.get(*line) != Some(n)).map(|(line, _)| format!("+ {line}"));
    let mut all: Vec<String> = missing.chain(added).collect();
    all.sort();
    (!all.is_empty()).then(|| all.iter().take(4).cloned().collect::<Vec<_>>().join("; "))
}
