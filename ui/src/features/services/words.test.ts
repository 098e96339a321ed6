// The three lines of a purpose: every state in its own words, never one for another.
import { describe, expect, it } from "vitest";
import type { Effect, PurposeState, SettingGuide, TheirData } from "../../ipc/bindings";
import { alsoChanges, byGroup, canLines, dataLines, doneLines, historyLine, settingIndex, wantLine } from "./words";

const NOW = new Date("2026-11-24T12:00:00Z");
const MARCH = "2026-03-03T12:00:00Z";

function guide(part: Partial<SettingGuide> = {}): SettingGuide {
  return {
    label: "Tailored Ads", address: "https://example.org/", steps: [], scope: "account", delay_days: null,
    checked_on: "2026-05-12", stale: true, ...part,
  };
}

function purpose(part: Partial<PurposeState> = {}): PurposeState {
  return {
    id: "ads-here", group: "advertising", choice: "undecided", until: null, by: null, since: null, availability: [],
    effects: [], settings: [], their_data: { shown_by_any_file: false, records: 0, setting: null, as_of: null }, ...part,
  };
}

function effect(state: string, part: Partial<Effect> = {}): Effect {
  return { action: "setting", where: "account", state, since: null, ...part };
}

const done = (part: Partial<PurposeState>) => doneLines(purpose(part), "Netflix", NOW).map((line) => line.text);

describe("you want", () => {
  const cases: [string, Parameters<typeof wantLine>[0], string][] = [
    ["off", { choice: "off", by: "you", since: MARCH, until: null }, "Off since Mar 3 · you"],
    ["off by a preset", { choice: "off", by: "balanced", since: MARCH, until: null }, "Off since Mar 3 · preset Balanced"],
    ["off until", { choice: "off", by: "you", since: MARCH, until: "2027-01-01" }, "Off since Mar 3 · you · until Jan 1, 2027"],
    ["on", { choice: "on", by: null, since: null, until: null }, "Left as it is"],
    ["on by someone", { choice: "on", by: "you", since: MARCH, until: null }, "Left as it is · you, Mar 3"],
    ["undecided", { choice: "undecided", by: null, since: null, until: null }, "Not decided"],
  ];
  it.each(cases)("says it when %s", (_, choice, expected) => {
    expect(wantLine(choice, NOW)).toBe(expected);
  });

  it("says what is wanted of the history", () => {
    expect(historyLine({ choice: "12", by: "you", since: MARCH, until: null }, NOW)).toBe("Delete after 12 months, wanted since Mar 3 · you");
    expect(historyLine({ choice: "pause", by: "you", since: MARCH, until: null }, NOW)).toBe("Pause, wanted since Mar 3 · you");
    expect(historyLine({ choice: "keep", by: null, since: null, until: null }, NOW)).toBe("Keep");
    expect(historyLine({ choice: "keep", by: "you", since: MARCH, until: null }, NOW)).toBe("Keep, wanted since Mar 3 · you");
    expect(historyLine({ choice: "undecided", by: null, since: null, until: null }, NOW)).toBe("Not decided");
  });
});

describe("what can be done at all", () => {
  const words: [string, string][] = [
    ["setting", "There is a setting for it"],
    ["signal", "A signal can ask"],
    ["letter", "A letter can ask"],
    ["paid", "Costs money"],
    ["none", "No way that we know"],
    ["not-on-plan", "Not done on your plan"],
  ];
  it.each(words)("has words for %s", (id, text) => {
    expect(canLines([id])).toEqual([text]);
    expect(done({ availability: [id] })).toEqual([text]);
    expect(done({ availability: [id], choice: "off" })).toEqual([text]);
    expect(done({ availability: [id], choice: "on" })).toEqual(["Nothing to do"]);
  });

  it("claims no way when nothing is known", () => {
    expect(canLines([])).toEqual(["No way that we know"]);
  });
});

describe("done so far", () => {
  const states: [string, Partial<Effect>, string][] = [
    ["not-started", {}, "Not done yet: 2 steps"],
    ["not-started", { action: "signal" }, "Not done yet: a signal can ask"],
    ["not-started", { action: "letter" }, "Not done yet: a letter can ask"],
    ["not-started", { action: "banner" }, "Not done yet: a cookie banner can be answered"],
    ["pending", { since: MARCH }, "Waiting: Netflix says up to 30 days (since Mar 3) · account"],
    ["pending", {}, "Waiting · account"],
    ["applied", { action: "signal", where: "this-browser" }, "The browser on this computer asks sites (GPC)"],
    ["reported", { since: MARCH }, "You told us: done on Mar 3 · account"],
    ["confirmed", { since: "2026-06-02T12:00:00Z" }, "Their export of Jun 2 says: off · account"],
    ["contradicted", { since: "2026-06-02T12:00:00Z" }, "Their export of Jun 2 says: on · account"],
    ["unreachable", {}, "No way that we know (as of May 12)"],
    ["elsewhere", {}, "Was done on another computer; not on this computer"],
    ["not-applicable", {}, "Not done on your plan"],
  ];
  const settings = [guide(), guide({ delay_days: 30 })];

  it.each(states)("says %s (%o)", (state, part, expected) => {
    expect(done({ choice: "off", settings, effects: [effect(state, part)] })).toEqual([expected]);
  });

  it("counts a single step as one", () => {
    expect(done({ choice: "off", settings: [guide()], effects: [effect("not-started")] })).toEqual(["Not done yet: 1 step"]);
  });

  it("does not talk about steps before something is wanted off", () => {
    const effects = [effect("not-started")];
    expect(done({ choice: "undecided", availability: ["setting"], settings, effects })).toEqual(["There is a setting for it"]);
    expect(done({ choice: "on", settings, effects })).toEqual(["Nothing to do"]);
  });

  it("keeps telling what was done when the choice changed", () => {
    const effects = [effect("reported", { since: MARCH })];
    expect(done({ choice: "on", settings, effects })).toEqual(["You told us: done on Mar 3 · account"]);
  });

  it("marks only a contradiction", () => {
    const lines = doneLines(purpose({ choice: "off", effects: [effect("contradicted"), effect("reported")] }), "Netflix", NOW);
    expect(lines.map((line) => line.tone)).toEqual(["warn", "plain"]);
  });

  it("shows a state it does not know instead of hiding it", () => {
    expect(done({ choice: "off", effects: [effect("half-done")] })).toEqual(["half-done"]);
  });

  it("never promises", () => {
    const all = states.flatMap(([state, part]) => done({ choice: "off", settings, effects: [effect(state, part)] })).join(" ");
    expect(all).not.toMatch(/protected|blocked|verified|violation|consent/i);
  });
});

describe("their data", () => {
  const data = (part: Partial<TheirData>): TheirData => ({ shown_by_any_file: true, records: 0, setting: null, as_of: null, ...part });

  it("says when no file shows it", () => {
    expect(dataLines(data({ shown_by_any_file: false }), true)).toEqual({ says: null, rows: null, text: "No file shows it" });
  });
  it("says when no export was read", () => {
    expect(dataLines(data({}), false)).toEqual({ says: null, rows: null, text: "No export read yet" });
  });
  it("has nothing to open when exports were read and none bears on it", () => {
    expect(dataLines(data({}), true)).toEqual({ says: null, rows: null, text: "No record bears on it" });
  });
  it("counts without claiming a date that is not known", () => {
    expect(dataLines(data({ records: 412 }), true)).toEqual({ says: null, rows: 412, text: "412 records bear on it" });
  });
  it("quotes the setting in the export with its date", () => {
    expect(dataLines(data({ records: 4, setting: "on", as_of: MARCH }), true, NOW).says).toBe("Their export of Mar 3 says: on");
    expect(dataLines(data({ setting: "off" }), true, NOW).says).toBe("Their export says: off");
  });
});

describe("order", () => {
  it("keeps purposes in their groups", () => {
    const groups = byGroup([purpose({ id: "a", group: "yours" }), purpose({ id: "b" }), purpose({ id: "c" })]);
    expect(groups.map((one) => [one.group, one.purposes.map((p) => p.id)])).toEqual([["yours", ["a"]], ["advertising", ["b", "c"]]]);
  });
  it("names the other purposes that one switch changes", () => {
    const service = { purposes: [purpose({ id: "a", settings: [guide()] }), purpose({ id: "b", settings: [guide({ label: "Other" }), guide()] }), purpose({ id: "c" })] };
    expect(alsoChanges(service, "a", guide())).toEqual(["b"]);
  });
  it("numbers settings through all purposes", () => {
    const service = { purposes: [purpose({ id: "a", settings: [guide(), guide()] }), purpose({ id: "b", settings: [guide()] })] };
    expect([settingIndex(service, "a", 1), settingIndex(service, "b", 0)]).toEqual([1, 2]);
  });
});
