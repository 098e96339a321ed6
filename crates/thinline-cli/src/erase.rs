//! `people`, `erase`, `hide` and `rules`: whose it is, what goes for good, what is out of sight, what is never imported.
//!
//! Erasing is final, so it is asked for: with `--yes`, or on a terminal. What goes and what is not reached is said before.

use crate::args::{Erase, Hide, People, Rules};
use crate::print::{self, Outcome};
use std::io::{BufRead, IsTerminal};
use thinline_core::Core;
use thinline_core::wire::{ApiError, Code, SetRule, Target, Whose};

type Answer = Result<Outcome, ApiError>;

/// Whose household profiles are, with decisions made on the way.
pub fn people(core: &Core, json: bool, ask: &People) -> Answer {
    let found = core.people(ask.service.as_deref())?;
    let fits = |account: &str| ask.account.as_deref().is_none_or(|one| one == account);
    let mut decisions = Vec::new();
    for (names, whose) in [(&ask.mine, "mine"), (&ask.not_mine, "not-mine"), (&ask.undecided, "undecided")] {
        for name in names {
            let named: Vec<_> =
                found.people.iter().filter(|one| one.name == *name && fits(&one.account)).collect();
            if named.is_empty() {
                return Err(Code::NoSuch.into());
            }
            decisions.extend(named.iter().map(|one| Whose { id: one.id, whose: whose.to_owned() }));
        }
    }
    if !decisions.is_empty() {
        core.set_whose(&decisions)?;
    }
    if let Some(name) = &ask.rename {
        let accounts: Vec<_> = found.accounts.iter().filter(|one| fits(&one.name)).collect();
        let [account] = accounts.as_slice() else { return Err(Code::WhichAccount.into()) };
        core.rename_account(account.id, name)?;
    }
    let mut answer = core.people(ask.service.as_deref())?;
    answer.accounts.retain(|one| ask.rename.is_some() || fits(&one.name));
    answer.people.retain(|one| ask.rename.is_some() || fits(&one.account));
    print::show(json, &answer, print::people);
    Ok(Outcome::Ok)
}

/// Erases for good, once that was confirmed.
pub fn erase(core: &Core, json: bool, ask: &Erase) -> Answer {
    let target = target(&ask.what, ask.of.as_deref(), ask.service.as_deref())?;
    if ask.never && target.what != "category" {
        return Err(Code::BadValue.into());
    }
    let plan = core.erase_plan(&target)?;
    if !ask.yes {
        confirm(&target, &plan)?;
    }
    if ask.never {
        let service = target.service.clone().unwrap_or_else(|| "*".to_owned());
        core.set_rule(&SetRule { service, category: target.of.clone(), rule: "never".to_owned() })?;
    }
    print::show(json, &core.erase(&target)?, print::erased);
    Ok(Outcome::Ok)
}

fn target(what: &str, of: Option<&str>, service: Option<&str>) -> Result<Target, ApiError> {
    if of.is_none() != (what == "all") {
        return Err(Code::BadValue.into());
    }
    Ok(Target {
        what: what.to_owned(),
        of: of.unwrap_or_default().to_owned(),
        service: service.map(str::to_owned),
    })
}

/// A service or everything is confirmed by typing it.
fn confirm(target: &Target, plan: &thinline_core::wire::ErasePlan) -> Result<(), ApiError> {
    if !std::io::stdin().is_terminal() {
        return Err(ApiError {
            code: Code::BadValue,
            message: "Erasing is final and was not confirmed; nothing was changed.".to_owned(),
            next: "Add --yes.".to_owned(),
        });
    }
    let word = match target.what.as_str() {
        "service" => target.of.as_str(),
        "all" => "all",
        _ => "yes",
    };
    print::erase_plan(plan);
    eprint!("Type `{word}` to erase: ");
    let mut typed = String::new();
    let _ = std::io::stdin().lock().read_line(&mut typed);
    if typed.trim() == word { Ok(()) } else { Err(Code::Cancelled.into()) }
}

/// Hides a record, a day or a category, or shows it again.
pub fn hide(core: &Core, json: bool, ask: &Hide) -> Answer {
    let target = target(&ask.what, Some(&ask.of), ask.service.as_deref())?;
    if target.what == "category" {
        let service = target.service.unwrap_or_else(|| "*".to_owned());
        let rule = if ask.show { "none" } else { "hide" };
        let rules = core.set_rule(&SetRule { service, category: target.of, rule: rule.to_owned() })?;
        print::show(json, &rules, print::rules);
    } else {
        print::show(json, &core.hide(&target, !ask.show)?, print::hidden);
    }
    Ok(Outcome::Ok)
}

/// The rules, with one set or lifted on the way.
pub fn rules(core: &Core, json: bool, ask: &Rules) -> Answer {
    let rule = |category: &String, rule: &str| SetRule {
        service: ask.service.clone().unwrap_or_else(|| "*".to_owned()),
        category: category.clone(),
        rule: rule.to_owned(),
    };
    if let Some(category) = &ask.never {
        core.set_rule(&rule(category, "never"))?;
    }
    if let Some(category) = &ask.lift {
        core.set_rule(&rule(category, "none"))?;
    }
    print::show(json, &core.rules()?, print::rules);
    Ok(Outcome::Ok)
}
