// Where the reader is after the records changed.
import { describe, expect, it } from "vitest";
import { Days } from "./days";
import { carried, headingOf, nextHeading, rowOfDay } from "./places";

const layout = (days: [number, number][], undated = 0) =>
  new Days(Int32Array.from(days.map(([day]) => day)), Uint32Array.from(days.map(([, count]) => count)), undated);

describe("places", () => {
  it("the reader stays at the same record of the same day when newer days arrive", () => {
    const before = layout([[20, 3], [18, 5]], 2);
    const after = layout([[30, 7], [20, 3], [19, 1], [18, 5]], 2);
    for (let row = 1; row < before.rows; row++) {
      const there = after.row(carried(before, after, row));
      const here = before.row(row);
      expect(there.type).toBe(here.type);
      if (here.type !== "undated" && there.type !== "undated") expect(there.day).toBe(here.day);
    }
    expect(carried(before, after, 0)).toBe(0);
  });

  it("a day that is gone leads to the next older one, an emptied timeline to its start", () => {
    const before = layout([[20, 3], [18, 5]]);
    expect(carried(before, layout([[18, 5]]), 2)).toBe(0);
    expect(carried(before, layout([[18, 2]]), 9)).toBe(2);
    expect(carried(before, layout([]), 4)).toBe(0);
  });

  it("headings follow each other and end with the undated lane", () => {
    const some = layout([[20, 3], [18, 5]], 2);
    const headings = [];
    for (let at = 0; at !== Infinity; at = nextHeading(some, at)) headings.push(at);
    expect(headings).toEqual([0, 4, 10]);
    for (let row = 0; row < some.rows; row++) expect(some.row(headingOf(some, row)).type).not.toBe("record");
    expect(nextHeading(layout([[20, 3]]), 2)).toBe(Infinity);
    expect([rowOfDay(some, 25), rowOfDay(some, 19), rowOfDay(some, 1)]).toEqual([0, 4, 4]);
  });
});
