// Services, choices and imports of the fake backend. All of it is invented; the catalogue facts are shortened.
//
// What would surprise: imports run on timers (`tick` milliseconds a step), and an archive's name decides how its import
// ends, so that a test or a picture can ask for every ending (see `endingOf`).
import type { Backend, Topic } from "./backend";
import type {
  Change, Changes, Choose, Effect, ImportEnd, ImportReport, ImportRow, Picked, Progress, PurposeState, Service,
} from "./bindings";
import { endingOf, errorOf, failure, netflix, reportOf, row, spotify } from "./fake-services-data";

type Methods =
  | "services" | "service" | "listService" | "choose" | "undoChoice" | "pickArchive" | "importStart" | "importCancel"
  | "imports" | "undoImport" | "openAddress" | "onProgress" | "onImportEnd" | "onDrag" | "onDrop";

export type ServicesPart = Pick<Backend, Methods> & {
  /** As if files were dropped on the window. */
  drop(picked: Picked[]): void;
  /** As if files were held over the window, or taken away. */
  drag(over: boolean): void;
  /** Addresses that were asked for, newest last. */
  opened: string[];
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

  async pickArchive(kind: "file" | "folder"): Promise<Picked | null> {
    const name = kind === "folder" ? "Spotify Extended Streaming History" : "my_spotify_data.zip";
    return this.#pick({ token: `pick-${String(++this.#picks)}`, name, bytes: kind === "folder" ? 0 : 48_300_000 });
  }

  #pick(picked: Picked): Picked {
    this.#picked.set(picked.token, picked);
    return picked;
  }

  async importStart(token: string, service: string | null): Promise<number> {
    const picked = this.#picked.get(token);
    if (!picked) throw failure("pick-gone", "The chosen file is no longer known.", "Choose it again.");
    if (this.#jobs.size > 0) throw failure("import-running", "An import is running.", "Wait for it to end.");
    if (/either/.test(picked.name) && !service) throw failure("ambiguous", "Two services fit.", "Say which it is.");
    const job = this.#nextId++;
    let step = 0;
    const timer = setInterval(() => {
      step += 1;
      if (step > 20) this.#finish(job, this.#ended(job, picked, service ?? (/netflix/i.test(picked.name) ? "netflix" : "spotify")));
      else this.#emit(progressAt(job, step, picked.bytes));
    }, this.#hooks.tick ?? 150);
    this.#jobs.set(job, timer);
    return job;
  }

  #emit(progress: Progress): void {
    for (const listener of this.#progress) listener(progress);
  }

  #ended(job: number, picked: Picked, service: string): ImportEnd {
    if (endingOf(picked.name) === "error") return { job, report: null, error: errorOf(picked.name) };
    const report = reportOf(job, service, picked.name);
    if (report.records > 0 && report.state === "done") this.#keep(report);
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
  }

  async importCancel(job: number): Promise<void> {
    if (!this.#jobs.has(job)) return;
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
    seconds: step * 0.4, left: step < 3 ? null : (20 - step) * 0.4,
  };
}
