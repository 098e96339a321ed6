// What goes into a profile export: the person's selection, and the request that it makes.
import type { ExportForm, Filter, ProfileRequest } from "../../ipc";

export const PRECISIONS = ["exact", "day", "month", "counts"] as const;
export const FORMS: readonly ExportForm[] = ["json", "csv", "ndjson"];
export type Precision = (typeof PRECISIONS)[number];

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));

export class Selection {
  services = $state.raw<string[]>([]);
  categories = $state.raw<string[]>([]);
  kinds = $state.raw<string[]>([]);
  /** Persons of whom it is not decided whose they are, and who go in because they were ticked here. */
  included = $state.raw<readonly string[]>([]);
  #others: readonly string[] = [];
  from = $state("");
  to = $state("");
  sensitivity = $state<"1" | "2" | "3">("3");
  precision: Precision = $state("exact");
  unmask = $state(false);
  form: ExportForm = $state("json");

  /** Lets these undecided persons in, beside `others`: those who go in, or stay out, anyway. */
  include(names: readonly string[], others: readonly string[]): void {
    this.#others = others;
    this.included = names;
  }

  /** A filter that names persons is about them alone; the empty name stands for what belongs to none. */
  get #persons(): string[] {
    return this.included.length === 0 ? [] : ["", ...this.#others, ...this.included];
  }

  /** The days stand the wrong way round. */
  get backwards(): boolean {
    return isDay(this.from) && isDay(this.to) && this.from > this.to;
  }

  get filter(): Filter {
    return {
      services: this.services, accounts: [], persons: this.#persons, kinds: this.kinds, categories: this.categories, usable_for: null,
      from: isDay(this.from) ? this.from : null,
      to: isDay(this.to) ? this.to : null,
      search: "",
      max_sensitivity: this.sensitivity === "3" ? null : Number(this.sensitivity),
    };
  }

  get request(): ProfileRequest {
    return { filter: this.filter, precision: this.precision, unmask: this.unmask };
  }
}

/** Groups of a count map, largest first. */
export function ranked(counts: Record<string, number | undefined>): { id: string; count: number }[] {
  return Object.entries(counts)
    .map(([id, count]) => ({ id, count: count ?? 0 }))
    .filter((group) => group.count > 0)
    .sort((a, b) => b.count - a.count || a.id.localeCompare(b.id));
}
