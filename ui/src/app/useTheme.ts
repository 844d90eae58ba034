import { useLayoutEffect } from "react";
import type { Theme } from "@/contract";

/** Sets the page's theme: the chosen one, or the system's as it changes. */
export function useTheme(theme: Theme): void {
  useLayoutEffect(() => {
    const dark = window.matchMedia("(prefers-color-scheme: dark)");
    function set() {
      document.documentElement.dataset.theme = theme === "system" ? (dark.matches ? "dark" : "light") : theme;
    }
    set();
    dark.addEventListener("change", set);
    return () => dark.removeEventListener("change", set);
  }, [theme]);
}
