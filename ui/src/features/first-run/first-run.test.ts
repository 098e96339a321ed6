// The first run: when the form can be sent, which services a word finds, what the three doors do.
import { fireEvent, render, screen } from "@testing-library/svelte";
import { describe, expect, it, vi } from "vitest";
import { provide } from "../../ipc";
import { createFake } from "../../ipc/fake";
import { importDoor } from "../../lib/import-door.svelte";
import { expectAccessible } from "../../test-axe";
import { FirstRunForm } from "./first-run.svelte";
import FirstRun from "./FirstRun.svelte";
import { found } from "./found";

describe("the first-run form", () => {
  it("can be sent as it is when there is a keyring", () => {
    const form = new FirstRunForm(true, "DE");
    expect(form.fault).toBeNull();
    expect(form.request()).toEqual({ key: "keyring", passphrase: null, key_file: null, services: [], country: "DE" });
  });

  it("wants a passphrase twice, or a key file, when there is none", () => {
    const form = new FirstRunForm(false);
    expect(form.fault).toBe("passphrase-empty");
    form.passphrase = "five random words here now";
    expect(form.fault).toBe("passphrase-differs");
    form.repeated = form.passphrase;
    expect(form.fault).toBeNull();
    form.key = "key-file";
    expect(form.fault).toBe("key-file-missing");
    form.keyFile = { token: "k1", name: "thinline.key", bytes: 32 };
    expect(form.request()).toMatchObject({ key: "key-file", passphrase: null, key_file: "k1" });
  });

  it("forgets what was typed", () => {
    const form = new FirstRunForm(false);
    form.passphrase = form.repeated = "x";
    form.forget();
    expect([form.passphrase, form.repeated]).toEqual(["", ""]);
  });
});

describe("the doors", () => {
  it("are not there before the services are, so that none moves under the pointer", async () => {
    const fake = createFake({ phase: "first-run" });
    let answer: () => void = () => undefined;
    const services = fake.services();
    vi.spyOn(fake, "services").mockReturnValue(new Promise((resolve) => { answer = () => void services.then(resolve); }));
    await provide(fake);
    render(FirstRun, { state: await fake.appState(), onopen: vi.fn() });
    expect(screen.queryByRole("button", { name: /^Import an export/ })).toBeNull();
    answer();
    expect(await screen.findByRole("button", { name: /^Import an export/ })).toBeTruthy();
  });

  it("are there also when the services cannot be had", async () => {
    const fake = createFake({ phase: "first-run" });
    vi.spyOn(fake, "services").mockRejectedValue(fake.world.error("internal"));
    await provide(fake);
    render(FirstRun, { state: await fake.appState(), onopen: vi.fn() });
    expect(await screen.findByRole("button", { name: /^Import an export/ })).toBeTruthy();
  });
});

describe("finding a service", () => {
  const all = [{ name: "YouTube", aliases: ["Google", "YT Music"] }, { name: "Spotify", aliases: [] }];
  it("goes by name and alias, by the start of a word", () => {
    expect(found(all, "goo").map((s) => s.name)).toEqual(["YouTube"]);
    expect(found(all, " MUSIC").map((s) => s.name)).toEqual(["YouTube"]);
    expect(found(all, "potify")).toEqual([]);
    expect(found(all, "")).toHaveLength(2);
  });
});

async function shown(keyring = true) {
  const fake = createFake({ phase: "first-run", keyring });
  await provide(fake);
  const onopen = vi.fn();
  const { container } = render(FirstRun, { state: await fake.appState(), onopen });
  await screen.findByLabelText(/Spotify/);
  return { fake, onopen, container };
}

describe("the first run", () => {
  it("has three doors in the given order and nothing that axe finds", async () => {
    const { container } = await shown(false);
    const doors = screen.getAllByTestId(/^door-/).map((door) => door.dataset.testid);
    expect(doors).toEqual(["door-ask", "door-sample", "door-import", "door-services"]);
    await expectAccessible(container);
  });

  it("sets up with the ticked services and opens the import", async () => {
    const { fake, onopen } = await shown();
    const setUp = vi.spyOn(fake, "setUp");
    await fireEvent.click(screen.getByLabelText(/Spotify/));
    await fireEvent.click(screen.getByTestId("door-import"));
    await vi.waitFor(() => { expect(onopen).toHaveBeenCalledOnce(); });
    expect(setUp.mock.calls[0]?.[0]).toMatchObject({ key: "keyring", services: ["spotify"] });
    expect(importDoor.take()).toMatchObject({ service: null });
  });

  it.each([[[], "#/services"], [["spotify"], "#/services/spotify/data"], [["netflix", "spotify"], "#/todo"]])("leads who asks for data of %j to %s", async (services, place) => {
    const { onopen } = await shown();
    for (const one of services) await fireEvent.click(screen.getByLabelText(one === "spotify" ? /Spotify/ : /Netflix/));
    await fireEvent.click(screen.getByTestId("door-ask"));
    await vi.waitFor(() => { expect(onopen).toHaveBeenCalledOnce(); });
    expect(location.hash).toBe(place);
  });

  it("says of the key what follows from the way that is chosen", async () => {
    const { container } = await shown();
    expect(container.textContent).toContain("Your system's keyring will be asked");
    await fireEvent.click(screen.getByRole("radio", { name: "Passphrase" }));
    expect(container.textContent).toContain("Your passphrase unlocks it");
    expect(container.textContent).not.toContain("keyring will be asked");
  });

  it("looks around without setting anything up", async () => {
    const { fake, onopen } = await shown(false);
    const setUp = vi.spyOn(fake, "setUp");
    await fireEvent.click(screen.getByTestId("door-sample"));
    await vi.waitFor(() => { expect(onopen).toHaveBeenCalledOnce(); });
    expect(onopen.mock.calls[0]?.[0]).toMatchObject({ phase: "open", sample: true });
    expect(setUp).not.toHaveBeenCalled();
  });

  it("points at what is missing instead of having a dead button, and says why a key was refused", async () => {
    const { fake, onopen } = await shown(false);
    await fireEvent.click(screen.getByTestId("door-services"));
    await vi.waitFor(() => { expect(screen.getByRole("alert").textContent).toBe("Enter a passphrase."); });
    expect(onopen).not.toHaveBeenCalled();
    await fireEvent.input(screen.getByLabelText("Passphrase", { selector: "input[type=password]" }), { target: { value: "abc def" } });
    await fireEvent.input(screen.getByLabelText("The same again"), { target: { value: "abc def" } });
    vi.spyOn(fake, "setUp").mockRejectedValue(fake.world.error("disk-full"));
    await fireEvent.click(screen.getByTestId("door-services"));
    expect((await screen.findByTestId("error")).dataset.code).toBe("disk-full");
  });
});
