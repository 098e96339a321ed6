// Sentences that the core tells as ids with typed values, in words. Pure.
//
// What would surprise: a sentence that this window has no words for (a newer core) is named by its id, not dropped: a
// warning that cannot be worded is still a warning.
import type { Sentence, Service, Told } from "../../ipc/bindings";
import { visible } from "../../lib/foreign";
import { bytes, date, list } from "../../lib/format";
import { type Args, has, t } from "../../text";
import { categoryWord, kindWord } from "../../text/words";

export type Names = (service: string) => string;

/** Names of services by id; an id that is not known stands for itself. */
export const namesOf = (services: readonly Service[]): Names => (id) => services.find((one) => one.id === id)?.name ?? id;

/** "what you watched": a category inside a sentence. */
export const categoryInside = (id: string): string => {
  const word = categoryWord(id);
  return word.charAt(0).toLowerCase() + word.slice(1);
};

function argOf(value: Told, names: Names): string | number {
  switch (value.is) {
    case "count": return value.value;
    case "bytes": return bytes(value.value);
    case "date": return date(value.value);
    case "year": return String(value.value);
    case "service": return names(value.value);
    case "category": return categoryInside(value.value);
    case "categories": return list(value.value.map(categoryInside));
    case "word": return kindWord(value.value);
    case "text": return visible(value.value);
  }
}

export function argsOf(values: Sentence["values"], names: Names): Args {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value ? argOf(value, names) : ""]));
}

const worded = (id: string, { id: code, values }: Sentence, names: Names): string =>
  has(id) ? t(id, argsOf(values, names)) : t("import-warn-other", { code });

/** A sentence of the result. */
export function told(sentence: Sentence, names: Names): string {
  const { id, values } = sentence;
  if (id === "guessed") return t("import-told-guessed", { parts: list(guessed(values)) });
  const one = values["from"]?.is === "year" && values["from"].value === (values["to"]?.is === "year" ? values["to"].value : null);
  return worded(one && has(`import-told-${id}-one`) ? `import-told-${id}-one` : `import-told-${id}`, sentence, names);
}

const PARTS: readonly [string, (count: number) => string][] = [
  ["guessed", (count) => t("import-told-part-guessed", { count })],
  ["received", (count) => t("import-told-part-received", { count })],
  ["companies", (count) => t("import-told-part-companies", { count })],
  ["sensitive", (count) => t("import-told-part-sensitive", { count })],
];

/** What is not zero of it. */
const guessed = (values: Sentence["values"]): string[] =>
  PARTS.flatMap(([name, say]) => {
    const value = values[name];
    return value?.is === "count" && value.value > 0 ? [say(value.value)] : [];
  });

/** A remark of the check. */
export const remark = (sentence: Sentence, names: Names): string => worded(`import-remark-${sentence.id}`, sentence, names);

/** What to do about it, where there is something to do. */
export function advice(sentence: Sentence, names: Names): string | null {
  const id = `import-advice-${sentence.id}`;
  return has(id) ? t(id, argsOf(sentence.values, names)) : null;
}
