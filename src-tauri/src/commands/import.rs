//! Imports: picking archives, checking and reading them, what becomes of the download, the watched folder, taking back.

use crate::arguments::ArchiveKind;
use crate::bounds::{checked, id};
use crate::desk::{Desk, off_thread};
use crate::imports::What;
use crate::picked::Purpose;
use crate::{dialogs, download, imports, watch};
use tauri::{AppHandle, Manager, State};
use thinline_core::wire::{Code, ImportAsk, ImportCheck, ImportRows, Picked, WatchState};
use thinline_core::{DateOrder, ImportOptions, Result};

#[tauri::command]
pub async fn pick_archives(app: AppHandle, desk: State<'_, Desk>, kind: ArchiveKind) -> Result<Vec<Picked>> {
    let picks = off_thread(move || Ok(dialogs::archives(&app, kind))).await?;
    picks.into_iter().map(|pick| desk.picks.add(pick)).collect()
}

#[tauri::command]
pub async fn check_archive(desk: State<'_, Desk>, token: String, ask: ImportAsk) -> Result<ImportCheck> {
    let (token, options) = (id(token)?, options(ask)?);
    let pick = desk.picks.peek(&token, Purpose::Archive)?;
    desk.ask(move |core| core.check(&pick.path, &options)).await
}

#[tauri::command]
pub async fn import_start(app: AppHandle, token: String, ask: ImportAsk) -> Result<u32> {
    imports::start(&app, id(token)?, What::Read(options(ask)?))
}

#[tauri::command]
pub async fn import_again(app: AppHandle, id: u32, token: String, ask: ImportAsk) -> Result<u32> {
    imports::start(&app, crate::bounds::id(token)?, What::Again(id, options(ask)?.date_order))
}

#[tauri::command]
pub async fn import_cancel(app: AppHandle, job: u32) -> Result<()> {
    imports::cancel(&app, job)
}

#[tauri::command]
pub async fn import_cancel_all(app: AppHandle) -> Result<()> {
    imports::cancel_all(&app);
    Ok(())
}

#[tauri::command]
pub async fn download_to_bin(app: AppHandle, token: String) -> Result<()> {
    let token = id(token)?;
    off_thread(move || download::to_bin(&app.state::<Desk>().picks, token)).await
}

#[tauri::command]
pub async fn download_keep(desk: State<'_, Desk>, token: String) -> Result<()> {
    download::keep(&desk.picks, &id(token)?)
}

#[tauri::command]
pub async fn watch_state(app: AppHandle) -> Result<WatchState> {
    off_thread(move || watch::state(&app)).await
}

#[tauri::command]
pub async fn watch_pick(app: AppHandle) -> Result<WatchState> {
    off_thread(move || watch::pick(&app)).await
}

#[tauri::command]
pub async fn watch_off(app: AppHandle) -> Result<WatchState> {
    off_thread(move || watch::off(&app)).await
}

#[tauri::command]
pub async fn watch_dismiss(app: AppHandle, token: String) -> Result<WatchState> {
    let token = id(token)?;
    off_thread(move || watch::dismiss(&app, &token)).await
}

#[tauri::command]
pub async fn imports(desk: State<'_, Desk>) -> Result<ImportRows> {
    desk.ask(|core| core.imports()).await
}

#[tauri::command]
pub async fn undo_import(desk: State<'_, Desk>, id: u32) -> Result<ImportRows> {
    desk.ask(move |core| core.undo_import(id)).await
}

fn options(ask: ImportAsk) -> Result<ImportOptions> {
    let ImportAsk { service, account, date_order } = checked(ask)?;
    let date_order = match date_order {
        None => None,
        Some(word) => Some(DateOrder::parse(&word).ok_or(Code::BadValue)?),
    };
    Ok(ImportOptions { service, account, date_order, instead_of: None })
}
