// The door to Tauri: every method goes through it, errors and columns come out right.
import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { afterEach, describe, expect, it } from "vitest";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Backend } from "./backend";
import { createFake } from "./fake";
import { decodeDensity, tauri } from "./tauri";

afterEach(async () => {
  await new Promise((done) => setTimeout(done));
  clearMocks();
});

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const methods = Object.keys(tauri).filter((name) => !name.startsWith("on")) as (keyof Backend)[];

function packed(columns: number[][]): ArrayBuffer {
  const n = columns[0]?.length ?? 0;
  const view = new DataView(new ArrayBuffer(4 + 12 * n));
  view.setUint32(0, n, true);
  columns.forEach((column, c) => { column.forEach((value, i) => { view.setInt32(4 + 4 * (c * n + i), value, true); }); });
  return view.buffer;
}

describe("the door to Tauri", () => {
  it.each(methods)("asks for %s by its name in snake case", async (name) => {
    const asked: string[] = [];
    mockIPC((command) => {
      asked.push(command);
      return name === "density" ? new ArrayBuffer(4) : null;
    });
    await (tauri[name] as (...args: unknown[]) => Promise<unknown>)(null, null, null);
    expect(asked).toEqual([snake(name)]);
  });

  it("has every method that the fake has, and so the isolation page lets through", () => {
    expect(Object.keys(tauri).sort()).toEqual(Object.keys(createFake()).filter((key) => key !== "world" && key !== "parts").sort());
    const page = readFileSync(join(import.meta.dirname, "../../../isolation/isolation.js"), "utf8");
    for (const name of methods) expect(page).toContain(`"${snake(name)}"`);
  });

  it("throws the core's error with its code", async () => {
    mockIPC(() => {
      throw { code: "locked", message: "m", next: "n" };
    });
    await expect(tauri.services()).rejects.toMatchObject({ name: "AppError", code: "locked", next: "n" });
  });

  it("reads the density's columns", () => {
    const { day, facet, count } = decodeDensity(packed([[-2147483648, -3, 20000], [1, 2, 1], [7, 8, 9]]));
    expect([[...day], [...facet], [...count]]).toEqual([[-2147483648, -3, 20000], [1, 2, 1], [7, 8, 9]]);
    expect(decodeDensity(packed([[], [], []])).day.length).toBe(0);
    expect(() => decodeDensity(packed([[1], [1], [1]]).slice(0, 12))).toThrow();
  });
});
