// Invented services and import reports for the fake backend; the catalogue facts are shortened. Data only: what
// happens with it is in fake-services.ts.
import type {
  ApiError, Code, FileLine, ImportReport, ImportRow, PurposeState, Service, SettingGuide,
} from "./bindings";

export const failure = (code: Code, message: string, next: string): ApiError => ({ code, message, next });

/** Steps as the catalogue has them: an act and the service's own words. */
function steps(...list: [act: string, label: string][]): SettingGuide["steps"] {
  return list.map(([act, label]) => ({ act, label }));
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

export function spotify(empty: boolean): Service {
  return {
    id: "spotify", name: "Spotify", aliases: [], color: "#1f8a4c", listed: !empty,
    records: empty ? 0 : 184_220, first: empty ? null : "2014-05-02", last: empty ? null : "2026-11-18",
    kinds: empty ? {} : { collected: 183_751, inferred: 355, received: 57, used: 57 },
    categories: empty ? {} : { listening: 183_751, "guessed-interests": 298, "guessed-traits": 57, "ad-groups": 57, shown: 57 },
    sensitive: empty ? 0 : 57, accounts: empty ? [] : ["default"],
    left_out: { undecided: 0, not_mine: 0, hidden: 0 },
    purposes: purposes(SPOTIFY, empty ? null : "2026-11-20T09:12:00Z"), history: { ...UNDECIDED },
    export: {
      address: "https://www.spotify.com/account/privacy/",
      packages: [
        { id: "account", label: "Account data", days: 5, what: ["guessed-interests", "guessed-traits", "ad-groups"], read: true },
        { id: "extended", label: "Extended streaming history", days: 30, what: ["listening", "viewing"], read: true },
        { id: "technical-log", label: "Technical log information", days: 30, what: ["app-use", "shown", "devices"], read: false },
      ],
      steps: steps(["open", "Download your data"], ["tick", "Extended streaming history"], ["tick", "Account data"], ["confirm", "email"]),
      link_expires_days: null, checked_on: "2026-11-02", stale: false,
    },
    imports: empty ? [] : [
      row(2, "spotify", "my_spotify_data (1).zip", "2026-11-20T09:12:00Z", 183_808),
      row(1, "spotify", "my_spotify_data.zip", "2026-11-20T09:10:00Z", 412),
    ],
  };
}

export function netflix(empty: boolean): Service {
  return {
    id: "netflix", name: "Netflix", aliases: [], color: "#a3222d", listed: !empty,
    records: empty ? 0 : 30_911, first: empty ? null : "2016-01-09", last: empty ? null : "2026-06-02",
    kinds: empty ? {} : { collected: 29_103, used: 1_757, received: 4, setting: 47 },
    categories: empty ? {} : { viewing: 28_411, searches: 692, shown: 1_757, "ad-groups": 4, settings: 47 },
    sensitive: 0, accounts: empty ? [] : ["default"],
    left_out: empty ? { undecided: 0, not_mine: 0, hidden: 0 } : { undecided: 460, not_mine: 40, hidden: 3 },
    purposes: purposes(NETFLIX, empty ? null : "2026-06-02T22:00:00Z"), history: { ...UNDECIDED },
    export: {
      address: "https://www.netflix.com/account/getmyinfo",
      packages: [{ id: "full", label: "Download your personal information", days: 30, what: ["viewing", "searches", "shown", "settings"], read: true }],
      steps: steps(["open", "Download your personal information"], ["confirm", "email"]), link_expires_days: null, checked_on: "2026-04-02", stale: true,
    },
    imports: empty ? [] : [row(3, "netflix", "netflix-report.zip", "2026-06-02T22:00:00Z", 30_911)],
  };
}

export function row(id: number, service: string, archive: string, at: string, records: number): ImportRow {
  return { id, service, account: "default", archive, at, records, state: "done", stale: null };
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
    ({ at, recipe, state: "read", reasons, failed_at, notes: (at === "[]" ? { "no-time": 2 } : {}) as Record<string, number>, ...totals });
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
export function endingOf(name: string): "error" | "known" | "nothing" | "read" {
  if (/broken|locked|notes/.test(name)) return "error";
  if (/again/.test(name)) return "known";
  return /nothing/.test(name) ? "nothing" : "read";
}

export function errorOf(name: string): ApiError {
  if (/locked/.test(name)) return failure("encrypted", "The archive is encrypted.", "Unpack it with its password and import the folder.");
  if (/notes/.test(name)) return failure("unknown-service", "No service recognized.", "Check that this is a service export.");
  return failure("truncated", "The archive is cut off.", "Download it again.");
}

/** The worst first; ids and values as the core makes them. */
const TOLD: ImportReport["told"] = [
  { id: "rows-failed", values: { count: { is: "count", value: 3 }, files: { is: "count", value: 1 } } },
  {
    id: "found", values: {
      records: { is: "count", value: 12_317 }, service: { is: "service", value: "spotify" }, from: { is: "year", value: 2014 },
      to: { is: "year", value: 2026 }, categories: { is: "categories", value: ["listening", "viewing"] },
    },
  },
  { id: "gap", values: { category: { is: "category", value: "listening" }, days: { is: "count", value: 314 }, from: { is: "date", value: "2019-03-02" }, to: { is: "date", value: "2020-01-11" }, more: { is: "count", value: 0 } } },
];
const NOTHING_TOLD: ImportReport["told"] = [{ id: "nothing-read", values: { files: { is: "count", value: 4 } } }];

/** Ten-digit counts, still adding up. */
function enlarge(line: FileLine): void {
  const more = 1_234_567_890;
  for (const one of [line, ...line.parts]) Object.assign(one, { rows: one.rows + more, read: one.read + more, records: one.records + more });
}

export function reportOf(id: number, service: string, archive: string): ImportReport {
  const ending = endingOf(archive);
  const all = spotifyFiles(ending === "known");
  if (/huge/.test(archive)) for (const one of all) if (one.state === "read") enlarge(one);
  const files = ending === "nothing" ? all.filter((f) => f.state !== "read") : all;
  return {
    id: ending === "nothing" ? 0 : id, service, account: "default", archive, state: ending === "known" ? "known" : "done", ...sum(files), files,
    coverage: ending === "nothing" ? [] : [{
      category: "listening", first: "2014-05-02T06:41:10Z", last: "2026-11-18T21:03:44Z",
      gaps: [{ from: "2019-03-02", to: "2020-01-11", days: 314, why: "nothing-there" }],
    }],
    warnings: ending === "nothing" ? ["nothing-read"] : ["see-notes"], told: ending === "nothing" ? NOTHING_TOLD : TOLD,
    download: null, again: null,
  };
}
