// The check of an archive on the page: what it says, warns of and asks before anything is read.
import { fireEvent, screen, waitFor, within } from "@testing-library/svelte";
import { describe, expect, it, vi } from "vitest";
import { importDoor } from "../../lib/import-door.svelte";
import { button, dialog, drop, remarks, services, until } from "./test-flow";

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

it("isolates names that try to reorder the text", async () => {
  drop("my_\u202Efdp.zip");
  await until("checked");
  expect(document.body.textContent).not.toContain("\u202E");
  expect(document.body.textContent).toContain("U+202E");
});
