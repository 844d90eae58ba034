import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";
import { startTexts } from "@/i18n";

startTexts("en");
document.documentElement.dataset.theme = "light";

// What jsdom leaves out.
window.matchMedia ??= (media) => ({
  media,
  matches: false,
  onchange: null,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
  addListener: () => undefined,
  removeListener: () => undefined,
  dispatchEvent: () => false,
});

// A condition is waited for as long as a busy machine needs; only what never comes fails.
configure({ asyncUtilTimeout: 15_000 });

afterEach(cleanup);
