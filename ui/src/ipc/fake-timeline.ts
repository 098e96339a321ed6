// The timeline's part of the fake backend: invented records, from a few to ten million, made from their place when
// they are asked for and never all at once. For unit tests and the mock build only; no file here is a real export.
// Surprising: a record is a function of (seed, day, facet, number), so the same question always gets the same answer.
import type { Backend, Density } from "./backend";
import type { Facet, Filter, ImportRow, Page, PageAt, RecordDetail, SearchDensity, TimelineRecord } from "./bindings";

export interface FakeTimelineOptions {
  /** About how many dated records. */
  records: number;
  seed?: number;
}

export type FakeTimeline = Pick<Backend, "facets" | "density" | "searchDensity" | "timelinePage" | "record">;

const UNDATED = -2147483648;
const CUT = 50_000;
const FIRST = 500;
const LAST_DAY = 20_515; // 2026-03-03
const FIRST_DAY = 15_071; // 2011-04-07

interface Sort {
  service: string; account: string; person: string | null; kind: string; category: string; sensitivity: number;
  /** Share of all records; 0: undated facts only. */
  weight: number;
  undated: number;
  precision: string;
  party?: string;
  usable: string[];
  titles: string[];
  by: string[];
  detail: Record<string, string[]>;
  private?: string[];
}

const SONGS = [
  "Low Tide at Noon", "Paper Lanterns", "A Map of Small Rivers", "Northbound", "The Clockmaker's Daughter", "Glass Harbor",
  "Seventeen Windows", "Slow Orbit", "Kitchen Radio", "Weather for Leaving", "لیلة على الماء", "Ферма у моря", "夜の電車",
  "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenlied (Live in der Großmarkthalle, neu abgemischte Fassung)",
  "Blue Hour", "Second Hand", "All the Unsent Letters", "Marigold", "Tin Roof", "Half a Moon", "Saltwater", "Ordinary Ghosts",
];
const ARTISTS = ["The Example Tides", "Marta Beispiel", "Nine Invented Horses", "Petit Exemple", "Ohara & the Samples", "שירה לדוגמה"];
const SHOWS = ["The Lighthouse at Example Point", "Harbor Street", "Six Quiet Winters", "Bakers of Invented Town", "Orbiters", "The Sample Case"];
const EPISODES = ["Pilot", "The Long Way", "Snow", "A Visitor", "What the Cat Saw", "Departures", "Low Water", "Second Key"];
const QUERIES = ["running shoes", "piano for beginners", "rain sounds", "how to sleep", "harbor", "tide tables", "jazz 1959"];
const INTERESTS = ["Running shoes, in the market for", "Likely to move house", "Home cooking", "Classical music", "Frequent traveler", "Podcast listener", "New parents", "Sleep and relaxation"];
const ALL = ["recommendations", "ads-here", "improvement"];
const LISTENING = { platform: ["linux", "android", "ios"], ms_played: ["184000", "42000", "210733"], conn_country: ["DE", "AT"], ip_addr: ["192.0.2.17", "2001:db8::17"] };

const sort = (more: Partial<Sort> & Pick<Sort, "service" | "kind" | "category">): Sort => ({
  account: more.service === "spotify" ? "robin@example.org" : "Example household", person: null, sensitivity: 1, weight: 0,
  undated: 0, precision: "second", usable: ALL, titles: SONGS, by: ARTISTS, detail: {}, ...more,
});

const SORTS: Sort[] = [
  sort({ service: "spotify", kind: "collected", category: "listening", weight: 52, detail: LISTENING, private: ["ip_addr"] }),
  sort({ service: "spotify", kind: "collected", category: "listening", weight: 9, account: "kim@example.org", detail: LISTENING, private: ["ip_addr"] }),
  sort({ service: "spotify", kind: "collected", category: "searches", sensitivity: 2, weight: 3, precision: "minute", titles: QUERIES, by: [""] }),
  sort({ service: "spotify", kind: "inferred", category: "guessed-interests", sensitivity: 2, undated: 34, precision: "none", usable: ["ads-here", "ads-elsewhere"], titles: INTERESTS, by: [""] }),
  sort({ service: "spotify", kind: "received", category: "ad-groups", sensitivity: 2, weight: 0.7, undated: 12, precision: "day", party: "third", usable: ["ads-here", "from-elsewhere"], titles: INTERESTS, by: ["Harbour Shoes Example GmbH", "Invented Data Partners"] }),
  sort({ service: "spotify", kind: "used", category: "shown", weight: 6, usable: ["ads-here"], titles: ["Ad: running shoes", "Ad: holiday by the sea", "Ad: example bank"], by: ["Harbour Shoes Example GmbH"] }),
  sort({ service: "spotify", kind: "collected", category: "devices", weight: 1, usable: [], titles: ["Signed in", "New device"], by: [""], detail: { device: ["Example Phone 9", "linux"], ip: ["192.0.2.44"] }, private: ["ip"] }),
  sort({ service: "spotify", kind: "choice", category: "settings", weight: 0.05, usable: [], titles: ["Ads that follow you: off", "Recommendations: left on"], by: [""] }),
  sort({ service: "spotify", kind: "given-out", category: "off-site", sensitivity: 3, weight: 0.3, precision: "day", party: "second", usable: ["sharing"], titles: ["Shared with a partner"], by: ["Invented Data Partners"] }),
  ...["Robin", "Kim", "Kids"].map((person, i) =>
    sort({ service: "netflix", person, kind: "collected", category: "viewing", sensitivity: 2, weight: [12, 7, 4][i] ?? 1, precision: i === 2 ? "day" : "second", titles: EPISODES, by: SHOWS, detail: { "Device Type": ["Example TV", "Example Tablet"], Country: ["DE (Germany)"], Duration: ["00:42:10", "00:21:05"] } }),
  ),
  sort({ service: "netflix", person: "Robin", kind: "collected", category: "searches", sensitivity: 2, weight: 1, titles: QUERIES, by: [""] }),
  sort({ service: "netflix", person: "Robin", kind: "collected", category: "reactions", sensitivity: 2, weight: 0.6, precision: "day", titles: SHOWS, by: [""] }),
  sort({ service: "netflix", kind: "used", category: "shown", weight: 3, usable: ["recommendations", "messages"], titles: ["E-mail: new this week", "Row: because you watched Orbiters"], by: [""] }),
  sort({ service: "netflix", kind: "inferred", category: "guessed-traits", sensitivity: 3, undated: 3, precision: "none", usable: ["ads-here"], titles: ["Household with children", "Age group 25 to 34", "Watches late"], by: [""] }),
  sort({ service: "netflix", kind: "setting", category: "settings", weight: 0.1, undated: 5, usable: [], titles: ["Personalized ads: on", "Autoplay: on"], by: [""] }),
];

/** A well mixed 32-bit number from three. */
function mix(a: number, b: number, c: number): number {
  let h = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(b + 0x7f4a7c15, 0xc2b2ae35) ^ Math.imul(c + 0x165667b1, 0x27d4eb2f);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return (h ^ (h >>> 15)) >>> 0;
}

/** One record's place: its facet (1-based), its number within day and facet, its second of the day. */
interface Spot { facet: number; n: number; second: number }
interface Text { title: string; by: string }
interface Wanted { shown: boolean[]; hits: boolean[][]; from: number; to: number; undated: boolean }

class Invention {
  readonly #scale: number;
  readonly #seed: number;

  constructor(options: FakeTimelineOptions) {
    this.#seed = options.seed ?? 7;
    const weights = SORTS.reduce((sum, s) => sum + s.weight, 0);
    let shape = 0;
    for (let day = FIRST_DAY; day <= LAST_DAY; day++) shape += this.#shape(day);
    this.#scale = options.records / (weights * shape);
  }

  /** How busy a day is; nothing at all on some days and in one summer. */
  #shape(day: number): number {
    if (day > 20_300 && day < 20_340) return 0;
    const season = 1 + 0.45 * Math.sin(day / 58) + 0.35 * Math.sin(day / 410);
    return season * (0.4 + ((day - FIRST_DAY) / (LAST_DAY - FIRST_DAY)) * 1.1) * (0.5 + (mix(this.#seed, day, 1) % 100) / 100);
  }

  count(day: number, facet: number): number {
    const s = SORTS[facet - 1];
    if (!s || this.#scale === 0) return 0;
    if (day === UNDATED) return s.undated;
    const exact = this.#shape(day) * s.weight * this.#scale;
    const part = (mix(this.#seed, day, facet * 31) % 10_000) / 10_000;
    return Math.floor(exact) + (part < exact % 1 ? 1 : 0);
  }

  text(day: number, facet: number, n: number): Text {
    const s = SORTS[facet - 1];
    const h = mix(day, facet, n);
    return { title: s?.titles[h % s.titles.length] ?? "", by: s?.by[(h >>> 8) % s.by.length] ?? "" };
  }

  second(day: number, facet: number, n: number): number {
    return mix(day ^ this.#seed, facet, n + 77) % 86_400;
  }

  /** The spots of a day that are wanted, newest first. */
  spots(day: number, wanted: Wanted): Spot[] {
    const spots: Spot[] = [];
    for (let facet = 1; facet <= SORTS.length; facet++) {
      if (!wanted.shown[facet]) continue;
      const count = this.count(day, facet);
      for (let n = 0; n < count; n++) {
        if (this.matches(day, facet, n, wanted.hits)) spots.push({ facet, n, second: this.second(day, facet, n) });
      }
    }
    return spots.sort((a, b) => b.second - a.second || b.facet - a.facet || b.n - a.n);
  }

  /** Whether the record's words fit: looked up by which title and name it has. */
  matches(day: number, facet: number, n: number, hits: boolean[][]): boolean {
    if (hits.length === 0) return true;
    const s = SORTS[facet - 1] as Sort;
    const h = mix(day, facet, n);
    return hits[facet - 1]?.[(h % s.titles.length) * s.by.length + ((h >>> 8) % s.by.length)] ?? false;
  }

  wanted(filter: Filter): Wanted {
    const shown = [false, ...SORTS.map((s) => passes(s, filter))];
    const words = partsOf(filter.search);
    const hits = words.length === 0 ? [] : SORTS.map((s) => s.titles.flatMap((title) => s.by.map((by) => fits(`${title} ${by}`, words))));
    const from = filter.from === null ? FIRST_DAY : Math.max(FIRST_DAY, toDay(filter.from));
    const to = filter.to === null ? LAST_DAY : Math.min(LAST_DAY, toDay(filter.to));
    return { shown, hits, from, to, undated: filter.from === null && filter.to === null };
  }
}

const partsOf = (text: string): string[] => text.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);
const fits = (text: string, words: string[]): boolean => words.every((word) => partsOf(text).some((part) => part.startsWith(word)));
const toDay = (text: string): number => Math.floor(Date.parse(`${text}T00:00:00Z`) / 86_400_000);
const toText = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);

function passes(s: Sort, filter: Filter): boolean {
  const has = (list: string[], value: string | null) => list.length === 0 || (value !== null && list.includes(value));
  return (
    has(filter.services, s.service) && has(filter.accounts, s.account) && has(filter.persons, s.person) &&
    has(filter.kinds, s.kind) && has(filter.categories, s.category) &&
    (filter.usable_for === null || s.usable.includes(filter.usable_for)) &&
    (filter.max_sensitivity === null || s.sensitivity <= filter.max_sensitivity)
  );
}

function pad(n: number): string {
  return String(n).padStart(2, "0");
}

function recordAt(made: Invention, day: number, spot: Spot): TimelineRecord {
  const s = SORTS[spot.facet - 1] ?? (SORTS[0] as Sort);
  const { title, by } = made.text(day, spot.facet, spot.n);
  const undated = day === UNDATED;
  const time = `${pad(Math.floor(spot.second / 3600))}:${pad(Math.floor((spot.second % 3600) / 60))}`;
  const timed = !undated && (s.precision === "second" || s.precision === "minute");
  const h = mix(spot.n, day, spot.facet + 500);
  const detail: Record<string, string> = {};
  for (const [name, values] of Object.entries(s.detail)) detail[name] = s.private?.includes(name) ? "•••••" : (values[h % values.length] ?? "");
  return {
    id: `${day}.${spot.facet}.${spot.n}`, service: s.service, account: s.account, person: s.person, kind: s.kind,
    origin: s.kind === "inferred" ? "inferred" : "observed", category: s.category,
    at: undated ? null : `${toText(day)}T${timed ? time : "10:00"}:00Z`, day: undated ? null : toText(day), time: timed ? time : null,
    as_of: s.kind === "choice" ? null : "2026-03-03T08:00:00Z", precision: undated ? "none" : s.precision,
    certainty: s.service === "netflix" ? "documented" : "explicit", title, by: s.party ? "" : by, counterparty: s.party ? by : "",
    party: s.party ?? "first", sensitivity: s.sensitivity, can_be_used_for: s.usable,
    source: s.kind === "choice" ? null : { archive: s.service === "spotify" ? "my_spotify_data.zip" : "netflix-report.zip", path: s.service === "spotify" ? "Spotify Extended Streaming History/Streaming_History_Audio_2019_4.json" : "CONTENT_INTERACTION/ViewingActivity.csv", row: (h % 15_000) + 1 },
    detail, masked: s.private ?? [],
  };
}

/** Walks the days of a filter from newest to oldest; `UNDATED` comes last. */
function* daysOf(wanted: Wanted, start: number): Generator<number> {
  if (start !== UNDATED) for (let day = Math.min(start, wanted.to); day >= wanted.from; day--) yield day;
  if (wanted.undated) yield UNDATED;
}

function pageOf(made: Invention, filter: Filter, at: PageAt): Page {
  const wanted = made.wanted(filter);
  if (at.newer) return newerPage(made, wanted, at);
  const [day, skip] = startOf(at, wanted);
  const records: TimelineRecord[] = [];
  const previous = `${day}:${skip}`;
  let skipping = skip;
  for (const each of daysOf(wanted, day)) {
    const spots = made.spots(each, wanted);
    for (let i = skipping; i < spots.length; i++) {
      if (records.length === at.limit) return { records, next: `${each}:${i}`, previous };
      records.push(recordAt(made, each, spots[i] as Spot));
    }
    skipping = 0;
  }
  return { records, next: null, previous };
}

/** From a place (a cursor: without it; a day: from its first moment) towards newer records. */
function newerPage(made: Invention, wanted: Wanted, at: PageAt): Page {
  const [start, bound] = at.cursor ? startOf(at, wanted) : [at.day ? toDay(at.day) : wanted.undated ? UNDATED : wanted.from, Infinity];
  const records: TimelineRecord[] = [];
  let before = bound;
  for (const each of upwards(wanted, start)) {
    const spots = made.spots(each, wanted);
    for (let i = Math.min(before, spots.length) - 1; i >= 0; i--) {
      if (records.length === at.limit) return { records: records.reverse(), next: at.cursor, previous: `${each}:${i + 1}` };
      records.push(recordAt(made, each, spots[i] as Spot));
    }
    before = Infinity;
  }
  return { records: records.reverse(), next: at.cursor, previous: null };
}

function* upwards(wanted: Wanted, start: number): Generator<number> {
  if (start === UNDATED) yield UNDATED;
  for (let day = Math.max(start, wanted.from); day <= wanted.to; day++) yield day;
}

function startOf(at: PageAt, wanted: Wanted): [number, number] {
  if (at.cursor) {
    const [day, skip] = at.cursor.split(":").map(Number);
    return [day ?? UNDATED, skip ?? 0];
  }
  if (at.undated) return [UNDATED, 0];
  return [at.day ? toDay(at.day) : wanted.to, 0];
}

function densityOf(made: Invention): Density {
  const day: number[] = [];
  const facet: number[] = [];
  const count: number[] = [];
  const push = (d: number, f: number, n: number) => {
    if (n === 0) return;
    day.push(d);
    facet.push(f);
    count.push(n);
  };
  for (let f = 1; f <= SORTS.length; f++) push(UNDATED, f, made.count(UNDATED, f));
  for (let d = FIRST_DAY; d <= LAST_DAY; d++) for (let f = 1; f <= SORTS.length; f++) push(d, f, made.count(d, f));
  return { day: Int32Array.from(day), facet: Uint32Array.from(facet), count: Uint32Array.from(count) };
}

function searched(made: Invention, filter: Filter, cut: number): SearchDensity {
  const wanted = made.wanted(filter);
  const bars: number[] = [];
  let hits = 0;
  for (const day of daysOf(wanted, wanted.to)) {
    for (let facet = 1; facet <= SORTS.length; facet++) {
      if (!wanted.shown[facet]) continue;
      let count = 0;
      const most = made.count(day, facet);
      for (let n = 0; n < most; n++) if (made.matches(day, facet, n, wanted.hits)) count++;
      if (count > 0) bars.push(day === UNDATED ? -1 : day, facet, count);
      hits += count;
    }
    if (hits > cut) return { bars, hits, cut: true };
  }
  return { bars, hits, cut: false };
}

function facetsOf(density: Density): Facet[] {
  const counts = new Uint32Array(SORTS.length + 1);
  density.facet.forEach((facet, i) => (counts[facet] = (counts[facet] ?? 0) + (density.count[i] ?? 0)));
  return SORTS.map((s, i) => ({
    id: i + 1, service: s.service, account: s.account, person: s.person, kind: s.kind, category: s.category,
    sensitivity: s.sensitivity, usable_for: s.usable, count: counts[i + 1] ?? 0,
  }));
}

const SEEN: ImportRow[] = [
  { id: 2, service: "spotify", account: "robin@example.org", archive: "my_spotify_data.zip", at: "2026-03-03T08:12:00Z", records: 9_120, state: "done", stale: null },
  { id: 1, service: "spotify", account: "robin@example.org", archive: "my_spotify_data_2024.zip", at: "2024-06-01T17:40:00Z", records: 7_004, state: "done", stale: null },
];

function detailOf(made: Invention, id: string, unmask: boolean): RecordDetail {
  const [day = UNDATED, facet = 1, n = 0] = id.split(".").map(Number);
  const record = recordAt(made, day, { facet, n, second: made.second(day, facet, n) });
  const s = SORTS[facet - 1] as Sort;
  if (unmask) for (const name of s.private ?? []) record.detail[name] = s.detail[name]?.[0] ?? "";
  const table = s.service === "netflix";
  const text = table ? `"${record.title}","${record.by}","${record.at ?? ""}"` : JSON.stringify({ ts: record.at, master_metadata_track_name: record.title, ...record.detail }, null, 1);
  return {
    record: { ...record, masked: unmask ? [] : record.masked }, url: table ? "" : "spotify:track:0000000000000000000000",
    recipe: table ? "netflix/viewing" : "spotify/extended",
    original: record.source ? { header: table ? "Title,Show,Start Time" : null, text, masked: !unmask && record.masked.length > 0 } : null,
    seen_in: record.source ? SEEN : [],
  };
}

/** The timeline's answers over invented records. */
export function fakeTimeline(options: FakeTimelineOptions): FakeTimeline {
  const made = new Invention(options);
  let density: Density | undefined;
  const counts = () => (density ??= densityOf(made));
  return {
    facets: () => Promise.resolve(facetsOf(counts())),
    density: () => Promise.resolve(counts()),
    searchDensity: (filter, first) => Promise.resolve(searched(made, filter, first ? FIRST : CUT)),
    timelinePage: (filter, at) => Promise.resolve(pageOf(made, filter, at)),
    record: (id, unmask) => Promise.resolve(detailOf(made, id, unmask)),
  };
}
