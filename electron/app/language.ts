import type { Language } from "../../common/words/index.ts";

/** The language that the system's variables ask for: Korean, or English for everything else. */
export function languageOf({ LC_ALL, LC_MESSAGES, LANG }: NodeJS.ProcessEnv): Language {
  const locale = LC_ALL || LC_MESSAGES || LANG || "";
  return /^ko(?![a-z])/i.test(locale) ? "ko" : "en";
}
