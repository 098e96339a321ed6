// Loading: reloads, late answers, failures.
import { flushSync } from "svelte";
import { describe, expect, it } from "vitest";
import { counter, inRoot } from "./resource-probe.svelte";
import { announce } from "./topics";

const tick = () => new Promise((done) => setTimeout(done));

describe("a resource", () => {
  it("reloads when a topic is announced and when state that it reads changes", async () => {
    await inRoot(async ({ resource, probe }) => {
      flushSync();
      await tick();
      expect([resource.value, resource.loading, probe.loads]).toEqual(["1", false, 1]);
      announce(["other"]);
      expect(probe.loads).toBe(1);
      announce(["records", "log"]);
      await tick();
      expect(probe.loads).toBe(2);
      counter.set(5);
      flushSync();
      await tick();
      expect(resource.value).toBe("5");
    });
  });

  it("keeps the newest answer when an older one comes late", async () => {
    await inRoot(async ({ resource, probe }) => {
      flushSync();
      await tick();
      probe.delays = [30, 0];
      const slow = resource.reload();
      counter.set(9);
      flushSync();
      await slow;
      await tick();
      expect(resource.value).toBe("9");
    });
  });

  it("keeps the value and tells the error when a reload fails", async () => {
    await inRoot(async ({ resource, probe }) => {
      flushSync();
      await tick();
      const before = resource.value;
      probe.fails = true;
      await resource.reload();
      expect(resource.value).toBe(before);
      expect(resource.error).toBeInstanceOf(Error);
      probe.fails = false;
      await resource.reload();
      expect(resource.error).toBeUndefined();
    });
  });
});
