//! Where the key comes from, in the order of the contract; and making the vault where a command needs one and finds none.

use crate::args::Args;
use std::io::IsTerminal;
use std::path::PathBuf;
use thinline_core::wire::{ApiError, AppState, Code};
use thinline_core::{Core, Key};
use zeroize::Zeroizing;

/// Opens the vault, or makes it with the same key and says so.
pub fn open(core: &Core, args: &Args) -> Result<(), ApiError> {
    let found = find(args)?;
    if core.has_vault() {
        return match core.unlock_quietly(&found.key) {
            // Where nothing was named, the keyring was only the first guess.
            Err(error) if !found.named && may_ask(error.code) => {
                core.unlock_quietly(&prompt(error, "Passphrase: ")?)
            }
            other => other,
        };
    }
    match make(core, found.key) {
        // Another program was faster: it is there now.
        Err(error) if error.code == Code::VaultExists => return open(core, args),
        made => made?,
    };
    eprintln!("thinline: made new data (there was none).");
    Ok(())
}

/// `thinline init`.
pub fn init(core: &Core, args: &Args) -> Result<AppState, ApiError> {
    if core.has_vault() {
        return Err(ApiError::new(Code::VaultExists));
    }
    let key = find(args)?.key;
    make(core, key)
}

fn make(core: &Core, key: Key) -> Result<AppState, ApiError> {
    let keyring = matches!(key, Key::Keyring);
    match core.set_up(key, &[], "") {
        Err(error) if keyring && may_ask(error.code) => core.set_up(new_passphrase(error)?, &[], ""),
        other => other,
    }
}

struct Found {
    key: Key,
    named: bool,
}

fn find(args: &Args) -> Result<Found, ApiError> {
    let from_env = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    if let Some(path) = args.key_file.clone().or_else(|| from_env("THINLINE_KEY_FILE")) {
        return Ok(Found { key: Key::KeyFile(path), named: true });
    }
    if let Some(path) = args.passphrase_file.clone().or_else(|| from_env("THINLINE_PASSPHRASE_FILE")) {
        let text = Zeroizing::new(std::fs::read_to_string(path).map_err(|_| ApiError::new(Code::NotFound))?);
        let line = text.strip_suffix("\r\n").or_else(|| text.strip_suffix('\n')).unwrap_or(&text);
        let text = Zeroizing::new(line.to_owned());
        return Ok(Found { key: Key::Passphrase(text), named: true });
    }
    Ok(Found { key: Key::Keyring, named: false })
}

/// Failures of the keyring after which a passphrase can be asked for.
fn may_ask(code: Code) -> bool {
    matches!(
        code,
        Code::NoKeyring | Code::KeyringLocked | Code::KeyringTimeout | Code::KeyringEmpty | Code::WrongKey
    )
}

/// Asks on a terminal; elsewhere the failure stands.
fn prompt(failure: ApiError, question: &str) -> Result<Key, ApiError> {
    if !std::io::stdin().is_terminal() {
        return Err(failure);
    }
    let typed = rpassword::prompt_password(question).map_err(|_| failure)?;
    Ok(Key::Passphrase(Zeroizing::new(typed)))
}

fn new_passphrase(failure: ApiError) -> Result<Key, ApiError> {
    let first = prompt(failure.clone(), "No keyring can be used. New passphrase: ")?;
    let second = prompt(failure, "The same again: ")?;
    match (&first, &second) {
        (Key::Passphrase(a), Key::Passphrase(b)) if a == b => Ok(first),
        _ => Err(ApiError {
            code: Code::BadValue,
            message: "The two passphrases differ.".to_owned(),
            next: "Nothing was made. Try again.".to_owned(),
        }),
    }
}
