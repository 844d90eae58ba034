import { useTranslation } from "react-i18next";
import { cx } from "@/components/cx";
import { useKeys } from "@/components/actions";
import { Icon } from "@/components/icon";
import { Tooltip } from "@/components/overlay";
import { useEndingCount } from "@/features/certificates";
import type { Navigation } from "../navigation";
import styles from "./Rail.module.css";

interface RailProps {
  section: Navigation["section"];
  onSection: (section: Navigation["section"]) => void;
}

const ENTRIES = [
  { section: "devices", icon: "server", action: "showDevices" },
  { section: "certificates", icon: "certificate", action: "showCertificates" },
  { section: "settings", icon: "settings", action: "showSettings" },
] as const;

/** The sections of the page. */
export function Rail({ section, onSection }: RailProps) {
  const { t } = useTranslation();
  const keys = useKeys();
  const ending = useEndingCount();
  return (
    <nav className={styles.rail} aria-label={t("app.rail")} data-pane="">
      {ENTRIES.map((entry) => (
        <Tooltip key={entry.section} side="right" text={t(`actions.names.${entry.action}`)} keys={keys.name(entry.action)}>
          <button
            type="button"
            className={cx(styles.entry, entry.section === section && styles.here, styles[entry.section])}
            aria-current={entry.section === section ? "page" : undefined}
            onClick={() => onSection(entry.section)}
          >
            <Icon name={entry.icon} size={20} />
            <span className={styles.word}>{t(`app.${entry.section}`)}</span>
            {entry.section === "certificates" && ending > 0 && (
              <span className={styles.badge}>
                <span aria-hidden="true">{ending > 99 ? "99+" : ending}</span>
                <span className="offscreen">{t("app.endSoon", { count: ending })}</span>
              </span>
            )}
          </button>
        </Tooltip>
      ))}
    </nav>
  );
}
