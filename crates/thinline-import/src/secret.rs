//! Which names stand before a secret: what lets somebody in, or pay, and so is never kept.
//!
//! It is told by the name alone, whichever service wrote it: `access_token`, `Session Id`, `cardNumber`. The list is short on
//! purpose: a name that also stands before harmless values (`authorization` of a consent, `pin` of a map) is not on it.
//! What would surprise: under names like `cookies`, where consents stand as well as cookies, the values are looked at, too.

use aho_corasick::{AhoCorasick, packed};
use std::sync::LazyLock;
use thinline_catalogue::fold;

/// What stands in the place of what was dropped.
pub(crate) const MARK: &str = "[dropped]";

/// Folded endings of names whose values are secrets.
const ENDINGS: &[&str] = &[
    "token",
    "tokens",
    "password",
    "passwords",
    "passwd",
    "passphrase",
    "passcode",
    "secret",
    "secrets",
    "sessionid",
    "sessionids",
    "sessid",
    "sessionkey",
    "credential",
    "credentials",
    "apikey",
    "accesskey",
    "privatekey",
    "secretkey",
    "encryptionkey",
    "signingkey",
    "authkey",
    "authcode",
    "authorizationcode",
    "authorizationheader",
    "cardnumber",
    "securitycode",
];
/// Names so short that they end others.
const WHOLE: &[&str] = &["cvv", "cvv2", "cvc", "cvc2", "otp", "jwt", "csrf", "xsrf", "pwd"];
/// Endings of names under which secrets stand beside other things.
const MIXED: &[&str] = &["cookie", "cookies"];
/// The same, where it is all of the name.
const MIXED_WHOLE: &[&str] = &["session", "sessions"];

/// Pieces of which every name above holds one, as they are written in one of three cases. Two words may have anything between
/// them. The last one begins a character that is written by its number, so that a name can be hidden in it.
const PIECES: &[&str] = &[
    "token",
    "passw",
    "passp",
    "passc",
    "pwd",
    "secret",
    "cookie",
    "sess",
    "credential",
    "key",
    "auth",
    "card",
    "security",
    "cvv",
    "cvc",
    "otp",
    "jwt",
    "srf",
    "\\u00",
];

/// Whether what stands under a name is a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Secret {
    No,
    /// All of it.
    Yes,
    /// What looks like one.
    Perhaps,
}

/// What a name says of the value under it.
pub(crate) fn named(name: &str) -> Secret {
    let name = fold(name);
    let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    if WHOLE.contains(&name.as_str()) || ends(ENDINGS) {
        Secret::Yes
    } else if MIXED_WHOLE.contains(&name.as_str()) || ends(MIXED) {
        Secret::Perhaps
    } else {
        Secret::No
    }
}

/// Whether a number under a secret name is one, too: a code is, and how many there are is not.
pub(crate) fn counts(name: &str) -> bool {
    fold(name).ends_with('s')
}

/// Whether a text looks like something that was drawn by lot, or like a cookie: long, of letters and digits, without spaces.
pub(crate) fn looks_drawn(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-_./+=%|~".contains(&b);
    let count = |of: fn(&u8) -> bool| text.bytes().filter(of).count();
    let drawn = |text: &str| text.len() >= 16 && text.bytes().all(plain);
    drawn(text) && count(u8::is_ascii_digit) >= 2 && count(u8::is_ascii_alphabetic) >= 1
}

/// The pieces, in all three cases. Several at once are found many times faster where the processor compares bytes in packs.
enum Finder {
    Packed(packed::Searcher),
    Plain(AhoCorasick),
}

static FINDER: LazyLock<Option<Finder>> = LazyLock::new(|| {
    let title = |piece: &str| piece[..1].to_uppercase() + &piece[1..];
    let all = PIECES.iter().flat_map(|piece| [(*piece).to_owned(), title(piece), piece.to_uppercase()]);
    let all: Vec<String> = all.collect();
    let packed = packed::Config::new().builder().extend(&all).build().map(Finder::Packed);
    packed.or_else(|| AhoCorasick::new(&all).ok().map(Finder::Plain))
});

/// Whether a row may hold such a name: one fast pass that nearly every row ends with.
pub(crate) fn may_be_in(row: &[u8]) -> bool {
    match &*FINDER {
        Some(Finder::Packed(packed)) => packed.find(row).is_some(),
        Some(Finder::Plain(plain)) => plain.is_match(row),
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_secrets_are_known_however_they_are_written() {
        for name in [
            "token",
            "access_token",
            "refreshToken",
            "Device Secret",
            "deviceSecret",
            "PASSWORD",
            "user-password",
            "Session Id",
            "JSESSIONID",
            "PHPSESSID",
            "api_key",
            "apiKey",
            "Card Number",
            "credit_card_number",
            "cvv",
            "csrf-token",
            "nftoken",
        ] {
            assert_eq!(named(name), Secret::Yes, "{name}");
            assert!(may_be_in(format!("{{\"{name}\":1}}").as_bytes()), "{name}");
        }
        for name in ["cookie", "cookies", "authCookie", "session"] {
            assert_eq!(named(name), Secret::Perhaps, "{name}");
        }
        for name in [
            "Cookie Disclosure",
            "sessionOffsetMs",
            "secretary",
            "keyboard",
            "authorName",
            "authorization",
            "title",
            "pin",
            "pincode",
            "passengers",
            "compass",
            "Mop Last 4",
            "private_session",
            "tokenized",
        ] {
            assert_eq!(named(name), Secret::No, "{name}");
        }
    }

    #[test]
    fn every_name_is_found_by_its_pieces() {
        let all = ENDINGS.iter().chain(WHOLE).chain(MIXED).chain(MIXED_WHOLE);
        for name in all {
            let found = PIECES.iter().any(|piece| name.contains(piece));
            assert!(found, "{name} would be passed over");
        }
        assert!(may_be_in(br#"{"t\u006fken":"x"}"#));
        assert!(!may_be_in(
            br#"{"ts":"2024-05-06T06:41:10Z","master_metadata_track_name":"Low Water","ms_played":1}"#
        ));
    }

    #[test]
    fn what_was_drawn_by_lot_is_told_from_words() {
        for text in [
            "a8f9e0c7d8b9a8f9",
            "sid=4f5a6b7c8d9e0f",
            "eyJhbGciOiJIUzI1NiJ9.e30.abc",
            "00000000-0000-4000-8000-00000000000a",
        ] {
            assert!(looks_drawn(text), "{text}");
        }
        for text in [
            "accepted",
            "performance",
            "2025-03-02",
            "2024-05-06T06:41:10Z",
            "on, since 2025 and for good",
            "1234567890123456",
            "",
        ] {
            assert!(!looks_drawn(text), "{text}");
        }
    }
}
