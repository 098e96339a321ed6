//! Rules for whole categories: what is never imported, and what is taken in hidden.
//!
//! A rule that hides also hides what is there; a rule never to import leaves that for the person to erase. Single hidden
//! records are marks, not rules: see `erase`.

use crate::filter::Groups;
use crate::session::Session;
use crate::wire::{ApiError, Code, Rule, SetRule};
use crate::{Core, Result, Topic, journal, services, wire};
use serde_json::json;
use thinline_ledger::EntryKind;
use thinline_model::{Category, Record};
use thinline_store::{Read, RuleKind};

/// Reason of a row whose records a rule leaves out.
pub(crate) const LEFT_OUT: &str = "left-out-by-you";

/// The rules as an import of one service asks them.
pub(crate) struct Rules {
    service: String,
    rules: thinline_store::Rules,
}

impl Rules {
    pub fn load(read: &Read<'_>, service: &str) -> Result<Self> {
        Ok(Self { service: service.to_owned(), rules: read.rules()? })
    }

    /// What becomes of a record; none: it is taken in as it is. The store hides by itself what is to be hidden.
    pub fn verdict(&self, record: &Record) -> Option<RuleKind> {
        self.rules.verdict(&self.service, record.category)
    }
}

impl Core {
    /// Every rule, with how many records of it are there.
    ///
    /// # Errors
    /// As all questions.
    pub fn rules(&self) -> Result<wire::Rules> {
        list(&*self.session()?)
    }

    /// Sets a rule or lifts it (`none`), and logs that. Hiding takes effect on what is there as well.
    ///
    /// # Errors
    /// `NoSuch` for an unknown service, `BadValue` for another value, `Busy` while an import runs.
    pub fn set_rule(&self, rule: &SetRule) -> Result<wire::Rules> {
        if rule.service != "*" {
            services::known(&rule.service)?;
        }
        let category = Category::parse(&rule.category).map_err(|_| Code::BadValue)?;
        let kind = match rule.rule.as_str() {
            "none" => None,
            id => Some(RuleKind::parse(id).ok_or(Code::BadValue)?),
        };
        let session = self.session()?;
        let _lock = session.writer_lock()?;
        session.use_home_zone()?;
        let standing = list(&session)?;
        let before = standing.rules.iter().find(|r| r.service == rule.service && r.category == rule.category);
        if before.map_or("none", |before| before.rule.as_str()) == rule.rule {
            return Ok(standing);
        }
        let log = session.store.write::<_, ApiError>(|write| {
            let records = write.set_rule(&rule.service, category, kind)?;
            let payload = json!({ "rule": {
                "service": rule.service, "category": rule.category, "rule": rule.rule, "records": records,
            } });
            session.append(write, EntryKind::SettingsChanged, &payload)
        })?;
        session.note_anchor(log);
        self.tell(&[Topic::Records, Topic::Choices, Topic::Log, Topic::Preferences]);
        list(&session)
    }
}

fn list(session: &Session) -> Result<wire::Rules> {
    session.store.read(|read| {
        let groups = Groups::counted(read)?;
        let held = |service: &str, category: Category| {
            let fits = groups.facets.values().filter(|facet| {
                facet.category == category
                    && !facet.kind.is_own()
                    && (service == "*" || facet.service == service)
            });
            journal::small(fits.map(|facet| facet.count).sum())
        };
        let rules = read.rules()?;
        let rules = rules.rows().iter().map(|row| Rule {
            service: row.service.clone(),
            category: row.category.id().to_owned(),
            rule: row.kind.id().to_owned(),
            records: held(&row.service, row.category),
        });
        Ok(wire::Rules { rules: rules.collect() })
    })
}
