// What to do with a failure that has no place of its own on the page: say it in a toast.
import { wordsFor } from "../text/errors";
import { toasts } from "./toasts.svelte";

export function failed(thrown: unknown): void {
  const words = wordsFor(thrown);
  toasts.show(`${words.title}. ${words.next}`, { tone: "warn" });
}
