import { useEffect, useLayoutEffect } from "react";
import type { Settings } from "@/contract";
import { applyLanguage, setTimeFormat, spokenLanguage } from "@/i18n";
import { usePlatform } from "@/platform";

/** The page looks as the settings say; the one place where they are applied. */
export function useLook(settings: Settings): void {
  const platform = usePlatform();
  const { theme, density, font_scale, language, time_zone, hour_cycle } = settings;

  useLayoutEffect(() => {
    const dark = window.matchMedia("(prefers-color-scheme: dark)");
    function set() {
      document.documentElement.dataset.theme = theme === "system" ? (dark.matches ? "dark" : "light") : theme;
    }
    set();
    dark.addEventListener("change", set);
    return () => dark.removeEventListener("change", set);
  }, [theme]);

  useLayoutEffect(() => {
    document.documentElement.dataset.density = density;
  }, [density]);

  useEffect(() => platform.look({ zoom: font_scale, theme, language: spokenLanguage(language) }), [platform, font_scale, theme, language]);

  useLayoutEffect(() => {
    setTimeFormat({ time_zone, hour_cycle });
    // Every text is made anew, and the times with it.
    applyLanguage(language);
  }, [language, time_zone, hour_cycle]);
}
