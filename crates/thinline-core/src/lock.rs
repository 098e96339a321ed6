//! Locking: the rules by which it happens, what is waited for, what outlives it sealed, and the pause after a wrong key.
//!
//! Who notices that the computer sleeps or is idle is the shell's matter; here are only the rules. What would surprise: a lock
//! takes two steps, because whatever is being answered or imported just now holds the keys to its end. After the first step
//! ([`Core::close`]) nothing is answered any more and the window can be emptied; after the second ([`Closing::wait`]) the
//! database is closed and the keys are wiped.

use crate::session::Session;
use crate::wire::{ApiError, Code, LockRules};
use crate::{Core, Key, Result, Topic, vault};
use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use serde_json::json;
use std::sync::{Mutex, PoisonError, Weak};
use std::time::Duration;
use thinline_ledger::EntryKind;
use zeroize::Zeroize;

/// Under which name the rules stand in the vault.
const RULES: &str = "lock-rules";
const NONCE: usize = 24;

/// The rules of a vault in which none were chosen.
const DEFAULT: LockRules = LockRules { idle_minutes: 10, on_sleep: true, on_screen_lock: true };

/// A lock that has begun: nothing is answered any more, but something may still hold the keys.
pub struct Closing(pub(crate) Option<Weak<()>>);

impl Closing {
    /// Whether there was anything to lock.
    pub fn was_open(&self) -> bool {
        self.0.is_some()
    }

    /// Waits until the database is closed and the keys are wiped.
    pub fn wait(self) {
        while self.0.as_ref().is_some_and(|held| held.strong_count() > 0) {
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

/// A text that only the vault it was sealed in can open again.
pub struct Sealed(Vec<u8>);

impl Core {
    /// When this vault locks by itself.
    ///
    /// # Errors
    /// As all questions.
    pub fn lock_rules(&self) -> Result<LockRules> {
        let session = self.session()?;
        let stored = session.store.read(|read| read.meta(RULES))?;
        Ok(stored.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or(DEFAULT))
    }

    /// Changes when this vault locks by itself, with an entry in the log.
    ///
    /// # Errors
    /// `BadValue` for minutes that are not offered.
    pub fn set_lock_rules(&self, rules: LockRules) -> Result<LockRules> {
        if ![0, 5, 10, 30].contains(&rules.idle_minutes) {
            return Err(Code::BadValue.into());
        }
        let session = self.session()?;
        if self.lock_rules()? == rules {
            return Ok(rules);
        }
        let bytes = serde_json::to_vec(&rules).map_err(|_| Code::Internal)?;
        let log = session.store.write::<_, ApiError>(|write| {
            write.set_meta(RULES, &bytes)?;
            session.append(write, EntryKind::SettingsChanged, &json!({ "lock": rules }))
        })?;
        session.note_anchor(log);
        self.tell(&[Topic::Preferences, Topic::Log]);
        Ok(rules)
    }

    /// Seals a text with a key of the open vault, so that it can be kept over a lock: where the person was, say.
    ///
    /// # Errors
    /// `Locked`, `NoVault`.
    pub fn seal(&self, text: &str) -> Result<Sealed> {
        let mut sealed = vec![0; NONCE];
        getrandom::fill(&mut sealed).map_err(|_| Code::Internal)?;
        let nonce = nonce(&sealed)?;
        let cipher = cipher(&*self.session()?);
        sealed.extend(cipher.encrypt(&nonce, text.as_bytes()).map_err(|_| Code::Internal)?);
        Ok(Sealed(sealed))
    }

    /// The text that was sealed; none if it was sealed in another vault.
    ///
    /// # Errors
    /// `Locked`, `NoVault`.
    pub fn unseal(&self, sealed: &Sealed) -> Result<Option<String>> {
        let nonce = nonce(&sealed.0)?;
        let opened = cipher(&*self.session()?).decrypt(&nonce, &sealed.0[NONCE..]).ok();
        Ok(opened.and_then(|text| String::from_utf8(text).ok()))
    }
}

fn nonce(sealed: &[u8]) -> Result<XNonce> {
    let nonce: &[u8; NONCE] = sealed.first_chunk().ok_or(Code::Internal)?;
    Ok(XNonce::from(*nonce))
}

fn cipher(session: &Session) -> XChaCha20Poly1305 {
    let key = vault::derive(&session.account_key, "kept over a lock");
    XChaCha20Poly1305::new(&(*key).into())
}

/// Slows wrong keys down, whichever kind they are. It keeps a program that tries from being a nuisance, and forgets when the
/// program ends: what makes guessing hopeless is Argon2 for passphrases, and the length of the others.
#[derive(Default)]
pub(crate) struct Patience(Mutex<u32>);

impl Patience {
    /// Opens with a key, after a pause that grows with the wrong ones before. One at a time: of guesses side by side none waits.
    pub fn around<T>(&self, key: &Key, open: impl FnOnce() -> Result<T>) -> Result<T> {
        // The keyring is asked, not guessed.
        if matches!(key, Key::Keyring) {
            return open();
        }
        let mut wrong = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        std::thread::sleep(Self::pause(*wrong));
        let opened = open();
        match &opened {
            Ok(_) => *wrong = 0,
            Err(error) if error.code == Code::WrongKey => *wrong = wrong.saturating_add(1),
            // A file that cannot be read was no guess.
            Err(_) => {}
        }
        opened
    }

    /// Nothing for the first two slips, then a quarter of a second, doubled up to eight.
    fn pause(wrong: u32) -> Duration {
        let steps = wrong.saturating_sub(2).min(6);
        if steps == 0 { Duration::ZERO } else { Duration::from_millis(125 << steps) }
    }
}

/// Overwrites what the calls before left on the stack of this thread: keys are moved from function to function, and each move
/// leaves a copy behind.
#[inline(never)]
pub(crate) fn scrub_stack() {
    let mut deep = [0xa5_u8; 256 << 10];
    std::hint::black_box(&mut deep);
    deep.zeroize();
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Instant;
    use zeroize::Zeroizing;

    #[test]
    fn slips_cost_nothing_and_trying_on_and_on_costs_seconds() {
        let pauses: Vec<_> = (0..12).map(|wrong| Patience::pause(wrong).as_millis()).collect();
        assert_eq!(pauses, [0, 0, 0, 250, 500, 1000, 2000, 4000, 8000, 8000, 8000, 8000]);
    }

    fn wrong_keys(patience: &Patience, key: &Key, times: u32) -> Duration {
        let since = Instant::now();
        for _ in 0..times {
            let refused: Result<()> = patience.around(key, || Err(Code::WrongKey.into()));
            assert!(refused.is_err());
        }
        since.elapsed()
    }

    #[test]
    fn passphrases_key_files_and_codes_share_one_count_and_the_right_one_ends_it() {
        let patience = Patience::default();
        let words = Key::Passphrase(Zeroizing::new("ebb".into()));
        let file = Key::KeyFile("/invented/key".into());
        assert!(wrong_keys(&patience, &words, 2) < Duration::from_millis(200));
        assert!(wrong_keys(&patience, &file, 2) >= Duration::from_millis(250), "the fourth waits");
        assert!(patience.around(&words, || Ok(())).is_ok());
        assert!(wrong_keys(&patience, &file, 3) < Duration::from_millis(200), "forgotten");
    }

    #[test]
    fn what_was_no_guess_is_not_counted() {
        let patience = Patience::default();
        let file = Key::KeyFile("/invented/key".into());
        for _ in 0..9 {
            let refused: Result<()> = patience.around(&file, || Err(Code::KeyFile.into()));
            assert!(refused.is_err());
        }
        assert!(wrong_keys(&patience, &Key::Keyring, 9) < Duration::from_millis(200));
        assert_eq!(*patience.0.lock().unwrap(), 0);
    }

    #[test]
    fn guesses_side_by_side_wait_for_each_other() {
        let patience = Patience::default();
        let file = Key::KeyFile("/invented/key".into());
        wrong_keys(&patience, &file, 3);
        let since = Instant::now();
        std::thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| wrong_keys(&patience, &file, 1));
            }
        });
        assert!(since.elapsed() >= Duration::from_millis(750), "a quarter of a second, then half of one");
    }
}
