//! Imports one after the other: their numbers, the queue, cancelling, progress and ends.
//!
//! The reading itself is core's. Progress and end go to the window as events, since an import outlives the command that
//! started it. An end can reach the window before the answer with the job's number does. A failure never stops what waits.

use crate::desk::Desk;
use crate::download;
use crate::picked::{Pick, Purpose};
use std::collections::VecDeque;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tauri::async_runtime::{spawn, spawn_blocking};
use tauri::{AppHandle, Emitter, Manager};
use thinline_core::wire::{ApiError, Code, ImportEnd, ImportReport, Progress};
use thinline_core::{Core, DateOrder, ImportOptions, ImportWatch, Result};

/// More than anybody means to import at once.
const MOST: usize = 256;

/// What is to be read, and as what.
#[derive(Debug, Clone)]
pub enum What {
    /// An export.
    Read(ImportOptions),
    /// An export that takes the place of an older reading of it, and how its dates are read where that is not clear.
    Again(u32, Option<DateOrder>),
}

/// An import that waits or runs.
#[derive(Debug, Clone)]
struct Job {
    number: u32,
    token: String,
    pick: Pick,
    what: What,
}

/// The imports that run and wait.
#[derive(Clone, Default)]
pub struct Imports(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    last: u32,
    waiting: VecDeque<Job>,
    running: Option<(u32, Arc<AtomicBool>)>,
    closing: bool,
}

/// What became of a wish to cancel.
enum Cancelled {
    /// It waited, and is out of the queue.
    Waiting(Box<Job>),
    /// It runs, and was asked to end.
    Asked,
}

impl Imports {
    /// Puts an import at the end; answers its number.
    fn add(&self, token: String, pick: Pick, what: What) -> Result<u32> {
        let mut state = self.lock();
        if state.closing || state.waiting.len() == MOST {
            return Err(Code::ImportRunning.into());
        }
        state.last += 1;
        let number = state.last;
        state.waiting.push_back(Job { number, token, pick, what });
        Ok(number)
    }

    /// The next in line, if none runs. The place is free again when the slot is dropped.
    fn next(&self) -> Option<(Job, Slot)> {
        let mut state = self.lock();
        if state.running.is_some() || state.closing {
            return None;
        }
        let job = state.waiting.pop_front()?;
        let cancel: Arc<AtomicBool> = Arc::default();
        state.running = Some((job.number, cancel.clone()));
        drop(state);
        Some((job, Slot { cancel, of: self.clone() }))
    }

    fn cancel_one(&self, number: u32) -> Result<Cancelled> {
        let mut state = self.lock();
        if let Some(at) = state.waiting.iter().position(|job| job.number == number)
            && let Some(job) = state.waiting.remove(at)
        {
            return Ok(Cancelled::Waiting(Box::new(job)));
        }
        match &state.running {
            Some((running, flag)) if *running == number => flag.store(true, Ordering::Relaxed),
            _ => return Err(Code::NoSuch.into()),
        }
        Ok(Cancelled::Asked)
    }

    /// Takes all that wait out of the queue and asks the one that runs to end.
    fn cancel_everything(&self) -> VecDeque<Job> {
        let mut state = self.lock();
        if let Some((_, flag)) = &state.running {
            flag.store(true, Ordering::Relaxed);
        }
        std::mem::take(&mut state.waiting)
    }

    fn waiting(&self) -> u32 {
        u32::try_from(self.lock().waiting.len()).unwrap_or(u32::MAX)
    }

    /// Asks whatever import is running to end, and waits a while for it to take back what it stored. Meanwhile none begins,
    /// and what waited is not begun later.
    pub fn end_all(&self, patience: Duration) {
        self.begin_end().wait(patience);
    }

    /// The same in two steps: what runs is asked to end, and none begins until the answer is waited for or dropped.
    pub fn begin_end(&self) -> Ending<'_> {
        self.lock().closing = true;
        self.cancel_everything();
        Ending(self)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Imports that were asked to end.
pub struct Ending<'a>(&'a Imports);

impl Ending<'_> {
    /// Waits a while for the one that runs to take back what it stored.
    pub fn wait(self, patience: Duration) {
        let since = Instant::now();
        while since.elapsed() < patience && self.0.lock().running.is_some() {
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Ending<'_> {
    fn drop(&mut self) {
        self.0.lock().closing = false;
    }
}

struct Slot {
    cancel: Arc<AtomicBool>,
    of: Imports,
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.of.lock().running = None;
    }
}

struct Watch {
    app: AppHandle,
    cancel: Arc<AtomicBool>,
    imports: Imports,
}

impl ImportWatch for Watch {
    fn progress(&self, mut progress: Progress) {
        progress.waiting = self.imports.waiting();
        let _ = self.app.emit("progress", progress);
    }

    fn cancelled(&self) -> bool {
        self.cancel.load(Ordering::Relaxed)
    }
}

/// Puts a picked archive at the end of the queue and answers with the number of the job.
pub fn start(app: &AppHandle, token: String, what: What) -> Result<u32> {
    let desk = app.state::<Desk>();
    desk.core()?;
    let pick = desk.picks.take(&token, Purpose::Archive)?;
    let added = desk.imports.add(token.clone(), pick.clone(), what);
    if added.is_err() {
        desk.picks.give_back(token, pick);
    }
    let number = added?;
    go_on(app);
    Ok(number)
}

/// Cancels the import of this number.
pub fn cancel(app: &AppHandle, number: u32) -> Result<()> {
    if let Cancelled::Waiting(job) = app.state::<Desk>().imports.cancel_one(number)? {
        never_begun(app, *job);
    }
    Ok(())
}

/// Cancels every import.
pub fn cancel_all(app: &AppHandle) {
    for job in app.state::<Desk>().imports.cancel_everything() {
        never_begun(app, job);
    }
}

fn never_begun(app: &AppHandle, job: Job) {
    app.state::<Desk>().picks.give_back(job.token, job.pick);
    end(app, job.number, Err(Code::Cancelled.into()));
}

/// Begins the next import, if none runs; when it has ended, the one after it.
fn go_on(app: &AppHandle) {
    let desk = app.state::<Desk>();
    let Some((job, slot)) = desk.imports.next() else { return };
    let app = app.clone();
    spawn(async move {
        let watch = Watch { app: app.clone(), cancel: slot.cancel.clone(), imports: slot.of.clone() };
        let (path, what, number) = (job.pick.path.clone(), job.what, job.number);
        let core = app.state::<Desk>().core();
        let own = app.clone();
        let read = spawn_blocking(move || {
            let core = core?;
            let report = read(&core, number, &path, &what, &watch)?;
            if report.id != 0 || report.state == "known" {
                // That it is offered once more would be no harm.
                let _ = crate::watch::done_with(&own, &core, &path);
            }
            Ok(report)
        })
        .await;
        let mut read = read.unwrap_or_else(|_| Err(Code::Internal.into()));
        let desk = app.state::<Desk>();
        match &mut read {
            Ok(report) if report.id != 0 || report.state == "known" => {
                report.download = download::offer(&desk.picks, &job.pick.path);
            }
            // The person may only have to say more: a service, an account, the order of dates.
            _ => desk.picks.give_back(job.token, job.pick),
        }
        // Freed before the end is told, so that the window may start the next at once.
        drop(slot);
        end(&app, number, read);
        go_on(&app);
    });
}

fn read(core: &Core, number: u32, path: &Path, what: &What, watch: &Watch) -> Result<ImportReport> {
    match what {
        What::Read(options) => core.import(number, path, options, watch),
        What::Again(id, order) => core.import_again(number, *id, path, *order, watch),
    }
}

fn end(app: &AppHandle, job: u32, read: std::result::Result<ImportReport, ApiError>) {
    let end = match read {
        Ok(report) => ImportEnd { job, report: Some(report), error: None },
        Err(error) => ImportEnd { job, report: None, error: Some(error) },
    };
    let _ = app.emit("import-end", end);
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    fn add(imports: &Imports, name: &str) -> u32 {
        let pick = Pick { path: PathBuf::from(name), purpose: Purpose::Archive, overwrite: false };
        imports.add(name.to_owned(), pick, What::Read(ImportOptions::default())).ok().unwrap()
    }

    fn waiting(imports: &Imports) -> Vec<u32> {
        imports.lock().waiting.iter().map(|job| job.number).collect()
    }

    #[test]
    fn imports_run_one_after_the_other_in_their_order() {
        let imports = Imports::default();
        let (first, second) = (add(&imports, "a"), add(&imports, "b"));
        let (job, slot) = imports.next().unwrap();
        assert_eq!(job.number, first);
        assert!(imports.next().is_none());
        assert_eq!(imports.waiting(), 1);
        drop(slot);
        assert_eq!(imports.next().unwrap().0.number, second);
    }

    #[test]
    fn one_that_waits_is_taken_out_and_the_others_stay() {
        let imports = Imports::default();
        let numbers = ["a", "b", "c"].map(|name| add(&imports, name));
        assert!(
            matches!(imports.cancel_one(numbers[1]).ok().unwrap(), Cancelled::Waiting(job) if job.token == "b")
        );
        assert_eq!(waiting(&imports), [numbers[0], numbers[2]]);
    }

    #[test]
    fn cancelling_reaches_the_import_of_that_number_only() {
        let imports = Imports::default();
        let number = add(&imports, "a");
        let (_, slot) = imports.next().unwrap();
        assert_eq!(imports.cancel_one(number + 1).err().unwrap().code, Code::NoSuch);
        assert!(!slot.cancel.load(Ordering::Relaxed));
        assert!(matches!(imports.cancel_one(number).ok().unwrap(), Cancelled::Asked));
        assert!(slot.cancel.load(Ordering::Relaxed));
    }

    #[test]
    fn cancelling_everything_leaves_nothing_waiting() {
        let imports = Imports::default();
        for name in ["a", "b", "c"] {
            add(&imports, name);
        }
        let (_, slot) = imports.next().unwrap();
        assert_eq!(imports.cancel_everything().len(), 2);
        assert!(slot.cancel.load(Ordering::Relaxed));
        assert_eq!(imports.waiting(), 0);
    }

    #[test]
    fn ending_all_waits_for_the_import_to_stop_and_begins_no_other() {
        let imports = Imports::default();
        for name in ["a", "b"] {
            add(&imports, name);
        }
        let (_, slot) = imports.next().unwrap();
        let reader = std::thread::spawn(move || {
            while !slot.cancel.load(Ordering::Relaxed) {
                std::thread::yield_now();
            }
        });
        imports.end_all(Duration::from_secs(5));
        assert!(imports.lock().running.is_none());
        assert_eq!(imports.waiting(), 0);
        reader.join().unwrap();
    }
}
