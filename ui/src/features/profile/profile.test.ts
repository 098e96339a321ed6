// The profile room: what a selection asks for, what the preview says, what is saved.
import { fireEvent, render, screen, within } from "@testing-library/svelte";
import { describe, expect, it, vi } from "vitest";
import { provide } from "../../ipc";
import { createFake } from "../../ipc/fake";
import { expectAccessible } from "../../test-axe";
import { ranked, Selection } from "./profile.svelte";
import ProfileView from "./ProfileView.svelte";

describe("the selection", () => {
  it("means all of it until something is chosen", () => {
    const { filter, precision, unmask } = new Selection().request;
    expect(filter).toEqual({ services: [], accounts: [], persons: [], kinds: [], categories: [], usable_for: null, from: null, to: null, search: "", max_sensitivity: null });
    expect([precision, unmask]).toEqual(["exact", false]);
  });

  it("takes whole days only and notices when they stand the wrong way round", () => {
    const selection = new Selection();
    selection.from = "2026-13-40";
    expect(selection.filter.from).toBeNull();
    [selection.from, selection.to] = ["2026-03-02", "2026-03-01"];
    expect(selection.backwards).toBe(true);
    selection.sensitivity = "2";
    expect(selection.filter).toMatchObject({ from: "2026-03-02", to: "2026-03-01", max_sensitivity: 2 });
  });

  it("ranks groups by count and leaves empty ones out", () => {
    expect(ranked({ a: 1, b: 5, c: 0, d: 5 }).map((group) => group.id)).toEqual(["b", "d", "a"]);
  });
});

async function shown(records = 3000) {
  const fake = createFake({ records });
  await provide(fake);
  const { container } = render(ProfileView, { path: [] });
  return { fake, container };
}
const holds = async () => (await screen.findByTestId("profile-count")).textContent;

describe("the profile room", () => {
  it("counts again when the selection changes, and says what is left out", async () => {
    const { container, fake } = await shown();
    const all = await holds();
    expect(await screen.findByText(/records are left out: it is not decided whose they are/)).toBeTruthy();
    await fireEvent.click(within(screen.getByRole("group", { name: "Services" })).getByLabelText(/Spotify/));
    await vi.waitFor(async () => { expect(await holds()).not.toBe(all); });
    const preview = await fake.profilePreview({ filter: { ...new Selection().filter, services: ["spotify"] }, precision: "exact", unmask: false });
    expect(await holds()).toContain(preview.records.toLocaleString("en-US"));
    await expectAccessible(container);
  });

  it("counts choices only for the form that holds them", async () => {
    await shown();
    await vi.waitFor(async () => { expect(await holds()).toMatch(/records, .*choice/); });
    await fireEvent.click(screen.getByRole("radio", { name: "CSV" }));
    expect(await holds()).toMatch(/records$/);
    expect(screen.getByText(/It holds records only/)).toBeTruthy();
  });

  it("says that there is nothing to take along, and what comes first", async () => {
    await shown(0);
    expect(await screen.findByText("There is nothing to take along yet")).toBeTruthy();
    expect(screen.getByRole("button", { name: "Import an export" })).toBeTruthy();
  });

  it("puts in the records of a person who is ticked, beside all that went in before", async () => {
    const { fake } = await shown();
    const filter = new Selection().filter;
    const before = await fake.profilePreview({ filter, precision: "exact", unmask: false });
    const robin = (await fake.facets()).filter((f) => f.person === "Robin").reduce((sum, f) => sum + f.count, 0);
    expect(robin).toBeGreaterThan(0);
    await fireEvent.click(await screen.findByLabelText("Robin (Netflix)"));
    await vi.waitFor(async () => { expect(await holds()).toContain((before.records + robin).toLocaleString("en-US")); });
    expect(await screen.findByText(`${String(before.undecided_persons - robin)} records are left out: it is not decided whose they are.`)).toBeTruthy();
    expect(screen.getByLabelText("Kim (Netflix)")).toBeTruthy();
  });

  it("shows no rows when only counts go in", async () => {
    await shown();
    await holds();
    await fireEvent.click(screen.getByRole("radio", { name: "Counts" }));
    expect(await screen.findByText("The file holds these counts and no single records.")).toBeTruthy();
    expect(screen.queryByText(/The first .* rows/)).toBeNull();
  });

  it("saves what was chosen and shows where it lies", async () => {
    const { fake } = await shown();
    const write = vi.spyOn(fake, "profileExport");
    await holds();
    await fireEvent.click(screen.getByRole("radio", { name: "CSV" }));
    await fireEvent.click(screen.getByTestId("profile-save"));
    const written = await screen.findByTestId("profile-written");
    expect(written.textContent).toContain("/home/robin/thinline-profile.csv");
    expect(write.mock.calls[0]?.[1]).toBe("csv");
  });

  it("does nothing when the dialog is cancelled, and says why a file could not be written", async () => {
    const { fake } = await shown();
    await holds();
    vi.spyOn(fake, "pickSave").mockResolvedValueOnce(null);
    await fireEvent.click(screen.getByTestId("profile-save"));
    expect(screen.queryByTestId("profile-written")).toBeNull();
    vi.spyOn(fake, "profileExport").mockRejectedValue(fake.world.error("cannot-write"));
    await fireEvent.click(screen.getByTestId("profile-save"));
    expect((await screen.findByTestId("error")).dataset.code).toBe("cannot-write");
  });
});
