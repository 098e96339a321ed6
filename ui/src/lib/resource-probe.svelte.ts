// A root with one resource in it, for its test.
import { resource, type Resource } from "./resource.svelte";

class Counter {
  value = $state(1);
  set(value: number): void {
    this.value = value;
  }
}
export const counter = new Counter();

export interface Probe {
  loads: number;
  delays: number[];
  fails: boolean;
}

export async function inRoot(run: (parts: { resource: Resource<string>; probe: Probe }) => Promise<void>): Promise<void> {
  counter.set(1);
  const probe: Probe = { loads: 0, delays: [], fails: false };
  let made: Resource<string> | undefined;
  const stop = $effect.root(() => {
    made = resource(() => {
      const now = String(counter.value);
      probe.loads++;
      const delay = probe.delays.shift() ?? 0;
      if (probe.fails) return Promise.reject(new Error("no"));
      return delay > 0 ? new Promise((done) => setTimeout(() => { done(now); }, delay)) : Promise.resolve(now);
    }, ["records"]);
  });
  if (made) await run({ resource: made, probe });
  stop();
}
