// Log entries in plain words: one table from every kind to a sentence made of its payload. What a payload lacks
// is left out of the sentence, and the payload itself stands folded below it, so nothing is hidden.
import type { LogEntry } from "../../ipc";
import { bytes, date, list } from "../../lib/format";
import { has, t } from "../../text";
import { purposeWord } from "../../text/words";

type Payload = Record<string, unknown>;

/** What the sentences need to know beside the entry itself. */
export interface Known {
  /** Names of services by id; an unknown one is shown by its id. */
  names: ReadonlyMap<string, string>;
  /** Service ids by import. */
  imports: ReadonlyMap<number, string>;
}
type Names = Known["names"];

interface ChangeSaid {
  service: string;
  what: string;
  to: string;
  until: string | null;
}

const text = (payload: Payload, ...keys: string[]): string | null => {
  for (const key of keys) if (typeof payload[key] === "string" && payload[key] !== "") return payload[key];
  return null;
};
const count = (payload: Payload, ...keys: string[]): number | null => {
  for (const key of keys) if (typeof payload[key] === "number") return payload[key];
  return null;
};
const isPayload = (value: unknown): value is Payload => typeof value === "object" && value !== null && !Array.isArray(value);

function changesOf(payload: Payload): ChangeSaid[] {
  const many = Array.isArray(payload.changes) ? payload.changes.filter(isPayload) : [payload];
  return many.flatMap((one) => {
    const [service, what, to] = [text(one, "service"), text(one, "purpose", "what"), text(one, "to", "value")];
    return service && what && to ? [{ service, what, to, until: text(one, "until") }] : [];
  });
}

function wanted(change: ChangeSaid, names: Names): string {
  const at = change.service === "all-sites" ? t("log-all-sites") : (names.get(change.service) ?? change.service);
  const until = change.until ? date(change.until) : "none";
  const lever = change.what === "history";
  if (lever && /^\d+$/.test(change.to)) return t("log-history-months", { at, until, months: Number(change.to) });
  if (lever && change.to === "pause") return t("log-history-pause", { at, until });
  if (lever) return change.to === "keep" ? t("log-history-keep", { at, until }) : t("log-history-undecided", { at });
  const purpose = purposeWord(change.what);
  if (change.to === "on") return t("log-choice-on", { purpose, at, until });
  return change.to === "off" ? t("log-choice-off", { purpose, at, until }) : t("log-choice-undecided", { purpose, at });
}

function choice(payload: Payload, { names }: Known): string {
  const changes = changesOf(payload);
  const undo = count(payload, "undo_of") !== null;
  if (changes.length === 1 && changes[0]) {
    const now = wanted(changes[0], names);
    return undo ? t("log-choice-undone", { now }) : now;
  }
  if (undo) return t("log-choice-undone-many", { count: changes.length });
  if (changes.length === 0) return t("log-choice");
  const at = [...new Set(changes.map((c) => names.get(c.service) ?? c.service))];
  return t("log-choice-many", { count: changes.length, at: list(at) });
}

function ofService(payload: Payload, { names, imports }: Known): string {
  const id = text(payload, "service") ?? imports.get(count(payload, "import") ?? -1);
  return id ? (names.get(id) ?? id) : t("log-some-service");
}

function imported(payload: Payload, known: Known): string {
  const records = count(payload, "records", "read");
  const service = ofService(payload, known);
  return records === null ? t("log-import", { service }) : t("log-import-records", { service, records });
}

function undone(payload: Payload, known: Known): string {
  const records = count(payload, "removed");
  const service = ofService(payload, known);
  return records === null ? t("log-import-undone", { service }) : t("log-import-undone-records", { service, records });
}

function expired(payload: Payload, { names }: Known): string {
  const changes = changesOf(payload);
  const [change] = changes;
  if (!change) return t("log-choice-expired");
  // What it fell back to is what the change leads to.
  return changes.length > 1 ? t("log-choice-expired-many", { count: changes.length }) : t("log-choice-expired-of", { now: wanted(change, names) });
}

const SETTINGS: Record<string, string> = {
  home_zone: "settings-zone",
  country: "settings-country",
  keep_originals: "settings-keep",
  lock: "settings-lock",
};

function settings(payload: Payload): string {
  const recovery = text(payload, "recovery");
  if (recovery !== null) return word("log-recovery", recovery);
  const way = text(payload, "way");
  if (way !== null) return word(`log-way-${text(payload, "done") ?? ""}`, way);
  const hiding = hid(payload);
  if (hiding !== null) return hiding;
  if ("people" in payload) return t("log-people");
  if ("account" in payload) return t("log-account");
  if ("rule" in payload) return t("log-rule");
  const changed = Object.keys(payload).flatMap((key) => (SETTINGS[key] ? [t(SETTINGS[key])] : []));
  return changed.length === 0 ? t("log-settings") : t("log-settings-of", { changed: list(changed) });
}

/** What was erased is not in the log: only what sort of thing, and how much. */
function erased(payload: Payload): string {
  const records = count(payload, "records");
  const scope = text(payload, "scope");
  if (records === null || scope === null) return t("log-erased");
  return t("log-erased-of", { records, what: word("log-erased-what", scope) });
}

function hid(payload: Payload): string | null {
  const { hidden } = payload;
  if (typeof hidden !== "object" || hidden === null) return null;
  const { hidden: on, records } = hidden as { hidden?: unknown; records?: unknown };
  if (typeof records !== "number") return null;
  return t(on === true ? "log-hid" : "log-showed", { records });
}

function exported(payload: Payload): string {
  const records = count(payload, "records");
  const form = text(payload, "form")?.toUpperCase() ?? "";
  const size = count(payload, "bytes");
  if (records === null) return t("log-profile");
  return t(size === null ? "log-profile-records" : "log-profile-size", { records, form, size: bytes(size ?? 0) });
}

function request(id: string, payload: Payload, known: Known): string {
  return t(id, { service: ofService(payload, known) });
}

function word(prefix: string, id: string): string {
  const message = `${prefix}-${id}`;
  return has(message) ? t(message) : t("log-settings");
}

const SENTENCES: Record<string, (payload: Payload, known: Known) => string> = {
  "vault.made": () => t("log-vault-made"),
  "vault.unlocked": (payload) => (text(payload, "with") === "recovery" ? t("log-vault-unlocked-recovery") : t("log-vault-unlocked")),
  "choice.set": choice,
  "choice.expired": expired,
  "preset.applied": () => t("log-preset"),
  "import.done": imported,
  "import.undone": undone,
  "profile.exported": exported,
  "profile.taken-up": () => t("log-taken-up"),
  "payload.erased": erased,
  "vault.restored": (payload) => {
    const made = text(payload, "made_at");
    return made ? t("log-restored-of", { date: date(made) }) : t("log-restored");
  },
  "key.rotated": (payload) => payload.why === "moved" ? t("log-moved") : t(Array.isArray(payload.dropped) && payload.dropped.length > 0 ? "log-key-rotated-dropped" : "log-key-rotated"),
  "checkpoint.kept": () => t("log-checkpoint-kept"),
  "settings.changed": settings,
  "request.asked": (payload, known) => request("log-request-asked", payload, known),
  "request.ready": (payload, known) => request("log-request-ready", payload, known),
  "request.closed": (payload, known) => request(text(payload, "state") === "imported" ? "log-request-imported" : "log-request-gave-up", payload, known),
  "request.reopened": (payload, known) => request("log-request-reopened", payload, known),
};

/** The kinds that the table has words for. */
export const KNOWN_KINDS: readonly string[] = Object.keys(SENTENCES);

/** What an entry says. */
export function sentence(entry: LogEntry, known: Known): string {
  if (entry.kind === "unreadable") return t("log-unreadable");
  if (entry.payload === null) return t("log-content-missing");
  return SENTENCES[entry.kind]?.(entry.payload, known) ?? t("log-unknown", { kind: entry.kind });
}

/** The payload as it was written, for who wants to see it. */
export function details(entry: LogEntry): string {
  return entry.payload === null ? "" : JSON.stringify(entry.payload, null, 2);
}
