// The timeline's filter in the page's address, so that going back works and a filter can be linked to.
// Several values repeat their key (`service=spotify&service=netflix`): names of accounts may hold commas.
// Unknown keys and values that cannot be are dropped, never shown as an error.
import type { Filter } from "../../ipc/bindings";
import { dayNumber } from "./days";

export type ListField = "services" | "accounts" | "persons" | "kinds" | "categories";

/** Address key of each list of the filter. */
export const LIST_KEYS: Record<ListField, string> = {
  services: "service",
  accounts: "account",
  persons: "person",
  kinds: "kind",
  categories: "category",
};

/** A search begins at this length. */
export const SHORTEST_SEARCH = 2;

export function emptyFilter(): Filter {
  return {
    services: [], accounts: [], persons: [], kinds: [], categories: [],
    usable_for: null, from: null, to: null, search: "", max_sensitivity: null,
  };
}

export function filterFrom(query: URLSearchParams): Filter {
  const filter = emptyFilter();
  for (const field of fields()) {
    filter[field] = [...new Set(query.getAll(LIST_KEYS[field]).filter((value) => value !== ""))].sort();
  }
  filter.usable_for = query.get("for") || null;
  filter.from = day(query.get("from"));
  filter.to = day(query.get("to"));
  if (filter.from !== null && filter.to !== null && filter.from > filter.to) {
    [filter.from, filter.to] = [filter.to, filter.from];
  }
  filter.search = (query.get("q") ?? "").trim();
  const level = Number(query.get("sensitivity"));
  filter.max_sensitivity = level === 1 || level === 2 ? level : null;
  if (query.get("hidden") === "1") filter.hidden = true;
  return filter;
}

export function queryOf(filter: Filter): URLSearchParams {
  const query = new URLSearchParams();
  for (const field of fields()) {
    for (const value of [...filter[field]].sort()) query.append(LIST_KEYS[field], value);
  }
  if (filter.usable_for) query.set("for", filter.usable_for);
  if (filter.from) query.set("from", filter.from);
  if (filter.to) query.set("to", filter.to);
  if (filter.search) query.set("q", filter.search);
  if (filter.hidden === true) query.set("hidden", "1");
  if (filter.max_sensitivity !== null) query.set("sensitivity", String(filter.max_sensitivity));
  return query;
}

/** The filter with one value of a list switched. */
export function toggled(filter: Filter, field: ListField, value: string): Filter {
  const values = filter[field];
  const next = values.includes(value) ? values.filter((other) => other !== value) : [...values, value].sort();
  return { ...filter, [field]: next };
}

/** Whether the filter leaves everything in. */
export function isEmpty(filter: Filter): boolean {
  return queryOf(filter).size === 0;
}

/** The search that is sent on: none while it is too short. */
export function effectiveSearch(filter: Filter): string {
  return filter.search.length >= SHORTEST_SEARCH ? filter.search : "";
}

function fields(): ListField[] {
  return Object.keys(LIST_KEYS) as ListField[];
}

function day(text: string | null): string | null {
  return text !== null && dayNumber(text) !== null ? text : null;
}
