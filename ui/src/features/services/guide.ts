// Steps on a service's pages in words. The labels are the service's own and are quoted; the rest is ours.
import { date, month } from "../../lib/format";
import { has, t } from "../../text";

/** As the catalogue has it: an act and the words printed there, or the id of what is to be chosen or confirmed. */
export type Step = string | { act: string; label: string };

const QUOTING: Record<string, (label: string) => string> = {
  open: (label) => t("step-open", { label }),
  tick: (label) => t("step-tick", { label }),
  "turn-off": (label) => t("step-turn-off", { label }),
};

function idOr(prefix: string, id: string, service: string, fallback: () => string): string {
  const message = `${prefix}-${id}`;
  return has(message) ? t(message, { service }) : fallback();
}

/** A step in words; `service` is the name of the service that it is done at. */
export function stepText(step: Step, service: string): string {
  if (typeof step === "string") return step;
  const { act, label } = step;
  const other = () => t("step-other", { label });
  if (act === "choose") return idOr("step-choose", label, service, other);
  if (act === "confirm") return idOr("step-confirm", label, service, other);
  return QUOTING[act]?.(label) ?? other();
}

/** When a fact was checked: a day, or only a month where no more is known. */
export const checkedWord = (checked: string): string => (checked.length === 7 ? month(checked) : date(checked));
