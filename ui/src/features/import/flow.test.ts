// The import flow against the fake backend, from the drop to the result and back.
import { cleanup, fireEvent, configure, render, screen, waitFor, within } from "@testing-library/svelte";
import axe from "axe-core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { provide } from "../../ipc";
import type { Backend } from "../../ipc/backend";
import { createFake } from "../../ipc/fake";
import { fakeServices, type ServicesPart } from "../../ipc/fake-services";
import { importDoor } from "../../lib/import-door.svelte";
import ImportFlow from "./ImportFlow.svelte";

// A loaded computer is no fault.
configure({ asyncUtilTimeout: 6000 });
vi.setConfig({ testTimeout: 30_000 });

let services: ServicesPart;
let stop: () => void;

beforeEach(async () => {
  services = fakeServices({ tick: 2 });
  const base = createFake();
  const backend: Backend = {
    ...base,
    services: () => services.services(), pickArchives: (kind) => services.pickArchives(kind),
    importStart: (token, ask) => services.importStart(token, ask), importCancel: (job) => services.importCancel(job),
    undoImport: (id) => services.undoImport(id), onProgress: (f) => services.onProgress(f),
    onImportEnd: (f) => services.onImportEnd(f), onDrop: (f) => services.onDrop(f),
  };
  stop = await provide(backend);
  render(ImportFlow);
  await new Promise((resolve) => setTimeout(resolve));
});

afterEach(() => {
  cleanup();
  stop();
});

const drop = (...names: string[]) => services.drop(names.map((name) => ({ token: name, name, bytes: 1000 })));
const button = (name: string | RegExp) => screen.getByRole("button", { name });
const stages = () => screen.queryAllByTestId("import-item").map((item) => item.dataset["stage"]);
const ended = async (...expected: string[]) => { await waitFor(() => expect(stages()).toEqual(expected)); };
const headline = () => screen.getByTestId("import-headline").textContent;

describe("one archive", () => {
  it("is chosen, read, and reported so that it adds up", async () => {
    importDoor.open();
    (await screen.findByRole("button", { name: "Choose a file" })).click();
    await ended("ended");
    expect(headline()).toContain("12,345 rows from Spotify: 12,297 new, 20 already known, 25 left out, 3 could not be read.");
    const total = within(screen.getByRole("row", { name: /^In all/ })).getAllByRole("cell").map((cell) => Number(cell.textContent?.replace(",", "")));
    const [rows, fresh, known, skipped, failed, records] = total as [number, number, number, number, number, number];
    expect([rows, records]).toEqual([fresh + known + skipped + failed, 12_317]);
    expect(screen.getByRole("link", { name: "See it on the timeline" })).toHaveProperty("hash", "#/timeline?service=spotify");
  });

  it("lists every file with its state and reason", async () => {
    drop("my_spotify_data.zip");
    await ended("ended");
    const table = screen.getByRole("table", { name: /Every file of/ });
    for (const text of ["Read (2)", "Unknown (1)", "Recognized, not used (2)", "Says it holds nothing (1)", "explains the archive", "18: the same row stands twice in this export", "Rows that could not be read: 17, 902, and 11,004"]) {
      expect(table.textContent).toContain(text);
    }
  });

  it("is undone only after a second press", async () => {
    drop("my_spotify_data.zip");
    await ended("ended");
    button(/^Undo this import: /).click();
    (await screen.findByRole("button", { name: "Undo the import" })).click();
    expect(await screen.findByText(/^Undone\. Its records/)).toBeTruthy();
    expect((await services.imports()).imports.find((row) => row.archive === "my_spotify_data.zip")?.state).toBe("undone");
    expect(screen.queryByRole("link", { name: "See it on the timeline" })).toBeNull();
  });

  it("warns when nothing could be read", async () => {
    drop("nothing.zip");
    await ended("ended");
    expect(headline()).toContain("Nothing in this archive could be read into records.");
    expect(screen.getByTestId("import-headline").className).toContain("warn");
  });

  it("says when it is known already", async () => {
    drop("again.zip");
    await ended("ended");
    expect(headline()).toContain("This archive was read before. Importing it again changes nothing.");
    expect(screen.queryByRole("button", { name: /^Undo this import: / })).toBeNull();
  });

  it("shows an error in the words of the table, with a way on", async () => {
    drop("broken.zip");
    await ended("failed");
    expect(screen.getByTestId("error").dataset["code"]).toBe("truncated");
    expect(button("Try again")).toBeTruthy();
  });

  it("is put away by the link of its error, which leads to another room", async () => {
    drop("notes.zip");
    await ended("failed");
    await fireEvent.click(screen.getByRole("link", { name: "Open services" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });

  it("asks which service it is from when two fit", async () => {
    drop("either.zip");
    await ended("which");
    button("Read it as Netflix").click();
    await ended("ended");
    expect(headline()).toContain("rows from Netflix");
  });
});

describe("while it runs", () => {
  it("shows progress and can be stopped", async () => {
    drop("my_spotify_data.zip");
    await waitFor(() => expect(screen.getByRole("progressbar").getAttribute("aria-valuenow")).not.toBeNull());
    button(/Cancel the import of/).click();
    await ended("cancelled");
    expect(screen.getByText("Stopped. Nothing of it was kept.")).toBeTruthy();
  });

  it("can be put away and comes back with its result", async () => {
    drop("my_spotify_data.zip");
    await waitFor(() => expect(stages()).toEqual(["reading"]));
    button("Keep in the background").click();
    const bar = await screen.findByTestId("import-bar");
    expect(bar.textContent).toContain("my_spotify_data.zip");
    (await screen.findByRole("button", { name: "Show the result" })).click();
    await ended("ended");
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
    drop("my_spotify_data.zip");
    await ended("ended");
    watch.disconnect();
    expect([...said].some((text) => text.includes("Reading rows, 50%"))).toBe(true);
    expect(said).toContain("1 import ended");
    expect(said.size).toBeLessThan(12);
  });
});

describe("several archives", () => {
  it("are read one after the other, whatever happens to one", async () => {
    drop("broken.zip", "again.zip", "my_spotify_data.zip");
    await ended("failed", "ended", "ended");
  });
});

it("isolates names that try to reorder the text", async () => {
  drop("my_\u202Efdp.zip");
  await ended("ended");
  expect(document.body.textContent).not.toContain("\u202E");
  expect(document.body.textContent).toContain("U+202E");
});

describe("accessibility", () => {
  const violations = async () => (await axe.run(document.body, { rules: { region: { enabled: false }, "color-contrast": { enabled: false } } })).violations.map((one) => one.id);
  it("has no finding while choosing", async () => {
    importDoor.open();
    await screen.findByRole("dialog");
    expect(await violations()).toEqual([]);
  });
  it("has no finding on results, errors and questions", async () => {
    drop("my_spotify_data.zip", "broken.zip", "either.zip");
    await ended("ended", "failed", "which");
    expect(await violations()).toEqual([]);
  });
});
