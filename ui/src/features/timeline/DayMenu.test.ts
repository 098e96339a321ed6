// The menu of a day: from its heading and by keyboard, what it hides and erases, and what it says before.
import { cleanup, configure, fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { provide } from "../../ipc";
import { createFake, type Fake } from "../../ipc/fake";
import { router } from "../../lib/router.svelte";
import { toasts } from "../../lib/toasts.svelte";
import { expectAccessible } from "../../test-axe";
import TimelineView from "./TimelineView.svelte";

configure({ asyncUtilTimeout: 6_000 });

let fake: Fake;
let stop: () => void;

beforeEach(async () => {
  Object.defineProperty(HTMLElement.prototype, "clientWidth", { configurable: true, get: () => 800 });
  fake = createFake({ records: 300 });
  stop = await provide(fake);
});

afterEach(async () => {
  cleanup();
  stop();
  toasts.clear();
  router.go([]);
  await new Promise((done) => setTimeout(done));
});

async function opened(hash = "#/timeline") {
  history.replaceState(null, "", hash);
  window.dispatchEvent(new HashChangeEvent("hashchange"));
  const { container } = render(TimelineView, { path: [] });
  const grid = await waitFor(() => {
    const box = document.querySelector<HTMLElement>("[role=grid]");
    expect(box?.querySelector(".rec:not(.wait)")).toBeTruthy();
    return box as HTMLElement;
  });
  return { container, grid };
}

/** The heading's button; the pinned heading, which has none for screen readers, does not count. */
const more = () => document.querySelector<HTMLElement>("[role=row] .more")!;
const NEWEST = "2026-02-24";
const items = () => screen.getAllByRole("menuitem").map((item) => item.textContent);

describe("the menu of a day", { timeout: 20_000 }, () => {
  it("hides the day from its heading, says how many, and that can be taken back", async () => {
    await opened();
    expect(more().getAttribute("aria-label")).toBe("Tuesday, February 24, 2026: hide or erase");
    await fireEvent.click(more());
    expect(items()).toEqual(["Hide this day", "Erase this day…"]);
    const hide = vi.spyOn(fake, "hide");
    await fireEvent.click(screen.getByRole("menuitem", { name: "Hide this day" }));
    await waitFor(() => { expect(toasts.items.at(-1)?.text).toBe("12 records are hidden."); });
    expect(hide).toHaveBeenCalledWith({ what: "day", of: NEWEST, service: null }, true);
    await toasts.items.at(-1)?.undo?.();
    expect(hide).toHaveBeenLastCalledWith({ what: "day", of: NEWEST, service: null }, false);
    expect(screen.queryByRole("menu")).toBeNull();
  });

  it("erases the day only after a dialog that says how many records go", async () => {
    await opened();
    await fireEvent.click(more());
    await fireEvent.click(screen.getByRole("menuitem", { name: "Erase this day…" }));
    const dialog = await screen.findByRole("dialog", { name: "Erase the records of Feb 24, 2026?" });
    await screen.findByText("12 records go for good, with their original rows. There is no undo.");
    const erase = vi.spyOn(fake, "erase");
    await fireEvent.click(screen.getByRole("button", { name: "Keep it" }));
    expect([dialog.isConnected, erase.mock.calls]).toEqual([false, []]);
    await fireEvent.click(more());
    await fireEvent.click(screen.getByRole("menuitem", { name: "Erase this day…" }));
    await screen.findByText(/There is no undo/);
    await fireEvent.click(screen.getByRole("button", { name: "Erase" }));
    await waitFor(() => { expect(erase).toHaveBeenCalledWith({ what: "day", of: NEWEST, service: null }); });
  });

  it("opens by keyboard for the day of the active record, moves by arrows, and gives the focus back", async () => {
    const { grid, container } = await opened();
    grid.focus();
    for (let n = 0; n < 6; n++) await fireEvent.keyDown(grid, { key: "PageDown" });
    await waitFor(() => { expect(document.getElementById(grid.getAttribute("aria-activedescendant") ?? "")).toBeTruthy(); });
    await fireEvent.keyDown(grid, { key: "F10", shiftKey: true });
    expect((await screen.findByRole("menu")).getAttribute("aria-label")).not.toContain("February 24, 2026");
    await expectAccessible(container);
    await waitFor(() => { expect(document.activeElement?.textContent).toBe("Hide this day"); });
    await fireEvent.keyDown(document.activeElement!, { key: "ArrowUp" });
    expect(document.activeElement?.textContent).toBe("Erase this day…");
    await fireEvent.keyDown(document.activeElement!, { key: "ArrowDown" });
    expect(document.activeElement?.textContent).toBe("Hide this day");
    await fireEvent.keyDown(document.activeElement!, { key: "Escape" });
    await waitFor(() => { expect(document.activeElement).toBe(grid); });
    expect(screen.queryByRole("menu")).toBeNull();
    await fireEvent.keyDown(grid, { key: "Home" });
    await fireEvent.keyDown(grid, { key: "ContextMenu" });
    expect((await screen.findByRole("menu")).getAttribute("aria-label")).toContain("February 24, 2026");
  });

  it("says that a filter does not narrow it, and shows a day again where hidden records are on the screen", async () => {
    await opened("#/timeline?service=spotify&hidden=1");
    await fireEvent.click(more());
    expect(items()).toEqual(["Hide this day", "Show this day again", "Erase this day…"]);
    expect(screen.getByText("All records of the day, also those that the filter leaves out.")).toBeTruthy();
    const hide = vi.spyOn(fake, "hide");
    await fireEvent.click(screen.getByRole("menuitem", { name: "Show this day again" }));
    await waitFor(() => { expect(hide.mock.lastCall?.[1]).toBe(false); });
  });

  it("says so when there was nothing left to hide", async () => {
    await opened();
    vi.spyOn(fake, "hide").mockResolvedValue({ records: 0, hidden: true, log: null });
    await fireEvent.click(more());
    expect(screen.queryByText(/filter leaves out/)).toBeNull();
    await fireEvent.click(screen.getByRole("menuitem", { name: "Hide this day" }));
    await waitFor(() => { expect(toasts.items.at(-1)?.text).toMatch(/^Nothing of that day could be hidden/); });
    expect(toasts.items.at(-1)?.undo).toBeUndefined();
  });

  it("closes by a press elsewhere", async () => {
    await opened();
    await fireEvent.click(more());
    expect(screen.getByRole("menu")).toBeTruthy();
    await fireEvent.pointerDown(document.body);
    await waitFor(() => { expect(screen.queryByRole("menu")).toBeNull(); });
  });
});
