// The recovery code in Settings: shown once, checked by three words, replaced, removed.
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { afterEach, describe, expect, it, vi } from "vitest";
import { provide } from "../../ipc";
import { createFake, type FakeOptions } from "../../ipc/fake";
import { FAKE_WORDS } from "../../ipc/fake-requests";
import { toasts } from "../../lib/toasts.svelte";
import { expectAccessible } from "../../test-axe";
import SettingsView from "./SettingsView.svelte";

let stop: () => void = () => undefined;
afterEach(() => {
  cleanup();
  stop();
  toasts.clear();
});

async function shown(options: FakeOptions = {}, path: string[] = []) {
  const fake = createFake(options);
  stop = await provide(fake);
  render(SettingsView, { path });
  await screen.findByTestId("recovery-make");
  return fake;
}

async function type(words: (string | undefined)[]): Promise<void> {
  for (const [n, place] of [3, 8, 14].entries()) {
    await fireEvent.input(screen.getByLabelText(`Word ${String(place)}`), { target: { value: words[n] } });
  }
  await fireEvent.click(screen.getByTestId("recovery-finish"));
}

const right = [FAKE_WORDS[2], FAKE_WORDS[7], FAKE_WORDS[13]];

describe("the recovery code", () => {
  it("is shown as fifteen numbered words and counts once three of them are right", async () => {
    const fake = await shown();
    await fireEvent.click(screen.getByTestId("recovery-make"));
    const sheet = await screen.findByTestId("recovery-words");
    expect([...sheet.querySelectorAll("li")].map((one) => one.textContent)).toEqual(FAKE_WORDS);
    await expectAccessible(screen.getByRole("dialog"));
    await fireEvent.click(screen.getByTestId("recovery-written"));
    expect(screen.queryByTestId("recovery-words")).toBeNull();
    await expectAccessible(screen.getByRole("dialog"));
    await type(["wrong", "words", "here"]);
    expect((await screen.findByTestId("error")).dataset.code).toBe("recovery-check");
    expect((await fake.recovery()).set).toBe(false);
    await type(right.map((word) => ` ${word?.toUpperCase() ?? ""} `));
    await waitFor(async () => { expect((await fake.recovery()).set).toBe(true); });
    expect(toasts.items.at(-1)?.text).toBe("The recovery code counts from now on.");
    await waitFor(() => { expect(screen.queryByRole("dialog")).toBeNull(); });
    expect((await screen.findByTestId("recovery")).dataset.set).toBe("true");
  });

  it("is offered at once to who comes for it", async () => {
    await shown({}, ["recovery"]);
    expect(await screen.findByTestId("recovery-words")).toBeTruthy();
  });

  it("asks for the passphrase where no keyring proves who is there", async () => {
    await shown({ keyring: false }, ["recovery"]);
    await fireEvent.click(await screen.findByTestId("recovery-next"));
    expect(screen.getByRole("alert").textContent).toBe("Enter the passphrase.");
    const field = screen.getByLabelText("Your passphrase");
    await fireEvent.input(field, { target: { value: "wrong" } });
    await fireEvent.click(screen.getByTestId("recovery-next"));
    expect((await screen.findByTestId("error")).dataset.code).toBe("wrong-key");
    await fireEvent.input(field, { target: { value: "correct horse" } });
    await fireEvent.click(screen.getByTestId("recovery-next"));
    expect(await screen.findByTestId("recovery-words")).toBeTruthy();
  });

  it("is forgotten by leaving, which changes nothing", async () => {
    const fake = await shown();
    const cancel = vi.spyOn(fake, "recoveryCancel");
    await fireEvent.click(screen.getByTestId("recovery-make"));
    await screen.findByTestId("recovery-words");
    await fireEvent.click(screen.getByRole("button", { name: "Cancel" }));
    await waitFor(() => { expect(cancel).toHaveBeenCalledOnce(); });
    expect((await fake.recovery()).set).toBe(false);
    expect(document.body.textContent).not.toContain(FAKE_WORDS[0]);
  });

  it("says that the one before is dead once the new one counts, and is removed only after a question", async () => {
    const fake = await shown({ recovery: true });
    await fireEvent.click(screen.getByTestId("recovery-make"));
    expect(await screen.findByText(/opens nothing any more once this one counts/)).toBeTruthy();
    await fireEvent.click(screen.getByRole("button", { name: "Cancel" }));
    await fireEvent.click(screen.getByTestId("recovery-remove"));
    expect((await fake.recovery()).set).toBe(true);
    await fireEvent.click(screen.getByTestId("recovery-remove-do"));
    await waitFor(async () => { expect((await fake.recovery()).set).toBe(false); });
  });

  it("can be written to a file, and that file is said to be unencrypted", async () => {
    await shown({}, ["recovery"]);
    await fireEvent.click(await screen.findByRole("button", { name: "Save as a file to print" }));
    expect((await screen.findByText(/thinline-recovery-code.txt/)).textContent).toContain("not encrypted");
  });
});
