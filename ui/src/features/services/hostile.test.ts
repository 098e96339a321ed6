// What catalogue and exports may say twice must not break a page.
import { cleanup, render, screen } from "@testing-library/svelte";
import { afterEach, expect, it } from "vitest";
import { provide } from "../../ipc";
import { createFake } from "../../ipc/fake";
import ServiceView from "./ServiceView.svelte";

afterEach(cleanup);

it("shows steps, packages and effects that read alike as often as they are there", async () => {
  const fake = createFake();
  const service = await fake.service("spotify");
  const [purpose] = service.purposes;
  const effect = { action: "letter", where: "account", state: "not-applicable", since: null };
  Object.assign(purpose!, { choice: "off", effects: [effect, effect] });
  service.export.packages.push(service.export.packages[0]!);
  service.export.steps = [...service.export.steps, ...service.export.steps];
  const stop = await provide({ ...fake, service: () => Promise.resolve(service) });
  render(ServiceView, { path: ["spotify"] });
  expect(await screen.findAllByText("Not done on your plan")).toHaveLength(2);
  cleanup();
  render(ServiceView, { path: ["spotify", "data"] });
  expect(await screen.findAllByText("Account data", { selector: "strong" })).toHaveLength(2);
  stop();
});
