// Counts of the filter menus.
import { describe, expect, it } from "vitest";
import type { Density } from "../../ipc/backend";
import type { Facet } from "../../ipc/bindings";
import { UNDATED } from "./days";
import { countsByFacet, mask, options } from "./facets";
import { emptyFilter } from "./filter";

const facet = (id: number, more: Partial<Facet>): Facet => ({
  id, service: "spotify", account: "main", person: null, kind: "collected", category: "listening", sensitivity: 1,
  usable_for: ["recommendations"], count: 0, ...more,
});
const facets = [
  facet(1, {}),
  facet(2, { kind: "inferred", category: "guessed-interests", sensitivity: 2, usable_for: ["ads-here"] }),
  facet(5, { service: "netflix", person: "Robin", category: "viewing", sensitivity: 2, usable_for: [] }),
];
const density: Density = {
  day: Int32Array.from([1, 1, 2, 3, UNDATED]),
  facet: Uint32Array.from([1, 5, 1, 5, 2]),
  count: Uint32Array.from([10, 20, 30, 40, 50]),
};
const always = { from: null, to: null };

describe("facets", () => {
  it("pass when every asked field fits", () => {
    expect([...mask(facets, emptyFilter())]).toEqual([0, 1, 1, 0, 0, 1]);
    expect([...mask(facets, { ...emptyFilter(), services: ["spotify"], kinds: ["inferred"] })]).toEqual([0, 0, 1, 0, 0, 0]);
    expect([...mask(facets, { ...emptyFilter(), persons: ["Robin"] })]).toEqual([0, 0, 0, 0, 0, 1]);
    expect([...mask(facets, { ...emptyFilter(), usable_for: "ads-here" })]).toEqual([0, 0, 1, 0, 0, 0]);
    expect([...mask(facets, { ...emptyFilter(), max_sensitivity: 1 })]).toEqual([0, 1, 0, 0, 0, 0]);
  });

  it("a menu counts under the other fields, not under its own", () => {
    const counts = countsByFacet(density, 6, always);
    const filter = { ...emptyFilter(), services: ["netflix"] };
    expect(options(facets, filter, "services", counts)).toEqual([
      { value: "spotify", count: 90 }, { value: "netflix", count: 60 },
    ]);
    expect(options(facets, filter, "kinds", counts)).toEqual([
      { value: "collected", count: 60 }, { value: "inferred", count: 0 },
    ]);
    expect(options(facets, filter, "persons", counts)).toEqual([{ value: "Robin", count: 60 }]);
  });

  it("counts inside a range leave undated facts out", () => {
    expect([...countsByFacet(density, 6, { from: 2, to: null })]).toEqual([0, 30, 0, 0, 0, 40]);
    expect(countsByFacet(density, 6, always)[2]).toBe(50);
  });
});
