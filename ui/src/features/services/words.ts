// The sentences of the three lines: you want, done so far, their data. Pure: state in, text out. They are never
// merged, and none of them says more than what is known ("applied" is only what our own parts did).
import type { ChoiceState, Effect, PurposeState, Service, SettingGuide, TheirData } from "../../ipc/bindings";
import { nearDate } from "../../lib/format";
import { t } from "../../text";

const PRESETS: Record<string, () => string> = {
  you: () => t("choices-by-you"),
  useful: () => t("choices-by-useful"),
  balanced: () => t("choices-by-balanced"),
  needed: () => t("choices-by-needed"),
};

/** Who decided, in words; an id that is not known is shown as it is. */
export function byWord(by: string | null): string {
  return PRESETS[by ?? "you"]?.() ?? (by as string);
}

/** "Off since Mar 3 · you · until Jan 1" */
export function wantLine(choice: ChoiceState, now?: Date): string {
  const until = choice.until ? ` · ${t("choices-until", { date: nearDate(choice.until, now) })}` : "";
  return base(choice, now) + until;
}

function base({ choice, by, since }: ChoiceState, now?: Date): string {
  const args = since ? { by: byWord(by), date: nearDate(since, now) } : null;
  if (choice === "off") return args ? t("choices-off-since", args) : t("choices-off");
  if (choice === "on") return args ? t("choices-left-since", args) : t("choices-left");
  return t("choices-undecided");
}

/** The history lever's line. */
export function historyLine(choice: ChoiceState, now?: Date): string {
  const until = choice.until ? ` · ${t("choices-until", { date: nearDate(choice.until, now) })}` : "";
  return historyBase(choice, now) + until;
}

function historyBase({ choice, by, since }: ChoiceState, now?: Date): string {
  const args = since ? { by: byWord(by), date: nearDate(since, now) } : null;
  if (choice === "keep") return args ? t("history-keep-line-since", args) : t("history-keep-line");
  if (choice === "undecided") return t("choices-undecided");
  if (!args) return historyWish(choice);
  if (choice === "pause") return t("history-pause-since", args);
  return t("history-delete-since", { ...args, months: Number(choice) });
}

/** What is wanted of the history, for a toast. */
export function historyWish(choice: string): string {
  if (choice === "keep") return t("history-keep-wish");
  if (choice === "pause") return t("history-pause-wish");
  if (choice === "undecided") return t("history-undecided-wish");
  return t("history-delete-wish", { months: Number(choice) });
}

const CAN: Record<string, () => string> = {
  setting: () => t("can-setting"),
  signal: () => t("can-signal"),
  letter: () => t("can-letter"),
  paid: () => t("can-paid"),
  none: () => t("can-none"),
  "not-on-plan": () => t("can-not-on-plan"),
};

/** What can be done at all, one sentence each. */
export function canLines(availability: readonly string[]): string[] {
  const lines = availability.map((id) => CAN[id]?.() ?? id);
  return lines.length > 0 ? lines : [t("can-none")];
}

const WHERE: Record<string, () => string> = {
  account: () => t("where-account"),
  person: () => t("where-person"),
  "this-browser": () => t("where-this-browser"),
  "this-computer": () => t("where-this-computer"),
  phone: () => t("where-phone"),
  tv: () => t("where-tv"),
  "signed-out": () => t("where-signed-out"),
};

/** Where something takes effect. */
export const whereWord = (where: string): string => WHERE[where]?.() ?? where;

function whoseWord(where: string): string {
  if (where === "this-browser") return t("whose-this-browser");
  return where === "this-computer" ? t("whose-this-computer") : t("whose-other");
}

const valueWord = (value: string): string => (value === "on" ? t("value-on") : t("value-off"));

/** What the words of an effect depend on beside the effect itself. */
export interface EffectSurroundings {
  service: string;
  choice: string;
  settings: readonly SettingGuide[];
  now?: Date | undefined;
}

type Phrase = (effect: Effect, around: EffectSurroundings) => string;

function notStarted(effect: Effect, around: EffectSurroundings): string {
  if (effect.action === "signal") return t("done-not-started-signal");
  if (effect.action === "banner") return t("done-not-started-banner");
  if (effect.action === "letter") return t("done-not-started-letter");
  const steps = around.settings.length;
  return steps > 0 ? t("done-not-started", { steps }) : t("done-not-started-other");
}

function pending(effect: Effect, { service, settings, now }: EffectSurroundings): string {
  const days = Math.max(0, ...settings.map((setting) => setting.delay_days ?? 0));
  if (!effect.since) return t("done-pending");
  const date = nearDate(effect.since, now);
  return days > 0 ? t("done-pending-days", { service, days, date }) : t("done-pending-since", { date });
}

function applied(effect: Effect): string {
  const where = whoseWord(effect.where);
  if (effect.action === "signal") return t("done-applied-signal", { where });
  return effect.action === "banner" ? t("done-applied-banner", { where }) : t("done-applied-other", { where: whereWord(effect.where) });
}

function exportSays(since: string | null, value: string, now?: Date): string {
  const said = valueWord(value);
  return since
    ? t("done-export-says", { date: nearDate(since, now), value: said })
    : t("done-export-says-undated", { value: said });
}

function unreachable(effect: Effect, { settings, now }: EffectSurroundings): string {
  const checked = effect.since ?? settings.map((setting) => setting.checked_on).sort().at(-1) ?? null;
  return checked ? t("done-unreachable", { date: nearDate(checked, now) }) : t("done-unreachable-undated");
}

const opposite = (choice: string): string => (choice === "on" ? "off" : "on");

const PHRASES: Record<string, Phrase> = {
  "not-started": notStarted,
  pending,
  applied,
  reported: (effect, { now }) =>
    effect.since ? t("done-reported", { date: nearDate(effect.since, now) }) : t("done-reported-undated"),
  confirmed: (effect, { choice, now }) => exportSays(effect.since, choice, now),
  contradicted: (effect, { choice, now }) => exportSays(effect.since, opposite(choice), now),
  unreachable,
  elsewhere: () => t("done-elsewhere"),
  "not-applicable": () => t("done-not-applicable"),
};

/** States whose sentence leaves open where it holds. */
const NAMES_PLACE: readonly string[] = ["pending", "reported", "confirmed", "contradicted"];

/** One effect in words, with where it holds. */
export function effectLine(effect: Effect, around: EffectSurroundings): string {
  const text = PHRASES[effect.state]?.(effect, around) ?? effect.state;
  return NAMES_PLACE.includes(effect.state) ? t("done-at", { text, where: whereWord(effect.where) }) : text;
}

/** How much weight a line of "done so far" carries on screen. */
export type Tone = "plain" | "quiet" | "warn";

export interface DoneLine {
  text: string;
  tone: Tone;
}

/**
 * Done so far. Before a decision, and where something is wanted off without any effect, it says what can be done at
 * all; a purpose that is left on needs nothing, unless something was done earlier.
 */
export function doneLines(purpose: PurposeState, service: string, now?: Date): DoneLine[] {
  const { choice, settings, effects } = purpose;
  const told = choice === "off" ? effects : effects.filter((effect) => effect.state !== "not-started");
  if (told.length > 0) {
    return told.map((effect) => ({
      text: effectLine(effect, { service, choice, settings, now }),
      tone: effect.state === "contradicted" ? "warn" : "plain",
    }));
  }
  if (choice === "on") return [{ text: t("done-nothing"), tone: "quiet" }];
  return canLines(purpose.availability).map((text) => ({ text, tone: "quiet" }));
}

/** What the exports show. `rows` is the number that opens to its rows. */
export interface DataLines {
  says: string | null;
  rows: number | null;
  text: string;
}

/** Their data: never a result, only what stands in the exports. `read`: whether any export of the service was read. */
export function dataLines(data: TheirData, read: boolean, now?: Date): DataLines {
  const says = data.setting ? exportSays(data.as_of, data.setting, now) : null;
  if (data.records > 0) return { says, rows: data.records, text: t("data-records", { count: data.records }) };
  if (!data.shown_by_any_file) return { says, rows: null, text: t("data-none") };
  return { says, rows: null, text: read ? t("data-zero") : t("data-not-read") };
}

/** Other purposes that a setting changes too, because the service has one switch for several. */
export function alsoChanges(service: Pick<Service, "purposes">, purpose: string, guide: SettingGuide): string[] {
  const same = (other: SettingGuide) => other.label === guide.label && other.address === guide.address;
  return service.purposes.filter((one) => one.id !== purpose && one.settings.some(same)).map((one) => one.id);
}

/** Purposes by group, both in the order given. */
export function byGroup(purposes: readonly PurposeState[]): { group: string; purposes: PurposeState[] }[] {
  const groups = new Map<string, PurposeState[]>();
  for (const purpose of purposes) groups.set(purpose.group, [...(groups.get(purpose.group) ?? []), purpose]);
  return [...groups].map(([group, list]) => ({ group, purposes: list }));
}

/** The number under which `openAddress(service, "setting", …)` knows a setting: all purposes' settings in a row. */
export function settingIndex(service: Pick<Service, "purposes">, purpose: string, position: number): number {
  let before = 0;
  for (const one of service.purposes) {
    if (one.id === purpose) return before + position;
    before += one.settings.length;
  }
  return before + position;
}
