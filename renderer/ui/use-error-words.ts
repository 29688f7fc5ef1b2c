import type { AppError } from "../../common/contract/index.ts";
import { koreanErrorTitles } from "../i18n/error-titles.ts";
import { useLanguage } from "../i18n/use-language.ts";

export interface ErrorWords {
  /** One sentence: the cause. */
  title: string;
  /** What exactly, and what to do; lines. */
  detail: string | undefined;
}

/**
 * How an error is told in the page's language. The backend speaks English: in Korean what kind of error it is comes
 * first, and its own sentence, which has the names, stands below.
 */
export function useErrorWords(): (error: AppError) => ErrorWords {
  const language = useLanguage();
  return ({ code, message, detail }) =>
    language === "ko"
      ? { title: koreanErrorTitles[code], detail: detail === undefined ? message : `${message}\n${detail}` }
      : { title: message, detail };
}
