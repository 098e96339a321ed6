// Bins of the density chart: every day once, sums kept.
import { describe, expect, it } from "vitest";
import { binOf, cut, floor, stack, step, unitFor, yearTicks, type Unit } from "./bins";

const UNITS: Unit[] = ["day", "week", "month", "quarter", "year"];
const day = (text: string) => Date.parse(`${text}T00:00:00Z`) / 86_400_000;

describe("bins", () => {
  it("cover every day of the span once, in order", () => {
    for (const [low, high] of [[0, 0], [-400, 20], [15_000, 15_006], [15_000, 15_900], [12_000, 20_500]] as const) {
      for (const most of [20, 60, 250, 900]) {
        const bins = cut(low, high, most);
        expect(bins.edges[0]!).toBeLessThanOrEqual(low);
        expect(bins.edges.at(-1)!).toBeGreaterThan(high);
        for (let i = 1; i < bins.edges.length; i++) expect(bins.edges[i]!).toBeGreaterThan(bins.edges[i - 1]!);
        for (let d = low; d <= high; d += 13) {
          const bin = binOf(bins, d);
          expect(bins.edges[bin]!).toBeLessThanOrEqual(d);
          expect(bins.edges[bin + 1]!).toBeGreaterThan(d);
        }
      }
    }
  });

  it("keep to the room there is", () => {
    for (let span = 1; span < 9_000; span += 97) {
      for (const most of [60, 160, 320]) expect(cut(10_000, 10_000 + span, most).edges.length - 1).toBeLessThanOrEqual(most);
    }
    expect(unitFor(0, 20, 160)).toBe("day");
    expect(unitFor(0, 5_478, 240)).toBe("month");
  });

  it("begin where calendars begin", () => {
    expect(floor(day("2026-03-04"), "week")).toBe(day("2026-03-02"));
    expect(floor(day("2026-03-31"), "month")).toBe(day("2026-03-01"));
    expect(floor(day("2026-12-31"), "quarter")).toBe(day("2026-10-01"));
    expect(step(day("2024-02-01"), "month")).toBe(day("2024-03-01"));
    for (const unit of UNITS) for (let d = -500; d < 30_000; d += 211) {
      const start = floor(d, unit);
      expect(floor(start, unit)).toBe(start);
      expect(floor(step(start, unit) - 1, unit)).toBe(start);
    }
  });

  it("sums stay equal whatever the unit", () => {
    const rows = 36_500;
    const days = Int32Array.from({ length: rows }, (_, i) => 15_000 + (i % 3_650));
    const group = Uint32Array.from({ length: rows }, (_, i) => Math.floor(i / 3_650));
    const count = Uint32Array.from({ length: rows }, (_, i) => (i * 7919) % 50);
    const seriesOf = Uint8Array.from([0, 1, 2, 3, 0, 1, 2, 3, 255, 0]);
    let expected = 0;
    for (let i = 0; i < rows; i++) if (group[i] !== 8) expected += count[i]!;
    for (const most of [15, 60, 200, 800, 5_000]) {
      const stacks = stack(cut(15_000, 18_649, most), days, group, count, seriesOf, 4);
      expect(stacks.total).toBe(expected);
      expect(stacks.counts.reduce((sum, value) => sum + value, 0)).toBe(expected);
      expect(stacks.peak).toBeGreaterThan(0);
    }
  });

  it("leaves out what has no series or lies outside", () => {
    const bins = cut(100, 103, 50);
    const stacks = stack(bins, Int32Array.from([99, 100, 103, 104, -2147483648]), new Uint32Array(5), new Uint32Array(5).fill(1), Uint8Array.from([0]), 1);
    expect([...stacks.counts]).toEqual([1, 0, 0, 1]);
  });

  it("names at most as many years as fit", () => {
    const ticks = yearTicks(day("2011-05-04"), day("2026-02-01"), 8);
    expect(ticks.length).toBeLessThanOrEqual(8);
    expect(ticks[0]).toEqual({ day: day("2011-05-04"), year: 2011 });
    expect(yearTicks(day("2023-11-24"), day("2026-11-24"), 8)[0]).toEqual({ day: day("2024-01-01"), year: 2024 });
    expect(yearTicks(day("2026-01-01"), day("2026-01-03"), 8)).toHaveLength(1);
  });
});
