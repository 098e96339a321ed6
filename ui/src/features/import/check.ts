// What the check of an archive says and asks, before anything is read. Pure: a check in, words and questions out.
import type { CheckedFile, ImportAsk, ImportCheck, ImportReport, Sentence } from "../../ipc/bindings";
import { list, locale } from "../../lib/format";
import { has, t } from "../../text";
import { fileWord, reasonLines } from "./report";
import { categoryInside, type Names } from "./sentence";
import { covered, expected, type Span, yearsWords } from "./spans";

export const NO_ANSWERS: ImportAsk = { service: null, account: null, date_order: null };

/** What only the person can say. */
export type Question = "service" | "account" | "dates";

/** Questions without an answer yet; the service comes first, as it decides what else is asked. */
export function questions(check: ImportCheck, ask: ImportAsk): Question[] {
  const dates: Question[] = check.date_order !== null && ask.date_order === null ? ["dates"] : [];
  // What was imported already knows its account. How its dates were read is not noted, so reading it again asks.
  if (check.imported) return wayOf(check) === "again" ? dates : [];
  if (check.candidates.length > 0 && ask.service === null) return ["service"];
  const open: Question[] = [];
  if (asksAccount(check) && !ask.account?.trim()) open.push("account");
  return [...open, ...dates];
}

/** Another account than those known; or no word on which, where there are several. */
export const asksAccount = (check: ImportCheck): boolean =>
  check.account_found === "new" || (check.account_found === "unknown" && check.accounts.length > 1);

/** What the main button does: import, read the known one again, look again once there is room, or nothing. */
export type Way = "import" | "again" | "recheck" | "none";

export function wayOf(check: ImportCheck): Way {
  if (check.imported) return check.imported.stale ? "again" : "none";
  if (check.candidates.length === 0 && (check.counts["read"] ?? 0) === 0) return "none";
  return check.space.enough ? "import" : "recheck";
}

/** Whether pressing "Import" would start it. */
export const isReady = (check: ImportCheck, ask: ImportAsk): boolean => {
  const way = wayOf(check);
  return (way === "import" || way === "again") && questions(check, ask).length === 0;
};

export const spansOf = (check: ImportCheck): Span[] =>
  expected(check.coverage, check.shows.map((one) => one.category));

/** "Spotify · Extended streaming history · about 2014 to 2026"; once it was read, by what was found. */
export function titleOf(check: ImportCheck, report: ImportReport | null, names: Names): string {
  if (check.service === "") return t("import-check-either", { services: list(check.candidates.map(names)) });
  const spans = report && report.coverage.length > 0 ? covered(report.coverage) : spansOf(check);
  return [names(check.service), ...check.packages.map((one) => one.label), yearsWords(spans)]
    .filter((part) => part !== null).join(" · ");
}

/** Questions have their own place; a warning that only announces one is not said twice. */
const ASKED = new Set(["two-services", "date-order", "other-account"]);

export const remarksOf = (check: ImportCheck): Sentence[] => check.remarks.filter((one) => !ASKED.has(one.id));

export interface Missing {
  /** Where it could be had; `null`: nowhere. */
  from: string | null;
  categories: string[];
}

/** What it does not hold, by the package to ask for instead. */
export function elsewhere(check: ImportCheck): Missing[] {
  const packages = [...new Set(check.shows.filter((one) => one.shows === "other-package").map((one) => one.package))];
  return packages.map((from) => ({
    from, categories: check.shows.filter((one) => one.shows === "other-package" && one.package === from).map((one) => one.category),
  }));
}

const withShown = (check: ImportCheck, shows: string): string[] =>
  check.shows.filter((one) => one.shows === shows).map((one) => one.category);

const NAMED = 4;

/** The first of many, and how many more: a sentence of a dozen categories is read by nobody. */
function named(categories: readonly string[]): string[] {
  const shown = categories.slice(0, categories.length > NAMED + 1 ? NAMED : categories.length).map(categoryInside);
  const left = categories.length - shown.length;
  return left > 0 ? [...shown, t("import-limit-more", { count: left })] : shown;
}

const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Sentences on what it cannot show, most useful first. */
export function limits(check: ImportCheck, names: Names): string[] {
  const said = (categories: string[], say: (what: string) => string): string[] =>
    categories.length === 0 ? [] : [say(sentenceCase(list(named(categories))))];
  const service = names(check.service);
  // What another package holds is not called missing in the next line.
  const told = new Set(check.shows.filter((one) => one.shows !== "yes").map((one) => one.category));
  return [
    ...elsewhere(check).flatMap(({ from, categories }) =>
      said(categories, (what) => from === null ? t("import-limit-elsewhere", { what }) : t("import-limit-package", { what, package: from }))),
    ...said(withShown(check, "empty"), (what) => t("import-limit-empty", { what, service })),
    ...said(withShown(check, "not-read"), (what) => t("import-limit-not-read", { what })),
    ...said(withShown(check, "no"), (what) => t("import-limit-no", { what })),
    ...check.never_shows.filter((id) => !told.has(id)).map((id) => (has(`import-never-${id}`) ? t(`import-never-${id}`, { service }) : id)),
  ];
}

/** Categories that it can show and whose time is not known: they get no bar, but they are named. */
export const undatedShows = (check: ImportCheck): string[] =>
  withShown(check, "yes").filter((id) => !check.coverage.some((one) => one.category === id));

/** A language by its tag, in the words of the window's own; a tag that nobody can name stands for itself. */
export function languageWord(tag: string): string {
  try {
    return new Intl.DisplayNames(locale(), { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

export interface CheckedGroup {
  state: string;
  files: CheckedFile[];
  /** Why, with counts, for files that are not used. */
  why: string;
}

const ORDER = ["read", "failed", "unknown", "unused", "empty"];

function reasons(files: readonly CheckedFile[]): string {
  const counts = new Map<string, number>();
  for (const file of files) {
    const why = fileWord(file) ?? "";
    counts.set(why, (counts.get(why) ?? 0) + 1);
  }
  if (counts.size === 1 && counts.has("")) return "";
  return [...counts].sort(([, a], [, b]) => b - a)
    .map(([why, count]) => t("import-reason", { count, reason: why === "" ? t("import-why-none") : why })).join("; ");
}

/** Why a file is not read, or which of its rows will be left out and why. */
export function noteOf(file: CheckedFile): string | null {
  const lines = [fileWord(file), ...reasonLines(file.reasons)].filter((line) => line !== null);
  return lines.length === 0 ? null : lines.join("; ");
}

/** All files by state: what will be read first, then what went wrong, then what is left. */
export function groupsOf(check: ImportCheck): CheckedGroup[] {
  const states = [...new Set([...ORDER, ...check.files.map((file) => file.state)])];
  return states.flatMap((state) => {
    const files = check.files.filter((file) => file.state === state);
    return files.length === 0 ? [] : [{ state, files, why: reasons(files) }];
  });
}
