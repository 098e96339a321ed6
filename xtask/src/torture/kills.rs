//! Kills: at a random moment by the clock, and at a random system call, which hits every step of what is done to files.
//!
//! A second kill may follow while the next start cleans up. Kills leave what the program handed to the system in its caches,
//! so they are not what a loss of power does: that is another fault, and it is not injected here.

use super::calls::Calls;
use super::program::{Program, Ran};
use super::random::Random;
use super::tally::{End, Extent, Row};
use super::world::{Known, World};
use crate::command::Failure;

/// Kills by the clock.
pub fn by_time(world: &World, homes: &[Program], wanted: usize, extent: Extent) -> Result<Row, Failure> {
    Row::of("kill -9 at a moment", wanted, extent, |worker, random| {
        let (program, known) = (&homes[worker], world.draw(random));
        world.reset(program, known.operation.base)?;
        let after = known.took.mul_f64(random.part() * 1.1);
        let ran = program.run_command(program.command(&[], &known.words()), Some(after))?;
        judge(world, program, known, &ran, random)
    })
}

/// Kills at a system call that changes something.
pub fn by_call(
    world: &World,
    homes: &[Program],
    calls: &Calls,
    wanted: usize,
    extent: Extent,
) -> Result<Row, Failure> {
    Row::of("kill -9 at a system call", wanted, extent, |worker, random| {
        let (program, known) = (&homes[worker], world.draw(random));
        let Some(call) = calls.draw(known.operation.name, random) else { return Ok(End::Missed) };
        world.reset(program, known.operation.base)?;
        let wrapper = Calls::inject(program, call, "signal=KILL");
        let ran = program.run_command(program.command(&wrapper, &known.words()), None)?;
        judge(world, program, known, &ran, random)
    })
}

fn judge(
    world: &World,
    program: &Program,
    known: &Known,
    ran: &Ran,
    random: &mut Random,
) -> Result<End, Failure> {
    if ran.signal != Some(9) {
        return Ok(ran.broke().map_or(End::Missed, End::Lost));
    }
    // Half the time the next start, which cleans up, is killed too.
    for _ in 0..random.below(2) {
        let after = known.took.min(super::program::LIMIT / 100).mul_f64(random.part());
        program.run_command(program.command(&[], &["imports"]), Some(after))?;
    }
    Ok(match world.settle(program, known, ran.acknowledged())? {
        Ok(()) => End::Survived,
        Err(what) => End::Lost(format!("{}: {what}", known.operation.name)),
    })
}
