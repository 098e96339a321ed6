// The services pages against the fake backend: what a person sees and can do.
import { cleanup, configure, fireEvent, render, screen, waitFor, within } from "@testing-library/svelte";
import axe from "axe-core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { provide } from "../../ipc";
import { createFake, type Fake } from "../../ipc/fake";
import { toasts } from "../../lib/toasts.svelte";
import { monthsLater, tomorrow } from "./end-date";
import ServicesView from "./ServicesView.svelte";
import ServiceView from "./ServiceView.svelte";

// A loaded computer is no fault.
configure({ asyncUtilTimeout: 6000 });
vi.setConfig({ testTimeout: 30_000 });

let fake: Fake;
let stop: () => void;

async function start(records = 3000): Promise<void> {
  fake = createFake({ records });
  stop = await provide(fake);
}

beforeEach(() => start());
afterEach(() => {
  cleanup();
  stop();
  toasts.clear();
});

async function open(...path: string[]): Promise<void> {
  render(ServiceView, { path });
  await screen.findByRole("tablist");
}

const group = (name: RegExp) => screen.getByRole("radiogroup", { name });
const chosen = (name: RegExp) => within(group(name)).getAllByRole<HTMLInputElement>("radio").filter((radio) => radio.checked).map((radio) => radio.value);
const choose = (name: RegExp, option: string) => within(group(name)).getByRole("radio", { name: option }).click();
const lines = (id: string) => screen.getByTestId(`purpose-${id}`);
const violations = async () => (await axe.run(document.body, { rules: { region: { enabled: false }, "color-contrast": { enabled: false } } })).violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" ")}`);

describe("the radio group of a purpose", () => {
  it("has three options of native radios and shows the state, nothing else", async () => {
    await open("spotify");
    const radios = within(group(/^You want: Personalized ads here/)).getAllByRole<HTMLInputElement>("radio");
    expect(radios.map((radio) => [radio.type, radio.value])).toEqual([["radio", "on"], ["radio", "undecided"], ["radio", "off"]]);
    expect(new Set(radios.map((radio) => radio.name)).size).toBe(1);
    expect(chosen(/Personalized ads here/)).toEqual(["off"]);
    expect(chosen(/Training AI/)).toEqual(["undecided"]);
  });

  it("writes the choice, says so, and takes it back", async () => {
    await open("spotify");
    choose(/Marketing messages/, "Off");
    await waitFor(() => expect(chosen(/Marketing messages/)).toEqual(["off"]));
    expect(lines("messages").textContent).toMatch(/Off since .* you/);
    expect(lines("messages").textContent).toContain("Not done yet: 1 step");
    expect(toasts.items.map((toast) => toast.text)).toEqual(["Spotify, Marketing messages: Off"]);
    await toasts.items[0]!.undo?.();
    await waitFor(() => expect(chosen(/Marketing messages/)).toEqual(["undecided"]));
  });

  it("offers the way back only for the last change", async () => {
    await open("spotify");
    choose(/Marketing messages/, "Off");
    await waitFor(() => expect(chosen(/Marketing messages/)).toEqual(["off"]));
    choose(/Training AI/, "Leave on");
    await waitFor(() => expect(chosen(/Training AI/)).toEqual(["on"]));
    expect(toasts.items.map((toast) => toast.text)).toEqual(["Spotify, Training AI: Leave on"]);
  });

  it("goes back to what stands when the write is refused", async () => {
    await open("spotify");
    fake.world.state = { ...fake.world.state, phase: "locked" };
    choose(/Marketing messages/, "Off");
    await waitFor(() => expect(toasts.items[0]?.tone).toBe("warn"));
    expect(chosen(/Marketing messages/)).toEqual(["undecided"]);
  });
});

describe("the three lines", () => {
  it("stand apart under their own names", async () => {
    await open("spotify");
    const terms = [...lines("ads-elsewhere").querySelectorAll("dt")].map((term) => term.textContent);
    expect(terms).toEqual(["You want", "Done so far", "Their data"]);
  });

  it("lead from the count to its rows", async () => {
    await open("spotify");
    expect(within(lines("ads-here")).getByRole("link", { name: "412 records bear on it" })).toHaveProperty("hash", "#/timeline?service=spotify&for=ads-here");
    expect(within(lines("ai-training")).queryByRole("link")).toBeNull();
    expect(lines("ai-training").textContent).toContain("No file shows it");
  });

  it("unfold the steps with their address, scope and date", async () => {
    await open("netflix");
    const row = within(lines("ads-elsewhere"));
    expect(row.getByText(/Behavioral Advertising/, { selector: "strong" })).toBeTruthy();
    expect(lines("ads-elsewhere").textContent).toMatch(/Takes effect for: each person.*Takes up to 30 days/s);
    row.getByRole("button", { name: /Matched Identifier/, hidden: true }).click();
    await waitFor(() => expect(fake.parts.services.opened).toEqual(["netflix/setting/1"]));
  });

  it("say when an address may have moved", async () => {
    await open("spotify");
    expect(lines("messages").textContent).toContain("may have moved since");
    expect(lines("ads-here").textContent).not.toContain("may have moved since");
  });
});

describe("an end date", () => {
  it("can be set for a decided purpose, and only for a day after today", async () => {
    await open("spotify");
    expect(within(lines("ai-training")).queryByRole("button", { name: /end date/ })).toBeNull();
    within(lines("ads-here")).getByRole("button", { name: /Set an end date/ }).click();
    const input = await screen.findByLabelText<HTMLInputElement>("End date");
    const set = (value: string) => {
      input.value = value;
      input.dispatchEvent(new Event("input", { bubbles: true }));
      screen.getByRole("button", { name: "Save" }).click();
    };
    set("2020-01-01");
    expect(await screen.findByText("Choose a day after today.")).toBeTruthy();
    set("2099-01-31");
    await waitFor(() => expect(lines("ads-here").textContent).toContain("until Jan 31, 2099"));
    expect(chosen(/Personalized ads here/)).toEqual(["off"]);
  });

  it("knows how long months are", () => {
    expect(monthsLater(new Date(2026, 0, 31), 1)).toBe("2026-02-28");
    expect(monthsLater(new Date(2026, 10, 24), 3)).toBe("2027-02-24");
    expect(tomorrow(new Date(2026, 11, 31))).toBe("2027-01-01");
  });
});

describe("the history lever", () => {
  it("is kept, deleted after some months, or paused", async () => {
    await open("spotify");
    choose(/history/, "Delete after");
    const months = await screen.findByRole<HTMLSelectElement>("combobox", { name: "Months" });
    expect(months.value).toBe("12");
    months.value = "24";
    months.dispatchEvent(new Event("change", { bubbles: true }));
    await waitFor(() => expect(lines("history").textContent).toContain("Delete after 24 months, wanted since"));
    choose(/history/, "Pause");
    await waitFor(() => expect(lines("history").textContent).toContain("Pause, wanted since"));
    expect(screen.queryByRole("combobox", { name: "Months" })).toBeNull();
  });
});

describe("what it holds", () => {
  it("opens every count to its rows", async () => {
    await open("spotify", "holds");
    expect(screen.getByRole("link", { name: /298, What it thinks interests you/ })).toHaveProperty("hash", "#/timeline?service=spotify&category=guessed-interests");
    expect(screen.getByRole("link", { name: /355, guessed/ })).toHaveProperty("hash", "#/timeline?service=spotify&kind=inferred");
  });

  it("undoes an import only after saying what goes and what stays", async () => {
    await open("spotify", "holds");
    screen.getAllByRole("button", { name: /^Undo this import: / })[0]!.click();
    const dialog = await screen.findByRole("dialog");
    expect(dialog.textContent).toMatch(/Goes: up to 183,808 records.*Stays: records that another import holds too/s);
    expect((await fake.imports()).imports.every((row) => row.state === "done")).toBe(true);
    within(dialog).getByRole("button", { name: "Undo the import" }).click();
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(await screen.findByText("Undone")).toBeTruthy();
  });
});

describe("the list", () => {
  it("counts what is listed and opens a service", async () => {
    render(ServicesView, { path: [] });
    const link = await screen.findByRole<HTMLAnchorElement>("link", { name: "Spotify" });
    expect(link.hash).toBe("#/services/spotify");
    expect(screen.getByText("2 services listed · 215,131 records")).toBeTruthy();
    expect(screen.getByRole("img", { name: /Records of Spotify by kind: 183,751 collected, 355 guessed/ })).toBeTruthy();
  });

  it("lists a service and takes that back", async () => {
    cleanup();
    stop();
    await start(0);
    render(ServicesView, { path: [] });
    (await screen.findByRole("button", { name: "List Netflix" })).click();
    expect(await screen.findByText("1 service listed · 0 records")).toBeTruthy();
    await toasts.items[0]!.undo?.();
    expect(await screen.findByText("No services listed yet")).toBeTruthy();
  });

  it("names a service that does not exist as such", async () => {
    render(ServiceView, { path: ["nowhere"] });
    expect(await screen.findByText("No such service")).toBeTruthy();
  });
});

describe("accessibility", () => {
  it.each([["choices", ["spotify"]], ["holds", ["spotify", "holds"]], ["data", ["netflix", "data"]]])("has no finding on %s", async (_, path) => {
    await open(...path);
    expect(await violations()).toEqual([]);
  });
  it("has no finding on the list", async () => {
    render(ServicesView, { path: [] });
    await screen.findByRole("link", { name: "Spotify" });
    expect(await violations()).toEqual([]);
  });
});

describe("get your data", () => {
  it("notes what was asked for on a day that has come, and then waits for it", async () => {
    await open("spotify", "data");
    const form = await screen.findByTestId("ask-form");
    const boxes = within(form).getAllByRole<HTMLInputElement>("checkbox");
    expect(boxes.map((box) => [box.value, box.checked])).toEqual([["account", true], ["extended", true], ["technical-log", false]]);
    expect(form.textContent).toContain("Thinline only recognizes its files");
    const day = within(form).getByLabelText<HTMLInputElement>("Asked on");
    await fireEvent.input(day, { target: { value: "2999-01-01" } });
    within(form).getByRole("button", { name: "I asked for it" }).click();
    await waitFor(() => expect(within(form).getByRole("alert").textContent).toBe("Choose a day that has come."));
    expect((await fake.requests()).requests).toEqual([]);
    await fireEvent.input(day, { target: { value: (await fake.requests()).today } });
    within(form).getByRole("button", { name: "I asked for it" }).click();
    expect((await screen.findAllByRole("article")).map((one) => one.getAttribute("aria-label"))).toEqual(["Spotify, Extended streaming history", "Spotify, Account data"]);
    expect(toasts.items.at(-1)?.text).toMatch(/^Noted\. It should be there by/);
    expect(await violations()).toEqual([]);
  });

  it("wants at least one package", async () => {
    await open("netflix", "data");
    const form = await screen.findByTestId("ask-form");
    within(form).getByRole<HTMLInputElement>("checkbox").click();
    within(form).getByRole("button", { name: "I asked for it" }).click();
    await waitFor(() => expect(within(form).getByRole("alert").textContent).toBe("Tick at least one."));
  });

  it("shows what goes on and the last that ended", async () => {
    stop();
    fake = createFake({ requests: "ready" });
    stop = await provide(fake);
    await open("netflix", "data");
    expect((await screen.findByRole("article")).dataset.state).toBe("imported");
  });
});
