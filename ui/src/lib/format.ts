// Numbers, dates and sizes in the reader's way, through Intl. The texts are English, so an English regional
// format is used where the system names one. Instants are shown in the home time zone; days are calendar days.

let zone: string | undefined;
const cache = new Map<string, unknown>();

export function locale(): string {
  const offered = typeof navigator === "undefined" ? [] : navigator.languages;
  return offered.find((tag) => /^en\b/i.test(tag)) ?? "en-US";
}

/** The time zone that defines days; set from the preferences. Unknown names fall back to the system's. */
export function setZone(name: string): void {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    zone = name || undefined;
  } catch {
    zone = undefined;
  }
  cache.clear();
}

function made<T>(key: string, make: () => T): T {
  const known = cache.get(key) as T | undefined;
  if (known !== undefined) return known;
  const fresh = make();
  cache.set(key, fresh);
  return fresh;
}

function dates(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return made(`d${JSON.stringify(options)}`, () => new Intl.DateTimeFormat(locale(), options));
}

function numbers(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return made(`n${JSON.stringify(options)}`, () => new Intl.NumberFormat(locale(), options));
}

export const number = (n: number): string => numbers({}).format(n);
export const compact = (n: number): string =>
  numbers({ notation: "compact", maximumFractionDigits: 1 }).format(n);
/** `share` is 0 to 1. */
export const percent = (share: number): string =>
  numbers({ style: "percent", maximumFractionDigits: share < 0.1 ? 1 : 0 }).format(share);

/** A size in decimal units, as file managers show it. */
export function bytes(n: number): string {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;
  let step = 0;
  let left = n;
  while (left >= 999.5 && step < units.length - 1) {
    left /= 1000;
    step++;
  }
  const digits = step > 0 && left < 99.5 ? 1 : 0;
  const unitDisplay = step === 0 ? "long" : "short";
  return numbers({ style: "unit", unit: units[step], unitDisplay, maximumFractionDigits: digits }).format(left);
}

/** A calendar day, `2026-03-03` or an instant's first ten letters taken as such. */
function calendar(text: string): Date {
  return new Date(`${text.slice(0, 10)}T00:00:00Z`);
}

function guarded(text: string, date: Date, format: (date: Date) => string): string {
  return Number.isNaN(date.getTime()) ? text : format(date);
}

/** "Tuesday, March 3, 2026" from `2026-03-03`. */
export const longDay = (day: string): string =>
  guarded(day, calendar(day), (d) => dates({ dateStyle: "full", timeZone: "UTC" }).format(d));
/** "Mar 3, 2026" from `2026-03-03`. */
export const shortDay = (day: string): string =>
  guarded(day, calendar(day), (d) => dates({ dateStyle: "medium", timeZone: "UTC" }).format(d));
/** "March 2026" from `2026-03-03` or `2026-03`. */
export const month = (day: string): string => {
  const whole = day.length === 7 ? `${day}-01` : day;
  return guarded(day, calendar(whole), (d) => dates({ year: "numeric", month: "long", timeZone: "UTC" }).format(d));
};

/** The calendar day of an instant in the home zone, `YYYY-MM-DD`. */
export function dayOf(instant: string): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return instant;
  // By its parts: how a locale puts a date together differs between web views.
  const iso = made("iso", () => new Intl.DateTimeFormat("en-US-u-ca-gregory-nu-latn", { year: "numeric", month: "2-digit", day: "2-digit", timeZone: zone }));
  const parts = Object.fromEntries(iso.formatToParts(date).map(({ type, value }) => [type, value]));
  return `${(parts["year"] ?? "").padStart(4, "0")}-${parts["month"] ?? ""}-${parts["day"] ?? ""}`;
}

/** "Mar 3, 2026" of an instant, or of a plain day. */
export const date = (instant: string): string =>
  instant.length <= 10
    ? shortDay(instant)
    : guarded(instant, new Date(instant), (d) => dates({ dateStyle: "medium", timeZone: zone }).format(d));
/** "Mar 3" when the instant is in the year of `now`, else "Mar 3, 2025". */
export function nearDate(instant: string, now: Date = new Date()): string {
  const day = instant.length <= 10 ? instant : dayOf(instant);
  if (day.slice(0, 4) !== dayOf(now.toISOString()).slice(0, 4)) return shortDay(day);
  return guarded(day, calendar(day), (d) => dates({ month: "short", day: "numeric", timeZone: "UTC" }).format(d));
}
/** "Mar 3, 2026, 9:12 AM" of an instant. */
export const dateTime = (instant: string): string =>
  guarded(instant, new Date(instant), (d) =>
    dates({ dateStyle: "medium", timeStyle: "short", timeZone: zone }).format(d),
  );
/** "9:12 AM" from `09:12`. */
export const timeOfDay = (hhmm: string): string =>
  guarded(hhmm, new Date(`1970-01-01T${hhmm}:00Z`), (d) => dates({ timeStyle: "short", timeZone: "UTC" }).format(d));
export const year = (instant: string): string => dayOf(instant).slice(0, 4);

/** "3 min 20 s" style, rounded for reading; under a second is "1 s". */
export function duration(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  const unit = (n: number, name: string) =>
    numbers({ style: "unit", unit: name, unitDisplay: "short" }).format(n);
  if (whole < 60) return unit(whole, "second");
  if (whole < 600) return [unit(Math.floor(whole / 60), "minute"), whole % 60 && unit(whole % 60, "second")].filter(Boolean).join(" ");
  if (whole < 3600) return unit(Math.round(whole / 60), "minute");
  const minutes = Math.round(whole / 60) % 60;
  return [unit(Math.floor(Math.round(whole / 60) / 60), "hour"), minutes && unit(minutes, "minute")].filter(Boolean).join(" ");
}

/** "a, b, and c". */
export const list = (items: readonly string[]): string =>
  made("list", () => new Intl.ListFormat(locale(), { type: "conjunction" })).format(items);

/** Compares names as a reader would. */
export const byName = (a: string, b: string): number =>
  made("collator", () => new Intl.Collator(locale(), { numeric: true, sensitivity: "base" })).compare(a, b);
