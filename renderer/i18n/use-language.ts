import { useTranslation } from "react-i18next";

export type Language = "en" | "ko";

/** The language that the page is in. */
export function useLanguage(): Language {
  const { i18n } = useTranslation();
  return languageOf(i18n.language);
}

export function languageOf(code: string): Language {
  return code === "ko" ? "ko" : "en";
}
