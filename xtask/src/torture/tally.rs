//! What was injected, survived and lost, for each kind of fault; and the cases of one kind on several threads.

use super::random::Random;
use crate::command::Failure;
use crate::say::line as say;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// How a case ended.
pub enum End {
    Survived,
    /// With what was wrong.
    Lost(String),
    /// The fault came to nothing, as a kill after the end does: it does not count.
    Missed,
}

/// One kind of fault.
pub struct Row {
    pub kind: &'static str,
    pub injected: usize,
    pub lost: Vec<String>,
    /// Why it was left out, if it was.
    pub left_out: Option<String>,
}

/// What a torture is given.
#[derive(Clone, Copy)]
pub struct Extent {
    pub seed: u64,
    pub workers: usize,
}

impl Row {
    pub fn left_out(kind: &'static str, why: impl Into<String>) -> Self {
        Self { kind, injected: 0, lost: Vec::new(), left_out: Some(why.into()) }
    }

    /// Tells cases, from 0 on, until so many faults were injected. A kind whose faults keep missing says so.
    pub fn of(
        kind: &'static str,
        wanted: usize,
        extent: Extent,
        case: impl Fn(usize, &mut Random) -> Result<End, Failure> + Sync,
    ) -> Result<Self, Failure> {
        let (next, injected) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let (lost, failure) = (Mutex::new(Vec::new()), Mutex::new(None));
        std::thread::scope(|scope| {
            for worker in 0..extent.workers {
                let (next, injected, lost, failure, case) = (&next, &injected, &lost, &failure, &case);
                scope.spawn(move || {
                    while injected.load(Ordering::Relaxed) < wanted {
                        let number = next.fetch_add(1, Ordering::Relaxed);
                        if number >= wanted * 4 + 20 {
                            return;
                        }
                        match case(worker, &mut Random::of(extent.seed, kind, number)) {
                            Ok(End::Missed) => {}
                            Ok(End::Survived) => {
                                injected.fetch_add(1, Ordering::Relaxed);
                            }
                            Ok(End::Lost(what)) => {
                                injected.fetch_add(1, Ordering::Relaxed);
                                say(&format!("LOST    {kind} case {number}: {what}"));
                                push(lost, format!("case {number}: {what}"));
                            }
                            Err(error) => {
                                *failure.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
                                return;
                            }
                        }
                    }
                });
            }
        });
        if let Some(failure) = failure.into_inner().unwrap_or_else(PoisonError::into_inner) {
            return Err(failure);
        }
        let injected = injected.into_inner();
        let left_out = (injected < wanted).then(|| format!("{wanted} were wanted"));
        let lost = lost.into_inner().unwrap_or_else(PoisonError::into_inner);
        let row = Self { kind, injected, lost, left_out };
        row.print();
        Ok(row)
    }

    pub fn print(&self) {
        let why = self.left_out.as_ref().map_or_else(String::new, |why| format!("  ({why})"));
        let survived = self.injected - self.lost.len();
        let kind = self.kind;
        say(&format!(
            "{kind:<34} injected {:>6}  survived {survived:>6}  lost {:>4}{why}",
            self.injected,
            self.lost.len()
        ));
    }
}

fn push(list: &Mutex<Vec<String>>, what: String) {
    list.lock().unwrap_or_else(PoisonError::into_inner).push(what);
}
