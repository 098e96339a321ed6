//! The state of the program: first run, unlocking, locking, the sample.

use crate::bounds::{checked, id};
use crate::desk::{Desk, off_thread};
use crate::picked::{Picks, Purpose};
use crate::window::dress;
use crate::{desk, dialogs, lock};
use std::time::Duration;
use tauri::{AppHandle, State};
use thinline_core::vault::RecoveryCode;
use thinline_core::wire::{AppState, Code, LockRules, LockState, Picked, SetUp, SlotKind, Unlock};
use thinline_core::{Core, Key, Result};
use zeroize::Zeroizing;

/// How long leaving the sample waits for a running import to take back what it stored.
const PATIENCE: Duration = Duration::from_secs(10);

#[tauri::command]
pub async fn app_state(app: AppHandle) -> Result<AppState> {
    let state = desk::state(app.clone()).await?;
    dress(&app, &state.preferences.appearance);
    Ok(state)
}

#[tauri::command]
pub async fn set_up(desk: State<'_, Desk>, request: SetUp) -> Result<AppState> {
    let request = checked(request)?;
    let key = key(&desk.picks, request.key, request.passphrase, request.key_file)?;
    desk.ask(move |core| core.set_up(key, &request.services, &request.country)).await
}

#[tauri::command]
pub async fn unlock(desk: State<'_, Desk>, request: Unlock) -> Result<AppState> {
    let request = checked(request)?;
    let key = key(&desk.picks, request.key, request.passphrase, request.key_file)?;
    let opened = desk.ask(move |core| core.unlock(key)).await?;
    desk.locks.opened();
    Ok(opened)
}

/// Locking means now: the window is emptied first, then a running import is ended.
#[tauri::command]
pub async fn lock_now(app: AppHandle) -> Result<AppState> {
    off_thread(move || lock::now(&app)).await
}

#[tauri::command]
pub async fn kept_place(app: AppHandle) -> Result<Option<String>> {
    off_thread(move || lock::kept_place(&app)).await
}

#[tauri::command]
pub async fn lock_rules(desk: State<'_, Desk>) -> Result<LockState> {
    let rules = desk.ask(Core::lock_rules).await?;
    Ok(desk.locks.state(rules))
}

#[tauri::command]
pub async fn set_lock_rules(desk: State<'_, Desk>, rules: LockRules) -> Result<LockState> {
    let rules = desk.ask(move |core| core.set_lock_rules(rules)).await?;
    Ok(desk.locks.state(rules))
}

#[tauri::command]
pub async fn sample_start(desk: State<'_, Desk>) -> Result<AppState> {
    desk.ask(|core| core.sample_start()).await
}

#[tauri::command]
pub async fn sample_leave(desk: State<'_, Desk>) -> Result<AppState> {
    let imports = desk.imports.clone();
    desk.ask(move |core| {
        imports.end_all(PATIENCE);
        core.sample_leave()
    })
    .await
}

#[tauri::command]
pub async fn pick_key_file(app: AppHandle, desk: State<'_, Desk>, save: bool) -> Result<Option<Picked>> {
    let pick = off_thread(move || Ok(dialogs::key_file(&app, save))).await?;
    pick.map(|pick| desk.picks.add(pick)).transpose()
}

pub(super) fn key(
    picks: &Picks,
    kind: SlotKind,
    passphrase: Option<String>,
    file: Option<String>,
) -> Result<Key> {
    let passphrase = passphrase.map(Zeroizing::new);
    match (kind, passphrase, file) {
        (SlotKind::Keyring, None, None) => Ok(Key::Keyring),
        (SlotKind::Passphrase, Some(passphrase), None) => Ok(Key::Passphrase(passphrase)),
        (SlotKind::Recovery, Some(words), None) => Ok(Key::Recovery(RecoveryCode::parse(&words)?)),
        (SlotKind::KeyFile, None, Some(token)) => {
            Ok(Key::KeyFile(picks.peek(&id(token)?, Purpose::KeyFile)?.path))
        }
        _ => Err(Code::BadValue.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picked::Pick;

    #[test]
    fn a_key_file_is_named_by_its_token_and_may_be_tried_again() {
        let picks = Picks::default();
        let path = std::path::PathBuf::from("/invented/thinline.key");
        let shown =
            picks.add(Pick { path: path.clone(), purpose: Purpose::KeyFile, overwrite: false }).unwrap();
        for _ in 0..2 {
            let made = key(&picks, SlotKind::KeyFile, None, Some(shown.token.clone())).ok().unwrap();
            assert!(matches!(made, Key::KeyFile(file) if file == path));
        }
        let unknown = key(&picks, SlotKind::KeyFile, None, Some("0".repeat(32))).err().unwrap();
        assert_eq!(unknown.code, Code::PickGone);
    }

    #[test]
    fn a_key_without_what_it_needs_or_with_more_is_refused() {
        let picks = Picks::default();
        let refused = |kind, passphrase: Option<&str>| {
            key(&picks, kind, passphrase.map(String::from), None).err().map(|error| error.code)
        };
        assert_eq!(refused(SlotKind::Passphrase, None), Some(Code::BadValue));
        assert_eq!(refused(SlotKind::KeyFile, None), Some(Code::BadValue));
        assert_eq!(refused(SlotKind::Keyring, Some("invented")), Some(Code::BadValue));
        assert_eq!(refused(SlotKind::Passphrase, Some("invented")), None);
    }
}
