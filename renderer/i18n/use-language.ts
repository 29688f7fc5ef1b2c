import { useTranslation } from "react-i18next";

export type Language = "en" | "ko";

/** The language that the page is in. */
export function useLanguage(): Language {
  const { i18n } = useTranslation();
  return i18n.language === "ko" ? "ko" : "en";
}
