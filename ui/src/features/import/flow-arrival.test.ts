// How archives come to the page: dropped on it, or found in the watched folder.
import { screen, waitFor, within } from "@testing-library/svelte";
import { describe, expect, it, vi } from "vitest";
import { importDoor } from "../../lib/import-door.svelte";
import { toasts } from "../../lib/toasts.svelte";
import { drop, services, stages, until } from "./test-flow";

describe("drag and drop", () => {
  it("says where to drop while something is held over the window", async () => {
    services.drag(true);
    expect((await screen.findByTestId("drop-hint")).textContent).toContain("Drop it here");
    services.drag(false);
    await waitFor(() => expect(screen.queryByTestId("drop-hint")).toBeNull());
  });

  it("says that more can be dropped onto a list", async () => {
    drop("my_spotify_data.zip");
    await until("checked");
    services.drag(true);
    expect((await screen.findByTestId("drop-hint")).textContent).toContain("Drop it to add it to the list");
    drop("part.zip");
    await until("checked", "checked");
  });

  it("has a word for what cannot be opened at all", async () => {
    const show = vi.spyOn(toasts, "show");
    drop();
    expect(show.mock.lastCall?.[0]).toMatch(/^Nothing in that could be opened/);
  });

  it("takes nothing while sample data is open", async () => {
    const show = vi.spyOn(toasts, "show");
    importDoor.closed = true;
    drop("my_spotify_data.zip");
    importDoor.closed = false;
    expect([stages(), show.mock.lastCall?.[0]]).toEqual([[], "Leave the sample to import your own data."]);
  });
});

describe("what arrived in the watched folder", () => {
  it("is offered, and looked at only when the person says so", async () => {
    services.arrive("my_spotify_data.zip", "spotify");
    const bar = await screen.findByTestId("import-watch");
    expect(bar.textContent).toContain("An export of Spotify arrived.");
    expect(stages()).toEqual([]);
    within(bar).getByRole("button", { name: "Check it" }).click();
    await until("checked");
    expect(screen.queryByTestId("import-watch")).toBeNull();
  });

  it("is looked at when another room asks for that", async () => {
    services.arrive("my_spotify_data.zip", "spotify");
    await screen.findByTestId("import-watch");
    const [offer] = (await services.watchState()).offers;
    importDoor.openPicked([offer!.picked]);
    await until("checked");
    importDoor.openPicked([offer!.picked]);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(stages()).toEqual(["checked"]);
  });

  it("is not offered again once it was dismissed", async () => {
    services.arrive("my_spotify_data.zip", "spotify");
    (await screen.findByRole("button", { name: "Not this one: my_spotify_data.zip" })).click();
    await waitFor(() => expect(screen.queryByTestId("import-watch")).toBeNull());
    expect((await services.watchState()).offers).toEqual([]);
  });
});
