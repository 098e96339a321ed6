// Colors of both themes have the contrast that WCAG 2.2 AA asks for: 4.5 for text, 3 for marks.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { contrast, inkOn } from "./lib/color";

const css = readFileSync(join(import.meta.dirname, "app.css"), "utf8");

function tokens(selector: string): Record<string, string> {
  const block = css.slice(css.indexOf(`${selector} {`));
  return Object.fromEntries([...block.slice(0, block.indexOf("}")).matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((m) => [m[1], m[2]]));
}

const light = tokens(":root");
const themes = { light, dark: { ...light, ...tokens(':root[data-theme="dark"]') } };
const grounds = ["paper", "surface", "sunken"];

describe.each(Object.entries(themes))("the %s theme", (_name, theme) => {
  const at = (name: string) => theme[name] ?? expect.fail(`no token ${name}`);

  it("has readable text on every ground", () => {
    for (const ground of grounds) {
      for (const ink of ["ink", "ink-2", "ink-3", "accent", "bad"]) expect(contrast(at(ink), at(ground)), `${ink} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    }
    for (const tone of ["accent", "warn", "bad", "good"]) expect(contrast(at(tone), at(`${tone}-soft`)), tone).toBeGreaterThanOrEqual(4.5);
    for (const tone of ["warn", "bad", "good"]) expect(contrast(at("ink"), at(`${tone}-soft`)), tone).toBeGreaterThanOrEqual(4.5);
    expect(contrast(at("accent-ink"), at("accent"))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(at("paper"), at("ink"))).toBeGreaterThanOrEqual(4.5);
  });

  it("has marks and edges of controls that can be told from their ground", () => {
    for (const ground of grounds) {
      for (const mark of ["collected", "inferred", "used", "shared", "setting", "own", "line-strong"]) expect(contrast(at(mark), at(ground)), `${mark} on ${ground}`).toBeGreaterThanOrEqual(3);
    }
  });
});

describe("badges", () => {
  it("have readable initials on any color", () => {
    for (const ground of ["#1f8a4c", "#ffe600", "#000000", "#ffffff", "#777777", "#b0281f"]) expect(contrast(inkOn(ground), ground)).toBeGreaterThanOrEqual(4);
  });
});
