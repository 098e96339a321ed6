// The timeline as a person uses it, with up to a million records behind it.
import { cleanup, configure, fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import axe from "axe-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { provide } from "../../ipc";
import { createFake, type Fake } from "../../ipc/fake";
import { router } from "../../lib/router.svelte";
import TimelineView from "./TimelineView.svelte";

let fake: Fake;
let stop: () => void;

async function opened(hash = "#/timeline", records = 3_000) {
  fake = createFake({ phase: "open", records });
  stop = await provide(fake);
  history.replaceState(null, "", hash);
  window.dispatchEvent(new HashChangeEvent("hashchange"));
  return render(TimelineView, { path: [] });
}

configure({ asyncUtilTimeout: 6_000 });

// By selector: asking by role reads the styles of every row, which is slow here.
const grid = () =>
  waitFor(() => {
    const box = document.querySelector<HTMLElement>("[role=grid]");
    if (!box) throw new Error("no grid yet");
    return box;
  });
const rowCount = async () => Number((await grid()).getAttribute("aria-rowcount"));
const sheet = () => screen.queryByTestId("record-sheet");

beforeEach(() => {
  // jsdom has no layout: the box is 600 px tall and takes any scrollTop.
  Object.defineProperty(HTMLElement.prototype, "clientWidth", { configurable: true, get: () => 800 });
});

afterEach(async () => {
  cleanup();
  stop();
  router.go([]);
  await new Promise((done) => setTimeout(done));
});

describe("timeline", { timeout: 20_000 }, () => {
  it("draws some dozens of rows for a million records, newest first", async () => {
    await opened("#/timeline", 1_000_000);
    expect(await rowCount()).toBeGreaterThan(1_000_000);
    await waitFor(() => expect(screen.getAllByText("10:44 PM", { exact: false }).length).toBeGreaterThan(0));
    expect(screen.getAllByRole("row").length).toBeLessThan(100);
    expect(screen.getAllByText(/March 3, 2026/).length).toBeGreaterThan(0);
  });

  it("reaches the last record by End and the first by Home, and opens one by Enter", async () => {
    await opened();
    const box = await grid();
    const rows = await rowCount();
    box.focus();
    await fireEvent.keyDown(box, { key: "End" });
    const last = await waitFor(() => {
      const active = document.getElementById(box.getAttribute("aria-activedescendant") ?? "");
      expect(active?.getAttribute("aria-rowindex")).toBe(String(rows));
      expect(active?.querySelector(".title")?.textContent).toBeTruthy();
      return active;
    });
    expect(last?.getAttribute("aria-selected")).toBe("true");
    await fireEvent.keyDown(box, { key: "Home" });
    await waitFor(() => expect(box.getAttribute("aria-activedescendant")).toMatch(/-1$/));
    await fireEvent.keyDown(box, { key: "Enter" });
    await waitFor(() => expect(sheet()).not.toBeNull());
    await waitFor(() => expect(sheet()?.contains(document.activeElement)).toBe(true));
    await fireEvent.keyDown(document.activeElement as Element, { key: "Escape" });
    await waitFor(() => expect(sheet()).toBeNull());
    expect(document.activeElement).toBe(box);
  });

  it("the arrow keys pass over the headings of days", async () => {
    await opened("#/timeline", 300);
    const box = await grid();
    box.focus();
    const seen: number[] = [];
    for (let i = 0; i < 30; i++) {
      await fireEvent.keyDown(box, { key: "ArrowDown" });
      const active = document.getElementById(box.getAttribute("aria-activedescendant") ?? "");
      expect(active?.querySelector(".day")).toBeNull();
      seen.push(Number(active?.getAttribute("aria-rowindex")));
    }
    for (let i = 1; i < seen.length; i++) expect(seen[i]!).toBeGreaterThan(seen[i - 1]!);
  });

  it("takes its filter from the address and writes it back", async () => {
    await opened("#/timeline?service=netflix&person=Kids");
    await grid();
    await waitFor(() => expect(screen.getAllByText("Kids").length).toBeGreaterThan(1));
    expect(screen.queryByText("Petit Exemple")).toBeNull();
    await fireEvent.click(screen.getByRole("button", { name: "Clear: Person" }));
    expect(router.place.query.getAll("person")).toEqual([]);
    expect(router.place.query.getAll("service")).toEqual(["netflix"]);
    await fireEvent.click(screen.getByRole("button", { name: "Clear all" }));
    expect(router.place.query.size).toBe(0);
  });

  it("finds by words after a pause and says when nothing fits", async () => {
    await opened();
    const all = await rowCount();
    const search = screen.getByRole("searchbox");
    await fireEvent.input(search, { target: { value: "marigold" } });
    await waitFor(async () => expect(await rowCount()).toBeLessThan(all / 2));
    await waitFor(() => {
      const titles = [...document.querySelectorAll(".rec:not(.wait) .title")].map((title) => title.textContent);
      expect(titles.length).toBeGreaterThan(3);
      expect(new Set(titles)).toEqual(new Set(["Marigold"]));
    });
    await fireEvent.input(search, { target: { value: "zzzz" } });
    expect(await screen.findByText("Nothing for this filter")).toBeTruthy();
  });

  it("shows the sheet's fields, and private values only when asked", async () => {
    await opened("#/timeline?category=devices");
    const box = await grid();
    box.focus();
    await waitFor(() => expect(document.querySelector(".rec:not(.wait) .title")).not.toBeNull());
    await fireEvent.keyDown(box, { key: "Enter" });
    await waitFor(() => expect(sheet()?.textContent).toContain("Original row"));
    expect(sheet()?.textContent).not.toContain("192.0.2.44");
    await fireEvent.click(screen.getByRole("button", { name: "Show" }));
    await waitFor(() => expect(sheet()?.textContent).toContain("192.0.2.44"));
  });

  it("says that a record could not be read anew, and closes the sheet of one that is gone", async () => {
    await opened();
    const box = await grid();
    box.focus();
    await waitFor(() => expect(document.querySelector(".rec:not(.wait) .title")).not.toBeNull());
    await fireEvent.keyDown(box, { key: "Home" });
    await fireEvent.keyDown(box, { key: "Enter" });
    await waitFor(() => expect(sheet()?.textContent).toContain("Original row"));
    fake.record = () => Promise.reject(fake.world.error("busy"));
    fake.world.emit("imports");
    await waitFor(() => expect(sheet()?.querySelector<HTMLElement>("[data-testid=error]")?.dataset["code"]).toBe("busy"));
    expect(sheet()?.textContent).toContain("Original row");
    fake.record = () => Promise.reject(fake.world.error("no-such"));
    fake.world.emit("imports");
    await waitFor(() => expect(sheet()).toBeNull());
  });

  it("shows the newest hits of many at once, and the others when they are counted", async () => {
    await opened("#/timeline", 200_000);
    await grid();
    const counted = fake.searchDensity;
    let count = () => {};
    fake.searchDensity = (filter, first) =>
      first ? counted(filter, true) : new Promise((done) => { count = () => { done(counted(filter, false)); }; });
    await fireEvent.input(screen.getByRole("searchbox"), { target: { value: "marigold" } });
    await waitFor(async () => { expect(await rowCount()).toBeLessThan(2_000); });
    const few = await rowCount();
    expect(few).toBeGreaterThan(400);
    expect(screen.queryByText(/Only the newest/)).toBeNull();
    count();
    await waitFor(async () => { expect(await rowCount()).toBeGreaterThan(few * 2); });
  });

  it("gives no search on once it is left", async () => {
    const { unmount } = await opened();
    await grid();
    await fireEvent.input(screen.getByRole("searchbox"), { target: { value: "marigold" } });
    unmount();
    router.go("services");
    await new Promise((done) => setTimeout(done, 300));
    expect(router.place.path).toEqual(["services"]);
  });

  it("undated facts stand in their own lane and show no time", async () => {
    await opened("#/timeline?undated=1&kind=inferred");
    const box = await grid();
    await waitFor(() => expect(screen.getAllByText("as of").length).toBeGreaterThan(3));
    box.focus();
    await fireEvent.keyDown(box, { key: "Home" });
    await fireEvent.keyDown(box, { key: "Enter" });
    await waitFor(() => expect(sheet()?.textContent).toContain("Not dated by"));
    expect(sheet()?.textContent).toContain("as of the export of");
  });

  it("says what to do when nothing was imported", async () => {
    await opened("#/timeline", 0);
    expect(await screen.findByRole("button", { name: "Import an export" })).toBeTruthy();
    expect(screen.queryByRole("grid")).toBeNull();
  });

  it("the keys of the chart's handles set the range", async () => {
    await opened();
    await grid();
    const [from] = await screen.findAllByRole("slider");
    await fireEvent.keyDown(from!, { key: "PageUp" });
    await waitFor(() => expect(router.place.query.get("from")).toMatch(/^2012-/));
    await waitFor(() => expect(from!.getAttribute("aria-valuetext")).toContain("2012"));
    await fireEvent.keyDown(from!, { key: "Home" });
    await waitFor(() => expect(router.place.query.get("from")).toBeNull());
  });

  it("reloads when records change", async () => {
    await opened();
    const before = await rowCount();
    const density = await fake.density();
    fake.density = () => Promise.resolve({ day: density.day.slice(0, 500), facet: density.facet.slice(0, 500), count: density.count.slice(0, 500) });
    fake.world.emit("records");
    await waitFor(async () => expect(await rowCount()).toBeLessThan(before));
  });

  it("has no fault that axe knows", async () => {
    const { container } = await opened();
    await waitFor(() => expect(document.querySelector(".rec:not(.wait) .title")).not.toBeNull());
    const box = await grid();
    box.focus();
    await fireEvent.keyDown(box, { key: "ArrowDown" });
    await fireEvent.keyDown(box, { key: "Enter" });
    await waitFor(() => expect(sheet()?.textContent).toContain("Seen in imports"));
    const result = await axe.run(container, { rules: { "color-contrast": { enabled: false }, region: { enabled: false } } });
    expect(result.violations.map((fault) => `${fault.id}: ${fault.nodes[0]?.html}`)).toEqual([]);
  });
});
