import type { InstallStatus, PodView, Waiting } from "../../../../common/contract/index.ts";
import { textOf } from "../../../../common/words/index.ts";
import { useLanguage } from "../../../i18n/use-language.ts";
import { type ErrorWords, useErrorWords } from "../../../ui/use-error-words.ts";

type Problem = InstallStatus["problems"][number];

/** How an installation's waits, pods and problems are told in the page's language. */
export function useInstallWords(): {
  wait: (wait: Waiting) => { what: string; forWhat: string; because: string };
  pod: (pod: PodView) => string | undefined;
  problem: (problem: Problem) => ErrorWords;
} {
  const language = useLanguage();
  const errorWords = useErrorWords();
  return {
    wait: ({ what, forWhat, because }) => ({
      what: textOf(what, language),
      forWhat: textOf(forWhat, language),
      // More follows on the same line.
      because: textOf(because, language).replace(/\.$/, ""),
    }),
    pod: ({ reason }) => reason && textOf(reason, language),
    problem: errorWords,
  };
}
