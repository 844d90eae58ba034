import type { ReactNode } from "react";
import { cx } from "../cx";
import { Icon } from "../icon/Icon";
import type { IconName } from "../icon/paths";
import styles from "./Pill.module.css";

interface PillProps {
  tone?: "neutral" | "ok" | "warn" | "bad" | "accent" | "outline" | undefined;
  icon?: IconName | undefined;
  children: ReactNode;
}

/** A small state with its icon and word. */
export function Pill({ tone = "neutral", icon, children }: PillProps) {
  return (
    <span className={cx(styles.pill, styles[tone])}>
      {icon !== undefined && <Icon name={icon} size={11} />}
      {children}
    </span>
  );
}
