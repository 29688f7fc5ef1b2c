import { useTranslation } from "react-i18next";
import type { InstallStatus, PodView, SaidCause, Waiting } from "../../../../common/contract/index.ts";
import { useLanguage } from "../../../i18n/use-language.ts";
import { type ErrorWords, useErrorWords } from "../../../ui/use-error-words.ts";

type Problem = InstallStatus["problems"][number];

/** How an installation's waits, pods and problems are told in the page's language. */
export function useInstallWords(): {
  wait: (wait: Waiting) => { what: string; forWhat: string; because: string };
  pod: (pod: PodView) => string | undefined;
  problem: (problem: Problem) => ErrorWords;
} {
  const { t } = useTranslation();
  const language = useLanguage();
  const errorWords = useErrorWords();
  const sentence = ({ id, params }: SaidCause) =>
    t(`object.why.${id}`, { ...params, defaultValue: id }).replaceAll("`", "");
  return {
    wait: ({ what, forWhat, because, pod }) => ({
      what: what[language],
      forWhat: forWhat[language],
      because:
        language === "ko" && pod
          ? t("install.podBecause", { name: pod.name, why: sentence(pod.cause) })
          : because[language],
    }),
    // the backend's English says more
    pod: ({ reason, cause }) => (language === "ko" && cause ? sentence(cause) : reason),
    problem: (problem) => {
      const words = errorWords(problem);
      const { cause, object } = problem;
      return language === "ko" && cause && object
        ? { ...words, title: t("install.doesNotStart", { kind: object.kind, name: object.name, why: sentence(cause) }) }
        : words;
    },
  };
}
