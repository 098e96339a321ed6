//! The log: reading it, checking it, keeping its state elsewhere.

use crate::desk::Desk;
use tauri::State;
use thinline_core::Result;
use thinline_core::wire::{LogPage, LogVerified};

#[tauri::command]
pub async fn log_page(desk: State<'_, Desk>, before: Option<u32>, limit: u16) -> Result<LogPage> {
    desk.ask(move |core| core.log_page(before, limit)).await
}

#[tauri::command]
pub async fn log_verify(desk: State<'_, Desk>) -> Result<LogVerified> {
    desk.ask(|core| core.log_verify()).await
}

#[tauri::command]
pub async fn log_checkpoint(desk: State<'_, Desk>) -> Result<String> {
    desk.ask(|core| core.log_checkpoint()).await
}
