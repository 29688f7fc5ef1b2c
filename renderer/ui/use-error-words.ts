import { type AppError, errorDetail } from "../../common/contract/index.ts";
import { visibleBidi } from "../../common/text/index.ts";
import { type Language, textOf } from "../../common/words/index.ts";
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
  return (error) => errorWordsIn(error, language);
}

export function errorWordsIn(error: AppError, language: Language): ErrorWords {
  const { message, said } = error;
  // Only what an older version recorded has its English words alone.
  const title = visibleBidi(said === undefined ? message : textOf(said, language));
  return { title, detail: visibleDetail(errorDetail(error, language)) };
}

function visibleDetail(detail: string | undefined): string | undefined {
  return detail === undefined ? undefined : visibleBidi(detail);
}
