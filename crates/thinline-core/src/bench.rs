//! For `cargo xtask bench` only: parts of an import alone, and the time that questions take. Not for the window.

use crate::imports::Opened;
use crate::wire::{ApiError, Code, Filter, PageAt};
use crate::{Core, ImportOptions, ImportWatch, Result, StatKey};
use serde_json::{Value, json};
use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, Instant};
use thinline_catalogue::Catalogue;
use thinline_import::{Context, FileState, RowRead, Sink};
use thinline_model::Record;

/// Takes records and keeps them, or only counts them.
struct Collect {
    keep: bool,
    count: u64,
    records: Vec<Record>,
}

impl Sink for Collect {
    fn row(&mut self, _: RowRead<'_>, records: &mut Vec<Record>) -> ControlFlow<()> {
        self.count += records.len() as u64;
        if self.keep {
            self.records.append(records)
        } else {
            records.clear()
        }
        ControlFlow::Continue(())
    }

    fn progress(&mut self, _: u64) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

fn parse(path: &Path, keep: bool) -> Result<Collect> {
    let mut opened = Opened::path(path)?;
    let catalogue = Catalogue::builtin();
    let detection = thinline_import::detect(&mut opened.archive, catalogue)?;
    let id = detection.best().first().map(|id| id.to_string()).ok_or(Code::UnknownService)?;
    let service = catalogue.service(&id).ok_or(Code::UnknownService)?;
    let mut all = Collect { keep, count: 0, records: Vec::new() };
    for file in thinline_import::plan(&mut opened.archive, service)? {
        if file.state == FileState::Read {
            let context = Context { service, account: "default" };
            thinline_import::read_file(&mut opened.archive, &file, &context, &mut all)
                .map_err(|_| Code::NothingRead)?;
        }
    }
    Ok(all)
}

/// Inflates and parses an archive; answers how many records that gave.
///
/// # Errors
/// If it cannot be read.
pub fn reparse(path: &Path) -> Result<u64> {
    Ok(parse(path, false)?.count)
}

/// Reads an extended history of Spotify as a program for that one file would; answers how many records that gave.
///
/// # Errors
/// If it cannot be read.
pub fn by_hand(path: &Path) -> Result<u64> {
    let mut count = 0;
    thinline_import::by_hand::plays(&mut Opened::path(path)?.archive, |record| {
        std::hint::black_box(record);
        count += 1;
    })
    .map_err(|_| Code::NothingRead)?;
    Ok(count)
}

/// Inflates, parses and inserts the same rows bare into a new file, encrypted or plain.
///
/// # Errors
/// If it cannot be read or written.
pub fn floor(path: &Path, database: &Path, plain: bool) -> Result<u64> {
    let mut all = parse(path, true)?;
    thinline_store::floor::insert_bare(database, (!plain).then_some(&[7; 32]), &mut all.records)?;
    Ok(all.count)
}

/// Pages of a bare table, as [`floor`] made it; milliseconds of wall time.
///
/// # Errors
/// If it cannot be read.
pub fn bare_pages(database: &Path, plain: bool) -> Result<Value> {
    Ok(summary(thinline_store::floor::bare_pages(database, (!plain).then_some(&[7; 32]), 2_000)?))
}

/// Pages, filters, searches and counts of an open store; milliseconds of wall time.
///
/// # Errors
/// If the store cannot be read.
pub fn reads(core: &Core, rounds: u32) -> Result<Value> {
    let session = core.session()?;
    let rollup = session.store.read::<_, ApiError>(|read| Ok(read.rollup()?))?;
    let days: Vec<i32> =
        rollup.iter().map(|row| row.0).filter(|day| *day != thinline_store::UNDATED_DAY).collect();
    let (Some(first), Some(last)) = (days.first().copied(), days.last().copied()) else {
        return Ok(json!({}));
    };
    let mut pages = serde_json::Map::new();
    for (name, filter) in filters() {
        let mut random = 0x9e37_79b9_u64;
        let times = (0..rounds).map(|_| {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let day = first + (random >> 33) as i32 % (last - first + 1);
            let at = PageAt { day: Some(crate::clock::day_text(day)), limit: 100, ..PageAt::default() };
            timed(|| core.timeline_page(&filter, &at).map(|_| ()))
        });
        pages.insert(name.to_owned(), summary(times.collect::<Result<_>>()?));
    }
    let by = [StatKey::Day, StatKey::Service];
    let counts =
        (0..20).map(|_| timed(|| core.stats(&by, &Filter::default()).map(|_| ()))).collect::<Result<_>>()?;
    let rollup_only = (0..20).map(|_| timed(|| core.density().map(|_| ()))).collect::<Result<_>>()?;
    let started = Instant::now();
    session.store.read::<_, ApiError>(|read| Ok(read.group_by()?))?;
    let group_by = started.elapsed().as_secs_f64() * 1000.0;
    let started = Instant::now();
    let scanned = session.store.read::<_, ApiError>(|read| Ok(read.rollup_by_scan()?))?;
    let scan = started.elapsed().as_secs_f64() * 1000.0;
    Ok(json!({
        "records": core.status()?.records, "pages_ms": pages, "searches_ms": searches(core, &session)?, "count_by_day_and_service_ms": summary(counts),
        "rollup_columns_ms": summary(rollup_only), "group_by_ms": group_by, "scan_ms": scan, "rollup_equals_scan": scanned == rollup,
    }))
}

/// Imports an archive and asks for pages meanwhile, as the window does.
///
/// # Errors
/// If the import or a page fails.
pub fn meanwhile(core: &Core, path: &Path) -> Result<Value> {
    let started = Instant::now();
    let (mut first_rows, mut pages) = (None, Vec::new());
    let report = std::thread::scope(|scope| {
        let import = scope.spawn(|| core.import(1, path, &ImportOptions::default(), &Unwatched));
        while !import.is_finished() {
            let asked = Instant::now();
            let page = core.timeline_page(&Filter::default(), &PageAt { limit: 100, ..PageAt::default() })?;
            pages.push(asked.elapsed().as_secs_f64() * 1000.0);
            if first_rows.is_none() && page.records.iter().any(|record| record.service != "all-sites") {
                first_rows = Some(started.elapsed().as_secs_f64() * 1000.0);
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        import.join().map_err(|_| Code::Internal)?
    })?;
    Ok(json!({
        "first_rows_ms": first_rows, "pages_ms": summary(pages), "records": report.totals.records,
        "import_ms": started.elapsed().as_secs_f64() * 1000.0,
    }))
}

struct Unwatched;

impl ImportWatch for Unwatched {
    fn progress(&self, _: crate::wire::Progress) {}
    fn cancelled(&self) -> bool {
        false
    }
}

/// Newest 50 with words of titles that are there: whole words, two words, beginnings of four letters; and how many there are.
fn searches(core: &Core, session: &crate::session::Session) -> Result<Value> {
    let titles = session.store.read::<_, ApiError>(|read| Ok(read.some_titles(400)?))?;
    let words = |n: usize, cut: usize| -> Vec<String> {
        let all = titles.iter().map(|title| {
            let words = title.split_whitespace().filter(|word| word.chars().count() >= 4.max(cut));
            let cut = if cut == 0 { usize::MAX } else { cut };
            words.take(n).map(|word| word.chars().take(cut).collect()).collect::<Vec<String>>().join(" ")
        });
        all.filter(|text| !text.is_empty()).collect()
    };
    let mut found = serde_json::Map::new();
    for (name, texts) in
        [("one word", words(1, 0)), ("two words", words(2, 0)), ("four letters", words(1, 4))]
    {
        let times = texts.iter().map(|text| {
            let filter = Filter { search: text.clone(), ..Filter::default() };
            timed(|| core.timeline_page(&filter, &PageAt { limit: 50, ..PageAt::default() }).map(|_| ()))
        });
        found.insert(name.to_owned(), summary(times.collect::<Result<_>>()?));
    }
    for (name, first) in [("how many, at first", true), ("how many, to 50,000", false)] {
        let times = words(1, 0).into_iter().map(|search| {
            let filter = Filter { search, ..Filter::default() };
            timed(|| core.search_density(&filter, first).map(|_| ()))
        });
        found.insert(name.to_owned(), summary(times.collect::<Result<_>>()?));
    }
    Ok(Value::Object(found))
}

fn filters() -> Vec<(&'static str, Filter)> {
    let of = |change: &dyn Fn(&mut Filter)| {
        let mut filter = Filter::default();
        change(&mut filter);
        filter
    };
    vec![
        ("all", Filter::default()),
        ("one service", of(&|f| f.services = vec!["spotify".into()])),
        ("a rare service", of(&|f| f.services = vec!["netflix".into()])),
        ("one kind", of(&|f| f.kinds = vec!["used".into()])),
        ("two categories", of(&|f| f.categories = vec!["searches".into(), "listening".into()])),
        ("usable for ads here", of(&|f| f.usable_for = Some("ads-here".into()))),
        ("sensitivity up to 1", of(&|f| f.max_sensitivity = Some(1))),
        ("words", of(&|f| f.search = "harbor lights".into())),
        ("a common word", of(&|f| f.search = "the".into())),
    ]
}

fn timed(question: impl FnOnce() -> Result<()>) -> Result<f64> {
    let started = Instant::now();
    question()?;
    Ok(started.elapsed().as_secs_f64() * 1000.0)
}

fn summary(mut times: Vec<f64>) -> Value {
    times.sort_unstable_by(f64::total_cmp);
    let at =
        |part: f64| times.get(((times.len() as f64 - 1.0) * part).round() as usize).copied().unwrap_or(0.0);
    json!({ "p50": at(0.5), "p99": at(0.99), "max": at(1.0), "n": times.len() })
}
