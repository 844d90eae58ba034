import { useTranslation } from "react-i18next";
import { cx } from "@/components/cx";
import { Icon } from "@/components/icon";
import type { Navigation } from "../navigation";
import styles from "./Rail.module.css";

interface RailProps {
  section: Navigation["section"];
  onSection: (section: Navigation["section"]) => void;
}

const ENTRIES = [
  { section: "devices", icon: "server" },
  { section: "settings", icon: "settings" },
] as const;

/** The sections of the page. */
export function Rail({ section, onSection }: RailProps) {
  const { t } = useTranslation();
  return (
    <nav className={styles.rail} aria-label={t("app.rail")} data-pane="">
      {ENTRIES.map((entry) => (
        <button
          key={entry.section}
          type="button"
          className={cx(styles.entry, entry.section === section && styles.here, styles[entry.section])}
          aria-current={entry.section === section ? "page" : undefined}
          onClick={() => onSection(entry.section)}
        >
          <Icon name={entry.icon} size={20} />
          <span className={styles.word}>{t(`app.${entry.section}`)}</span>
        </button>
      ))}
    </nav>
  );
}
