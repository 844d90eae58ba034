import { afterEach, expect, test } from "vitest";
import { applyLanguage, formatBytes, formatFixed, formatNumber, renderText, texts } from ".";
import { systemLanguage } from "./language";

afterEach(() => applyLanguage("en"));

test("the system's first known language is taken, else English", () => {
  expect(systemLanguage(["fr-FR", "de-AT", "en"])).toBe("de");
  expect(systemLanguage(["fr", "nl"])).toBe("en");
});

test("a change of language holds at once, for texts, numbers and the page", () => {
  applyLanguage("de");
  expect(texts.t("common.cancel")).toBe("Abbrechen");
  expect(document.documentElement.lang).toBe("de");
  expect(formatNumber(184201)).toBe("184.201");
  expect(formatBytes(1.2 * 1024 * 1024)).toBe("1,2 MB");
  expect(formatFixed(1.2, 2)).toBe("1,20");
  applyLanguage("en");
  expect(formatNumber(184201)).toBe("184,201");
});

test("a sentence of the engine is said in the page's language, with its arguments in place", () => {
  const error = { code: "host_not_found" as const, english: "No address is known for the host of nowhere:1883." };
  const again = { template: "{error} Trying again (attempt {attempt}).", args: { error, attempt: 2 } };
  expect(renderText(again)).toBe("No address is known for the host of nowhere:1883. Trying again (attempt 2).");
  applyLanguage("de");
  expect(renderText(again)).toBe("Host nicht gefunden. Neuer Versuch läuft (Versuch 2).");
  expect(renderText({ template: "Not in the catalogue: {words}", args: { words: "{words}" } })).toBe("Not in the catalogue: {words}");
  expect(renderText({ template: "Take {token_id} out of the hub's request for changes.", args: {} })).toContain("{token_id}");
});
