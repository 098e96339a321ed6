//! Where the key comes from, and what is said when it is not there or does not fit.

use crate::home::{Home, Ran};
use std::fs;

#[test]
fn a_command_that_finds_no_data_makes_it_and_says_so() {
    for words in ["imports", "services", "timeline", "stats", "log verify", "choose spotify ads-here off"] {
        let home = Home::empty();
        let ran = home.run(words.split(' '));
        assert_eq!(ran.code, 0, "{words}: {ran:?}");
        assert_eq!(ran.err.lines().count(), 1);
        assert!(ran.err.contains("made new data"), "{words}: {ran:?}");
        assert!(home.data().join("vault.json").exists() && home.key().exists());
        assert_eq!(home.run(words.split(' ')).err, "", "the second time it is there");
    }
}

#[test]
fn a_flag_comes_before_the_environment_and_a_key_file_before_a_passphrase() {
    let home = Home::new();
    let wrong = home.file("wrong", &[1; 32]);
    let ask = |flag: Option<&std::path::Path>, env: Option<&std::path::Path>| {
        let mut command = home.bare(["imports", "--json"]);
        if let Some(path) = flag {
            command.arg("--key-file").arg(path);
        }
        if let Some(path) = env {
            command.env("THINLINE_KEY_FILE", path);
        }
        // Never looked at: it is not there.
        command.env("THINLINE_PASSPHRASE_FILE", "/nonexistent");
        Ran::of(&mut command)
    };
    ask(Some(&home.key()), Some(&wrong)).json();
    assert_eq!(ask(Some(&wrong), Some(&home.key())).fault(), "wrong-key");
    ask(None, Some(&home.key())).json();
    assert_eq!(ask(None, Some(&wrong)).fault(), "wrong-key");
    let mut flag = home.command(["imports", "--json", "--passphrase-file", "/nonexistent"]);
    Ran::of(&mut flag).json();
    let empty = Ran::of(home.bare(["imports", "--json"]).env("THINLINE_KEY_FILE", ""));
    // An empty variable is none: the keyring is next, and that is not how this data is unlocked.
    assert_eq!(empty.fault(), "wrong-key");
    assert!(empty.err.contains("not unlocked that way"));
}

#[test]
fn a_passphrase_file_opens_without_its_final_newline_and_nothing_else_does() {
    let home = Home::empty();
    let with = |name: &str, words: &[&str]| {
        let mut command = home.bare(words);
        command.arg("--json").env("THINLINE_PASSPHRASE_FILE", home.path().join(name));
        Ran::of(&mut command)
    };
    home.file("one", "salt water \u{fc}\n".as_bytes());
    home.file("two", "salt water \u{fc}".as_bytes());
    home.file("three", "salt water \u{fc}\n\n".as_bytes());
    home.file("empty", b"\n");
    home.file("bytes", b"\xff\xfe");
    assert_eq!(with("empty", &["init"]).fault(), "bad-value");
    assert!(!home.data().join("vault.json").exists());
    with("one", &["init"]).json();
    with("two", &["imports"]).json();
    home.file("windows", "salt water \u{fc}\r\n".as_bytes());
    with("windows", &["imports"]).json();
    assert_eq!(with("three", &["imports"]).fault(), "wrong-key");
    assert_eq!(with("missing", &["imports"]).fault(), "not-found");
    assert_eq!(with("bytes", &["imports"]).code, 1);
    // A key file is another way in, which this data does not have.
    home.file("key", &[7; 32]);
    assert_eq!(home.ask("imports").fault(), "wrong-key");
    assert_eq!(
        Ran::of(home.bare(["status", "--json"]).env("THINLINE_PASSPHRASE_FILE", "three")).json()["locked"],
        true
    );
}

#[test]
fn key_files_that_do_not_fit_are_refused_and_left_alone() {
    let home = Home::new();
    for (name, bytes) in [("short", vec![7; 31]), ("long", vec![7; 33]), ("none", Vec::new())] {
        let path = home.file(name, &bytes);
        let ran = Ran::of(home.bare(["imports", "--json"]).env("THINLINE_KEY_FILE", &path));
        assert_eq!(ran.fault(), "key-file", "{name}");
        assert_eq!(fs::read(&path).unwrap(), bytes);
        // Nor is new data made with it.
        let other = home.path().join(format!("other-{name}"));
        let ran =
            Ran::of(home.bare(["init", "--json", "--data-dir"]).arg(&other).env("THINLINE_KEY_FILE", &path));
        assert_eq!(ran.fault(), "key-file", "{name}");
        assert!(!other.join("vault.json").exists());
    }
    for words in [["imports", "--json"], ["init", "--json"]] {
        let other = Home::empty();
        let home = if words[0] == "init" { &other } else { &home };
        let missing = Ran::of(home.bare(words).env("THINLINE_KEY_FILE", "/nonexistent/key"));
        assert_eq!(missing.fault(), "key-file");
    }
    let wrong = home.file("wrong", &[9; 32]);
    assert_eq!(
        Ran::of(home.bare(["imports", "--json"]).env("THINLINE_KEY_FILE", wrong)).fault(),
        "wrong-key"
    );
    home.json("imports");
}

#[test]
fn an_existing_key_file_is_used_as_it_is() {
    let home = Home::empty();
    home.file("key", &[42; 32]);
    home.json("init");
    assert_eq!(fs::read(home.key()).unwrap(), [42; 32]);
    home.json("imports");
}

#[test]
fn without_a_keyring_nothing_is_made_and_nothing_is_asked() {
    let home = Home::empty();
    for words in [["init", "--json"], ["timeline", "--json"]] {
        assert_eq!(Ran::of(&mut home.bare(words)).fault(), "no-keyring");
        assert_eq!(Ran::of(home.bare(words).env_remove("DBUS_SESSION_BUS_ADDRESS")).fault(), "no-keyring");
        assert!(!home.data().join("vault.json").exists());
    }
    let plain = Ran::of(&mut home.bare(["init"]));
    assert!(plain.err.contains("keyring") && plain.err.contains("key file"), "{plain:?}");
}

#[cfg(unix)]
#[test]
fn what_is_made_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::new();
    home.import(&home.spotify(30)).json();
    home.json("profile export p.json");
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&home.data()), 0o700);
    assert_eq!(mode(&home.key()), 0o600);
    assert_eq!(mode(&home.path().join("p.json")), 0o600);
    for name in ["vault.json", "thinline.db"] {
        assert_eq!(mode(&home.data().join(name)), 0o600, "{name}");
    }
}
