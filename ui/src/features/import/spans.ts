// From when to when something is covered, and where it has holes: as words and as places on one axis of years. Pure.
import type { CheckedRange, Coverage, Gap } from "../../ipc/bindings";
import { dayOf, month, number, shortDay, year } from "../../lib/format";
import { t } from "../../text";

export interface Span {
  category: string;
  first: string;
  last: string;
  gaps: readonly Gap[];
  /** Whether first and last were seen; else they are taken from file names. */
  exact: boolean;
  /** Estimated before reading; unknown after it. */
  records: number | null;
}

export interface Axis {
  /** Whole years. */
  from: number;
  to: number;
}

/** A drawn piece: where it begins and how wide it is, both 0 to 1. */
export interface Piece {
  at: number;
  width: number;
}

/** Newest end first: what goes on today is asked for most. */
export const covered = (coverage: readonly Coverage[]): Span[] =>
  coverage.map((one): Span => ({ ...one, exact: true, records: null })).sort((a, b) => b.last.localeCompare(a.last));

/** In the order of `categories`, then as they come. */
export function expected(ranges: readonly CheckedRange[], categories: readonly string[]): Span[] {
  const place = (id: string) => (categories.includes(id) ? categories.indexOf(id) : categories.length);
  return [...ranges].sort((a, b) => place(a.category) - place(b.category));
}

const DAY = 86_400_000;
const dayNumber = (text: string): number => Date.parse(`${dayOf(text).slice(0, 10)}T00:00:00Z`) / DAY;
const startOf = (years: number): number => Date.UTC(years, 0, 1) / DAY;

/** The years that hold all of them; none if nothing is dated. */
export function axisOf(spans: readonly Span[]): Axis | null {
  if (spans.length === 0) return null;
  const years = spans.flatMap((span) => [Number(year(span.first)), Number(year(span.last))]).filter(Number.isFinite);
  return years.length === 0 ? null : { from: Math.min(...years), to: Math.max(...years) };
}

/** What is drawn: the span without its gaps. Ends after the last day, so that one day is not nothing. */
export function pieces(span: Span, axis: Axis): Piece[] {
  const origin = startOf(axis.from);
  const length = startOf(axis.to + 1) - origin;
  const place = (day: number) => Math.min(1, Math.max(0, (day - origin) / length));
  const out: Piece[] = [];
  let from = dayNumber(span.first);
  const end = dayNumber(span.last) + 1;
  const add = (to: number) => {
    if (to > from) out.push({ at: place(from), width: place(to) - place(from) });
  };
  for (const gap of span.gaps) {
    add(Math.min(dayNumber(gap.from) + 1, end));
    from = Math.max(from, dayNumber(gap.to));
  }
  add(end);
  return out;
}

/** "May 2, 2014 to Nov 18, 2026", or "about May 2014 to November 2026". */
export function spanWords(span: Span): string {
  const say = span.exact ? (at: string) => shortDay(dayOf(at)) : (at: string) => month(dayOf(at));
  const [first, last] = [say(span.first), say(span.last)];
  if (span.exact) return first === last ? first : t("import-span", { first, last });
  return first === last ? t("import-span-about-one", { first }) : t("import-span-about", { first, last });
}

/** "2014 to 2026": the whole of several spans, for a title. */
export function yearsWords(spans: readonly Span[]): string | null {
  const axis = axisOf(spans);
  if (!axis) return null;
  const years = axis.from === axis.to ? String(axis.from) : t("import-years", { from: String(axis.from), to: String(axis.to) });
  return spans.every((span) => span.exact) ? years : t("import-about", { what: years });
}

const GAP_WHY: Record<string, () => string> = {
  "nothing-there": () => t("import-gap-nothing-there"),
  "part-missing": () => t("import-gap-part-missing"),
};

/** "Nothing from Mar 3, 2019 to Jan 10, 2020 (314 days): …": both days are inside the gap. */
export function gapWords(gap: Gap): string {
  const shifted = (day: string, by: number) => shortDay(new Date((dayNumber(day) + by) * DAY).toISOString());
  return t("import-gap", {
    from: shifted(gap.from, 1), to: shifted(gap.to, -1), days: gap.days, why: GAP_WHY[gap.why]?.() ?? gap.why,
  });
}

/** An estimate is not told to the last digit: two figures are what it is worth. */
export function roughly(n: number): string {
  const unit = n < 100 ? 1 : 10 ** (Math.floor(Math.log10(n)) - 1);
  return number(Math.round(n / unit) * unit);
}
