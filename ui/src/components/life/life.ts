const DAY = 86_400;
const CERTIFICATE_WARN = 30 * DAY;
const CERTIFICATE_BAD = 7 * DAY;

/** From when to when something is good, Unix seconds. */
export interface Life {
  from: number;
  to: number;
}

/** How urgent what is left of a life is. */
export type LifeTone = "ok" | "warn" | "bad";

/** The part of a life that is left, 0 to 1. */
export function shareLeft({ from, to }: Life, now: number): number {
  return to <= from ? 0 : Math.min(1, Math.max(0, (to - now) / (to - from)));
}

/** The colour of a certificate by the seconds that are left: a warning at 30 days, red at 7. */
export function certificateTone(left: number): LifeTone {
  return left <= CERTIFICATE_BAD ? "bad" : left <= CERTIFICATE_WARN ? "warn" : "ok";
}
