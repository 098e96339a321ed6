// Text from exports: what would hide or reorder is made visible.
import { describe, expect, it } from "vitest";
import { t } from "../text";
import { isolated, visible, visibleLines } from "./foreign";

describe("text from exports", () => {
  it("shows what would hide or reorder", () => {
    expect(visible("invoice\u202Efdp.exe")).toBe("invoice\u2039U+202E\u203afdp.exe");
    expect(visible("a\u0000b\u200bc\u007f")).toBe("a\u2400b\u2039U+200B\u203ac\u2421");
    expect(visible("a\u{e0041}")).toBe("a\u2039U+E0041\u203a");
  });

  it("leaves writing as it is: joiners, accents, emoji families, right-to-left letters", () => {
    for (const text of ["\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645", "👩‍👩‍👧", "Größe", "שיר"]) expect(visible(text)).toBe(text);
  });

  it("keeps line ends and tabs only where lines are shown", () => {
    expect(visibleLines("a\r\nb\tc\u0007")).toBe("a\nb\tc\u2407");
    expect(visible("a\nb")).toBe("a\u240ab");
  });

  it("is isolated inside a sentence when its direction could leak", () => {
    expect(isolated("plain")).toBe("plain");
    expect(isolated("שיר")).toBe("\u2068שיר\u2069");
    expect(t("copy-what", { what: "a\u202Eb" })).toBe("Copy a\u2039U+202E\u203ab");
  });
});
