// Requests, the list of what is to be done and the recovery code of the fake backend. All of it is invented; which world it
// starts with is an option (`requests`), so that a test or a picture can ask for each.
import type { Backend } from "./backend";
import type { Request, Requests, Todo, TodoItem, Unlock } from "./bindings";
import type { FakeWorld } from "./fake-world";

type Methods =
  | "requests" | "requestAsked" | "requestReady" | "requestGiveUp" | "requestReopen" | "calendarSave" | "todo" | "todoLater"
  | "recovery" | "recoveryBegin" | "recoverySave" | "recoveryConfirm" | "recoveryCancel" | "recoveryRemove";

const NAMES: Record<string, string> = { spotify: "Spotify", netflix: "Netflix" };
const PACKAGES: Record<string, { label: string; days: number }> = {
  account: { label: "Account data", days: 5 },
  extended: { label: "Extended streaming history", days: 30 },
  "technical-log": { label: "Technical log information", days: 30 },
  full: { label: "Download your personal information", days: 30 },
};

/** The words of no real code: the checksum does not fit. */
export const FAKE_WORDS = [
  "harbor", "candle", "tide", "window", "maple", "velvet", "orbit", "pencil", "garden", "silver", "thunder", "cousin", "meadow",
  "lantern", "puzzle",
];
const ASK = [3, 8, 14];

const DAY = 86_400_000;
const dayText = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
const days = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY);

export function fakeRequests(world: FakeWorld): Pick<Backend, Methods> {
  const today = dayText(Date.now());
  const back = (n: number): string => dayText(Date.parse(today) - n * DAY);
  const ahead = (day: string, n: number): string => dayText(Date.parse(day) + n * DAY);
  let next = 1;
  let recovery = { set: world.options.recovery, since: world.options.recovery ? "2026-10-02T09:00:00Z" : null };
  const later = new Set<string>();
  const rows: Request[] = [];

  function made(service: string, packageId: string, asked: string): Request {
    const { label, days: takes } = PACKAGES[packageId] ?? { label: packageId, days: 30 };
    return {
      id: next++, service, name: NAMES[service] ?? service, package: packageId, label, state: "asked", overdue: false, asked_on: asked,
      expected_by: ahead(asked, takes), ready_on: null, link_expires: null, closed_on: null, import: null, days_left: null,
      duty: null, contact: service === "netflix" ? "privacy@netflix.com" : "privacy@spotify.com",
    };
  }

  function seed(): void {
    const which = world.options.requests;
    if (which === "waiting" || which === "all") {
      rows.push(made("spotify", "extended", back(4)), made("spotify", "account", back(4)), made("netflix", "full", back(12)));
    }
    if (which === "overdue" || which === "all") rows.push(made("spotify", "technical-log", back(41)));
    if (which === "ready" || which === "all") {
      if (which === "all") rows.splice(0, rows.length, ...rows.filter((row) => row.package !== "account"));
      rows.push({ ...made("spotify", "account", back(13)), state: "ready", ready_on: back(11), link_expires: ahead(today, 3) });
      rows.push({ ...made("netflix", "full", back(160)), state: "imported", closed_on: back(150), import: 3 });
    }
  }
  seed();

  function seen(row: Request): Request {
    const overdue = row.state === "asked" && row.expected_by < today;
    const until = row.state === "asked" ? row.expected_by : row.state === "ready" ? row.link_expires : null;
    const due = ahead(row.asked_on, 31);
    const duty = row.state === "asked"
      ? { rule: "gdpr", due, over: due < today, source: "https://eur-lex.europa.eu/eli/reg/2016/679/oj", checked_on: "2026-11" }
      : null;
    return { ...row, overdue, days_left: until === null ? null : days(today, until), duty };
  }

  const all = (): Requests => ({ requests: rows.map(seen).reverse(), today });
  const find = (id: number): Request => {
    const row = rows.find((one) => one.id === id);
    if (!row) throw world.error("no-such");
    return row;
  };
  function told(kind: string, row: Request): Requests {
    world.note(kind, { request: row.id, service: row.service, package: row.package, state: row.state, asked_on: row.asked_on, expected_by: row.expected_by });
    world.emit("requests", "records", "choices", "log");
    return all();
  }

  function item(id: string, what: string, more: Partial<TodoItem> = {}): TodoItem {
    return { id, what, service: null, name: null, day: null, count: 0, request: null, can_wait: true, ...more };
  }
  function ofRequest(row: Request): TodoItem {
    const day = row.state === "asked" ? row.expected_by : row.state === "ready" ? (row.link_expires ?? row.ready_on) : row.closed_on;
    return item(`request-${String(row.id)}`, "request", { service: row.service, name: row.name, day, request: row, can_wait: row.overdue });
  }
  function list(): Todo {
    const items = rows.map(seen).map(ofRequest);
    const of = (test: (row: Request) => boolean) => items.filter((one) => one.request && test(one.request)).sort((a, b) => (a.day ?? "").localeCompare(b.day ?? ""));
    const now = of((row) => row.state === "ready" || row.overdue);
    const imported = world.options.records > 0;
    if (imported && !recovery.set && !world.state.sample) now.push(item("recovery", "recovery", { day: back(3) }));
    if (imported) now.push(item("people-netflix", "people", { service: "netflix", name: "Netflix", count: 2 }));
    else if (world.options.listed) {
      for (const id of ["netflix", "spotify"]) {
        if (!rows.some((row) => row.service === id)) now.push(item(`ask-${id}`, "ask", { service: id, name: NAMES[id] ?? id }));
      }
    }
    return {
      now: now.filter((one) => !later.has(one.id)), waiting: of((row) => row.state === "asked" && !row.overdue),
      done: of((row) => row.state === "imported" || row.state === "gave-up").reverse(), today,
    };
  }

  return {
    requests: () => world.open(all),
    requestAsked: ({ service, packages, asked_on }) =>
      world.open(() => {
        const on = asked_on ?? today;
        if (packages.length === 0 || on > today) throw world.error("bad-value");
        let last: Request | undefined;
        for (const one of packages) {
          for (const row of rows) if (row.package === one && (row.state === "asked" || row.state === "ready")) Object.assign(row, { state: "gave-up", closed_on: today });
          last = made(service, one, on);
          rows.push(last);
        }
        return last ? told("request.asked", last) : all();
      }),
    requestReady: ({ id, ready_on, link_expires }) =>
      world.open(() => {
        const on = ready_on ?? today;
        const row = find(id);
        if (on > today || on < row.asked_on || (link_expires !== null && link_expires < on)) throw world.error("bad-value");
        return told("request.ready", Object.assign(row, { state: "ready", ready_on: on, link_expires }));
      }),
    requestGiveUp: (id) => world.open(() => told("request.closed", Object.assign(find(id), { state: "gave-up", closed_on: today }))),
    requestReopen: (id) => world.open(() => {
      const row = find(id);
      return told("request.reopened", Object.assign(row, { state: row.ready_on ? "ready" : "asked", closed_on: null, import: null }));
    }),
    calendarSave: () => world.open(() => ({ path: "/home/robin/thinline-requests.ics", records: rows.length, bytes: 900, sha256: "5d1c".repeat(16) })),
    todo: () => world.open(list),
    todoLater: (id) => world.open(() => {
      later.add(id);
      world.emit("requests");
      return list();
    }),
    recovery: () => world.open(() => recovery),
    recoveryBegin: (key: Unlock) => world.open(() => {
      if (key.key === "passphrase" && key.passphrase !== "correct horse") throw world.error("wrong-key");
      return { words: [...FAKE_WORDS], ask: [...ASK] };
    }),
    recoverySave: () => world.open(() => ({ path: "/home/robin/thinline-recovery-code.txt", records: 15, bytes: 420, sha256: "5d1c".repeat(16) })),
    recoveryConfirm: (words) => world.open(() => {
      if (ASK.some((place, n) => words[n]?.trim().toLowerCase() !== FAKE_WORDS[place - 1])) throw world.error("recovery-check");
      world.note("settings.changed", { recovery: recovery.set ? "replaced" : "made" });
      recovery = { set: true, since: new Date().toISOString() };
      world.state = { ...world.state, slots: [...new Set([...world.state.slots, "recovery" as const])] };
      world.emit("state", "preferences", "requests", "log");
      return recovery;
    }),
    recoveryCancel: () => world.open(() => undefined),
    recoveryRemove: () => world.open(() => {
      world.note("settings.changed", { recovery: "removed" });
      recovery = { set: false, since: null };
      world.state = { ...world.state, slots: world.state.slots.filter((slot) => slot !== "recovery") };
      world.emit("state", "preferences", "requests", "log");
      return recovery;
    }),
  };
}

/** As the core looks at a code while it is typed; here a word is known if it is one of the fake's. */
export function fakeLook(text: string): { words: number; unknown: number[]; whole: boolean } {
  const typed = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  const unknown = typed.flatMap((word, n) => (FAKE_WORDS.includes(word) ? [] : [n + 1]));
  return { words: typed.length, unknown, whole: typed.join(" ") === FAKE_WORDS.join(" ") };
}
