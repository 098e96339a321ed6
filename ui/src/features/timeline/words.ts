// How a record is put into words: when it was, who was involved, where it was read. Text only.
import type { Filter, TimelineRecord } from "../../ipc";
import { date, longDay, month, shortDay, timeOfDay } from "../../lib/format";
import { has, t } from "../../text";

export interface When {
  /** The time itself, as well as it is known. */
  main: string;
  /** How well that is. */
  note: string;
}

/** When it was, with precision and certainty in words. A date alone is never shown with a time. */
export function whenWords(record: TimelineRecord, service: string): When {
  if (record.day === null) {
    const note = record.as_of === null ? "" : t("timeline-as-of-export", { date: date(record.as_of) });
    return { main: t("timeline-not-dated", { service }), note };
  }
  if (record.precision === "month") return { main: month(record.day), note: t("timeline-month-only") };
  if (record.time === null || record.precision === "day") return { main: longDay(record.day), note: t("timeline-date-only") };
  const main = t("timeline-day-and-time", { day: longDay(record.day), time: timeOfDay(record.time) });
  return { main, note: certaintyWords(record.certainty) };
}

function certaintyWords(certainty: string): string {
  const id = `timeline-certainty-${certainty}`;
  return has(id) ? t(id) : certainty;
}

/** "a data supplier: Invented Data Partners". */
export function partyWords(record: TimelineRecord): string {
  const id = `timeline-party-${record.party}`;
  const party = has(id) ? t(id) : record.party;
  return record.counterparty ? t("timeline-party-named", { party, name: record.counterparty }) : party;
}

/** "Feb 1, 2026 – Mar 31, 2026", "since …", "until …". */
export function rangeWords(filter: Pick<Filter, "from" | "to">): string {
  if (filter.from && filter.to) {
    return filter.from === filter.to ? shortDay(filter.from) : t("timeline-range", { from: shortDay(filter.from), to: shortDay(filter.to) });
  }
  if (filter.from) return t("timeline-since", { from: shortDay(filter.from) });
  return filter.to ? t("timeline-until", { to: shortDay(filter.to) }) : "";
}
