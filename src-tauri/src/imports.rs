//! One import at a time: its number, its cancel flag, its progress and its end.
//!
//! The reading itself is core's. Progress and end go to the window as events, since an import outlives the command that
//! started it. An end can reach the window before the answer with the job's number does.

use crate::desk::Desk;
use crate::picked::Purpose;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tauri::async_runtime::{spawn, spawn_blocking};
use tauri::{AppHandle, Emitter, Manager};
use thinline_core::wire::{Code, ImportEnd, Progress};
use thinline_core::{ImportOptions, ImportWatch, Result};

/// The import that is running, if one is.
#[derive(Clone, Default)]
pub struct Imports(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    last: u32,
    running: Option<(u32, Arc<AtomicBool>)>,
    closing: bool,
}

impl Imports {
    /// Takes the one place there is; the place is free again when the slot is dropped.
    fn begin(&self) -> Result<Slot> {
        let mut state = self.lock();
        if state.running.is_some() || state.closing {
            return Err(Code::ImportRunning.into());
        }
        state.last += 1;
        let slot = Slot { job: state.last, cancel: Arc::default(), of: self.clone() };
        state.running = Some((slot.job, slot.cancel.clone()));
        Ok(slot)
    }

    /// Asks the import of this number to end.
    pub fn cancel(&self, job: u32) -> Result<()> {
        match &self.lock().running {
            Some((running, flag)) if *running == job => flag.store(true, Ordering::Relaxed),
            _ => return Err(Code::NoSuch.into()),
        }
        Ok(())
    }

    /// Asks whatever import is running to end, and waits a while for it to take back what it stored. Meanwhile none begins.
    pub fn end_all(&self, patience: Duration) {
        self.lock().closing = true;
        let since = Instant::now();
        while since.elapsed() < patience {
            match &self.lock().running {
                Some((_, flag)) => flag.store(true, Ordering::Relaxed),
                None => break,
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        self.lock().closing = false;
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Slot {
    job: u32,
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
}

impl ImportWatch for Watch {
    fn progress(&self, progress: Progress) {
        let _ = self.app.emit("progress", progress);
    }

    fn cancelled(&self) -> bool {
        self.cancel.load(Ordering::Relaxed)
    }
}

/// Starts reading a picked archive and answers with the number of the job.
pub fn start(app: &AppHandle, token: String, service: Option<String>) -> Result<u32> {
    let desk = app.state::<Desk>();
    let core = desk.core()?;
    let slot = desk.imports.begin()?;
    let pick = desk.picks.take(&token, Purpose::Archive)?;
    let (app, job) = (app.clone(), slot.job);
    spawn(async move {
        let watch = Watch { app: app.clone(), cancel: slot.cancel.clone() };
        let (path, options) = (pick.path.clone(), ImportOptions { service, ..ImportOptions::default() });
        let read = spawn_blocking(move || core.import(job, &path, &options, &watch)).await;
        let read = read.unwrap_or_else(|_| Err(Code::Internal.into()));
        if read.is_err() {
            app.state::<Desk>().picks.give_back(token, pick);
        }
        // Freed before the end is told, so that the window may start the next at once.
        drop(slot);
        let end = match read {
            Ok(report) => ImportEnd { job, report: Some(report), error: None },
            Err(error) => ImportEnd { job, report: None, error: Some(error) },
        };
        let _ = app.emit("import-end", end);
    });
    Ok(job)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_import_is_refused_until_the_first_has_ended() {
        let imports = Imports::default();
        let first = imports.begin().ok().unwrap();
        assert_eq!(imports.begin().err().unwrap().code, Code::ImportRunning);
        let job = first.job;
        drop(first);
        assert_ne!(imports.begin().ok().unwrap().job, job);
    }

    #[test]
    fn cancelling_reaches_the_import_of_that_number_only() {
        let imports = Imports::default();
        let slot = imports.begin().ok().unwrap();
        assert_eq!(imports.cancel(slot.job + 1).err().unwrap().code, Code::NoSuch);
        assert!(!slot.cancel.load(Ordering::Relaxed));
        imports.cancel(slot.job).unwrap();
        assert!(slot.cancel.load(Ordering::Relaxed));
    }

    #[test]
    fn ending_all_waits_for_the_import_to_stop() {
        let imports = Imports::default();
        let slot = imports.begin().ok().unwrap();
        let reader = std::thread::spawn(move || {
            while !slot.cancel.load(Ordering::Relaxed) {
                std::thread::yield_now();
            }
        });
        imports.end_all(Duration::from_secs(5));
        assert!(imports.lock().running.is_none());
        reader.join().unwrap();
    }
}
