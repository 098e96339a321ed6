// A request in words: how it stands, what its dates say, what can be done when it is late. Text only.
import type { Request } from "../../ipc/bindings";
import { date, month } from "../format";
import { t } from "../../text";

export type Standing = "asked" | "overdue" | "ready" | "imported" | "gave-up";
export type Tone = "plain" | "good" | "warn" | "bad" | "accent";

/** How it stands; an id that a newer core may send counts as waiting. */
export function standing(request: Request): Standing {
  const { state } = request;
  if (state === "ready" || state === "imported" || state === "gave-up") return state;
  return request.overdue ? "overdue" : "asked";
}

export const TONES: Record<Standing, Tone> = { asked: "plain", overdue: "warn", ready: "accent", imported: "good", "gave-up": "plain" };

export const standingWord = (request: Request): string => t(`request-state-${standing(request)}`);

/** "Spotify, Account data". */
export const whatWord = (request: Request): string => t("request-what", { service: request.name, label: request.label });

/** One or two sentences on its dates. */
export function dateLines(request: Request): string[] {
  const asked = date(request.asked_on);
  const left = request.days_left ?? 0;
  switch (standing(request)) {
    case "asked":
      return [t("request-line-asked", { asked, expected: date(request.expected_by), left })];
    case "overdue":
      return [t("request-line-overdue", { asked, expected: date(request.expected_by), late: -left })];
    case "ready":
      return [t("request-line-ready", { ready: date(request.ready_on ?? request.asked_on) }), linkLine(request, left)];
    case "imported":
      return [t("request-line-imported", { asked, closed: date(request.closed_on ?? request.asked_on) })];
    case "gave-up":
      return [t("request-line-gave-up", { asked, closed: date(request.closed_on ?? request.asked_on) })];
  }
}

function linkLine(request: Request, left: number): string {
  if (request.link_expires === null) return t("request-line-link-unknown");
  const expires = date(request.link_expires);
  return left < 0 ? t("request-line-link-over", { expires }) : t("request-line-link", { expires, left });
}

/** What to do about one that is late, the mildest first. */
export function nextSteps(request: Request): string[] {
  if (standing(request) !== "overdue") return [];
  const steps = [t("request-next-mail", { service: request.name }), t("request-next-page")];
  if (request.contact !== null) steps.push(t("request-next-write", { contact: request.contact }));
  return steps;
}

/** What the law says about the time, with when that was read; only for one that is late. */
export function dutyLines(request: Request): string[] {
  const { duty } = request;
  if (duty === null || standing(request) !== "overdue") return [];
  const args = { rule: duty.rule, due: date(duty.due) };
  return [
    duty.over ? t("request-duty-over", args) : t("request-duty", args),
    t("request-duty-checked", { date: duty.checked_on.length === 7 ? month(duty.checked_on) : date(duty.checked_on) }),
  ];
}
