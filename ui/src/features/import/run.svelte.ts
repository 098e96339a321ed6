// What is being imported: a queue of archives, one at a time, with how each ended. No words and no rendering here.
//
// What would surprise: the end of a job can be told before the answer that names the job, so events of unknown jobs are
// kept while a start is under way; and a job that runs already when the window (re)connects is taken up.
import type { Backend } from "../../ipc/backend";
import type { ImportEnd, ImportReport, Picked, Progress } from "../../ipc/bindings";
import { type AppError, toAppError } from "../../ipc/error";

/** waiting → starting → reading (→ stopping) → ended | failed; `which` asks for the service and goes back to waiting. */
export type Stage = "waiting" | "starting" | "which" | "reading" | "stopping" | "ended" | "failed" | "cancelled";

export interface Item {
  key: number;
  picked: Picked;
  service: string | null;
  stage: Stage;
  job: number | null;
  progress: Progress | null;
  report: ImportReport | null;
  error: AppError | null;
  undone: boolean;
}

const BUSY: readonly Stage[] = ["starting", "reading", "stopping"];
const OVER: readonly Stage[] = ["ended", "failed", "cancelled"];

export const isBusy = (item: Item): boolean => BUSY.includes(item.stage);
export const isOver = (item: Item): boolean => OVER.includes(item.stage);

type Door = Pick<
  Backend, "pickArchives" | "importStart" | "importCancel" | "undoImport" | "onProgress" | "onImportEnd" | "onDrop"
>;

export class ImportRun {
  items = $state<Item[]>([]);
  /** Whether the dialog shows; the run goes on without it. */
  open = $state(false);
  readonly active = $derived(this.items.find(isBusy) ?? null);
  readonly asking = $derived(this.items.find((item) => item.stage === "which") ?? null);
  readonly over = $derived(this.items.filter(isOver));

  readonly #door: Door;
  #key = 0;
  #early: ImportEnd[] = [];

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
  async choose(kind: "file" | "folder"): Promise<boolean> {
    const picked = await this.#door.pickArchives(kind);
    this.add(picked);
    return picked.length > 0;
  }

  /** Puts archives at the end of the queue and shows it. */
  add(picked: Picked[], service: string | null = null): void {
    if (picked.length === 0) return;
    this.items.push(...picked.map((one) => this.#item(one, service)));
    this.open = true;
    void this.#next();
  }

  /** Answers which service an archive is from. */
  answer(key: number, service: string): void {
    const item = this.#by(key);
    if (item?.stage !== "which") return;
    Object.assign(item, { service, stage: "waiting", error: null });
    void this.#next();
  }

  /** Tries a failed archive again. */
  retry(key: number): void {
    const item = this.#by(key);
    if (!item || (item.stage !== "failed" && item.stage !== "cancelled")) return;
    Object.assign(item, { stage: "waiting", error: null, report: null, progress: null, job: null });
    void this.#next();
  }

  /** Stops a running import, or takes a waiting one out of the queue. */
  async cancel(key: number): Promise<void> {
    const item = this.#by(key);
    if (!item || isOver(item) || item.stage === "stopping") return;
    if (item.stage === "waiting" || item.stage === "which") return this.remove(key);
    item.stage = "stopping";
    if (item.job !== null) await this.#stop(item, item.job);
  }

  /** Takes an item that is not running off the list. */
  remove(key: number): void {
    this.items = this.items.filter((item) => item.key !== key || isBusy(item));
    void this.#next();
  }

  /** Clears what is over; the dialog closes with it. */
  finish(): void {
    this.items = this.items.filter((item) => !isOver(item));
    this.open = this.items.length > 0 && this.open;
  }

  async undo(key: number): Promise<void> {
    const item = this.#by(key);
    if (!item?.report || item.report.id === 0) return;
    await this.#door.undoImport(item.report.id);
    item.undone = true;
  }

  #item(picked: Picked, service: string | null): Item {
    this.#key += 1;
    return {
      key: this.#key, picked, service, stage: "waiting", job: null, progress: null, report: null, error: null, undone: false,
    };
  }

  #by(key: number): Item | undefined {
    return this.items.find((item) => item.key === key);
  }

  /** Starts the first that waits, if none runs. A question about one archive does not hold up the others. */
  async #next(): Promise<void> {
    if (this.active) return;
    const item = this.items.find((one) => one.stage === "waiting");
    if (!item) return;
    item.stage = "starting";
    this.#early = [];
    try {
      await this.#started(item, await this.#door.importStart(item.picked.token, {
        service: item.service, account: null, date_order: null,
      }));
    } catch (thrown) {
      this.#fail(item, toAppError(thrown));
    }
  }

  async #started(item: Item, job: number): Promise<void> {
    item.job = job;
    const early = this.#early.find((end) => end.job === job);
    if (early) return this.#ended(early);
    if (item.stage === "stopping") return this.#stop(item, job);
    item.stage = "reading";
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
    if (item && isBusy(item)) item.progress = progress;
  }

  /** A job of before this window connected. While one of ours starts, its number is not known yet: wait. */
  #takeUp(progress: Progress): Item | null {
    if (this.active) return null;
    const item = this.#item({ token: "", name: "", bytes: progress.total }, null);
    this.items.push({ ...item, stage: "reading", job: progress.job });
    return this.#by(item.key) ?? null;
  }

  #ended(end: ImportEnd): void {
    const item = this.items.find((one) => one.job === end.job);
    if (!item) {
      this.#early.push(end);
      return;
    }
    if (isOver(item)) return;
    if (end.error) {
      this.#fail(item, toAppError(end.error), end.report);
      return;
    }
    Object.assign(item, { report: end.report, stage: end.report?.state === "cancelled" ? "cancelled" : "ended" });
    void this.#next();
  }

  #fail(item: Item, error: AppError, report: ImportReport | null = null): void {
    const stage: Stage = error.code === "ambiguous" ? "which" : error.code === "cancelled" ? "cancelled" : "failed";
    Object.assign(item, { error, stage, report, job: null });
    void this.#next();
  }
}
