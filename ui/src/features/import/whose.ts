// Whose household profiles are: who is asked about, and in which words. Pure.
import type { People, PersonLine } from "../../ipc/bindings";
import { t } from "../../text";

/** The answers, in the order in which they are offered; none is preselected. */
export const WHOSE = ["mine", "not-mine", "undecided"] as const;

const WORDS: Record<(typeof WHOSE)[number], () => string> = {
  mine: () => t("import-whose-mine"),
  "not-mine": () => t("import-whose-not-mine"),
  undecided: () => t("import-whose-undecided"),
};

export const whoseWord = (whose: (typeof WHOSE)[number]): string => WORDS[whose]();

/** Whom to ask about after an import: nobody twice. Most records first. */
export const openPersons = (people: People | undefined, service: string, account: string): PersonLine[] =>
  (people?.people ?? [])
    .filter((one) => one.service === service && one.account === account && one.whose === "undecided" && !one.decided)
    .sort((a, b) => b.records - a.records);
