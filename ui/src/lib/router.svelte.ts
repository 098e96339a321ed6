// Where the person is, kept in the address after `#`: `#/timeline?service=spotify&kind=inferred`. Back and
// forward work; nothing is stored anywhere else.

export type Query = Record<string, string | readonly string[] | null | undefined>;

export interface Place {
  /** Parts of the path, decoded: `#/services/spotify` gives `["services", "spotify"]`. */
  path: string[];
  query: URLSearchParams;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function parse(hash: string): Place {
  const text = hash.replace(/^#/, "");
  const cut = text.indexOf("?");
  const path = (cut < 0 ? text : text.slice(0, cut)).split("/").filter(Boolean).map(decode);
  return { path, query: new URLSearchParams(cut < 0 ? "" : text.slice(cut + 1)) };
}

/** The address of a place. Empty values and empty lists are left out; lists repeat their name. */
export function href(path: string | readonly string[], query: Query = {}): string {
  const parts = typeof path === "string" ? path.split("/").filter(Boolean) : path;
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? (value as string[]) : [value as string | null | undefined]) {
      if (one !== null && one !== undefined && one !== "") search.append(name, one);
    }
  }
  const tail = search.toString();
  return `#/${parts.map(encodeURIComponent).join("/")}${tail ? `?${tail}` : ""}`;
}

class Router {
  place = $state.raw<Place>(parse(typeof location === "undefined" ? "" : location.hash));

  constructor() {
    if (typeof window !== "undefined") window.addEventListener("hashchange", () => this.#read());
  }

  #read(): void {
    this.place = parse(location.hash);
  }

  /** Goes somewhere. `replace` leaves no step for the back button (typing in a search box). */
  go(path: string | readonly string[], query: Query = {}, replace = false): void {
    const address = href(path, query);
    if (address === location.hash) return;
    if (replace) {
      history.replaceState(null, "", address);
      this.#read();
    } else {
      location.hash = address;
      this.#read();
    }
  }

  /** Takes up a place that was kept: the part of an address after `#`. No step for the back button. */
  take(place: string): void {
    history.replaceState(null, "", `#${place}`);
    this.#read();
  }
}

export const router = new Router();
