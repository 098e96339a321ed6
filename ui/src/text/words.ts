// The closed lists in words: kinds, categories, purposes, sensitivity. An id that is not known (a newer core)
// is shown as it is rather than hidden.
import { has, t } from "./index";

function word(prefix: string, id: string): string {
  const message = `${prefix}-${id}`;
  return has(message) ? t(message) : id;
}

/** In the order in which they are stacked and listed. */
export const KINDS = ["collected", "inferred", "used", "received", "given-out", "setting", "choice", "signal", "request", "result"] as const;

export const CATEGORIES = [
  "viewing", "listening", "searches", "browsing", "app-use", "purchases", "payments", "reactions", "own-content",
  "messages", "people", "location", "devices", "account", "guessed-interests", "guessed-traits", "ad-groups",
  "shown", "off-site", "settings",
] as const;

export const PURPOSES = [
  "recommendations", "ads-here", "ads-elsewhere", "from-elsewhere", "sharing", "messages", "improvement",
  "ai-training",
] as const;

/** "guessed" for `inferred`. */
export const kindWord = (id: string): string => word("kind", id);
/** One sentence on what the kind means. */
export const kindMeaning = (id: string): string => word("kind-meaning", id);
/** "What you listened to" for `listening`. */
export const categoryWord = (id: string): string => word("category", id);
/** "Personalized ads here" for `ads-here`. */
export const purposeWord = (id: string): string => word("purpose", id);
/** The sentence that says what the purpose is. */
export const purposeSentence = (id: string): string => word("purpose-sentence", id);
/** "Makes it yours" for `yours`. */
export const groupWord = (id: string): string => word("purpose-group", id);
/** "Leave on", "Not decided", "Off". */
export const wishWord = (id: string): string => word("wish", id);
/** "ordinary", "revealing", "sensitive" for 1, 2, 3. */
export const sensitivityWord = (level: number): string => word("sensitivity", String(level));
