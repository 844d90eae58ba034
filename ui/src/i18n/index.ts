import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { de } from "./de";
import { en } from "./en";
import { setLanguageFormat } from "./format";
import { spokenLanguage, type Language } from "./language";
import { pseudoCatalogue } from "./pseudo";

/** Starts the catalogues in the system's language until the settings are known; `pseudo` shows every text accented and longer. */
export function startTexts(locale: "system" | Language | "pseudo"): void {
  const language = locale === "pseudo" ? "en" : locale;
  void i18next.use(initReactI18next).init({
    lng: "en",
    resources: { en: { translation: locale === "pseudo" ? pseudoCatalogue(en) : en }, de: { translation: de } },
    initAsync: false,
    // React escapes.
    interpolation: { escapeValue: false },
  });
  applyLanguage(language);
}

/** Speaks a language from now on, the system's or a chosen one: texts, numbers, times, and the `lang` of the page. */
export function applyLanguage(choice: "system" | Language): void {
  const language = spokenLanguage(choice);
  setLanguageFormat(language);
  document.documentElement.lang = language;
  void i18next.changeLanguage(language);
}

export { i18next as texts };
export { renderText } from "./renderText";
export { spokenLanguage, type Language } from "./language";
export { formatBytes, formatDate, formatFixed, formatMoment, formatNumber, formatShort, formatTime, setTimeFormat } from "./format";
