//! Two programs that write at once, and one of them may be killed: each does its part or says that the other is at it, and
//! the end is as if one had come after the other.

use super::operations::Base;
use super::program::{Program, Ran};
use super::tally::{End, Extent, Row};
use super::world::{Known, World, look};
use super::{failed, files};
use crate::command::Failure;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Operations that can meet; both start from the same state.
const MEETING: &[&str] = &[
    "second import",
    "overlapping import",
    "read again",
    "undo an import",
    "erase a day",
    "erase a category",
    "choose",
    "choose for all",
    "undo a choice",
    "set a rule",
    "hide a day",
    "note a request",
    "make a recovery code",
];

/// What two operations leave one after the other, in both orders; learned when they first meet.
#[derive(Default)]
struct Ends(Mutex<BTreeMap<(&'static str, &'static str), Option<Value>>>);

pub fn at_once(world: &World, homes: &[Program], wanted: usize, extent: Extent) -> Result<Row, Failure> {
    let known: Vec<&Known> =
        world.known.iter().filter(|known| MEETING.contains(&known.operation.name)).collect();
    if known.len() != MEETING.len() || known.iter().any(|known| known.operation.base != Base::Lived) {
        return Err(failed("an operation that is to meet another is not known"));
    }
    let ends = Ends::default();
    Row::of("two programs at once", wanted, extent, |worker, random| {
        let program = &homes[worker];
        let (one, other) = (*random.pick(&known), *random.pick(&known));
        if one.operation.writes.is_some() && other.operation.writes.is_some() {
            return Ok(End::Missed);
        }
        let mut allowed = vec![one.before.clone(), one.after.clone(), other.after.clone()];
        for (first, second) in [(one, other), (other, one)] {
            allowed.extend(ends.after(world, program, first, second)?);
        }
        world.reset(program, Base::Lived)?;
        let wait = one.took.max(other.took).mul_f64(random.part() * 0.6);
        let kill = (random.below(3) == 0).then(|| one.took.mul_f64(random.part()));
        let first = program.start(program.command(&[], &one.words()))?;
        let second = std::thread::scope(|scope| {
            let second = scope.spawn(|| {
                std::thread::sleep(wait);
                program.start(program.command(&[], &other.words()))?.end(None)
            });
            let first = first.end(kill);
            second.join().map_err(|_| failed("a thread was lost")).and_then(|second| Ok((first?, second?)))
        });
        let (first, second) = second?;
        let names = format!("{} and {}", one.operation.name, other.operation.name);
        judge(program, &[(one, first), (other, second)], &allowed)
            .map(|lost| lost.map_or(End::Survived, |what| End::Lost(format!("{names}: {what}"))))
    })
}

impl Ends {
    /// None if the second cannot be done after the first.
    fn after(
        &self,
        world: &World,
        program: &Program,
        first: &Known,
        second: &Known,
    ) -> Result<Option<Value>, Failure> {
        let names = (first.operation.name, second.operation.name);
        if let Some(known) = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&names) {
            return Ok(known.clone());
        }
        world.reset(program, Base::Lived)?;
        program.run(&first.words())?;
        let ran = program.run(&second.words())?;
        let left =
            look(program)?.map_err(|what| failed(&format!("{names:?} one after the other: {what}")))?;
        let left = ran.json().map(|_| left);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(names, left.clone());
        Ok(left)
    }
}

/// What is wrong with the end of two runs, if anything is.
fn judge(program: &Program, ran: &[(&Known, Ran); 2], allowed: &[Value]) -> Result<Option<String>, Failure> {
    for (known, ran) in ran {
        // Killed on purpose, or refused for a reason that the other gave.
        let ended =
            ran.signal == Some(9) || ran.json().is_some() || ran.code == Some(1) && ran.named().is_some();
        if ran.hung || !ended || ran.err.contains("panicked at") {
            return Ok(Some(format!("{}: {}", known.operation.name, ran.brief())));
        }
        if ran.named().as_deref() == Some("internal") {
            return Ok(Some(format!("{}: not named: {}", known.operation.name, ran.brief())));
        }
    }
    let found = match look(program)? {
        Ok(found) => found,
        Err(what) => return Ok(Some(what)),
    };
    if !allowed.contains(&found) {
        let line = super::world::first_difference(&allowed[0], &found).unwrap_or_default();
        return Ok(Some(format!("as neither order leaves it: {line}")));
    }
    let log = found["log"].as_array().map_or(0, Vec::len);
    let before = allowed[0]["log"].as_array().map_or(0, Vec::len);
    let acknowledged = ran.iter().filter(|(_, ran)| ran.acknowledged()).count();
    if log < before + acknowledged {
        return Ok(Some(format!("{acknowledged} were told to be done, {} are there", log - before)));
    }
    Ok(files::left_over(&program.data()).map(|left| format!("left over: {left}")))
}

#[cfg(test)]
mod tests {
    use super::super::operations::OPERATIONS;

    #[test]
    fn whatever_is_to_meet_is_an_operation() {
        let known = |name: &&str| OPERATIONS.iter().any(|operation| operation.name == *name);
        assert!(super::MEETING.iter().all(known));
    }
}
