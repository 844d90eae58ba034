import type { PublishOutcome } from "@/contract";
import { formatFixed, renderText, texts } from "@/i18n";

/** A duration in the unit that reads best: "0.8 ms", "83 ms", "1.2 s". */
export function formatAfter(micros: number): string {
  const millis = micros / 1000;
  if (millis < 10) return `${formatFixed(millis, 1)} ms`;
  if (millis < 1000) return `${Math.round(millis)} ms`;
  return `${formatFixed(millis / 1000, 1)} s`;
}

/** What a table cell shows of a publish; nothing for what was received. */
export function outcomeLook(outcome: PublishOutcome | null): { look: string | null; words: string } {
  if (outcome === null) return { look: null, words: "" };
  const words =
    outcome.outcome === "acknowledged"
      ? texts.t("messages.outcome.acknowledged", { time: formatAfter(outcome.after) })
      : texts.t(`messages.outcome.${outcome.outcome}`);
  return { look: outcome.outcome, words };
}

/** What the inspector says of a publish. */
export function outcomeSentence(outcome: PublishOutcome): string {
  switch (outcome.outcome) {
    case "acknowledged":
      return texts.t("messages.inspector.acknowledged", { time: formatAfter(outcome.after) });
    case "refused":
      return texts.t("messages.inspector.refused", { reason: renderText(outcome.reason) });
    case "pending":
      return texts.t("messages.inspector.waiting");
    case "sent":
      return texts.t("messages.inspector.sent");
    case "unknown":
      return texts.t("messages.inspector.unknown");
  }
}
