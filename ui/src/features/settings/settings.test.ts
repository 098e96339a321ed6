// The settings room: one change at a time, and back when it is refused.
import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { describe, expect, it, vi } from "vitest";
import { provide } from "../../ipc";
import { createFake, type FakeOptions } from "../../ipc/fake";
import { expectAccessible } from "../../test-axe";
import SettingsView from "./SettingsView.svelte";

async function shown(options: FakeOptions = {}) {
  const fake = createFake(options);
  await provide(fake);
  const { container } = render(SettingsView, { path: [] });
  await screen.findByText("Key and lock");
  return { fake, container };
}

describe("the settings room", () => {
  it("changes one preference and keeps the others", async () => {
    const { fake } = await shown();
    const before = (await fake.appState()).preferences;
    await fireEvent.click(screen.getByRole("radio", { name: "Dark" }));
    await vi.waitFor(async () => { expect((await fake.appState()).preferences).toEqual({ ...before, appearance: "dark" }); });
    await fireEvent.click(screen.getByRole("radio", { name: "150%" }));
    await vi.waitFor(async () => { expect((await fake.appState()).preferences.text_size).toBe(150); });
    expect((await fake.appState()).preferences.appearance).toBe("dark");
  });

  it("keeps both of two changes that follow each other faster than they are answered", async () => {
    const { fake } = await shown();
    const write = fake.setPreferences.bind(fake);
    vi.spyOn(fake, "setPreferences").mockImplementation(async (preferences) => {
      await new Promise((done) => setTimeout(done, 20));
      return write(preferences);
    });
    await fireEvent.click(screen.getByRole("radio", { name: "Dark" }));
    await fireEvent.click(screen.getByRole("radio", { name: "150%" }));
    await vi.waitFor(async () => { expect((await fake.appState()).preferences).toMatchObject({ appearance: "dark", text_size: 150 }); });
  });

  it("goes back to what counts when a change is refused", async () => {
    const { fake } = await shown();
    vi.spyOn(fake, "setPreferences").mockRejectedValue(fake.world.error("read-only"));
    await fireEvent.click(screen.getByRole("radio", { name: "Dark" }));
    expect((await screen.findByTestId("error")).dataset.code).toBe("read-only");
    expect(screen.getByRole<HTMLInputElement>("radio", { name: "As the system" }).checked).toBe(true);
    expect(screen.getByRole<HTMLInputElement>("radio", { name: "Dark" }).checked).toBe(false);
  });

  it("erases everything only after that word was typed, and not while sample data is open", async () => {
    const { fake } = await shown();
    await fireEvent.click(screen.getByTestId("erase-all"));
    await fireEvent.input(await screen.findByTestId("erase-word"), { target: { value: "everything" } });
    const erase = vi.spyOn(fake, "erase");
    await fireEvent.click(screen.getByRole("button", { name: "Erase" }));
    await vi.waitFor(() => { expect(erase).toHaveBeenCalledWith({ what: "all", of: "", service: null }); });
    cleanup();
    await shown({ sample: true });
    await vi.waitFor(() => { expect(screen.queryByTestId("erase-all")).toBeNull(); });
  });

  it("locks, and lists every import with its state", async () => {
    const { fake, container } = await shown();
    const { imports } = await fake.imports();
    expect(await screen.findAllByRole("rowheader")).toHaveLength(imports.length);
    await expectAccessible(container);
    await fireEvent.click(screen.getByRole("button", { name: "Lock now" }));
    await vi.waitFor(async () => { expect((await fake.appState()).phase).toBe("locked"); });
  });
});
