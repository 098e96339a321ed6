// The map from scroll bar to rows, for lists of any size.
import { describe, expect, it } from "vitest";
import { ScrollMap, Scroller, rowWindow, topFor } from "./scroll-map";

const ROW = 36;
const VIEW = 600;
const sizes = [0, 1, 16, 17, 1_000, 222_222, 222_223, 1_000_000, 10_000_000];

describe("scroll map", () => {
  it("reaches both ends of a list of any size", () => {
    for (const rows of sizes) {
      const map = new ScrollMap(rows * ROW, VIEW);
      expect(map.height).toBeLessThanOrEqual(8_000_000);
      expect(map.toTop(0)).toBe(0);
      expect(map.toTop(map.maxScroll)).toBe(Math.max(0, rows * ROW - VIEW));
    }
  });

  it("goes there and back within half a pixel, and never backwards", () => {
    for (const rows of sizes) {
      const map = new ScrollMap(rows * ROW, VIEW);
      let before = -1;
      for (let i = 0; i <= 1000; i++) {
        const top = (map.maxTop * i) / 1000;
        const scroll = map.toScroll(top);
        expect(scroll).toBeGreaterThanOrEqual(before);
        expect(Math.abs(map.toTop(scroll) - top)).toBeLessThan(0.5);
        before = scroll;
      }
    }
  });

  it("is one to one near both ends", () => {
    const map = new ScrollMap(10_000_000 * ROW, VIEW);
    for (const px of [0, 1, 36, 5_000, 500_000]) {
      expect(map.toTop(px)).toBe(px);
      expect(map.toTop(map.maxScroll - px)).toBe(map.maxTop - px);
    }
  });
});

describe("scroller", () => {
  const fresh = () => new Scroller(new ScrollMap(10_000_000 * ROW, VIEW));

  it("moves by exactly the wheel step in the middle of ten million rows", () => {
    const s = fresh();
    s.goTo(180_000_000);
    const start = s.top;
    for (let i = 1; i <= 500; i++) s.scrolled(s.scroll + 100);
    expect(s.top).toBeCloseTo(start + 50_000, 3);
    const base = s.base;
    s.scrolled(s.scroll + 100);
    expect(s.base).toBe(base);
  });

  it("lands at the fraction of the list when the scrollbar is dragged", () => {
    const s = fresh();
    s.scrolled(s.map.maxScroll / 2);
    expect(s.top).toBeCloseTo(s.map.maxTop / 2, 0);
  });

  it("settling moves the scrollbar and not the list", () => {
    const s = fresh();
    s.goTo(100_000_000);
    for (let i = 0; i < 300; i++) s.scrolled(s.scroll + 120);
    const top = s.top;
    s.settle();
    expect(s.top).toBeCloseTo(top, 6);
    expect(Math.abs(s.map.toScroll(top) - s.scroll)).toBeLessThan(1);
  });

  it("walks by wheel to the very end and back from any place near it", () => {
    for (const rowsLeft of [1, 50, 1_000, 20_000, 100_000]) {
      const s = fresh();
      s.goTo(s.map.maxTop - rowsLeft * ROW);
      let steps = 0;
      while (s.top < s.map.maxTop && steps < (rowsLeft * ROW) / 1_000 + 20) {
        if (s.scrolled(Math.min(s.map.maxScroll, s.scroll + 1_000))) s.settle();
        steps++;
      }
      expect(s.top).toBe(s.map.maxTop);
      if (s.scrolled(Math.max(0, s.scroll - 1_000))) s.settle();
      expect(s.top).toBe(s.map.maxTop - 1_000);
    }
  });

  it("asks to be settled when the scrollbar ran out before the list did", () => {
    const s = fresh();
    s.goTo(s.map.maxTop / 2);
    const away = s.map.maxScroll - 50 - s.scroll;
    s.base -= away;
    s.taken(s.map.maxScroll - 50);
    expect(s.scrolled(s.map.maxScroll)).toBe(true);
    s.settle();
    expect(s.scroll).toBeLessThan(s.map.maxScroll * 0.6);
  });
});

describe("row window", () => {
  it("every row is inside the window when the list stands at it", () => {
    for (const count of [1, 15, 16, 17, 18, 1_000]) {
      const max = Math.max(0, count * ROW - VIEW);
      for (let index = 0; index < count; index++) {
        const top = Math.min(max, topFor(index, 0, VIEW, ROW, 0));
        const [first, last] = rowWindow(top, VIEW, ROW, count, 0);
        expect(index).toBeGreaterThanOrEqual(first);
        expect(index).toBeLessThanOrEqual(last);
        expect(last - first).toBeLessThanOrEqual(Math.ceil(VIEW / ROW) + 1);
      }
    }
    expect(rowWindow(0, VIEW, ROW, 0, 5)).toEqual([0, -1]);
  });

  it("keeps the place of a sticky header free above", () => {
    expect(topFor(10, 1_000, VIEW, ROW, ROW)).toBe(10 * ROW - ROW);
    expect(topFor(30, 500, VIEW, ROW, ROW)).toBe(500 + ((30 + 1) * ROW - VIEW - 500));
    expect(topFor(20, 500, VIEW, ROW, ROW)).toBe(500);
  });
});
