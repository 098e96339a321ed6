// Texts and code agree: every id that is asked for exists, none lies unused, and arguments have the same names.
// Every source file is parsed; ids in tables count when a string literal equals an id, `t(`a-${x}`)` uses all `a-*`.
import { FluentResource } from "@fluent/bundle";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "svelte/compiler";
import { describe, expect, it } from "vitest";

const SRC = join(import.meta.dirname, "..");

function files(folder: string, ends: RegExp): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => ends.test(path)).map((path) => join(folder, path));
}

interface Message { id: string; vars: Set<string>; file: string }

function varsIn(node: unknown, found = new Set<string>()): Set<string> {
  if (Array.isArray(node)) node.forEach((one) => varsIn(one, found));
  else if (typeof node === "object" && node !== null) {
    const { type, name } = node as { type?: string; name?: string };
    if (type === "var" && name) found.add(name);
    Object.values(node).forEach((one) => varsIn(one, found));
  }
  return found;
}

const messages: Message[] = files(join(SRC, "text/en"), /\.ftl$/).flatMap((file) =>
  new FluentResource(readFileSync(file, "utf8")).body.map((message) => ({ id: message.id, vars: varsIn(message.value), file })),
);
const byId = new Map(messages.map((message) => [message.id, message]));

interface Node { type: string; [key: string]: unknown }
interface Call { where: string; id: Node; args: Node | undefined }
const calls: Call[] = [];
const literals = new Set<string>();
const prefixes = new Set<string>();
/** Functions that join a prefix (their first argument) with an id. */
const JOINERS = new Set(["word", "idOr"]);

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && typeof (value as Node).type === "string";
}

function prefixOf(node: Node): string {
  const first = (node.quasis as { value: { cooked: string } }[])[0];
  return first?.value.cooked ?? "";
}

function walk(value: unknown, where: string): void {
  if (Array.isArray(value)) value.forEach((one) => { walk(one, where); });
  if (!isNode(value)) {
    if (typeof value === "object" && value !== null && !Array.isArray(value)) Object.values(value).forEach((one) => { walk(one, where); });
    return;
  }
  if (value.type === "Literal" && typeof value.value === "string") literals.add(value.value);
  if (value.type === "TemplateLiteral" && /^[a-z][a-z0-9-]*-$/.test(prefixOf(value))) prefixes.add(prefixOf(value));
  const callee = value.callee as Node | undefined;
  if (value.type === "CallExpression" && callee?.type === "Identifier" && callee.name === "t") {
    const [id, args] = value.arguments as [Node, Node | undefined];
    calls.push({ where, id, args });
  }
  if (value.type === "CallExpression" && JOINERS.has(String(callee?.name))) {
    const [prefix] = value.arguments as [Node];
    if (prefix.type === "Literal") prefixes.add(`${String(prefix.value)}-`);
  }
  for (const [key, child] of Object.entries(value)) if (key !== "loc") walk(child, where);
}

for (const file of files(SRC, /\.(ts|svelte)$/)) {
  if (/\.test\.ts$|bindings\.ts$|\/fake|\.d\.ts$/.test(file)) continue;
  const source = readFileSync(file, "utf8");
  walk(parse(file.endsWith(".svelte") ? source : `<script lang="ts">${source}</script>`, { modern: true }), file.slice(SRC.length + 1));
}
/** Ids that an expression can give, or a prefix of them. */
function idsOf(node: Node): { ids: string[]; prefix?: string } {
  if (node.type === "Literal") return { ids: [String(node.value)] };
  if (node.type === "ConditionalExpression") return { ids: [...idsOf(node.consequent as Node).ids, ...idsOf(node.alternate as Node).ids] };
  if (node.type === "TemplateLiteral") return { ids: [], prefix: prefixOf(node) };
  return { ids: [] };
}

function keysOf(node: Node | undefined): string[] | null {
  if (!node) return [];
  if (node.type !== "ObjectExpression") return null;
  const properties = node.properties as Node[];
  if (properties.some((p) => p.type !== "Property")) return null;
  return properties.map((p) => String((p.key as Node).name ?? (p.key as Node).value));
}

describe("texts", () => {
  it("have ids that occur once", () => {
    const twice = messages.filter((message, i) => messages.findIndex((other) => other.id === message.id) !== i);
    expect(twice.map((message) => message.id)).toEqual([]);
  });

  it("parse without junk: every line that starts a message became one", () => {
    for (const file of files(join(SRC, "text/en"), /\.ftl$/)) {
      const wanted = [...readFileSync(file, "utf8").matchAll(/^([a-z][\w-]*) *=/gm)].map((m) => m[1]);
      expect(messages.filter((message) => message.file === file).map((message) => message.id)).toEqual(wanted);
    }
  });

  it("exist for every id that the code asks for", () => {
    const missing = calls.flatMap(({ id, where }) => idsOf(id).ids.filter((one) => !byId.has(one)).map((one) => `${where}: ${one}`));
    expect(missing).toEqual([]);
    const empty = calls.flatMap(({ id, where }) => {
      const { prefix } = idsOf(id);
      return prefix && !messages.some((message) => message.id.startsWith(prefix)) ? [`${where}: ${prefix}*`] : [];
    });
    expect(empty).toEqual([]);
  });

  it("are all used", () => {
    const unused = messages.filter(({ id }) => !literals.has(id) && ![...prefixes].some((prefix) => id.startsWith(prefix)));
    expect(unused.map((message) => message.id)).toEqual([]);
  });

  it("get the arguments that they name, and no others", () => {
    const wrong = calls.flatMap(({ id, args, where }) => {
      const given = keysOf(args);
      if (given === null) return [];
      const { ids } = idsOf(id);
      const wanted = new Set(ids.flatMap((one) => [...(byId.get(one)?.vars ?? [])]));
      const missing = [...wanted].filter((name) => !given.includes(name));
      const extra = ids.length > 0 ? given.filter((name) => !wanted.has(name)) : [];
      return missing.length + extra.length > 0 ? [`${where}: ${ids.join("|")} missing [${missing}] extra [${extra}]`] : [];
    });
    expect(wrong).toEqual([]);
  });

  it("never use words that promise or blame", () => {
    const bad = /\bprotected\b|blocked for good|\bverified\b|violation|you consented|tamper-proof|immutable/i;
    const found = files(join(SRC, "text/en"), /\.ftl$/).flatMap((file) => readFileSync(file, "utf8").split("\n").filter((line) => bad.test(line)));
    expect(found).toEqual([]);
  });
});
