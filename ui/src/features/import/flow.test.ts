// The import flow against the fake backend, from the drop to the result and back.
import { cleanup, fireEvent, configure, render, screen, waitFor, within } from "@testing-library/svelte";
import axe from "axe-core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { provide } from "../../ipc";
import type { Backend, Topic } from "../../ipc/backend";
import type { People, PersonLine, Whose } from "../../ipc/bindings";
import { createFake } from "../../ipc/fake";
import { fakeServices, type ServicesPart } from "../../ipc/fake-services";
import { importDoor } from "../../lib/import-door.svelte";
import { toasts } from "../../lib/toasts.svelte";
import ImportFlow from "./ImportFlow.svelte";

// A loaded computer is no fault.
configure({ asyncUtilTimeout: 6000 });
vi.setConfig({ testTimeout: 30_000 });

let services: ServicesPart;
let stop: () => void;
const person = (id: number, name: string, more: Partial<PersonLine> = {}): PersonLine =>
  ({ id, service: "spotify", account: "default", name, whose: "undecided", decided: false, records: 100 - id, ...more });
const people = vi.fn(async (_: string | null): Promise<People> => ({ accounts: [], people: [] }));
const setWhose = vi.fn(async (_: Whose[]): Promise<People> => ({ accounts: [], people: [] }));
const topics: ((names: Topic[]) => void)[] = [];

beforeEach(async () => {
  topics.length = 0;
  setWhose.mockClear();
  people.mockImplementation(async () => ({ accounts: [], people: [] }));
  services = fakeServices({ tick: 2, topics: (names) => { for (const tell of topics) tell(names); } });
  const base = createFake();
  const backend: Backend = {
    ...base,
    services: () => services.services(), pickArchives: (kind) => services.pickArchives(kind),
    checkArchive: (token, ask) => services.checkArchive(token, ask), importStart: (token, ask) => services.importStart(token, ask),
    importAgain: (id, token, ask) => services.importAgain(id, token, ask), importCancel: (job) => services.importCancel(job),
    importCancelAll: () => services.importCancelAll(), undoImport: (id) => services.undoImport(id),
    downloadToBin: (token) => services.downloadToBin(token), downloadKeep: (token) => services.downloadKeep(token),
    people: (service) => people(service), setWhose: (given) => setWhose(given),
    watchState: () => services.watchState(), watchDismiss: (token) => services.watchDismiss(token),
    onProgress: (f) => services.onProgress(f), onImportEnd: (f) => services.onImportEnd(f), onDrop: (f) => services.onDrop(f),
    onDrag: (f) => services.onDrag(f), onTopics: async (f) => { topics.push(f); return () => {}; },
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
const until = async (...expected: string[]) => { await waitFor(() => expect(stages()).toEqual(expected)); };
const headline = () => screen.getByTestId("import-headline").textContent;
const remarks = () => screen.getByTestId("import-remarks").textContent;
const dialog = () => screen.getByRole("dialog");

/** Dropped, looked at, let in, over. */
async function imported(name = "my_spotify_data.zip"): Promise<void> {
  drop(name);
  await until("checked");
  button("Import").click();
  await waitFor(() => expect(stages()[0]).toMatch(/ended|failed/));
}

describe("the check", () => {
  it("says what the archive is and covers, and reads nothing in", async () => {
    importDoor.open();
    (await screen.findByRole("button", { name: "Choose files" })).click();
    await until("checked");
    expect(screen.getByRole("heading", { name: "Spotify · Extended streaming history · about 2014 to 2026" })).toBeTruthy();
    const ranges = screen.getByRole("table", { name: /^From when to when/ });
    expect(ranges.textContent).toContain("about May 2014 to November 2026");
    expect(ranges.textContent).toContain("Mar 4, 2018 to Oct 2, 2026");
    expect(dialog().textContent).toContain("ask for “Account data”");
    expect((await services.imports()).imports.map((one) => one.archive)).not.toContain("my_spotify_data.zip (2)");
    expect(screen.queryByTestId("import-headline")).toBeNull();
  });

  it("counts the files by what would become of them and lists them on demand", async () => {
    drop("many.zip");
    await until("checked");
    const group = button(/^1,501 ?unknown/);
    expect(group.getAttribute("aria-expanded")).toBe("false");
    await fireEvent.click(group);
    const list = () => within(screen.getByRole("group", { name: /^unknown/ })).getAllByRole("listitem").length;
    expect(list()).toBe(100);
    await fireEvent.click(button(/^Show more of .*1401 left|^Show more of .*1,401 left/));
    expect(list()).toBe(200);
    expect(remarks()).toContain("1,501 files in it are unknown");
  });

  it.each([
    ["part.zip", "A part is missing", /Download all parts/],
    ["account.zip", "This is “Account data”. “Extended streaming history” shows more.", /ask for the other one/],
    ["netflix list.csv", "This is “Viewing history”. “Download your personal information” shows more.", /ask for the other one/],
    ["full.zip", "There is not enough room", /Free some space/],
    ["nothing.zip", "There is nothing in it that Thinline can read.", /another package/],
    ["again.zip", "This very archive was imported on Nov 20, 2026.", /change nothing/],
  ])("warns of %s and says what to do", async (name, warning, next) => {
    drop(name);
    await until("checked");
    expect(remarks()).toContain(warning);
    expect(remarks()).toMatch(next);
  });

  it.each(["nothing.zip", "again.zip", "full.zip"])("offers no import of %s", async (name) => {
    drop(name);
    await until("checked");
    expect(screen.queryByRole("button", { name: "Import" })).toBeNull();
  });

  it("offers another look where room is missing", async () => {
    drop("full.zip");
    await until("checked");
    button("Check again").click();
    await until("checking");
    await until("checked");
  });

  it("draws a missing part as a gap and says so", async () => {
    drop("part.zip");
    await until("checked");
    expect(screen.getByRole("table", { name: /^From when to when/ }).textContent).toMatch(/Nothing from Jan 1, 2021 to Dec 31, 2023 .*part of the export is missing/);
  });

  it("asks which service it is from when two fit, of those that fit", async () => {
    drop("either.zip");
    await until("checked");
    expect(screen.queryByRole("button", { name: "Import" })).toBeNull();
    button("Netflix").click();
    expect(await screen.findByRole("heading", { name: /^Netflix · Download your personal information/ })).toBeTruthy();
    expect(button("Import")).toBeTruthy();
  });

  it("asks which account it is from; a new one gets a name of its own", async () => {
    drop("other.zip");
    await until("checked");
    expect(screen.queryByRole("button", { name: "Import" })).toBeNull();
    await fireEvent.click(screen.getByRole("radio", { name: "Another account" }));
    const name = screen.getByRole("textbox", { name: "Call it" });
    await fireEvent.input(name, { target: { value: "default" } });
    expect(screen.getByText("There is an account of that name; choose it above.")).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Import" })).toBeNull();
    await fireEvent.input(name, { target: { value: "Family" } });
    const start = vi.spyOn(services, "importStart");
    button("Import").click();
    await until("ended");
    expect(start.mock.lastCall?.[1]).toEqual({ service: null, account: "Family", date_order: null });
  });

  it("shows an ambiguous date in both readings and goes on with neither", async () => {
    drop("netflix list.csv");
    await until("checked");
    expect(screen.getAllByRole("radio").map((one) => (one as HTMLInputElement).checked)).toEqual([false, false]);
    expect(screen.queryByRole("button", { name: "Import" })).toBeNull();
    await fireEvent.click(screen.getByRole("radio", { name: /3\/4\/25 is Apr 3, 2025/ }));
    expect(screen.getByRole("radio", { name: /3\/4\/25 is Mar 4, 2025/ })).toBeTruthy();
    expect(button("Import")).toBeTruthy();
  });

  it("asks for the order of dates also when only the reading found it in doubt", async () => {
    drop("netflix.csv");
    await until("checked");
    vi.spyOn(services, "importStart").mockRejectedValueOnce({ code: "date-order", message: "", next: "" });
    button("Import").click();
    await fireEvent.click(await screen.findByRole("radio", { name: "The day comes first" }));
    button("Import").click();
    await until("ended");
    expect(vi.mocked(services.importStart).mock.lastCall?.[1].date_order).toBe("day-first");
  });

  it("keeps the question for the account while its name is typed", async () => {
    drop("my_spotify_data.zip");
    await until("checked");
    vi.spyOn(services, "importStart").mockRejectedValueOnce({ code: "which-account", message: "", next: "" });
    button("Import").click();
    await fireEvent.click(await screen.findByRole("radio", { name: "Another account" }));
    for (const value of ["F", "", "Fa"]) await fireEvent.input(screen.getByRole("textbox", { name: "Call it" }), { target: { value } });
    button("Import").click();
    await until("ended");
    expect(vi.mocked(services.importStart).mock.lastCall?.[1].account).toBe("Fa");
  });

  it("names the profiles it saw", async () => {
    drop("netflix family.zip");
    await until("checked");
    for (const name of ["Robin", "Kids", "Großmutter Wilhelmine"]) expect(dialog().textContent).toContain(name);
  });

  it("is forgotten by Not now", async () => {
    drop("my_spotify_data.zip");
    await until("checked");
    button("Not now").click();
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(screen.queryByTestId("import-bar")).toBeNull();
  });

  it("shows an error in the words of the table, with a way on", async () => {
    drop("broken.zip");
    await until("failed");
    expect(screen.getByTestId("error").dataset["code"]).toBe("truncated");
    expect(button("Try again")).toBeTruthy();
  });

  it("is put away by the link of its error, which leads to another room", async () => {
    drop("notes.zip");
    await until("failed");
    await fireEvent.click(screen.getByRole("link", { name: "Open services" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });
});

describe("the result", () => {
  it("tells the worst first and adds up", async () => {
    await imported();
    expect(headline()).toMatch(/^ *3 rows could not be read, in 1 file\..*12,317 records from Spotify, 2014 to 2026: what you listened to and what you watched\./);
    expect(screen.getByTestId("import-headline").className).toContain("warn");
    const total = within(screen.getByRole("row", { name: /^In all/ })).getAllByRole("cell").map((cell) => Number(cell.textContent?.replace(",", "")));
    const [rows, fresh, known, skipped, failed, records] = total as [number, number, number, number, number, number];
    expect([rows, records]).toEqual([fresh + known + skipped + failed, 12_317]);
    expect(dialog().textContent).toContain("12,345 rows from Spotify: 12,297 new, 20 already known, 25 left out, 3 could not be read.");
    expect(screen.getByRole("link", { name: "See it on the timeline" })).toHaveProperty("hash", "#/timeline?service=spotify");
  });

  it("draws coverage with its gaps in words", async () => {
    await imported();
    expect(screen.getByRole("table", { name: /with gaps/ }).textContent).toContain("Nothing from Mar 3, 2019 to Jan 10, 2020 (314 days): this export has no row for that time");
  });

  it("lists every file with its state and reason", async () => {
    await imported();
    const table = screen.getByRole("table", { name: /Every file of/ });
    for (const text of ["Read (2)", "Unknown (1)", "Recognized, not used (2)", "Says it holds nothing (1)", "explains the archive", "18: the same row stands twice in this export", "Rows that could not be read: 17, 902, and 11,004"]) {
      expect(table.textContent).toContain(text);
    }
  });

  it("is undone only after a second press", async () => {
    await imported();
    button(/^Undo this import: /).click();
    (await screen.findByRole("button", { name: "Undo the import" })).click();
    expect(await screen.findByText(/^Undone\. Its records/)).toBeTruthy();
    expect((await services.imports()).imports[0]?.state).toBe("undone");
    expect(screen.queryByRole("link", { name: "See it on the timeline" })).toBeNull();
  });
});

describe("the download afterwards", () => {
  const ask = () => within(screen.getByTestId("import-download"));

  it("is moved to the bin only when the person says so, and what a bin cannot do is said before", async () => {
    await imported();
    expect(ask().getByText(/The bin keeps it until you empty it\. Copies elsewhere, backups/)).toBeTruthy();
    expect(services.binned).toEqual([]);
    ask().getByRole("button", { name: "Move it to the bin" }).click();
    const said = await ask().findByText(/^It is in the bin\./);
    expect(services.binned).toEqual(["my_spotify_data.zip"]);
    await waitFor(() => expect(document.activeElement).toBe(said));
  });

  it("stays when the person says so", async () => {
    await imported();
    ask().getByRole("button", { name: "Leave it there" }).click();
    expect(await ask().findByText(/^It stays where it is\./)).toBeTruthy();
    expect(services.binned).toEqual([]);
  });

  it("says when it could not be moved, and asks on", async () => {
    await imported();
    vi.spyOn(services, "downloadToBin").mockRejectedValueOnce({ code: "cannot-write", message: "", next: "" });
    ask().getByRole("button", { name: "Move it to the bin" }).click();
    expect((await ask().findByTestId("error")).dataset["code"]).toBe("cannot-write");
    expect(ask().getByRole("button", { name: "Move it to the bin" })).toBeTruthy();
  });
});

describe("whose it is", () => {
  const ask = () => within(screen.getByTestId("import-whose"));
  const household = [person(1, "Robin"), person(2, "\u05d3\u05e0\u05d9"), person(3, "Gro\u00dfmutter Wilhelmine"), person(4, "Alex", { whose: "mine" }), person(5, "Kids", { decided: true }), person(6, "Sam", { account: "Family" })];

  it("is asked for those that nobody decided on, with nothing preselected", async () => {
    people.mockImplementation(async () => ({ accounts: [], people: household }));
    await imported();
    await screen.findByTestId("import-whose");
    expect(ask().getAllByRole("group").map((group) => group.querySelector("bdi")?.textContent)).toEqual(["Robin", "\u05d3\u05e0\u05d9", "Gro\u00dfmutter Wilhelmine"]);
    expect(ask().getAllByRole("radio").some((one) => (one as HTMLInputElement).checked)).toBe(false);
    const pick = (n: number, name: string) => fireEvent.click(within(ask().getAllByRole("group")[n]!).getByRole("radio", { name }));
    await pick(0, "Mine");
    await pick(1, "Not mine");
    await pick(2, "Decide later");
    ask().getByRole("button", { name: "Save" }).click();
    expect(await ask().findByText(/^Saved for 2 profiles\./)).toBeTruthy();
    expect(setWhose.mock.calls).toEqual([[[{ id: 1, whose: "mine" }, { id: 2, whose: "not-mine" }]]]);
  });

  it("can be left open without writing anything", async () => {
    people.mockImplementation(async () => ({ accounts: [], people: household }));
    await imported();
    (await screen.findByRole("button", { name: "Decide all later" })).click();
    expect(await ask().findByText(/^Left open\./)).toBeTruthy();
    expect(setWhose).not.toHaveBeenCalled();
  });

  it("is not asked where there is nobody to ask about", async () => {
    await imported();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(screen.queryByTestId("import-whose")).toBeNull();
  });
});

describe("an older import that can be read better", () => {
  it("is read anew from its archive, with what that changed", async () => {
    const row = { ...(await services.imports()).imports.find((one) => one.id === 1)!, stale: { changed: ["spotify/plays"], new: [], files: 2, rows: 692 } };
    importDoor.openAgain(row);
    expect((await screen.findByRole("dialog", { name: "Read an export again" })).textContent).toContain("692 rows that were not used then");
    button("Choose files").click();
    await until("checked");
    button("Read it again").click();
    await until("ended");
    expect(dialog().textContent).toContain("What you searched for: 0 before, 692 now");
    expect((await services.imports()).imports.find((one) => one.id === 1)?.state).toBe("undone");
  });
});

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

it("isolates names that try to reorder the text", async () => {
  drop("my_\u202Efdp.zip");
  await until("checked");
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
    await until("checked", "failed", "checked");
    button("Import 1 archive").click();
    await until("ended", "failed", "checked");
    expect(await violations()).toEqual([]);
  });
  it.each(["part family netflix.zip", "other list netflix.csv", "many.zip", "again.zip"])("has no finding on the check of %s", async (name) => {
    drop(name);
    await until("checked");
    for (const group of screen.getAllByRole("button", { expanded: false })) await fireEvent.click(group);
    for (const radio of screen.queryAllByRole("radio", { name: "Another account" })) await fireEvent.click(radio);
    expect(await violations()).toEqual([]);
  });
  it("has no finding on a result and on what arrived", async () => {
    services.arrive("netflix-report.zip", "netflix");
    people.mockImplementation(async () => ({ accounts: [], people: [person(1, "Robin"), person(2, "Alex")] }));
    await imported();
    await screen.findByTestId("import-whose");
    expect(await violations()).toEqual([]);
    screen.getAllByRole("button", { name: "Close" })[0]!.click();
    await screen.findByTestId("import-watch");
    expect(await violations()).toEqual([]);
  });
});
