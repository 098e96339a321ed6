//! Locking the window: by the button, and by itself when the computer sleeps, locks its screen or is idle.
//!
//! In this order: where the person is, is sealed with a key of the vault; from then on core answers nothing; the window is
//! emptied; an import that runs takes back what it stored; the database is closed and the keys are wiped. So the window shows
//! nothing at once, while the keys may go some seconds later. Who says that the computer sleeps stands in [`logind`].

#[cfg(target_os = "linux")]
mod logind;

use crate::desk::Desk;
use crate::window;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};
use tauri::{AppHandle, Manager};
use thinline_core::wire::{AppState, LockRules, LockState};
use thinline_core::{Result, Sealed};

/// How long locking waits for a running import to take back what it stored. Core then locks all the same, and answers when
/// nothing holds the keys any more.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often it is looked whether an idle computer has been idle for long enough.
const TICK: Duration = Duration::from_secs(1);
/// A clock that was put right can tell any time. Nobody has been away for longer than this without having been locked out.
const LONGEST: Duration = Duration::from_secs(24 * 3600);
/// The longest address of a page that is kept.
const PLACE: usize = 4096;

/// Why the window locks by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// The computer is about to sleep.
    Sleep,
    /// The screen was locked.
    Screen,
}

impl Cause {
    fn counts(self, rules: LockRules) -> bool {
        match self {
            Self::Sleep => rules.on_sleep,
            Self::Screen => rules.on_screen_lock,
        }
    }
}

/// What is known of the computer, and what is kept over a lock.
#[derive(Default)]
pub struct Locks {
    place: Mutex<Option<Sealed>>,
    heard: AtomicBool,
    idle: Mutex<Idle>,
}

/// Since when nobody uses the computer: as the system told it, and as it counts here.
#[derive(Debug, Clone, Copy, Default)]
struct Idle {
    told: Option<SystemTime>,
    since: Option<Instant>,
}

impl Idle {
    /// What the system says now. The time comes by the clock of the wall, which may have been put right since; what was told
    /// before is no news.
    fn hear(&mut self, told: Option<SystemTime>, now: Instant) {
        if told == self.told {
            return;
        }
        let ago = |then| SystemTime::now().duration_since(then).unwrap_or_default().min(LONGEST);
        self.told = told;
        self.since = told.map(|then| now.checked_sub(ago(then)).unwrap_or(now));
    }

    /// Somebody unlocked. Who does that is there, whatever the system says: it counts from now.
    fn opened(&mut self, now: Instant) {
        self.since = self.since.map(|_| now);
    }

    fn is_over(self, minutes: u16, now: Instant) -> bool {
        let time = Duration::from_secs(60 * u64::from(minutes));
        minutes > 0 && self.since.is_some_and(|since| now.saturating_duration_since(since) >= time)
    }
}

impl Locks {
    /// What was chosen, and whether the system is heard.
    pub fn state(&self, rules: LockRules) -> LockState {
        LockState { rules, heard: self.heard.load(Ordering::Relaxed) }
    }

    /// The vault was opened just now.
    pub fn opened(&self) {
        self.idle().opened(Instant::now());
    }

    fn idle(&self) -> MutexGuard<'_, Idle> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn place(&self) -> MutexGuard<'_, Option<Sealed>> {
        self.place.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Listens to the system for as long as the program runs.
pub fn start(app: &AppHandle) {
    #[cfg(target_os = "linux")]
    logind::start(app);
    let app = app.clone();
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(TICK);
            let idle = *app.state::<Desk>().locks.idle();
            if idle.since.is_some() && idle_for_too_long(&app, idle) {
                let _ = now(&app);
            }
        }
    });
}

fn idle_for_too_long(app: &AppHandle, idle: Idle) -> bool {
    let rules = app.state::<Desk>().core().and_then(|core| core.lock_rules());
    rules.is_ok_and(|rules| idle.is_over(rules.idle_minutes, Instant::now()))
}

/// Locks for a cause, if that was chosen. Nothing is open: nothing to do.
#[cfg(target_os = "linux")]
fn because(app: &AppHandle, cause: Cause) {
    let rules = app.state::<Desk>().core().and_then(|core| core.lock_rules());
    if rules.is_ok_and(|rules| cause.counts(rules)) {
        let _ = now(app);
    }
}

/// Locks now. Blocks until the keys are wiped. A sample has nothing to lock.
pub fn now(app: &AppHandle) -> Result<AppState> {
    let desk = app.state::<Desk>();
    let core = desk.core()?;
    let place = window::place(app).filter(|place| place.len() <= PLACE);
    let sealed = place.and_then(|place| core.seal(&place).ok());
    let ending = desk.imports.begin_end();
    let closing = core.close();
    if closing.was_open() {
        *desk.locks.place() = sealed;
        window::empty(app);
    }
    ending.wait(PATIENCE);
    closing.wait();
    Ok(core.app_state())
}

/// Where the person was before the lock; told once, and only to whoever could unlock.
pub fn kept_place(app: &AppHandle) -> Result<Option<String>> {
    let desk = app.state::<Desk>();
    let core = desk.core()?;
    let mut place = desk.locks.place();
    let Some(sealed) = &*place else { return Ok(None) };
    let text = core.unseal(sealed)?;
    *place = None;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: LockRules = LockRules { idle_minutes: 10, on_sleep: true, on_screen_lock: false };

    #[test]
    fn each_cause_counts_as_it_was_chosen() {
        assert!(Cause::Sleep.counts(RULES));
        assert!(!Cause::Screen.counts(RULES));
        assert!(Cause::Screen.counts(LockRules { on_sleep: false, on_screen_lock: true, ..RULES }));
        assert!(!Cause::Sleep.counts(LockRules { on_sleep: false, ..RULES }));
    }

    const SECOND: Duration = Duration::from_secs(1);

    /// Idle since so long ago, and now.
    fn idle_for(seconds: u32) -> (Idle, Instant) {
        let (mut idle, now) = (Idle::default(), Instant::now());
        idle.hear(Some(SystemTime::now() - SECOND * seconds), now);
        (idle, now)
    }

    #[test]
    fn an_idle_computer_locks_after_the_chosen_minutes_and_never_when_never_was_chosen() {
        let (idle, now) = idle_for(290);
        assert!(!idle.is_over(5, now));
        assert!(idle.is_over(5, now + 11 * SECOND));
        assert!(!idle.is_over(0, now + 100_000 * SECOND));
        assert!(!Idle::default().is_over(5, now + 100_000 * SECOND), "it is in use");
    }

    #[test]
    fn who_unlocks_an_idle_computer_is_not_locked_out_again_at_once() {
        let (mut idle, now) = idle_for(3600);
        idle.opened(now);
        idle.hear(idle.told, now + SECOND);
        assert!(!idle.is_over(10, now + 599 * SECOND));
        assert!(idle.is_over(10, now + 600 * SECOND));
        idle.hear(None, now);
        assert!(!idle.is_over(5, now + 100_000 * SECOND), "it is used again");
    }

    #[test]
    fn a_clock_that_jumped_neither_panics_nor_locks_for_a_time_to_come() {
        let (mut idle, now) = (Idle::default(), Instant::now());
        idle.hear(Some(SystemTime::now() + 5000 * SECOND), now);
        assert!(!idle.is_over(5, now));
        idle.hear(Some(SystemTime::UNIX_EPOCH), now);
        assert!(idle.is_over(30, now + SECOND) || idle.since == Some(now));
    }
}
