import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { en } from "./en";
import { pseudoCatalogue } from "./pseudo";

/** Starts the catalogue; `pseudo` shows every text accented and longer. */
export function startTexts(locale: "en" | "pseudo"): void {
  void i18next.use(initReactI18next).init({
    lng: "en",
    resources: { en: { translation: locale === "pseudo" ? pseudoCatalogue(en) : en } },
    initAsync: false,
    // React escapes.
    interpolation: { escapeValue: false },
  });
}

export { i18next as texts };
export { formatBytes, formatDate, formatMoment, formatNumber, formatShort, formatTime, setTimeFormat } from "./format";
