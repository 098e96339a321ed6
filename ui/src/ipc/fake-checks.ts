// Health checks of the fake backend. All invented. Words in an archive's name decide what its check finds: see `checkOf`.
import type { CheckedFile, CheckedRange, ImportCheck, Sentence, Shown } from "./bindings";
import { endingOf, errorOf } from "./fake-services-data";

const MIB = 1 << 20;

type FileParts = Partial<Omit<CheckedFile, "path" | "state">>;

const WHY: Record<string, string> = { unknown: "unknown-name", empty: "no-rows" };

function file(path: string, state: string, more: FileParts = {}): CheckedFile {
  const rows = more.rows ?? 0;
  return {
    path, state, reasons: {}, why: WHY[state] ?? null, parts: [], rows, records: rows, read: rows, known: 0, skipped: 0, failed: 0,
    bytes: rows * 420, first: null, last: null, exact: false, whole: more.exact ?? false, categories: [], ...more,
  };
}

function spotifyFiles(): CheckedFile[] {
  const folder = "Spotify Extended Streaming History/";
  const plays = (name: string, rows: number, first: string, last: string, exact = false) =>
    file(folder + name, "read", { rows, first, last, exact, categories: ["listening"] });
  return [
    plays("Streaming_History_Audio_2014-2017_0.json", 16_000, "2014-05-02T06:41:10Z", "2017-12-31T00:00:00Z"),
    plays("Streaming_History_Audio_2017-2020_1.json", 16_000, "2017-01-01T00:00:00Z", "2020-12-31T00:00:00Z"),
    plays("Streaming_History_Audio_2024-2026_3.json", 9_400, "2024-01-01T00:00:00Z", "2026-11-18T21:03:44Z"),
    file(`${folder}Streaming_History_Video_2018-2026.json`, "read", {
      rows: 345, first: "2018-03-04T19:00:00Z", last: "2026-10-02T20:14:00Z", exact: true, categories: ["viewing"],
    }),
    file(`${folder}ReadMeFirst_ExtendedStreamingHistory.pdf`, "unused", { why: "explains-archive", bytes: 210_000 }),
    file(`${folder}Added_In_2026.json`, "unknown", { bytes: 12_000 }),
    file(`${folder}Streaming_History_Audio_2013_9.json`, "empty", { bytes: 2 }),
  ];
}

function netflixFiles(): CheckedFile[] {
  return [
    file("CONTENT_INTERACTION/ViewingActivity.csv", "read", {
      rows: 28_411, first: "2016-01-09T18:00:00Z", last: "2026-06-01T22:10:00Z", categories: ["viewing", "shown"],
    }),
    file("CONTENT_INTERACTION/SearchHistory.csv", "read", {
      rows: 692, first: "2019-02-11T19:20:00Z", last: "2026-05-30T20:00:00Z", exact: true, categories: ["searches"],
    }),
    file("MESSAGES/MessagesSentByNetflix.csv", "read", {
      rows: 1_757, first: "2022-06-02T17:00:00Z", last: "2026-06-01T17:00:00Z", exact: true, categories: ["shown"],
    }),
    file("ACCOUNT/AccountDetails.csv", "read", { rows: 1, exact: true, categories: ["settings"] }),
    file("SURVEYS/ProductCancellationSurvey.txt", "empty", { bytes: 39 }),
    file("Cover Sheet.pdf", "unused", { why: "explains-archive", bytes: 88_000 }),
  ];
}

function rangesOf(files: CheckedFile[]): CheckedRange[] {
  const categories = [...new Set(files.flatMap((one) => one.categories))];
  return categories.flatMap((category) => {
    const own = files.filter((one) => one.categories.includes(category) && one.first && one.last);
    const firsts = own.map((one) => one.first ?? "").sort();
    const lasts = own.map((one) => one.last ?? "").sort();
    const first = firsts[0], last = lasts.at(-1);
    if (!first || !last) return [];
    return [{
      category, first, last, gaps: [], exact: own.every((one) => one.exact), records: own.reduce((n, one) => n + one.records, 0),
    }];
  });
}

const shown = (category: string, shows: string, pack: string | null = null): Shown => ({ category, shows, package: pack });

const SPOTIFY_SHOWS = [
  shown("listening", "yes"), shown("viewing", "yes"), shown("guessed-interests", "other-package", "Account data"),
  shown("guessed-traits", "other-package", "Account data"), shown("ad-groups", "other-package", "Account data"),
  shown("searches", "other-package", "Account data"), shown("shown", "other-package", "Technical log information"),
];
const NETFLIX_SHOWS = [
  shown("viewing", "yes"), shown("searches", "yes"), shown("shown", "yes"), shown("settings", "yes"), shown("payments", "empty"),
  shown("guessed-interests", "no"), shown("ad-groups", "no"),
];

const remark = (id: string, values: Sentence["values"] = {}): Sentence => ({ id, values });

function counts(files: CheckedFile[]): Record<string, number> {
  const out: Record<string, number> = {};
  for (const one of files) out[one.state] = (out[one.state] ?? 0) + 1;
  return out;
}

/** What an archive without anything odd looks like. */
function plain(archive: string, service: string): ImportCheck {
  const files = service === "netflix" ? netflixFiles() : spotifyFiles();
  const rows = files.reduce((n, one) => n + one.rows, 0);
  const bytes = files.reduce((n, one) => n + one.bytes, 0);
  const pack = service === "netflix"
    ? { id: "full", label: "Download your personal information", generation: "2023", missing: [] }
    : { id: "extended", label: "Extended streaming history", generation: "2024", missing: [] };
  return {
    id: 0, service, account: "default", archive, state: "checked", rows, records: rows, read: rows, known: 0, skipped: 0, failed: 0,
    files, coverage: rangesOf(files), warnings: [], estimated: true, candidates: [], packages: [pack],
    language: service === "netflix" ? "nl-NL" : null, languages: service === "netflix" ? ["nl-NL"] : [], made: "2026-11-19T04:00:00Z", remarks: [], persons: [], accounts: ["default"],
    account_found: "unknown", shows: service === "netflix" ? NETFLIX_SHOWS : SPOTIFY_SHOWS,
    never_shows: service === "netflix" ? ["taste-groups", "ads-shown"] : ["who-supplied"], counts: counts(files),
    bytes: Math.round(bytes / 9), bytes_to_read: bytes, seconds: 4, space: { needed: bytes / 2, free: 40_000 * MIB, enough: true },
    imported: null, date_order: null,
  };
}

function warn(check: ImportCheck, ...remarks: Sentence[]): void {
  check.remarks.push(...remarks);
  check.warnings = check.remarks.map((one) => one.id);
}

/**
 * What the check of an archive of this name finds. Words in the name add findings: `part` (a page is missing), `account`
 * (the lesser package), `printed` (a page instead of a table), `columns` (unknown ones), `list` (Netflix's short list; dates in two readings), `again` (read before), `full` (no room),
 * `huge` (ten-digit counts), `either` (two services), `many` (1,500 unknown files), `family` (five persons), `other` (another account), `nothing`.
 */
export function checkOf(archive: string, service: string | null): ImportCheck {
  if (endingOf(archive) === "error") throw errorOf(archive);
  const has = (word: string) => archive.includes(word);
  const check = plain(archive, service ?? (/netflix/i.test(archive) ? "netflix" : "spotify"));
  if (has("either") && !service) {
    Object.assign(check, { service: "", candidates: ["netflix", "spotify"], packages: [], shows: [], never_shows: [] });
    warn(check, remark("two-services"));
  }
  if (has("huge")) {
    const rows = 1_234_567_890;
    Object.assign(check, { rows, records: rows, read: rows, seconds: 7_400, bytes: 2 ** 40, space: { needed: 2 ** 41, free: 2 ** 43, enough: true } });
    for (const one of [...check.coverage, ...check.files.filter((file) => file.state === "read")]) one.records = rows;
  }
  if (has("nothing")) {
    check.files = check.files.filter((one) => one.state !== "read");
    Object.assign(check, { rows: 0, records: 0, read: 0, coverage: [], counts: counts(check.files) });
    warn(check, remark("nothing-to-read", { files: { is: "count", value: check.files.length } }));
  }
  if (has("full")) {
    check.space = { needed: 900 * MIB, free: 120 * MIB, enough: false };
    warn(check, remark("no-space", { needed: { is: "bytes", value: 900 * MIB }, free: { is: "bytes", value: 120 * MIB } }));
  }
  if (has("part")) {
    const series = "Streaming_History_Audio";
    for (const one of check.packages) one.missing = [{ series, why: "number", numbers: [2], of: null }];
    for (const one of check.coverage) one.gaps = [{ from: "2020-12-31", to: "2024-01-01", days: 1096, why: "part-missing" }];
    warn(check, remark("parts-missing", { count: { is: "count", value: 1 }, series: { is: "text", value: series }, numbers: { is: "text", value: "2" } }));
  }
  if (has("printed")) {
    check.files.push(file("Printed/ViewingActivity.pdf", "unused", { why: "other-format", bytes: 88_000 }));
    check.counts = counts(check.files);
    warn(check, remark("other-format", {
      count: { is: "count", value: 1 }, form: { is: "text", value: "CSV" },
      package: { is: "text", value: "Download your personal information" },
      address: { is: "text", value: "https://www.netflix.com/account/getmyinfo" },
    }));
  }
  if (has("columns")) {
    check.files.push(file("Extra/SearchHistory.csv", "unused", { why: "unknown-columns", bytes: 9_000 }));
    check.counts = counts(check.files);
    warn(check, remark("unknown-columns", { count: { is: "count", value: 1 } }));
  }
  if (has("account")) {
    check.packages = [{ id: "account", label: "Account data", generation: null, missing: [] }];
    warn(check, remark("lesser-package", { have: { is: "text", value: "Account data" }, better: { is: "text", value: "Extended streaming history" } }));
  }
  if (has("list")) {
    check.packages = [{ id: "small-list", label: "Viewing history", generation: null, missing: [] }];
    check.date_order = { example: "3/4/25", day_first: "2025-04-03", month_first: "2025-03-04" };
    warn(check, remark("date-order"), remark("lesser-package", { have: { is: "text", value: "Viewing history" }, better: { is: "text", value: "Download your personal information" } }));
  }
  if (has("again")) {
    check.state = "known";
    check.imported = { import: 2, at: "2026-11-20T09:12:00Z", stale: false };
    Object.assign(check, { known: check.rows, read: 0 });
    warn(check, remark("known", { at: { is: "date", value: "2026-11-20T09:12:00Z" } }));
  }
  if (has("other")) {
    Object.assign(check, { account: "", account_found: "new" });
    warn(check, remark("other-account"));
  }
  if (has("family")) check.persons = ["Robin", "Alex", "Kids", "\u05d3\u05e0\u05d9", "Gro\u00dfmutter Wilhelmine"];
  if (has("many")) {
    check.files.push(...Array.from({ length: 1500 }, (_, n) => file(`Extra/Event_${String(n)}.json`, "unknown", { bytes: 900 })));
    check.counts = counts(check.files);
    warn(check, remark("unknown-files", { count: { is: "count", value: 1501 } }));
  }
  return check;
}
