//! The watched folder, as the window sees it: offers with tokens. Looking is core's; this file only asks it now and then.
//!
//! A token can be forgotten or spent while its archive still lies there: asking for the state makes a new one then.

use crate::desk::Desk;
use crate::dialogs;
use crate::picked::{Pick, Picks, Purpose};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tauri::{AppHandle, Emitter, Manager};
use thinline_core::wire::{Code, WatchOffer, WatchState};
use thinline_core::{Arrival, Core, Looks, Result};

/// Often enough that a download is offered soon after it is complete.
const EVERY: Duration = Duration::from_secs(15);

/// What was seen so far, and what is offered.
#[derive(Default)]
pub struct Watching(Mutex<Offers>);

#[derive(Default)]
struct Offers {
    looks: Looks,
    unreachable: bool,
    offered: Vec<(Arrival, WatchOffer)>,
}

impl Watching {
    fn lock(&self) -> MutexGuard<'_, Offers> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Offers {
    /// Takes in what a look found; answers whether anything changed.
    fn take(&mut self, arrived: Result<Vec<Arrival>>, picks: &Picks) -> bool {
        let unreachable = arrived.as_ref().is_err_and(|error| error.code == Code::NotFound);
        let arrived = arrived.unwrap_or_default();
        let same = arrived.iter().eq(self.offered.iter().map(|(arrival, _)| arrival));
        if same && unreachable == self.unreachable {
            return false;
        }
        self.unreachable = unreachable;
        let mut before = std::mem::take(&mut self.offered);
        for arrival in arrived {
            let kept = before.iter().position(|(old, _)| *old == arrival);
            let offer = kept.map(|at| before.swap_remove(at).1).or_else(|| offer(&arrival, picks));
            self.offered.extend(offer.map(|offer| (arrival, offer)));
        }
        true
    }

    fn state(&mut self, core: &Core, picks: &Picks) -> Result<WatchState> {
        let folder = core.watched_folder()?;
        for (arrival, known) in &mut self.offered {
            if picks.peek(&known.picked.token, Purpose::Archive).is_err()
                && let Some(anew) = offer(arrival, picks)
            {
                *known = anew;
            }
        }
        let offers = if folder.is_some() {
            self.offered.iter().map(|(_, offer)| offer.clone()).collect()
        } else {
            Vec::new()
        };
        let folder = folder.map(|path| path.to_string_lossy().into_owned());
        Ok(WatchState { folder, reachable: !self.unreachable, offers })
    }
}

fn offer(arrival: &Arrival, picks: &Picks) -> Option<WatchOffer> {
    let pick = Pick { path: arrival.path.clone(), purpose: Purpose::Archive, overwrite: false };
    let picked = picks.add(pick).ok()?;
    Some(WatchOffer { picked, service: arrival.service.clone(), at: arrival.at.clone() })
}

/// Looks at the folder again and again, on a thread of its own, for as long as the program runs.
pub fn start(app: &AppHandle) {
    let app = app.clone();
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(EVERY);
            look(&app);
        }
    });
}

/// Looks once. The window is told only if something changed.
fn look(app: &AppHandle) {
    let desk = app.state::<Desk>();
    let Ok(core) = desk.core() else { return };
    let mut offers = desk.watching.lock();
    let arrived = core.arrivals(&mut offers.looks);
    let changed = offers.take(arrived, &desk.picks);
    drop(offers);
    if changed {
        let _ = app.emit("topics", ["watch"]);
    }
}

/// What is watched and what is offered just now.
pub fn state(app: &AppHandle) -> Result<WatchState> {
    let desk = app.state::<Desk>();
    let core = desk.core()?;
    desk.watching.lock().state(&core, &desk.picks)
}

/// Lets the person choose the folder, and watches it.
pub fn pick(app: &AppHandle) -> Result<WatchState> {
    let Some(folder) = dialogs::watch_folder(app) else { return state(app) };
    change(app, Some(&folder))
}

/// Watches nothing any more.
pub fn off(app: &AppHandle) -> Result<WatchState> {
    change(app, None)
}

fn change(app: &AppHandle, folder: Option<&Path>) -> Result<WatchState> {
    let desk = app.state::<Desk>();
    desk.core()?.watch_folder(folder)?;
    *desk.watching.lock() = Offers::default();
    look(app);
    state(app)
}

/// Does not offer this archive again.
pub fn dismiss(app: &AppHandle, token: &str) -> Result<WatchState> {
    let desk = app.state::<Desk>();
    let pick = desk.picks.peek(token, Purpose::Archive)?;
    done_with(app, &desk.core()?, &pick.path)?;
    state(app)
}

/// An archive was dismissed or imported: it is not offered again.
pub fn done_with(app: &AppHandle, core: &Core, path: &Path) -> Result<()> {
    core.dismiss_arrival(path)?;
    look(app);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    fn arrival(name: &str) -> Arrival {
        Arrival {
            path: PathBuf::from("/invented").join(name),
            service: "spotify".into(),
            at: "2026-11-24T10:00:00Z".into(),
        }
    }

    fn tokens(offers: &Offers) -> Vec<String> {
        offers.offered.iter().map(|(_, offer)| offer.picked.token.clone()).collect()
    }

    #[test]
    fn an_offer_keeps_its_token_while_others_come_and_go() {
        let (mut offers, picks) = (Offers::default(), Picks::default());
        assert!(offers.take(Ok(vec![arrival("a.zip")]), &picks));
        let first = tokens(&offers);
        assert!(!offers.take(Ok(vec![arrival("a.zip")]), &picks));
        assert!(offers.take(Ok(vec![arrival("a.zip"), arrival("b.zip")]), &picks));
        assert_eq!(tokens(&offers)[0], first[0]);
        assert!(offers.take(Ok(vec![arrival("b.zip")]), &picks));
        assert_eq!(offers.offered.len(), 1);
        assert!(picks.peek(&tokens(&offers)[0], Purpose::Archive).is_ok());
    }

    #[test]
    fn a_folder_that_cannot_be_listed_is_said_so_and_a_lock_is_not() {
        let (mut offers, picks) = (Offers::default(), Picks::default());
        assert!(!offers.take(Err(Code::Locked.into()), &picks));
        assert!(offers.take(Err(Code::NotFound.into()), &picks));
        assert!(offers.unreachable);
        assert!(offers.take(Ok(Vec::new()), &picks));
        assert!(!offers.unreachable);
    }
}
