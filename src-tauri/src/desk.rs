//! What the commands share: core, the picked files, the running import.
//!
//! Core can fail to start (a data directory that cannot be written, say). The window opens all the same and shows the
//! fault; asking for the state tries again. Another window on the same data is such a fault, too.

use crate::first;
use crate::imports::Imports;
use crate::lock::Locks;
use crate::picked::Picks;
use crate::watch::Watching;
use std::sync::{PoisonError, RwLock};
use tauri::async_runtime::spawn_blocking;
use tauri::{AppHandle, Emitter, Manager};
use thinline_core::wire::{ApiError, AppState, Code, Phase, Preferences};
use thinline_core::{Core, Result};

/// Shared by all commands.
pub struct Desk {
    core: RwLock<Result<Core>>,
    /// Tokens for picked files.
    pub picks: Picks,
    /// The imports that run and wait.
    pub imports: Imports,
    /// The watched folder.
    pub watching: Watching,
    /// Locking by itself, and what is kept over a lock.
    pub locks: Locks,
}

impl Desk {
    /// Starts core.
    pub fn new(app: &AppHandle) -> Self {
        Self {
            core: RwLock::new(start(app)),
            picks: Picks::default(),
            imports: Imports::default(),
            watching: Watching::default(),
            locks: Locks::default(),
        }
    }

    /// Core, or why there is none.
    pub fn core(&self) -> Result<Core> {
        self.core.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Puts a question to core, off the thread that draws.
    pub async fn ask<T, Q>(&self, question: Q) -> Result<T>
    where
        T: Send + 'static,
        Q: FnOnce(&Core) -> Result<T> + Send + 'static,
    {
        let core = self.core()?;
        off_thread(move || question(&core)).await
    }

    /// The state, also when core could not start: then it is tried once more.
    fn state(&self, app: &AppHandle) -> AppState {
        if self.core().is_err() {
            let mut core = self.core.write().unwrap_or_else(PoisonError::into_inner);
            if core.is_err() {
                *core = start(app);
            }
        }
        match self.core() {
            Ok(core) => core.app_state(),
            Err(error) => fault_state(error),
        }
    }
}

/// How far the program is; never a failure, since a failure to start is a state too.
pub async fn state(app: AppHandle) -> Result<AppState> {
    off_thread(move || Ok(app.state::<Desk>().state(&app))).await
}

/// Runs what may block where it may block.
pub async fn off_thread<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    spawn_blocking(work).await.unwrap_or_else(|_| Err(Code::Internal.into()))
}

fn start(app: &AppHandle) -> Result<Core> {
    let core = Core::new(None)?;
    core.claim_window().map_err(say_if_it_hangs)?;
    let app = app.clone();
    core.on_topics(Box::new(move |topics| {
        let ids: Vec<&str> = topics.iter().map(|topic| topic.id()).collect();
        let _ = app.emit("topics", ids);
    }));
    Ok(core)
}

/// The other window cannot be used if it hangs.
fn say_if_it_hangs(error: ApiError) -> ApiError {
    if error.code == Code::WindowOpen && first::hangs() { Code::WindowHung.into() } else { error }
}

fn fault_state(error: ApiError) -> AppState {
    let preferences = Preferences {
        appearance: "system".into(),
        text_size: 100,
        home_zone: "UTC".into(),
        country: String::new(),
        keep_originals: true,
    };
    AppState {
        phase: Phase::Fault,
        sample: false,
        slots: Vec::new(),
        keyring: false,
        fault: Some(error),
        trouble: None,
        preferences,
        version: env!("CARGO_PKG_VERSION").into(),
    }
}
