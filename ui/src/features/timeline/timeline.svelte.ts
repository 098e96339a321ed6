// What the timeline knows: the filter (from the address), the layout and chart that follow from the daily counts, and
// the records near the reader. No rendering. Make it in a component: it loads by effects.
// Surprising: while a search is answered, everything shown still belongs to the search before; the two never mix.
import { backend, type Density, type Facet, type Filter, type PageAt, type SearchDensity, type Service, type TimelineRecord } from "../../ipc";
import { resource } from "../../lib/resource.svelte";
import { router } from "../../lib/router.svelte";
import { layOut, UNDATED } from "./days";
import { countsByFacet, mask, options, rangeOf, type MenuField, type Option } from "./facets";
import { effectiveSearch, emptyFilter, filterFrom, isEmpty, queryOf } from "./filter";
import { Pages } from "./pages";

interface Facts {
  facets: Facet[];
  density: Density;
  services: Map<string, Service>;
}

interface Found {
  /** What was asked. */
  filter: Filter;
  density: Density;
  hits: number;
  cut: boolean;
}

async function loadFacts(): Promise<Facts> {
  const [facets, density, services] = await Promise.all([backend.facets(), backend.density(), backend.services()]);
  return { facets, density, services: new Map(services.map((service) => [service.id, service])) };
}

export function unpack(found: SearchDensity): Density {
  const n = Math.floor(found.bars.length / 3);
  const density = { day: new Int32Array(n), facet: new Uint32Array(n), count: new Uint32Array(n) };
  for (let i = 0; i < n; i++) {
    const day = found.bars[i * 3] ?? -1;
    density.day[i] = day === -1 ? UNDATED : day;
    density.facet[i] = found.bars[i * 3 + 1] ?? 0;
    density.count[i] = found.bars[i * 3 + 2] ?? 0;
  }
  return density;
}

async function find(filter: Filter, first = false): Promise<Found> {
  const found = await backend.searchDensity(filter, first);
  return { filter, density: unpack(found), hits: found.hits, cut: found.cut };
}

export class Timeline {
  readonly #facts = resource(loadFacts, ["records", "imports"]);
  readonly filter = $derived(filterFrom(router.place.query));
  readonly #search = $derived(effectiveSearch(this.filter));
  /** The newest hits of the words, to be shown while the others are counted. */
  readonly #first = resource(() => {
    const search = this.#search;
    return search === "" ? Promise.resolve(null) : find({ ...emptyFilter(), search, hidden: true }, true);
  }, ["records"]);
  /** Every hit of the words: one answer serves all other fields of the filter. */
  readonly #wide = resource(() => {
    const first = this.#first.value ?? null;
    return first?.cut === true ? find(first.filter) : Promise.resolve(first);
  });
  /** Hits inside the whole filter, asked for only when there were too many to count under the words alone. */
  readonly #narrow = resource(() => {
    const filter = { ...this.filter, search: this.#search };
    const wanted = this.#wide.value?.cut === true && !isEmpty({ ...filter, search: "" });
    return wanted ? find(filter) : Promise.resolve(null);
  }, ["records"]);
  readonly #found: Found | null = $derived.by(() => {
    const wide = this.#wide.value ?? null;
    const first = this.#first.value ?? null;
    if (first?.filter.search !== wide?.filter.search) {
      // Under more than words the newest hits may all be of another service: then the others are waited for.
      const narrowed = first?.cut === true && !isEmpty({ ...this.filter, search: "" });
      return narrowed ? wide : first;
    }
    const narrow = this.#narrow.value ?? null;
    return wide?.cut && narrow?.filter.search === wide.filter.search ? narrow : wide;
  });

  #version = $state(0);
  #last: Pages | null = null;
  failure = $state.raw<unknown>(undefined);

  /** The filter that everything on screen belongs to: the address's, but for a search still being answered. */
  readonly shown: Filter = $derived.by(() => {
    const found = this.#found;
    if (found !== null && found === this.#narrow.value) return found.filter;
    return { ...this.filter, search: found?.filter.search ?? "" };
  });
  readonly #density = $derived.by(() => {
    if (this.#search !== "" && this.#first.value === undefined) return null;
    return this.#found?.density ?? this.#facts.value?.density ?? null;
  });
  readonly facets = $derived(this.#facts.value?.facets ?? []);
  readonly range = $derived(rangeOf(this.shown));
  readonly mask = $derived(mask(this.facets, this.shown));
  readonly layout = $derived(this.#density === null ? null : layOut(this.#density, this.mask, this.range));
  readonly #pages = $derived.by(() => {
    if (this.layout === null) return null;
    const same = this.#last !== null && JSON.stringify(this.#last.filter) === JSON.stringify(this.shown);
    const before = same ? this.#last : null;
    const load = (filter: Filter, at: PageAt) => backend.timelinePage(filter, at);
    this.#last = new Pages(this.layout, this.shown, load, () => this.#version++, (error) => (this.failure = error), before);
    return this.#last;
  });
  readonly #counts = $derived(this.#density === null ? new Uint32Array(0) : countsByFacet(this.#density, this.mask.length, this.range));

  constructor() {
    $effect(() => {
      const pages = this.#pages;
      // What failed for the pages of before is not said of these.
      this.failure = undefined;
      return () => pages?.close();
    });
  }

  get loaded(): boolean {
    return this.#facts.value !== undefined;
  }

  get error(): unknown {
    return this.#facts.error ?? this.#first.error ?? this.#wide.error ?? this.#narrow.error ?? this.failure;
  }

  /** Whether there is anything at all, under no filter. */
  get empty(): boolean {
    return this.loaded && this.#facts.value?.density.day.length === 0;
  }

  /** All records, under no filter. */
  readonly records = $derived(this.facets.reduce((sum, facet) => sum + facet.count, 0));
  /** Of those, what the person hid. */
  readonly hidden = $derived(this.facets.reduce((sum, facet) => sum + (facet.hidden === true ? facet.count : 0), 0));

  get searching(): boolean {
    return this.#search !== this.shown.search;
  }

  /** Not of the first hits: the others are being counted. */
  get cut(): boolean {
    return this.#found !== this.#first.value && (this.#found?.cut ?? false);
  }

  get hits(): number {
    return this.#found?.hits ?? 0;
  }

  get density(): Density | null {
    return this.#density;
  }

  /** The whole span of the timeline, whatever is filtered. */
  get all(): Density | null {
    return this.#facts.value?.density ?? null;
  }

  service(id: string): Service | undefined {
    return this.#facts.value?.services.get(id);
  }

  record(ordinal: number): TimelineRecord | undefined {
    void this.#version;
    return this.#pages?.show(ordinal);
  }

  /** Rows on screen, as first and last row of the list. */
  want(first: number, last: number): void {
    const layout = this.layout;
    if (!layout || !this.#pages || last < first) return;
    const section = layout.sectionOf(first);
    const onHeading = layout.rowIn(section, first).type !== "record";
    this.#pages.want(first - section - (onHeading ? 0 : 1), last - layout.sectionOf(last) - 1);
  }

  options(field: MenuField): Option[] {
    return options(this.facets, this.shown, field, this.#counts);
  }

  retry(): void {
    this.failure = undefined;
    this.#pages?.retry();
    if (this.#facts.error) void this.#facts.reload();
    if (this.#first.error) void this.#first.reload();
    if (this.#wide.error) void this.#wide.reload();
    if (this.#narrow.error) void this.#narrow.reload();
  }

  /** Puts a filter into the address. `replace`: no step for the back button. */
  set(filter: Filter, replace = false): void {
    const query: Record<string, string[]> = {};
    for (const [key, value] of queryOf(filter)) (query[key] ??= []).push(value);
    router.go(["timeline"], query, replace);
  }
}
