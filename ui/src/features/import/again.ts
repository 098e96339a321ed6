// What reading an older import again would change, and what it changed, in words. Pure.
import type { ReadAgain, Stale } from "../../ipc/bindings";
import { list, number } from "../../lib/format";
import { t } from "../../text";
import { categoryWord } from "../../text/words";

/** Before: why it is offered. */
export function staleLines(stale: Stale): string[] {
  const recipes = (ids: readonly string[]) => list(ids);
  return [
    stale.files > 0 && t("import-stale-files", { count: stale.files }),
    stale.rows > 0 && t("import-stale-rows", { count: stale.rows }),
    stale.new.length > 0 && t("import-stale-new", { count: stale.new.length, recipes: recipes(stale.new) }),
    stale.changed.length > 0 && t("import-stale-changed", { count: stale.changed.length, recipes: recipes(stale.changed) }),
  ].filter((line): line is string => typeof line === "string");
}

/** After: records by category, before and now. */
export function againLines(again: ReadAgain): string[] {
  const changes = again.changes.map(({ category, before, after }) =>
    t("import-again-change", { category: categoryWord(category), before: number(before), after: number(after) }));
  const files = again.files_now_read > 0 ? [t("import-again-files", { count: again.files_now_read })] : [];
  return changes.length + files.length > 0 ? [...files, ...changes] : [t("import-again-same")];
}
