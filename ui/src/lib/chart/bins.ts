// Cuts a span of days into calendar bins (days, weeks, months, quarters, years) and sums counts into them, one stack
// per series. Days are numbers since 1970-01-01. No drawing here.
// Surprising: the unit follows the room there is; sums never depend on it.

export type Unit = "day" | "week" | "month" | "quarter" | "year";

export interface Bins {
  unit: Unit;
  /** First day of each bin, ascending, and the day after the last bin. */
  edges: Int32Array;
}

const UNITS: [Unit, number][] = [["day", 1], ["week", 7], ["month", 30.44], ["quarter", 91.31], ["year", 365.25]];
const DAY_MS = 86_400_000;

/** The finest unit that needs no more than `most` bins for the days `low` to `high`. */
export function unitFor(low: number, high: number, most: number): Unit {
  const days = high - low + 1;
  for (const [unit, length] of UNITS) if (days / length + 2 <= most) return unit;
  return "year";
}

export function cut(low: number, high: number, most: number): Bins {
  const unit = unitFor(low, high, most);
  const edges = [floor(low, unit)];
  for (;;) {
    const next = step(edges.at(-1) ?? low, unit);
    edges.push(next);
    if (next > high) return { unit, edges: Int32Array.from(edges) };
  }
}

/** First day of the bin that holds `day`. Weeks begin on Monday. */
export function floor(day: number, unit: Unit): number {
  if (unit === "day") return day;
  if (unit === "week") return day - ((((day + 3) % 7) + 7) % 7);
  const date = new Date(day * DAY_MS);
  const month = date.getUTCMonth();
  const at = unit === "month" ? month : unit === "quarter" ? month - (month % 3) : 0;
  return Math.round(Date.UTC(date.getUTCFullYear(), at, 1) / DAY_MS);
}

/** First day of the bin after the one that begins at `start`. */
export function step(start: number, unit: Unit): number {
  if (unit === "day") return start + 1;
  if (unit === "week") return start + 7;
  const date = new Date(start * DAY_MS);
  const months = unit === "month" ? 1 : unit === "quarter" ? 3 : 12;
  return Math.round(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1) / DAY_MS);
}

/** Bin that holds `day`, clamped to the first and the last. */
export function binOf(bins: Bins, day: number): number {
  let low = 0;
  let high = bins.edges.length - 2;
  while (low < high) {
    const mid = (low + high + 1) >> 1;
    if ((bins.edges[mid] ?? 0) <= day) low = mid;
    else high = mid - 1;
  }
  return low;
}

export interface Stacks {
  /** `series * bins` counts: all bins of the first series, then of the second, … */
  counts: Float64Array;
  bins: number;
  /** Tallest stack. */
  peak: number;
  total: number;
}

/**
 * Sums `count[i]` of `day[i]` into the bin of the day and the series that `seriesOf[group[i]]` names.
 * Groups without a series (255 or none) and days outside the bins are left out.
 */
export function stack(
  bins: Bins, day: Int32Array, group: Uint32Array, count: Uint32Array, seriesOf: Uint8Array, series: number,
): Stacks {
  const n = bins.edges.length - 1;
  const low = bins.edges[0] ?? 0;
  const places = placesByDay(bins);
  const counts = new Float64Array(n * series);
  let total = 0;
  for (let i = 0; i < day.length; i++) {
    const at = places[(day[i] ?? 0) - low];
    const line = seriesOf[group[i] ?? 0] ?? 255;
    if (at === undefined || line >= series) continue;
    const value = count[i] ?? 0;
    counts[line * n + at] = (counts[line * n + at] ?? 0) + value;
    total += value;
  }
  return { counts, bins: n, peak: peakOf(counts, n, series), total };
}

/** The bin of every day of the span, so that a hundred thousand counts need no search each. */
function placesByDay(bins: Bins): Uint16Array {
  const low = bins.edges[0] ?? 0;
  const places = new Uint16Array((bins.edges.at(-1) ?? low) - low);
  for (let bin = 0; bin + 1 < bins.edges.length; bin++) {
    places.fill(bin, (bins.edges[bin] ?? 0) - low, (bins.edges[bin + 1] ?? 0) - low);
  }
  return places;
}

function peakOf(counts: Float64Array, bins: number, series: number): number {
  let peak = 0;
  for (let bin = 0; bin < bins; bin++) {
    let sum = 0;
    for (let line = 0; line < series; line++) sum += counts[line * bins + bin] ?? 0;
    peak = Math.max(peak, sum);
  }
  return peak;
}

/** Years to name under the chart: first days of years, at most `most`, evenly spaced. */
export function yearTicks(low: number, high: number, most: number): { day: number; year: number }[] {
  const first = new Date(low * DAY_MS).getUTCFullYear();
  const last = new Date(high * DAY_MS).getUTCFullYear();
  const every = Math.max(1, Math.ceil((last - first + 1) / Math.max(1, most)));
  const ticks = [];
  for (let year = first; year <= last; year += every) {
    ticks.push({ day: Math.max(low, Math.round(Date.UTC(year, 0, 1) / DAY_MS)), year });
  }
  // A span that begins late in a year has no room for that year's number before the next one.
  const [oldest, next] = ticks;
  if (oldest && next && next.day - oldest.day < (high - low) / (2 * most)) ticks.shift();
  return ticks;
}
