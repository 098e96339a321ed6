// Services, choices and imports of the fake backend. All of it is invented; the catalogue facts are shortened.
//
// What would surprise: imports run on timers (`tick` milliseconds a step), and an archive's name decides how its import
// ends, so that a test or a picture can ask for every ending (see `endingOf`).
import type { Backend, Topic } from "./backend";
import type {
  ApiError, Change, Changes, Choose, Code, Effect, FileLine, ImportEnd, ImportReport, ImportRow, Picked, Progress,
  PurposeState, Service, SettingGuide,
} from "./bindings";

type Methods =
  | "services" | "service" | "listService" | "choose" | "undoChoice" | "pickArchive" | "importStart" | "importCancel"
  | "imports" | "undoImport" | "openAddress" | "onProgress" | "onImportEnd" | "onDrop";

export type ServicesPart = Pick<Backend, Methods> & {
  /** As if files were dropped on the window. */
  drop(picked: Picked[]): void;
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

const failure = (code: Code, message: string, next: string): ApiError => ({ code, message, next });

/** Steps as the catalogue has them: an act and the service's own words. */
function steps(...list: [act: string, label: string][]): SettingGuide["steps"] {
  return list.map(([act, label]) => ({ act, label })) as unknown as SettingGuide["steps"];
}

function setting(part: Partial<SettingGuide> & Pick<SettingGuide, "label" | "address">): SettingGuide {
  return { steps: [], scope: "account", delay_days: null, checked_on: "2026-11-02", stale: false, ...part };
}

const TAILORED = setting({
  label: "Tailored Ads",
  address: "https://www.spotify.com/account/privacy/",
  steps: steps(["turn-off", "Tailored Ads"]),
});
const NOTIFICATIONS = setting({
  label: "Notification settings",
  address: "https://www.spotify.com/account/notifications/",
  steps: steps(["choose", "topics"]),
  checked_on: "2026-03-14",
  stale: true,
});
const BEHAVIORAL = setting({
  label: "Behavioral Advertising",
  address: "https://www.netflix.com/account",
  steps: steps(["choose", "profile"], ["open", "Privacy and data settings"], ["turn-off", "Behavioral Advertising"]),
  scope: "person",
});
const MATCHED = setting({
  label: "Matched Identifier Communications",
  address: "https://www.netflix.com/account",
  steps: steps(["choose", "profile"], ["open", "Privacy and data settings"], ["turn-off", "Matched Identifier Communications"]),
  scope: "person",
  delay_days: 30,
});

const GROUPS: Record<string, string> = {
  recommendations: "yours", "ads-here": "advertising", "ads-elsewhere": "advertising", "from-elsewhere": "advertising",
  sharing: "advertising", messages: "contact", improvement: "contact", "ai-training": "contact",
};

interface Offer {
  availability: string[];
  settings?: SettingGuide[];
  records?: number;
  shown?: boolean;
  setting?: string;
}

function purposes(offers: Record<string, Offer>, asOf: string | null): PurposeState[] {
  return Object.entries(GROUPS).map(([id, group]) => {
    const offer = offers[id] ?? { availability: ["none"] };
    return {
      id, group, choice: "undecided", until: null, by: null, since: null, effects: [],
      availability: offer.availability,
      settings: offer.settings ?? [],
      their_data: {
        shown_by_any_file: offer.shown ?? offer.records !== undefined,
        records: asOf ? (offer.records ?? 0) : 0,
        setting: asOf ? (offer.setting ?? null) : null,
        as_of: offer.setting ? asOf : null,
      },
    };
  });
}

const SPOTIFY: Record<string, Offer> = {
  recommendations: { availability: ["letter"], records: 181_204 },
  "ads-here": { availability: ["setting", "letter"], settings: [TAILORED], records: 412 },
  "ads-elsewhere": { availability: ["signal", "setting"], settings: [TAILORED], records: 355 },
  "from-elsewhere": { availability: ["setting"], settings: [TAILORED], records: 57 },
  sharing: { availability: ["signal", "letter"], shown: false },
  messages: { availability: ["setting"], settings: [NOTIFICATIONS], records: 0, shown: true },
  improvement: { availability: ["none"] },
  "ai-training": { availability: ["letter"] },
};
const NETFLIX: Record<string, Offer> = {
  recommendations: { availability: ["letter"], records: 30_120 },
  "ads-here": { availability: ["not-on-plan"], settings: [], records: 0, shown: true },
  "ads-elsewhere": { availability: ["setting", "signal"], settings: [BEHAVIORAL, MATCHED], records: 4, setting: "on" },
  "from-elsewhere": { availability: ["setting"], settings: [MATCHED], records: 4 },
  sharing: { availability: ["signal"] },
  messages: { availability: ["setting"], settings: [setting({ label: "Notifications", address: "https://www.netflix.com/account", steps: steps(["open", "Notifications"], ["choose", "topics"]) })], records: 740 },
  improvement: { availability: ["paid"] },
  "ai-training": { availability: ["none"] },
};

const UNDECIDED = { choice: "undecided", until: null, by: null, since: null };

function spotify(empty: boolean): Service {
  return {
    id: "spotify", name: "Spotify", aliases: [], color: "#1f8a4c", listed: !empty,
    records: empty ? 0 : 184_220, first: empty ? null : "2014-05-02", last: empty ? null : "2026-11-18",
    kinds: empty ? {} : { collected: 183_751, inferred: 355, received: 57, used: 57 },
    categories: empty ? {} : { listening: 183_751, "guessed-interests": 298, "guessed-traits": 57, "ad-groups": 57, shown: 57 },
    sensitive: empty ? 0 : 57, accounts: empty ? [] : ["default"],
    purposes: purposes(SPOTIFY, empty ? null : "2026-11-20T09:12:00Z"), history: { ...UNDECIDED },
    export: {
      address: "https://www.spotify.com/account/privacy/",
      packages: [
        { label: "Account data", days: 5 }, { label: "Extended streaming history", days: 30 },
        { label: "Technical log information", days: 30 },
      ],
      steps: steps(["open", "Download your data"], ["tick", "Extended streaming history"], ["tick", "Account data"], ["confirm", "email"]),
      checked_on: "2026-11-02", stale: false,
    },
    imports: empty ? [] : [
      row(2, "spotify", "my_spotify_data (1).zip", "2026-11-20T09:12:00Z", 183_808),
      row(1, "spotify", "my_spotify_data.zip", "2026-11-20T09:10:00Z", 412),
    ],
  };
}

function netflix(empty: boolean): Service {
  return {
    id: "netflix", name: "Netflix", aliases: [], color: "#a3222d", listed: !empty,
    records: empty ? 0 : 30_911, first: empty ? null : "2016-01-09", last: empty ? null : "2026-06-02",
    kinds: empty ? {} : { collected: 29_103, used: 1_757, received: 4, setting: 47 },
    categories: empty ? {} : { viewing: 28_411, searches: 692, shown: 1_757, "ad-groups": 4, settings: 47 },
    sensitive: 0, accounts: empty ? [] : ["default"],
    purposes: purposes(NETFLIX, empty ? null : "2026-06-02T22:00:00Z"), history: { ...UNDECIDED },
    export: {
      address: "https://www.netflix.com/account/getmyinfo",
      packages: [{ label: "Download your personal information", days: 30 }],
      steps: steps(["open", "Download your personal information"], ["confirm", "email"]), checked_on: "2026-04-02", stale: true,
    },
    imports: empty ? [] : [row(3, "netflix", "netflix-report.zip", "2026-06-02T22:00:00Z", 30_911)],
  };
}

function row(id: number, service: string, archive: string, at: string, records: number): ImportRow {
  return { id, service, account: "default", archive, at, records, state: "done" };
}

type Totals = Pick<FileLine, "rows" | "records" | "read" | "known" | "skipped" | "failed">;
const NONE: Totals = { rows: 0, records: 0, read: 0, known: 0, skipped: 0, failed: 0 };

function file(path: string, state: string, totals: Partial<Totals>, more: Partial<FileLine> = {}): FileLine {
  return { path, state, reasons: {}, why: null, parts: [], ...NONE, ...totals, ...more };
}

function spotifyFiles(again: boolean): FileLine[] {
  const read = (rows: number, known: number, skipped: number, failed: number): Totals => {
    const good = rows - skipped - failed;
    const seen = again ? good : known;
    return { rows, records: good, read: good - seen, known: seen, skipped, failed };
  };
  const part = (at: string, recipe: string, totals: Totals, reasons: Record<string, number>, failed_at: number[]) =>
    ({ at, recipe, state: "read", reasons, failed_at, notes: at === "[]" ? { "no-time": 2 } : {}, ...totals });
  const audio = read(12_000, 20, 21, 3);
  const video = read(345, 0, 4, 0);
  const folder = "Spotify Extended Streaming History/";
  return [
    file(`${folder}Streaming_History_Audio_2014-2019_0.json`, "read", audio, {
      reasons: { repeated: 18, empty: 3 },
      parts: [part("[]", "spotify/plays", audio, { repeated: 18, empty: 3 }, [17, 902, 11_004])],
    }),
    file(`${folder}Streaming_History_Video_2018-2026.json`, "read", video, {
      reasons: { repeated: 4 }, parts: [part("[]", "spotify/plays", video, { repeated: 4 }, [])],
    }),
    file(`${folder}ReadMeFirst_ExtendedStreamingHistory.pdf`, "unused", {}, { why: "explains-archive" }),
    file(`${folder}Playlist1.json`, "unused", {}, { why: "not-read-yet" }),
    file(`${folder}Added_In_2026.json`, "unknown", {}),
    file(`${folder}Marquee.json`, "empty", {}),
  ];
}

const sum = (files: FileLine[]): Totals =>
  files.reduce((all, one) => ({
    rows: all.rows + one.rows, records: all.records + one.records, read: all.read + one.read,
    known: all.known + one.known, skipped: all.skipped + one.skipped, failed: all.failed + one.failed,
  }), NONE);

/** How an import of this archive ends: asked for by a word in its name. */
function endingOf(name: string): "error" | "known" | "nothing" | "read" {
  if (/broken|locked|notes/.test(name)) return "error";
  if (/again/.test(name)) return "known";
  return /nothing/.test(name) ? "nothing" : "read";
}

function errorOf(name: string): ApiError {
  if (/locked/.test(name)) return failure("encrypted", "The archive is encrypted.", "Unpack it with its password and import the folder.");
  if (/notes/.test(name)) return failure("unknown-service", "No service recognized.", "Check that this is a service export.");
  return failure("truncated", "The archive is cut off.", "Download it again.");
}

function reportOf(id: number, service: string, archive: string): ImportReport {
  const ending = endingOf(archive);
  const all = spotifyFiles(ending === "known");
  const files = ending === "nothing" ? all.filter((f) => f.state !== "read") : all;
  return {
    id: ending === "nothing" ? 0 : id, service, account: "default", archive, state: ending === "known" ? "known" : "done", ...sum(files), files,
    coverage: ending === "nothing" ? [] : [{ category: "listening", first: "2014-05-02T06:41:10Z", last: "2026-11-18T21:03:44Z", gaps: [] }],
    warnings: ending === "nothing" ? ["nothing-read"] : ["see-notes"],
  };
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
