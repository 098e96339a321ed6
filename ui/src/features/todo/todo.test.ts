// The room "To do": what stands in which list, the steps of a request, putting off, and what nothing looks like.
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/svelte";
import { afterEach, describe, expect, it, vi } from "vitest";
import { provide } from "../../ipc";
import { createFake, type FakeOptions } from "../../ipc/fake";
import { importDoor } from "../../lib/import-door.svelte";
import { dateLines } from "../../lib/requests/words";
import { toasts } from "../../lib/toasts.svelte";
import { expectAccessible } from "../../test-axe";
import { said } from "./todo";
import TodoView from "./TodoView.svelte";

let stop: () => void = () => undefined;
afterEach(() => {
  cleanup();
  stop();
  toasts.clear();
});

async function shown(options: FakeOptions) {
  const fake = createFake(options);
  stop = await provide(fake);
  const { container } = render(TodoView, { path: [] });
  await screen.findByRole("heading", { name: "To do", level: 1 });
  return { fake, container };
}

const ids = async (name: string) => {
  const list = await screen.findByRole("region", { name });
  return within(list).getAllByRole("listitem").map((item) => item.dataset.testid).filter(Boolean);
};

describe("the list", () => {
  it("says what there is to do when there is nothing", async () => {
    await shown({ records: 0 });
    expect(await screen.findByText("Nothing to do")).toBeTruthy();
    expect(screen.getByText("Choose a service").closest("a")?.getAttribute("href")).toBe("#/services");
    await expectAccessible();
  });

  it("has what waits for the person first, then what waits for services by date", async () => {
    const { container } = await shown({ requests: "waiting" });
    expect(await ids("For you")).toEqual(["todo-recovery", "todo-people-netflix"]);
    const waiting = within(await screen.findByRole("region", { name: "Waiting for a service" })).getAllByRole("article");
    expect(waiting.map((one) => one.getAttribute("aria-label"))).toEqual([
      "Spotify, Account data", "Netflix, Download your personal information", "Spotify, Extended streaming history",
    ]);
    expect(waiting[0]?.textContent).toMatch(/in 1 day\)/);
    await expectAccessible(container);
  });

  it("says of what is late what can be done, mildest first, and that it is no legal advice", async () => {
    await shown({ requests: "overdue" });
    const late = await screen.findByRole("article", { name: /Technical log/ });
    expect(late.dataset.state).toBe("overdue");
    expect(within(late).getAllByRole("listitem").map((one) => one.textContent.slice(0, 8))).toEqual(["Look for", "Open the", "Write to"]);
    expect(late.textContent).toContain("11 days ago");
    expect(late.textContent).toContain("no legal advice");
    expect(late.textContent).not.toMatch(/violat|must/i);
  });

  it("leads what is ready to the import of its service, and folds away what is done", async () => {
    await shown({ requests: "ready" });
    const ready = await screen.findByRole("article", { name: /Account data/ });
    expect(ready.textContent).toContain("in 3 days");
    await fireEvent.click(within(ready).getByRole("button", { name: "Import it" }));
    expect(importDoor.take()).toMatchObject({ service: "spotify" });
    const done = screen.getByText("1 done").closest("details");
    expect(done?.open).toBe(false);
  });

  it("puts off what can wait and keeps the rest", async () => {
    await shown({});
    await fireEvent.click(await screen.findByRole("button", { name: /^Not now: Write down/ }));
    await waitFor(() => { expect(screen.queryByTestId("todo-recovery")).toBeNull(); });
    expect(screen.getByTestId("todo-people-netflix")).toBeTruthy();
  });

  it("gives up and takes that back", async () => {
    await shown({ requests: "waiting" });
    await fireEvent.click(await screen.findByRole("button", { name: "Give up: Spotify, Account data" }));
    await waitFor(() => { expect(screen.getByText("1 done")).toBeTruthy(); });
    await toasts.items.at(-1)?.undo?.();
    await waitFor(() => { expect(screen.queryByText("1 done")).toBeNull(); });
  });

  it("writes one calendar file of all that has a date, and says where", async () => {
    const { fake } = await shown({ requests: "waiting" });
    const save = vi.spyOn(fake, "calendarSave");
    await fireEvent.click(await screen.findByRole("button", { name: "Put all of them in a calendar" }));
    expect(save).toHaveBeenCalledExactlyOnceWith(null);
    await waitFor(() => { expect(toasts.items.at(-1)?.text).toContain("thinline-requests.ics"); });
  });
});

describe("what arrived in the watched folder", () => {
  it("stands in the list, after what ends on a day, and is looked at only when the person says so", async () => {
    const { fake, container } = await shown({ requests: "ready" });
    fake.parts.services.arrive("my_spotify_data (1).zip", "spotify");
    await screen.findByText("An export of Spotify arrived");
    expect(await ids("For you")).toEqual(["todo-request-1", "todo-arrived", "todo-recovery", "todo-people-netflix"]);
    expect(screen.getByTestId("todo-arrived").textContent).toContain("my_spotify_data (1).zip");
    await expectAccessible(container);
    expect(importDoor.wish).toBeNull();
    await fireEvent.click(screen.getByRole("button", { name: "Check it: my_spotify_data (1).zip" }));
    expect(importDoor.take()?.picked?.map((one) => one.name)).toEqual(["my_spotify_data (1).zip"]);
  });

  it("goes away when it is dismissed", async () => {
    const { fake } = await shown({ records: 0 });
    await screen.findByText("Nothing to do");
    fake.parts.services.arrive("netflix-report.zip", "netflix");
    await fireEvent.click(await screen.findByRole("button", { name: "Not this one: netflix-report.zip" }));
    expect(await screen.findByText("Nothing to do")).toBeTruthy();
    expect((await fake.watchState()).offers).toEqual([]);
  });

  it("is not offered while sample data is open", async () => {
    importDoor.closed = true;
    const { fake } = await shown({});
    fake.parts.services.arrive("netflix-report.zip", "netflix");
    await ids("For you");
    await new Promise((resolve) => setTimeout(resolve, 20));
    importDoor.closed = false;
    expect(screen.queryByTestId("todo-arrived")).toBeNull();
  });
});

describe("a link that ends", () => {
  it("says the day, and once it is over what to do", async () => {
    await shown({ requests: "ready" });
    expect((await screen.findByTestId("todo-request-1")).textContent).toMatch(/The link ends on .* \(in 3 days\)/);
    const { requests } = await createFake({ requests: "ready" }).requests();
    const ready = requests.find((one) => one.state === "ready");
    expect(dateLines({ ...ready!, days_left: -1 })[1]).toMatch(/^The link ended on .*ask again/);
  });
});

describe("an item", () => {
  const item = (what: string) => ({ id: "x-1", what, service: "spotify", name: "Spotify", day: null, count: 2, request: null, can_wait: true });

  it("leads to where it is done", () => {
    const places = ["recovery", "people", "again", "ask"].map((what) => said(item(what))?.href);
    expect(places).toEqual(["#/settings/recovery", "#/services/spotify/holds", "#/services/spotify/holds", "#/services/spotify/data"]);
    expect(said(item("again"))?.text).toContain("2 files");
  });

  it("of a newer core is left out rather than misread", () => {
    expect(said(item("something newer"))).toBeNull();
  });
});

describe("“It is ready”", () => {
  it("takes a day that fits and the end of the link, and refuses others in words", async () => {
    const { fake } = await shown({ requests: "waiting" });
    const opener = await screen.findByRole("button", { name: "It is ready: Spotify, Account data" });
    await fireEvent.click(opener);
    const form = screen.getByRole("form", { name: /It is ready/ });
    const [since, until] = form.querySelectorAll("input");
    expect(document.activeElement).toBe(since);
    const today = (await fake.requests()).today;
    await fireEvent.input(since!, { target: { value: "2020-01-01" } });
    await fireEvent.submit(form);
    expect(within(form).getByRole("alert").textContent).toMatch(/^Choose a day from/);
    await fireEvent.input(since!, { target: { value: today } });
    await fireEvent.input(until!, { target: { value: "2021-01-01" } });
    await fireEvent.submit(form);
    expect(within(form).getByRole("alert").textContent).toMatch(/cannot end before/);
    await fireEvent.input(until!, { target: { value: "2099-01-01" } });
    await fireEvent.submit(form);
    const ready = async () => (await fake.requests()).requests.find((one) => one.package === "account");
    await waitFor(async () => { expect(await ready()).toMatchObject({ state: "ready", ready_on: today, link_expires: "2099-01-01" }); });
  });

  it("closes by Escape and gives the focus back", async () => {
    await shown({ requests: "waiting" });
    await fireEvent.click(await screen.findByRole("button", { name: "It is ready: Spotify, Account data" }));
    await fireEvent.keyDown(document.activeElement!, { key: "Escape" });
    await waitFor(() => { expect(document.activeElement?.getAttribute("aria-label")).toBe("It is ready: Spotify, Account data"); });
  });
});
