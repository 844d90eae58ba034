import type { TFunction } from "i18next";
import { formatNumber } from "@/i18n";

export const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;
const YEAR = 365 * DAY;

/** A span of time in its one fitting unit: "23 min", "12 d", "1.9 y". */
export function spanWord(t: TFunction, seconds: number): string {
  if (seconds < MINUTE) return t("token.underMinute");
  if (seconds < 100 * MINUTE) return t("token.minutes", { count: Math.floor(seconds / MINUTE) });
  if (seconds < 2 * DAY) return t("token.hours", { count: Math.floor(seconds / HOUR) });
  if (seconds < 1.5 * YEAR) return t("token.days", { count: Math.floor(seconds / DAY) });
  return t("token.years", { number: formatNumber(Math.floor((seconds / YEAR) * 10) / 10) });
}

/** How long ago something was: to the second while it is fresh. */
export function agoWord(t: TFunction, seconds: number): string {
  if (seconds < MINUTE) return t("token.secondsAgo", { count: Math.max(0, seconds) });
  return t("token.ago", { span: spanWord(t, seconds) });
}
