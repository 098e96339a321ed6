//! What is asked on a real terminal: `script` brings a pseudo-terminal of its own, which a pipe is not.

use crate::home::Home;
use std::io::{Read, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// A command on a terminal: what it shows, and what is typed.
struct Terminal {
    child: Child,
    typed: ChildStdin,
    news: Receiver<Vec<u8>>,
    shown: String,
}

impl Terminal {
    /// With a key file, or without any key: then a keyring is looked for, and there is none.
    fn start(home: &Home, words: &str, with_key: bool) -> Self {
        let line = format!("{} {words}", env!("CARGO_BIN_EXE_thinline"));
        let mut command = Command::new("script");
        command.args(["-q", "-e", "-c", &line, "/dev/null"]).env_clear().current_dir(home.path());
        command.env("PATH", "/usr/bin:/bin").env("SHELL", "/bin/sh").env("TERM", "dumb").env("TZ", "UTC");
        command.env("THINLINE_DATA_DIR", home.data()).env("HOME", home.path());
        command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
        if with_key {
            command.env("THINLINE_KEY_FILE", home.key());
        }
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (typed, mut out) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let (tell, news) = channel();
        std::thread::spawn(move || {
            let mut some = [0; 4096];
            while let Ok(n @ 1..) = out.read(&mut some) {
                let _ = tell.send(some[..n].to_vec());
            }
        });
        Self { child, typed, news, shown: String::new() }
    }

    /// Waits for words after `from`; answers where they end.
    fn wait_for(&mut self, words: &str, from: usize) -> usize {
        let since = Instant::now();
        loop {
            if let Some(at) = self.shown[from..].find(words) {
                return from + at + words.len();
            }
            assert!(since.elapsed() < Duration::from_secs(60), "no “{words}” in {}", self.shown);
            if let Ok(news) = self.news.recv_timeout(Duration::from_secs(1)) {
                self.shown += &String::from_utf8_lossy(&news);
            }
        }
    }

    fn say(&mut self, line: &str) {
        // The question stands there a moment before what is typed is hidden; nobody types that fast.
        std::thread::sleep(Duration::from_millis(200));
        self.typed.write_all(format!("{line}\n").as_bytes()).unwrap();
        self.typed.flush().unwrap();
    }

    /// Waits for the end; answers the exit code and everything that was shown.
    fn end(mut self) -> (i32, String) {
        // Still open until here: `script` would hang up on the command otherwise.
        let code = self.child.wait().unwrap().code().unwrap();
        drop(self.typed);
        while let Ok(news) = self.news.recv_timeout(Duration::from_secs(5)) {
            self.shown += &String::from_utf8_lossy(&news);
        }
        (code, self.shown)
    }
}

impl Terminal {
    /// The fifteen words that were shown, after all of them were.
    fn words(&mut self) -> (Vec<String>, usize) {
        let at = self.wait_for("The code counts once you have repeated three of them.", 0);
        let lines = self.shown.lines().filter_map(|line| line.trim().split_once(". "));
        let words: Vec<String> =
            lines.filter(|(n, _)| n.parse::<u8>().is_ok()).map(|(_, word)| word.to_owned()).collect();
        assert_eq!(words.len(), 15, "{}", self.shown);
        (words, at)
    }

    /// The number of the word that is asked for, and where the question ends.
    fn asked(&mut self, from: usize) -> (usize, usize) {
        let at = self.wait_for("Word ", from);
        let end = self.wait_for(": ", at);
        (self.shown[at..end - 2].parse().unwrap(), end)
    }
}

#[test]
fn a_recovery_code_is_shown_on_a_terminal_counts_after_three_words_and_opens_the_data_when_typed() {
    let home = Home::new();
    let mut terminal = Terminal::start(&home, "recovery make", true);
    let (words, mut at) = terminal.words();
    for _ in 0..3 {
        let (place, end) = terminal.asked(at);
        terminal.say(&words[place - 1]);
        at = end;
    }
    let (code, shown) = terminal.end();
    assert!(code == 0 && shown.contains("There is a recovery code"), "{shown}");

    // Typed where the passphrase is asked for, unseen.
    let mut terminal = Terminal::start(&home, "imports", false);
    terminal.wait_for("Passphrase (or recovery code): ", 0);
    terminal.say(&words.join(" "));
    let (code, shown) = terminal.end();
    assert!(code == 0 && shown.contains("No imports yet"), "{shown}");
    assert!(!shown.contains(&words[..3].join(" ")), "what is typed is not echoed: {shown}");
    assert!(shown.contains("Unlocked with the recovery code"), "{shown}");
}

#[test]
fn a_word_that_does_not_fit_lets_no_code_count() {
    let home = Home::new();
    let before = std::fs::read(home.data().join("vault.json")).unwrap();
    let mut terminal = Terminal::start(&home, "recovery make", true);
    let (words, mut at) = terminal.words();
    for n in 0..3 {
        let (place, end) = terminal.asked(at);
        // One slip of three is enough: the word after the right one.
        terminal.say(&words[(place - 1 + usize::from(n == 1)) % 15]);
        at = end;
    }
    let (code, shown) = terminal.end();
    assert_eq!(code, 1, "{shown}");
    assert_eq!(std::fs::read(home.data().join("vault.json")).unwrap(), before);
    assert_eq!(home.json("recovery")["set"], false);
}

#[test]
fn erasing_a_service_is_confirmed_by_typing_it() {
    let home = Home::new();
    home.import(&home.spotify(40)).json();
    let records = || home.json("status")["records"].as_u64().unwrap();
    let held = records();
    let mut terminal = Terminal::start(&home, "erase service spotify", true);
    terminal.wait_for("Type `spotify` to erase: ", 0);
    terminal.say("yes");
    assert_eq!(terminal.end().0, 1);
    assert_eq!(records(), held);
    let mut terminal = Terminal::start(&home, "erase service spotify", true);
    terminal.wait_for("records go for good", 0);
    terminal.say("spotify");
    let (code, shown) = terminal.end();
    assert_eq!(code, 0, "{shown}");
    assert!(records() < held);
}

#[test]
fn a_new_passphrase_is_asked_for_twice_unseen_and_counts_only_if_both_are_the_same() {
    let home = Home::new();
    for (again, expected) in [("spring tidy", 1), ("spring tide", 0)] {
        let mut terminal = Terminal::start(&home, "passphrase set", true);
        let at = terminal.wait_for("New passphrase: ", 0);
        terminal.say("spring tide");
        terminal.wait_for("The same again: ", at);
        terminal.say(again);
        let (code, shown) = terminal.end();
        assert_eq!(code, expected, "{shown}");
        assert!(!shown.contains("spring"), "what is typed is not echoed: {shown}");
    }
    // A new key asks for what it would leave behind.
    let mut terminal = Terminal::start(&home, "key rotate", true);
    terminal.wait_for("Passphrase, so that it goes on opening the data: ", 0);
    terminal.say("spring tide");
    let (code, shown) = terminal.end();
    assert!(code == 0 && shown.contains("unlocked with: key file, passphrase"), "{shown}");
    let mut terminal = Terminal::start(&home, "imports", false);
    terminal.wait_for("Passphrase (or recovery code): ", 0);
    terminal.say("spring tide");
    assert_eq!(terminal.end().0, 0);
}
