// How far an import is, in words. Pure.
import type { Progress } from "../../ipc/bindings";
import { visible } from "../../lib/foreign";
import { bytes, duration, number, percent } from "../../lib/format";
import { t } from "../../text";
import { questions, wayOf } from "./check";
import { canBegin, type Item, type Stage } from "./run.svelte";

const PHASES: Record<string, () => string> = {
  opening: () => t("import-phase-opening"),
  reading: () => t("import-phase-reading"),
  indexing: () => t("import-phase-indexing"),
  finishing: () => t("import-phase-finishing"),
};

const STAGES: Record<Stage, () => string> = {
  checking: () => t("import-stage-checking"),
  checked: () => t("import-stage-checked"),
  starting: () => t("import-stage-starting"),
  queued: () => t("import-stage-waiting"),
  reading: () => t("import-stage-reading"),
  stopping: () => t("import-stage-stopping"),
  ended: () => t("import-stage-ended"),
  failed: () => t("import-stage-failed"),
  cancelled: () => t("import-stage-cancelled"),
};

/** Where an archive stands. One that was looked at says what is in its way, if anything is. */
export function stageWord(item: Item): string {
  if (item.undone) return t("import-stage-undone");
  if (item.stage !== "checked" || !item.check) return STAGES[item.stage]();
  if (canBegin(item)) return t("import-stage-ready");
  if (item.check.imported) return t("import-stage-known");
  return (item.error !== null || questions(item.check, item.ask).length > 0) && wayOf(item.check) !== "none" ? t("import-stage-which") : t("import-stage-checked");
}

export const phaseWord = (phase: string): string => PHASES[phase]?.() ?? phase;

/** What an archive is called; a taken-up import has no name here. */
export const nameOf = (item: Item): string => (item.picked.name ? visible(item.picked.name) : t("import-from-before"));

/** 0 to 1; none while it cannot be known. */
export function share(progress: Progress | null): number | null {
  if (!progress || progress.total <= 0 || progress.phase === "opening") return null;
  return Math.min(1, progress.done / progress.total);
}

/** What is being done: the phase, or why there is none. */
export function doing(item: Item): string {
  if (item.stage !== "reading") return stageWord(item);
  return item.progress ? phaseWord(item.progress.phase) : t("import-stage-starting");
}

/** Rows in a second; nothing in the first moments, when it would jump. */
export function rate(progress: Progress): string | null {
  if (progress.seconds < 1 || progress.rows === 0) return null;
  return t("import-progress-rate", { rate: number(Math.round(progress.rows / progress.seconds)) });
}

/** The figures beside the bar. */
export function figures(progress: Progress): string[] {
  const { rows, records, done, total, left } = progress;
  return [
    t("import-progress-rows", { rows }),
    t("import-progress-records", { records }),
    total > 0 && t("import-progress-size", { done: bytes(Math.min(done, total)), total: bytes(total) }),
    rate(progress),
    left !== null && t("import-progress-left", { time: duration(left) }),
  ].filter((figure): figure is string => typeof figure === "string");
}

const STEP = 0.25;

/** For the live region: changes with the phase and each quarter, not with each row. */
export function statusOf(item: Item): string {
  const quarter = Math.floor((share(item.progress) ?? 0) / STEP) * STEP;
  return t("import-status", { archive: nameOf(item), phase: doing(item), percent: percent(quarter) });
}
