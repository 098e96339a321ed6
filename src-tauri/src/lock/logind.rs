//! What logind says: the computer is about to sleep, the screen is locked, nobody is there.
//!
//! One connection to the system bus, on a thread of its own; without logind it is tried again every half minute. While it is
//! heard, an inhibitor delays sleep until the lock is done (logind waits five seconds at most). What would surprise: `IdleHint`
//! comes from the desktop, which sets it after an idle time of its own; a desktop that never does never locks this window.

use super::{Cause, because};
use crate::desk::Desk;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use tauri::{AppHandle, Manager};
use zbus::blocking::{Connection, MessageIterator, connection::Builder};
use zbus::message::Type;
use zbus::zvariant::{OwnedFd, OwnedObjectPath, OwnedValue};
use zbus::{MatchRule, Message};

const NAME: &str = "org.freedesktop.login1";
const PATH: &str = "/org/freedesktop/login1";
const MANAGER: &str = "org.freedesktop.login1.Manager";
const SESSION: &str = "org.freedesktop.login1.Session";
const USER: &str = "org.freedesktop.login1.User";
const PROPERTIES: &str = "org.freedesktop.DBus.Properties";
/// How long an answer is waited for.
const PATIENCE: Duration = Duration::from_secs(5);
/// Before it is tried again.
const LATER: Duration = Duration::from_secs(30);

/// Listens for as long as the program runs.
pub fn start(app: &AppHandle) {
    let app = app.clone();
    std::thread::spawn(move || {
        loop {
            // That there is no logind is told in Settings, not here.
            let _ = Ear::open(&app).and_then(Ear::listen);
            let locks = &app.state::<Desk>().locks;
            locks.heard.store(false, Ordering::Relaxed);
            locks.idle().hear(None, Instant::now());
            std::thread::sleep(LATER);
        }
    });
}

/// An open connection to logind.
struct Ear {
    app: AppHandle,
    bus: Connection,
    session: OwnedObjectPath,
    /// Held while sleep shall wait for the lock.
    delay: Option<OwnedFd>,
}

impl Ear {
    fn open(app: &AppHandle) -> zbus::Result<Self> {
        let bus = Builder::system()?.method_timeout(PATIENCE).build()?;
        let session = own_session(&bus)?;
        Ok(Self { app: app.clone(), bus, session, delay: None })
    }

    fn listen(mut self) -> zbus::Result<()> {
        let rule = MatchRule::builder().msg_type(Type::Signal).sender(NAME)?.path_namespace(PATH)?.build();
        let signals = MessageIterator::for_match_rule(rule, &self.bus, Some(64))?;
        self.delay_sleep();
        self.look_whether_idle();
        self.app.state::<Desk>().locks.heard.store(true, Ordering::Relaxed);
        for signal in signals {
            self.hear(&signal?);
        }
        Ok(())
    }

    fn hear(&mut self, signal: &Message) {
        let header = signal.header();
        let own = header.path().is_some_and(|path| path.as_str() == self.session.as_str());
        let of = |name: &str| header.interface().is_some_and(|interface| interface.as_str() == name);
        match header.member().map(|member| member.as_str()) {
            Some("PrepareForSleep") if of(MANAGER) => self.sleep(signal),
            Some("Lock") if own && of(SESSION) => because(&self.app, Cause::Screen),
            Some("PropertiesChanged") if own && of(PROPERTIES) => {
                self.look_whether_idle();
                if self.is("LockedHint") {
                    because(&self.app, Cause::Screen);
                }
            }
            _ => {}
        }
    }

    fn sleep(&mut self, signal: &Message) {
        if signal.body().deserialize().is_ok_and(|begins: bool| begins) {
            because(&self.app, Cause::Sleep);
            self.delay = None;
        } else {
            self.delay_sleep();
        }
    }

    /// Without it the computer may sleep a moment before the lock is done.
    fn delay_sleep(&mut self) {
        let words = ("sleep", "Thinline", "Locks before the computer sleeps", "delay");
        let answer = self.bus.call_method(Some(NAME), PATH, Some(MANAGER), "Inhibit", &words);
        self.delay = answer.and_then(|answer| answer.body().deserialize()).ok();
    }

    fn look_whether_idle(&self) {
        let since = || {
            let micros: u64 = self.property("IdleSinceHint")?.try_into().ok()?;
            UNIX_EPOCH.checked_add(Duration::from_micros(micros))
        };
        let told = self.is("IdleHint").then(|| since().unwrap_or_else(SystemTime::now));
        self.app.state::<Desk>().locks.idle().hear(told, Instant::now());
    }

    fn is(&self, name: &str) -> bool {
        self.property(name).and_then(|value| value.try_into().ok()).unwrap_or(false)
    }

    fn property(&self, name: &str) -> Option<OwnedValue> {
        property(&self.bus, &self.session, SESSION, name).ok()
    }
}

/// The session that this program belongs to: the one it was started in, else the one that the person sits at.
fn own_session(bus: &Connection) -> zbus::Result<OwnedObjectPath> {
    let manager = |method: &str, id: &str| {
        let answer = bus.call_method(Some(NAME), PATH, Some(MANAGER), method, &(id,))?;
        answer.body().deserialize::<OwnedObjectPath>()
    };
    if let Some(path) = std::env::var("XDG_SESSION_ID").ok().and_then(|id| manager("GetSession", &id).ok()) {
        return Ok(path);
    }
    let user = OwnedObjectPath::try_from(format!("{PATH}/user/self"))?;
    let display: (String, OwnedObjectPath) = property(bus, &user, USER, "Display")?.try_into()?;
    Ok(display.1)
}

fn property(bus: &Connection, path: &OwnedObjectPath, of: &str, name: &str) -> zbus::Result<OwnedValue> {
    let answer = bus.call_method(Some(NAME), path, Some(PROPERTIES), "Get", &(of, name))?;
    answer.body().deserialize()
}
