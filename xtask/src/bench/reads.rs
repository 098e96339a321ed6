//! Asking: pages, filters, searches and counts of a full store, the first rows while an import runs, a health check, an export.

use super::loads::Loads;
use super::runs::{Thinline, number, text, wall};
use crate::command::Failure;
use crate::say::line as say;
use serde_json::Value;
use std::fs;

pub fn measure(thinline: &Thinline, load: &Loads) -> Result<(), Failure> {
    let reads = thinline.json(&["bench", "read", "1000"], Some(&load.data))?;
    say(&format!(
        "pages of 100 at random days of {} records, wall ms (target p99 <= 1 for all, <= 10 filtered):",
        reads["records"]
    ));
    table(&reads["pages_ms"]);
    say("newest 50 with words, wall ms (target p99: words <= 5, prefix <= 15, bounded count <= 5):");
    table(&reads["searches_ms"]);
    let counts = &reads["count_by_day_and_service_ms"];
    let rollup = number(&reads["rollup_columns_ms"]["p50"]);
    let group_by = number(&reads["group_by_ms"]);
    say(&format!(
        "count by day and service, wall ms: p50 {:.2}  p99 {:.2} (target <= 8); equal to a count of all records: {}",
        number(&counts["p50"]),
        number(&counts["p99"]),
        reads["rollup_equals_scan"],
    ));
    say(&format!(
        "GROUP BY over the records {group_by:.0} ms / roll-up {rollup:.2} ms: {:.0} (target >= 1000)",
        group_by / rollup,
    ));
    meanwhile(thinline, load)?;
    health(thinline, load)?;
    export(thinline, load)
}

fn table(times: &Value) {
    for (name, times) in times.as_object().into_iter().flatten() {
        say(&format!("  {name:<22} p50 {:>7.3}  p99 {:>7.3}", number(&times["p50"]), number(&times["p99"])));
    }
}

fn meanwhile(thinline: &Thinline, load: &Loads) -> Result<(), Failure> {
    let data = thinline.fresh("meanwhile");
    let seen = thinline.json(&["bench", "meanwhile", &text(&load.spotify)], Some(&data))?;
    say(&format!(
        "while it is imported: first rows after {:.2} s (target <= 1); pages p50 {:.2} p99 {:.2} ms (target p99 <= 5)",
        number(&seen["first_rows_ms"]) / 1000.0,
        number(&seen["pages_ms"]["p50"]),
        number(&seen["pages_ms"]["p99"]),
    ));
    let _ = fs::remove_dir_all(&data);
    Ok(())
}

fn health(thinline: &Thinline, load: &Loads) -> Result<(), Failure> {
    let data = thinline.fresh("unread");
    let (seconds, _) = wall(|| thinline.json(&["import", "--dry-run", &text(&load.spotify)], Some(&data)))?;
    let megabytes = fs::metadata(&load.spotify).map_or(0, |about| about.len() >> 20);
    say(&format!("health check of {megabytes} MB zipped, wall s (target <= 2 for 1 GB): {seconds:.2}"));
    let _ = fs::remove_dir_all(&data);
    Ok(())
}

fn export(thinline: &Thinline, load: &Loads) -> Result<(), Failure> {
    let path = thinline.folder.join("all.ndjson");
    let _ = fs::remove_file(&path);
    let (cost, written) = thinline.timed(&["profile", "export", &text(&path)], Some(&load.data))?;
    say(&format!(
        "export of everything as NDJSON: {:.0} k records per CPU s (target >= 400), peak {:.0} MiB (target <= 120)",
        number(&written["records"]) / cost.cpu / 1000.0,
        cost.peak
    ));
    let _ = fs::remove_file(&path);
    Ok(())
}
