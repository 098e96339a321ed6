// Whatever the core and the catalogue can say by an id has words here. Their sources are read, so that a new sentence
// without words is found here and not by a person who sees its id.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Sentence } from "../../ipc/bindings";
import { has } from "../../text";
import { advice, argsOf, namesOf, remark, told } from "./sentence";

const ROOT = join(import.meta.dirname, "../../../..");
const source = (path: string) => readFileSync(join(ROOT, path), "utf8").split("#[cfg(test)]")[0] ?? "";
const ids = (text: string, pattern: RegExp) => [...new Set([...text.matchAll(pattern)].map((match) => match[1] ?? ""))];
/** Why a file does not fit that is known by name; a remark and a reason have the same id. */
const MISFITS = ids(source("crates/thinline-import/src/plan.rs"), /pub const [A-Z_]+: &str = "([a-z-]+)"/g);
const wordless = (prefix: string, found: string[]) => found.filter((id) => !has(`${prefix}-${id}`));

describe("the core says nothing without words", () => {
  it("in what an import is told by", () => {
    const found = ids(source("crates/thinline-core/src/imports/told.rs"), /sentence\(\s*"([a-z-]+)"/g);
    expect(found).toContain("rows-failed");
    expect(wordless("import-told", found)).toEqual([]);
  });

  it("in what a check warns of", () => {
    const text = source("crates/thinline-core/src/imports/check/remarks.rs") + source("crates/thinline-core/src/imports/check/mod.rs");
    const found = [...ids(text, /remark\(\s*(?:&mut )?[\w.]*check,\s*"([a-z-]+)"/g), ...MISFITS];
    expect(found).toContain("no-space");
    expect(wordless("import-remark", found)).toEqual([]);
  });

  it("in why rows are left out, fail, or are read with a note", () => {
    const text = source("crates/thinline-import/src/report.rs").split("pub enum SkipReason")[1] ?? "";
    const found = [...ids(text, /=> "([a-z0-9-]+)"/g), "repeated", "crowded-second", "unknown-list", "left-out-by-you"];
    expect(found).toContain("not-utf8");
    expect(wordless("import-reason", found)).toEqual([]);
  });

  it("in why files are not used", () => {
    const list = /UNUSED_REASONS: &\[&str\] =\s*&\[([^\]]+)\]/.exec(source("crates/thinline-catalogue/src/recipe.rs"))?.[1] ?? "";
    const found = [...ids(list, /"([a-z-]+)"/g), ...ids(source("crates/thinline-import/src/archive/mod.rs"), /=> "(nested-[a-z-]+)"/g)];
    found.push(...MISFITS, ...ids(source("crates/thinline-core/src/imports/report.rs"), /=> Some\("([a-z-]+)"\)/g));
    expect(found).toEqual(expect.arrayContaining(["explains-archive", "unknown-columns", "no-rows"]));
    expect(wordless("import-why", found)).toEqual([]);
  });

  it("in what services never show", () => {
    const services = readdirSync(join(ROOT, "catalogue"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const found = services.flatMap(({ name }) => {
      const blocks = source(`catalogue/${name}/service.toml`).split("[[does_not_show]]").slice(1);
      return blocks.flatMap((block) => ids(/what = \[([^\]]+)\]/.exec(block)?.[1] ?? "", /"([a-z-]+)"/g));
    });
    expect(found).toContain("taste-groups");
    expect(wordless("import-never", found)).toEqual([]);
  });
});

describe("a sentence", () => {
  const names = namesOf([]);
  const of = (id: string, values: Sentence["values"] = {}): Sentence => ({ id, values });

  it("puts each kind of value into words", () => {
    expect(argsOf({
      a: { is: "count", value: 7 }, b: { is: "bytes", value: 48_300_000 }, c: { is: "date", value: "2026-03-03" }, d: { is: "year", value: 2014 },
      e: { is: "service", value: "spotify" }, f: { is: "category", value: "listening" }, g: { is: "categories", value: ["viewing", "searches"] },
    }, names)).toEqual({
      a: 7, b: "48.3 MB", c: "Mar 3, 2026", d: "2014", e: "spotify", f: "what you listened to", g: "what you watched and what you searched for",
    });
  });

  it("shows hiding characters of foreign text", () => {
    expect(argsOf({ a: { is: "text", value: "a\u202Eb" } }, names)).toEqual({ a: "a\u2039U+202E\u203ab" });
  });

  it("without words is named, not dropped", () => {
    expect([told(of("new-one"), names), remark(of("new-one"), names), advice(of("new-one"), names)]).toEqual([
      "Note from the import: new-one", "Note from the import: new-one", null,
    ]);
  });

  it("leaves out what is zero of what was guessed", () => {
    const guessed = (guessed: number, received: number, companies: number, sensitive: number) => told(of("guessed", {
      guessed: { is: "count", value: guessed }, received: { is: "count", value: received },
      companies: { is: "count", value: companies }, sensitive: { is: "count", value: sensitive },
    }), names);
    expect(guessed(3, 0, 1, 0)).toBe("In it: 3 guesses about you and 1 company by name.");
    expect(guessed(1, 2, 0, 7)).toBe("In it: 1 guess about you, 2 facts that came from other companies or went to them, and 7 sensitive records.");
  });

  it("names one year once", () => {
    const found = (from: number, to: number) => told(of("found", {
      records: { is: "count", value: 24 }, service: { is: "service", value: "spotify" }, from: { is: "year", value: from }, to: { is: "year", value: to },
      categories: { is: "categories", value: ["listening"] },
    }), names);
    expect([found(2024, 2024), found(2014, 2024)]).toEqual([
      "24 records from spotify, of 2024: what you listened to.", "24 records from spotify, 2014 to 2024: what you listened to.",
    ]);
  });

  it("counts the other gaps only where there are any", () => {
    const gap = (more: number) => told(of("gap", {
      category: { is: "category", value: "listening" }, days: { is: "count", value: 314 }, from: { is: "date", value: "2019-03-02" },
      to: { is: "date", value: "2020-01-11" }, more: { is: "count", value: more },
    }), names);
    expect(gap(0)).toBe("A gap in what you listened to: 314 days between Mar 2, 2019 and Jan 11, 2020.");
    expect(gap(2)).toBe("A gap in what you listened to: 314 days between Mar 2, 2019 and Jan 11, 2020 and 2 more, below.");
  });
});
