// Loads the records of a layout page by page and keeps the ones near the reader. Asked for ordinals (places among the
// records), it fetches by key: the end of a day, the start of the undated lane, or a cursor from an earlier page.
// No rows, no DOM. Surprising: nothing is queued. At most two questions run; when one ends, the *latest* wanted
// range decides the next, so a fling over ten years asks for a handful of pages and never for what it flew past.
import type { Filter, Page, PageAt, TimelineRecord } from "../../ipc/bindings";
import { type Days, UNDATED, dayNumber, dayText } from "./days";

export type Load = (filter: Filter, at: PageAt) => Promise<Page>;

/** Most records of one question. */
export const PAGE = 200;
const CHUNK = 100;
const CHUNKS_KEPT = 60;
const CURSORS_KEPT = 2_000;
const RUNNING_MOST = 2;
const MORE_AT_A_TIME = 500;

/** From here on a walk forward is long enough to look whether the way back from the day's end is shorter. */
const FAR = 60;

/** A place where a page can start, or (`newer`) before which it can end. */
interface Anchor {
  ordinal: number;
  at: Partial<PageAt>;
}

export class Pages {
  readonly #chunks = new Map<number, (TimelineRecord | undefined)[]>();
  /** Cursors of pages towards older records, by the ordinal at which they start. */
  readonly #cursors = new Map<number, string>();
  /** Cursors of pages towards newer records, by the ordinal before which they end. */
  readonly #ends = new Map<number, string>();
  readonly #running = new Map<number, number>();
  /** Places that were counted but hold nothing (the store was written to in between): not asked for again. */
  readonly #gaps: [number, number][] = [];
  #wanted: [number, number] = [0, -1];
  #closed = false;
  /** The backend's way back gave other days than it should: use the way forward alone. */
  #oneWay = false;
  #failures = 0;

  constructor(
    readonly days: Days,
    readonly filter: Filter,
    private readonly load: Load,
    private readonly changed: () => void,
    private readonly failed: (error: unknown) => void,
    /** What was shown under the same filter before records changed: stands in until this one's records are there. */
    private before: Pages | null = null,
  ) {
    if (before !== null) before.before = null;
  }

  get(ordinal: number): TimelineRecord | undefined {
    return this.#chunks.get(Math.floor(ordinal / CHUNK))?.[ordinal % CHUNK];
  }

  /** The record to show at a place: its own, or the one that stood at the same place of the same day before. */
  show(ordinal: number): TimelineRecord | undefined {
    const own = this.get(ordinal);
    if (own !== undefined || this.before === null) return own;
    const old = this.before.days;
    if (ordinal >= this.days.dated) return this.before.get(ordinal - this.days.dated + old.dated);
    const place = this.days.placeOf(ordinal);
    const there = old.placeOfDay(this.days.days[place] ?? 0);
    if (there < 0 || old.days[there] !== this.days.days[place]) return undefined;
    const offset = ordinal - (this.days.starts[place] ?? 0);
    return offset < old.countAt(there) ? this.before.get((old.starts[there] ?? 0) + offset) : undefined;
  }

  /** Says which ordinals the reader sees (first and last). Loads what is missing of them. */
  want(first: number, last: number): void {
    this.#wanted = [Math.max(0, first), Math.min(this.days.records - 1, last)];
    this.#touch(first, last);
    this.#pump();
  }

  /** Tries again after a failure. */
  retry(): void {
    this.#failures = 0;
    this.#pump();
  }

  /** Answers that are still under way are dropped from now on. */
  close(): void {
    this.#closed = true;
  }

  /** Records held in memory, for tests. */
  get held(): number {
    return this.#chunks.size * CHUNK;
  }

  #pump(): void {
    while (!this.#closed && this.#failures === 0 && this.#running.size < RUNNING_MOST) {
      const missing = this.#firstMissing();
      if (missing === null || !this.#ask(missing)) return;
    }
  }

  #firstMissing(): number | null {
    const [first, last] = this.#wanted;
    for (let ordinal = first; ordinal <= last; ordinal++) {
      if (this.get(ordinal) !== undefined || this.#isGap(ordinal)) continue;
      if (!this.#isRunning(ordinal)) return ordinal;
    }
    return null;
  }

  #isGap(ordinal: number): boolean {
    return this.#gaps.some(([start, end]) => ordinal >= start && ordinal < end);
  }

  #isRunning(ordinal: number): boolean {
    for (const [start, end] of this.#running) if (ordinal >= start && ordinal < end) return true;
    return false;
  }

  /** The nearest place at or before `ordinal` from which a page can start. */
  #anchorFor(ordinal: number): Anchor {
    const { days } = this;
    let anchor: Anchor;
    if (ordinal >= days.dated) anchor = { ordinal: days.dated, at: { undated: true } };
    else {
      const place = days.placeOf(ordinal);
      anchor = { ordinal: days.starts[place] ?? 0, at: { day: dayText(days.days[place] ?? 0) } };
    }
    for (const [at, cursor] of this.#cursors) {
      if (at > anchor.ordinal && at <= ordinal) anchor = { ordinal: at, at: { cursor } };
    }
    return anchor;
  }

  /** The nearest place after `ordinal` from which a page can go back towards newer records: a day's start in time. */
  #endFor(ordinal: number): Anchor {
    const { days } = this;
    let end: Anchor;
    if (ordinal >= days.dated) end = { ordinal: days.records, at: { newer: true } };
    else {
      const place = days.placeOf(ordinal);
      end = { ordinal: days.starts[place + 1] ?? days.dated, at: { day: dayText(days.days[place] ?? 0), newer: true } };
    }
    for (const [at, cursor] of this.#ends) {
      if (at > ordinal && at < end.ordinal) end = { ordinal: at, at: { cursor, newer: true } };
    }
    return end;
  }

  /** Asks for the page that holds, or leads to, an ordinal. Not if that very question is under way. */
  #ask(missing: number): boolean {
    const anchor = this.#anchorFor(missing);
    const before = missing - anchor.ordinal;
    const end = before > FAR && !this.#oneWay ? this.#endFor(missing) : null;
    const after = end === null ? Infinity : end.ordinal - missing;
    if (end !== null && after < before && after <= PAGE) return this.#askBack(end, Math.min(PAGE, end.ordinal - anchor.ordinal));
    // Far into a day with very many records: walk there, keeping the cursors on the way.
    const limit = before === 0 ? PAGE : Math.min(MORE_AT_A_TIME, before + PAGE);
    return this.#send(anchor.ordinal, anchor.at, limit, anchor.ordinal + limit, (page) => {
      this.#arrived(anchor.ordinal, page);
    });
  }

  #askBack(end: Anchor, limit: number): boolean {
    const start = end.ordinal - limit;
    return this.#send(start, end.at, limit, end.ordinal, (page) => {
      this.#arrivedBack(start, end.ordinal, page);
    });
  }

  #send(start: number, at: Partial<PageAt>, limit: number, end: number, arrived: (page: Page) => void): boolean {
    if (this.#running.has(start)) return false;
    this.#running.set(start, end);
    const question: PageAt = { cursor: null, day: null, undated: false, newer: false, limit, ...at };
    this.load(this.filter, question).then(
      (page) => {
        this.#running.delete(start);
        if (this.#closed) return;
        arrived(page);
        this.changed();
        this.#pump();
      },
      (error: unknown) => {
        this.#broke(start, error);
      },
    );
    return true;
  }

  #arrived(start: number, page: Page): void {
    const next = this.#place(start, page.records);
    if (page.next !== null && page.records.length > 0) this.#remember(this.#cursors, next, page.next);
    if (page.previous !== null) this.#remember(this.#ends, start, page.previous);
    if (page.next === null) this.#markGap(next, this.days.records);
    else if (page.records.length === 0) this.#markGap(start, start + PAGE);
  }

  #arrivedBack(start: number, end: number, page: Page): void {
    const day = start < this.days.dated ? dayText(this.days.days[this.days.placeOf(start)] ?? 0) : null;
    if (page.records.some((record) => record.day !== day)) {
      this.#oneWay = true;
      return;
    }
    const first = Math.max(start, end - page.records.length);
    this.#place(first, page.records.slice(-(end - first)));
    if (page.previous !== null && page.records.length > 0) this.#remember(this.#ends, first, page.previous);
    this.#markGap(start, first);
  }

  #markGap(start: number, end: number): void {
    if (end > start) this.#gaps.push([start, end]);
  }

  #broke(start: number, error: unknown): void {
    this.#running.delete(start);
    if (this.#closed) return;
    this.#failures++;
    this.failed(error);
  }

  /** Puts records in their places; answers the ordinal after the last. Each day begins where the layout says. */
  #place(start: number, records: TimelineRecord[]): number {
    let ordinal = start;
    let day = start < this.days.dated ? (this.days.days[this.days.placeOf(start)] ?? UNDATED) : UNDATED;
    for (const record of records) {
      const own = record.day === null ? UNDATED : (dayNumber(record.day) ?? UNDATED);
      if (own !== day) {
        day = own;
        const landing = this.#startOf(own) ?? ordinal;
        this.#markGap(ordinal, landing);
        ordinal = landing;
      }
      this.#put(ordinal++, record);
    }
    this.#trim();
    return ordinal;
  }

  #startOf(day: number): number | null {
    if (day === UNDATED) return this.days.dated;
    const place = this.days.placeOfDay(day);
    return place >= 0 && this.days.days[place] === day ? (this.days.starts[place] ?? null) : null;
  }

  #put(ordinal: number, record: TimelineRecord): void {
    const key = Math.floor(ordinal / CHUNK);
    const chunk = this.#chunks.get(key) ?? new Array<TimelineRecord | undefined>(CHUNK);
    chunk[ordinal % CHUNK] = record;
    this.#chunks.delete(key);
    this.#chunks.set(key, chunk);
  }

  #touch(first: number, last: number): void {
    for (let key = Math.floor(first / CHUNK); key <= Math.floor(last / CHUNK); key++) {
      const chunk = this.#chunks.get(key);
      if (chunk === undefined) continue;
      this.#chunks.delete(key);
      this.#chunks.set(key, chunk);
    }
  }

  #trim(): void {
    for (const key of this.#chunks.keys()) {
      if (this.#chunks.size <= CHUNKS_KEPT) return;
      this.#chunks.delete(key);
    }
  }

  #remember(cursors: Map<number, string>, ordinal: number, cursor: string): void {
    if (ordinal <= 0 || ordinal >= this.days.records) return;
    cursors.delete(ordinal);
    cursors.set(ordinal, cursor);
    for (const key of cursors.keys()) {
      if (cursors.size <= CURSORS_KEPT) return;
      cursors.delete(key);
    }
  }
}
