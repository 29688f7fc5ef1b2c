import i18next, { type i18n as I18n } from "i18next";
import { initReactI18next } from "react-i18next";
import { en, ko } from "../../common/words/catalogue.ts";

export const i18n: I18n = i18next.createInstance();

/** Makes both languages ready; they are bundled, so nothing is loaded later. */
export async function startI18n(language: string): Promise<void> {
  await i18n.use(initReactI18next).init({
    resources: { en: { translation: en }, ko: { translation: ko } },
    lng: language.startsWith("ko") ? "ko" : "en",
    fallbackLng: "en",
    interpolation: { escapeValue: false }, // React escapes
    returnNull: false,
  });
}
