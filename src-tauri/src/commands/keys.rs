//! The ways to unlock and the key behind them. Each change is proved with a way that opens the data now.

use super::state::key;
use crate::bounds::{checked, id, words};
use crate::desk::Desk;
use tauri::State;
use thinline_core::wire::{Code, KeyState, Rotated, Unlock};
use thinline_core::{Key, Result};
use zeroize::Zeroizing;

/// Ways that a vault may have.
const WAYS: usize = 16;

#[tauri::command]
pub async fn keys(desk: State<'_, Desk>) -> Result<KeyState> {
    desk.ask(|core| core.keys()).await
}

#[tauri::command]
pub async fn passphrase_set(desk: State<'_, Desk>, proof: Unlock, passphrase: String) -> Result<KeyState> {
    let passphrase = Zeroizing::new(words(passphrase)?);
    let proof = known(&desk, proof)?;
    desk.ask(move |core| core.passphrase_set(&proof, &passphrase)).await
}

/// Adds the keyring or a key file; a passphrase is set, and a code is made with its three words.
#[tauri::command]
pub async fn way_add(desk: State<'_, Desk>, proof: Unlock, way: Unlock) -> Result<KeyState> {
    let (proof, way) = (known(&desk, proof)?, known(&desk, way)?);
    desk.ask(move |core| match way {
        Key::Keyring => core.keyring_add(&proof),
        Key::KeyFile(path) => core.key_file_add(&proof, &path),
        Key::Passphrase(_) | Key::Recovery(_) => Err(Code::BadValue.into()),
    })
    .await
}

#[tauri::command]
pub async fn way_remove(desk: State<'_, Desk>, proof: Unlock, way: String) -> Result<KeyState> {
    let (proof, way) = (known(&desk, proof)?, id(way)?);
    desk.ask(move |core| core.way_remove(&proof, &way)).await
}

/// Ways that are not given open nothing any more; the window has said which.
#[tauri::command]
pub async fn key_rotate(desk: State<'_, Desk>, with: Vec<Unlock>, drop_others: bool) -> Result<Rotated> {
    if with.len() > WAYS {
        return Err(Code::BadValue.into());
    }
    let with = with.into_iter().map(|one| known(&desk, one)).collect::<Result<Vec<_>>>()?;
    desk.ask(move |core| core.key_rotate(&with, drop_others)).await
}

fn known(desk: &Desk, request: Unlock) -> Result<Key> {
    let request = checked(request)?;
    key(&desk.picks, request.key, request.passphrase, request.key_file)
}
