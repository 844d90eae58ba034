import { expect, test } from "vitest";
import { texts } from "@/i18n";
import { countdown, saidMinutes } from "./words";

const t = texts.t;
const DAY = 86_400;

test("the ring counts minutes and seconds while they matter", () => {
  expect(countdown(t, 1_403)).toBe("23:23");
  expect(countdown(t, 246)).toBe("4:06");
  expect(countdown(t, -3)).toBe("0:00");
  expect(countdown(t, 30 * DAY)).toBe("30 d");
});

test("the countdown is said aloud at ten, five and one minute, and not in between", () => {
  expect([601, 600, 596, 595, 300, 60, 30].map(saidMinutes)).toEqual([null, 10, 10, null, 5, 1, null]);
});
