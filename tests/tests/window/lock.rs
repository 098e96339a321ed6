//! Locking: what the window and the memory hold afterwards, and what locks by itself.

use std::time::{Duration, Instant};

use serde_json::json;
use thinline_core::vault::{Unlock, Vault};
use thinline_tests::harness::memory::{forms_of, found_in_memory};
use thinline_tests::harness::{Computer, DesktopWindow, Equipment, Planted, Start, Window, wait_for};

use crate::steps::{go, open_own, search, titles};

const ARCHIVE: &str = "my_spotify_data.zip";
const PASSPHRASE: &str = "Ebbe Watt Priel Queller 7";

fn with_logind() -> Computer {
    Computer::with(Equipment { logind: true, ..Equipment::default() })
}

fn import_planted(computer: &Computer, key: &[&str]) {
    let planted = Planted::write(&computer.desk().join(ARCHIVE));
    let archive = planted.archive.to_string_lossy().into_owned();
    computer.thinline(&[&["init"], key].concat());
    computer.thinline(&[&["import", &archive], key].concat());
}

fn unlock(window: &Window<'_>) {
    window.test_id("unlock-keyring").click();
    window.test_id("nav-services");
}

fn is_locked(window: &Window<'_>) -> bool {
    !window.all("[data-testid=unlock-keyring]").is_empty()
}

/// A while in which a lock that was on its way would have come.
fn stays_open(window: &Window<'_>) {
    let since = Instant::now();
    while since.elapsed() < Duration::from_secs(3) {
        assert!(!is_locked(window), "it locked");
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn a_locked_window_holds_nothing_of_before_and_unlocking_goes_back_to_where_one_was() {
    let computer = Computer::new();
    import_planted(&computer, &[]);
    let window = computer.open(Start::default());
    unlock(&window);
    go(&window, "log");
    go(&window, "timeline");
    search(&window, "quastenflosser");
    window.wait("the title", || titles(&window).contains(&Planted::TITLE.to_owned()).then_some(()));
    let before = window.execute("window.before = 1; return location.hash", json!([]));
    window.test_id("lock-now").click();
    window.test_id("unlock-keyring");
    let left = window.execute("return [window.before ?? null, location.hash, document.title]", json!([]));
    assert_eq!(left, json!([null, "", "Thinline"]), "the page is a new one");
    for word in Planted::WORDS {
        assert!(!window.source().contains(word), "the locked page holds “{word}”");
    }
    // Whoever goes back finds nothing, however often.
    for _ in 0..4 {
        window.execute("history.back()", json!([]));
        std::thread::sleep(Duration::from_millis(300));
        let address = window.execute("return location.href", json!([]));
        let address = address.as_str().expect("a page has an address");
        assert!(!address.contains("timeline") && !address.contains("quasten"), "{address}");
    }
    unlock(&window);
    assert_eq!(window.execute("return location.hash", json!([])), before);
    window.wait("the title again", || titles(&window).contains(&Planted::TITLE.to_owned()).then_some(()));
    window.close();
}

#[test]
fn the_window_locks_before_the_computer_sleeps_and_sleep_waits_for_it() {
    let computer = with_logind();
    let window = computer.open(Start::default());
    open_own(&window);
    let logind = computer.logind();
    window.wait("sleep to be delayed", || (logind.delays() == 1).then_some(()));
    logind.sleeps();
    window.test_id("unlock-keyring");
    window.wait("sleep to go on", || (logind.delays() == 0).then_some(()));
    logind.wakes();
    window.wait("sleep to be delayed again", || (logind.delays() == 1).then_some(()));
    unlock(&window);
    window.close();
}

#[test]
fn the_window_locks_with_the_screen_and_when_the_session_is_asked_to() {
    let computer = with_logind();
    let window = computer.open(Start::default());
    open_own(&window);
    let logind = computer.logind();
    window.wait("logind to be heard", || (logind.delays() == 1).then_some(()));
    logind.screen_is_locked(true);
    window.test_id("unlock-keyring");
    logind.screen_is_locked(false);
    unlock(&window);
    logind.asks_to_lock();
    window.test_id("unlock-keyring");
    window.close();
}

#[test]
fn the_window_locks_when_the_computer_has_been_idle_for_the_chosen_time() {
    let computer = with_logind();
    let window = computer.open(Start::default());
    open_own(&window);
    let logind = computer.logind();
    window.wait("logind to be heard", || (logind.delays() == 1).then_some(()));
    logind.is_idle_for(Some(Duration::from_secs(9 * 60)));
    stays_open(&window);
    logind.is_idle_for(None);
    logind.is_idle_for(Some(Duration::from_secs(10 * 60)));
    window.test_id("unlock-keyring");
    // Who unlocks is there, whatever the system says.
    unlock(&window);
    stays_open(&window);
    window.close();
}

#[test]
fn what_is_switched_off_in_settings_does_not_lock_and_the_log_tells() {
    let computer = with_logind();
    let window = computer.open(Start::default());
    open_own(&window);
    let logind = computer.logind();
    go(&window, "settings");
    window.test_id("auto-lock");
    assert!(window.all("[data-testid=auto-lock-unheard]").is_empty());
    // Sleep, screen, never when idle. The boxes of a group lie over their words, so it is the label that is clicked.
    let part = "[data-testid=auto-lock]";
    for (css, on) in
        [("label.check", false), ("label.check:last-of-type", false), ("label:has([value='0'])", true)]
    {
        window.find(&format!("{part} {css}")).click();
        window.wait("the change to be kept", || {
            let asked = "return document.querySelector(arguments[0]).checked";
            let is = window.execute(asked, json!([format!("{part} {css} input")]));
            (is == json!(on)).then_some(())
        });
    }
    logind.sleeps();
    logind.screen_is_locked(true);
    logind.asks_to_lock();
    logind.is_idle_for(Some(Duration::from_secs(7200)));
    stays_open(&window);
    window.close();
    let log = computer.thinline(&["log"]);
    let locks = log["entries"].as_array().expect("the log has entries").iter();
    let last = locks.filter_map(|entry| entry["payload"]["lock"].as_object()).next();
    assert_eq!(
        json!(last),
        json!({ "idle_minutes": 0, "on_sleep": false, "on_screen_lock": false }),
        "{log}"
    );
}

#[test]
fn without_logind_settings_say_that_only_the_button_locks() {
    let computer = Computer::new();
    let window = computer.open(Start::default());
    open_own(&window);
    go(&window, "settings");
    let said = window.test_id("auto-lock-unheard").text();
    assert!(said.contains("only the button locks"), "{said}");
    window.assert_sound("settings-unheard");
    window.test_id("lock-now").click();
    window.test_id("unlock-keyring");
    window.close();
}

/// The window as people start it, with a passphrase that is typed: keys are in the program's memory while it is open and not
/// afterwards, and what the page showed goes with the page's process.
#[test]
fn a_locked_program_holds_no_key_and_its_page_nothing_of_before() {
    let (other, computer) = (Computer::new(), with_logind());
    std::fs::write(computer.desk().join("words"), PASSPHRASE).expect("a file can be written");
    let words = computer.desk().join("words").to_string_lossy().into_owned();
    import_planted(&computer, &["--passphrase-file", &words]);
    let keys = Vault::open(&computer.data())
        .and_then(|vault| vault.unlock(&Unlock::Passphrase(PASSPHRASE.as_bytes())));
    let keys = keys.expect("the passphrase opens it");
    let mut wanted = forms_of("the data key", &*keys.data_key);
    wanted.extend(forms_of("the signing seed", &*keys.signing_seed));
    let wide = Planted::TITLE.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let title = [Planted::TITLE.as_bytes().to_vec(), wide].map(|form| ("the title".to_owned(), form));

    let driven = other.open(Start::default());
    open_own(&driven);
    let timeline = driven.place_of("[data-testid=nav-timeline]");
    driven.close();

    let plain = computer.open_plain(Start::default());
    let window = plain.window();
    let entries = || computer.thinline(&["status", "--passphrase-file", &words])["log_size"].as_u64();
    let before = entries();
    let pages = || computer.processes_of("WebKitWebProcess");
    let [first] = *pages() else { panic!("one page has one process") };
    type_until(&window, PASSPHRASE, || entries() > before);
    window.wait_until_drawn(timeline, "lock-unlocked");
    window.click(timeline);
    let holds =
        |process: u32, wanted: &[(String, Vec<u8>)]| found_in_memory(process, wanted).unwrap_or_default();
    wait_for("the title to be shown", || (!holds(first, &title).is_empty()).then_some(()));
    let [app] = *computer.processes_of("thinline-app") else { panic!("one window is one program") };
    let found = found_in_memory(app, &wanted).expect("the memory of a program can be read by who tests it");
    assert!(
        found.iter().any(|what| what.contains("data key as bytes")),
        "the search finds what is there: {found:?}"
    );

    computer.logind().asks_to_lock();
    wait_for("a new page", || {
        let pages = pages();
        (!pages.is_empty() && !pages.contains(&first)).then_some(())
    });
    wait_for("the keys to go", || {
        let found = found_in_memory(app, &wanted).expect("it could be read before");
        found.is_empty().then_some(())
    });
    for (process, program) in computer.processes() {
        let program = program.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let mut wanted = wanted.clone();
        match program.as_str() {
            "thinline-app" => {}
            page if page.starts_with("WebKit") => wanted.extend(title.clone()),
            _ => continue,
        }
        assert_eq!(holds(process, &wanted), [""; 0], "{program}");
    }
    plain.close();
}

/// Types until it is taken: the page gets its field a moment after the window is there.
fn type_until(window: &DesktopWindow<'_>, words: &str, is_in: impl Fn() -> bool) {
    wait_for("the passphrase to be taken", || {
        window.focus();
        std::thread::sleep(Duration::from_millis(1500));
        window.key("ctrl+a");
        window.type_in(words);
        window.key("Return");
        std::thread::sleep(Duration::from_millis(2500));
        is_in().then_some(())
    });
}
