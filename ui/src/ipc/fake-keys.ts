// The ways to unlock, as the fake backend keeps them: two key files may stand beside each other, everything else is there once.
import type { Backend } from "./backend";
import type { KeyState, SlotKind, Unlock, Way } from "./bindings";
import { FAKE_WORDS } from "./fake-requests";
import type { FakeWorld } from "./fake-world";

const PASSPHRASE = "correct horse";

export function fakeKeys(world: FakeWorld): Pick<Backend, "keys" | "passphraseSet" | "wayAdd" | "wayRemove" | "keyRotate"> {
  let passphrase = PASSPHRASE;
  let next = 1;
  const ids = new Map<SlotKind, string>();

  const id = (kind: SlotKind): string => {
    const known = ids.get(kind) ?? `${String(next++).padStart(16, "0")}`;
    ids.set(kind, known);
    return known;
  };
  const state = (): KeyState => ({
    ways: world.state.sample ? [] : world.state.slots.map((kind): Way => ({ id: id(kind), kind })),
  });

  function prove(proof: Unlock | undefined): void {
    const has = proof !== undefined && world.state.slots.includes(proof.key);
    const wrong =
      (proof?.key === "passphrase" && proof.passphrase !== passphrase) ||
      (proof?.key === "recovery" && (proof.passphrase ?? "").trim() !== FAKE_WORDS.join(" "));
    if (!has || wrong) throw world.error("wrong-key");
  }

  function become(slots: SlotKind[], way: SlotKind, done: string): KeyState {
    world.note("settings.changed", { way, done });
    world.state = { ...world.state, slots };
    world.emit("state", "preferences", "requests", "log");
    return state();
  }

  return {
    keys: () => world.open(state),
    passphraseSet: (proof, text) => world.open(() => {
      prove(proof);
      if (text === "") throw world.error("bad-value");
      passphrase = text;
      const had = world.state.slots.includes("passphrase");
      return become([...world.state.slots.filter((slot) => slot !== "passphrase"), "passphrase"], "passphrase", had ? "replaced" : "made");
    }),
    wayAdd: (proof, way) => world.open(() => {
      prove(proof);
      if (world.state.slots.includes(way.key)) throw world.error("vault-exists");
      return become([...world.state.slots, way.key], way.key, "made");
    }),
    wayRemove: (proof, way) => world.open(() => {
      prove(proof);
      const found = state().ways.find((one) => one.id === way);
      if (!found) throw world.error("no-such");
      if (world.state.slots.length === 1) throw world.error("bad-value");
      return become(world.state.slots.filter((slot) => slot !== found.kind), found.kind, "removed");
    }),
    keyRotate: (ways, dropOthers) => world.open(() => {
      if (ways.length === 0) prove(undefined);
      ways.forEach(prove);
      const given = new Set<SlotKind>(ways.map((way) => way.key));
      const kept = world.state.slots.filter((slot) => slot === "keyring" || given.has(slot));
      const dropped = world.state.slots.filter((slot) => !kept.includes(slot));
      if (dropped.length > 0 && !dropOthers) throw world.error("bad-value");
      world.note("key.rotated", { kept, dropped });
      world.state = { ...world.state, slots: kept };
      world.emit("state", "preferences", "requests", "log");
      return { kept, dropped };
    }),
  };
}
