//! What was asked of services, what is to be done, and the calendar file of it.

use crate::bounds::{checked, id};
use crate::desk::{Desk, off_thread};
use crate::dialogs;
use tauri::{AppHandle, State};
use thinline_core::Result;
use thinline_core::wire::{AskedFor, ProfileWritten, ReadyNow, Requests, Todo};

#[tauri::command]
pub async fn requests(desk: State<'_, Desk>) -> Result<Requests> {
    desk.ask(|core| core.requests()).await
}

#[tauri::command]
pub async fn request_asked(desk: State<'_, Desk>, asked: AskedFor) -> Result<Requests> {
    let asked = checked(asked)?;
    desk.ask(move |core| core.request_asked(&asked)).await
}

#[tauri::command]
pub async fn request_ready(desk: State<'_, Desk>, ready: ReadyNow) -> Result<Requests> {
    let ready = checked(ready)?;
    desk.ask(move |core| core.request_ready(&ready)).await
}

#[tauri::command]
pub async fn request_give_up(desk: State<'_, Desk>, id: u32) -> Result<Requests> {
    desk.ask(move |core| core.request_give_up(id)).await
}

#[tauri::command]
pub async fn request_reopen(desk: State<'_, Desk>, id: u32) -> Result<Requests> {
    desk.ask(move |core| core.request_reopen(id)).await
}

/// Asks where, and writes the file: the window never learns more of the path than what is told of a written file.
#[tauri::command]
pub async fn calendar_save(
    app: AppHandle,
    desk: State<'_, Desk>,
    request: Option<u32>,
) -> Result<Option<ProfileWritten>> {
    let ask = move || Ok(dialogs::save(&app, "Save the calendar file", "thinline-requests", "ics"));
    let Some(pick) = off_thread(ask).await? else { return Ok(None) };
    desk.ask(move |core| core.calendar_write(&pick.path, request, &[], pick.overwrite).map(Some)).await
}

#[tauri::command]
pub async fn todo(desk: State<'_, Desk>) -> Result<Todo> {
    desk.ask(|core| core.todo()).await
}

#[tauri::command]
pub async fn todo_later(desk: State<'_, Desk>, id: String) -> Result<Todo> {
    let item = self::id(id)?;
    desk.ask(move |core| core.todo_later(&item)).await
}
