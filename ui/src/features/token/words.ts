import type { TFunction } from "i18next";
import { MINUTE, spanWord } from "@/components/life";

/** What stands inside the ring: "23:23" while minutes count, then the largest unit. */
export function countdown(t: TFunction, seconds: number): string {
  if (seconds >= 100 * MINUTE) return spanWord(t, seconds);
  const left = Math.max(0, seconds);
  return `${Math.floor(left / MINUTE)}:${String(left % MINUTE).padStart(2, "0")}`;
}

/** Minutes before the end at which it is said aloud. */
const SAID_AT = [10, 5, 1];

/** The minutes that are left when they are to be said aloud; null otherwise. */
export function saidMinutes(seconds: number): number | null {
  return SAID_AT.find((minutes) => seconds <= minutes * MINUTE && seconds > minutes * MINUTE - 5) ?? null;
}
