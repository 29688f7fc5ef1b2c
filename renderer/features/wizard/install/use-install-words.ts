import { useTranslation } from "react-i18next";
import type { InstallStatus, PodView, Waiting } from "../../../../common/contract/index.ts";
import { type Message, textOf } from "../../../../common/words/index.ts";
import { useLanguage } from "../../../i18n/use-language.ts";
import { introducedObject } from "../../../state/kind-name.ts";
import { type ErrorWords, useErrorWords } from "../../../ui/use-error-words.ts";

type Problem = InstallStatus["problems"][number];

/** How an installation's waits, pods and problems are told in the page's language. */
export function useInstallWords(): {
  wait: (wait: Waiting) => { what: string; forWhat: string; because: string; quoted: boolean };
  pod: (pod: PodView) => string | undefined;
  problem: (problem: Problem) => ErrorWords;
} {
  const language = useLanguage();
  const { t } = useTranslation();
  const errorWords = useErrorWords();
  const withKinds = ({ id, params }: Message): Message => ({
    id,
    params: Object.fromEntries(
      Object.entries(params).map(([name, value]) => [
        name,
        typeof value === "string" ? introducedObject(t, language, value) : value,
      ]),
    ),
  });
  return {
    wait: ({ what, forWhat, because }) => ({
      what: textOf(withKinds(what), language),
      forWhat: textOf(withKinds(forWhat), language),
      // More follows on the same line.
      because: textOf(because, language).replace(/\.$/, ""),
      // In the words of the API server or a controller.
      quoted: because.id === "others.words",
    }),
    pod: ({ reason }) => reason && textOf(reason, language),
    problem: errorWords,
  };
}
