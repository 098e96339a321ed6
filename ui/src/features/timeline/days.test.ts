// Rows, days and records of the list: which row is which, at any size.
import { describe, expect, it } from "vitest";
import type { Density } from "../../ipc/backend";
import { Days, UNDATED, dayNumber, dayText, extent, layOut } from "./days";

/** A small seeded generator: the loops below are the same on every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 16807) % 2147483647) / 2147483647;
}

function someDays(seed: number, n: number, undated: number): Days {
  const random = seeded(seed);
  const days = new Int32Array(n);
  const counts = new Uint32Array(n);
  let day = 20_000;
  for (let i = 0; i < n; i++) {
    day -= 1 + Math.floor(random() * 4);
    days[i] = day;
    counts[i] = 1 + Math.floor(random() * 9);
  }
  return new Days(days, counts, undated);
}

describe("rows and records", () => {
  it("every row is reached exactly once, in order, headers before their records", () => {
    for (let seed = 1; seed < 20; seed++) {
      const layout = someDays(seed, seed * 3, seed % 3 === 0 ? 0 : seed);
      let ordinal = 0;
      let left = 0;
      let day = Infinity;
      for (let row = 0; row < layout.rows; row++) {
        const line = layout.row(row);
        if (line.type === "record") {
          expect(line.ordinal).toBe(ordinal);
          expect(layout.rowOf(ordinal)).toBe(row);
          expect(line.day).toBe(day);
          ordinal++;
          left--;
        } else {
          expect(left).toBe(0);
          left = line.count;
          const next = line.type === "day" ? line.day : UNDATED;
          expect(next).toBeLessThan(day);
          day = next;
        }
      }
      expect(left).toBe(0);
      expect(ordinal).toBe(layout.records);
    }
  });

  it("the first and the last record of each day lie on its own side of the border", () => {
    const layout = someDays(7, 400, 12);
    for (let i = 0; i < layout.days.length; i++) {
      const first = layout.starts[i]!;
      const last = layout.starts[i + 1]! - 1;
      expect(layout.placeOf(first)).toBe(i);
      expect(layout.placeOf(last)).toBe(i);
      expect(layout.rowOf(first)).toBe(layout.headerRow(i) + 1);
      expect(layout.sectionOf(layout.headerRow(i))).toBe(i);
    }
  });

  it("a jump to a day lands on it, or on the next older day that has records", () => {
    const layout = someDays(3, 200, 0);
    const newest = layout.days[0]!;
    const oldest = layout.days[layout.days.length - 1]!;
    for (let day = oldest; day <= newest; day++) {
      const place = layout.placeOfDay(day);
      expect(layout.days[place]!).toBeLessThanOrEqual(day);
      if (place > 0) expect(layout.days[place - 1]!).toBeGreaterThan(day);
    }
    expect(layout.placeOfDay(newest + 50)).toBe(0);
    expect(layout.placeOfDay(oldest - 50)).toBe(layout.days.length - 1);
  });

  it("ten million records keep every border", () => {
    const n = 5_479;
    const layout = new Days(Int32Array.from({ length: n }, (_, i) => 20_000 - i), new Uint32Array(n).fill(1_826), 40);
    expect(layout.rows).toBe(n * 1_827 + 41);
    expect(layout.row(layout.rows - 1)).toEqual({ type: "record", ordinal: layout.records - 1, day: UNDATED });
    for (let i = 0; i < n; i++) expect(layout.row(layout.headerRow(i))).toMatchObject({ type: "day", day: 20_000 - i });
  });

  it("nothing, and nothing but undated facts, are layouts too", () => {
    const none = new Days(new Int32Array(0), new Uint32Array(0), 0);
    expect([none.rows, none.placeOfDay(5)]).toEqual([0, -1]);
    const lane = new Days(new Int32Array(0), new Uint32Array(0), 3);
    expect(lane.row(0)).toEqual({ type: "undated", count: 3 });
    expect(lane.row(3)).toEqual({ type: "record", ordinal: 2, day: UNDATED });
  });
});

describe("layout from counts", () => {
  const density: Density = {
    day: Int32Array.from([10, 10, 12, 14, UNDATED, UNDATED]),
    facet: Uint32Array.from([1, 2, 1, 2, 1, 2]),
    count: Uint32Array.from([4, 5, 6, 7, 8, 9]),
  };

  it("sums what the filter lets through", () => {
    const all = layOut(density, Uint8Array.from([0, 1, 1]), { from: null, to: null });
    expect([[...all.days], all.dated, all.undated]).toEqual([[14, 12, 10], 22, 17]);
    const one = layOut(density, Uint8Array.from([0, 1, 0]), { from: null, to: null });
    expect([[...one.days], [...one.starts], one.undated]).toEqual([[12, 10], [0, 6, 10], 8]);
  });

  it("a range holds its two days and leaves undated facts out", () => {
    const some = layOut(density, Uint8Array.from([0, 1, 1]), { from: 12, to: 14 });
    expect([[...some.days], some.records]).toEqual([[14, 12], 13]);
  });

  it("finds the first and the last day", () => {
    expect(extent(density.day)).toEqual([10, 14]);
    expect(extent(Int32Array.from([UNDATED]))).toEqual([0, -1]);
  });
});

describe("days as text", () => {
  it("go there and back", () => {
    for (let day = -800; day < 40_000; day += 137) expect(dayNumber(dayText(day))).toBe(day);
  });

  it("refuses what is no day", () => {
    for (const text of ["", "2026-02-30", "2026-13-01", "yesterday", "2026-1-1"]) expect(dayNumber(text)).toBeNull();
  });
});
