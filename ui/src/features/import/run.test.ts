// The queue of imports against a backend whose answers come in any order.
import { describe, expect, it, vi } from "vitest";
import type { ApiError, ImportAsk, ImportEnd, ImportReport, Picked, Progress } from "../../ipc/bindings";
import { ImportRun } from "./run.svelte";

const report = (id: number, state = "done") => ({ id, state, service: "spotify" }) as unknown as ImportReport;
const picked = (name: string): Picked => ({ token: name, name, bytes: 10 });
const progress = (job: number) => ({ job, phase: "reading", rows: 5 }) as unknown as Progress;
const error = (code: string) => ({ code, message: "", next: "" }) as ApiError;

/** A backend whose every answer the test gives itself. */
function door() {
  const listeners = { progress: (_: Progress) => {}, end: (_: ImportEnd) => {}, drop: (_: Picked[]) => {} };
  const starts: { token: string; service: string | null; answer: (job: number) => void; refuse: (error: ApiError) => void }[] = [];
  const made = {
    starts, listeners,
    pickArchives: vi.fn(async (): Promise<Picked[]> => [picked("picked.zip")]),
    importStart: vi.fn((token: string, { service }: ImportAsk) =>
      new Promise<number>((answer, refuse) => { starts.push({ token, service, answer, refuse }); })),
    importCancel: vi.fn(async () => {}),
    undoImport: vi.fn(async () => ({ imports: [] })),
    onProgress: vi.fn(async (f: (p: Progress) => void) => { listeners.progress = f; return vi.fn(); }),
    onImportEnd: vi.fn(async (f: (e: ImportEnd) => void) => { listeners.end = f; return vi.fn(); }),
    onDrop: vi.fn(async (f: (p: Picked[]) => void) => { listeners.drop = f; return vi.fn(); }),
  };
  return made;
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

async function running(names = ["a.zip"]) {
  const fake = door();
  const run = new ImportRun(fake);
  await run.connect();
  fake.listeners.drop(names.map(picked));
  fake.starts[0]!.answer(1);
  await settled();
  return { fake, run, first: run.items[0]! };
}

const stages = (run: ImportRun) => run.items.map((item) => item.stage);

describe("one archive", () => {
  it("goes from start through progress to its report", async () => {
    const { fake, run, first } = await running();
    expect([run.open, first.stage, first.job]).toEqual([true, "reading", 1]);
    fake.listeners.progress(progress(1));
    expect(first.progress?.rows).toBe(5);
    fake.listeners.end({ job: 1, report: report(4), error: null });
    expect([first.stage, first.report?.id, run.active]).toEqual(["ended", 4, null]);
  });

  it("is not lost when its end comes before its number", async () => {
    const fake = door();
    const run = new ImportRun(fake);
    await run.connect();
    run.add([picked("small.zip")]);
    fake.listeners.progress(progress(3));
    fake.listeners.end({ job: 3, report: report(9), error: null });
    expect(stages(run)).toEqual(["starting"]);
    fake.starts[0]!.answer(3);
    await settled();
    expect([stages(run), run.items[0]!.report?.id]).toEqual([["ended"], 9]);
  });

  it("stops on request and says so only when it has stopped", async () => {
    const { fake, run, first } = await running();
    await run.cancel(first.key);
    expect([first.stage, fake.importCancel.mock.calls]).toEqual(["stopping", [[1]]]);
    fake.listeners.end({ job: 1, report: null, error: error("cancelled") });
    expect(first.stage).toBe("cancelled");
  });

  it("stops also when asked while it starts", async () => {
    const fake = door();
    const run = new ImportRun(fake);
    await run.connect();
    run.add([picked("a.zip")]);
    await run.cancel(run.items[0]!.key);
    expect(fake.importCancel).not.toHaveBeenCalled();
    fake.starts[0]!.answer(5);
    await settled();
    expect(fake.importCancel).toHaveBeenCalledWith(5);
  });

  it("knows a report that says cancelled", async () => {
    const { fake, first } = await running();
    fake.listeners.end({ job: 1, report: report(4, "cancelled"), error: null });
    expect(first.stage).toBe("cancelled");
  });

  it("can finish before the cancel reaches it", async () => {
    const { fake, run, first } = await running();
    await run.cancel(first.key);
    fake.listeners.end({ job: 1, report: report(4), error: null });
    expect(first.stage).toBe("ended");
  });

  it("waits for the end when it is too late to stop", async () => {
    const { fake, run, first } = await running();
    fake.importCancel.mockRejectedValueOnce(error("no-such"));
    await run.cancel(first.key);
    expect(first.stage).toBe("reading");
    fake.listeners.end({ job: 1, report: report(4), error: null });
    expect(first.stage).toBe("ended");
  });

  it("keeps the error and can be tried again", async () => {
    const { fake, run, first } = await running();
    fake.listeners.end({ job: 1, report: null, error: error("disk-full") });
    expect([first.stage, first.error?.code]).toEqual(["failed", "disk-full"]);
    run.retry(first.key);
    expect([first.stage, first.error, fake.starts.length]).toEqual(["starting", null, 2]);
  });

  it("ignores a second end", async () => {
    const { fake, first } = await running();
    fake.listeners.end({ job: 1, report: report(4), error: null });
    fake.listeners.end({ job: 1, report: null, error: error("internal") });
    expect(first.stage).toBe("ended");
  });

  it("is undone by its import id, once it has one", async () => {
    const { fake, run, first } = await running();
    await run.undo(first.key);
    expect(fake.undoImport).not.toHaveBeenCalled();
    fake.listeners.end({ job: 1, report: report(4), error: null });
    await run.undo(first.key);
    expect([fake.undoImport.mock.calls, first.undone]).toEqual([[[4]], true]);
  });
});

describe("which service", () => {
  it("asks when two fit, and starts again with the answer", async () => {
    const fake = door();
    const run = new ImportRun(fake);
    run.add([picked("either.zip")]);
    fake.starts[0]!.refuse(error("ambiguous"));
    await settled();
    expect([stages(run), run.asking?.picked.name]).toEqual([["which"], "either.zip"]);
    run.answer(run.items[0]!.key, "netflix");
    expect(fake.starts[1]).toMatchObject({ token: "either.zip", service: "netflix" });
  });

  it("asks also when that is found out later", async () => {
    const { fake, run } = await running();
    fake.listeners.end({ job: 1, report: null, error: error("ambiguous") });
    expect(stages(run)).toEqual(["which"]);
  });
});

describe("several archives", () => {
  it("are read one after the other", async () => {
    const { fake, run } = await running(["a.zip", "b.zip", "c.zip"]);
    expect([stages(run), fake.starts.length]).toEqual([["reading", "waiting", "waiting"], 1]);
    fake.listeners.end({ job: 1, report: report(1), error: null });
    expect(stages(run)).toEqual(["ended", "starting", "waiting"]);
  });

  it("go on when one fails", async () => {
    const { fake, run } = await running(["a.zip", "b.zip"]);
    fake.listeners.end({ job: 1, report: null, error: error("truncated") });
    expect(stages(run)).toEqual(["failed", "starting"]);
  });

  it("go on while one waits for an answer", async () => {
    const fake = door();
    const run = new ImportRun(fake);
    run.add([picked("either.zip"), picked("b.zip")]);
    fake.starts[0]!.refuse(error("ambiguous"));
    await settled();
    expect(stages(run)).toEqual(["which", "starting"]);
  });

  it("can leave the queue before their turn", async () => {
    const { run } = await running(["a.zip", "b.zip"]);
    await run.cancel(run.items[1]!.key);
    expect(run.items.map((item) => item.picked.name)).toEqual(["a.zip"]);
  });

  it("are cleared only when over", async () => {
    const { fake, run } = await running(["a.zip", "b.zip"]);
    fake.listeners.end({ job: 1, report: report(1), error: null });
    run.finish();
    expect([stages(run), run.open]).toEqual([["starting"], true]);
  });
});

describe("around it", () => {
  it("does nothing when the person chose nothing", async () => {
    const fake = door();
    fake.pickArchives.mockResolvedValueOnce([]);
    const run = new ImportRun(fake);
    expect([await run.choose("file"), run.items.length, run.open]).toEqual([false, 0, false]);
  });

  it("takes up an import that runs already", async () => {
    const fake = door();
    const run = new ImportRun(fake);
    await run.connect();
    fake.listeners.progress(progress(8));
    expect([stages(run), run.items[0]?.progress?.job]).toEqual([["reading"], 8]);
    fake.listeners.end({ job: 8, report: report(2), error: null });
    expect(stages(run)).toEqual(["ended"]);
  });
});
