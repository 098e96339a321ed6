// Erasing, hiding, rules and people of the fake backend, over the records of the fake timeline. Invented, and simpler than the
// real thing in one way: the daily counts stay as they are.
import type { Backend } from "./backend";
import type { People, PersonLine, Rules, Target } from "./bindings";
import type { FakeTimeline } from "./fake-timeline";
import type { FakeWorld } from "./fake-world";

type Methods = "erasePlan" | "erase" | "hide" | "rules" | "setRule" | "people" | "setWhose" | "renameAccount";
export type FakeErase = Pick<Backend, Methods> & Pick<Backend, "record" | "timelinePage">;

const HELD: Record<string, number> = { day: 12, category: 412, import: 3000, service: 3000, all: 5200 };

export function fakeErase(world: FakeWorld, timeline: Pick<FakeTimeline, "record" | "timelinePage">): FakeErase {
  const gone = new Set<string>();
  const hidden = new Set<string>();
  let rules: Rules = { rules: [] };
  const empty = world.options.records === 0;
  const people: People = empty ? { accounts: [], people: [] } : household();

  const told = (): void => {
    world.emit("records", "choices", "log", "imports");
  };
  const count = (target: Target): number => (target.what === "record" ? 1 : (HELD[target.what] ?? 0));

  return {
    async timelinePage(filter, at) {
      const page = await timeline.timelinePage(filter, at);
      const records = page.records.filter((r) => !gone.has(r.id) && (filter.hidden === true || !hidden.has(r.id)));
      return { ...page, records: records.map((r) => (hidden.has(r.id) ? { ...r, hidden: true } : r)) };
    },
    async record(id, unmask) {
      if (gone.has(id)) throw world.error("no-such");
      const detail = await timeline.record(id, unmask);
      return hidden.has(id) ? { ...detail, hidden_by: "record" } : detail;
    },
    erasePlan: (target) => Promise.resolve({ records: count(target), kept: target.what === "import" ? 240 : 0, log_entries: target.what === "all" ? world.log.length : 0 }),
    erase(target) {
      if (target.what === "record") gone.add(target.of);
      const records = count(target);
      const log = world.note("payload.erased", { scope: target.what, records, rows: records, payloads: [] });
      told();
      return Promise.resolve({ what: target.what, records, rows: records, log_entries: 0, copies: 0, log });
    },
    hide(target, on) {
      if (on) hidden.add(target.of);
      else hidden.delete(target.of);
      const log = world.note("settings.changed", { hidden: { what: target.what, hidden: on, records: count(target) } });
      told();
      return Promise.resolve({ records: count(target), hidden: on, log });
    },
    rules: () => Promise.resolve(rules),
    setRule(rule) {
      const rest = rules.rules.filter((one) => one.service !== rule.service || one.category !== rule.category);
      rules = { rules: rule.rule === "none" ? rest : [...rest, { ...rule, records: 57 }] };
      world.note("settings.changed", { rule: { ...rule, records: rule.rule === "hide" ? 57 : 0 } });
      told();
      return Promise.resolve(rules);
    },
    people: (service) => Promise.resolve(of(people, service)),
    setWhose(decisions) {
      for (const one of decisions) {
        const line = people.people.find((person) => person.id === one.id);
        if (line) Object.assign(line, { whose: one.whose, decided: one.whose !== "undecided" });
      }
      world.note("settings.changed", { people: decisions });
      told();
      return Promise.resolve(of(people, null));
    },
    renameAccount(id, name) {
      const line = people.accounts.find((account) => account.id === id);
      if (!line) throw world.error("no-such");
      for (const person of people.people) if (person.account === line.name) person.account = name;
      line.name = name;
      told();
      return Promise.resolve(of(people, null));
    },
  };
}

function of(people: People, service: string | null): People {
  const fits = <T extends { service: string }>(line: T): boolean => service === null || line.service === service;
  return { accounts: people.accounts.filter(fits).map((a) => ({ ...a })), people: people.people.filter(fits).map((p) => ({ ...p })) };
}

function household(): People {
  const person = (id: number, name: string, whose: string, records: number): PersonLine => ({
    id, service: "netflix", account: "default", name, whose, decided: whose !== "undecided", records,
  });
  return {
    accounts: [
      { id: 1, service: "spotify", name: "default", recognized: true, records: 3000 },
      { id: 2, service: "netflix", name: "default", recognized: true, records: 1460 },
    ],
    people: [person(1, "Robin", "mine", 960), person(2, "Kim", "undecided", 340), person(3, "روبين والأصدقاء", "undecided", 120), person(4, "Kids", "not-mine", 40)],
  };
}
