//! The recovery code. Its words go to the window once, to be written down, and never into a log or an error.

use super::state::key;
use crate::bounds::{checked, words};
use crate::desk::{Desk, off_thread};
use crate::dialogs;
use tauri::{AppHandle, State};
use thinline_core::wire::{Code, ProfileWritten, RecoveryLook, RecoveryNew, RecoveryState, SlotKind, Unlock};
use thinline_core::{Core, Result};

#[tauri::command]
pub async fn recovery(desk: State<'_, Desk>) -> Result<RecoveryState> {
    desk.ask(|core| core.recovery()).await
}

/// What can be said of a code while it is typed. Works while everything is locked.
#[tauri::command]
pub async fn recovery_look(text: String) -> Result<RecoveryLook> {
    let text = words(text)?;
    Ok(Core::recovery_look(&text))
}

#[tauri::command]
pub async fn recovery_begin(desk: State<'_, Desk>, key: Unlock) -> Result<RecoveryNew> {
    let request = checked(key)?;
    // A new sheet of paper is not made by an old one: whoever holds only that should first see that it was used.
    if request.key == SlotKind::Recovery {
        return Err(Code::BadValue.into());
    }
    let key = self::key(&desk.picks, request.key, request.passphrase, request.key_file)?;
    desk.ask(move |core| core.recovery_begin(&key)).await
}

/// Asks where, and writes the code that is being shown.
#[tauri::command]
pub async fn recovery_save(app: AppHandle, desk: State<'_, Desk>) -> Result<Option<ProfileWritten>> {
    let ask = move || Ok(dialogs::save(&app, "Save the recovery code", "thinline-recovery-code", "txt"));
    let Some(pick) = off_thread(ask).await? else { return Ok(None) };
    desk.ask(move |core| core.recovery_save(&pick.path, pick.overwrite).map(Some)).await
}

#[tauri::command]
pub async fn recovery_confirm(desk: State<'_, Desk>, words: Vec<String>) -> Result<RecoveryState> {
    if words.len() > 15 {
        return Err(Code::BadValue.into());
    }
    let words = words.into_iter().map(self::words).collect::<Result<Vec<_>>>()?;
    desk.ask(move |core| core.recovery_confirm(&words)).await
}

#[tauri::command]
pub async fn recovery_cancel(desk: State<'_, Desk>) -> Result<()> {
    desk.ask(|core| core.recovery_cancel()).await
}

#[tauri::command]
pub async fn recovery_remove(desk: State<'_, Desk>) -> Result<RecoveryState> {
    desk.ask(|core| core.recovery_remove()).await
}
