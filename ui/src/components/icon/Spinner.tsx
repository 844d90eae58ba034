import { useTranslation } from "react-i18next";
import styles from "./Spinner.module.css";

/** A turning arc; with reduced motion the word "Working" takes its place. Decorative. */
export function Spinner({ size = 14 }: { size?: number | undefined }) {
  const { t } = useTranslation();
  return (
    <span className={styles.spinner} aria-hidden="true">
      <svg width={size} height={size} viewBox="0 0 16 16">
        <circle cx="8" cy="8" r="5.6" className={styles.track} />
        <path d="M8 2.4A5.6 5.6 0 0 1 13.6 8" className={styles.arc} />
      </svg>
      <span className={styles.word}>{t("common.working")}</span>
    </span>
  );
}
