import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { Icon } from "@/components/icon";
import { formatNumber, formatTime } from "@/i18n";
import styles from "./MessagesPane.module.css";

interface PausedBarProps {
  /** When the table was paused, Unix microseconds. */
  at: number;
  newer: number;
  onResume: () => void;
}

/** Says since when the table stands still and how much came in since. */
export function PausedBar({ at, newer, onResume }: PausedBarProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.paused} role="note">
      <Icon name="pause" size={14} />
      <strong>{t("messages.pausedAt", { time: formatTime(at) })}</strong>
      <span>{t("messages.pausedNewer", { number: formatNumber(newer) })}</span>
      <Button size="sm" variant="ghost" keys="Space" onClick={onResume}>
        {t("messages.resume")}
      </Button>
    </div>
  );
}
