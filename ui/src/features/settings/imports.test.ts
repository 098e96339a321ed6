// The imports in Settings: what can be read better by now, and the watched folder.
import { cleanup, render, screen, waitFor } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { provide } from "../../ipc";
import { createFake, type Fake } from "../../ipc/fake";
import { importDoor } from "../../lib/import-door.svelte";
import { expectAccessible } from "../../test-axe";
import Imports from "./Imports.svelte";

let fake: Fake;
let stop: () => void;

beforeEach(async () => {
  fake = createFake();
  stop = await provide(fake);
});

afterEach(() => {
  cleanup();
  stop();
  importDoor.take();
});

async function withStale(files: number, rows: number): Promise<void> {
  const all = await fake.imports();
  all.imports[0]!.stale = { changed: ["spotify/plays"], new: [], files, rows };
  vi.spyOn(fake, "imports").mockResolvedValue(all);
  render(Imports);
  await screen.findByRole("table");
}

it.each([[2, 692, "2 files more can be read now."], [0, 692, "692 rows more can be read now."], [0, 0, "Can be read better now."]])(
  "offers to read an import again, with what that would find: %i files, %i rows",
  async (files, rows, words) => {
    await withStale(files, rows);
    expect(screen.getByText(words)).toBeTruthy();
    screen.getByRole("button", { name: /^Read .* again$/ }).click();
    expect(importDoor.wish?.again?.stale?.changed).toEqual(["spotify/plays"]);
  },
);

it("offers it only where recipes changed", async () => {
  render(Imports);
  await screen.findByRole("table");
  expect(screen.queryByRole("button", { name: /again$/ })).toBeNull();
});

it("offers it for no import while sample data is open", async () => {
  importDoor.closed = true;
  await withStale(1, 0);
  expect(screen.queryByRole("button", { name: /again$/ })).toBeNull();
  importDoor.closed = false;
});

it("offers to erase an import for good, and asks before", async () => {
  render(Imports);
  await screen.findByRole("table");
  const [row] = (await fake.imports()).imports;
  (await screen.findByRole("button", { name: `Erase the import of ${row!.archive}` })).click();
  const dialog = await screen.findByRole("dialog", { name: "Erase this import?" });
  await screen.findByText(/There is no undo/);
  expect(dialog.textContent).toContain(row!.archive);
  const erase = vi.spyOn(fake, "erase");
  screen.getByRole("button", { name: "Erase" }).click();
  await waitFor(() => expect(erase).toHaveBeenCalledWith({ what: "import", of: String(row!.id), service: null }));
});

it("watches no folder until one is chosen, and stops when told to", async () => {
  render(Imports);
  expect(await screen.findByText("No folder is watched.")).toBeTruthy();
  screen.getByRole("button", { name: "Choose a folder" }).click();
  expect(await screen.findByText("/home/robin/Downloads")).toBeTruthy();
  screen.getByRole("button", { name: "Stop watching" }).click();
  await waitFor(() => expect(screen.getByText("No folder is watched.")).toBeTruthy());
  expect((await fake.watchState()).folder).toBeNull();
});

it("says when the watched folder cannot be opened", async () => {
  vi.spyOn(fake, "watchState").mockResolvedValue({ folder: "/media/stick", reachable: false, offers: [] });
  render(Imports);
  expect(await screen.findByText("It cannot be opened just now.")).toBeTruthy();
});

it("is accessible with both", async () => {
  await withStale(2, 0);
  await screen.findByText("No folder is watched.");
  await expectAccessible();
});
