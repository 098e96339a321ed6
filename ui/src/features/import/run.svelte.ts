// What is being imported: archives that are looked at, then those that the person let in, and how each ended. No words
// and no rendering here. The core has the queue; this knows which of its jobs are whose.
//
// What would surprise: nothing is read in before `begin`. The end of a job can be told before the answer that names the
// job, so ends of unknown jobs are kept while a start is under way; and a job that runs already when the window
// (re)connects is taken up.
import type { Backend } from "../../ipc/backend";
import type { ImportAsk, ImportCheck, ImportEnd, ImportReport, Picked, Progress } from "../../ipc/bindings";
import { type AppError, toAppError } from "../../ipc/error";
import { isReady, NO_ANSWERS, wayOf } from "./check";

/** checking → checked → starting → queued → reading (→ stopping) → ended | failed | cancelled. */
export type Stage = "checking" | "checked" | "starting" | "queued" | "reading" | "stopping" | "ended" | "failed" | "cancelled";

export interface Item {
  key: number;
  picked: Picked;
  stage: Stage;
  /** What the person said that the archive does not tell. */
  ask: ImportAsk;
  check: ImportCheck | null;
  /** The import that this archive is to be read anew for. */
  again: number | null;
  job: number | null;
  progress: Progress | null;
  report: ImportReport | null;
  error: AppError | null;
  undone: boolean;
}

const BUSY: readonly Stage[] = ["starting", "queued", "reading", "stopping"];
const OVER: readonly Stage[] = ["ended", "failed", "cancelled"];
const LOOKING: readonly Stage[] = ["checking", "checked"];
/** Refusals that an answer of the person mends. */
export const ASKS: readonly string[] = ["ambiguous", "which-account", "date-order"];

export const isBusy = (item: Item): boolean => BUSY.includes(item.stage);
export const isOver = (item: Item): boolean => OVER.includes(item.stage);
export const isLooking = (item: Item): boolean => LOOKING.includes(item.stage);

/** Whether pressing "Import" would start this one. What the core refused for want of an answer waits for it. */
export const canBegin = (item: Item): boolean =>
  item.stage === "checked" && item.error === null && item.check !== null && isReady(item.check, item.ask);

type Door = Pick<
  Backend,
  | "pickArchives" | "checkArchive" | "importStart" | "importAgain" | "importCancel" | "importCancelAll" | "undoImport"
  | "onProgress" | "onImportEnd" | "onDrop"
>;

export class ImportRun {
  items = $state<Item[]>([]);
  /** Whether the dialog shows; the run goes on without it. */
  open = $state(false);
  readonly active = $derived(this.items.find((item) => isBusy(item) && item.stage !== "queued") ?? this.items.find(isBusy) ?? null);
  readonly looking = $derived(this.items.filter(isLooking));
  readonly ready = $derived(this.items.filter(canBegin));
  readonly over = $derived(this.items.filter(isOver));
  /** Archives that wait for the active one, also those of before this window connected. */
  readonly waiting = $derived(
    Math.max(this.items.filter((item) => item.stage === "queued" && item !== this.active).length, this.active?.progress?.waiting ?? 0),
  );

  readonly #door: Door;
  #key = 0;
  #early: ImportEnd[] = [];
  #looks: Promise<void> = Promise.resolve();

  constructor(door: Door) {
    this.#door = door;
  }

  /** Listens for progress, ends and drops; answers the way to stop listening. */
  async connect(dropped = (picked: Picked[]) => { this.add(picked); }): Promise<() => void> {
    const stops = await Promise.all([
      this.#door.onProgress((progress) => this.#progressed(progress)),
      this.#door.onImportEnd((end) => this.#ended(end)),
      this.#door.onDrop(dropped),
    ]);
    return () => stops.forEach((stop) => stop());
  }

  /** Lets the person choose; answers whether something was chosen. */
  async choose(kind: "file" | "folder", again: number | null = null): Promise<boolean> {
    const picked = await this.#door.pickArchives(kind);
    this.add(picked, again);
    return picked.length > 0;
  }

  /** Looks at archives and shows what they are. */
  add(picked: Picked[], again: number | null = null): void {
    if (picked.length === 0) return;
    const items = picked.map((one) => this.#item(one, again));
    this.items.push(...items);
    this.open = true;
    for (const { key } of items) this.#look(key);
  }

  /** Answers what the archive does not tell. Another service is another check. */
  answer(key: number, part: Partial<ImportAsk>): void {
    const item = this.#by(key);
    if (!item || !isLooking(item)) return;
    item.ask = { ...item.ask, ...part };
    item.error = null;
    if (part.service !== undefined) this.recheck(key);
  }

  /** Looks again, for example after room was made on the disk. */
  recheck(key: number): void {
    const item = this.#by(key);
    if (!item || isBusy(item) || item.picked.token === "") return;
    Object.assign(item, { stage: "checking", error: null, report: null, progress: null, job: null });
    this.#look(key);
  }

  /** Lets one archive in. */
  async begin(key: number): Promise<void> {
    const item = this.#by(key);
    if (!item?.check || !canBegin(item)) return;
    const again = item.again ?? (wayOf(item.check) === "again" ? (item.check.imported?.import ?? null) : null);
    const { token } = item.picked;
    Object.assign(item, { stage: "starting", error: null });
    try {
      this.#started(item, await (again === null ? this.#door.importStart(token, item.ask) : this.#door.importAgain(again, token, item.ask)));
    } catch (thrown) {
      this.#fail(item, toAppError(thrown));
    }
  }

  /** Lets all in that have no open question, in their order. */
  async beginAll(): Promise<void> {
    for (const { key } of this.ready) await this.begin(key);
  }

  /** Stops a running import, or takes one that waits out of the queue. */
  async cancel(key: number): Promise<void> {
    const item = this.#by(key);
    if (!item || isOver(item) || item.stage === "stopping") return;
    if (isLooking(item)) return this.remove(key);
    item.stage = "stopping";
    if (item.job !== null) await this.#stop(item, item.job);
  }

  /** Stops everything that runs or waits. What ended stays. */
  async cancelAll(): Promise<void> {
    for (const item of this.items) if (isBusy(item)) item.stage = "stopping";
    await this.#door.importCancelAll().catch(() => undefined);
  }

  /** Takes an item that is not running off the list. */
  remove(key: number): void {
    this.items = this.items.filter((item) => item.key !== key || isBusy(item));
  }

  /** Clears what is over or was only looked at; the dialog closes with the last. */
  finish(): void {
    this.items = this.items.filter(isBusy);
    this.open = this.items.length > 0 && this.open;
  }

  async undo(key: number): Promise<void> {
    const item = this.#by(key);
    if (!item?.report || item.report.id === 0) return;
    await this.#door.undoImport(item.report.id);
    item.undone = true;
  }

  #item(picked: Picked, again: number | null): Item {
    this.#key += 1;
    return {
      key: this.#key, picked, stage: "checking", ask: { ...NO_ANSWERS }, check: null, again, job: null, progress: null, report: null,
      error: null, undone: false,
    };
  }

  #by(key: number): Item | undefined {
    return this.items.find((item) => item.key === key);
  }

  /** One look at a time: they read from the same disk. */
  #look(key: number): void {
    this.#looks = this.#looks.then(() => this.#lookAt(key));
  }

  async #lookAt(key: number): Promise<void> {
    const item = this.#by(key);
    if (item?.stage !== "checking") return;
    const asked = item.ask;
    try {
      const check = await this.#door.checkArchive(item.picked.token, $state.snapshot(asked));
      if (item.ask === asked) Object.assign(item, { check, stage: "checked" });
    } catch (thrown) {
      if (item.ask === asked) Object.assign(item, { error: toAppError(thrown), stage: "failed" });
    }
  }

  #started(item: Item, job: number): void {
    item.job = job;
    const early = this.#early.find((end) => end.job === job);
    this.#early = this.#early.filter((end) => end.job !== job);
    if (early) return this.#ended(early);
    if (item.stage === "stopping") return void this.#stop(item, job);
    item.stage = this.items.some((one) => one.stage === "reading") ? "queued" : "reading";
  }

  async #stop(item: Item, job: number): Promise<void> {
    try {
      await this.#door.importCancel(job);
    } catch {
      // Most likely it has ended meanwhile; its end is on its way and says how.
      if (item.stage === "stopping") item.stage = "reading";
    }
  }

  #progressed(progress: Progress): void {
    const item = this.items.find((one) => one.job === progress.job) ?? this.#takeUp(progress);
    if (!item || !isBusy(item)) return;
    item.progress = progress;
    if (item.stage === "queued") item.stage = "reading";
  }

  /** A job of before this window connected. While one of ours starts, its number is not known yet: wait. */
  #takeUp(progress: Progress): Item | null {
    if (this.items.some((item) => item.stage === "starting" || (item.stage === "stopping" && item.job === null))) return null;
    const item = this.#item({ token: "", name: "", bytes: progress.total }, null);
    this.items.push({ ...item, stage: "reading", job: progress.job });
    return this.#by(item.key) ?? null;
  }

  #ended(end: ImportEnd): void {
    const item = this.items.find((one) => one.job === end.job);
    if (!item) {
      this.#early = [...this.#early, end].slice(-20);
      return;
    }
    if (isOver(item)) return;
    if (end.error) this.#fail(item, toAppError(end.error), end.report);
    else Object.assign(item, { report: end.report, stage: end.report?.state === "cancelled" ? "cancelled" : "ended" });
    this.#advance();
  }

  /** The core goes on with the next by itself; its first progress may take a moment. */
  #advance(): void {
    if (this.items.some((item) => item.stage === "reading")) return;
    const next = this.items.filter((item) => item.stage === "queued").sort((a, b) => (a.job ?? 0) - (b.job ?? 0))[0];
    if (next) next.stage = "reading";
  }

  #fail(item: Item, error: AppError, report: ImportReport | null = null): void {
    const stage: Stage = error.code === "cancelled" ? "cancelled" : ASKS.includes(error.code) && item.check ? "checked" : "failed";
    Object.assign(item, { error, stage, report, job: null });
  }
}
