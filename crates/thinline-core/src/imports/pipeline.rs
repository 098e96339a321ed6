//! Two threads: one inflates and parses, the other finds places and stores. Batches of bounded size pass between them.

use super::ImportWatch;
use super::report::Tally;
use crate::people::Account;
use crate::rules::Rules;
use crate::session::Session;
use crate::wire::Progress;
use crate::{Core, Result, Topic, journal};
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::{Duration, Instant};
use thinline_catalogue::Service;
use thinline_import::{
    Archive, Context, FileReport, FileState, PlannedFile, ReadError, RowOutcome, RowRead, Sink, read_file,
};
use thinline_model::Record;
use thinline_store::{Batch, BatchRow, Ingest, RuleKind};

/// A batch ends at whichever comes first.
const BATCH_ROWS: usize = 20_000;
const BATCH_BYTES: usize = 8 << 20;
const BATCH_RECORDS: usize = 50_000;
/// Batches that may wait between the threads.
const QUEUE: usize = 1;
const TELL_EVERY: Duration = Duration::from_millis(200);

/// What a load needs to know.
pub(super) struct Load<'a> {
    pub session: &'a Session,
    pub core: Option<&'a Core>,
    pub job: u32,
    pub service: &'a Service,
    pub account: &'a Account,
    pub rules: &'a Rules,
    pub watch: &'a dyn ImportWatch,
}

enum Message {
    File(usize),
    Batch(Batch),
    End(Box<std::result::Result<FileReport, ReadError>>),
}

impl Load<'_> {
    /// Reads every planned file that recipes claim, in the order of names: exports number their parts by time. Small files
    /// come first: their few rows lie scattered over the years, and full pages would be split for each of them later.
    pub fn read(&self, ingest: &mut Ingest, archive: &mut Archive, plan: &[PlannedFile]) -> Result<Tally> {
        let mut order: Vec<usize> = (0..plan.len()).filter(|at| plan[*at].state == FileState::Read).collect();
        let largest = order.iter().map(|at| plan[*at].size).max().unwrap_or(0);
        // What is one stream is read as it comes: each step back would unpack it anew.
        if !archive.is_stream() {
            order.sort_unstable_by_key(|at| (plan[*at].size >= largest / 4, &plan[*at].path));
        }
        let total = order.iter().map(|at| plan[*at].size).sum();
        let done = AtomicU64::new(0);
        let (send, receive) = sync_channel(QUEUE);
        std::thread::scope(|scope| {
            scope.spawn(|| self.parse(archive, plan, &order, &done, &send_of(send)));
            let progress = Telling {
                started: Instant::now(),
                told: Instant::now(),
                rows_told: None,
                total,
                done: &done,
            };
            self.store(ingest, plan, receive, progress)
        })
    }

    fn parse(
        &self,
        archive: &mut Archive,
        plan: &[PlannedFile],
        order: &[usize],
        done: &AtomicU64,
        send: &SyncSender<Message>,
    ) {
        let context = Context { service: self.service, account: &self.account.stem };
        for at in order {
            // A closed queue means that storing ended early: then there is nobody to read for.
            if self.watch.cancelled() || send.send(Message::File(*at)).is_err() {
                return;
            }
            let before = done.load(Ordering::Relaxed);
            let mut sink = Batches { load: self, send, done, before, batch: Batch::default() };
            let report = read_file(archive, &plan[*at], &context, &mut sink);
            let _ = sink.flush();
            done.store(before + plan[*at].size, Ordering::Relaxed);
            if send.send(Message::End(Box::new(report))).is_err() {
                return;
            }
        }
    }

    fn store(
        &self,
        ingest: &mut Ingest,
        plan: &[PlannedFile],
        receive: Receiver<Message>,
        mut telling: Telling<'_>,
    ) -> Result<Tally> {
        let store = &self.session.store;
        let mut tally = Tally::new(plan.len());
        let mut at = 0;
        for message in receive {
            match message {
                Message::File(next) => {
                    at = next;
                    ingest.open_file(store, &plan[at].path)?;
                }
                Message::Batch(batch) => {
                    let fates = ingest.batch(store, &batch)?;
                    tally.count(at, &batch, &fates);
                    if let Some(core) = self.core
                        && telling.rows_due()
                    {
                        core.tell(&[Topic::Records]);
                    }
                }
                Message::End(report) => {
                    let header = match &*report {
                        Ok(report) => report.header.as_deref().unwrap_or_default(),
                        Err(_) => "",
                    };
                    ingest.close_file(store, header)?;
                    tally.end(at, *report);
                }
            }
            if telling.due() {
                self.watch.progress(telling.progress(self.job, "reading", &tally));
            }
        }
        tally.cancelled = self.watch.cancelled();
        tally.elapsed = telling.started.elapsed();
        tally.bytes = telling.total;
        Ok(tally)
    }

    /// Says that reading is over and something else goes on.
    pub fn phase(&self, phase: &str, tally: &Tally) {
        let done = AtomicU64::new(tally.bytes);
        let started = Instant::now().checked_sub(tally.elapsed).unwrap_or_else(Instant::now);
        let telling = Telling { started, told: started, rows_told: None, total: tally.bytes, done: &done };
        self.watch.progress(telling.progress(self.job, phase, tally));
    }
}

/// The sender must go with the thread that uses it, or the queue never closes.
fn send_of(send: SyncSender<Message>) -> SyncSender<Message> {
    send
}

struct Telling<'a> {
    started: Instant,
    told: Instant,
    rows_told: Option<Instant>,
    total: u64,
    done: &'a AtomicU64,
}

impl Telling<'_> {
    /// At once for the first rows, then about once a second: each telling makes the window ask anew.
    fn rows_due(&mut self) -> bool {
        let due = self.rows_told.is_none_or(|at| at.elapsed() >= Duration::from_secs(1));
        if due {
            self.rows_told = Some(Instant::now());
        }
        due
    }

    fn due(&mut self) -> bool {
        let due = self.told.elapsed() >= TELL_EVERY;
        if due {
            self.told = Instant::now();
        }
        due
    }

    fn progress(&self, job: u32, phase: &str, tally: &Tally) -> Progress {
        let done = self.done.load(Ordering::Relaxed).min(self.total);
        let seconds = self.started.elapsed().as_secs_f64();
        let left =
            (done > 0 && phase == "reading").then(|| seconds * (self.total - done) as f64 / done as f64);
        Progress {
            job,
            phase: phase.to_owned(),
            done: done as f64,
            total: self.total as f64,
            rows: journal::small(tally.rows),
            records: journal::small(tally.records),
            seconds,
            left,
            waiting: 0,
        }
    }
}

/// Collects rows into batches and hands them over.
struct Batches<'a> {
    load: &'a Load<'a>,
    send: &'a SyncSender<Message>,
    done: &'a AtomicU64,
    before: u64,
    batch: Batch,
}

impl Batches<'_> {
    fn flush(&mut self) -> ControlFlow<()> {
        if self.batch.rows.is_empty() {
            return ControlFlow::Continue(());
        }
        let full = std::mem::take(&mut self.batch);
        if self.send.send(Message::Batch(full)).is_ok() {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    }
}

impl Sink for Batches<'_> {
    fn row(&mut self, row: RowRead<'_>, records: &mut Vec<Record>) -> ControlFlow<()> {
        if row.outcome != RowOutcome::Records {
            return ControlFlow::Continue(());
        }
        let all = records.len();
        records.retain(|record| self.load.rules.verdict(record) != Some(RuleKind::Never));
        // A row that a rule takes something from is not kept as it was written: it says what is left out.
        let original = if records.len() == all { row.original } else { &[] };
        self.batch.rows.push(BatchRow {
            part: row.part,
            row: journal::small(row.number),
            records: journal::small(records.len() as u64),
            original: journal::small(original.len() as u64),
        });
        self.batch.originals.extend_from_slice(original);
        self.batch.records.append(records);
        if self.batch.rows.len() >= BATCH_ROWS
            || self.batch.originals.len() >= BATCH_BYTES
            || self.batch.records.len() >= BATCH_RECORDS
        {
            return self.flush();
        }
        ControlFlow::Continue(())
    }

    fn progress(&mut self, bytes_read: u64) -> ControlFlow<()> {
        self.done.store(self.before + bytes_read, Ordering::Relaxed);
        if self.load.watch.cancelled() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}
