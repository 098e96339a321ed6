//! From arguments to questions to core, and from answers to print. No logic of its own.

use crate::args::{Args, Catalogue, Choose, Command, Filters, Log, Profile};
use crate::print::{self, Outcome};
use crate::{backup, bench, erase, imports, key, recovery, requests, ways};
use thinline_core::wire::{ApiError, Choose as Change, Code, Filter, PageAt, ProfileRequest, Service};
use thinline_core::{Core, ExportForm, StatKey};

type Answer = Result<Outcome, ApiError>;

/// Runs a command.
pub fn run(args: Args) -> Answer {
    let core = Core::new(args.data_dir.as_deref())?;
    match &args.command {
        Command::Init => {
            key::init(&core, &args)?;
            return show(args.json, &core.status()?, print::status);
        }
        Command::Status { check: false } => return status(&core, &args),
        Command::Status { check: true } => return backup::check(&core, &args),
        Command::Backup(ask) => return backup::backup(&core, &args, ask),
        Command::Restore(ask) => return backup::restore(&core, &args, ask),
        Command::Catalogue { command: Catalogue::List { stale } } => {
            return show(args.json, &core.catalogue(*stale), print::catalogue);
        }
        Command::Bench { command } => return bench::run(&core, &args, command),
        Command::Recovery { command } => return recovery::run(&core, &args, command.as_ref()),
        Command::Passphrase { command } => return ways::passphrase(&core, &args, command.as_ref()),
        Command::Key { command } => return ways::keys(&core, &args, command.as_ref()),
        _ => key::open(&core, &args)?,
    }
    let json = args.json;
    match args.command {
        Command::Import(import) => imports::run(&core, json, &import),
        Command::Imports { undo: None } => show(json, &core.imports()?, print::imports),
        Command::Imports { undo: Some(id) } => show(json, &core.undo_import(id)?, print::imports),
        Command::Services { id: None } => services(json, core.services()?),
        Command::Services { id: Some(id) } => {
            show(json, &core.service(&id)?, |one| print::services(std::slice::from_ref(one)))
        }
        Command::Choose(choose) => show(json, &core.choose(&change(choose))?, print::changes),
        Command::Undo => show(json, &core.undo_choice()?, print::changes),
        Command::Timeline(t) => {
            let at = PageAt { cursor: t.after, limit: t.limit, ..PageAt::default() };
            show(json, &core.timeline_page(&filter(t.filters), &at)?, print::timeline)
        }
        Command::Stats(s) => {
            let by = s.by.iter().map(|word| stat_key(word)).collect::<Result<Vec<_>, _>>()?;
            let filter = Filter { everyone: s.everyone.then_some(true), ..filter(s.filters) };
            show(json, &core.stats(&by, &filter)?, print::stats)
        }
        Command::Requests(step) => show(json, &requests::step(&core, step)?, requests::page),
        Command::Todo => show(json, &core.todo()?, requests::todo),
        Command::People(ask) => erase::people(&core, json, &ask),
        Command::Erase(ask) => erase::erase(&core, json, &ask),
        Command::Hide(ask) => erase::hide(&core, json, &ask),
        Command::Rules(ask) => erase::rules(&core, json, &ask),
        Command::Profile { command } => profile(&core, json, command),
        Command::Log { command } => log(&core, json, command.unwrap_or(Log::Show { limit: 50 })),
        Command::Init
        | Command::Status { .. }
        | Command::Backup(_)
        | Command::Restore(_)
        | Command::Catalogue { .. }
        | Command::Bench { .. }
        | Command::Recovery { .. }
        | Command::Passphrase { .. }
        | Command::Key { .. } => Ok(Outcome::Ok),
    }
}

fn show<T: serde::Serialize>(json: bool, answer: &T, plain: impl FnOnce(&T)) -> Answer {
    if json {
        print::json(answer)
    } else {
        plain(answer)
    }
    Ok(Outcome::Ok)
}

/// Status answers without a vault and without a key.
fn status(core: &Core, args: &Args) -> Answer {
    if core.has_vault() {
        match key::open(core, args) {
            // Locked is an answer; a damaged or newer database is not.
            Err(error)
                if !matches!(
                    error.code,
                    Code::WrongKey
                        | Code::NoKeyring
                        | Code::KeyringLocked
                        | Code::KeyringTimeout
                        | Code::KeyringEmpty
                        | Code::KeyFile
                ) =>
            {
                return Err(error);
            }
            _ => {}
        }
    }
    show(args.json, &core.status()?, print::status)
}

fn services(json: bool, services: Vec<Service>) -> Answer {
    if json {
        print::json(&serde_json::json!({ "services": services }));
    } else {
        print::services(&services);
    }
    Ok(Outcome::Ok)
}

fn change(c: Choose) -> Change {
    Change { service: c.service, what: c.what, value: c.value, until: c.until, except: c.except }
}

fn filter(f: Filters) -> Filter {
    Filter {
        services: f.service,
        accounts: f.account,
        persons: f.person,
        kinds: f.kind,
        categories: f.category,
        usable_for: f.purpose,
        from: f.from,
        to: f.to,
        search: f.search,
        max_sensitivity: None,
        hidden: f.hidden.then_some(true),
        ..Filter::default()
    }
}

fn stat_key(word: &str) -> Result<StatKey, ApiError> {
    match word {
        "day" => Ok(StatKey::Day),
        "month" => Ok(StatKey::Month),
        "year" => Ok(StatKey::Year),
        "service" => Ok(StatKey::Service),
        "account" => Ok(StatKey::Account),
        "person" => Ok(StatKey::Person),
        "kind" => Ok(StatKey::Kind),
        "category" => Ok(StatKey::Category),
        _ => Err(ApiError::new(Code::BadValue)),
    }
}

fn profile(core: &Core, json: bool, command: Profile) -> Answer {
    let Profile::Export { path, filters, max_sensitivity, precision } = command;
    if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("ics")) {
        let written = core.calendar_write(&path, None, &filters.service, false)?;
        return show(json, &written, |w| print::written(w, "requests"));
    }
    let form = ExportForm::of_path(&path).ok_or_else(|| ApiError {
        code: Code::BadValue,
        message: "The ending of the file names no form.".to_owned(),
        next: "Use .json, .csv, .ndjson or .ics.".to_owned(),
    })?;
    let filter = Filter { max_sensitivity, ..filter(filters) };
    let request = ProfileRequest { filter, precision, unmask: false };
    show(json, &core.profile_export(&path, form, &request, false)?, |w| print::written(w, "records"))
}

fn log(core: &Core, json: bool, command: Log) -> Answer {
    match command {
        Log::Show { limit } => show(json, &core.log_page(None, limit)?, print::log),
        Log::Verify => {
            let verified = core.log_verify()?;
            show(json, &verified, print::verified)?;
            Ok(if verified.ok { Outcome::Ok } else { Outcome::Failed })
        }
        Log::Checkpoint => {
            let note = core.log_checkpoint()?;
            show(json, &serde_json::json!({ "checkpoint": note }), |_| print::text(&note))
        }
        Log::Export { path, payloads } => {
            show(json, &core.log_export(&path, payloads)?, |w| print::written(w, "entries"))
        }
    }
}
