//! A clock that is wrong, and set right again: what was done is there, the log still fits together, and nothing is refused
//! because of the time. By `faketime`, which comes with the tests.

use super::program::Program;
use super::tally::{End, Extent, Row};
use super::world::World;
use crate::command::{Failure, Run};

/// Where the clock jumps to. Choices with an end date are not among the operations: with them the time is to matter.
const JUMPS: &[&str] = &[
    "-1 hour",
    "+1 hour",
    "-20 years",
    "+12 years",
    "1970-01-01 00:00:30",
    "2038-01-19 03:14:06",
    "2106-02-07 06:28:14",
    "2000-02-29 23:59:58",
];

/// Why the clock cannot be moved here, if so.
pub fn missing() -> Option<String> {
    let works = Run::new("faketime").args(["2020-01-01 00:00:00", "true"]).answer().is_some();
    (!works).then(|| "faketime is not here".to_owned())
}

pub fn jumps(world: &World, homes: &[Program], wanted: usize, extent: Extent) -> Result<Row, Failure> {
    Row::of("a clock that jumps", wanted, extent, |worker, random| {
        let (program, known) = (&homes[worker], world.draw(random));
        let jump = *random.pick(JUMPS);
        world.reset(program, known.operation.base)?;
        let wrapper = ["faketime", "-f", &format_of(jump)].map(str::to_owned);
        let ran = program.run_command(program.command(&wrapper, &known.words()), None)?;
        let lost = |what: String| Ok(End::Lost(format!("{jump}, {}: {what}", known.operation.name)));
        if ran.json().is_none() || ran.broke().is_some() {
            return lost(ran.brief());
        }
        match world.settle(program, known, true)? {
            Ok(()) => Ok(End::Survived),
            Err(what) => lost(what),
        }
    })
}

/// As `faketime -f` reads it: with `@` the clock starts there and goes on.
fn format_of(jump: &str) -> String {
    match jump.split_once(' ') {
        Some((number, "hour")) => format!("{number}h"),
        Some((number, "years")) => format!("{number}y"),
        _ => format!("@{jump}"),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn jumps_are_written_as_faketime_reads_them() {
        let found = ["-1 hour", "+12 years", "1970-01-01 00:00:30"].map(super::format_of);
        assert_eq!(found, ["-1h", "+12y", "@1970-01-01 00:00:30"]);
    }
}
