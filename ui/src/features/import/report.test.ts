// The sentences and tables of the result sheet: that they add up and name what could not be read.
import { describe, expect, it } from "vitest";
import type { FileLine, ImportReport } from "../../ipc/bindings";
import {
  addsUp, byState, canUndo, failedLine, fileWord, hasDetails, headline, partWord, reasonLines, reportAddsUp, rowsSentence, stateWord,
  sumOf, warnings, whyWord,
} from "./report";

function file(part: Partial<FileLine> = {}): FileLine {
  return { path: "a.json", state: "read", reasons: {}, why: null, parts: [], rows: 0, records: 0, read: 0, known: 0, skipped: 0, failed: 0, ...part };
}

function report(part: Partial<ImportReport> = {}): ImportReport {
  return {
    id: 7, service: "spotify", account: "default", archive: "my_spotify_data.zip", state: "done", files: [], coverage: [],
    warnings: [], told: [], download: null, again: null, rows: 0, records: 0, read: 0, known: 0, skipped: 0, failed: 0, ...part,
  };
}

const FULL = { rows: 12_345, records: 12_320, read: 12_300, known: 20, skipped: 25, failed: 0 };

describe("the sentence on top", () => {
  it("adds up in words", () => {
    expect(rowsSentence(FULL, "Spotify")).toBe("12,345 rows from Spotify: 12,300 new, 20 already known, 25 left out.");
  });
  it("tells records as a second number", () => {
    expect(headline(report(FULL), "Spotify")).toEqual({
      tone: "good",
      sentences: ["12,345 rows from Spotify: 12,300 new, 20 already known, 25 left out.", "They hold 12,320 records."],
    });
  });
  it("names rows that could not be read", () => {
    expect(rowsSentence({ ...FULL, rows: 12_348, failed: 3 }, "Spotify")).toMatch(/3 could not be read\.$/);
  });
  it("leaves out what is zero and knows one row", () => {
    expect(rowsSentence({ rows: 1, records: 1, read: 1, known: 0, skipped: 0, failed: 0 }, "Netflix")).toBe("1 row from Netflix: 1 new.");
  });
  it("says that a known archive changes nothing", () => {
    const known = report({ state: "known", rows: 10, records: 10, known: 10 });
    expect(headline(known, "Spotify").sentences[0]).toBe("This archive was read before. Importing it again changes nothing.");
    expect(canUndo(known)).toBe(false);
  });
  it("says when another archive brought nothing new", () => {
    expect(headline(report({ rows: 10, records: 10, known: 10 }), "Spotify").sentences.at(-1)).toMatch(/^Nothing new/);
  });
  it.each([
    ["no rows", {}],
    ["only rows left out", { rows: 4, skipped: 4 }],
    ["only rows that failed", { rows: 4, failed: 4 }],
  ])("warns about a success that read nothing: %s", (_, totals) => {
    const { tone, sentences } = headline(report({ state: "done", ...totals }), "Spotify");
    expect(tone).toBe("warn");
    expect(sentences[0]).toBe("Nothing in this archive could be read into records.");
  });
  it("warns when part of it failed", () => {
    const head = headline(report({ ...FULL, state: "partial" }), "Spotify");
    expect(head.tone).toBe("warn");
    expect(head.sentences.at(-1)).toMatch(/Some of it could not be read/);
  });
  it("tells apart whether a stopped import was kept", () => {
    expect(headline(report({ state: "cancelled", id: 0 }), "Spotify").sentences).toEqual(["Stopped. Nothing of it was kept."]);
    const kept = headline(report({ ...FULL, state: "cancelled" }), "Spotify").sentences;
    expect(kept[0]).toMatch(/you can undo it/);
    expect(kept).toHaveLength(3);
  });
});

describe("arithmetic", () => {
  const a = file({ rows: 100, records: 150, read: 80, known: 5, skipped: 10, failed: 5 });
  const b = file({ rows: 7, records: 7, read: 0, known: 7 });

  it("adds files up to the whole", () => {
    expect(sumOf([a, b])).toEqual({ rows: 107, records: 157, read: 80, known: 12, skipped: 10, failed: 5 });
    expect(reportAddsUp(report({ files: [a, b], ...sumOf([a, b]) }))).toBe(true);
  });
  it("notices a row that got lost in a file", () => {
    expect(addsUp({ ...a, read: 79 })).toBe(false);
    expect(reportAddsUp(report({ files: [{ ...a, read: 79 }], ...sumOf([a]) }))).toBe(false);
  });
  it("notices a file that got lost", () => {
    expect(reportAddsUp(report({ files: [a], ...sumOf([a, b]) }))).toBe(false);
  });
});

describe("files", () => {
  it("lists every file once, what was read first", () => {
    const states = ["empty", "unused", "unknown", "failed", "read", "later"];
    const groups = byState(states.map((state) => file({ state, path: state })));
    expect(groups.map((group) => group.state)).toEqual(["read", "failed", "unknown", "unused", "empty", "later"]);
    expect(groups.flatMap((group) => group.files)).toHaveLength(6);
  });
  it("folds only long lists that need no look", () => {
    const many = (state: string) => Array.from({ length: 9 }, () => file({ state }));
    const folded = byState([...many("read"), ...many("unknown"), ...many("unused")]).filter((group) => group.folded);
    expect(folded.map((group) => group.state)).toEqual(["unused"]);
    expect(byState([file({ state: "unused" })])[0]?.folded).toBe(false);
  });
  it("has a word for each state and reason", () => {
    expect(["read", "unused", "unknown", "empty", "failed"].map(stateWord)).toEqual([
      "Read", "Recognized, not used", "Unknown", "Says it holds nothing", "Failed",
    ]);
    expect(["explains-archive", "not-read-yet", "picture", "secret", "form-unknown"].map(whyWord)).toEqual([
      "explains the archive", "Thinline does not read it yet", "a picture, sound or film",
      "holds secrets; left alone on purpose", "known by name, but its form is not known",
    ]);
    expect(reasonLines({ empty: 3, repeated: 18 })).toEqual([
      "18: the same row stands twice in this export", "3: the row holds nothing",
    ]);
  });
  it("says why a file could not be read to its end", () => {
    const codes = ["damaged", "cut-off", "method", "encrypted", "wrong-format", "limit"];
    expect(codes.map((why) => fileWord(file({ state: "failed", why })))).toEqual([
      "damaged in the archive", "ends too early", "packed in a way that Thinline does not read", "encrypted",
      "not in the form that its name says", "larger than Thinline reads",
    ]);
    expect(fileWord(file({ state: "read", why: "cut-off" }))).toBe("ends too early");
    expect(fileWord(file())).toBeNull();
  });
  it("shows codes that it does not know", () => {
    expect([stateWord("odd"), whyWord("odd"), partWord("odd"), reasonLines({ odd: 1 })[0]]).toEqual(["odd", "odd", "odd", "1: odd"]);
  });
  it("says whether the list of failed rows is whole", () => {
    expect(failedLine([17, 902], 2)).toBe("Rows that could not be read: 17 and 902");
    expect(failedLine([17, 902], 500)).toBe("Rows that could not be read, the first of them: 17 and 902");
    expect(failedLine([], 0)).toBeNull();
  });
  it("unfolds only where there is something to say", () => {
    expect(hasDetails(file())).toBe(false);
    expect(hasDetails(file({ reasons: { empty: 1 } }))).toBe(true);
  });
  it("does not warn twice about the same", () => {
    expect(warnings(report({ warnings: ["nothing-read", "file-damaged", "file-damaged"] }))).toEqual([
      "A file in it is damaged or cut off; what stood before that place is in.",
    ]);
  });
});
