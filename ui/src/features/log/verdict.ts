// What a check of the log found, in words. Careful ones: a whole log says that nothing recorded was changed
// afterwards, not that what was recorded is true.
import type { LogVerified } from "../../ipc";
import { number } from "../../lib/format";
import { has, t } from "../../text";

export interface Verdict {
  tone: "good" | "bad";
  title: string;
  lines: string[];
}

export function verdict(result: LogVerified): Verdict {
  const size = number(result.size);
  if (!result.ok) {
    // The entries fit together, but not with what was kept outside: a copy put back, or a past that was rewritten.
    if (result.fault === "anchor") return { tone: "bad", title: t("log-anchor-newer"), lines: [t("log-anchor-newer-says"), t("log-changed-next")] };
    const fault = `log-fault-${result.fault ?? "entry"}`;
    const lines = [has(fault) ? t(fault) : t("log-fault-entry")];
    if (result.bad_entry !== null) lines.push(t("log-fault-at", { seq: number(result.bad_entry) }));
    return { tone: "bad", title: t("log-changed"), lines: [...lines, t("log-changed-next")] };
  }
  const anchor = result.anchor === "match" ? t("log-anchor-match") : t("log-anchor-none");
  return { tone: "good", title: t("log-whole", { count: result.size, size }), lines: [anchor] };
}
