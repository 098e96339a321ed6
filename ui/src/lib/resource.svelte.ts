// Something that is loaded and reloaded: keeps the value while a newer one is on its way, so that nothing
// jumps; a late answer never replaces a newer one. Make it in a component (it uses effects).
import { untrack } from "svelte";
import { listen } from "./topics";

export interface Resource<T> {
  /** The last value that arrived. */
  readonly value: T | undefined;
  /** What the last load threw; none once a load succeeds. */
  readonly error: unknown;
  /** Whether a load is under way. */
  readonly loading: boolean;
  reload(): Promise<void>;
  /** Puts a value in place, for example the answer of a write. */
  set(value: T): void;
}

/** `load` runs now, whenever state that it reads synchronously changes, and whenever a topic is announced. */
export function resource<T>(load: () => Promise<T>, topics: readonly string[] = []): Resource<T> {
  let value = $state.raw<T | undefined>(undefined);
  let error = $state.raw<unknown>(undefined);
  let loading = $state(true);
  let newest = 0;

  async function settle(pending: Promise<T>): Promise<void> {
    const ticket = ++newest;
    loading = true;
    try {
      const loaded = await pending;
      if (ticket !== newest) return;
      value = loaded;
      error = undefined;
    } catch (thrown) {
      if (ticket !== newest) return;
      error = thrown;
    }
    loading = false;
  }

  function start(): Promise<T> {
    try {
      return load();
    } catch (thrown) {
      return Promise.reject(thrown as Error);
    }
  }

  $effect(() => {
    const pending = start();
    untrack(() => void settle(pending));
  });
  $effect(() => listen(topics, () => void settle(start())));

  return {
    get value() {
      return value;
    },
    get error() {
      return error;
    },
    get loading() {
      return loading;
    },
    reload: () => settle(start()),
    set(next) {
      newest++;
      value = next;
      error = undefined;
      loading = false;
    },
  };
}
