// The filter and the address that keeps it.
import { describe, expect, it } from "vitest";
import type { Filter } from "../../ipc/bindings";
import { emptyFilter, filterFrom, isEmpty, queryOf, toggled } from "./filter";

const round = (filter: Filter) => filterFrom(new URLSearchParams(queryOf(filter).toString()));

describe("filter and address", () => {
  it("go there and back for every mix of fields", () => {
    const lists = [[], ["spotify"], ["a, b", "x=y", "Öst & Co"]];
    for (const services of lists) for (const persons of lists) for (const kinds of [[], ["given-out", "inferred"]]) {
      for (const [from, to] of [[null, null], ["2011-01-01", null], [null, "2026-02-28"], ["2020-02-29", "2020-03-01"]]) {
        for (const search of ["", "tide café #1"]) {
          const filter: Filter = {
            ...emptyFilter(), services, persons, kinds, from: from ?? null, to: to ?? null, search,
            accounts: persons, categories: kinds, usable_for: search ? "ads-here" : null, max_sensitivity: search ? 2 : null,
          };
          expect(round(filter)).toEqual(filter);
        }
      }
    }
  });

  it("drops what cannot be and puts a reversed range right", () => {
    const filter = filterFrom(new URLSearchParams("from=2026-02-30&to=soon&sensitivity=9&nonsense=1&service="));
    expect(filter).toEqual(emptyFilter());
    const turned = filterFrom(new URLSearchParams("from=2026-03-01&to=2026-01-01"));
    expect([turned.from, turned.to]).toEqual(["2026-01-01", "2026-03-01"]);
  });

  it("switches one value on and off again", () => {
    const on = toggled(emptyFilter(), "kinds", "inferred");
    expect(on.kinds).toEqual(["inferred"]);
    expect(isEmpty(on)).toBe(false);
    expect(toggled(on, "kinds", "inferred")).toEqual(emptyFilter());
    expect(isEmpty(emptyFilter())).toBe(true);
  });
});
