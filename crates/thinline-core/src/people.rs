//! Whose is it: household profiles that are mine, not mine or undecided; and the accounts that exports belong to.
//!
//! Others' and undecided profiles stay on the timeline and out of measures and exports. An account is recognized by a keyed
//! hash of the id that its exports hold; the id itself is kept nowhere.
//! What would surprise: an account that no id is known of takes the first id that comes; only a second id is a question.

use crate::filter::Groups;
use crate::session::Session;
use crate::wire::{AccountLine, ApiError, Code, LeftOut, People, PersonLine, Whose};
use crate::{Core, Result, Topic, journal};
use hkdf::hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};
use thinline_ledger::EntryKind;
use thinline_model::Private;
use thinline_store::{FacetRow, Read, Write};

/// The account of whoever never named one.
const DEFAULT: &str = "default";
/// What can be said of a person.
const WORDS: [&str; 3] = ["mine", "not-mine", "undecided"];

/// How a facet's records stand in measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    Counted,
    Undecided,
    NotMine,
    Hidden,
}

impl Standing {
    pub fn of(groups: &Groups, facet: &FacetRow) -> Self {
        match groups.person(facet).map(|person| person.whose.as_str()) {
            _ if facet.hidden => Self::Hidden,
            None | Some("mine") => Self::Counted,
            Some("undecided") => Self::Undecided,
            Some(_) => Self::NotMine,
        }
    }
}

impl LeftOut {
    /// Adds records that stay out.
    pub(crate) fn add(&mut self, standing: Standing, records: u64) {
        let count = match standing {
            Standing::Counted => return,
            Standing::Undecided => &mut self.undecided,
            Standing::NotMine => &mut self.not_mine,
            Standing::Hidden => &mut self.hidden,
        };
        *count = count.saturating_add(journal::small(records));
    }
}

impl Core {
    /// Accounts and household profiles, of one service or all.
    ///
    /// # Errors
    /// As all questions.
    pub fn people(&self, service: Option<&str>) -> Result<People> {
        if let Some(id) = service {
            crate::services::known(id)?;
        }
        list(&*self.session()?, service)
    }

    /// Notes whose profiles are, in one log entry.
    ///
    /// # Errors
    /// `NoSuch` for a profile that is not there, `BadValue` for another word.
    pub fn set_whose(&self, decisions: &[Whose]) -> Result<People> {
        if decisions.iter().any(|one| !WORDS.contains(&one.whose.as_str())) {
            return Err(Code::BadValue.into());
        }
        let session = self.session()?;
        let standing = list(&session, None)?;
        let mut changes = Vec::new();
        for one in decisions {
            let person = standing.people.iter().find(|person| person.id == one.id).ok_or(Code::NoSuch)?;
            if person.whose != one.whose || !person.decided && one.whose != "undecided" {
                changes.push((person, one));
            }
        }
        if changes.is_empty() {
            return Ok(standing);
        }
        let told: Vec<Value> = changes
            .iter()
            .map(|(person, one)| {
                json!({ "service": person.service, "account": person.account, "person": person.name, "whose": one.whose })
            })
            .collect();
        let log = session.store.write::<_, ApiError>(|write| {
            for (person, one) in &changes {
                write.set_whose(i64::from(person.id), &one.whose)?;
            }
            session.append(write, EntryKind::SettingsChanged, &json!({ "people": told }))
        })?;
        session.note_anchor(log);
        self.tell(&[Topic::Records, Topic::Choices, Topic::Log]);
        list(&session, None)
    }

    /// Gives an account another name.
    ///
    /// # Errors
    /// `NoSuch` if there is none, `BadValue` for an empty or overlong name or one that another account of the service has.
    pub fn rename_account(&self, id: u32, name: &str) -> Result<People> {
        let name = account_name(name)?;
        let session = self.session()?;
        let standing = list(&session, None)?;
        let account = standing.accounts.iter().find(|account| account.id == id).ok_or(Code::NoSuch)?;
        if account.name == name {
            return Ok(standing);
        }
        if standing.accounts.iter().any(|other| other.service == account.service && other.name == name) {
            return Err(Code::BadValue.into());
        }
        let log = session.store.write::<_, ApiError>(|write| {
            write.rename_account(i64::from(id), &name)?;
            let payload =
                json!({ "account": { "service": account.service, "from": account.name, "to": name } });
            session.append(write, EntryKind::SettingsChanged, &payload)
        })?;
        session.note_anchor(log);
        self.tell(&[Topic::Records, Topic::Choices, Topic::Imports, Topic::Log]);
        list(&session, None)
    }
}

/// A name that an account can have.
pub(crate) fn account_name(name: &str) -> Result<String> {
    let name = name.trim();
    let plain = !name.chars().any(char::is_control);
    if plain && (1..=100).contains(&name.chars().count()) {
        Ok(name.to_owned())
    } else {
        Err(Code::BadValue.into())
    }
}

fn list(session: &Session, service: Option<&str>) -> Result<People> {
    let fits = |id: &str| service.is_none_or(|one| one == id);
    session.store.read(|read| {
        let groups = Groups::counted(read)?;
        let (mut by_account, mut by_person) = (HashMap::<i64, u64>::new(), HashMap::<i64, u64>::new());
        for facet in groups.facets.values() {
            *by_account.entry(facet.account).or_default() += facet.count;
            *by_person.entry(facet.person).or_default() += facet.count;
        }
        let number = |id: i64| journal::small(id.unsigned_abs());
        let accounts = read.account_rows()?.into_iter().filter(|row| fits(&row.service)).filter_map(|row| {
            let records = *by_account.get(&row.id)?;
            Some(AccountLine {
                id: number(row.id),
                service: row.service,
                name: row.name,
                recognized: row.recognized,
                records: journal::small(records),
            })
        });
        let people = read.persons()?.into_iter().filter(|row| fits(&row.service)).filter_map(|row| {
            let records = *by_person.get(&row.id)?;
            Some(PersonLine {
                id: number(row.id),
                service: row.service,
                account: row.account_name,
                name: row.name,
                whose: row.whose,
                decided: row.decided,
                records: journal::small(records),
            })
        });
        Ok(People { accounts: accounts.collect(), people: people.collect() })
    })
}

/// The account that an export goes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Account {
    /// Its name.
    pub name: String,
    /// What its records are hashed with.
    pub stem: String,
    /// The keyed hash of the id in the export.
    key: Option<[u8; 32]>,
}

impl Account {
    /// Whose export it is: what the person says; else the account that the id is known of; else the only one.
    ///
    /// # Errors
    /// `WhichAccount` if that leaves a choice.
    pub fn of(
        session: &Session,
        read: &Read<'_>,
        service: &str,
        id: Option<&Private<String>>,
        said: Option<&str>,
    ) -> Result<Self> {
        let key = id.map(|id| hashed(session, service, id));
        let name = match said {
            Some(name) => account_name(name)?,
            None => guess(read, service, key.as_ref())?.ok_or(Code::WhichAccount)?,
        };
        let stem = read.stem(service, &name)?;
        Ok(Self { name, stem, key })
    }

    /// Remembers the id, once the export was read. The account is named by its row: it may have another name by now.
    pub fn know(&self, write: &Write<'_>, service: &str, account: i64) -> Result<()> {
        if let Some(key) = &self.key {
            write.know_account(service, key, account)?;
        }
        Ok(())
    }
}

/// `known`, `new` or `unknown`, as the check before an import says it, and the account that it would go to.
pub(crate) fn seems(
    session: &Session,
    read: &Read<'_>,
    service: &str,
    id: Option<&Private<String>>,
) -> Result<(&'static str, Option<String>)> {
    let key = id.map(|id| hashed(session, service, id));
    let found = guess(read, service, key.as_ref())?;
    let word = match (&key, &found) {
        (None, _) => "unknown",
        (Some(key), Some(_)) if read.account_by_key(service, key)?.is_some() => "known",
        (Some(_), Some(_)) => "unknown",
        (Some(_), None) => "new",
    };
    Ok((word, found))
}

fn guess(read: &Read<'_>, service: &str, key: Option<&[u8; 32]>) -> Result<Option<String>> {
    let accounts: BTreeMap<i64, _> = read
        .account_rows()?
        .into_iter()
        .filter(|row| row.service == service)
        .map(|row| (row.id, row))
        .collect();
    if let Some(key) = key
        && let Some(known) = read.account_by_key(service, key)?
    {
        return Ok(accounts.get(&known).map(|row| row.name.clone()));
    }
    let mut all = accounts.values();
    Ok(match (all.next(), all.next()) {
        (None, _) => Some(DEFAULT.to_owned()),
        // Another id than the one that is known of it may be another account.
        (Some(only), None) if key.is_none() || !only.recognized => Some(only.name.clone()),
        _ => None,
    })
}

/// Case and spaces around do not make another account.
fn hashed(session: &Session, service: &str, id: &Private<String>) -> [u8; 32] {
    let id = id.expose().trim().to_lowercase();
    #[expect(clippy::expect_used, reason = "HMAC takes keys of every length")]
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(&*session.account_key).expect("any key");
    mac.update(service.as_bytes());
    mac.update(&[0]);
    mac.update(id.as_bytes());
    mac.finalize().into_bytes().into()
}
