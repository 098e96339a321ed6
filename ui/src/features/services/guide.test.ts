// The words of "Get your data".
import { expect, it } from "vitest";
import { checkedWord, stepText } from "./guide";

it.each([
  [{ act: "open", label: "Download your data" }, "Open “Download your data”."],
  [{ act: "tick", label: "Account data" }, "Tick “Account data”."],
  [{ act: "turn-off", label: "Tailored Ads" }, "Switch “Tailored Ads” off."],
  [{ act: "choose", label: "profile" }, "Choose the person (Netflix calls it profile); each has its own setting."],
  [{ act: "choose", label: "topics" }, "Untick the topics that you do not want."],
  [{ act: "confirm", label: "email" }, "Confirm by e-mail."],
  [{ act: "choose", label: "something newer" }, "something newer"],
  [{ act: "wave", label: "Hello" }, "Hello"],
])("says %o in words", (step, text) => {
  expect(stepText(step, "Netflix")).toBe(text);
});

it("does not claim a day where only a month is known", () => {
  expect([checkedWord("2026-11"), checkedWord("2026-07-21")]).toEqual(["November 2026", "Jul 21, 2026"]);
});
