// Which facets a filter lets through, and the counts beside each choice of the filter menus. A facet is the set of
// values that a group of records shares, so filtering and counting need the facets and daily counts only.
import type { Density } from "../../ipc/backend";
import type { Facet, Filter } from "../../ipc/bindings";
import { type ListField, type LIST_KEYS } from "./filter";
import { type Range, UNDATED, dayNumber } from "./days";

export type MenuField = keyof typeof LIST_KEYS | "usable_for";
export interface Option {
  value: string;
  count: number;
}

const VALUE: Record<ListField, (facet: Facet) => string | null> = {
  services: (facet) => facet.service,
  accounts: (facet) => facet.account,
  persons: (facet) => facet.person,
  kinds: (facet) => facet.kind,
  categories: (facet) => facet.category,
};
const LISTS = Object.keys(VALUE) as ListField[];

/** 1 at the number of every facet that the filter lets through; `except` leaves one field out of the question. */
export function mask(facets: Facet[], filter: Filter, except?: MenuField): Uint8Array {
  const size = facets.reduce((most, facet) => Math.max(most, facet.id + 1), 0);
  const shown = new Uint8Array(size);
  for (const facet of facets) if (passes(facet, filter, except)) shown[facet.id] = 1;
  return shown;
}

function passes(facet: Facet, filter: Filter, except?: MenuField): boolean {
  if (facet.hidden === true && filter.hidden !== true) return false;
  for (const field of LISTS) {
    if (field === except || filter[field].length === 0) continue;
    const value = VALUE[field](facet);
    if (value === null || !filter[field].includes(value)) return false;
  }
  if (except !== "usable_for" && filter.usable_for && !facet.usable_for.includes(filter.usable_for)) return false;
  return filter.max_sensitivity === null || facet.sensitivity <= filter.max_sensitivity;
}

/** Records per facet inside the range (undated ones only when there is no range). */
export function countsByFacet(density: Density, size: number, range: Range): Uint32Array {
  const counts = new Uint32Array(size);
  const ranged = range.from !== null || range.to !== null;
  const from = range.from ?? -Infinity;
  const to = range.to ?? Infinity;
  for (let i = 0; i < density.day.length; i++) {
    const day = density.day[i] ?? UNDATED;
    if (day === UNDATED ? ranged : day < from || day > to) continue;
    const facet = density.facet[i] ?? 0;
    counts[facet] = (counts[facet] ?? 0) + (density.count[i] ?? 0);
  }
  return counts;
}

/** Choices of one menu with the records each would show beside the rest of the filter; most first. */
export function options(facets: Facet[], filter: Filter, field: MenuField, counts: Uint32Array): Option[] {
  const shown = mask(facets, filter, field);
  const sums = new Map<string, number>();
  for (const facet of facets) {
    const count = shown[facet.id] === 1 ? (counts[facet.id] ?? 0) : 0;
    for (const value of valuesOf(facet, field)) sums.set(value, (sums.get(value) ?? 0) + count);
  }
  return [...sums].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count || a.value.localeCompare(b.value));
}

function valuesOf(facet: Facet, field: MenuField): string[] {
  if (field === "usable_for") return facet.usable_for;
  const value = VALUE[field](facet);
  return value === null ? [] : [value];
}

export function rangeOf(filter: Filter): Range {
  return {
    from: filter.from === null ? null : dayNumber(filter.from),
    to: filter.to === null ? null : dayNumber(filter.to),
  };
}
