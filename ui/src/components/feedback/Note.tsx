import type { ReactNode } from "react";
import { cx } from "../cx";
import { Icon } from "../icon/Icon";
import type { IconName } from "../icon/paths";
import styles from "./Note.module.css";

interface NoteProps {
  tone: "quiet" | "info" | "warn" | "bad";
  icon?: IconName | undefined;
  title?: string | undefined;
  /** Across a whole pane, without round corners. */
  banner?: boolean | undefined;
  action?: ReactNode;
  children?: ReactNode;
}

const ICONS = { quiet: "info", info: "info", warn: "warning", bad: "error" } as const;

/** Something that holds as long as it is there. */
export function Note({ tone, icon, title, banner, action, children }: NoteProps) {
  return (
    <div className={cx(styles.note, styles[tone], banner && styles.banner)} role={tone === "bad" ? "alert" : "note"}>
      <Icon name={icon ?? ICONS[tone]} size={14} className={styles.icon} />
      <p className={styles.text}>
        {title !== undefined && <strong className={styles.title}>{title}</strong>} {children}
      </p>
      {action}
    </div>
  );
}
