import type { TFunction } from "i18next";
import type { IconName } from "@/components/icon";
import { shareLeft, spanWord } from "@/components/life";
import type { Device, TokenStatus } from "@/contract";
import { lifeOf, lifeTone } from "./life";
import { isShut, LOOKS, type Tone } from "./state";

/** Steps of the pie in a pill: it is drawn again only when it would look another. */
const PIE_STEPS = 24;

/** What a pill in the tree shows. */
export interface PillFace {
  tone: Tone;
  icon: IconName;
  /** The part of its life that is left, drawn in the icon's place. */
  share: number | null;
  text: string;
  /** The same for screen readers. */
  name: string;
}

/** Whether sessions of this device make their tokens themselves. */
export function makesTokens({ credential }: Device): boolean {
  return credential.kind === "shared_access_key" || credential.kind === "group_key";
}

/** A device's credential as a pill; null when it has none. Until its state is known, only its kind. */
export function pillFace(t: TFunction, device: Device, status: TokenStatus | undefined, now: number): PillFace | null {
  const kind = kindFace(t, device);
  if (status === undefined || kind === null) return kind;
  const { state, form } = status;
  const ofState = { ...LOOKS[state], share: null, text: t(`token.state.${state}`), name: `${kind.text} ${t(`token.state.${state}`)}` };
  if (isShut(state)) return ofState;
  if (form.form === "endpoint") return state === "unknown" ? kind : ofState;
  const life = lifeOf(form);
  if (life === null) return kind;
  const left = spanWord(t, Math.max(0, life.to - now));
  const what = form.form === "certificate" ? "certificate" : "sas";
  return {
    tone: lifeTone(status, makesTokens(device), now),
    icon: "clock",
    share: Math.ceil(shareLeft(life, now) * PIE_STEPS) / PIE_STEPS,
    text: t(`token.pill.${what}`, { left }),
    name: t(`token.pillName.${what}`, { left }),
  };
}

function kindFace(t: TFunction, { credential, certificate }: Device): PillFace | null {
  const kind = credential.kind === "none" && certificate !== null ? "x509" : credential.kind;
  if (kind === "none") return null;
  const text = t(`token.kind.${kind}`);
  return { tone: "neutral", icon: "key", share: null, text, name: text };
}
