// Changes a choice and offers the way back. There is one such toast at a time: undo takes back the last change, so
// an older toast must not offer it.
import { backend } from "../../ipc";
import type { Choose } from "../../ipc/bindings";
import { nearDate } from "../../lib/format";
import { toasts } from "../../lib/toasts.svelte";
import { purposeWord, wishWord } from "../../text/words";
import { t } from "../../text";
import { wordsFor } from "../../text/errors";
import { historyWish } from "./words";

let shown: number | null = null;

function show(text: string, undo?: () => Promise<void>): void {
  if (shown !== null) toasts.close(shown);
  shown = toasts.show(text, undo ? { undo } : {});
}

/** Runs a write; a refusal becomes a toast in the words of the error table. Answers whether it went through. */
export async function attempt(write: () => Promise<void>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (thrown) {
    const words = wordsFor(thrown);
    toasts.show(`${words.title} ${words.safe}`, { tone: "warn" });
    return false;
  }
}

function said(change: Choose, service: string): string {
  if (change.what === "history") return t("choices-toast-history", { service, wish: historyWish(change.value) });
  const args = { service, purpose: purposeWord(change.what), wish: wishWord(change.value) };
  return change.until ? t("choices-toast-until", { ...args, date: nearDate(change.until) }) : t("choices-toast", args);
}

/** Writes a choice of one service. Choosing what stands already writes nothing and says nothing. */
export function choose(service: { id: string; name: string }, what: string, value: string, until: string | null = null): Promise<boolean> {
  return attempt(async () => {
    const change: Choose = { service: service.id, what, value, until, except: [] };
    const { changes } = await backend.choose(change);
    if (changes.length > 0) show(said(change, service.name), takeBack);
  });
}

async function takeBack(): Promise<void> {
  await attempt(async () => {
    await backend.undoChoice();
    show(t("choices-undone"));
  });
}
