// An in-memory backend over invented data, for unit tests and the mock build; never in the real one (main.ts
// imports it only in mode `mock`). It keeps the promises that views rely on: locked means an error, a write
// names its topics, undo brings back what was.
import type { Backend } from "./backend";
import type { AppState, LockRules, LogPage, LogVerified, ProfilePreview, ProfileRequest, SettingsInfo } from "./bindings";
import { toAppError } from "./error";
import { fakeErase } from "./fake-erase";
import { fakeKeys } from "./fake-keys";
import { fakeLook, fakeRequests, FAKE_WORDS } from "./fake-requests";
import { fakeServices, type ServicesPart } from "./fake-services";
import { fakeTimeline } from "./fake-timeline";
import { type FakeOptions, FakeWorld } from "./fake-world";

export type { FakeOptions } from "./fake-world";

export interface Fake extends Backend {
  readonly world: FakeWorld;
  /** Drops files, opened addresses: what a test of services and import may drive. */
  readonly parts: { services: ServicesPart };
}

export const FAKE_PASSPHRASE = "correct horse";

/** From a query string such as `?records=1000000&phase=locked`. */
export function optionsFrom(query: URLSearchParams): FakeOptions {
  const options: FakeOptions = {};
  const phase = query.get("phase");
  if (phase === "first-run" || phase === "locked" || phase === "open" || phase === "fault") options.phase = phase;
  if (query.has("records")) options.records = Number(query.get("records"));
  if (query.has("delay")) options.delay = Number(query.get("delay"));
  if (query.has("sample")) options.sample = query.get("sample") === "1";
  if (query.has("keyring")) options.keyring = query.get("keyring") === "1";
  if (query.has("text")) options.textSize = Number(query.get("text"));
  const requests = query.get("requests");
  if (requests === "waiting" || requests === "overdue" || requests === "ready" || requests === "all") options.requests = requests;
  if (query.has("recovery")) options.recovery = query.get("recovery") === "1";
  if (query.has("listed")) options.listed = query.get("listed") === "1";
  if (query.has("heard")) options.heard = query.get("heard") === "1";
  options.appearance = query.get("theme") ?? "system";
  return options;
}

/** The methods of a part, each behind the lock and the delay. */
function guarded<T extends object>(world: FakeWorld, part: T, names: readonly (keyof T)[]): T {
  const out: Partial<T> = {};
  for (const name of names) {
    const method = part[name] as (...args: unknown[]) => Promise<unknown>;
    out[name] = (async (...args: unknown[]) => {
      await world.open(() => null);
      try {
        return await method.apply(part, args);
      } catch (thrown) {
        throw toAppError(thrown);
      }
    }) as T[keyof T];
  }
  return out as T;
}

export function createFake(options: FakeOptions = {}): Fake {
  const world = new FakeWorld(options);
  const records = () => (world.options.records > 0 ? world.options.records : 0);
  const made = () =>
    fakeServices({
      topics: (topics) => {
        world.emit(...topics);
      },
      log: (kind, payload) => world.note(kind, payload),
      empty: records() === 0,
    });
  const services = made();
  const timeline = fakeTimeline({ records: records() });
  return {
    world,
    parts: { services },
    ...lifecycle(world),
    ...guarded(world, services, [
      "services", "service", "listService", "choose", "undoChoice", "pickArchives", "checkArchive",
      "importStart", "importCancel", "importCancelAll", "importAgain", "downloadToBin", "downloadKeep", "imports",
      "undoImport", "openAddress", "watchState", "watchPick", "watchOff", "watchDismiss",
    ]),
    // The services are asked for on the first run too, before there is a vault.
    services: () => services.services(),
    onProgress: (listener) => services.onProgress(listener),
    onImportEnd: (listener) => services.onImportEnd(listener),
    onDrag: (listener) => services.onDrag(listener),
    onDrop: (listener) => services.onDrop(listener),
    ...guarded(world, timeline, ["facets", "density", "searchDensity"]),
    ...guarded(world, fakeErase(world, timeline), [
      "timelinePage", "record", "erasePlan", "erase", "hide", "rules", "setRule", "people", "setWhose", "renameAccount",
    ]),
    ...profile(world, timeline),
    ...log(world),
    ...settings(world, records),
    ...fakeRequests(world),
    ...fakeKeys(world),
    recoveryLook: (text) => world.wait().then(() => fakeLook(text)),
    onTopics: (listener) => {
      world.topics.add(listener);
      return Promise.resolve(() => world.topics.delete(listener));
    },
  };
}

function lifecycle(world: FakeWorld) {
  const to = (change: Partial<AppState>): AppState => {
    world.state = { ...world.state, ...change };
    world.emit("state", "preferences", "records", "choices", "imports", "log");
    return world.state;
  };
  const after = async <T>(answer: () => T): Promise<T> => {
    await world.wait();
    return answer();
  };
  return {
    appState: () => after(() => world.state),
    setUp: (request: Parameters<Backend["setUp"]>[0]) =>
      after(() => {
        if (request.key === "keyring" && !world.options.keyring) throw world.error("no-keyring");
        world.note("vault.made", { services: request.services, version: "0.1.0" });
        return to({ phase: "open", slots: [request.key], preferences: { ...world.state.preferences, country: request.country } });
      }),
    unlock: (request: Parameters<Backend["unlock"]>[0]) =>
      after(() => {
        if (request.key === "passphrase" && request.passphrase !== FAKE_PASSPHRASE) throw world.error("wrong-key");
        if (request.key === "recovery" && (request.passphrase ?? "").trim() !== FAKE_WORDS.join(" ")) throw world.error("wrong-key");
        return to({ phase: "open" });
      }),
    lockNow: () => after(() => to({ phase: "locked" })),
    keptPlace: () => after(() => world.place),
    lockRules: () => world.open(() => ({ rules: world.lock, heard: world.options.heard })),
    setLockRules: (rules: LockRules) =>
      world.open(() => {
        world.lock = rules;
        world.note("settings.changed", { lock: { ...rules } });
        return { rules, heard: world.options.heard };
      }),
    sampleStart: () => after(() => to({ phase: "open", sample: true })),
    sampleLeave: () => after(() => to({ phase: "first-run", sample: false, slots: [] })),
  } satisfies Partial<Backend>;
}

function profile(world: FakeWorld, timeline: Pick<Backend, "facets" | "timelinePage">) {
  async function preview(request: ProfileRequest): Promise<ProfilePreview> {
    await world.open(() => null);
    const { filter } = request;
    const one = (list: string[], value: string) => list.length === 0 || list.includes(value);
    const facets = (await timeline.facets()).filter(
      (f) => one(filter.services, f.service) && one(filter.kinds, f.kind) && one(filter.categories, f.category) &&
        one(filter.persons, f.person ?? "") &&
        (filter.max_sensitivity === null || f.sensitivity <= filter.max_sensitivity),
    );
    // Every person of the fake is undecided: out, unless named.
    const goes = facets.filter((f) => f.person === null || filter.persons.includes(f.person));
    const left = facets.filter((f) => !goes.includes(f));
    const by = (key: "service" | "kind" | "category") => {
      const out: Record<string, number> = {};
      for (const f of goes) out[f[key]] = (out[f[key]] ?? 0) + f.count;
      return out;
    };
    const undecided = left.reduce((sum, f) => sum + f.count, 0);
    const rows = request.precision === "counts" ? [] : await firstRows(request);
    const kinds = by("kind");
    return {
      records: Object.values(kinds).reduce((sum, n) => sum + n, 0), services: by("service"), categories: by("category"),
      kinds, undecided_persons: undecided, rows,
      undecided_names: [...new Set(left.map((f) => `${f.service}\n${f.person ?? ""}`))].map((pair) => pair.split("\n") as [string, string]),
      choices: world.log.filter((entry) => entry.kind === "choice.set").length,
    };
  }
  async function firstRows(request: ProfileRequest) {
    const at = { cursor: null, day: null, undated: false, newer: false, limit: 40 };
    const page = await timeline.timelinePage(request.filter, at);
    return page.records.filter((r) => r.person === null || request.filter.persons.includes(r.person)).slice(0, 10).map((r) => rounded(r, request.precision));
  }
  return {
    pickSave: (form: string) => world.open(() => ({ token: "save-1", name: `thinline-profile.${form}`, bytes: 0 })),
    profilePreview: preview,
    profileExport: async (_token: string, form: string, request: ProfileRequest) => {
      const { records } = await preview(request);
      world.note("profile.exported", { form, records, precision: request.precision, sha256: "5d1c".repeat(16), unmasked: request.unmask });
      world.emit("log");
      return { path: `/home/robin/thinline-profile.${form}`, records, bytes: 220 * records + 900, sha256: "5d1c".repeat(16) };
    },
  } satisfies Partial<Backend>;
}

type Row = Awaited<ReturnType<Backend["timelinePage"]>>["records"][number];

function rounded(record: Row, precision: string): Row {
  if (precision === "day") return { ...record, at: record.day, time: null };
  if (precision === "month") return { ...record, at: record.day?.slice(0, 7) ?? null, day: null, time: null };
  return record;
}

function log(world: FakeWorld) {
  return {
    logPage: (before: number | null, limit: number) =>
      world.open((): LogPage => {
        const older = world.log.filter((entry) => before === null || entry.seq < before).reverse();
        const entries = older.slice(0, limit);
        const last = entries.at(-1);
        return { entries, next: older.length > limit && last ? last.seq : null, size: world.log.length };
      }),
    logVerify: () =>
      world.open((): LogVerified => ({
        ok: true, size: world.log.length, root: "9f2c41d0".repeat(8), checked_at: new Date().toISOString(), anchor: "match",
        bad_entry: null, fault: null,
      })),
    logCheckpoint: () =>
      world.open(() => `thinline/log/5f1e\n${String(world.log.length)}\nn2xB0J8sQeW1nqk0vGmT3o2Z0Qx9d4n8yR0m1V2p3Qs=\n\n\u2014 thinline/log/5f1e Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5\n`),
  } satisfies Partial<Backend>;
}

function settings(world: FakeWorld, records: () => number) {
  return {
    pickKeyFile: (save: boolean) => world.wait().then(() => ({ token: `key-${String(save)}`, name: "thinline.key", bytes: 32 })),
    settingsInfo: () =>
      world.open((): SettingsInfo => ({
        status: {
          vault: true, locked: false, records: records(), services: 2, imports: 3, log_size: world.log.length, browsers: [],
          data_dir: "/home/robin/.local/share/thinline", bytes: 48_300_000 + 300 * records(),
        },
        slots: world.state.slots, log_key: "thinline/log/5f1e+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        catalogue: "3b7e09d1c2f4a6588e0d4c1b9a7f6352", database: "SQLite 3.50.4, SQLCipher 4.11.0",
        preferences: world.state.preferences,
      })),
    setPreferences: async (preferences: AppState["preferences"]) => {
      await world.wait();
      world.state = { ...world.state, preferences: { ...preferences } };
      world.emit("preferences", "records", "log");
      return world.state;
    },
  } satisfies Partial<Backend>;
}
