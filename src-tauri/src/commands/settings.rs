//! Settings: facts to show, preferences to keep.

use crate::bounds::checked;
use crate::desk::Desk;
use crate::window::dress;
use tauri::{AppHandle, State};
use thinline_core::Result;
use thinline_core::wire::{AppState, Preferences, SettingsInfo};

#[tauri::command]
pub async fn settings_info(desk: State<'_, Desk>) -> Result<SettingsInfo> {
    desk.ask(|core| core.settings_info()).await
}

#[tauri::command]
pub async fn set_preferences(
    app: AppHandle,
    desk: State<'_, Desk>,
    preferences: Preferences,
) -> Result<AppState> {
    let preferences = checked(preferences)?;
    let state = desk.ask(move |core| core.set_preferences(&preferences)).await?;
    dress(&app, &state.preferences.appearance);
    Ok(state)
}
