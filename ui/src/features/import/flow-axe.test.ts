// The import flow has no finding of axe, wherever it stands.
import { fireEvent, screen } from "@testing-library/svelte";
import axe from "axe-core";
import { describe, expect, it } from "vitest";
import { importDoor } from "../../lib/import-door.svelte";
import { button, drop, imported, people, person, services, until } from "./test-flow";

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
