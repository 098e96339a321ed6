// How far an import is, in words. Pure.
import type { Progress } from "../../ipc/bindings";
import { visible } from "../../lib/foreign";
import { bytes, duration, number, percent } from "../../lib/format";
import { t } from "../../text";
import type { Item, Stage } from "./run.svelte";

const PHASES: Record<string, () => string> = {
  opening: () => t("import-phase-opening"),
  reading: () => t("import-phase-reading"),
  indexing: () => t("import-phase-indexing"),
  finishing: () => t("import-phase-finishing"),
};

const STAGES: Record<Stage, () => string> = {
  waiting: () => t("import-stage-waiting"),
  starting: () => t("import-stage-starting"),
  which: () => t("import-stage-which"),
  reading: () => t("import-stage-reading"),
  stopping: () => t("import-stage-stopping"),
  ended: () => t("import-stage-ended"),
  failed: () => t("import-stage-failed"),
  cancelled: () => t("import-stage-cancelled"),
};

export const stageWord = (item: Item): string => (item.undone ? t("import-stage-undone") : STAGES[item.stage]());

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
  return item.stage === "reading" && item.progress ? phaseWord(item.progress.phase) : stageWord(item);
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
