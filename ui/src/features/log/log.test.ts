// The log room: a sentence for every kind of entry, and careful words for a check.
import { fireEvent, render, screen } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { provide, type LogEntry, type LogVerified } from "../../ipc";
import { createFake } from "../../ipc/fake";
import { expectAccessible } from "../../test-axe";
import { KNOWN_KINDS, sentence } from "./entries";
import LogView from "./LogView.svelte";
import { verdict } from "./verdict";

const known = { names: new Map([["spotify", "Spotify"], ["netflix", "Netflix"]]), imports: new Map([[7, "netflix"]]) };
const say = (kind: string, payload: Record<string, unknown> | null) => sentence({ seq: 1, at: "2026-03-03T10:00:00Z", kind, payload } as LogEntry, known);

describe("an entry in words", () => {
  it("has a sentence for every kind of the log", () => {
    const kinds = readFileSync(join(import.meta.dirname, "../../../../crates/thinline-ledger/src/entry.rs"), "utf8");
    const written = new Set([...kinds.matchAll(/EntryKind::\w+ => "([a-z.-]+)"/g)].map((m) => m[1] as string));
    expect(written.size).toBeGreaterThan(8);
    for (const kind of written) {
      expect(KNOWN_KINDS).toContain(kind);
      expect(say(kind, {}).length).toBeGreaterThan(5);
    }
  });

  it.each([
    [{ service: "spotify", purpose: "ads-here", from: "undecided", to: "off", until: null }, "You want “Personalized ads here” off at Spotify."],
    [{ service: "spotify", what: "recommendations", value: "on" }, "You leave “Recommendations” on at Spotify."],
    [{ changes: [{ service: "netflix", purpose: "sharing", to: "undecided" }] }, "“Passing your data on” at Netflix is not decided again."],
    [{ service: "spotify", purpose: "ads-elsewhere", to: "off", until: "2027-01-01" }, "You want “Ads that follow you” off at Spotify until Jan 1, 2027."],
    [{ service: "netflix", what: "history", value: "12" }, "You want Netflix to delete your history after 12 months."],
    [{ service: "netflix", what: "history", value: "pause" }, "You want Netflix to pause your history."],
    [{ changes: [{ service: "netflix", purpose: "sharing", to: "off" }, { service: "spotify", purpose: "sharing", to: "off" }] }, "You changed 2 choices at Netflix and Spotify."],
    [{}, "You changed a choice."],
  ])("tells the choice of %o", (payload, text) => {
    expect(say("choice.set", payload)).toBe(text);
  });

  it("tells imports and exports with their numbers", () => {
    expect(say("import.done", { service: "spotify", records: 12345 })).toBe("You imported an export of Spotify: 12,345 records.");
    expect(say("profile.exported", { form: "csv", records: 1, bytes: 900 })).toBe("You exported your profile as CSV: one record, 900 bytes.");
    expect(say("import.undone", { import: 7, removed: 40 })).toBe("You took back an import of Netflix: 40 records went.");
    expect(say("import.undone", { import: 8 })).toBe("You took back an import of a service.");
  });

  it("tells what was taken back and which settings changed", () => {
    const changes = [{ service: "spotify", purpose: "ads-here", from: "off", to: "undecided", until: null }];
    expect(say("choice.set", { changes, undo_of: 3 })).toBe("You took a choice back. “Personalized ads here” at Spotify is not decided again.");
    expect(say("choice.expired", { changes })).toBe("A choice ran out. “Personalized ads here” at Spotify is not decided again.");
    const back = { service: "spotify", purpose: "ads-here", from: "on", to: "off", until: null };
    expect(say("choice.expired", { changes: [back] })).toBe("A choice ran out. You want “Personalized ads here” off at Spotify.");
    expect(say("choice.expired", { changes: [{ ...back, purpose: "history", from: "pause", to: "12" }] })).toBe("A choice ran out. You want Spotify to delete your history after 12 months.");
    expect(say("choice.expired", { changes: [back, back] })).toBe("2 choices ran out; what stood before them counts again.");
    expect(say("settings.changed", { home_zone: "Europe/Berlin", country: "changed" })).toBe("You changed settings: Home time zone and Country.");
  });

  it("says when the content is missing without naming a cause, and names a kind that it does not know", () => {
    expect(say("choice.set", null)).toBe("The content of this entry is not here.");
    expect(say("of.tomorrow", { a: 1 })).toBe("of.tomorrow");
    expect(say("unreadable", null)).toBe("This entry cannot be read.");
  });
});

describe("the verdict", () => {
  const result = (part: Partial<LogVerified>): LogVerified => ({ ok: true, size: 4, root: "00", checked_at: "2026-03-03T10:00:00Z", anchor: "match", bad_entry: null, fault: null, ...part });

  it("is good only when the entries fit and nothing newer is known", () => {
    expect(verdict(result({})).tone).toBe("good");
    expect(verdict(result({ anchor: "none" })).lines.join()).toContain("would not be noticed");
    const older = verdict(result({ ok: false, anchor: "newer", fault: "anchor" }));
    expect([older.tone, older.lines[0]]).toEqual(["bad", "Its entries fit together. Either an older copy of the data was put back, or earlier entries were written anew."]);
  });

  it.each(["entry", "payload", "checkpoint", "signature"])("names the fault %s and where it is", (fault) => {
    const said = verdict(result({ ok: false, fault, bad_entry: 3 }));
    expect(said.tone).toBe("bad");
    expect(said.lines.join(" ")).toContain("entry 3");
    expect(new Set(said.lines).size).toBe(3);
  });
});

describe("the log room", () => {
  it("lists entries newest first, opens older ones, and grows when something is written", async () => {
    const fake = createFake();
    for (let i = 0; i < 60; i++) fake.world.note("vault.unlocked", { n: i });
    await provide(fake);
    render(LogView, { path: [] });
    expect(await screen.findAllByText("Thinline was unlocked.")).toHaveLength(50);
    await fireEvent.click(screen.getByRole("button", { name: "Older entries" }));
    expect(await screen.findByText("You set Thinline up.")).toBeTruthy();
    fake.world.note("checkpoint.kept", {});
    fake.world.emit("log");
    expect(await screen.findByText("You made a checkpoint to keep elsewhere.")).toBeTruthy();
    expect(screen.getByText("You set Thinline up.")).toBeTruthy();
  });

  it("checks the log and says the result as a status", async () => {
    await provide(createFake());
    const { container } = render(LogView, { path: [] });
    await fireEvent.click(await screen.findByTestId("log-verify"));
    expect((await screen.findByTestId("log-verified")).textContent).toContain("All 4 entries fit together.");
    expect(screen.getByTestId("log-verified").closest("[role=status]")).not.toBeNull();
    await expectAccessible(container);
  });
});
