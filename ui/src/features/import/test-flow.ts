// The import flow on a page against the fake backend, and what its tests do again and again. Importing it sets each
// test up and takes it down.
import { cleanup, configure, render, screen, waitFor } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, vi } from "vitest";
import { provide } from "../../ipc";
import type { Backend, Topic } from "../../ipc/backend";
import type { People, PersonLine, Whose } from "../../ipc/bindings";
import { createFake } from "../../ipc/fake";
import { fakeServices, type ServicesPart } from "../../ipc/fake-services";
import ImportFlow from "./ImportFlow.svelte";

// A loaded computer is no fault.
configure({ asyncUtilTimeout: 6000 });
vi.setConfig({ testTimeout: 30_000 });

/** The part of the fake that imports; a new one for each test. */
export let services: ServicesPart;
let stop: () => void;
export const person = (id: number, name: string, more: Partial<PersonLine> = {}): PersonLine =>
  ({ id, service: "spotify", account: "default", name, whose: "undecided", decided: false, records: 100 - id, ...more });
export const people = vi.fn(async (_: string | null): Promise<People> => ({ accounts: [], people: [] }));
export const setWhose = vi.fn(async (_: Whose[]): Promise<People> => ({ accounts: [], people: [] }));
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

export const drop = (...names: string[]) => services.drop(names.map((name) => ({ token: name, name, bytes: 1000 })));
export const button = (name: string | RegExp) => screen.getByRole("button", { name });
export const stages = () => screen.queryAllByTestId("import-item").map((item) => item.dataset["stage"]);
export const until = async (...expected: string[]) => { await waitFor(() => expect(stages()).toEqual(expected)); };
export const headline = () => screen.getByTestId("import-headline").textContent;
export const remarks = () => screen.getByTestId("import-remarks").textContent;
export const dialog = () => screen.getByRole("dialog");

/** Dropped, looked at, let in, over. */
export async function imported(name = "my_spotify_data.zip"): Promise<void> {
  drop(name);
  await until("checked");
  button("Import").click();
  await waitFor(() => expect(stages()[0]).toMatch(/ended|failed/));
}
