//! `thinline requests` and `thinline todo`: what services were asked for, and what is to be done.

use crate::args::Requests as Step;
use crate::print::line;
use thinline_core::Core;
use thinline_core::wire::{ApiError, AskedFor, Code, ReadyNow, Request, Requests, Todo, TodoItem};

/// One step, or none: then only the list is answered.
pub fn step(core: &Core, step: Step) -> Result<Requests, ApiError> {
    if let Some(service) = step.asked {
        let packages = if step.package.is_empty() { only_package(core, &service)? } else { step.package };
        return core.request_asked(&AskedFor { service, packages, asked_on: step.on });
    }
    if let Some(id) = step.ready {
        return core.request_ready(&ReadyNow { id, ready_on: step.on, link_expires: step.until });
    }
    match (step.give_up, step.reopen) {
        (Some(id), _) => core.request_give_up(id),
        (None, Some(id)) => core.request_reopen(id),
        (None, None) => core.requests(),
    }
}

/// Where a service hands out one thing only, nobody has to name it.
fn only_package(core: &Core, service: &str) -> Result<Vec<String>, ApiError> {
    let packages = core.service(service)?.export.packages;
    if packages.len() == 1 {
        return Ok(packages.into_iter().map(|package| package.id).collect());
    }
    let ids: Vec<String> = packages.into_iter().map(|package| package.id).collect();
    Err(ApiError {
        message: "This service hands out several packages.".to_owned(),
        next: format!("Say which with --package: {}.", ids.join(", ")),
        ..ApiError::new(Code::BadValue)
    })
}

/// The list for people.
pub fn page(requests: &Requests) {
    if requests.requests.is_empty() {
        line(format_args!("Nothing was asked for yet. Note it with: thinline requests --asked SERVICE"));
    }
    for request in &requests.requests {
        line(format_args!("{:>4}  {}", request.id, said(request)));
    }
}

fn said(r: &Request) -> String {
    let what = format!("{}, {}", r.name, r.label);
    let on = |day: &Option<String>| day.clone().unwrap_or_default();
    match r.state.as_str() {
        "asked" if r.overdue => {
            format!("{what}: late, asked for on {}, expected by {}", r.asked_on, r.expected_by)
        }
        "asked" => format!("{what}: waiting, asked for on {}, expected by {}", r.asked_on, r.expected_by),
        "ready" if r.link_expires.is_some() => {
            let ends = if r.days_left.is_some_and(|days| days < 0) { "ended" } else { "ends" };
            format!("{what}: ready since {}, the link {ends} on {}", on(&r.ready_on), on(&r.link_expires))
        }
        "ready" => format!("{what}: ready since {}", on(&r.ready_on)),
        "imported" => format!("{what}: imported on {}", on(&r.closed_on)),
        _ => format!("{what}: given up on {}", on(&r.closed_on)),
    }
}

/// The list of what is to be done, for people.
pub fn todo(todo: &Todo) {
    if todo.now.is_empty() && todo.waiting.is_empty() {
        line(format_args!("Nothing to do."));
    }
    for (title, items) in [("For you", &todo.now), ("Waiting for a service", &todo.waiting)] {
        if !items.is_empty() {
            line(format_args!("{title}"));
        }
        for item in items {
            line(format_args!("  {:<10}  {}", item.day.as_deref().unwrap_or(""), item_said(item)));
        }
    }
    if !todo.done.is_empty() {
        line(format_args!("{} done", todo.done.len()));
    }
}

fn item_said(item: &TodoItem) -> String {
    let name = item.name.as_deref().unwrap_or("");
    match (item.what.as_str(), &item.request) {
        (_, Some(request)) => said(request),
        ("recovery", _) => "Write down a recovery code: thinline recovery make".to_owned(),
        ("people", _) => format!("Say whose {} persons at {name} are: thinline people", item.count),
        ("again", _) => format!("Import the export of {name} again: it shows more now"),
        ("ask", _) => {
            format!("Ask {name} for your data: thinline services {}", item.service.as_deref().unwrap_or(""))
        }
        (other, _) => other.to_owned(),
    }
}
