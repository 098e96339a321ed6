// The error table: a row for every code, and nothing else.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Code } from "../ipc/bindings";
import { AppError } from "../ipc/error";
import { ERRORS, wordsFor } from "./errors";
import { t } from "./index";

const bindings = readFileSync(join(import.meta.dirname, "../ipc/bindings.ts"), "utf8");
const codes = [...(/export type Code = ([^;]+);/.exec(bindings)?.[1] ?? "").matchAll(/"([a-z-]+)"/g)].map((m) => m[1] as Code);

describe("the error table", () => {
  it("has a row for every code of the core and no other", () => {
    expect(codes.length).toBeGreaterThan(20);
    expect(Object.keys(ERRORS).sort()).toEqual([...codes].sort());
  });

  it.each(codes)("says what happened, what is safe and what to do next for %s", (code) => {
    const words = wordsFor(new AppError({ code, message: "not shown", next: "" }));
    for (const text of [words.title, words.safe, words.next]) expect(text.length).toBeGreaterThan(8);
    expect(Boolean(words.href)).toBe(Boolean(words.action));
  });

  it("takes a code that it does not know as internal, and anything thrown as an error", () => {
    const newer = new AppError({ code: "of-a-newer-core" as Code, message: "x", next: "" });
    expect(wordsFor(newer).code).toBe("internal");
    expect(wordsFor(new TypeError("broken"))).toMatchObject({ code: "internal", detail: "broken" });
    expect(wordsFor({ code: "busy", message: "m", next: "n" }).title).toBe(t("error-busy"));
  });

  it("shows the core's own sentence only for what the table cannot explain", () => {
    expect(wordsFor(new AppError({ code: "locked", message: "secret", next: "" })).detail).toBeUndefined();
    expect(wordsFor(new AppError({ code: "internal", message: "at x.rs:3", next: "" })).detail).toBe("at x.rs:3");
  });
});
