// How the timeline is laid out under a filter: which row is a day's header, which its records, and where the undated
// lane begins. Computed from the daily counts alone, before a single record is loaded. No backend, no DOM.
// Surprising: a *row* is a line of the list (headers count), an *ordinal* is a record's place among the records.
import type { Density } from "../../ipc/backend";

/** The day number that stands for "no date" in every density. */
export const UNDATED = -2147483648;

export type Row =
  | { type: "day"; day: number; count: number }
  | { type: "undated"; count: number }
  | { type: "record"; ordinal: number; day: number };

/** Lines of the list: per day (newest first) one header and its records; then the undated lane. */
export class Days {
  /** Days that have records, newest first. */
  readonly days: Int32Array;
  /** Ordinal of each day's first record; one more at the end: the number of dated records. */
  readonly starts: Uint32Array;
  readonly undated: number;
  readonly dated: number;
  readonly records: number;
  readonly rows: number;

  constructor(days: Int32Array, counts: Uint32Array, undated: number) {
    this.days = days;
    this.starts = new Uint32Array(days.length + 1);
    let sum = 0;
    for (let i = 0; i < days.length; i++) {
      this.starts[i] = sum;
      sum += counts[i] ?? 0;
    }
    this.starts[days.length] = sum;
    this.undated = undated;
    this.dated = sum;
    this.records = sum + undated;
    this.rows = this.records + days.length + (undated > 0 ? 1 : 0);
  }

  /** Row of the header of the day at place `i`. */
  headerRow(i: number): number {
    return (this.starts[i] ?? 0) + i;
  }

  /** Row of the undated lane's header (or the end of the list if there is none). */
  get undatedRow(): number {
    return this.dated + this.days.length;
  }

  /** Place of the day whose section holds `row`; `days.length` in the undated lane. */
  sectionOf(row: number): number {
    if (row >= this.undatedRow) return this.days.length;
    let low = 0;
    let high = this.days.length - 1;
    while (low < high) {
      const mid = (low + high + 1) >> 1;
      if (this.headerRow(mid) <= row) low = mid;
      else high = mid - 1;
    }
    return low;
  }

  row(row: number): Row {
    return this.rowIn(this.sectionOf(row), row);
  }

  /** As `row`, when the section is known already. */
  rowIn(section: number, row: number): Row {
    if (section >= this.days.length) {
      const ordinal = row - this.days.length - 1;
      return row === this.undatedRow ? { type: "undated", count: this.undated } : { type: "record", ordinal, day: UNDATED };
    }
    const day = this.days[section] ?? UNDATED;
    if (row === this.headerRow(section)) return { type: "day", day, count: this.countAt(section) };
    return { type: "record", ordinal: row - section - 1, day };
  }

  countAt(section: number): number {
    return (this.starts[section + 1] ?? 0) - (this.starts[section] ?? 0);
  }

  /** Row of the record with this ordinal. */
  rowOf(ordinal: number): number {
    if (ordinal >= this.dated) return ordinal + this.days.length + 1;
    return ordinal + this.placeOf(ordinal) + 1;
  }

  /** Place of the day that holds this ordinal (a dated one). */
  placeOf(ordinal: number): number {
    let low = 0;
    let high = this.days.length - 1;
    while (low < high) {
      const mid = (low + high + 1) >> 1;
      if ((this.starts[mid] ?? 0) <= ordinal) low = mid;
      else high = mid - 1;
    }
    return low;
  }

  /** Place of `day`, or of the next older day that has records, or of the oldest. -1 when no day has any. */
  placeOfDay(day: number): number {
    let low = 0;
    let high = this.days.length - 1;
    while (low < high) {
      const mid = (low + high) >> 1;
      if ((this.days[mid] ?? 0) <= day) high = mid;
      else low = mid + 1;
    }
    return high < 0 ? -1 : low;
  }
}

export interface Range {
  from: number | null;
  to: number | null;
}

/** Sums the daily counts of the facets that `shown` lets through, inside the range, to a layout. */
export function layOut(density: Density, shown: Uint8Array, range: Range): Days {
  const from = range.from ?? -Infinity;
  const to = range.to ?? Infinity;
  const ranged = range.from !== null || range.to !== null;
  const [low, high] = extent(density.day);
  const sums = new Uint32Array(high >= low ? high - low + 1 : 0);
  let undated = 0;
  for (let i = 0; i < density.day.length; i++) {
    if (shown[density.facet[i] ?? 0] !== 1) continue;
    const day = density.day[i] ?? UNDATED;
    if (day === UNDATED) undated += ranged ? 0 : (density.count[i] ?? 0);
    else if (day >= from && day <= to) sums[day - low] = (sums[day - low] ?? 0) + (density.count[i] ?? 0);
  }
  return compact(sums, low, undated);
}

function compact(sums: Uint32Array, low: number, undated: number): Days {
  let n = 0;
  for (const sum of sums) if (sum > 0) n++;
  const days = new Int32Array(n);
  const counts = new Uint32Array(n);
  let at = 0;
  for (let i = sums.length - 1; i >= 0; i--) {
    const sum = sums[i] ?? 0;
    if (sum === 0) continue;
    days[at] = low + i;
    counts[at] = sum;
    at++;
  }
  return new Days(days, counts, undated);
}

/** First and last dated day; `[0, -1]` when there is none. */
export function extent(days: Int32Array): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const day of days) {
    if (day === UNDATED) continue;
    if (day < low) low = day;
    if (day > high) high = day;
  }
  return low > high ? [0, -1] : [low, high];
}

/** `YYYY-MM-DD` to days since 1970-01-01; `null` for anything else. */
export function dayNumber(text: string): number | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!parts) return null;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== text ? null : Math.round(ms / 86_400_000);
}

/** Days since 1970-01-01 to `YYYY-MM-DD`. */
export function dayText(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}
