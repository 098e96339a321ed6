//! Where the key comes from, in the order of the contract; and making the vault where a command needs one and finds none.

use crate::args::Args;
use std::io::IsTerminal;
use std::path::PathBuf;
use thinline_core::vault::RecoveryCode;
use thinline_core::wire::{ApiError, AppState, Code};
use thinline_core::{Core, Key};
use zeroize::Zeroizing;

/// Opens the vault, or makes it with the same key and says so.
pub fn open(core: &Core, args: &Args) -> Result<(), ApiError> {
    let found = find(args)?;
    if core.has_vault() {
        return unlock(core, found).map(drop);
    }
    match make(core, found.key) {
        // Another program was faster: it is there now.
        Err(error) if error.code == Code::VaultExists => return open(core, args),
        made => made?,
    };
    eprintln!("thinline: made new data (there was none).");
    Ok(())
}

/// Opens the vault that is there, and answers with the key that did.
pub fn open_existing(core: &Core, args: &Args) -> Result<Key, ApiError> {
    unlock(core, find(args)?)
}

fn unlock(core: &Core, found: Found) -> Result<Key, ApiError> {
    let key = fitting(core, found)?;
    if let Some(trouble) = core.data_trouble() {
        eprintln!("thinline: {} {}", trouble.message, trouble.next);
    }
    // To a person, not to a script: who uses the sheet has often lost what opened the data before.
    if matches!(key, Key::Recovery(_)) && std::io::stderr().is_terminal() {
        eprintln!(
            "thinline: Unlocked with the recovery code. It still counts: keep the sheet. `thinline passphrase set` sets a\n\
             new passphrase. If somebody else may have read the code, `thinline recovery make` makes a new one, and this\n\
             one opens nothing any more."
        );
    }
    Ok(key)
}

fn fitting(core: &Core, found: Found) -> Result<Key, ApiError> {
    match core.unlock_quietly(&found.key) {
        Ok(()) => Ok(found.key),
        // Where nothing was named, the keyring was only the first guess.
        Err(error) if !found.named && may_ask(error.code) => {
            let typed = prompt(error, "Passphrase (or recovery code): ")?;
            core.unlock_quietly(&typed)?;
            Ok(typed)
        }
        Err(error) => Err(error),
    }
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

/// Does something with the key that was named, or the keyring's; where neither was named nor fits, with one that is typed.
pub fn with<T>(args: &Args, work: impl Fn(&Key) -> Result<T, ApiError>) -> Result<T, ApiError> {
    let found = find(args)?;
    match work(&found.key) {
        Err(error) if !found.named && may_ask(error.code) => {
            work(&prompt(error, "Passphrase (or recovery code) of the backup: ")?)
        }
        done => done,
    }
}

/// The key, if one was named.
pub fn named(args: &Args) -> Result<Option<Key>, ApiError> {
    Ok(Some(find(args)?).filter(|found| found.named).map(|found| found.key))
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
        return Ok(Found { key: Key::Passphrase(passphrase_in(&path)?), named: true });
    }
    if let Some(path) = args.recovery_file.clone().or_else(|| from_env("THINLINE_RECOVERY_FILE")) {
        return Ok(Found { key: Key::Recovery(code_in(&path)?), named: true });
    }
    Ok(Found { key: Key::Keyring, named: false })
}

/// The passphrase in a file; one final newline is ignored.
pub fn passphrase_in(path: &std::path::Path) -> Result<Zeroizing<String>, ApiError> {
    let text = Zeroizing::new(std::fs::read_to_string(path).map_err(|_| ApiError::new(Code::NotFound))?);
    let line = text.strip_suffix("\r\n").or_else(|| text.strip_suffix('\n')).unwrap_or(&text);
    Ok(Zeroizing::new(line.to_owned()))
}

/// The code in a file as `recovery make --write` writes it: words with numbers before them. A file with nothing but the words
/// reads as well.
pub fn code_in(path: &std::path::Path) -> Result<RecoveryCode, ApiError> {
    let text = Zeroizing::new(std::fs::read_to_string(path).map_err(|_| ApiError::new(Code::NotFound))?);
    let numbered = text.lines().filter_map(|line| line.trim_start().split_once(". "));
    let words = Zeroizing::new(
        numbered.filter(|(n, _)| n.parse::<u8>().is_ok()).map(|(_, word)| word).collect::<Vec<_>>().join(" "),
    );
    Ok(RecoveryCode::parse(if words.is_empty() { &text } else { &words })?)
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
    let typed = Zeroizing::new(rpassword::prompt_password(question).map_err(|_| failure)?);
    // Fifteen words of the list whose checksum fits: hardly anybody's passphrase.
    Ok(RecoveryCode::parse(&typed).map_or_else(|_| Key::Passphrase(typed), Key::Recovery))
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
