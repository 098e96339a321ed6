// The list of imports against a backend whose answers come in any order.
import { describe, expect, it, vi } from "vitest";
import type { ApiError, ImportAsk, ImportCheck, ImportEnd, ImportReport, Picked, Progress } from "../../ipc/bindings";
import { checkOf } from "../../ipc/fake-checks";
import { NO_ANSWERS } from "./check";
import { ImportRun } from "./run.svelte";

const report = (id: number, state = "done") => ({ id, state, service: "spotify" }) as unknown as ImportReport;
const picked = (name: string): Picked => ({ token: name, name, bytes: 10 });
const progress = (job: number, waiting = 0) => ({ job, phase: "reading", rows: 5, waiting }) as unknown as Progress;
const error = (code: string) => ({ code, message: "", next: "" }) as ApiError;

interface Start { token: string; ask: ImportAsk; answer: (job: number) => void; refuse: (error: ApiError) => void }

/** A backend whose every start the test answers itself; checks are those of the fake. */
function door() {
  const listeners = { progress: (_: Progress) => {}, end: (_: ImportEnd) => {}, drop: (_: Picked[]) => {} };
  const starts: Start[] = [];
  const start = (token: string, ask: ImportAsk) =>
    new Promise<number>((answer, refuse) => { starts.push({ token, ask, answer, refuse }); });
  return {
    starts, listeners,
    pickArchives: vi.fn(async (): Promise<Picked[]> => [picked("picked.zip")]),
    checkArchive: vi.fn(async (token: string, ask: ImportAsk): Promise<ImportCheck> => checkOf(token, ask.service)),
    importStart: vi.fn(start),
    importAgain: vi.fn((id: number, token: string, ask: ImportAsk) => start(`${String(id)}:${token}`, ask)),
    importCancel: vi.fn(async () => {}),
    importCancelAll: vi.fn(async () => {}),
    undoImport: vi.fn(async () => ({ imports: [] })),
    onProgress: vi.fn(async (f: (p: Progress) => void) => { listeners.progress = f; return vi.fn(); }),
    onImportEnd: vi.fn(async (f: (e: ImportEnd) => void) => { listeners.end = f; return vi.fn(); }),
    onDrop: vi.fn(async (f: (p: Picked[]) => void) => { listeners.drop = f; return vi.fn(); }),
  };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 5));
const stages = (run: ImportRun) => run.items.map((item) => item.stage);

async function checked(...names: string[]) {
  const fake = door();
  const run = new ImportRun(fake);
  await run.connect();
  fake.listeners.drop(names.map(picked));
  await settled();
  return { fake, run, first: run.items[0]! };
}

/** All of them let in, the core's numbers being 1, 2, 3 … */
async function running(...names: string[]) {
  const made = await checked(...names);
  void made.run.beginAll();
  for (let job = 1; job <= names.length; job++) {
    await settled();
    made.fake.starts[job - 1]!.answer(job);
  }
  await settled();
  return made;
}

describe("looking at an archive", () => {
  it("reads nothing in before the person says so", async () => {
    const { fake, run, first } = await checked("a.zip");
    expect([first.stage, first.check?.service, run.open]).toEqual(["checked", "spotify", true]);
    expect(fake.importStart).not.toHaveBeenCalled();
    expect(run.ready).toHaveLength(1);
  });

  it("goes on with the others when one cannot be opened", async () => {
    const { run, first } = await checked("broken.zip", "b.zip");
    expect(stages(run)).toEqual(["failed", "checked"]);
    expect(first.error?.code).toBe("truncated");
  });

  it("looks at one after the other", async () => {
    const fake = door();
    let open = 0;
    let most = 0;
    fake.checkArchive.mockImplementation(async (token, ask) => {
      most = Math.max(most, ++open);
      await settled();
      open--;
      return checkOf(token, ask.service);
    });
    const run = new ImportRun(fake);
    run.add(["a.zip", "b.zip", "c.zip"].map(picked));
    await vi.waitFor(() => { expect(stages(run)).toEqual(["checked", "checked", "checked"]); });
    expect(most).toBe(1);
  });

  it("asks which service when two fit, and looks again with the answer", async () => {
    const { fake, run, first } = await checked("either.zip");
    expect(run.ready).toEqual([]);
    run.answer(first.key, { service: "netflix" });
    expect(first.stage).toBe("checking");
    await settled();
    expect([first.check?.service, run.ready.length]).toEqual(["netflix", 1]);
    expect(fake.checkArchive.mock.lastCall?.[1].service).toBe("netflix");
  });

  it("never shows the check of an older answer", async () => {
    const fake = door();
    const answers: ((check: ImportCheck) => void)[] = [];
    fake.checkArchive.mockImplementation(() => new Promise((answer) => { answers.push(answer); }));
    const run = new ImportRun(fake);
    run.add([picked("either.zip")]);
    await settled();
    run.answer(run.items[0]!.key, { service: "netflix" });
    answers[0]!(checkOf("either.zip", null));
    await settled();
    expect([stages(run), run.items[0]!.check]).toEqual([["checking"], null]);
    answers[1]!(checkOf("either.zip", "netflix"));
    await settled();
    expect(run.items[0]!.check?.service).toBe("netflix");
  });

  it("waits for the name of a new account and for the order of dates", async () => {
    const { run, first } = await checked("other list netflix.csv");
    expect(run.ready).toEqual([]);
    run.answer(first.key, { account: "Family" });
    expect(run.ready).toEqual([]);
    run.answer(first.key, { date_order: "day-first" });
    expect(run.ready).toHaveLength(1);
    run.answer(first.key, { account: "  " });
    expect(run.ready).toEqual([]);
  });

  it("can be looked at again, for example once there is room", async () => {
    const { fake, run, first } = await checked("full.zip");
    expect(run.ready).toEqual([]);
    fake.checkArchive.mockImplementationOnce(async () => checkOf("a.zip", null));
    run.recheck(first.key);
    await settled();
    expect(run.ready).toHaveLength(1);
  });

  it("is forgotten when the person does not want it", async () => {
    const { fake, run } = await checked("a.zip", "b.zip");
    run.finish();
    expect([run.items, run.open, fake.importStart.mock.calls.length]).toEqual([[], false, 0]);
  });
});

describe("one archive", () => {
  it("goes from start through progress to its report", async () => {
    const { fake, run, first } = await running("a.zip");
    expect([first.stage, first.job]).toEqual(["reading", 1]);
    fake.listeners.progress(progress(1));
    expect(first.progress?.rows).toBe(5);
    fake.listeners.end({ job: 1, report: report(4), error: null });
    expect([first.stage, first.report?.id, run.active]).toEqual(["ended", 4, null]);
  });

  it("is let in with the person's answers", async () => {
    const { fake, run, first } = await checked("other.zip");
    run.answer(first.key, { account: "Family" });
    void run.begin(first.key);
    expect(fake.starts[0]?.ask).toEqual({ service: null, account: "Family", date_order: null });
  });

  it("is not started twice by two presses", async () => {
    const { fake, run, first } = await checked("a.zip");
    void run.begin(first.key);
    void run.begin(first.key);
    void run.beginAll();
    await settled();
    expect(fake.starts).toHaveLength(1);
  });

  it("is not lost when its end comes before its number", async () => {
    const { fake, run, first } = await checked("small.zip");
    void run.begin(first.key);
    fake.listeners.progress(progress(3));
    fake.listeners.end({ job: 3, report: report(9), error: null });
    expect(stages(run)).toEqual(["starting"]);
    fake.starts[0]!.answer(3);
    await settled();
    expect([stages(run), run.items[0]!.report?.id]).toEqual([["ended"], 9]);
  });

  it("stops on request and says so only when it has stopped", async () => {
    const { fake, run, first } = await running("a.zip");
    await run.cancel(first.key);
    expect([first.stage, fake.importCancel.mock.calls]).toEqual(["stopping", [[1]]]);
    fake.listeners.end({ job: 1, report: null, error: error("cancelled") });
    expect(first.stage).toBe("cancelled");
  });

  it("stops also when asked while it starts", async () => {
    const { fake, run, first } = await checked("a.zip");
    void run.begin(first.key);
    await run.cancel(first.key);
    expect(fake.importCancel).not.toHaveBeenCalled();
    fake.starts[0]!.answer(5);
    await settled();
    expect(fake.importCancel).toHaveBeenCalledWith(5);
  });

  it("knows a report that says cancelled", async () => {
    const { fake, first } = await running("a.zip");
    fake.listeners.end({ job: 1, report: report(4, "cancelled"), error: null });
    expect(first.stage).toBe("cancelled");
  });

  it("can finish before the cancel reaches it", async () => {
    const { fake, run, first } = await running("a.zip");
    fake.importCancel.mockRejectedValueOnce(error("no-such"));
    await run.cancel(first.key);
    expect(first.stage).toBe("reading");
    fake.listeners.end({ job: 1, report: report(4), error: null });
    fake.listeners.end({ job: 1, report: null, error: error("internal") });
    expect(first.stage).toBe("ended");
  });

  it("keeps the error and can be looked at again", async () => {
    const { fake, run, first } = await running("a.zip");
    fake.listeners.end({ job: 1, report: null, error: error("disk-full") });
    expect([first.stage, first.error?.code]).toEqual(["failed", "disk-full"]);
    run.recheck(first.key);
    await settled();
    expect([first.stage, first.error]).toEqual(["checked", null]);
  });

  it("comes back with its question when the core refuses for want of an answer", async () => {
    const { fake, run, first } = await checked("a.zip");
    void run.begin(first.key);
    fake.starts[0]!.refuse(error("which-account"));
    await settled();
    expect([first.stage, first.error?.code, run.ready.length]).toEqual(["checked", "which-account", 0]);
    run.answer(first.key, { account: "Family" });
    expect([first.error, run.ready.length]).toEqual([null, 1]);
  });

  it("is undone by its import id, once it has one", async () => {
    const { fake, run, first } = await running("a.zip");
    await run.undo(first.key);
    expect(fake.undoImport).not.toHaveBeenCalled();
    fake.listeners.end({ job: 1, report: report(4), error: null });
    await run.undo(first.key);
    expect([fake.undoImport.mock.calls, first.undone]).toEqual([[[4]], true]);
  });
});

describe("an older import", () => {
  it("is read anew from the archive that is chosen for it", async () => {
    const fake = door();
    const run = new ImportRun(fake);
    await run.choose("file", 7);
    await settled();
    void run.beginAll();
    await settled();
    expect([fake.starts[0]?.token, fake.importStart.mock.calls]).toEqual(["7:picked.zip", []]);
  });

  it("waits for the order of its dates and hands it over", async () => {
    const fake = door();
    const run = new ImportRun(fake);
    const stale = { imported: { import: 2, at: "2026-11-20T09:12:00Z", stale: true } };
    fake.checkArchive.mockImplementationOnce(async () => ({ ...checkOf("netflix again list.csv", null), ...stale }));
    await run.choose("file", 2);
    await settled();
    expect(run.ready).toEqual([]);
    run.answer(run.items[0]!.key, { date_order: "month-first" });
    void run.beginAll();
    await settled();
    expect(fake.importAgain).toHaveBeenCalledWith(2, "picked.zip", { ...NO_ANSWERS, date_order: "month-first" });
  });

  it("of the very same archive is read anew only if that would find more", async () => {
    const { fake, run, first } = await checked("again.zip");
    expect(run.ready).toEqual([]);
    const check = checkOf("again.zip", null);
    fake.checkArchive.mockImplementationOnce(async () => ({ ...check, imported: { import: 2, at: "2026-11-20T09:12:00Z", stale: true } }));
    run.recheck(first.key);
    await settled();
    void run.begin(first.key);
    expect(fake.importAgain).toHaveBeenCalledWith(2, "again.zip", NO_ANSWERS);
  });
});

describe("several archives", () => {
  it("are handed over at once and read one after the other", async () => {
    const { fake, run } = await running("a.zip", "b.zip", "c.zip");
    expect([stages(run), fake.starts.length, run.waiting]).toEqual([["reading", "queued", "queued"], 3, 2]);
    fake.listeners.end({ job: 1, report: report(1), error: null });
    expect(stages(run)).toEqual(["ended", "reading", "queued"]);
  });

  it("go on when one fails", async () => {
    const { fake, run } = await running("a.zip", "b.zip");
    fake.listeners.end({ job: 1, report: null, error: error("truncated") });
    expect(stages(run)).toEqual(["failed", "reading"]);
  });

  it("that need no answer do not wait for one that does", async () => {
    const { fake, run } = await checked("either.zip", "b.zip");
    void run.beginAll();
    await settled();
    expect([stages(run), fake.starts[0]?.token]).toEqual([["checked", "starting"], "b.zip"]);
  });

  it("can leave the queue before their turn", async () => {
    const { fake, run } = await running("a.zip", "b.zip");
    await run.cancel(run.items[1]!.key);
    expect(fake.importCancel).toHaveBeenCalledWith(2);
    fake.listeners.end({ job: 2, report: null, error: error("cancelled") });
    expect(stages(run)).toEqual(["reading", "cancelled"]);
  });

  it("are cancelled all at once", async () => {
    const { fake, run } = await running("a.zip", "b.zip");
    await run.cancelAll();
    expect([stages(run), fake.importCancelAll.mock.calls.length]).toEqual([["stopping", "stopping"], 1]);
  });

  it("are cleared only when nothing runs of them", async () => {
    const { fake, run } = await running("a.zip", "b.zip");
    fake.listeners.end({ job: 1, report: report(1), error: null });
    run.finish();
    expect([stages(run), run.open]).toEqual([["reading"], true]);
  });
});

describe("around it", () => {
  it("does nothing when the person chose nothing", async () => {
    const fake = door();
    fake.pickArchives.mockResolvedValueOnce([]);
    const run = new ImportRun(fake);
    expect([await run.choose("file"), run.items.length, run.open]).toEqual([false, 0, false]);
  });

  it("takes up an import that runs already, with what waits behind it", async () => {
    const fake = door();
    const run = new ImportRun(fake);
    await run.connect();
    fake.listeners.progress(progress(8, 2));
    expect([stages(run), run.items[0]?.progress?.job, run.waiting]).toEqual([["reading"], 8, 2]);
    fake.listeners.end({ job: 8, report: report(2), error: null });
    fake.listeners.progress(progress(9, 1));
    expect(stages(run)).toEqual(["ended", "reading"]);
  });
});
