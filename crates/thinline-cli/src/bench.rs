//! Hidden helpers of `cargo xtask bench` and `torture`: what an import costs without its parts, how fast the store answers,
//! whether everything fits together.

use crate::args::{Args, Bench};
use crate::key;
use crate::print::{self, Outcome};
use std::fs::File;
use std::io::BufWriter;
use thinline_core::wire::{ApiError, Code};
use thinline_core::{Core, bench};
use thinline_sample::Plan;

/// Runs a helper.
pub fn run(core: &Core, args: &Args, command: &Bench) -> Result<Outcome, ApiError> {
    let answer = match command {
        Bench::Look => {
            key::open(core, args)?;
            thinline_core::sound::look(core)?
        }
        Bench::Reparse { file } => serde_json::json!({ "records": bench::reparse(file)? }),
        Bench::ByHand { file } => serde_json::json!({ "records": bench::by_hand(file)? }),
        Bench::Floor { file, database, plain } => {
            serde_json::json!({ "records": bench::floor(file, database, *plain)? })
        }
        Bench::Pages { database, plain } => bench::bare_pages(database, *plain)?,
        Bench::Meanwhile { file } => {
            key::open(core, args)?;
            bench::meanwhile(core, file)?
        }
        Bench::Write { service, rows, file } => {
            let written = write(service, *rows, file).map_err(|_| ApiError::new(Code::CannotWrite))?;
            serde_json::json!({ "rows": written.rows, "records": written.records })
        }
        Bench::Read { rounds } => {
            key::open(core, args)?;
            bench::reads(core, *rounds)?
        }
        Bench::WithoutOriginals => {
            key::open(core, args)?;
            let mut preferences = core.app_state().preferences;
            preferences.keep_originals = false;
            core.set_preferences(&preferences)?;
            serde_json::json!({})
        }
    };
    print::json(&answer);
    Ok(Outcome::Ok)
}

fn write(service: &str, rows: u64, file: &std::path::Path) -> std::io::Result<thinline_sample::Written> {
    let plan = Plan { seed: 1, rows, until: 1_767_222_000, years: 10 };
    let out = BufWriter::new(File::create(file)?);
    if service == "netflix" {
        thinline_sample::netflix_zip(out, &plan)
    } else {
        thinline_sample::spotify_zip(out, &plan)
    }
}
