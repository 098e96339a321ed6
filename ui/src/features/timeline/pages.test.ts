// Records by pages: the backend's order, whatever way they are reached.
import { describe, expect, it } from "vitest";
import { fakeTimeline } from "../../ipc/fake-timeline";
import type { Filter, PageAt } from "../../ipc/bindings";
import { type Days, layOut, dayText } from "./days";
import { mask, rangeOf } from "./facets";
import { emptyFilter } from "./filter";
import { Pages } from "./pages";

async function opened(records: number, filter: Filter = emptyFilter()) {
  const fake = fakeTimeline({ records });
  const asked: PageAt[] = [];
  const layout = layOut(await fake.density(), mask(await fake.facets(), filter), rangeOf(filter));
  const pages = new Pages(layout, filter, (f, at) => {
    asked.push(at);
    return fake.timelinePage(f, at);
  }, () => undefined, (error) => { throw error; });
  return { pages, layout, asked, fake };
}

const rest = async () => { for (let i = 0; i < 400; i++) await Promise.resolve(); };

async function seen(pages: Pages, first: number, last: number) {
  pages.want(first, last);
  await rest();
  return Array.from({ length: last - first + 1 }, (_, i) => pages.get(first + i));
}

function dayOfOrdinal(layout: Days, ordinal: number): string | null {
  return ordinal >= layout.dated ? null : dayText(layout.days[layout.placeOf(ordinal)]!);
}

describe("pages", () => {
  it("give every record of the timeline in the backend's own order", async () => {
    const { pages, layout, fake } = await opened(3_000);
    const whole: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await fake.timelinePage(emptyFilter(), { cursor, day: null, undated: false, newer: false, limit: 500 });
      whole.push(...page.records.map((record) => record.id));
      cursor = page.next;
    } while (cursor !== null);
    expect(whole).toHaveLength(layout.records);
    for (let first = 0; first < layout.records; first += 40) {
      const last = Math.min(layout.records - 1, first + 39);
      expect((await seen(pages, first, last)).map((record) => record?.id)).toEqual(whole.slice(first, last + 1));
    }
  });

  it("every day, both ends and the undated lane are one question away at ten million", async () => {
    const { pages, layout, asked } = await opened(10_000_000);
    expect(layout.records).toBeGreaterThan(9_900_000);
    const places = [0, 1, 17, 2_000, layout.days.length - 2, layout.days.length - 1];
    for (const place of places) {
      const before = asked.length;
      const start = layout.starts[place]!;
      const [record] = await seen(pages, start, start + 20);
      expect(record?.day).toBe(dayText(layout.days[place]!));
      expect(asked.length - before).toBeLessThanOrEqual(1);
    }
    const end = await seen(pages, layout.records - 20, layout.records - 1);
    expect(end.every((record) => record?.day === null)).toBe(true);
  }, 20_000);

  it("scrolled against time, every record comes in the same order", async () => {
    const { pages, layout, fake } = await opened(40_000, { ...emptyFilter(), services: ["netflix"] });
    const filter = { ...emptyFilter(), services: ["netflix"] };
    const whole: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await fake.timelinePage(filter, { cursor, day: null, undated: false, newer: false, limit: 500 });
      whole.push(...page.records.map((record) => record.id));
      cursor = page.next;
    } while (cursor !== null);
    for (let last = layout.records - 1; last > 0; last -= 31) {
      const first = Math.max(0, last - 40);
      expect((await seen(pages, first, last)).map((record) => record?.id)).toEqual(whole.slice(first, last + 1));
    }
  });

  it("the tail of a busy day takes one question", async () => {
    const { pages, layout, asked } = await opened(10_000_000);
    const end = layout.starts[51]!;
    expect(layout.countAt(50)).toBeGreaterThan(1_000);
    const records = await seen(pages, end - 6, end + 30);
    expect(records.every(Boolean)).toBe(true);
    expect(records[5]?.day).toBe(dayText(layout.days[50]!));
    expect(asked).toHaveLength(2);
  }, 20_000);

  it("a place deep inside a busy day is reached", async () => {
    const { pages, layout, asked } = await opened(10_000_000, { ...emptyFilter(), services: ["spotify"] });
    const count = layout.countAt(100);
    expect(count).toBeGreaterThan(1_500);
    for (const offset of [count - 3, 700, count - 400]) {
      const before = asked.length;
      const deep = layout.starts[100]! + offset;
      const records = await seen(pages, deep, deep + 40);
      records.forEach((record, i) => expect(record?.day).toBe(dayOfOrdinal(layout, deep + i)));
      // Never more than a walk in pages of five hundred through the day.
      expect(asked.length - before).toBeLessThanOrEqual(2 + Math.ceil(count / 500));
    }
    expect(new Set(asked.map((at) => JSON.stringify(at))).size).toBe(asked.length);
  }, 20_000);

  it("holds a bounded number of records however far it is scrolled", async () => {
    const { pages, layout } = await opened(1_000_000);
    for (let i = 0; i < 150; i++) {
      const first = Math.floor((layout.records / 151) * i);
      expect((await seen(pages, first, first + 40)).every(Boolean)).toBe(true);
    }
    expect(pages.held).toBeLessThanOrEqual(6_000);
  }, 20_000);

  it("a fling asks for where it ends, not for what it passes", async () => {
    const { pages, layout, asked } = await opened(1_000_000);
    for (let i = 0; i < 300; i++) pages.want(i * 3_000, i * 3_000 + 40);
    await rest();
    expect(pages.get(299 * 3_000)).toBeDefined();
    expect(asked.length).toBeLessThan(10);
    expect(layout.records).toBeGreaterThan(900_000);
  });

  it("a store that holds less than it counted is not asked for ever", async () => {
    const { layout } = await opened(3_000);
    let asked = 0;
    const pages = new Pages(layout, emptyFilter(), () => {
      asked++;
      return Promise.resolve({ records: [], next: null, previous: null });
    }, () => undefined, () => undefined);
    pages.want(0, 50);
    await rest();
    expect(asked).toBeLessThanOrEqual(2);
  });

  it("a day that lost records in between leaves a gap and is not asked for ever", async () => {
    const { layout, fake } = await opened(40_000);
    const thin = dayText(layout.days[3]!);
    let asked = 0;
    const pages = new Pages(layout, emptyFilter(), async (filter, at) => {
      asked++;
      const page = await fake.timelinePage(filter, at);
      let kept = 0;
      return { ...page, records: page.records.filter((record) => record.day !== thin || kept++ < 2) };
    }, () => undefined, () => undefined);
    const first = layout.starts[3]!;
    await seen(pages, first, first + layout.countAt(3) + 30);
    expect(asked).toBeLessThan(6);
    expect(pages.get(first + 1)?.day).toBe(thin);
    expect(pages.get(first + 2)).toBeUndefined();
    expect(pages.get(layout.starts[4]!)?.day).toBe(dayText(layout.days[4]!));
  });

  it("what was shown stands in until the changed timeline has loaded, on the same day", async () => {
    const { pages, layout, fake } = await opened(3_000);
    const shown = await seen(pages, 0, 60);
    const density = await fake.density();
    const more = { day: Int32Array.from([...density.day, 20_600]), facet: Uint32Array.from([...density.facet, 1]), count: Uint32Array.from([...density.count, 4]) };
    const grown = layOut(more, mask(await fake.facets(), emptyFilter()), { from: null, to: null });
    const next = new Pages(grown, emptyFilter(), () => new Promise(() => undefined), () => undefined, () => undefined, pages);
    expect(grown.records).toBe(layout.records + 4);
    expect([0, 1, 2, 3].map((ordinal) => next.show(ordinal))).toEqual([undefined, undefined, undefined, undefined]);
    expect(Array.from({ length: 61 }, (_, i) => next.show(i + 4)?.id)).toEqual(shown.map((record) => record?.id));
    expect(next.get(4)).toBeUndefined();
  });

  it("stops on a failure until it is told to try again", async () => {
    const { layout, fake } = await opened(3_000);
    let broken = true;
    let told = 0;
    const pages = new Pages(layout, emptyFilter(), (f, at) => (broken ? Promise.reject(new Error("no")) : fake.timelinePage(f, at)), () => undefined, () => told++);
    pages.want(0, 20);
    await rest();
    expect(told).toBeGreaterThan(0);
    broken = false;
    pages.retry();
    await rest();
    expect(pages.get(0)).toBeDefined();
  });
});
