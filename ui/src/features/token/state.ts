import type { IconName } from "@/components/icon";
import type { TokenState } from "@/contract";

export type Tone = "ok" | "warn" | "bad" | "neutral" | "outline";

interface Look {
  tone: Tone;
  icon: IconName;
}

/** How a state looks: a shape and a colour each, beside its word. */
export const LOOKS: Record<TokenState, Look> = {
  unused: { tone: "outline", icon: "dotted" },
  active: { tone: "ok", icon: "check" },
  expiring: { tone: "warn", icon: "warning" },
  expired: { tone: "bad", icon: "close" },
  suspended: { tone: "warn", icon: "pause" },
  disabled: { tone: "outline", icon: "minus" },
  revoked: { tone: "bad", icon: "forbidden" },
  unknown: { tone: "neutral", icon: "question" },
};

/** States that the hub alone decides, and in which it takes nothing from the device. */
export type Refused = "suspended" | "disabled" | "revoked";

export const isRefused = (state: TokenState): state is Refused => state === "suspended" || state === "disabled" || state === "revoked";

/** Whether the credential is of no use, whatever time is left. */
export const isShut = (state: TokenState): boolean => state === "expired" || isRefused(state);
