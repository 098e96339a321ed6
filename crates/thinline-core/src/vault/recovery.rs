//! Recovery codes: 20 random bytes, written down by a person as 15 English words of the BIP-39 list.
//!
//! Reading is generous (case, numbers before words, the first four letters of a word are enough) and says where a slip is: a
//! word that is not in the list by its place; words that are all known but do not belong together by their checksum (5 bits,
//! so that one slip in 32 gets through to the vault, which then refuses it). A code is random throughout, so nothing is
//! stretched, and guessing one is hopeless.

use std::fmt;

use bip39::{Language, Mnemonic};
use zeroize::{Zeroize, Zeroizing};

use super::error::{Result, VaultError};
use super::file::VaultId;
use super::keys::{Secret, expand, random};

const DOMAIN: &[u8] = b"thinline/recovery/v1\n";
const BYTES: usize = 20;
const LIST: Language = Language::English;

/// A code that opens a vault when nothing else does.
pub struct RecoveryCode(Zeroizing<[u8; BYTES]>);

/// How far a typed text is a recovery code. Says places, never words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeLook {
    /// Words typed so far.
    pub words: usize,
    /// Places, from 1, of words that are in no code.
    pub unknown: Vec<usize>,
    /// Whether it is a whole code.
    pub whole: bool,
}

impl RecoveryCode {
    /// Words of a code.
    pub const WORDS: usize = 15;

    /// A new code.
    pub fn random() -> Result<Self> {
        Ok(Self(Zeroizing::new(random()?)))
    }

    /// The code that a person typed.
    pub fn parse(text: &str) -> Result<Self> {
        let words = found(text);
        if let Some(at) = words.iter().position(Option::is_none) {
            return Err(VaultError::RecoveryWord(at + 1));
        }
        if words.len() != Self::WORDS {
            return Err(VaultError::RecoveryCount(words.len()));
        }
        let known: Vec<&str> = words.into_iter().flatten().collect();
        let line = Zeroizing::new(known.join(" "));
        let whole = Mnemonic::parse_in_normalized(LIST, &line).map_err(|_| VaultError::RecoveryChecksum)?;
        let (mut entropy, length) = whole.to_entropy_array();
        let code = entropy[..length].first_chunk().map(|bytes| Self(Zeroizing::new(*bytes)));
        entropy.zeroize();
        code.ok_or(VaultError::RecoveryCount(length))
    }

    /// What can be said of a text while it is typed.
    pub fn look(text: &str) -> CodeLook {
        let words = found(text);
        let unknown = words.iter().enumerate().filter(|(_, word)| word.is_none());
        CodeLook {
            words: words.len(),
            unknown: unknown.map(|(at, _)| at + 1).collect(),
            whole: Self::parse(text).is_ok(),
        }
    }

    /// Its fifteen words.
    pub fn words(&self) -> Result<Vec<&'static str>> {
        let whole = Mnemonic::from_entropy_in(LIST, &*self.0).map_err(|_| VaultError::Random)?;
        Ok(whole.words().collect())
    }

    /// Whether `typed` means the word at a place (from 0) of this code.
    pub fn is_word(&self, place: usize, typed: &str) -> bool {
        let words = self.words().unwrap_or_default();
        let typed = found(typed);
        typed.len() == 1 && typed[0].is_some() && words.get(place).copied() == typed[0]
    }

    /// The key that this code gives for this vault; another vault would have another key.
    pub(super) fn kek(&self, vault: &VaultId) -> Secret {
        expand(&*self.0, &[DOMAIN, vault.to_string().as_bytes()])
    }
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCode(..)")
    }
}

/// The list's words for what was typed, in order; `None` for one that the list does not have. Numbers and marks between the
/// words, as on a numbered sheet, are passed over.
fn found(text: &str) -> Vec<Option<&'static str>> {
    let lower = Zeroizing::new(text.to_lowercase());
    let typed = lower.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    typed.map(known).collect()
}

/// Four letters tell the words of the list apart.
fn known(word: &str) -> Option<&'static str> {
    if let Some(at) = LIST.find_word(word) {
        return LIST.word_list().get(usize::from(at)).copied();
    }
    let mut fitting = LIST.words_by_prefix_iter(word);
    match (fitting.next(), fitting.next()) {
        (Some(one), None) if word.len() >= 4 => Some(one),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vault::{Cost, NewKey, SlotKind, Unlock, Vault};
    use proptest::prelude::*;

    /// The first vector of BIP-39 with 20 bytes would be a Bitcoin wallet's; these bytes are this test's own.
    fn code(seed: u8) -> RecoveryCode {
        RecoveryCode(Zeroizing::new(std::array::from_fn(|n| seed.wrapping_mul(31).wrapping_add(n as u8 * 7))))
    }

    fn line(code: &RecoveryCode) -> String {
        code.words().unwrap().join(" ")
    }

    fn vault(dir: &std::path::Path) -> Vault {
        Vault::create(dir, &NewKey::KeyFile(&dir.join("key"))).unwrap().0
    }

    proptest! {
        #[test]
        fn a_code_reads_back_however_it_is_written_down(bytes: [u8; 20]) {
            let code = RecoveryCode(Zeroizing::new(bytes));
            let words = code.words().unwrap();
            prop_assert_eq!(words.len(), RecoveryCode::WORDS);
            let sheet: Vec<String> = words.iter().enumerate().map(|(n, w)| format!("{}. {}\n", n + 1, w.to_uppercase())).collect();
            let short: Vec<&str> = words.iter().map(|word| &word[..word.len().min(4)]).collect();
            for text in [words.join(" "), sheet.concat(), short.join("-")] {
                prop_assert_eq!(*RecoveryCode::parse(&text).unwrap().0, bytes);
            }
        }

        #[test]
        fn a_word_that_is_in_no_list_is_named_by_its_place(bytes: [u8; 20], place in 0usize..15) {
            let code = RecoveryCode(Zeroizing::new(bytes));
            let mut words = code.words().unwrap();
            words[place] = "thinline";
            let found = RecoveryCode::parse(&words.join(" "));
            prop_assert!(matches!(found, Err(VaultError::RecoveryWord(at)) if at == place + 1));
            let look = RecoveryCode::look(&words.join(" "));
            prop_assert_eq!(look, CodeLook { words: 15, unknown: vec![place + 1], whole: false });
        }
    }

    proptest! {
        // Each case stretches a passphrase three times.
        #![proptest_config(ProptestConfig::with_cases(6))]
        #[test]
        fn every_way_to_unlock_gives_the_same_keys(passphrase in "[a-z]{1,20}") {
            let dir = tempfile::tempdir().unwrap();
            let mut vault = vault(dir.path());
            let file = dir.path().join("key");
            let by_file = Unlock::KeyFile(&file);
            vault.add_slot(&by_file, &NewKey::Passphrase(passphrase.as_bytes(), Cost::FLOOR)).unwrap();
            let (code, new) = vault.prepare_recovery(&Unlock::Passphrase(passphrase.as_bytes())).unwrap();
            vault.put_recovery(&new).unwrap();
            let vault = Vault::open(dir.path()).unwrap();
            let first = vault.unlock(&by_file).unwrap();
            for unlock in [Unlock::Passphrase(passphrase.as_bytes()), Unlock::Recovery(&code)] {
                let keys = vault.unlock(&unlock).unwrap();
                prop_assert_eq!(&*keys.data_key, &*first.data_key);
                prop_assert_eq!(&*keys.signing_seed, &*first.signing_seed);
            }
        }
    }

    #[test]
    fn one_other_word_is_noticed_by_the_checksum_except_for_one_in_32() {
        let code = code(1);
        let words = code.words().unwrap();
        let other = |word: &'static str| {
            let mut changed = words.clone();
            changed[7] = word;
            RecoveryCode::parse(&changed.join(" "))
        };
        let found: Vec<_> = LIST.word_list().iter().map(|word| other(word)).collect();
        let slipped = found.iter().filter(|one| one.is_ok()).count();
        assert!(found.iter().all(|one| matches!(one, Ok(_) | Err(VaultError::RecoveryChecksum))));
        assert!((32..=96).contains(&slipped), "about 2048 / 32, found {slipped}");
    }

    #[test]
    fn too_few_too_many_and_no_words_are_refused_by_their_number() {
        let line = line(&code(2));
        let fewer = line.rsplit_once(' ').unwrap().0;
        let count = |text: &str| match RecoveryCode::parse(text) {
            Err(VaultError::RecoveryCount(words)) => words,
            other => panic!("{other:?}"),
        };
        assert_eq!(count(""), 0);
        assert_eq!(count(fewer), 14);
        assert_eq!(count(&format!("{line} zoo")), 16);
        assert!(!RecoveryCode::look(fewer).whole);
        assert!(RecoveryCode::look(&line).whole);
    }

    #[test]
    fn a_code_counts_only_once_it_was_put_there() {
        let dir = tempfile::tempdir().unwrap();
        let mut vault = vault(dir.path());
        let file = dir.path().join("key");
        let (code, new) = vault.prepare_recovery(&Unlock::KeyFile(&file)).unwrap();
        let refused = Vault::open(dir.path()).unwrap().unlock(&Unlock::Recovery(&code));
        assert!(matches!(refused, Err(VaultError::NoSlot(SlotKind::Recovery))));
        vault.put_recovery(&new).unwrap();
        assert!(Vault::open(dir.path()).unwrap().unlock(&Unlock::Recovery(&code)).is_ok());
    }

    #[test]
    fn a_replaced_code_is_dead_and_so_is_a_removed_one() {
        let dir = tempfile::tempdir().unwrap();
        let mut vault = vault(dir.path());
        let file = dir.path().join("key");
        let mut made = || {
            let (code, new) = vault.prepare_recovery(&Unlock::KeyFile(&file)).unwrap();
            vault.put_recovery(&new).unwrap();
            code
        };
        let (first, second) = (made(), made());
        assert_eq!(vault.slots().iter().filter(|(_, kind)| *kind == SlotKind::Recovery).count(), 1);
        assert!(matches!(vault.unlock(&Unlock::Recovery(&first)), Err(VaultError::WrongKey)));
        assert!(vault.unlock(&Unlock::Recovery(&second)).is_ok());
        assert!(vault.remove_recovery().unwrap());
        assert!(!vault.remove_recovery().unwrap(), "there is none any more");
        let refused = Vault::open(dir.path()).unwrap().unlock(&Unlock::Recovery(&second));
        assert!(matches!(refused, Err(VaultError::NoSlot(SlotKind::Recovery))));
    }

    #[test]
    fn a_code_of_one_vault_opens_no_other() {
        let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let made = |dir: &std::path::Path| {
            let mut vault = vault(dir);
            let (code, new) = vault.prepare_recovery(&Unlock::KeyFile(&dir.join("key"))).unwrap();
            vault.put_recovery(&new).unwrap();
            (vault, code)
        };
        let ((first, code), (second, _)) = (made(one.path()), made(other.path()));
        assert!(first.unlock(&Unlock::Recovery(&code)).is_ok());
        assert!(matches!(second.unlock(&Unlock::Recovery(&code)), Err(VaultError::WrongKey)));
        assert_ne!(*code.kek(first.vault_id()), *code.kek(second.vault_id()));
    }

    #[test]
    fn the_recovery_code_can_stay_as_the_last_way_but_not_go() {
        let dir = tempfile::tempdir().unwrap();
        let mut vault = vault(dir.path());
        let (_, new) = vault.prepare_recovery(&Unlock::KeyFile(&dir.path().join("key"))).unwrap();
        vault.put_recovery(&new).unwrap();
        let first = vault.slots()[0].0;
        vault.remove_slot(&first).unwrap();
        assert!(matches!(vault.remove_recovery(), Err(VaultError::LastSlot)));
    }

    /// The form is fixed for good: a change here locks people out who hold a sheet of paper. The values were computed with
    /// another implementation of BIP-39 and HKDF.
    #[test]
    fn words_and_key_of_a_code_are_what_they_always_were() {
        let code = code(1);
        assert_eq!(
            line(&code),
            "busy cousin escape isolate cause popular frost smile \
             hockey orange parrot baby west excite mystery"
        );
        let vault = "\"000102030405060708090a0b0c0d0e0f\"";
        let vault: VaultId = serde_json::from_str(vault).unwrap();
        assert_eq!(
            hex::encode(*code.kek(&vault)),
            "cabed0ae918bcb8f5a3715926570e135306d16c7d80f050ea06385e2e3e98d36"
        );
    }

    #[test]
    fn a_code_prints_nothing() {
        assert_eq!(format!("{:?}", code(3)), "RecoveryCode(..)");
    }
}
