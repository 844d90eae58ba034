import { useTranslation } from "react-i18next";
import type { Renewal } from "@/contract";
import { formatFixed, formatTime, renderText } from "@/i18n";
import styles from "./Token.module.css";

/** How the latest renewal of this run went. */
export function LastRenewal({ last }: { last: Renewal | null }) {
  const { t } = useTranslation();
  if (last === null) return null;
  const time = formatTime(last.at);
  if (last.error !== null) {
    return (
      <p className={styles.failed} role="alert">
        {t("token.renewalFailed", { time, sentence: t(`codes.${last.error.code}`) })} {last.error.hint !== null && renderText(last.error.hint)}
      </p>
    );
  }
  return <p className={styles.quiet}>{last.gap === null ? t("token.renewed", { time }) : t("token.renewedGap", { time, gap: gapWord(last.gap) })}</p>;
}

/** How long the session was away, in the unit that reads best. */
function gapWord(micros: number): string {
  return micros < 100_000 ? `${Math.max(1, Math.round(micros / 1_000))} ms` : `${formatFixed(micros / 1_000_000, 1)} s`;
}
