// What a service holds, counted for the list and for its page.
import type { Service } from "../../ipc/bindings";
import { list, number } from "../../lib/format";
import { CATEGORIES, kindWord, KINDS } from "../../text/words";
import { t } from "../../text";

/** Records that came from or went to others. */
export const fromOthers = (service: Service): number => (service.kinds["received"] ?? 0) + (service.kinds["given-out"] ?? 0);

export const wantedOff = (service: Service): number => service.purposes.filter((purpose) => purpose.choice === "off").length;

/** Color token of a kind; the kinds that come from Thinline share one. */
export function kindColor(kind: string): string {
  if (kind === "received" || kind === "given-out") return "shared";
  return kind === "collected" || kind === "inferred" || kind === "used" || kind === "setting" ? kind : "own";
}

export interface Count {
  id: string;
  count: number;
}

function counts(order: readonly string[], values: { [key in string]: number }): Count[] {
  const ids = [...order, ...Object.keys(values).filter((id) => !order.includes(id))];
  return ids.map((id) => ({ id, count: values[id] ?? 0 })).filter((one) => one.count > 0);
}

/** In the order in which kinds are stacked everywhere. */
export const byKind = (service: Service): Count[] => counts(KINDS, service.kinds);

/** Most records first; equal ones in the order of the closed list. */
export const byCategory = (service: Service): Count[] =>
  counts(CATEGORIES, service.categories).sort((a, b) => b.count - a.count);

export const kindParts = (service: Service): { color: string; count: number }[] =>
  byKind(service).map(({ id, count }) => ({ color: kindColor(id), count }));

export function kindsName(service: Service): string {
  const parts = byKind(service).map(({ id, count }) => t("services-kinds-part", { count: number(count), kind: kindWord(id) }));
  return parts.length > 0 ? t("services-kinds-name", { service: service.name, parts: list(parts) }) : t("services-holds-none");
}
