// Whose profiles are, what is left out, and erasing a service with its name typed.
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { provide } from "../../ipc";
import { createFake, type Fake } from "../../ipc/fake";
import { toasts } from "../../lib/toasts.svelte";
import { expectAccessible } from "../../test-axe";
import HoldsTab from "./HoldsTab.svelte";

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

async function shown(id = "netflix") {
  const view = render(HoldsTab, { service: await fake.service(id) });
  await screen.findByTestId("whose");
  return view;
}

describe("the page of a service", () => {
  it("says what its counts leave out", async () => {
    const { container } = await shown();
    expect(screen.getByText("460 records of profiles that nobody decided about are not counted.")).toBeTruthy();
    expect(screen.getByText("40 records of somebody else are not counted.")).toBeTruthy();
    await expectAccessible(container);
  });

  it("notes whose a profile is", async () => {
    await shown();
    const kim = screen.getByRole("group", { name: /Kim/ });
    await fireEvent.click(within(kim).getByRole("radio", { name: "Not mine" }));
    await waitFor(async () => {
      expect((await fake.people("netflix")).people.find((one) => one.name === "Kim")).toMatchObject({ whose: "not-mine", decided: true });
    });
  });

  it("renames an account", async () => {
    await shown("spotify");
    await fireEvent.click(screen.getByRole("button", { name: /Rename the account/ }));
    await fireEvent.input(screen.getByLabelText("Name of the account"), { target: { value: "Robin alone" } });
    await fireEvent.click(screen.getByRole("button", { name: "Save" }));
    await waitFor(async () => { expect((await fake.people("spotify")).accounts[0]?.name).toBe("Robin alone"); });
  });

  it("hides a kind of data, never imports it, and lifts that again", async () => {
    await shown("spotify");
    const part = await screen.findByTestId("leave-out");
    await fireEvent.click(within(part).getByRole("button", { name: "Hide" }));
    await within(part).findByText("Hidden, also in later imports.");
    await fireEvent.click(within(part).getByRole("button", { name: "Never import" }));
    await within(part).findByText(/Never imported/);
    await fireEvent.click(within(part).getByRole("button", { name: "Import again" }));
    await within(part).findByText("Imported and shown.");
  });

  it("erases a service only when its name was typed", async () => {
    await shown("spotify");
    await fireEvent.click(await screen.findByRole("button", { name: "Erase everything from Spotify…" }));
    await screen.findByText(/There is no undo/);
    const erase = screen.getByRole<HTMLButtonElement>("button", { name: "Erase" });
    expect(erase.disabled).toBe(true);
    await fireEvent.input(screen.getByTestId("erase-word"), { target: { value: "Spotif" } });
    expect(erase.disabled).toBe(true);
    await fireEvent.input(screen.getByTestId("erase-word"), { target: { value: "Spotify" } });
    expect(erase.disabled).toBe(false);
    await fireEvent.click(erase);
    await waitFor(() => { expect(fake.world.log.at(-1)?.kind).toBe("payload.erased"); });
  });
});
