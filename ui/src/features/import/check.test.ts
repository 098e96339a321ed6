// What the check says of an archive and asks: questions, ways on, what it cannot show, files by what becomes of them.
import { describe, expect, it } from "vitest";
import type { CheckedFile, ImportAsk, ImportCheck } from "../../ipc/bindings";
import { checkOf } from "../../ipc/fake-checks";
import { remark } from "./sentence";
import { elsewhere, groupsOf, isReady, languageWord, limits, NO_ANSWERS, noteOf, questions, remarksOf, titleOf, undatedShows, wayOf } from "./check";

const names = (id: string) => ({ spotify: "Spotify", netflix: "Netflix" })[id] ?? id;
const check = (part: Partial<ImportCheck> = {}, name = "my_spotify_data.zip"): ImportCheck => ({ ...checkOf(name, null), ...part });
const ask = (part: Partial<ImportAsk> = {}): ImportAsk => ({ ...NO_ANSWERS, ...part });

describe("questions", () => {
  it("are none where the archive tells it all", () => {
    expect(questions(check(), ask())).toEqual([]);
    expect(isReady(check(), ask())).toBe(true);
  });
  it("begin with the service: it decides the others", () => {
    const either = check({ account_found: "new" }, "either.zip");
    expect(questions(either, ask())).toEqual(["service"]);
    expect(questions(either, ask({ service: "netflix" }))).toEqual(["account"]);
  });
  it("are about the account where it is another, or where several are known and it does not say", () => {
    expect(questions(check({ account_found: "new" }), ask())).toEqual(["account"]);
    expect(questions(check({ accounts: ["default", "Family"] }), ask())).toEqual(["account"]);
    expect(questions(check({ accounts: ["default", "Family"], account_found: "known" }), ask())).toEqual([]);
    expect(questions(check({ account_found: "new" }), ask({ account: " " }))).toEqual(["account"]);
  });
  it("are about dates also where a known archive is read again: their order is not noted", () => {
    const imported = (stale: boolean) => check({ imported: { import: 2, at: "2026-11-20T09:12:00Z", stale } }, "again list.csv");
    expect(questions(imported(true), ask())).toEqual(["dates"]);
    expect(questions(imported(true), ask({ date_order: "day-first" }))).toEqual([]);
    expect(questions(imported(false), ask())).toEqual([]);
  });
  it("are none for what was imported already", () => {
    expect(questions(check({ account_found: "new" }, "again.zip"), ask())).toEqual([]);
  });
});

describe("the way on", () => {
  it.each([["my_spotify_data.zip", "import"], ["full.zip", "recheck"], ["nothing.zip", "none"], ["again.zip", "none"], ["either.zip", "import"]])(
    "of %s is: %s", (name, way) => { expect(wayOf(check({}, name))).toBe(way); },
  );
  it("is to read a known archive again where recipes changed since", () => {
    const stale = check({ imported: { import: 2, at: "2026-11-20T09:12:00Z", stale: true } }, "again.zip");
    expect([wayOf(stale), isReady(stale, ask())]).toEqual(["again", true]);
  });
  it("goes by files, not by estimates of their rows", () => {
    expect(wayOf(check({ read: 0, rows: 0 }))).toBe("import");
  });
});

describe("the title", () => {
  it("names service, packages and years, and says where years are taken from names", () => {
    expect(titleOf(check(), null, names)).toBe("Spotify · Extended streaming history · about 2014 to 2026");
  });
  it("names those that fit where the person must say which", () => {
    expect(titleOf(check({}, "either.zip"), null, names)).toBe("Netflix and Spotify?");
  });
});

describe("what it cannot show", () => {
  const shows = (category: string, how: string, from: string | null = null) => ({ category, shows: how, package: from });

  it("is said by the package to ask for instead", () => {
    expect(elsewhere(check())).toEqual([
      { from: "Account data", categories: ["guessed-interests", "guessed-traits", "ad-groups", "searches"] },
      { from: "Technical log information", categories: ["shown"] },
    ]);
  });
  it("tells apart: holds nothing, not read yet, not in this archive", () => {
    const lines = limits(check({ shows: [shows("payments", "empty"), shows("messages", "not-read"), shows("searches", "no")], never_shows: [] }), names);
    expect(lines).toEqual([
      "How you paid: the file says that Spotify holds nothing.", "Messages with others: in it, but Thinline does not read it yet.",
      "What you searched for: no file of it in this archive.",
    ]);
  });
  it("names four of many and counts the others", () => {
    const many = ["people", "account", "location", "devices", "purchases", "reactions"].map((id) => shows(id, "other-package", "Account data"));
    expect(limits(check({ shows: many, never_shows: [] }), names)).toEqual([
      "Contacts and friends, your account details, where you were, devices, connections, sign-ins, and 2 more: ask for “Account data”.",
    ]);
  });
  it("does not call missing what another package holds", () => {
    const lines = limits(check({ shows: [shows("guessed-interests", "other-package", "Account data")], never_shows: ["guessed-interests", "how-sure"] }), names);
    expect(lines).toEqual(["What it thinks interests you: ask for “Account data”.", "How sure Spotify is of what it guesses."]);
  });
  it("names what it shows without a time", () => {
    expect(undatedShows(check({ shows: [shows("listening", "yes"), shows("account", "yes")] }))).toEqual(["account"]);
  });
});

describe("files", () => {
  it("are all listed once, what will be read first", () => {
    const all = check({}, "many.zip");
    const groups = groupsOf(all);
    expect(groups.map((group) => group.state)).toEqual(["read", "unknown", "unused", "empty"]);
    expect(groups.reduce((n, group) => n + group.files.length, 0)).toBe(all.files.length);
    expect(groups.find((group) => group.state === "unused")?.why).toBe("1: explains the archive");
  });
});

it("names languages, and leaves a tag that is none as it is", () => {
  expect(["pt", "nl-NL", "x", "-"].map(languageWord)).toEqual(["Portuguese", "Dutch (Netherlands)", "x", "-"]);
});

describe("a file", () => {
  const of = (part: Partial<CheckedFile>): CheckedFile => ({ ...check().files[0] as CheckedFile, ...part });

  it("that is not read says why, whatever its state", () => {
    const notes = [["unused", "unknown-columns"], ["unknown", "unknown-name"], ["empty", "no-rows"], ["failed", "cut-off"]] as const;
    expect(notes.map(([state, why]) => noteOf(of({ state, why })))).toEqual([
      "its columns are not those that Thinline knows; it may be in another language or of a newer form",
      "no file of this name is known", "without a row", "ends too early",
    ]);
  });
  it("that is read says which rows will be left out", () => {
    expect(noteOf(of({ reasons: { counted: 1200 } }))).toBe("1,200: only counted; nothing of it is kept");
    expect(noteOf(of({}))).toBeNull();
  });
});

it("does not warn of what it asks", () => {
  expect(remarksOf(check({}, "other.zip"))).toEqual([]);
  expect(remarksOf(check({}, "part.zip")).map((one) => one.id)).toEqual(["parts-missing"]);
  expect(remarksOf(check({}, "printed columns netflix.zip")).map((one) => remark(one, names))).toEqual([
    "1 file in it is a page or document: the service offers the same as CSV.",
    "The columns of 1 file are not those that Thinline knows. It may be in another language, or of a newer form.",
  ]);
});
