// The ways to unlock in Settings: listed, changed with a proof, taken away, and a new key that says what it leaves behind.
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/svelte";
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
  await screen.findByTestId("ways");
  return fake;
}

const kinds = async (fake: Awaited<ReturnType<typeof shown>>) => (await fake.keys()).ways.map((way) => way.kind);
const fill = (label: string, value: string) => fireEvent.input(screen.getByLabelText(label), { target: { value } });
const choose = (name: string) => fireEvent.click(within(screen.getByTestId("proof-kind")).getByLabelText(name));
const press = (testid: string) => fireEvent.click(screen.getByTestId(testid));

describe("the ways to unlock", () => {
  it("are listed with what can be done to each", async () => {
    await shown({ recovery: true });
    const rows = [...screen.getByTestId("ways").querySelectorAll("li")].map((row) => row.textContent.trim());
    expect(rows.map((row) => row.replace(/\s+/g, " "))).toEqual(["System keyring Remove", "Passphrase Change Remove", "Recovery code"]);
    expect(screen.queryByTestId("keyring-add")).toBeNull();
    await expectAccessible(document.body);
  });

  it("change the passphrase with the old one, which opens nothing afterwards", async () => {
    const fake = await shown({ keyring: false });
    await press("passphrase-change");
    await expectAccessible(screen.getByRole("dialog"));
    await press("way-do");
    expect(screen.getAllByRole("alert").map((one) => one.textContent)).toEqual(["Enter a passphrase.", "Show that it is you first."]);
    await fill("New passphrase", "spring tide");
    await fill("The same again", "spring tidy");
    await fill("Your passphrase now", "wrong");
    await press("way-do");
    expect(screen.getByRole("alert").textContent).toBe("The two are not the same.");
    await fill("The same again", "spring tide");
    await press("way-do");
    expect((await screen.findByTestId("error")).dataset.code).toBe("wrong-key");
    await fill("Your passphrase now", "correct horse");
    await press("way-do");
    await waitFor(() => { expect(screen.queryByRole("dialog")).toBeNull(); });
    expect(toasts.items.at(-1)?.text).toBe("The passphrase counts from now on.");
    await expect(fake.passphraseSet({ key: "passphrase", passphrase: "correct horse", key_file: null }, "x")).rejects.toMatchObject({ code: "wrong-key" });
  });

  it("let who has only the recovery code set a passphrase", async () => {
    const fake = await shown({ recovery: true, keyring: false }, ["passphrase"]);
    await screen.findByRole("dialog");
    await choose("Recovery code");
    await fill("New passphrase", "spring tide");
    await fill("The same again", "spring tide");
    await fill("Your fifteen words", FAKE_WORDS.join(" "));
    await press("way-do");
    await waitFor(() => { expect(screen.queryByRole("dialog")).toBeNull(); });
    expect(fake.world.log.at(-1)?.payload).toEqual({ way: "passphrase", done: "replaced" });
  });

  it("are taken away after a question that says what is left, and the last one cannot be", async () => {
    const fake = await shown();
    await fireEvent.click(screen.getByRole("button", { name: "Remove: System keyring" }));
    expect(screen.getByRole("dialog").textContent).toContain("What is left: Passphrase");
    await press("way-do");
    await waitFor(async () => { expect(await kinds(fake)).toEqual(["passphrase"]); });
    await waitFor(() => { expect(screen.queryByRole("button", { name: /^Remove/ })).toBeNull(); });
    expect(screen.getByText(/only way in/)).toBeTruthy();
  });

  it("get a key file that was chosen, and the keyring back", async () => {
    const fake = await shown({ keyring: false });
    await press("key-file-add");
    await press("way-do");
    expect(screen.getAllByRole("alert")[0]?.textContent).toBe("Choose where to put the key file.");
    await fireEvent.click(screen.getByRole("button", { name: "Choose where to put it" }));
    await fill("Your passphrase now", "correct horse");
    await press("way-do");
    await waitFor(async () => { expect(await kinds(fake)).toEqual(["passphrase", "key-file"]); });
    await waitFor(() => { expect(screen.queryByRole("dialog")).toBeNull(); });
    await press("keyring-add");
    await fill("Your passphrase now", "correct horse");
    await press("way-do");
    await waitFor(async () => { expect(await kinds(fake)).toEqual(["passphrase", "key-file", "keyring"]); });
  });

  it("are offered no new code while an old one is the only way in", async () => {
    const fake = await shown({ recovery: true, keyring: false });
    await fireEvent.click(screen.getByRole("button", { name: "Remove: Passphrase" }));
    await fill("Your passphrase now", "correct horse");
    await press("way-do");
    await waitFor(async () => { expect(await kinds(fake)).toEqual(["recovery"]); });
    expect(await screen.findByText(/Only the recovery code is left/)).toBeTruthy();
    await waitFor(() => { expect(screen.getByTestId<HTMLButtonElement>("recovery-make").disabled).toBe(true); });
  });
});

describe("a new key", () => {
  it("says which ways it leaves behind, and keeps those that were shown", async () => {
    const fake = await shown({ recovery: true });
    const rotate = vi.spyOn(fake, "keyRotate");
    await press("rotate");
    await expectAccessible(screen.getByRole("dialog"));
    expect(screen.getByTestId("rotate-drops").textContent.trim()).toBe("Opens nothing any more: Passphrase and Recovery code.");
    await fill("Your passphrase", "correct horse");
    expect(screen.getByTestId("rotate-drops").textContent.trim()).toBe("Opens nothing any more: Recovery code.");
    await press("rotate-do");
    await waitFor(() => { expect(screen.queryByRole("dialog")).toBeNull(); });
    expect(rotate.mock.calls[0]?.[1]).toBe(true);
    expect(await kinds(fake)).toEqual(["keyring", "passphrase"]);
    expect(toasts.items.at(-1)?.text).toContain("Opens nothing any more: Recovery code");
  });

  it("needs at least one way in, and keeps all when all are shown", async () => {
    const fake = await shown({ keyring: false });
    await press("rotate");
    await press("rotate-do");
    expect(screen.getByRole("alert").textContent).toBe("Show at least one way in.");
    await fill("Your passphrase", "wrong");
    expect(screen.getByTestId("rotate-drops").textContent.trim()).toBe("Every way in goes on.");
    await press("rotate-do");
    expect((await screen.findByTestId("error")).dataset.code).toBe("wrong-key");
    await fill("Your passphrase", "correct horse");
    await press("rotate-do");
    await waitFor(() => { expect(fake.world.log.at(-1)?.kind).toBe("key.rotated"); });
  });
});
