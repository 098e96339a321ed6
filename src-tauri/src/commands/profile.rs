//! The profile: what an export would hold, and writing it.

use crate::arguments::Form;
use crate::bounds::{checked, id};
use crate::desk::{Desk, off_thread};
use crate::dialogs;
use crate::picked::Purpose;
use tauri::{AppHandle, State};
use thinline_core::Result;
use thinline_core::wire::{Picked, ProfilePreview, ProfileRequest, ProfileWritten};

#[tauri::command]
pub async fn pick_save(app: AppHandle, desk: State<'_, Desk>, form: Form) -> Result<Option<Picked>> {
    let pick = off_thread(move || Ok(dialogs::export(&app, form))).await?;
    pick.map(|pick| desk.picks.add(pick)).transpose()
}

#[tauri::command]
pub async fn profile_preview(desk: State<'_, Desk>, request: ProfileRequest) -> Result<ProfilePreview> {
    let request = checked(request)?;
    desk.ask(move |core| core.profile_preview(&request)).await
}

#[tauri::command]
pub async fn profile_export(
    desk: State<'_, Desk>,
    token: String,
    form: Form,
    request: ProfileRequest,
) -> Result<ProfileWritten> {
    let request = checked(request)?;
    let pick = desk.picks.take(&id(token)?, Purpose::Export)?;
    desk.ask(move |core| core.profile_export(&pick.path, form.into(), &request, pick.overwrite)).await
}
