// Numbers, sizes, days and times as they are shown.
import { afterEach, describe, expect, it } from "vitest";
import { bytes, date, dateTime, dayOf, duration, list, longDay, month, nearDate, number, percent, setZone, timeOfDay, year } from "./format";

afterEach(() => {
  setZone("UTC");
});
const plain = (text: string) => text.replace(/[\u202f\u00a0]/g, " ");

describe("formats", () => {
  it("show numbers, shares and sizes", () => {
    expect(number(1234567)).toBe("1,234,567");
    expect(percent(0.5)).toBe("50%");
    expect(percent(0.012)).toBe("1.2%");
    expect([0, 1, 999, 1000, 48_300_000, 4_000_000_000].map((n) => plain(bytes(n)))).toEqual(["0 bytes", "1 byte", "999 bytes", "1 kB", "48.3 MB", "4 GB"]);
  });

  it("show a calendar day as that day in every zone", () => {
    for (const zone of ["Pacific/Kiritimati", "America/Los_Angeles", "UTC"]) {
      setZone(zone);
      expect(longDay("2026-03-03")).toBe("Tuesday, March 3, 2026");
      expect(date("2026-03-03")).toBe("Mar 3, 2026");
      expect(month("2026-03")).toBe("March 2026");
    }
  });

  it("tell the day of an instant whatever a web view thinks a date in Canada looks like", () => {
    const kind = Intl.DateTimeFormat.prototype;
    const own = Object.getOwnPropertyDescriptor(kind, "format")!;
    Object.defineProperty(kind, "format", { configurable: true, get: () => () => "24/11/2026" });
    try {
      expect(dayOf("2026-11-24T12:00:00Z")).toBe("2026-11-24");
      expect(year("0987-03-03T12:00:00Z")).toBe("0987");
    } finally {
      Object.defineProperty(kind, "format", own);
    }
  });

  it("place an instant in the home zone", () => {
    setZone("Pacific/Kiritimati");
    expect(dayOf("2026-03-03T12:00:00Z")).toBe("2026-03-04");
    setZone("America/Los_Angeles");
    expect(dayOf("2026-03-03T02:00:00Z")).toBe("2026-03-02");
    expect(plain(dateTime("2026-03-03T02:00:00Z"))).toBe("Mar 2, 2026, 6:00 PM");
  });

  it("leave the year out only where it is this one", () => {
    setZone("UTC");
    const now = new Date("2026-11-24T00:00:00Z");
    expect(nearDate("2026-03-03T19:41:00Z", now)).toBe("Mar 3");
    expect(nearDate("2025-03-03", now)).toBe("Mar 3, 2025");
  });

  it("show durations as one would say them", () => {
    expect([0.2, 59, 61, 120, 601, 3660, 7200].map((n) => plain(duration(n)))).toEqual(["1 sec", "59 sec", "1 min 1 sec", "2 min", "10 min", "1 hr 1 min", "2 hr"]);
  });

  it("show what is no date as it came", () => {
    expect(longDay("never")).toBe("never");
    expect(dateTime("never")).toBe("never");
    expect(timeOfDay("25:99")).toBe("25:99");
    setZone("Mars/Olympus");
    expect(dateTime("2026-03-03T02:00:00Z")).not.toBe("");
  });

  it("join lists", () => {
    expect(list(["a", "b", "c"])).toBe("a, b, and c");
  });
});
