//! Damage to files that lie still: bytes changed, files cut off, emptied or taken away. The program either works, with what
//! was there, or says what is wrong with a code that is meant for it. It never shows something else as if nothing had
//! happened.

use super::failed;
use super::program::{Program, Ran};
use super::random::Random;
use super::tally::{End, Extent, Row};
use super::world::World;
use super::{files, operations::Base};
use crate::command::Failure;
use std::fs;
use std::path::{Path, PathBuf};

/// Codes by which the program may say that a file is damaged.
const NAMED: &[&str] = &["database-damaged", "database-too-new", "vault-file", "wrong-key", "data-older"];

/// Questions whose answers are compared, in turn.
const QUESTIONS: &[&[&str]] = &[
    &["timeline", "--limit", "500"],
    &["stats", "--by", "month,service"],
    &["services"],
    &["imports"],
    &["people"],
    &["log", "show", "--limit", "500"],
    &["timeline", "--search", "lighthouse"],
    &["rules"],
];

/// A state that is damaged, and what it answers while it is whole.
pub struct Whole {
    folder: PathBuf,
    names: Vec<PathBuf>,
    sizes: Vec<u64>,
    answers: Vec<String>,
    dump: String,
}

impl Whole {
    /// A state in which everything was put away: no write-ahead log.
    pub fn still(world: &World, program: &Program) -> Result<Self, Failure> {
        Self::of(&world.state(Base::Lived), program)
    }

    /// A state whose last changes were acknowledged and lie in the write-ahead log alone, as a kill leaves them.
    pub fn killed(world: &World, program: &Program) -> Result<Self, Failure> {
        let folder = world.root.join("states/killed");
        world.reset(program, Base::Lived)?;
        let words: [&[&str]; 2] = [&["import", "{home}/later"], &["choose", "netflix", "sharing", "off"]];
        for words in words {
            // Another program that has the database open keeps the log from being put away.
            let held = program.start(program.command(&holding(), words))?;
            drop(held.end(None)?);
        }
        files::copy(&program.data(), &folder)?;
        let log = fs::metadata(folder.join("thinline.db-wal")).map_or(0, |about| about.len());
        if log == 0 {
            return Err(failed("no write-ahead log was left"));
        }
        Self::of(&folder, program)
    }

    fn of(folder: &Path, program: &Program) -> Result<Self, Failure> {
        let files = files::all(folder)?;
        let names: Vec<PathBuf> = files.iter().map(|(_, name)| name.clone()).collect();
        let sizes = files.iter().map(|(path, _)| fs::metadata(path).map_or(0, |about| about.len())).collect();
        let mut whole =
            Self { folder: folder.to_owned(), names, sizes, answers: Vec::new(), dump: String::new() };
        files::copy(folder, &program.data())?;
        whole.dump = dump(&program.run(&["bench", "look"])?)
            .ok_or_else(|| failed("a state that is to be damaged is not whole"))?;
        for words in QUESTIONS {
            let ran = program.run(words)?;
            if ran.json().is_none() {
                return Err(failed(&format!("{words:?} has no answer: {}", ran.brief())));
            }
            whole.answers.push(ran.out);
        }
        Ok(whole)
    }

    /// A file with something in it: by size half the time, so that the database is hit everywhere; else each alike.
    fn draw(&self, random: &mut Random) -> (&Path, u64) {
        let filled: Vec<usize> = (0..self.names.len()).filter(|at| self.sizes[*at] > 0).collect();
        let mut at = random.below(self.sizes.iter().sum());
        let mut chosen = *random.pick(&filled);
        if random.below(2) == 0 {
            for file in filled {
                match at.checked_sub(self.sizes[file]) {
                    Some(left) => at = left,
                    None => {
                        chosen = file;
                        break;
                    }
                }
            }
        }
        (&self.names[chosen], self.sizes[chosen])
    }

    /// Asks the damaged state and compares.
    fn judge(&self, program: &Program, random: &mut Random) -> Result<Option<String>, Failure> {
        let question = random.below(QUESTIONS.len() as u64) as usize;
        let asked = program.run(QUESTIONS[question])?;
        if let Some(what) = told(&asked, |ran| ran.out == self.answers[question]) {
            return Ok(Some(format!("{}: {what}", QUESTIONS[question].join(" "))));
        }
        let looked = program.run(&["bench", "look"])?;
        let whole = |ran: &Ran| {
            ran.json().is_some_and(|found| found["faults"].as_array().is_some_and(|list| !list.is_empty()))
                || dump(ran).as_deref() == Some(&self.dump)
        };
        if let Some(what) = told(&looked, whole) {
            return Ok(Some(format!("a look at everything: {what}")));
        }
        if random.below(4) == 0 {
            let wrote = program.run(&["choose", "netflix", "improvement", "off"])?;
            if let Some(what) = told(&wrote, |_| true) {
                return Ok(Some(format!("choose: {what}")));
            }
        }
        Ok(None)
    }
}

/// The program under `strace`, killed when it is about to delete the write-ahead log that it has put away: all was told.
fn holding() -> Vec<String> {
    let words = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=ftruncate,unlink", "-e"];
    let mut words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    words.push("inject=unlink:signal=KILL:when=1".to_owned());
    words
}

/// The hash over all tables, of a look that found no fault.
fn dump(ran: &Ran) -> Option<String> {
    let found = ran.json()?;
    found["faults"].as_array()?.is_empty().then(|| found["dump"].as_str().map(str::to_owned))?
}

/// What is wrong with an answer: it broke, or is neither right nor a damage by its name.
fn told(ran: &Ran, right: impl Fn(&Ran) -> bool) -> Option<String> {
    if let Some(broke) = ran.broke() {
        return Some(broke);
    }
    match ran.named() {
        Some(code) if NAMED.contains(&code.as_str()) => None,
        Some(code) => Some(format!("calls it {code}")),
        None if ran.json().is_some() => {
            (!right(ran) && !warned(ran)).then(|| "answers something else".to_owned())
        }
        None => Some(ran.brief()),
    }
}

/// It answered, and said that the data is older than it was.
fn warned(ran: &Ran) -> bool {
    ran.err.contains("data-older")
}

/// Single bytes, everywhere.
pub fn bytes(states: &[Whole], homes: &[Program], wanted: usize, extent: Extent) -> Result<Row, Failure> {
    Row::of("a byte changed", wanted, extent, |worker, random| {
        let (program, state) = (&homes[worker], random.pick(states));
        files::copy(&state.folder, &program.data())?;
        let (name, size) = state.draw(random);
        let (place, mask) = (random.below(size), 1 + random.below(255) as u8);
        change(&program.data().join(name), |bytes| bytes[place as usize] ^= mask)?;
        let lost = state.judge(program, random)?;
        let of = state.folder.file_name().unwrap_or_default().to_string_lossy();
        Ok(lost.map_or(End::Survived, |what| {
            End::Lost(format!("{of} {} at {place} xor {mask}: {what}", name.display()))
        }))
    })
}

/// Files cut off, emptied, taken away, or made of zeros or noise from some place on.
pub fn cuts(states: &[Whole], homes: &[Program], wanted: usize, extent: Extent) -> Result<Row, Failure> {
    Row::of("a file cut, emptied or gone", wanted, extent, |worker, random| {
        let (program, state) = (&homes[worker], random.pick(states));
        files::copy(&state.folder, &program.data())?;
        let (name, size) = state.draw(random);
        let path = program.data().join(name);
        let place = random.below(size) as usize;
        let how = *random.pick(&["cut", "cut", "emptied", "gone", "zeros", "noise", "longer"]);
        match how {
            "cut" => change(&path, |bytes| bytes.truncate(place))?,
            "emptied" => change(&path, Vec::clear)?,
            "gone" => fs::remove_file(&path).map_err(|_| failed("a file cannot be removed"))?,
            "zeros" => change(&path, |bytes| bytes[place..].fill(0))?,
            "noise" => {
                let noise: Vec<u8> = (place..size as usize).map(|_| random.below(256) as u8).collect();
                change(&path, |bytes| bytes[place..].copy_from_slice(&noise))?;
            }
            _ => change(&path, |bytes| bytes.extend(std::iter::repeat_n(0, 5000)))?,
        }
        let lost = state.judge(program, random)?;
        let of = state.folder.file_name().unwrap_or_default().to_string_lossy();
        Ok(lost.map_or(End::Survived, |what| {
            End::Lost(format!("{of} {} {how} at {place}: {what}", name.display()))
        }))
    })
}

fn change(path: &Path, with: impl FnOnce(&mut Vec<u8>)) -> Result<(), Failure> {
    let cannot = |_| failed("a file cannot be damaged");
    let mut bytes = fs::read(path).map_err(cannot)?;
    with(&mut bytes);
    fs::write(path, bytes).map_err(cannot)
}
