// The shell: rooms by address, locking, the banner of the sample, the fault screen, theme and text size.
import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { describe, expect, it, vi } from "vitest";
import { provide } from "../ipc";
import { createFake, type FakeOptions } from "../ipc/fake";
import { importDoor } from "../lib/import-door.svelte";
import { router } from "../lib/router.svelte";
import { toasts } from "../lib/toasts.svelte";
import { expectAccessible } from "../test-axe";
import App from "./App.svelte";
import { roomOf, ROOMS } from "./routes";

async function shown(options: FakeOptions = {}) {
  const fake = createFake(options);
  await provide(fake);
  return { fake, ...render(App) };
}

describe("rooms", () => {
  it("are found by their address, and an unknown one leads to the first", () => {
    for (const room of ROOMS) expect(roomOf([room.id, "x"]).id).toBe(room.id);
    expect(roomOf([]).id).toBe("services");
    expect(roomOf(["nowhere"]).id).toBe("services");
  });
});

describe("the shell", () => {
  it("shows the room of the address and marks it in the rail", async () => {
    await shown();
    router.go("log");
    expect(await screen.findByRole("heading", { name: "Log", level: 1 })).toBeTruthy();
    expect(screen.getByTestId("nav-log").getAttribute("aria-current")).toBe("page");
    expect(screen.getByTestId("nav-services").hasAttribute("aria-current")).toBe(false);
    await expectAccessible();
  });

  it("says in the rail how much waits for the person, in words too", async () => {
    await shown({ requests: "all", recovery: true });
    const link = await screen.findByRole("link", { name: "To do, 3 things wait for you" });
    expect(link.dataset.testid).toBe("nav-todo");
    expect(link.querySelector("[aria-hidden]")?.textContent).toBe("3");
  });

  it("counts in the rail what arrived in the watched folder, but not while sample data is open", async () => {
    const { fake } = await shown({ records: 0 });
    fake.parts.services.arrive("my_spotify_data.zip", "spotify");
    expect(await screen.findByRole("link", { name: "To do, 1 thing waits for you" })).toBeTruthy();
    cleanup();
    const { fake: sample } = await shown({ records: 0, sample: true });
    sample.parts.services.arrive("my_spotify_data.zip", "spotify");
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(screen.getByRole("link", { name: "To do" })).toBeTruthy();
  });

  it("says nothing in the rail when nothing waits", async () => {
    await shown({ records: 0 });
    expect(await screen.findByRole("link", { name: "To do" })).toBeTruthy();
  });

  it("locks from the rail and opens again", async () => {
    await shown();
    await fireEvent.click(await screen.findByTestId("lock-now"));
    await fireEvent.click(await screen.findByTestId("unlock-keyring"));
    expect(await screen.findByTestId("nav-services")).toBeTruthy();
  });

  it("says when locking failed", async () => {
    const { fake } = await shown();
    vi.spyOn(fake, "lockNow").mockRejectedValue(fake.world.error("internal"));
    await fireEvent.click(await screen.findByTestId("lock-now"));
    expect((await screen.findByTestId("toast")).textContent).toContain("Something went wrong");
    toasts.clear();
  });

  it("says on every page that sample data is invented, and deletes it on leaving", async () => {
    await shown({ sample: true });
    for (const room of ["log", "settings"]) {
      router.go(room);
      expect((await screen.findByTestId("sample-banner")).textContent).toContain("all of it is invented");
    }
    await fireEvent.click(screen.getByRole("button", { name: "Leave and delete it" }));
    expect(await screen.findByText("Welcome to Thinline")).toBeTruthy();
  });

  it("offers neither an import nor a lock while sample data is open", async () => {
    const { fake } = await shown({ sample: true });
    router.go("services");
    await screen.findByRole("heading", { name: "Services", level: 1 });
    expect(screen.queryByTestId("lock-now")).toBeNull();
    expect(await screen.findByText("Leave the sample to import your own data.")).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Import an export" })).toBeNull();
    fake.parts.services.drop([{ token: "dropped", name: "my_spotify_data.zip", bytes: 1000 }]);
    expect((await screen.findByTestId("toast")).textContent).toContain("Leave the sample");
    expect(screen.queryByTestId("import-item")).toBeNull();
    toasts.clear();
    importDoor.open();
    expect(importDoor.take()).toBeNull();
  });

  it("says why it cannot start, and tries again", async () => {
    const { fake } = await shown({ phase: "fault", fault: "read-only" });
    expect((await screen.findByTestId("error")).dataset.code).toBe("read-only");
    fake.world.state = { ...fake.world.state, phase: "locked", fault: null };
    await fireEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByText("Thinline is locked")).toBeTruthy();
  });

  it("carries theme and text size from the preferences", async () => {
    const { fake } = await shown({ appearance: "dark", textSize: 200 });
    await vi.waitFor(() => { expect(document.documentElement.dataset.theme).toBe("dark"); });
    expect(document.documentElement.style.fontSize).toBe("175%");
    await fake.setPreferences({ ...fake.world.state.preferences, appearance: "light", text_size: 100 });
    await vi.waitFor(() => { expect(document.documentElement.dataset.theme).toBe("light"); });
    expect(document.documentElement.style.fontSize).toBe("87.5%");
  });
});
