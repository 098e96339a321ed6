// axe over what a test rendered, except the options of selects (hundreds of time zones). Contrast is left to tokens.test.ts: jsdom draws nothing.
import axe from "axe-core";
import { expect } from "vitest";

export async function expectAccessible(root: Element = document.body): Promise<void> {
  const { violations } = await axe.run({ include: [root as HTMLElement], exclude: [["option"]] }, {
    rules: { "color-contrast": { enabled: false }, region: { enabled: false } },
    resultTypes: ["violations"],
  });
  expect(violations.map((v) => `${v.id}: ${v.nodes.map((node) => node.html).join(" | ")}`)).toEqual([]);
}
