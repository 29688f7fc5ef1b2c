import type { AppError } from "../../common/contract/index.ts";
import { visibleBidi } from "../../common/text/index.ts";
import { textOf } from "../../common/words/index.ts";
import { koreanErrorTitles } from "../i18n/error-titles.ts";
import { useLanguage } from "../i18n/use-language.ts";

export interface ErrorWords {
  /** One sentence: the cause. */
  title: string;
  /** What exactly, and what to do; lines. */
  detail: string | undefined;
}

/** How an error reads in the page's language: what went wrong first, then what to do, then others' own words. */
export function useErrorWords(): (error: AppError) => ErrorWords {
  const language = useLanguage();
  const inLanguage = ({ code, message, said, advice = [], detail }: AppError): ErrorWords => {
    const below = [...advice.map((one) => textOf(one, language)), ...(detail === undefined ? [] : [detail])];
    if (said !== undefined) return { title: textOf(said, language), detail: below.join("\n") || undefined };
    return language === "ko"
      ? { title: koreanErrorTitles[code], detail: [message, ...below].join("\n") }
      : { title: message, detail: below.join("\n") || undefined };
  };
  return (error) => {
    const { title, detail } = inLanguage(error);
    return { title: visibleBidi(title), detail: detail && visibleBidi(detail) };
  };
}
