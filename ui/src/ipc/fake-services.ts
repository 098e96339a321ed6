// Services, choices and imports of the fake backend. All of it is invented; the catalogue facts are shortened.
//
// What would surprise: imports run on timers (`tick` milliseconds a step), and an archive's name decides how its import
// ends, so that a test or a picture can ask for every ending (see `endingOf`).
import type { Backend, Topic } from "./backend";
import type {
  Change, Changes, Choose, Effect, ImportAsk, ImportCheck, ImportEnd, ImportReport, ImportRow, Picked, Progress, PurposeState,
  Service, WatchState,
} from "./bindings";
import { checkOf } from "./fake-checks";
import { endingOf, errorOf, failure, netflix, reportOf, row, spotify } from "./fake-services-data";

type Methods =
  | "services" | "service" | "listService" | "choose" | "undoChoice" | "pickArchives" | "checkArchive" | "importStart"
  | "importCancel" | "importCancelAll" | "importAgain" | "downloadToBin" | "downloadKeep" | "imports" | "undoImport"
  | "watchState" | "watchPick" | "watchOff" | "watchDismiss" | "openAddress" | "onProgress" | "onImportEnd" | "onDrag" | "onDrop";

export type ServicesPart = Pick<Backend, Methods> & {
  /** As if files were dropped on the window. */
  drop(picked: Picked[]): void;
  /** As if files were held over the window, or taken away. */
  drag(over: boolean): void;
  /** Addresses that were asked for, newest last. */
  opened: string[];
  /** Names of downloads that were moved to the bin, newest last. */
  binned: string[];
  /** As if an export arrived in the watched folder. */
  arrive(name: string, service: string): void;
};

export interface FakeServicesHooks {
  /** Tells the views what changed. */
  topics?: (topics: Topic[]) => void;
  /** Notes an entry in the fake log and answers its number. */
  log?: (kind: string, payload: Record<string, unknown>) => number;
  /** Nothing imported, nothing listed. */
  empty?: boolean;
  /** Milliseconds between two steps of an import. */
  tick?: number;
  now?: () => Date;
}

/** Starts the part. Every answer is a copy, as it would be after a trip through IPC. */
export function fakeServices(hooks: FakeServicesHooks = {}): ServicesPart {
  return new FakeServices(hooks);
}

interface Undo { change: Change; before: PurposeState | Service["history"]; }

class FakeServices implements ServicesPart {
  opened: string[] = [];
  binned: string[] = [];
  #watch: WatchState = { folder: null, reachable: true, offers: [] };
  #waiting: { job: number; start: () => void }[] = [];
  #downloads = new Map<string, string>();
  #services: Service[];
  #undo: Undo[] = [];
  #jobs = new Map<number, ReturnType<typeof setInterval>>();
  #picked = new Map<string, Picked>();
  #nextId = 10;
  #picks = 0;
  #progress = new Set<(progress: Progress) => void>();
  #end = new Set<(end: ImportEnd) => void>();
  #drop = new Set<(picked: Picked[]) => void>();
  #drag = new Set<(over: boolean) => void>();
  readonly #hooks: FakeServicesHooks;

  constructor(hooks: FakeServicesHooks) {
    this.#hooks = hooks;
    this.#services = [netflix(hooks.empty ?? false), spotify(hooks.empty ?? false)];
    if (!hooks.empty) this.#decideSome();
  }

  #decideSome(): void {
    const spotify = this.#find("spotify");
    const set = (id: string, choice: string, by: string, since: string, until: string | null, effects: Effect[]) =>
      Object.assign(spotify.purposes.find((p) => p.id === id) as PurposeState, { choice, by, since, until, effects });
    const effect = (action: string, place: string, state: string, since: string | null): Effect => ({ action, where: place, state, since });
    set("recommendations", "on", "you", "2026-01-12T10:00:00Z", null, []);
    set("ads-here", "off", "you", "2026-01-12T10:00:00Z", null, [effect("setting", "account", "not-started", null)]);
    set("ads-elsewhere", "off", "you", "2026-03-03T10:00:00Z", "2027-01-01T00:00:00Z", [
      effect("setting", "account", "reported", "2026-03-03T10:00:00Z"), effect("signal", "this-browser", "not-started", null),
    ]);
  }

  #find(id: string): Service {
    const found = this.#services.find((service) => service.id === id);
    if (!found) throw failure("no-such", "No such service.", "Choose one from the list.");
    return found;
  }

  #tell(...topics: Topic[]): void {
    this.#hooks.topics?.(topics);
  }

  #now(): string {
    return (this.#hooks.now?.() ?? new Date()).toISOString();
  }

  async services(): Promise<Service[]> {
    return structuredClone(this.#services);
  }

  async service(id: string): Promise<Service> {
    return structuredClone(this.#find(id));
  }

  async listService(id: string, listed: boolean): Promise<void> {
    this.#find(id).listed = listed;
    this.#tell("choices");
  }

  #target(service: string, what: string): PurposeState | Service["history"] {
    const found = this.#find(service);
    const target = what === "history" ? found.history : found.purposes.find((p) => p.id === what);
    if (!target) throw failure("bad-value", "No such purpose.", "Choose one from the list.");
    return target;
  }

  async choose(change: Choose): Promise<Changes> {
    const target = this.#target(change.service, change.what);
    if (target.choice === change.value && target.until === change.until) return { changes: [], log: null };
    const done: Change = { service: change.service, purpose: change.what, from: target.choice, to: change.value, until: change.until };
    this.#undo.push({ change: done, before: structuredClone(target) });
    const decided = change.value !== "undecided";
    Object.assign(target, { choice: change.value, until: change.until, by: decided ? "you" : null, since: decided ? this.#now() : null });
    if ("effects" in target) target.effects = change.value === "off" ? effectsOf(target) : [];
    return this.#logged("choice.set", [done]);
  }

  async undoChoice(): Promise<Changes> {
    const last = this.#undo.pop();
    if (!last) throw failure("nothing-to-undo", "There is nothing to undo.", "Nothing to do.");
    const { service, purpose, from, to, until } = last.change;
    Object.assign(this.#target(service, purpose), last.before);
    return this.#logged("choice.set", [{ service, purpose, from: to, to: from, until }]);
  }

  #logged(kind: string, changes: Change[]): Changes {
    const log = this.#hooks.log?.(kind, { changes }) ?? 1;
    this.#tell("choices", "log");
    return { changes, log };
  }

  async pickArchives(kind: "file" | "folder"): Promise<Picked[]> {
    const name = kind === "folder" ? "Spotify Extended Streaming History" : "my_spotify_data.zip";
    return [this.#pick({ token: `pick-${String(++this.#picks)}`, name, bytes: kind === "folder" ? 0 : 48_300_000 })];
  }

  #pick(picked: Picked): Picked {
    this.#picked.set(picked.token, picked);
    return picked;
  }

  #taken(token: string): Picked {
    const picked = this.#picked.get(token);
    if (!picked) throw failure("pick-gone", "The chosen file is no longer known.", "Choose it again.");
    return picked;
  }

  async checkArchive(token: string, ask: ImportAsk): Promise<ImportCheck> {
    return structuredClone(checkOf(this.#taken(token).name, ask.service));
  }

  async importStart(token: string, ask: ImportAsk): Promise<number> {
    const picked = this.#taken(token);
    if (/either/.test(picked.name) && !ask.service) throw failure("ambiguous", "Two services fit.", "Say which it is.");
    return this.#queue(picked, ask.service ?? (/netflix/i.test(picked.name) ? "netflix" : "spotify"), null);
  }

  async importAgain(id: number, token: string, _ask: ImportAsk): Promise<number> {
    const old = this.#rows().imports.find((one) => one.id === id && one.state === "done");
    if (!old) throw failure("no-such", "No such import.", "Look at the list of imports.");
    return this.#queue(this.#taken(token), old.service, id);
  }

  /** One runs, the others wait. */
  #queue(picked: Picked, service: string, again: number | null): number {
    const job = this.#nextId++;
    const start = () => {
      let step = 0;
      const timer = setInterval(() => {
        step += 1;
        if (step > 20) this.#finish(job, this.#ended(job, picked, service, again));
        else this.#emit({ ...progressAt(job, step, picked.bytes), waiting: this.#waiting.length });
      }, this.#hooks.tick ?? 150);
      this.#jobs.set(job, timer);
    };
    if (this.#jobs.size > 0) this.#waiting.push({ job, start });
    else start();
    return job;
  }

  #emit(progress: Progress): void {
    for (const listener of this.#progress) listener(progress);
  }

  #ended(job: number, picked: Picked, service: string, again: number | null): ImportEnd {
    if (endingOf(picked.name) === "error") return { job, report: null, error: errorOf(picked.name) };
    const report = reportOf(job, service, picked.name);
    if (report.records > 0 && report.state === "done") this.#keep(report);
    if (again !== null) {
      void this.undoImport(again);
      report.again = { instead_of: again, files_now_read: 2, changes: [{ category: "searches", before: 0, after: 692 }] };
    }
    if (picked.bytes > 0 && report.state === "done") {
      const token = `download-${String(job)}`;
      this.#downloads.set(token, picked.name);
      report.download = { token, name: picked.name, bytes: picked.bytes };
    }
    return { job, report, error: null };
  }

  #keep(report: ImportReport): void {
    const service = this.#find(report.service);
    service.imports.unshift(row(report.id, report.service, report.archive, this.#now(), report.records));
    service.listed = true;
    service.records += report.records;
    for (const [group, key] of [[service.kinds, "collected"], [service.categories, "listening"]] as const) {
      group[key] = (group[key] ?? 0) + report.records;
    }
    service.first ??= "2014-05-02";
    service.last ??= "2026-11-18";
    this.#hooks.log?.("import.done", { service: report.service, records: report.records });
  }

  #finish(job: number, end: ImportEnd): void {
    clearInterval(this.#jobs.get(job));
    this.#jobs.delete(job);
    this.#tell("records", "imports", "log");
    for (const listener of this.#end) listener(structuredClone(end));
    if (this.#jobs.size === 0) this.#waiting.shift()?.start();
  }

  async importCancelAll(): Promise<void> {
    for (const { job } of [...this.#waiting]) await this.importCancel(job);
    for (const job of [...this.#jobs.keys()]) await this.importCancel(job);
  }

  async downloadToBin(token: string): Promise<void> {
    this.binned.push(this.#download(token));
  }

  async downloadKeep(token: string): Promise<void> {
    this.#download(token);
  }

  #download(token: string): string {
    const name = this.#downloads.get(token);
    if (name === undefined) throw failure("pick-gone", "The chosen file is no longer known.", "Choose it again.");
    this.#downloads.delete(token);
    return name;
  }

  async watchState(): Promise<WatchState> {
    return structuredClone(this.#watch);
  }

  async watchPick(): Promise<WatchState> {
    return this.#watching({ folder: "/home/robin/Downloads", reachable: true, offers: [] });
  }

  async watchOff(): Promise<WatchState> {
    return this.#watching({ folder: null, reachable: true, offers: [] });
  }

  async watchDismiss(token: string): Promise<WatchState> {
    return this.#watching({ ...this.#watch, offers: this.#watch.offers.filter((one) => one.picked.token !== token) });
  }

  #watching(state: WatchState): WatchState {
    this.#watch = state;
    this.#tell("watch");
    return structuredClone(state);
  }

  arrive(name: string, service: string): void {
    const picked = this.#pick({ token: `watch-${String(++this.#picks)}`, name, bytes: 48_300_000 });
    this.#watching({ ...this.#watch, offers: [...this.#watch.offers, { picked, service, at: this.#now() }] });
  }

  async importCancel(job: number): Promise<void> {
    const waiting = this.#waiting.some((one) => one.job === job);
    this.#waiting = this.#waiting.filter((one) => one.job !== job);
    if (!waiting && !this.#jobs.has(job)) return;
    const report = { ...reportOf(0, "spotify", "archive.zip"), state: "cancelled" };
    this.#finish(job, { job, report, error: null });
  }

  #rows(): { imports: ImportRow[] } {
    const imports = this.#services.flatMap((service) => service.imports);
    return { imports: structuredClone(imports.sort((a, b) => b.at.localeCompare(a.at))) };
  }

  async imports(): Promise<{ imports: ImportRow[] }> {
    return this.#rows();
  }

  async undoImport(id: number): Promise<{ imports: ImportRow[] }> {
    const service = this.#services.find((one) => one.imports.some((row) => row.id === id));
    const gone = service?.imports.find((row) => row.id === id);
    if (!service || gone?.state !== "done") throw failure("no-such", "No such import.", "Look at the list of imports.");
    gone.state = "undone";
    service.records = Math.max(0, service.records - gone.records);
    if (service.records === 0) Object.assign(service, { kinds: {}, categories: {}, first: null, last: null, sensitive: 0 });
    this.#hooks.log?.("import.undone", { service: service.id, records: gone.records });
    this.#tell("records", "imports", "log");
    return this.#rows();
  }

  async openAddress(service: string, what: "export" | "setting", index: number): Promise<void> {
    this.opened.push(`${service}/${what}/${String(index)}`);
  }

  async onProgress(listener: (progress: Progress) => void): Promise<() => void> {
    this.#progress.add(listener);
    return () => this.#progress.delete(listener);
  }

  async onImportEnd(listener: (end: ImportEnd) => void): Promise<() => void> {
    this.#end.add(listener);
    return () => this.#end.delete(listener);
  }

  async onDrag(listener: (over: boolean) => void): Promise<() => void> {
    this.#drag.add(listener);
    return () => this.#drag.delete(listener);
  }

  drag(over: boolean): void {
    for (const listener of this.#drag) listener(over);
  }

  async onDrop(listener: (picked: Picked[]) => void): Promise<() => void> {
    this.#drop.add(listener);
    return () => this.#drop.delete(listener);
  }

  drop(picked: Picked[]): void {
    for (const one of picked) this.#pick(one);
    for (const listener of this.#drop) listener(picked);
  }
}

/** As the core derives them: nothing has happened yet, and what cannot be done is said. */
function effectsOf(purpose: PurposeState): Effect[] {
  const made: Record<string, [action: string, place: string, state: string]> = {
    setting: ["setting", "account", "not-started"], signal: ["signal", "this-browser", "not-started"],
    letter: ["letter", "account", "not-started"], none: ["setting", "account", "unreachable"],
    "not-on-plan": ["setting", "account", "not-applicable"],
  };
  return purpose.availability.flatMap((way) => {
    const [action, place, state] = made[way] ?? [];
    return action && place && state ? [{ action, where: place, state, since: null }] : [];
  });
}

function progressAt(job: number, step: number, bytes: number): Progress {
  const total = bytes || 50_000_000;
  const phase = step < 2 ? "opening" : step < 16 ? "reading" : step < 20 ? "indexing" : "finishing";
  const share = Math.min(1, step / 16);
  return {
    job, phase, done: total * share, total, rows: Math.round(12_345 * share), records: Math.round(12_320 * share),
    seconds: step * 0.4, left: step < 3 ? null : (20 - step) * 0.4, waiting: 0,
  };
}
