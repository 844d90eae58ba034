import type { TokenForm, TokenStatus } from "@/contract";
import type { Tone } from "./state";

const DAY = 86_400;
const CERTIFICATE_WARN = 30 * DAY;
const CERTIFICATE_BAD = 7 * DAY;
const SAS_WARN = 0.1;
const SAS_BAD = 0.03;

/** From when to when a credential is good, Unix seconds. */
export interface Life {
  from: number;
  to: number;
}

/** The life of a credential that has one; a SAS token that is yet to be made has none. */
export function lifeOf(form: TokenForm): Life | null {
  if (form.form === "certificate") return { from: form.not_before, to: form.not_after };
  if (form.form === "sas" && form.issued !== null) return { from: form.issued, to: form.expires };
  return null;
}

/** The part of a life that is left, 0 to 1. */
export function shareLeft({ from, to }: Life, now: number): number {
  return to <= from ? 0 : Math.min(1, Math.max(0, (to - now) / (to - from)));
}

/**
 * The colour of what is left. A SAS token that could renew itself and does not is a warning all the time: `renewable`
 * says whether it could.
 */
export function lifeTone({ form }: TokenStatus, renewable: boolean, now: number): Tone {
  const life = lifeOf(form);
  if (life === null) return "neutral";
  const left = life.to - now;
  if (left <= 0) return "bad";
  if (form.form === "certificate") return left <= CERTIFICATE_BAD ? "bad" : left <= CERTIFICATE_WARN ? "warn" : "ok";
  const share = shareLeft(life, now);
  if (share <= SAS_BAD) return "bad";
  const alone = form.form === "sas" && renewable && (!form.auto_renew || (form.last?.error ?? null) !== null);
  return alone || share <= SAS_WARN ? "warn" : "ok";
}
