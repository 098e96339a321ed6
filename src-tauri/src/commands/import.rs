//! Imports: picking an archive, reading it, taking it back.

use crate::arguments::ArchiveKind;
use crate::bounds::id;
use crate::desk::{Desk, off_thread};
use crate::{dialogs, imports};
use tauri::{AppHandle, State};
use thinline_core::Result;
use thinline_core::wire::{ImportRows, Picked};

#[tauri::command]
pub async fn pick_archive(
    app: AppHandle,
    desk: State<'_, Desk>,
    kind: ArchiveKind,
) -> Result<Option<Picked>> {
    let pick = off_thread(move || Ok(dialogs::archive(&app, kind))).await?;
    pick.map(|pick| desk.picks.add(pick)).transpose()
}

#[tauri::command]
pub async fn import_start(app: AppHandle, token: String, service: Option<String>) -> Result<u32> {
    imports::start(&app, id(token)?, service.map(id).transpose()?)
}

#[tauri::command]
pub async fn import_cancel(desk: State<'_, Desk>, job: u32) -> Result<()> {
    desk.imports.cancel(job)
}

#[tauri::command]
pub async fn imports(desk: State<'_, Desk>) -> Result<ImportRows> {
    desk.ask(|core| core.imports()).await
}

#[tauri::command]
pub async fn undo_import(desk: State<'_, Desk>, id: u32) -> Result<ImportRows> {
    desk.ask(move |core| core.undo_import(id)).await
}
