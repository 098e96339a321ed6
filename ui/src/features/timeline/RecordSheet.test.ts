// The record sheet: private values of the original row are shown when asked for, also where the record itself has none.
import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { provide } from "../../ipc";
import { createFake, type Fake } from "../../ipc/fake";
import { emptyFilter } from "./filter";
import RecordSheet from "./RecordSheet.svelte";

let fake: Fake;
let stop: () => void;

beforeEach(async () => {
  fake = createFake({ records: 300 });
  const ask = fake.record.bind(fake);
  vi.spyOn(fake, "record").mockImplementation(async (id, unmask) => {
    const full = await ask(id, unmask);
    const text = unmask ? "Robin,robin@example.org" : "Robin,ro…";
    return { ...full, record: { ...full.record, masked: [] }, original: { header: "Name,Mail", text, masked: !unmask } };
  });
  stop = await provide(fake);
});
afterEach(() => {
  cleanup();
  stop();
});

it("shows a masked original row when asked, though no field of the record is masked", async () => {
  const first = { cursor: null, day: null, undated: false, newer: false, limit: 50 };
  const listed = (await fake.timelinePage(emptyFilter(), first)).records.find((one) => one.source);
  if (!listed) throw new Error("no record with a source");
  const record = { ...listed, masked: [] };
  render(RecordSheet, { record, service: undefined, onclose: () => undefined });
  await screen.findByText("Robin,ro…");
  await fireEvent.click(screen.getByRole("button", { name: "Show" }));
  await screen.findByText("Robin,robin@example.org");
  expect(screen.queryByText("Private values are masked.")).toBeNull();
});
