//! `thinline import`: one archive after the other, a look at each without reading it, or one anew in place of an import.
//!
//! One bad archive does not stop the rest. Exit codes: 0 all went well; 3 something is to be looked at, also if some
//! archives were read and others were not; 1 nothing came of any of them.

use crate::args::Import;
use crate::print::{self, Outcome};
use crate::progress::Bar;
use crate::{import_page, print::error_at};
use std::path::Path;
use thinline_core::wire::{ApiError, Code, ImportCheck, ImportChecks, ImportReport, ImportReports};
use thinline_core::{Core, ImportOptions};

type Answer = Result<Outcome, ApiError>;

pub fn run(core: &Core, json: bool, import: &Import) -> Answer {
    if import.again.is_some() && import.paths.len() > 1 {
        return Err(ApiError {
            message: "An import was of one archive.".to_owned(),
            next: "Name one archive with --again.".to_owned(),
            ..ApiError::new(Code::BadValue)
        });
    }
    let options = ImportOptions {
        service: import.service.clone(),
        account: import.account.clone(),
        date_order: import.dates,
        instead_of: None,
    };
    if import.dry_run {
        let look = |_, path: &Path| {
            let check = core.check(path, &options)?;
            if !json {
                import_page::check(&check);
            }
            Ok(check)
        };
        let (imports, failed) = each(import, json, look)?;
        let doubt =
            imports.iter().any(|check: &ImportCheck| !check.warnings.is_empty() && check.state != "known");
        if json && !imports.is_empty() {
            print::json(&ImportChecks { imports });
            return Ok(outcome(failed, false, doubt));
        }
        return Ok(outcome(failed, imports.is_empty(), doubt));
    }
    let (imports, failed) =
        each(import, json, |job, path| one(core, json, job, path, &options, import.again))?;
    let (none, doubt) = (imports.is_empty(), imports.iter().any(doubtful));
    if json && !none {
        print::json(&ImportReports { imports });
    }
    Ok(outcome(failed, none, doubt))
}

/// Does the same for every archive; answers what came of it, and whether any failed. A single failure is the command's own.
fn each<T>(
    import: &Import,
    json: bool,
    mut work: impl FnMut(u32, &Path) -> Result<T, ApiError>,
) -> Result<(Vec<T>, bool), ApiError> {
    let (mut done, mut failed) = (Vec::new(), false);
    for (job, path) in (1..).zip(&import.paths) {
        match work(job, path) {
            Ok(one) => done.push(one),
            Err(error) if import.paths.len() == 1 => return Err(error),
            Err(error) => {
                error_at(path, &error, json);
                failed = true;
            }
        }
    }
    Ok((done, failed))
}

fn outcome(failed: bool, none: bool, doubt: bool) -> Outcome {
    match (failed, none, doubt) {
        (true, true, _) => Outcome::Failed,
        (true, false, _) | (false, _, true) => Outcome::Warnings,
        (false, _, false) => Outcome::Ok,
    }
}

fn one(
    core: &Core,
    json: bool,
    job: u32,
    path: &Path,
    options: &ImportOptions,
    again: Option<u32>,
) -> Result<ImportReport, ApiError> {
    let bar = Bar::new(json);
    let report = match again {
        None => core.import(job, path, options, &bar)?,
        Some(id) => core.import_again(job, id, path, options.date_order, &bar)?,
    };
    drop(bar);
    if !json {
        import_page::report(&report);
        if path.is_file() && report.id != 0 && report.state != "known" {
            import_page::download_hint();
        }
    }
    Ok(report)
}

/// Something to look at: nothing in it, warnings, rows that could not be read. An archive read before has had its say.
fn doubtful(report: &ImportReport) -> bool {
    report.state != "known"
        && (report.state != "done" || report.totals.failed > 0 || !report.warnings.is_empty())
}
