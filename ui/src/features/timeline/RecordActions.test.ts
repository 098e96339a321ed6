// Hiding and erasing from the record sheet, and the dialog that asks before.
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { provide } from "../../ipc";
import { createFake, type Fake } from "../../ipc/fake";
import { toasts } from "../../lib/toasts.svelte";
import { expectAccessible } from "../../test-axe";
import { emptyFilter } from "./filter";
import RecordActions from "./RecordActions.svelte";

let fake: Fake;
let stop: () => void;

beforeEach(async () => {
  fake = createFake({ records: 300 });
  stop = await provide(fake);
});
afterEach(() => {
  cleanup();
  stop();
  toasts.clear();
});

const first = { cursor: null, day: null, undated: false, newer: false, limit: 1 };

async function shown() {
  const page = await fake.timelinePage(emptyFilter(), first);
  const id = page.records[0]?.id ?? "";
  let closed = 0;
  const view = render(RecordActions, { full: await fake.record(id, false), onerased: () => closed++ });
  return { id, view, closed: () => closed };
}

describe("what can be done with a record", () => {
  it("is hidden and shown again", async () => {
    const { id, view } = await shown();
    await fireEvent.click(screen.getByRole("button", { name: "Hide" }));
    await waitFor(async () => { expect((await fake.record(id, false)).hidden_by).toBe("record"); });
    await view.rerender({ full: await fake.record(id, false), onerased: () => undefined });
    await fireEvent.click(screen.getByRole("button", { name: "Show again" }));
    await waitFor(async () => { expect((await fake.record(id, false)).hidden_by).toBeUndefined(); });
    expect(toasts.items.at(-1)?.undo).toBeDefined();
  });

  it("is erased only after a dialog that says what goes and what is not reached", async () => {
    const { id, view, closed } = await shown();
    await fireEvent.click(screen.getByRole("button", { name: "Erase…" }));
    const dialog = await screen.findByRole("dialog", { name: "Erase this record?" });
    await screen.findByText(/There is no undo/);
    expect(dialog.textContent).toMatch(/Backups, exported files/);
    expect(dialog.textContent).toMatch(/comes back if another export/);
    await expectAccessible(view.container);
    await fireEvent.click(screen.getByRole("button", { name: "Keep it" }));
    expect((await fake.record(id, false)).record.id).toBe(id);
    await fireEvent.click(screen.getByRole("button", { name: "Erase…" }));
    await screen.findByText(/There is no undo/);
    await fireEvent.click(screen.getByRole("button", { name: "Erase" }));
    await waitFor(() => { expect(closed()).toBe(1); });
    await expect(fake.record(id, false)).rejects.toMatchObject({ code: "no-such" });
  });

  it("that its category hides is not offered to be shown alone", async () => {
    const page = await fake.timelinePage(emptyFilter(), first);
    const full = await fake.record(page.records[0]?.id ?? "", false);
    render(RecordActions, { full: { ...full, hidden_by: "category" }, onerased: () => undefined });
    expect(screen.queryByRole("button", { name: "Show again" })).toBeNull();
    expect(screen.getByText(/Its category is hidden/)).toBeTruthy();
  });
});
