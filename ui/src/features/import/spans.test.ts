// Ranges and gaps: where they are drawn and how they are said.
import { describe, expect, it } from "vitest";
import { axisOf, expected, gapWords, pieces, roughly, type Span, spanWords, yearsWords } from "./spans";

const span = (part: Partial<Span> = {}): Span =>
  ({ category: "listening", first: "2020-01-01T12:00:00Z", last: "2021-12-31T12:00:00Z", gaps: [], exact: true, records: null, ...part });
const gap = (from: string, to: string, why = "nothing-there") => ({ from, to, days: Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000), why });
const total = (list: { width: number }[]) => list.reduce((sum, one) => sum + one.width, 0);

describe("on the axis", () => {
  const axis = { from: 2020, to: 2021 };

  it("whole years are the ends", () => {
    expect(axisOf([span(), span({ first: "2018-07-03T12:00:00Z" })])).toEqual({ from: 2018, to: 2021 });
    expect(axisOf([])).toBeNull();
  });

  it("a span without gaps is one piece, from its first day to the end of its last", () => {
    expect(pieces(span(), axis)).toEqual([{ at: 0, width: 1 }]);
  });

  it("a gap is left out, and nothing else", () => {
    const drawn = pieces(span({ gaps: [gap("2020-06-30", "2021-07-01")] }), axis);
    expect(drawn).toHaveLength(2);
    expect(total(drawn)).toBeCloseTo((182 + 184) / 731, 5);
  });

  it("a single day is still drawn", () => {
    const [only] = pieces(span({ first: "2020-05-05T12:00:00Z", last: "2020-05-05T12:00:00Z" }), axis);
    expect(only?.width).toBeGreaterThan(0);
  });

  it("gaps that touch the ends or each other leave nothing behind and never run backwards", () => {
    const odd = [gap("2020-01-01", "2020-03-01"), gap("2020-02-01", "2020-05-01"), gap("2021-11-01", "2022-06-01")];
    const drawn = pieces(span({ gaps: odd }), axis);
    expect(drawn.every((one) => one.width > 0 && one.at >= 0 && one.at + one.width <= 1.000001)).toBe(true);
    for (let n = 1; n < drawn.length; n++) expect(drawn[n]!.at).toBeGreaterThanOrEqual(drawn[n - 1]!.at + drawn[n - 1]!.width);
  });
});

describe("in words", () => {
  it("what was seen is said by the day, what is taken from names by the month and as such", () => {
    expect(spanWords(span())).toBe("Jan 1, 2020 to Dec 31, 2021");
    expect(spanWords(span({ exact: false }))).toBe("about January 2020 to December 2021");
    expect(spanWords(span({ last: "2020-01-01T13:00:00Z" }))).toBe("Jan 1, 2020");
    expect(spanWords(span({ last: "2020-01-09T13:00:00Z", exact: false }))).toBe("about January 2020");
  });

  it("a title is about as long as one of its ranges is", () => {
    expect(yearsWords([span(), span({ exact: false })])).toBe("about 2020 to 2021");
    expect(yearsWords([span({ last: "2020-05-01T00:00:00Z" })])).toBe("2020");
    expect(yearsWords([])).toBeNull();
  });

  it("a gap names its own first and last day, and why", () => {
    expect(gapWords(gap("2019-03-02", "2020-01-11", "part-missing"))).toMatch(/^Nothing from Mar 3, 2019 to Jan 10, 2020 .*: a numbered part of the export is missing$/);
  });

  it("an estimate has two figures, a small number all", () => {
    expect([0, 7, 99, 345, 41_745, 1_234_567_890].map(roughly)).toEqual(["0", "7", "99", "350", "42,000", "1,200,000,000"]);
  });
});

it("ranges come in the order of what can be shown", () => {
  const ranges = ["viewing", "searches", "listening"].map((category) => ({ ...span({ category }), gaps: [], records: 1 }));
  expect(expected(ranges, ["listening", "viewing"]).map((one) => one.category)).toEqual(["listening", "viewing", "searches"]);
});
