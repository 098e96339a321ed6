//! The recovery code: shown once, checked by three of its words, then one of the ways to unlock.
//!
//! Between being shown and being checked a code lives in memory only, for a quarter of an hour at most and never past a lock.
//! The vault's file and the log are two files, so they cannot change in one step: the entry is written first and counts only
//! if the file could be written, and the file is put back should the entry then fail.

use crate::facade::unlock_key;
use crate::session::Session;
use crate::vault::{NewRecovery, RecoveryCode, SlotKind, Vault};
use crate::wire::{ApiError, Code, ProfileWritten, RecoveryLook, RecoveryNew, RecoveryState};
use crate::{Core, Key, Result, Topic, clock, profile};
use serde_json::json;
use std::path::Path;
use std::sync::{MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use thinline_ledger::EntryKind;
use thinline_store::Appended;

/// When the standing code was made; the vault's file holds no times.
const MADE: &str = "recovery-made";
/// How long a code that was shown can be checked.
const PATIENT: Duration = Duration::from_secs(15 * 60);
/// Words that are asked for.
const ASKED: usize = 3;

/// A code that was shown and does not count yet.
pub(crate) struct Pending {
    code: RecoveryCode,
    slot: NewRecovery,
    /// Places from 0, ascending.
    asked: [usize; ASKED],
    shown: Instant,
}

impl Core {
    /// What can be said of a recovery code while it is typed. Needs no vault.
    pub fn recovery_look(text: &str) -> RecoveryLook {
        let look = RecoveryCode::look(text);
        let places = look.unknown.into_iter().map(|place| place as u32);
        RecoveryLook { words: look.words as u32, unknown: places.collect(), whole: look.whole }
    }

    /// Whether there is a recovery code, and since when.
    ///
    /// # Errors
    /// `Locked`, or a damaged vault file.
    pub fn recovery(&self) -> Result<RecoveryState> {
        state(&*self.session()?)
    }

    /// Makes a code and shows it. `key` proves that whoever asks may; nothing counts before [`Core::recovery_confirm`].
    ///
    /// # Errors
    /// `WrongKey`; `NoSuch` in sample data, which has nothing to recover.
    pub fn recovery_begin(&self, key: &Key) -> Result<RecoveryNew> {
        let session = own(self)?;
        let (code, slot) = Vault::open(&session.dirs.data)?.prepare_recovery(&unlock_key(key))?;
        let words = code.words()?.into_iter().map(str::to_owned).collect();
        let asked = places()?;
        let ask = asked.iter().map(|place| *place as u8 + 1).collect();
        *pending(&session) = Some(Pending { code, slot, asked, shown: Instant::now() });
        Ok(RecoveryNew { words, ask })
    }

    /// Writes the code that is being shown to a file for its owner alone, to be printed or put away.
    ///
    /// # Errors
    /// `NoSuch` if none is being shown, `CannotWrite`.
    pub fn recovery_save(&self, path: &Path, overwrite: bool) -> Result<ProfileWritten> {
        let session = own(self)?;
        let pending = pending(&session);
        let shown = current(&pending)?;
        let sheet = sheet(&shown.code)?;
        let ((), written) = profile::write_file(path, overwrite, |out| profile::put(out, &sheet))?;
        written.put_in_place(path)?;
        Ok(written.into_wire(path, RecoveryCode::WORDS as u32))
    }

    /// Lets the code count once the asked words are right. Any code before it is dead from then on.
    ///
    /// # Errors
    /// `RecoveryCheck` for a wrong word, `NoSuch` if none is being shown, `Busy` while an import runs.
    pub fn recovery_confirm(&self, answers: &[String]) -> Result<RecoveryState> {
        let session = own(self)?;
        let mut pending = pending(&session);
        let shown = current(&pending)?;
        let right = answers.len() == ASKED
            && shown.asked.iter().zip(answers).all(|(place, word)| shown.code.is_word(*place, word));
        if !right {
            return Err(Code::RecoveryCheck.into());
        }
        let done = if has_code(&session)? { "replaced" } else { "made" };
        change(&session, done, |vault| Ok(vault.put_recovery(&shown.slot)?))?;
        *pending = None;
        drop(pending);
        self.tell(&[Topic::State, Topic::Preferences, Topic::Requests, Topic::Log]);
        state(&session)
    }

    /// Forgets a code that was shown and not checked.
    ///
    /// # Errors
    /// `Locked`.
    pub fn recovery_cancel(&self) -> Result<()> {
        *pending(&*self.session()?) = None;
        Ok(())
    }

    /// Takes the recovery code away.
    ///
    /// # Errors
    /// `NoSuch` if there is none, `BadValue` if nothing else would unlock the data.
    pub fn recovery_remove(&self) -> Result<RecoveryState> {
        let session = own(self)?;
        if !has_code(&session)? {
            return Err(Code::NoSuch.into());
        }
        change(&session, "removed", |vault| match vault.remove_recovery() {
            Ok(_) => Ok(()),
            Err(crate::vault::VaultError::LastSlot) => Err(ApiError {
                message: "Nothing but the recovery code unlocks this data.".to_owned(),
                next: "Nothing was changed. Keep the code.".to_owned(),
                ..ApiError::new(Code::BadValue)
            }),
            Err(error) => Err(error.into()),
        })?;
        self.tell(&[Topic::State, Topic::Preferences, Topic::Requests, Topic::Log]);
        state(&session)
    }
}

fn own(core: &Core) -> Result<std::sync::Arc<Session>> {
    let session = core.session()?;
    if session.sample { Err(Code::NoSuch.into()) } else { Ok(session) }
}

pub(crate) fn has_code(session: &Session) -> Result<bool> {
    Ok(Vault::open(&session.dirs.data)?.has(SlotKind::Recovery))
}

fn state(session: &Session) -> Result<RecoveryState> {
    let set = !session.sample && has_code(session)?;
    let made = session.store.read(|read| read.meta(MADE))?;
    let made = made.and_then(|text| String::from_utf8(text).ok()).filter(|text| !text.is_empty());
    Ok(RecoveryState { set, since: made.filter(|_| set) })
}

fn pending(session: &Session) -> MutexGuard<'_, Option<Pending>> {
    let mut pending = session.recovery.lock().unwrap_or_else(PoisonError::into_inner);
    if pending.as_ref().is_some_and(|code| code.shown.elapsed() > PATIENT) {
        *pending = None;
    }
    pending
}

fn current(pending: &Option<Pending>) -> Result<&Pending> {
    pending.as_ref().ok_or_else(|| ApiError {
        message: "No recovery code is being shown any more.".to_owned(),
        next: "Nothing was changed. Make one again.".to_owned(),
        ..ApiError::new(Code::NoSuch)
    })
}

/// Changes the vault's file together with a log entry.
fn change(session: &Session, done: &str, work: impl FnOnce(&mut Vault) -> Result<()>) -> Result<()> {
    // Two programs that write the file at once would lose the change of one.
    let _lock = session.writer_lock()?;
    let before = Vault::open(&session.dirs.data)?;
    let mut vault = Vault::open(&session.dirs.data)?;
    let mut touched = false;
    let written = session.store.write::<Appended, ApiError>(|write| {
        let made = if done == "removed" { String::new() } else { clock::rfc3339(clock::now()) };
        write.set_meta(MADE, made.as_bytes())?;
        let log = session.append(write, EntryKind::SettingsChanged, &json!({ "recovery": done }))?;
        touched = true;
        work(&mut vault)?;
        Ok(log)
    });
    match written {
        Ok(log) => {
            session.note_anchor(log);
            Ok(())
        }
        Err(error) => {
            if touched {
                before.restore()?;
            }
            Err(error)
        }
    }
}

/// Three places of fifteen, each set of three as likely as another.
fn places() -> Result<[usize; ASKED]> {
    let mut found = Vec::with_capacity(ASKED);
    while found.len() < ASKED {
        let mut byte = [0];
        getrandom::fill(&mut byte).map_err(|_| Code::Internal)?;
        // 255 is a multiple of 15: without the last value no place is likelier.
        let place = usize::from(byte[0]) % RecoveryCode::WORDS;
        if byte[0] < 255 && !found.contains(&place) {
            found.push(place);
        }
    }
    found.sort_unstable();
    found.try_into().map_err(|_| Code::Internal.into())
}

/// What stands on paper. It names the program, so that it is known in ten years; and no person and no computer, so that it
/// tells a finder nothing.
fn sheet(code: &RecoveryCode) -> Result<zeroize::Zeroizing<String>> {
    let mut text = zeroize::Zeroizing::new(String::with_capacity(1024));
    text.push_str("Thinline recovery code\n");
    text.push_str(&format!("Made on {}\n\n", &clock::rfc3339(clock::now())[..10]));
    for (n, word) in code.words()?.into_iter().enumerate() {
        text.push_str(&format!("{:>3}. {word}\n", n + 1));
    }
    text.push_str(
        "\nThese words open your Thinline data when nothing else does. Whoever has them and the data can read it.\n\
         They count once you have repeated three of them in Thinline, and until you make a new code.\n",
    );
    Ok(text)
}

/// Whether it is time to ask for a recovery code: there is data of one's own, and no code.
pub(crate) fn is_missing(session: &Session) -> Result<bool> {
    if session.sample || has_code(session)? {
        return Ok(false);
    }
    let imports = session.store.read(|read| read.imports())?;
    Ok(imports.iter().any(|import| import.state == "done"))
}

/// The day of the first import that stands.
pub(crate) fn asked_since(session: &Session) -> Result<Option<i32>> {
    let imports = session.store.read(|read| read.imports())?;
    let zone = session.store.zone();
    Ok(imports.iter().filter(|import| import.state == "done").map(|import| zone.day(import.at)).min())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_different_places_are_asked_and_every_place_comes() {
        let mut seen = [0; RecoveryCode::WORDS];
        for _ in 0..600 {
            let asked = places().unwrap();
            assert!(asked.windows(2).all(|pair| pair[0] < pair[1]) && asked[2] < RecoveryCode::WORDS);
            asked.iter().for_each(|place| seen[*place] += 1);
        }
        // 120 each on average; six standard deviations below is 60.
        assert!(seen.iter().all(|times| *times > 50), "{seen:?}");
    }

    #[test]
    fn the_sheet_holds_the_words_in_order_and_no_name() {
        let code = RecoveryCode::random().unwrap();
        let sheet = sheet(&code).unwrap();
        let from = sheet.find("  1. ").unwrap();
        let to = sheet.find("\nThese").unwrap();
        assert!(RecoveryCode::look(&sheet[from..to]).whole);
        assert_eq!(RecoveryCode::parse(&sheet[from..to]).unwrap().words().unwrap(), code.words().unwrap());
    }
}
