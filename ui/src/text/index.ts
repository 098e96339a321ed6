// Every sentence that is shown, as Fluent messages. `t(id, args)` gives the text. Arguments that are strings
// may come from exports: they are made visible and isolated. Ids and arguments are checked by text.test.ts.
import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";
import { locale } from "../lib/format";
import { isolated } from "../lib/foreign";

export type Args = Record<string, string | number | Date>;

const files = import.meta.glob<string>("./en/*.ftl", { query: "?raw", import: "default", eager: true });

function load(): FluentBundle {
  const bundle = new FluentBundle(locale(), { useIsolating: false });
  for (const [path, source] of Object.entries(files)) {
    const errors = bundle.addResource(new FluentResource(source));
    if (errors.length > 0) throw new Error(`${path}: ${errors.map(String).join("; ")}`);
  }
  return bundle;
}

const bundle = load();

function safe(args: Args): Record<string, FluentVariable> {
  const out: Record<string, FluentVariable> = {};
  for (const [name, value] of Object.entries(args)) out[name] = typeof value === "string" ? isolated(value) : value;
  return out;
}

/** The text of a message. A message that does not exist is a fault of the program: tests throw on it. */
export function t(id: string, args: Args = {}): string {
  const message = bundle.getMessage(id);
  if (!message?.value) {
    if (import.meta.env.MODE === "test") throw new Error(`no text for ${id}`);
    return id;
  }
  const errors: Error[] = [];
  const text = bundle.formatPattern(message.value, safe(args), errors);
  if (errors.length > 0 && import.meta.env.MODE === "test") throw errors[0] as Error;
  return text;
}

/** Whether a message exists, for ids that a newer core may send. */
export function has(id: string): boolean {
  return bundle.hasMessage(id);
}
