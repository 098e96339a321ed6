// While archives are read: progress, cancelling, the keyboard, several at once.
import { fireEvent, screen, waitFor } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { importDoor } from "../../lib/import-door.svelte";
import { button, dialog, drop, imported, remarks, until } from "./test-flow";

describe("while it runs", () => {
  it("shows progress and can be stopped", async () => {
    drop("my_spotify_data.zip");
    await until("checked");
    button("Import").click();
    await waitFor(() => expect(screen.getByRole("progressbar").getAttribute("aria-valuenow")).not.toBeNull());
    button(/Cancel the import of/).click();
    await until("cancelled");
    expect(screen.getByText("Stopped. Nothing of it was kept.")).toBeTruthy();
  });

  it("can be put away and comes back with its result", async () => {
    drop("my_spotify_data.zip");
    await until("checked");
    button("Import").click();
    await until("reading");
    button("Keep in the background").click();
    const bar = await screen.findByTestId("import-bar");
    expect(bar.textContent).toContain("my_spotify_data.zip");
    (await screen.findByRole("button", { name: "Show the result" })).click();
    await until("ended");
    screen.getAllByRole("button", { name: "Close" })[0]!.click();
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(screen.queryByTestId("import-bar")).toBeNull();
  });

  it("says how far it is inside the dialog, without chattering", async () => {
    const said = new Set<string>();
    const watch = new MutationObserver(() => {
      const status = document.querySelector("dialog [data-testid=import-status]");
      if (status?.textContent) said.add(status.textContent);
    });
    watch.observe(document.body, { childList: true, characterData: true, subtree: true });
    await imported();
    watch.disconnect();
    expect([...said].some((text) => text.includes("Reading rows, 50%"))).toBe(true);
    expect(said).toContain("1 import ended");
    expect(said).toContain("Looked at 1 archive. It waits for you.");
    expect(said.size).toBeLessThan(14);
  });

  it("leaves the focus in the dialog, at the archive, when its button is gone", async () => {
    drop("my_spotify_data.zip");
    await until("checked");
    button("Import").focus();
    button("Import").click();
    await until("ended");
    await waitFor(() => expect(dialog().contains(document.activeElement)).toBe(true));
    expect(document.activeElement?.tagName).toBe("H3");
  });
});

describe("by keyboard", () => {
  const escape = () => fireEvent(dialog(), new Event("cancel", { cancelable: true }));
  let door: HTMLButtonElement;
  beforeEach(() => {
    door = document.body.appendChild(document.createElement("button"));
    door.focus();
  });
  afterEach(() => { door.remove(); });

  it("begins at the door, and Escape leads back to where it was opened", async () => {
    importDoor.open();
    await waitFor(() => expect(document.activeElement?.textContent).toContain("Choose files"));
    await escape();
    await waitFor(() => expect(document.activeElement).toBe(door));
  });

  it("begins at what was dropped, and Escape forgets what was only looked at", async () => {
    drop("my_spotify_data.zip");
    await waitFor(() => expect(document.activeElement?.tagName).toBe("H3"));
    await until("checked");
    await escape();
    await waitFor(() => expect(document.activeElement).toBe(door));
    expect(screen.queryByTestId("import-bar")).toBeNull();
  });

  it("Escape puts away what runs; it goes on and can be shown again", async () => {
    drop("my_spotify_data.zip");
    await until("checked");
    button("Import").click();
    await until("reading");
    await escape();
    await screen.findByTestId("import-bar");
    (await screen.findByRole("button", { name: "Show the result" })).click();
    await until("ended");
  });
});

describe("several archives", () => {
  it("are looked at together and let in together; what needs an answer or cannot be read stays behind", async () => {
    drop("broken.zip", "either.zip", "my_spotify_data.zip", "my_spotify_data (1).zip");
    await until("failed", "checked", "checked", "checked");
    button("Import 2 archives").click();
    await until("failed", "checked", "ended", "ended");
    button("Netflix").click();
    (await screen.findByRole("button", { name: "Import 1 archive" })).click();
    await until("failed", "ended", "ended", "ended");
  });

  it("are cancelled all at once", async () => {
    drop("a_spotify.zip", "b_spotify.zip", "c_spotify.zip");
    await until("checked", "checked", "checked");
    button("Import 3 archives").click();
    (await screen.findByRole("button", { name: "Cancel all 3" })).click();
    await until("cancelled", "cancelled", "cancelled");
  });

  it("unfold one by one", async () => {
    drop("my_spotify_data.zip", "part.zip");
    await until("checked", "checked");
    expect(screen.queryByRole("table")).toBeNull();
    await fireEvent.click(button("Details of my_spotify_data.zip"));
    expect(screen.getAllByRole("table")).toHaveLength(1);
    expect(remarks()).toContain("A part is missing");
  });
});
