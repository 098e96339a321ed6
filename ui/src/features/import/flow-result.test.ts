// What the page says once an archive was read: the result, the download, whose it is, reading again.
import { fireEvent, screen, waitFor, within } from "@testing-library/svelte";
import { describe, expect, it, vi } from "vitest";
import { importDoor } from "../../lib/import-door.svelte";
import { button, dialog, headline, imported, people, person, services, setWhose, until } from "./test-flow";

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
