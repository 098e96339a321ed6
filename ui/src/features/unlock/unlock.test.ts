// The unlock screen: the ways in that the vault has, and what is said when one fails.
import { fireEvent, render, screen } from "@testing-library/svelte";
import { describe, expect, it, vi } from "vitest";
import { provide, type SlotKind } from "../../ipc";
import { createFake, FAKE_PASSPHRASE } from "../../ipc/fake";
import { FAKE_WORDS } from "../../ipc/fake-requests";
import { toasts } from "../../lib/toasts.svelte";
import { expectAccessible } from "../../test-axe";
import Unlock from "./Unlock.svelte";

async function shown(slots: SlotKind[]) {
  const fake = createFake({ phase: "locked" });
  await provide(fake);
  const onopen = vi.fn();
  const { container } = render(Unlock, { state: { ...(await fake.appState()), slots }, onopen });
  return { fake, onopen, container };
}

describe("the unlock screen", () => {
  it("offers the ways that the vault has and no others", async () => {
    const { container } = await shown(["keyring", "key-file"]);
    expect(screen.getByTestId("unlock-keyring")).toBeTruthy();
    expect(screen.getByTestId("unlock-key-file")).toBeTruthy();
    expect(screen.queryByTestId("unlock-passphrase")).toBeNull();
    await expectAccessible(container);
  });

  it("says what went wrong and lets one try again", async () => {
    const { onopen } = await shown(["passphrase"]);
    const field = screen.getByLabelText<HTMLInputElement>("Passphrase");
    await fireEvent.click(screen.getByTestId("unlock-passphrase"));
    expect(screen.getByRole("alert").textContent).toBe("Enter the passphrase.");
    await fireEvent.input(field, { target: { value: "wrong" } });
    await fireEvent.click(screen.getByTestId("unlock-passphrase"));
    expect((await screen.findByTestId("error")).dataset.code).toBe("wrong-key");
    await fireEvent.input(field, { target: { value: FAKE_PASSPHRASE } });
    await fireEvent.click(screen.getByTestId("unlock-passphrase"));
    await vi.waitFor(() => { expect(onopen).toHaveBeenCalledOnce(); });
    expect(field.value).toBe("");
  });

  it("can show what was typed and stands open for password programs", async () => {
    await shown(["passphrase"]);
    const field = screen.getByLabelText("Passphrase");
    expect(field.getAttribute("autocomplete")).toBe("current-password");
    await fireEvent.click(screen.getByRole("button", { name: "Show" }));
    expect(field.getAttribute("type")).toBe("text");
  });

  it("keeps the recovery code out of the way until it is asked for, and says a slip by its place", async () => {
    const { onopen, container } = await shown(["passphrase", "recovery"]);
    expect(screen.queryByLabelText("Your fifteen words")).toBeNull();
    await fireEvent.click(screen.getByTestId("unlock-recovery"));
    const field = screen.getByLabelText<HTMLTextAreaElement>("Your fifteen words");
    expect(document.activeElement).toBe(field);
    await expectAccessible(container);
    const typed = async (words: string[]) => {
      await fireEvent.input(field, { target: { value: words.join(" ") } });
      await fireEvent.click(screen.getByTestId("unlock-recovery-do"));
    };
    await typed(FAKE_WORDS.with(4, "mapel"));
    expect((await screen.findByText(/Word 5 is none/)).getAttribute("role")).toBe("alert");
    await typed(FAKE_WORDS.slice(0, 14));
    expect(await screen.findByText("A recovery code has 15 words; these are 14.")).toBeTruthy();
    await typed([FAKE_WORDS[1]!, FAKE_WORDS[0]!, ...FAKE_WORDS.slice(2)]);
    expect(await screen.findByText(/do not belong together/)).toBeTruthy();
    expect(onopen).not.toHaveBeenCalled();
    await typed(FAKE_WORDS);
    await vi.waitFor(() => { expect(onopen).toHaveBeenCalledOnce(); });
    expect(toasts.items.at(-1)?.text).toMatch(/It still counts: keep the sheet/);
  });

  it("opens the words at once where nothing else is left", async () => {
    await shown(["recovery"]);
    expect(screen.getByLabelText("Your fifteen words")).toBeTruthy();
  });
});
