//! `thinline passphrase` and `thinline key`: the ways to unlock, and a new key for the database. Secrets come from files that
//! are named or are typed unseen on a terminal, never from an argument: those stand in the list of processes.

use crate::args::{Args, Keys, Passphrase};
use crate::key;
use crate::print::{self, Outcome, line};
use std::io::IsTerminal;
use thinline_core::vault::RecoveryCode;
use thinline_core::wire::{ApiError, Code, KeyState, Rotated, SlotKind};
use thinline_core::{Core, Key};
use zeroize::Zeroizing;

pub fn passphrase(core: &Core, args: &Args, command: Option<&Passphrase>) -> Result<Outcome, ApiError> {
    let proof = opened(core, args)?;
    let state = match command {
        None => core.keys()?,
        Some(Passphrase::Set { new_passphrase_file: Some(path) }) => {
            core.passphrase_set(&proof, &key::passphrase_in(path)?)?
        }
        Some(Passphrase::Set { new_passphrase_file: None }) => {
            core.passphrase_set(&proof, &typed_twice()?)?
        }
        Some(Passphrase::Remove) => {
            let ways = core.keys()?.ways;
            let found = ways.into_iter().find(|way| way.kind == SlotKind::Passphrase).ok_or(Code::NoSuch)?;
            core.way_remove(&proof, &found.id)?
        }
    };
    shown(args, &state)
}

pub fn keys(core: &Core, args: &Args, command: Option<&Keys>) -> Result<Outcome, ApiError> {
    let proof = opened(core, args)?;
    match command {
        None | Some(Keys::Show) => shown(args, &core.keys()?),
        Some(Keys::AddFile { path }) => shown(args, &core.key_file_add(&proof, path)?),
        Some(Keys::AddKeyring) => shown(args, &core.keyring_add(&proof)?),
        Some(Keys::Remove { id }) => shown(args, &core.way_remove(&proof, id)?),
        Some(Keys::Rotate { with_passphrase_file, with_key_file, with_recovery_file, drop_others }) => {
            let mut with = vec![proof];
            with.extend(with_key_file.iter().cloned().map(Key::KeyFile));
            if let Some(path) = with_passphrase_file {
                with.push(Key::Passphrase(key::passphrase_in(path)?));
            }
            if let Some(path) = with_recovery_file {
                with.push(Key::Recovery(key::code_in(path)?));
            }
            if !drop_others {
                typed_ways(core, &mut with)?;
            }
            let rotated = core.key_rotate(&with, *drop_others)?;
            if args.json {
                print::json(&rotated);
            } else {
                told(&rotated);
            }
            Ok(Outcome::Ok)
        }
    }
}

fn opened(core: &Core, args: &Args) -> Result<Key, ApiError> {
    if core.has_vault() { key::open_existing(core, args) } else { Err(ApiError::new(Code::NoVault)) }
}

fn shown(args: &Args, state: &KeyState) -> Result<Outcome, ApiError> {
    if args.json {
        print::json(state);
    } else {
        line(format_args!("This data is unlocked with:"));
        for way in &state.ways {
            line(format_args!("  {}  {}", way.id, name(way.kind)));
        }
    }
    Ok(Outcome::Ok)
}

fn told(rotated: &Rotated) {
    let names = |kinds: &[SlotKind]| kinds.iter().map(|kind| name(*kind)).collect::<Vec<_>>().join(", ");
    line(format_args!("The database has a new key. It is unlocked with: {}.", names(&rotated.kept)));
    if !rotated.dropped.is_empty() {
        line(format_args!(
            "Opens nothing any more, set it up again if you want it: {}.",
            names(&rotated.dropped)
        ));
    }
    line(format_args!("Copies and backups made before keep the key that they had."));
}

fn name(kind: SlotKind) -> &'static str {
    match kind {
        SlotKind::Keyring => "keyring",
        SlotKind::Passphrase => "passphrase",
        SlotKind::Recovery => "recovery code",
        SlotKind::KeyFile => "key file",
    }
}

/// Asks for the secrets of ways that were not named, on a terminal; an empty line leaves one out.
fn typed_ways(core: &Core, with: &mut Vec<Key>) -> Result<(), ApiError> {
    if !std::io::stdin().is_terminal() {
        return Ok(());
    }
    let has = |kind| core.keys().map(|state| state.ways.iter().any(|way| way.kind == kind));
    if has(SlotKind::Passphrase)? && !with.iter().any(|key| matches!(key, Key::Passphrase(_))) {
        let typed = unseen("Passphrase, so that it goes on opening the data: ")?;
        if !typed.is_empty() {
            with.push(Key::Passphrase(typed));
        }
    }
    if has(SlotKind::Recovery)? && !with.iter().any(|key| matches!(key, Key::Recovery(_))) {
        let typed = unseen("Recovery code, so that it goes on opening the data: ")?;
        if !typed.is_empty() {
            with.push(Key::Recovery(RecoveryCode::parse(&typed)?));
        }
    }
    Ok(())
}

fn typed_twice() -> Result<Zeroizing<String>, ApiError> {
    if !std::io::stdin().is_terminal() {
        return Err(ApiError {
            message: "A new passphrase is asked for on a terminal only.".to_owned(),
            next: "Run it on a terminal, or name a file with --new-passphrase-file.".to_owned(),
            ..ApiError::new(Code::BadValue)
        });
    }
    let first = unseen("New passphrase: ")?;
    if first == unseen("The same again: ")? {
        return Ok(first);
    }
    Err(ApiError {
        message: "The two passphrases differ.".to_owned(),
        next: "Nothing was changed. Try again.".to_owned(),
        ..ApiError::new(Code::BadValue)
    })
}

fn unseen(question: &str) -> Result<Zeroizing<String>, ApiError> {
    rpassword::prompt_password(question).map(Zeroizing::new).map_err(|_| Code::BadValue.into())
}
