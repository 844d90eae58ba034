import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { errorText } from "@/components/feedback";
import { Icon } from "@/components/icon";
import { formatFixed, renderText } from "@/i18n";
import styles from "./Composer.module.css";
import type { Result } from "./use-publish";

interface ResultLineProps {
  result: Result | null;
  /** Why nothing can be published now; it stands in front of what was. */
  reason: string | null;
}

/** What became of the latest publish, in words. */
export function ResultLine({ result, reason }: ResultLineProps) {
  const { t } = useTranslation();
  return (
    <span className={styles.result} role="status" data-tone={reason === null ? toneOf(result) : "off"}>
      {reason ?? (result !== null && <Words result={result} t={t} />)}
    </span>
  );
}

function toneOf(result: Result | null): "ok" | "warn" | "bad" | undefined {
  if (result === null) return undefined;
  if (!("seq" in result) || result.outcome.outcome === "refused") return "bad";
  return result.outcome.outcome === "unknown" ? "warn" : result.outcome.outcome === "pending" ? undefined : "ok";
}

function Words({ result, t }: { result: Result; t: TFunction }) {
  if (!("seq" in result)) {
    const { sentence, hint } = errorText(t, result.error);
    return <>{t("composer.result.failed", { sentence: hint === null ? sentence : `${sentence} ${hint}` })}</>;
  }
  const { outcome } = result;
  switch (outcome.outcome) {
    case "acknowledged":
      return (
        <>
          <Icon name="check" size={12} />
          {t("composer.result.acknowledged", { time: `${formatFixed(outcome.after / 1000, outcome.after < 10_000 ? 1 : 0)} ms` })}
        </>
      );
    case "refused":
      return <>{t("composer.result.refused", { reason: renderText(outcome.reason) })}</>;
    case "sent":
      return (
        <>
          <Icon name="check" size={12} />
          {t("composer.result.sent")}
        </>
      );
    case "pending":
    case "unknown":
      return <>{t(`composer.result.${outcome.outcome}`)}</>;
  }
}
