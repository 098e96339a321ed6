//! What the commands share: core, the picked files, the running import.
//!
//! Core can fail to start (a data directory that cannot be written, say). The window opens all the same and shows the
//! fault; asking for the state tries again.

use crate::faults::{Answer, internal};
use crate::imports::Imports;
use crate::picked::Picks;
use std::sync::{PoisonError, RwLock};
use tauri::async_runtime::spawn_blocking;
use tauri::{AppHandle, Emitter};
use thinline_core::Core;
use thinline_core::wire::{ApiError, AppState, Phase, Preferences};

/// Shared by all commands.
pub struct Desk {
    core: RwLock<Answer<Core>>,
    /// Tokens for picked files.
    pub picks: Picks,
    /// The running import.
    pub imports: Imports,
}

impl Desk {
    /// Starts core.
    pub fn new(app: &AppHandle) -> Self {
        Self { core: RwLock::new(start(app)), picks: Picks::default(), imports: Imports::default() }
    }

    /// Core, or why there is none.
    pub fn core(&self) -> Answer<Core> {
        self.core.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Puts a question to core, off the thread that draws.
    pub async fn ask<T, Q>(&self, question: Q) -> Answer<T>
    where
        T: Send + 'static,
        Q: FnOnce(&Core) -> Answer<T> + Send + 'static,
    {
        let core = self.core()?;
        off_thread(move || question(&core)).await
    }

    /// The state, also when core could not start: then it is tried once more.
    pub async fn state(&self, app: &AppHandle) -> Answer<AppState> {
        if self.core().is_err() {
            let handle = app.clone();
            let started = off_thread(move || Ok(start(&handle))).await?;
            *self.core.write().unwrap_or_else(PoisonError::into_inner) = started;
        }
        match self.core() {
            Ok(core) => off_thread(move || Ok(core.app_state())).await,
            Err(error) => Ok(fault_state(error)),
        }
    }
}

/// Runs what may block where it may block.
pub async fn off_thread<T: Send + 'static>(work: impl FnOnce() -> Answer<T> + Send + 'static) -> Answer<T> {
    spawn_blocking(work).await.unwrap_or_else(|_| Err(internal("A question could not be answered.")))
}

fn start(app: &AppHandle) -> Answer<Core> {
    let core = Core::new(None)?;
    let app = app.clone();
    core.on_topics(Box::new(move |topics| {
        let ids: Vec<&str> = topics.iter().map(|topic| topic.id()).collect();
        let _ = app.emit("topics", ids);
    }));
    Ok(core)
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
        preferences,
        version: env!("CARGO_PKG_VERSION").into(),
    }
}
