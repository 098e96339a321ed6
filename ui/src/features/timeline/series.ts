// The lines of the density chart: kinds in stacking order, grouped as they are colored. No drawing.
import type { Density, Facet } from "../../ipc";
import { cut, stack, type Bins, type Stacks } from "../../lib/chart/bins";

export interface Series {
  id: string;
  /** The kind whose mark stands for it. */
  mark: string;
  kinds: readonly string[];
  color: string;
}

export const SERIES: readonly Series[] = [
  { id: "collected", mark: "collected", kinds: ["collected"], color: "--collected" },
  { id: "inferred", mark: "inferred", kinds: ["inferred"], color: "--inferred" },
  { id: "used", mark: "used", kinds: ["used"], color: "--used" },
  { id: "shared", mark: "received", kinds: ["received", "given-out"], color: "--shared" },
  { id: "setting", mark: "setting", kinds: ["setting"], color: "--setting" },
  { id: "own", mark: "choice", kinds: ["choice", "signal", "request", "result"], color: "--own" },
];

/** The series of every facet that is shown; 255 for the others. */
export function seriesOf(facets: Facet[], shown: Uint8Array): Uint8Array {
  const lines = new Uint8Array(shown.length).fill(255);
  for (const facet of facets) {
    if (shown[facet.id] !== 1) continue;
    const line = SERIES.findIndex((series) => series.kinds.includes(facet.kind));
    lines[facet.id] = line < 0 ? SERIES.length - 1 : line;
  }
  return lines;
}

export interface Chart {
  bins: Bins;
  stacks: Stacks;
}

/** Sums the counts into at most `most` bins over the days `low` to `high`. */
export function chart(density: Density, lines: Uint8Array, low: number, high: number, most: number): Chart {
  const bins = cut(low, high, most);
  return { bins, stacks: stack(bins, density.day, density.facet, density.count, lines, SERIES.length) };
}
