import { useTranslation } from "react-i18next";
import { formatBytes, formatNumber } from "@/i18n";
import { Cell, Facts } from "./Cell";
import { sparkPoints } from "./sparkline";
import styles from "./StatusBar.module.css";
import { useRateHistory, useSampledCounters } from "./useSampled";

const SECONDS = 40;
const WIDTH = 62;
const HEIGHT = 10;

/** Messages a second, with the last 40 seconds as a line. */
export function RateCell() {
  const { t } = useTranslation();
  const history = useRateHistory(SECONDS);
  const { rate } = useSampledCounters(1000);
  return (
    <Cell
      title={t("status.rateTitle")}
      face={
        <>
          <svg className={styles.spark} width={WIDTH} height={HEIGHT + 2} viewBox={`0 -1 ${WIDTH} ${HEIGHT + 2}`} aria-hidden="true">
            <path className={styles.base} d={`M0 ${HEIGHT}H${WIDTH}`} />
            <polyline points={sparkPoints(history, SECONDS, WIDTH, HEIGHT)} />
          </svg>
          <span className={styles.rate}>{t("status.rate", { formatted: formatNumber(rate) })}</span>
        </>
      }
    >
      <p>{t("status.rateText")}</p>
      <Facts facts={[[t("status.highest"), formatNumber(Math.max(0, ...history))]]} />
    </Cell>
  );
}

/** Memory of the log against its budget. */
export function MemoryCell() {
  const { t } = useTranslation();
  const { log_bytes, log_budget } = useSampledCounters(1000);
  // Before the first tick nothing is known.
  if (log_budget === 0) return null;
  const share = Math.min(1, log_bytes / log_budget);
  return (
    <Cell
      title={t("status.memoryTitle")}
      face={
        <>
          <span className={styles.word}>{t("status.memory")}</span>
          <span className={styles.gauge}>
            <span className={styles.fill} style={{ width: `${share * 100}%` }} />
          </span>
          <span className={styles.number}>{formatBytes(log_bytes)}</span>
          <span className={styles.word}>{t("status.ofBudget", { budget: formatBytes(log_budget) })}</span>
        </>
      }
    >
      <p>{t("status.memoryText")}</p>
      <Facts
        facts={[
          [t("status.used"), formatBytes(log_bytes)],
          [t("status.budget"), formatBytes(log_budget)],
        ]}
      />
    </Cell>
  );
}
