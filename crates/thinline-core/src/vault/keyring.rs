//! The keyring of the system, by way of threads that may hang.
//!
//! A keyring can ask the person for a password and answers when they do, so each call runs on a thread of its own
//! and is given up after five seconds. The thread given up stays until the keyring answers; meanwhile further calls
//! wait for it and then give up too, so that there is never a second question on the screen and writes keep their
//! order. What would surprise: after an error the connection is dropped, because a kept one never recovers from a
//! keyring that was restarted.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError, mpsc};
use std::time::{Duration, Instant};

use zeroize::Zeroizing;

use super::error::Result;
use super::keys::{Secret, random};

const SERVICE: &str = "org.thinline";
const PATIENCE: Duration = Duration::from_secs(5);

/// Why the keyring did not do what was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyringError {
    /// No keyring is reachable.
    #[error("no keyring is reachable")]
    NoKeyring,
    /// The keyring is locked, or refuses.
    #[error("the keyring is locked or refuses")]
    Locked,
    /// The keyring did not answer in time; it may be asking for its password.
    #[error("the keyring did not answer in time")]
    Timeout,
    /// The keyring answers, and holds nothing under this name.
    #[error("the keyring does not hold the key of this vault")]
    NoEntry,
}

/// Whether a keyring is there that keeps what it is given: writes something, reads it back and takes it away.
/// May make the system ask for the keyring's password.
pub fn probe() -> Result<()> {
    let user = format!("probe-{}", hex::encode(random::<4>()?));
    let stored = set_and_compare(&user, SERVICE.as_bytes());
    tidy(&user, stored);
    Ok(stored?)
}

/// Stores a key, and trusts it only when it comes back.
pub(super) fn set_key(user: &str, key: &Secret) -> Result<()> {
    let stored = set_and_compare(user, &**key);
    if stored.is_err() {
        tidy(user, stored);
    }
    Ok(stored?)
}

/// Takes away what is of no use. A keyring that does not answer is not made to wait for once more.
fn tidy(user: &str, stored: Answer<()>) {
    if !matches!(stored, Err(KeyringError::NoKeyring | KeyringError::Timeout)) {
        let _ = delete(user);
    }
}

/// A key; what is stored under its name and is no key counts as refused.
pub(super) fn get_key(user: &str) -> Result<Secret> {
    let bytes = get(user)?;
    let key: &[u8; 32] = bytes.as_slice().try_into().map_err(|_| KeyringError::Locked)?;
    Ok(Zeroizing::new(*key))
}

pub(super) fn set(user: &str, secret: &[u8]) -> Answer<()> {
    let secret = Zeroizing::new(secret.to_vec());
    call(user, move |entry| entry.set_secret(&secret))
}

pub(super) fn get(user: &str) -> Answer<Zeroizing<Vec<u8>>> {
    call(user, |entry| entry.get_secret().map(Zeroizing::new))
}

pub(super) fn delete(user: &str) -> Answer<()> {
    call(user, |entry| entry.delete_credential())
}

type Answer<T> = std::result::Result<T, KeyringError>;

fn set_and_compare(user: &str, secret: &[u8]) -> Answer<()> {
    set(user, secret)?;
    // A keyring that forgets at once says "no entry"; for what was just written that means it refused.
    let back = get(user)
        .map_err(|error| if error == KeyringError::NoEntry { KeyringError::Locked } else { error })?;
    if back.as_slice() == secret { Ok(()) } else { Err(KeyringError::Locked) }
}

fn call<T: Send + 'static>(
    user: &str,
    ask: impl FnOnce(&platform::Entry) -> std::result::Result<T, platform::Error> + Send + 'static,
) -> Answer<T> {
    static GATE: Gate = Gate::new();
    let user = user.to_owned();
    GATE.call(PATIENCE, move || platform::with_entry(SERVICE, &user, ask).map_err(|error| kind(&error)))?
}

fn kind(error: &platform::Error) -> KeyringError {
    use platform::Error;
    match error {
        Error::NoEntry => KeyringError::NoEntry,
        Error::NoDefaultStore | Error::PlatformFailure(_) => KeyringError::NoKeyring,
        _ => KeyringError::Locked,
    }
}

/// Lets one call through at a time, each on its own thread.
struct Gate {
    busy: Mutex<bool>,
    free: Condvar,
}

impl Gate {
    const fn new() -> Self {
        Self { busy: Mutex::new(false), free: Condvar::new() }
    }

    fn call<T: Send + 'static>(
        &'static self,
        patience: Duration,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Answer<T> {
        let until = Instant::now() + patience;
        let pass = self.enter(patience)?;
        let (answer, wait) = mpsc::sync_channel(1);
        let thread = std::thread::Builder::new().name("keyring".to_owned()).spawn(move || {
            let result = work();
            // First the gate, then the answer: whoever has it may call again at once.
            drop(pass);
            let _ = answer.send(result);
        });
        thread.map_err(|_| KeyringError::NoKeyring)?;
        wait.recv_timeout(until.saturating_duration_since(Instant::now())).map_err(|error| match error {
            mpsc::RecvTimeoutError::Timeout => KeyringError::Timeout,
            // The thread panicked: the library gave up on this keyring.
            mpsc::RecvTimeoutError::Disconnected => KeyringError::NoKeyring,
        })
    }

    fn enter(&'static self, patience: Duration) -> Answer<Pass> {
        let busy = self.state();
        let waited = self.free.wait_timeout_while(busy, patience, |busy| *busy);
        let (mut busy, _) = waited.unwrap_or_else(PoisonError::into_inner);
        if *busy {
            return Err(KeyringError::Timeout);
        }
        *busy = true;
        Ok(Pass(self))
    }

    fn state(&self) -> MutexGuard<'_, bool> {
        self.busy.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Opens the gate again when dropped, also by a panic.
struct Pass(&'static Gate);

impl Drop for Pass {
    fn drop(&mut self) {
        *self.0.state() = false;
        self.0.free.notify_one();
    }
}

#[cfg(target_os = "linux")]
mod platform {
    //! The Secret Service, over a connection of our own that is made anew after an error.

    use std::sync::{Arc, Mutex, PoisonError};

    use keyring_core::CredentialStore;
    pub(super) use keyring_core::{Entry, Error};

    static STORE: Mutex<Option<Arc<CredentialStore>>> = Mutex::new(None);

    pub(super) fn with_entry<T>(
        service: &str,
        user: &str,
        ask: impl FnOnce(&Entry) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let result = store().and_then(|store| ask(&Entry::new_in_store(&store, service, user)?));
        if result.as_ref().is_err_and(|error| !matches!(error, Error::NoEntry)) {
            *STORE.lock().unwrap_or_else(PoisonError::into_inner) = None;
        }
        result
    }

    fn store() -> Result<Arc<CredentialStore>, Error> {
        let mut kept = STORE.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(store) = kept.as_ref() {
            return Ok(Arc::clone(store));
        }
        let store: Arc<CredentialStore> = zbus_secret_service_keyring_store::Store::new()?;
        *kept = Some(Arc::clone(&store));
        Ok(store)
    }
}

#[cfg(not(target_os = "linux"))]
mod platform {
    //! The keychain or credential manager of the system.

    pub(super) use keyring::v1::{Entry, Error};

    pub(super) fn with_entry<T>(
        service: &str,
        user: &str,
        ask: impl FnOnce(&Entry) -> Result<T, Error>,
    ) -> Result<T, Error> {
        ask(&Entry::new(service, user)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gate() -> &'static Gate {
        Box::leak(Box::new(Gate::new()))
    }

    const SHORT: Duration = Duration::from_millis(50);
    const LONG: Duration = Duration::from_secs(20);

    #[test]
    fn a_keyring_that_does_not_answer_is_given_up_and_not_asked_twice() {
        let gate = gate();
        let (release, hung) = mpsc::channel::<()>();
        let started = Instant::now();
        let first = gate.call(SHORT, move || hung.recv());
        assert_eq!(first.err(), Some(KeyringError::Timeout));
        let second = gate.call(SHORT, || unreachable!("asked while the first question is open"));
        assert_eq!(second, Err::<(), _>(KeyringError::Timeout));
        assert!(started.elapsed() < LONG);
        release.send(()).unwrap();
        assert_eq!(gate.call(LONG, || 7), Ok(7), "works again once the first was answered");
    }

    #[test]
    fn calls_from_many_threads_go_one_after_the_other() {
        let gate = gate();
        let inside: &'static Mutex<u32> = Box::leak(Box::new(Mutex::new(0)));
        let callers: Vec<_> = (0..8)
            .map(|_| {
                std::thread::spawn(move || {
                    gate.call(LONG, || {
                        let mut count = inside.try_lock().expect("alone inside");
                        std::thread::sleep(Duration::from_millis(2));
                        *count += 1;
                    })
                })
            })
            .collect();
        for caller in callers {
            caller.join().unwrap().unwrap();
        }
        assert_eq!(*inside.lock().unwrap(), 8);
    }

    #[test]
    fn a_panic_in_the_library_leaves_the_gate_open() {
        let gate = gate();
        let panicked: Answer<()> = gate.call(LONG, || panic!("planned"));
        assert_eq!(panicked, Err(KeyringError::NoKeyring));
        assert_eq!(gate.call(LONG, || 7), Ok(7));
    }
}
