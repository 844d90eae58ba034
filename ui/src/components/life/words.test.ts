import { afterEach, expect, test } from "vitest";
import { applyLanguage, texts } from "@/i18n";
import { agoWord, spanWord } from "./words";

const t = texts.t;
const DAY = 86_400;

afterEach(() => applyLanguage("en"));

test.each([
  [0, "< 1 min"],
  [59, "< 1 min"],
  [1_403, "23 min"],
  [5_999, "99 min"],
  [6_000, "1 h"],
  [2 * DAY - 1, "47 h"],
  [12 * DAY, "12 d"],
  [214 * DAY, "214 d"],
  [695 * DAY, "1.9 y"],
])("%d s are told in one unit: %s", (seconds, word) => {
  expect(spanWord(t, seconds)).toBe(word);
});

test("what is fresh is told to the second", () => {
  expect(agoWord(t, 3)).toBe("3 s ago");
  expect(agoWord(t, 360)).toBe("6 min ago");
});

test("a part of a year is written as the language does", () => {
  applyLanguage("de");
  expect(spanWord(texts.t, 695 * DAY)).toBe("1,9 J.");
});
