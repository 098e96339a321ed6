// What is asked before a service, an import or everything is erased.
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { provide, type Target } from "../../ipc";
import { createFake, type Fake } from "../../ipc/fake";
import { toasts } from "../toasts.svelte";
import { expectAccessible } from "../../test-axe";
import EraseDialog from "./EraseDialog.svelte";

let fake: Fake;
let stop: () => void;

beforeEach(async () => {
  fake = createFake();
  stop = await provide(fake);
});
afterEach(() => {
  cleanup();
  stop();
  toasts.clear();
});

async function asked(target: Partial<Target>, more: Record<string, string> = {}) {
  const erase = vi.spyOn(fake, "erase");
  const onclose = vi.fn();
  render(EraseDialog, { props: { target: { what: "all", of: "", service: null, ...target }, onclose, ...more } });
  await screen.findByText(/There is no undo/);
  return { erase, onclose, button: screen.getByRole("button", { name: "Erase" }) as HTMLButtonElement };
}

describe("erasing", () => {
  it("everything needs that word, says what stays, and is logged", async () => {
    const { erase, button, onclose } = await asked({});
    expect(screen.getByRole("dialog", { name: "Erase everything?" }).textContent).toMatch(/Your key, your settings.*stay/);
    await expectAccessible();
    const word = screen.getByRole("textbox", { name: "Type “everything” to go on" });
    await fireEvent.submit(word.closest("form")!);
    await fireEvent.input(word, { target: { value: "all" } });
    expect([button.disabled, erase.mock.calls]).toEqual([true, []]);
    await fireEvent.input(word, { target: { value: " everything " } });
    await fireEvent.click(button);
    await waitFor(() => { expect(onclose).toHaveBeenCalledOnce(); });
    expect(erase).toHaveBeenCalledWith({ what: "all", of: "", service: null });
    expect(fake.world.log.at(-1)).toMatchObject({ kind: "payload.erased" });
    expect(toasts.items.at(-1)?.text).toBe("5,200 records were erased.");
  });

  it("a service needs its name", async () => {
    const { erase, button } = await asked({ what: "service", of: "spotify" }, { service: "Spotify" });
    await fireEvent.input(screen.getByRole("textbox"), { target: { value: "everything" } });
    expect(button.disabled).toBe(true);
    await fireEvent.input(screen.getByRole("textbox"), { target: { value: "Spotify" } });
    await fireEvent.click(button);
    await waitFor(() => { expect(erase).toHaveBeenCalledOnce(); });
  });

  it("an import names its archive and says what other imports keep", async () => {
    const { erase, button } = await asked({ what: "import", of: "3" }, { archive: "my_\u202Efdp.zip" });
    const text = screen.getByRole("dialog", { name: "Erase this import?" }).textContent;
    expect(text).toContain("240 records stay: other imports hold them, too.");
    expect(text).not.toContain("\u202E");
    await fireEvent.click(button);
    await waitFor(() => { expect(erase).toHaveBeenCalledWith({ what: "import", of: "3", service: null }); });
  });

  it("an import of which nothing is left goes all the same", async () => {
    vi.spyOn(fake, "erasePlan").mockResolvedValue({ records: 0, kept: 0, log_entries: 2 });
    const { erase, button } = await asked({ what: "import", of: "3" }, { archive: "a.zip" });
    await fireEvent.click(button);
    await waitFor(() => { expect(erase).toHaveBeenCalledOnce(); });
  });
});
