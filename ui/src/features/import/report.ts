// What the result sheet says and in which order. Pure: a report in, sentences and rows out.
//
// Rows add up (new + known + left out + not read); records are a second number and are never added to them.
import type { FileLine, ImportReport, PartLine, Totals } from "../../ipc/bindings";
import { list, number } from "../../lib/format";
import { has, t } from "../../text";
import { type Names, told } from "./sentence";

export type Tone = "good" | "warn";

export interface Headline {
  tone: Tone;
  sentences: string[];
}

/** Whether rows are exactly what became of them. */
export function addsUp(totals: Totals): boolean {
  return totals.rows === totals.read + totals.known + totals.skipped + totals.failed;
}

const KEYS = ["rows", "records", "read", "known", "skipped", "failed"] as const;

export function sumOf(lines: readonly Totals[]): Totals {
  const sum: Totals = { rows: 0, records: 0, read: 0, known: 0, skipped: 0, failed: 0 };
  for (const line of lines) for (const key of KEYS) sum[key] += line[key];
  return sum;
}

/** Whether every file adds up, and the files add up to the whole. */
export function reportAddsUp(report: ImportReport): boolean {
  const files = sumOf(report.files);
  return addsUp(report) && report.files.every(addsUp) && KEYS.every((key) => files[key] === report[key]);
}

/** "12,300 new, 20 already known, 25 left out": what became of rows, without what is zero. */
function became(totals: Totals): string {
  return [
    totals.read > 0 && t("import-part-read", { count: totals.read }),
    totals.known > 0 && t("import-part-known", { count: totals.known }),
    totals.skipped > 0 && t("import-part-skipped", { count: totals.skipped }),
    totals.failed > 0 && t("import-part-failed", { count: totals.failed }),
  ].filter((part) => part !== false).join(", ");
}

/** "12,345 rows from Spotify: 12,300 new, 20 already known, 25 left out." */
export const rowsSentence = (totals: Totals, service: string): string =>
  t("import-result-rows", { rows: totals.rows, service, parts: became(totals) });

/** The same of one list inside a file. */
export function rowsOfPart(part: Totals): string {
  const rows = t("import-progress-rows", { rows: part.rows });
  const parts = became(part);
  return parts ? t("import-detail-rows", { rows, parts }) : rows;
}

function numbers(report: ImportReport, service: string): string[] {
  if (report.rows === 0) return [];
  const rows = rowsSentence(report, service);
  return report.records > 0 ? [rows, t("import-result-records", { records: report.records })] : [rows];
}

/** What the core tells about it, at most three sentences, the worst first; its own words only where there are none. */
export function opening(report: ImportReport, names: Names): Headline {
  const own = headline(report, names(report.service));
  const tone: Tone = own.tone === "good" && report.failed === 0 && !report.told.some((one) => BAD.has(one.id)) ? "good" : "warn";
  const ends = report.state === "cancelled" || report.state === "known";
  if (ends || report.told.length === 0) return { tone, sentences: own.sentences };
  return { tone, sentences: report.told.map((one) => told(one, names)) };
}

/** Sentences that say that something is missing or wrong. */
const BAD = new Set(["nothing-read", "rows-failed", "files-failed", "part-missing"]);

/** The sentences on top. Whatever ended without new or known rows is a warning, also when nothing went wrong. */
export function headline(report: ImportReport, service: string): Headline {
  const counted = numbers(report, service);
  if (report.state === "cancelled") {
    if (report.id === 0) return { tone: "warn", sentences: [t("import-result-cancelled-gone")] };
    return { tone: "warn", sentences: [t("import-result-cancelled-kept"), ...counted] };
  }
  if (report.read + report.known === 0) {
    return { tone: "warn", sentences: [t("import-result-nothing"), ...counted, t("import-result-nothing-next")] };
  }
  if (report.state === "known") return { tone: "good", sentences: [t("import-result-known"), ...counted] };
  const notes = [
    report.state === "partial" && t("import-result-partial"),
    report.read === 0 && t("import-result-all-known"),
  ].filter((note) => note !== false);
  return { tone: report.state === "partial" ? "warn" : "good", sentences: [...counted, ...notes] };
}

/** Whether the undo of this import takes anything away. */
export const canUndo = (report: ImportReport): boolean => report.id !== 0 && report.state !== "known" && report.read > 0;

const STATES = ["read", "failed", "unknown", "unused", "empty"] as const;

const STATE_WORDS: Record<string, () => string> = {
  read: () => t("import-state-read"),
  failed: () => t("import-state-failed"),
  unknown: () => t("import-state-unknown"),
  unused: () => t("import-state-unused"),
  empty: () => t("import-state-empty"),
};

export const stateWord = (state: string): string => STATE_WORDS[state]?.() ?? state;

const PLANNED: Record<string, () => string> = {
  read: () => t("import-planned-read"),
  failed: () => t("import-planned-failed"),
  unknown: () => t("import-planned-unknown"),
  unused: () => t("import-planned-unused"),
  empty: () => t("import-planned-empty"),
};

/** What would become of files, before anything is read. */
export const plannedWord = (state: string): string => PLANNED[state]?.() ?? state;

/** The account that everything goes to until there is a second one has no name of its own. */
export const accountWord = (account: string): string => (account === "default" ? t("import-account-default") : account);

const PART_WORDS: Record<string, () => string> = {
  unknown: () => t("import-part-state-unknown"),
  empty: () => t("import-part-state-empty"),
  failed: () => t("import-part-state-failed"),
  counted: () => t("import-part-state-counted"),
};

/** What is to be said about a list inside a file, or nothing when it was simply read. */
export const partWord = (state: string): string | null => (state === "read" ? null : (PART_WORDS[state]?.() ?? state));

export interface FileGroup {
  state: string;
  files: FileLine[];
  /** Long lists of files that gave no rows start folded. */
  folded: boolean;
}

/** From how many files on. What is unknown is worth a look, but not a thousand. */
const FOLDS: Record<string, number> = { unused: 4, empty: 4, unknown: 13 };

/** Files by state: what was read, then what went wrong, then what was left. All files are listed. */
export function byState(files: readonly FileLine[]): FileGroup[] {
  const order = [...STATES, ...new Set(files.map((file) => file.state).filter((state) => !STATES.some((known) => known === state)))];
  return order
    .map((state) => ({ state, files: files.filter((file) => file.state === state) }))
    .filter((group) => group.files.length > 0)
    .map((group) => ({ ...group, folded: group.files.length >= (FOLDS[group.state] ?? Infinity) }));
}

function idOr(prefix: string, code: string, fallback: () => string): string {
  const id = `${prefix}-${code}`;
  return has(id) ? t(id) : fallback();
}

/** Why a file is not used. */
export const whyWord = (why: string | null): string =>
  why === null ? t("import-why-none") : idOr("import-why", why, () => t("import-reason-other", { code: why }));

/** States whose files are not read, for a reason that is told beside their names. */
const LEFT = new Set(["unused", "unknown", "empty"]);

/** What is said beside a file's name: why it is not used, or why it could not be read to its end. */
export function fileWord(file: FileLine): string | null {
  if (file.state === "unused" || (file.why !== null && LEFT.has(file.state))) return whyWord(file.why);
  const why = file.why;
  return why === null ? null : idOr("import-broken", why, () => t("import-reason-other", { code: why }));
}

export const reasonWord = (code: string): string =>
  idOr("import-reason", code, () => t("import-reason-other", { code }));

export const warningWord = (code: string): string =>
  idOr("import-warn", code, () => t("import-warn-other", { code }));

/** "18: the same row stands twice in this export", most frequent first. */
export function reasonLines(reasons: { [key in string]: number }): string[] {
  return Object.entries(reasons)
    .sort(([, a], [, b]) => b - a)
    .map(([code, count]) => t("import-reason", { count, reason: reasonWord(code) }));
}

/** Where rows could not be read; says so when the list is only the beginning. */
export function failedLine(at: readonly number[], failed: number): string | null {
  if (at.length === 0) return null;
  const rows = list(at.map(number));
  return at.length < failed ? t("import-detail-failed-more", { rows }) : t("import-detail-failed-at", { rows });
}

/** Whether a file has something to unfold. */
export function hasDetails(file: FileLine): boolean {
  const odd = (part: PartLine) => part.state !== "read" || part.failed > 0 || Object.keys(part.notes).length > 0;
  return Object.keys(file.reasons).length > 0 || file.parts.length > 1 || file.parts.some(odd);
}

const TOLD_ALREADY: Record<string, string> = { "rows-failed": "rows-failed", "file-damaged": "files-failed" };

/** Warnings that the sentences on top have not said already. */
export function warnings(report: ImportReport): string[] {
  const told = new Set(report.told.map((one) => one.id));
  const said = report.warnings.filter((code) => told.has(TOLD_ALREADY[code] ?? code));
  if (report.read + report.known === 0) said.push("nothing-read");
  return [...new Set(report.warnings)].filter((code) => !said.includes(code)).map(warningWord);
}
