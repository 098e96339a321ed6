//! A stand-in for logind on the computer's own bus: one session, and somebody who sleeps, locks and leaves when a test says so.

use std::collections::HashMap;
use std::io::Read as _;
use std::os::fd::OwnedFd as SystemFd;
use std::os::unix::net::UnixStream;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use zbus::blocking::Connection;
use zbus::blocking::connection::Builder;
use zbus::zvariant::{DynamicType, OwnedFd, OwnedObjectPath, Value};

const NAME: &str = "org.freedesktop.login1";
const PATH: &str = "/org/freedesktop/login1";
const SESSION: &str = "/org/freedesktop/login1/session/_31";

/// Logind as a test plays it.
pub struct Logind {
    bus: Connection,
    session: Arc<Mutex<State>>,
    delays: Delays,
}

#[derive(Default)]
struct State {
    idle_since: Option<u64>,
    locked: bool,
}

/// The ends of inhibitors that stay here: what is read from one ends when the other is closed.
type Delays = Arc<Mutex<Vec<UnixStream>>>;

impl Logind {
    /// Answers on a bus from here on.
    #[track_caller]
    pub(super) fn start(address: &str) -> Self {
        let (session, delays) = (Arc::<Mutex<State>>::default(), Delays::default());
        let serve = || {
            Builder::address(address)?
                .serve_at(PATH, Manager { delays: delays.clone() })?
                .serve_at(format!("{PATH}/user/self"), User)?
                .serve_at(SESSION, Session(session.clone()))?
                .name(NAME)?
                .build()
        };
        let bus = serve().unwrap_or_else(|error| panic!("no stand-in for logind: {error}"));
        Self { bus, session, delays }
    }

    /// How many programs want to be waited for before the computer sleeps.
    pub fn delays(&self) -> usize {
        let mut delays = self.delays.lock().expect("no test panicked");
        delays.retain(|end| {
            end.set_nonblocking(true).expect("a socket can be asked");
            !matches!((&*end).read(&mut [0]), Ok(0))
        });
        delays.len()
    }

    /// The computer is about to sleep.
    pub fn sleeps(&self) {
        self.signal(PATH, "org.freedesktop.login1.Manager", "PrepareForSleep", &(true,));
    }

    /// It is awake again.
    pub fn wakes(&self) {
        self.signal(PATH, "org.freedesktop.login1.Manager", "PrepareForSleep", &(false,));
    }

    /// Asks the session to lock, as `loginctl lock-session` does.
    pub fn asks_to_lock(&self) {
        self.signal(SESSION, "org.freedesktop.login1.Session", "Lock", &());
    }

    /// The screen was locked, or not any more.
    pub fn screen_is_locked(&self, locked: bool) {
        self.session.lock().expect("no test panicked").locked = locked;
        self.changed("LockedHint", locked.into());
    }

    /// Nobody has used the computer for so long; None: somebody does.
    pub fn is_idle_for(&self, time: Option<Duration>) {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("it is after 1970");
        let since = time.map(|time| (now.saturating_sub(time)).as_micros() as u64);
        self.session.lock().expect("no test panicked").idle_since = since;
        self.changed("IdleHint", since.is_some().into());
    }

    fn changed(&self, name: &str, value: Value<'_>) {
        let body = ("org.freedesktop.login1.Session", HashMap::from([(name, value)]), [""; 0].as_slice());
        self.signal(SESSION, "org.freedesktop.DBus.Properties", "PropertiesChanged", &body);
    }

    fn signal<B: serde::Serialize + DynamicType>(&self, path: &str, interface: &str, name: &str, body: &B) {
        self.bus.emit_signal(None::<&str>, path, interface, name, body).expect("a signal can be sent");
    }
}

struct Manager {
    delays: Delays,
}

#[zbus::interface(name = "org.freedesktop.login1.Manager")]
impl Manager {
    fn inhibit(&self, what: &str, _who: &str, _why: &str, mode: &str) -> zbus::fdo::Result<OwnedFd> {
        if (what, mode) != ("sleep", "delay") {
            return Err(zbus::fdo::Error::InvalidArgs("only delays of sleep are played".to_owned()));
        }
        let (kept, given) =
            UnixStream::pair().map_err(|error| zbus::fdo::Error::Failed(error.to_string()))?;
        self.delays.lock().expect("no test panicked").push(kept);
        Ok(SystemFd::from(given).into())
    }
}

struct User;

#[zbus::interface(name = "org.freedesktop.login1.User")]
impl User {
    #[zbus(property)]
    fn display(&self) -> (String, OwnedObjectPath) {
        ("1".to_owned(), OwnedObjectPath::try_from(SESSION).expect("it is a path"))
    }
}

struct Session(Arc<Mutex<State>>);

#[zbus::interface(name = "org.freedesktop.login1.Session")]
impl Session {
    #[zbus(property)]
    fn idle_hint(&self) -> bool {
        self.0.lock().expect("no test panicked").idle_since.is_some()
    }

    #[zbus(property)]
    fn idle_since_hint(&self) -> u64 {
        self.0.lock().expect("no test panicked").idle_since.unwrap_or_default()
    }

    #[zbus(property)]
    fn locked_hint(&self) -> bool {
        self.0.lock().expect("no test panicked").locked
    }
}
