// Log entries in plain words: one table from every kind to a sentence made of its payload. What a payload lacks
// is left out of the sentence, and the payload itself stands folded below it, so nothing is hidden.
import type { LogEntry } from "../../ipc";
import { bytes, date, list, number } from "../../lib/format";
import { t } from "../../text";
import { purposeWord } from "../../text/words";

type Payload = Record<string, unknown>;
/** Names of services by id; an unknown one is shown by its id. */
export type Names = ReadonlyMap<string, string>;

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

function choice(payload: Payload, names: Names): string {
  const changes = changesOf(payload);
  if (changes.length === 1 && changes[0]) return wanted(changes[0], names);
  if (changes.length === 0) return t("log-choice");
  const at = [...new Set(changes.map((c) => names.get(c.service) ?? c.service))];
  return t("log-choice-many", { count: changes.length, at: list(at) });
}

function ofService(payload: Payload, names: Names): string {
  const id = text(payload, "service");
  return id ? (names.get(id) ?? id) : t("log-some-service");
}

function imported(payload: Payload, names: Names): string {
  const records = count(payload, "records", "read");
  const service = ofService(payload, names);
  return records === null ? t("log-import", { service }) : t("log-import-records", { service, records });
}

function exported(payload: Payload): string {
  const records = count(payload, "records");
  const form = text(payload, "form")?.toUpperCase() ?? "";
  const size = count(payload, "bytes");
  if (records === null) return t("log-profile");
  return t(size === null ? "log-profile-records" : "log-profile-size", { records, form, size: bytes(size ?? 0) });
}

const SENTENCES: Record<string, (payload: Payload, names: Names) => string> = {
  "vault.made": () => t("log-vault-made"),
  "vault.unlocked": () => t("log-vault-unlocked"),
  "choice.set": choice,
  "choice.expired": (payload) => {
    const [change] = changesOf(payload);
    return change ? t("log-choice-expired-of", { purpose: purposeWord(change.what) }) : t("log-choice-expired");
  },
  "preset.applied": () => t("log-preset"),
  "import.done": imported,
  "import.undone": (payload, names) => t("log-import-undone", { service: ofService(payload, names) }),
  "profile.exported": exported,
  "profile.taken-up": () => t("log-taken-up"),
  "payload.erased": (payload) => {
    const seq = count(payload, "seq", "entry");
    return seq === null ? t("log-erased") : t("log-erased-of", { seq: number(seq) });
  },
  "key.rotated": () => t("log-key-rotated"),
  "checkpoint.kept": () => t("log-checkpoint-kept"),
  "settings.changed": () => t("log-settings"),
};

/** The kinds that the table has words for. */
export const KNOWN_KINDS: readonly string[] = Object.keys(SENTENCES);

/** What an entry says. */
export function sentence(entry: LogEntry, names: Names): string {
  if (entry.payload === null) return t("log-content-erased");
  return SENTENCES[entry.kind]?.(entry.payload, names) ?? t("log-unknown", { kind: entry.kind });
}

/** The payload as it was written, for who wants to see it. */
export function details(entry: LogEntry): string {
  return entry.payload === null ? "" : JSON.stringify(entry.payload, null, 2);
}
