import { certificateTone, shareLeft, type Life } from "@/components/life";
import type { TokenForm, TokenStatus } from "@/contract";
import type { Tone } from "./state";

const SAS_WARN = 0.1;
const SAS_BAD = 0.03;

/** The life of a credential that has one; a SAS token that is yet to be made has none. */
export function lifeOf(form: TokenForm): Life | null {
  if (form.form === "certificate") return { from: form.not_before, to: form.not_after };
  if (form.form === "sas" && form.issued !== null) return { from: form.issued, to: form.expires };
  return null;
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
  if (form.form === "certificate") return certificateTone(left);
  const share = shareLeft(life, now);
  if (share <= SAS_BAD) return "bad";
  const alone = form.form === "sas" && renewable && (!form.auto_renew || (form.last?.error ?? null) !== null);
  return alone || share <= SAS_WARN ? "warn" : "ok";
}
