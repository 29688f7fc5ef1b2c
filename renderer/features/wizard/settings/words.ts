import type { TFunction } from "i18next";
import { en } from "../../../../common/words/catalogue.ts";

type ProblemKey = keyof typeof en.settings.problem;

function isProblemKey(key: string): key is ProblemKey {
  return key in en.settings.problem;
}

/** The words for a problem key of the contract's schemas; a key of a newer contract is shown as it is. */
export function problemText(t: TFunction, key: string): string {
  return isProblemKey(key) ? t(`settings.problem.${key}`) : key;
}
